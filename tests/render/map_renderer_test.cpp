#include "render/map_renderer.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "jittered_mesh.h"
#include "pictures.h"
#include "render/detail.h"
#include "support/catch.h"

using namespace quartier;
using carto::Colour;
using carto::rgb;
using render::Camera;
using render::MapRenderer;
using render::Quality;
using render::ResolvePath;

namespace {

/// Squares of `side_m` in rows from the south-west corner, `count` x `count` of them.
Mesh squares(Point corner, double side_m, std::uint32_t count, Point centre) {
  Mesh mesh;
  mesh.centre = centre;
  for (std::uint32_t y = 0; y < count; ++y) {
    for (std::uint32_t x = 0; x < count; ++x) {
      const auto first = static_cast<std::uint32_t>(mesh.vertex_count());
      for (const Point p : {Point{0, 0}, Point{1, 0}, Point{1, 1}, Point{0, 1}}) {
        mesh.xy.push_back(static_cast<float>(corner.x + (x + p.x) * side_m - centre.x));
        mesh.xy.push_back(static_cast<float>(corner.y + (y + p.y) * side_m - centre.y));
      }
      mesh.triangles.insert(mesh.triangles.end(),
                            {first, first + 1, first + 2, first, first + 2, first + 3});
      mesh.district_start.push_back(static_cast<std::uint32_t>(mesh.triangle_count()));
    }
  }
  return mesh;
}

constexpr Point utm{280000.0, 5230000.0};

/// Sixteen squares of 100 m, 10 pixels each, with 5 pixels of paper all round.
struct SquareMap {
  explicit SquareMap(ResolvePath path = ResolvePath::automatic) : renderer(test::context(), path) {
    const Mesh mesh = squares(utm, 100.0, 4, {utm.x + 200.0, utm.y + 200.0});
    renderer.set_districts(std::span(&mesh, 1));
    for (std::uint32_t i = 0; i < 16; ++i) colours.push_back(rgb(0x101010 * (i + 0U) + 0x00000A));
    renderer.set_colours(colours);
    renderer.set_camera({{utm.x + 200.0, utm.y + 200.0}, 10.0, 50, 50}, Quality::still);
    render::MapStyle plain;
    plain.district.width_px = 0.0;
    renderer.set_style(plain);
  }
  MapRenderer renderer;
  std::vector<Colour> colours;
};

/// The square at a pixel: rows count from the south.
DistrictIndex square_at(int x, int y) {
  if (x < 5 || y < 5 || x >= 45 || y >= 45) return no_index;
  return static_cast<DistrictIndex>((44 - y) / 10 * 4 + (x - 5) / 10);
}

MapRenderer city_renderer(ResolvePath path, Quality quality) {
  const test::JitteredCity city{.side = 9, .segments = 8};
  const Mesh mesh = test::jittered_mesh(city);
  MapRenderer renderer(test::context(), path);
  renderer.set_districts(std::span(&mesh, 1));
  std::vector<Colour> colours;
  std::vector<std::uint8_t> hatched;
  std::vector<std::uint32_t> parents;
  for (std::uint32_t i = 0; i < 81; ++i) {
    colours.push_back(rgb(static_cast<std::uint32_t>(mix64(i)) & 0xFFFFFFU));
    hatched.push_back(i % 7 == 3 ? 1 : 0);
    parents.push_back(i % 9 / 3 + 3 * (i / 27));
  }
  renderer.set_colours(colours, hatched);
  renderer.set_parents(parents);
  const Mesh water = squares({utm.x + 3100.0, utm.y + 2600.0}, 2000.0, 1, mesh.centre);
  renderer.set_background(std::array{render::BackgroundLayer{water, rgb(0x9CC4DD), true}});
  renderer.set_selection(std::array<DistrictIndex, 3>{30, 31, 41});
  renderer.set_hover(60);
  renderer.set_symbols(std::array{
      render::Symbol{{utm.x + 2000.3, utm.y + 7000.7}, 6.0, {230, 159, 0, 255}, rgb(0xFFFFFF), 1.5},
      render::Symbol{
          {utm.x + 2100.0, utm.y + 7100.0}, 5.0, {0, 114, 178, 160}, rgb(0x000000), 1.0}});
  renderer.set_camera(Camera::fitting(renderer.extent(), 160, 120, 4.0), quality);
  return renderer;
}

}  // namespace

