#include "render/camera.h"

#include "support/catch.h"

using namespace quartier;
using render::Camera;
using render::ScreenPoint;

TEST_CASE("camera", "[render][camera]") {
  const Camera camera{{1000.0, 2000.0}, 2.0, 400, 300};

  SECTION("world to screen: the centre in the middle, north up") {
    CHECK(camera.screen_of({1000.0, 2000.0}).x == 200.0);
    CHECK(camera.screen_of({1000.0, 2000.0}).y == 150.0);
    CHECK(camera.screen_of({1010.0, 2000.0}).x == 205.0);
    CHECK(camera.screen_of({1000.0, 2010.0}).y == 145.0);
  }
  SECTION("and back") {
    const Point place = camera.world_of({17.0, 250.5});
    CHECK(camera.screen_of(place).x == 17.0);
    CHECK(camera.screen_of(place).y == 250.5);
  }
  SECTION("what is visible") {
    const Box box = camera.visible();
    CHECK(box.min_x == 600.0);
    CHECK(box.max_x == 1400.0);
    CHECK(box.min_y == 1700.0);
    CHECK(box.max_y == 2300.0);
  }
  SECTION("zooming keeps the place under the cursor") {
    const ScreenPoint cursor{50.0, 60.0};
    const Point held = camera.world_of(cursor);
    const Camera zoomed = camera.zoomed_at(cursor, 8.0);
    CHECK(zoomed.metres_per_pixel == 0.25);
    CHECK(zoomed.world_of(cursor) == held);
    CHECK(zoomed.zoomed_at(cursor, 0.125).centre == camera.centre);
  }
  SECTION("panning moves with the hand") {
    const Point held = camera.world_of({10.0, 10.0});
    const ScreenPoint now = camera.panned(30.0, -20.0).screen_of(held);
    CHECK(now.x == 40.0);
    CHECK(now.y == -10.0);
  }
  SECTION("fitting takes the tighter side and leaves the margin") {
    const Camera wide = Camera::fitting({0.0, 0.0, 360.0, 10.0}, 400, 300, 20.0);
    CHECK(wide.metres_per_pixel == 1.0);
    CHECK(wide.centre == Point{180.0, 5.0});
    CHECK(wide.screen_of({0.0, 5.0}).x == 20.0);
    const Camera high = Camera::fitting({0.0, 0.0, 10.0, 520.0}, 400, 300, 20.0);
    CHECK(high.metres_per_pixel == 2.0);
  }
  SECTION("nothing to fit is a metre wide") {
    CHECK(Camera::fitting({}, 100, 100).metres_per_pixel == 0.01);
    CHECK(Camera::fitting({5.0, 5.0, 5.0, 5.0}, 100, 100).metres_per_pixel == 0.01);
  }
}
