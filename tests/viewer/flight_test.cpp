// The way of the camera to a district.

#include "viewer/flight.h"

#include <cmath>

#include "support/catch.h"

using namespace quartier;
using namespace quartier::viewer;

namespace {

Polygons square(double x, double y, double side) {
  Polygons shapes;
  shapes.vertices = {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}};
  shapes.close_ring();
  shapes.close_part();
  shapes.close_district();
  shapes.close_district();  // one without shape
  return shapes;
}

}  // namespace

TEST_CASE("a district is seen with its surroundings", "[viewer]") {
  const Polygons shapes = square(1000.0, 2000.0, 100.0);
  const Box extent{0.0, 0.0, 10000.0, 10000.0};
  const render::Camera now{{5000.0, 5000.0}, 12.0, 1000, 1000};
  const auto camera = camera_at(shapes, 0, extent, now);
  REQUIRE(camera.has_value());
  CHECK(camera->centre == Point{1050.0, 2050.0});
  CHECK_THAT(camera->metres_per_pixel, WithinRel(0.5, 1e-9));  // 5 x 100 m on 1000 pixels
  CHECK(!camera_at(shapes, 1, extent, now).has_value());

  SECTION("but never wider than the city") {
    const auto whole = camera_at(square(0.0, 0.0, 10000.0), 0, extent, now);
    REQUIRE(whole.has_value());
    CHECK_THAT(whole->metres_per_pixel, WithinRel(10.0, 1e-9));
  }
}

TEST_CASE("a flight", "[viewer]") {
  Flight flight;
  flight.from = {{0.0, 0.0}, 16.0, 800, 600};
  flight.to = {{3000.0, 1000.0}, 1.0, 800, 600};

  SECTION("begins and ends where it should") {
    CHECK(flown(flight) == flight.from);
    flight.seconds = flight.duration;
    CHECK(flown(flight) == flight.to);
    flight.seconds = 100.0;
    CHECK(flown(flight) == flight.to);
  }
  SECTION("is half way in scale at half time") {
    flight.seconds = flight.duration / 2.0;
    CHECK_THAT(flown(flight).metres_per_pixel, WithinRel(4.0, 1e-12));
  }
  SECTION("brings the target to the middle on a straight line, without turning back") {
    double last = 1e300;
    for (int i = 0; i <= 20; ++i) {
      flight.seconds = flight.duration * i / 20.0;
      const render::ScreenPoint at = flown(flight).screen_of(flight.to.centre);
      const double right = at.x - 400.0;
      const double up = 300.0 - at.y;
      CHECK_THAT(up * 3.0, WithinAbs(right, 1e-6));
      CHECK(std::hypot(right, up) <= last + 1e-9);
      last = std::hypot(right, up);
    }
  }
  SECTION("at the same scale moves evenly") {
    flight.to.metres_per_pixel = 16.0;
    flight.seconds = flight.duration / 2.0;
    CHECK_THAT(flown(flight).centre.x, WithinAbs(1500.0, 1e-9));
  }
}