TEST_CASE("picking is exact", "[render][map]") {
  for (const ResolvePath path : {ResolvePath::processor, ResolvePath::graphics}) {
    SquareMap map(path);
    for (int y = 0; y < 50; ++y) {
      for (int x = 0; x < 50; ++x) {
        INFO(x << ", " << y);
        CHECK(map.renderer.pick({x + 0.25, y + 0.75}) == square_at(x, y));
      }
    }
    CHECK(map.renderer.pick({-0.1, 10.0}) == no_index);
    CHECK(map.renderer.pick({10.0, 50.0}) == no_index);
    CHECK(map.renderer.pick({undefined, 10.0}) == no_index);
  }
}

TEST_CASE("every district has its colour, to the pixel", "[render][map]") {
  for (const ResolvePath path : {ResolvePath::processor, ResolvePath::graphics}) {
    SquareMap map(path);
    const render::Image& picture = map.renderer.picture();
    for (int y = 0; y < 50; ++y) {
      for (int x = 0; x < 50; ++x) {
        const DistrictIndex square = square_at(x, y);
        CHECK(picture.at(x, y) == (square == no_index ? rgb(0xFFFFFF) : map.colours[square]));
      }
    }
    SECTION("and takes another without drawing again") {
      std::reverse(map.colours.begin(), map.colours.end());
      map.renderer.set_colours(map.colours);
      CHECK(map.renderer.picture().at(6, 44) == map.colours[0]);
    }
  }
}

TEST_CASE("coordinates of UTM size keep their millimetres", "[render][map]") {
  // Squares of 1/4 m, 10 km from the mesh's centre, 16 pixels each.
  const Point corner{utm.x + 10000.0, utm.y + 9000.0};
  const Mesh mesh = squares(corner, 0.25, 4, utm);
  MapRenderer renderer(test::context());
  renderer.set_districts(std::span(&mesh, 1));
  renderer.set_camera({{corner.x + 0.5, corner.y + 0.5}, 0.25 / 16.0, 64, 64}, Quality::moving);
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) {
      INFO(x << ", " << y);
      CHECK(renderer.pick({x + 0.5, y + 0.5}) ==
            static_cast<DistrictIndex>((63 - y) / 16 * 4 + x / 16));
    }
  }
  SECTION("also where the eye lies between two 32-bit numbers") {
    renderer.set_camera({{corner.x + 0.5 + 3.0 / 4096.0, corner.y + 0.5}, 0.25 / 1024.0, 64, 64},
                        Quality::moving);
    CHECK(renderer.pick({29.0 - 0.5, 32.5}) == 5);
    CHECK(renderer.pick({29.0 + 0.5, 32.5}) == 6);
  }
}

TEST_CASE("neighbours leave no gap", "[render][map]") {
  const Mesh full = test::jittered_mesh({.side = 20, .segments = 12});
  for (const double grid : {0.0, 60.0, 240.0}) {
    const Mesh mesh = grid > 0.0 ? render::coarsened(full, grid) : full;
    MapRenderer renderer(test::context());
    renderer.set_districts(std::span(&mesh, 1));
    renderer.set_camera({mesh.centre, 60.0, 250, 250}, Quality::still);
    int gaps = 0;
    for (int y = 0; y < 250; ++y) {
      for (int x = 0; x < 250; ++x) gaps += renderer.pick({x + 0.25, y + 0.25}) == no_index ? 1 : 0;
    }
    INFO("grid " << grid);
    CHECK(gaps == 0);
  }
}

TEST_CASE("the coarsest level that is fine enough is drawn", "[render][map]") {
  // Each level shows its squares at another place, so that the picture tells which one it is.
  std::vector<Mesh> levels;
  for (const double grid : {0.0, 10.0, 40.0}) {
    levels.push_back(squares({utm.x + 10.0 * grid, utm.y}, 100.0, 1, utm));
    levels.back().grid_m = grid;
  }
  std::swap(levels[0], levels[2]);
  MapRenderer renderer(test::context());
  renderer.set_districts(levels);
  const auto drawn = [&](double metres_per_pixel, Quality quality) {
    renderer.set_camera({{utm.x + 200.0, utm.y + 50.0}, metres_per_pixel, 100, 20}, quality);
    for (const double grid : {0.0, 10.0, 40.0}) {
      const Point middle{utm.x + 10.0 * grid + 50.0, utm.y + 50.0};
      if (renderer.pick(renderer.camera().screen_of(middle)) == 0) return grid;
    }
    return -1.0;
  };
  CHECK(drawn(9.0, Quality::moving) == 0.0);
  CHECK(drawn(10.0, Quality::moving) == 10.0);
  CHECK(drawn(10.0, Quality::still) == 0.0);
  CHECK(drawn(39.0, Quality::moving) == 10.0);
  CHECK(drawn(40.0, Quality::moving) == 40.0);
  SECTION("the finest where none is fine enough") {
    levels.erase(levels.begin() + 2);
    renderer.set_districts(levels);
    CHECK(drawn(2.0, Quality::print) == 10.0);
    CHECK(drawn(9.0, Quality::moving) == 10.0);
  }
}

TEST_CASE("both ways to colour give the same picture", "[render][map]") {
  for (const Quality quality : {Quality::moving, Quality::still, Quality::print}) {
    MapRenderer here = city_renderer(ResolvePath::processor, quality);
    MapRenderer there = city_renderer(ResolvePath::graphics, quality);
    CHECK(here.path() == ResolvePath::processor);
    CHECK(there.path() == ResolvePath::graphics);
    INFO("quality " << static_cast<int>(quality));
    CHECK(test::greatest_difference(here.picture(), there.picture()) <= 1);
  }
}

TEST_CASE("the same picture twice, and with any number of threads", "[render][map]") {
  const render::Image first = city_renderer(ResolvePath::processor, Quality::still).picture();
  set_thread_count(1);
  CHECK(city_renderer(ResolvePath::processor, Quality::still).picture() == first);
  set_thread_count(0);
  MapRenderer renderer = city_renderer(ResolvePath::processor, Quality::still);
  SECTION("after a walk through other states") {
    const Camera camera = renderer.camera();
    render::MapStyle grey;
    grey.vision = carto::ColourVision::grey;
    grey.parent.width_px = 4.0;
    renderer.set_style(grey);
    renderer.set_camera(camera.zoomed_at({10.0, 10.0}, 3.0), Quality::moving);
    renderer.set_hover(3);
    const render::Image& walked = renderer.picture();
    CHECK_FALSE(walked == first);
    for (std::size_t i = 0; i < walked.rgba.size(); i += 4) {
      REQUIRE(walked.rgba[i] == walked.rgba[i + 1]);
      REQUIRE(walked.rgba[i] == walked.rgba[i + 2]);
    }
    renderer.set_style({});
    renderer.set_camera(camera, Quality::still);
    renderer.set_hover(60);
    CHECK(renderer.picture() == first);
  }
}

TEST_CASE("hover and selection draw round their districts", "[render][map]") {
  for (const ResolvePath path : {ResolvePath::processor, ResolvePath::graphics}) {
    SquareMap map(path);
    const render::Image before = map.renderer.picture();
    render::MapStyle style;
    style.district.width_px = 0.0;
    style.hover = {rgb(0xFF00FF), 2.0};
    style.selection = {rgb(0x00FFFF), 2.0};
    map.renderer.set_style(style);
    map.renderer.set_hover(5);  // second row and column: pixels 15 to 24, 25 to 34
    const render::Image hovered = map.renderer.picture();
    for (int y = 0; y < 50; ++y) {
      for (int x = 0; x < 50; ++x) {
        // The corners of the line are a little rounded.
        if ((x == 14 || x == 25) && (y == 24 || y == 35)) continue;
        const bool outside = x < 14 || x > 25 || y < 24 || y > 35;
        const bool inside = x > 15 && x < 24 && y > 25 && y < 34;
        INFO(x << ", " << y);
        CHECK(hovered.at(x, y) == (outside || inside ? before.at(x, y) : rgb(0xFF00FF)));
      }
    }
    map.renderer.set_hover(no_index);
    CHECK(map.renderer.picture() == before);

    SECTION("a selection is drawn round as a whole") {
      map.renderer.set_selection(std::array<DistrictIndex, 2>{5, 6});
      const render::Image& selected = map.renderer.picture();
      CHECK(selected.at(14, 30) == rgb(0x00FFFF));
      CHECK(selected.at(35, 30) == rgb(0x00FFFF));
      CHECK(selected.at(25, 30) == before.at(25, 30));
    }
  }
}

TEST_CASE("background layers", "[render][map]") {
  SquareMap map;
  const Mesh river = squares({utm.x, utm.y + 150.0}, 100.0, 1, utm);
  const Mesh land = squares({utm.x - 100.0, utm.y - 100.0}, 600.0, 1, utm);
  map.renderer.set_background(std::array{render::BackgroundLayer{river, rgb(0x9CC4DD), true},
                                         render::BackgroundLayer{land, rgb(0xEEEEEE), false}});
  const render::Image& picture = map.renderer.picture();
  CHECK(picture.at(2, 2) == rgb(0xEEEEEE));
  CHECK(picture.at(6, 22) == rgb(0x9CC4DD));
  CHECK(picture.at(20, 22) == map.colours[9]);
  CHECK(map.renderer.pick({6.5, 22.5}) == no_index);
  CHECK(map.renderer.pick({2.5, 2.5}) == no_index);
  CHECK(map.renderer.pick({20.5, 22.5}) == 9);
}

TEST_CASE("district lines fade where districts are small", "[render][map]") {
  SquareMap map;
  const Camera camera = map.renderer.camera();
  render::MapStyle style;
  style.district = {rgb(0xFF0000), 1.0};
  const auto redness = [&](double metres_per_pixel) {
    Camera view = camera;
    view.metres_per_pixel = metres_per_pixel;
    map.renderer.set_colours(std::vector<Colour>(16, rgb(0x000000)));
    map.renderer.set_style(style);
    map.renderer.set_camera(view);
    const render::Image& picture = map.renderer.picture();
    int most = 0;
    for (std::size_t i = 0; i < picture.rgba.size(); i += 4) {
      if (picture.rgba[i + 1] == 0) most = std::max<int>(most, picture.rgba[i]);
    }
    return most;
  };
  // A line of one pixel lies half on either side of the border, and more where two meet.
  CHECK(redness(5.0) == 191);
  CHECK(redness(100.0 / 6.0) < 100);
  CHECK(redness(100.0 / 2.9) == 0);
  style.fade_below_px = 0.0;
  CHECK(redness(100.0 / 2.9) > 0);
}

TEST_CASE("symbols", "[render][map]") {
  SquareMap map;
  map.renderer.set_symbols(std::array{
      render::Symbol{{utm.x + 200.0, utm.y + 200.0}, 5.0, rgb(0x0000FF), rgb(0xFF0000), 2.0}});
  const render::Image& picture = map.renderer.picture();
  CHECK(picture.at(25, 25) == rgb(0x0000FF));
  CHECK(picture.at(21, 25) == rgb(0xFF0000));
  CHECK(picture.at(31, 25) == map.colours[square_at(31, 25)]);
  SECTION("round, to the pixel") {
    for (int d = 0; d < 8; ++d) CHECK(picture.at(25 + d, 25) == picture.at(25, 25 + d));
  }
}

TEST_CASE("promises of the caller", "[render][map]") {
  SquareMap map;
  CHECK_THROWS_AS(map.renderer.set_colours(std::array{rgb(0)}), std::logic_error);
  CHECK_THROWS_AS(map.renderer.set_parents(std::array{1U}), std::logic_error);
  CHECK_THROWS_AS(map.renderer.set_hover(16), std::logic_error);
  CHECK_THROWS_AS(map.renderer.set_selection(std::array<DistrictIndex, 1>{16}), std::logic_error);
  CHECK_THROWS_AS(map.renderer.set_districts({}), std::logic_error);
  CHECK_THROWS_AS(map.renderer.set_camera({}), std::logic_error);
  CHECK_THROWS_AS(MapRenderer(test::context()).picture(), std::logic_error);
  SECTION("a picture that is too large names the limit") {
    CHECK_THROWS_AS(map.renderer.set_camera({{}, 1.0, 1 << 20, 10}), RenderError);
  }
  SECTION("a map without districts is paper") {
    MapRenderer empty(test::context());
    empty.set_camera({{}, 1.0, 4, 4});
    CHECK(empty.picture().at(2, 2) == rgb(0xFFFFFF));
    CHECK(empty.pick({1.0, 1.0}) == no_index);
    CHECK(empty.extent().empty());
  }
  CHECK(map.renderer.texture() != 0);
}
