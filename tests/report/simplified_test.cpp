#include "report/simplified.h"

#include <cmath>

#include "report/support.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::report;

TEST_CASE("shapes on the grid of a vector file", "[report][map]") {
  const Districts city = test::square_city(4, 2, 100.0);
  const MapView view{{200.0, 100.0}, 1.0, 400, 200};

  SECTION("a square keeps its corners") {
    const std::vector<GridRings> rings = simplified(city.shapes, view, 4);
    REQUIRE(rings.size() == 8);
    REQUIRE(rings[0].size() == 1);
    CHECK(rings[0][0] == std::vector<GridPoint>{{0, 800}, {400, 800}, {400, 400}, {0, 400}});
  }
  SECTION("a circle of many vertices keeps few, none far from it") {
    Polygons circle;
    for (int i = 0; i < 10000; ++i) {
      const double angle = i * 2.0 * M_PI / 10000;
      circle.vertices.push_back({200.0 + 50.0 * std::cos(angle), 100.0 + 50.0 * std::sin(angle)});
    }
    circle.close_ring();
    circle.close_part();
    circle.close_district();
    const std::vector<GridRings> rings = simplified(circle, view, 4);
    REQUIRE(rings[0].size() == 1);
    CHECK(rings[0][0].size() < 1200);
    for (const GridPoint p : rings[0][0]) {
      CHECK_THAT(std::hypot(p.x / 4.0 - 200.0, p.y / 4.0 - 100.0), WithinAbs(50.0, 0.18));
    }
  }
  SECTION("what is smaller than the grid, or outside the view, is gone") {
    const std::vector<GridRings> far = simplified(city.shapes, {{9000.0, 0.0}, 1.0, 400, 200}, 4);
    const std::vector<GridRings> tiny = simplified(city.shapes, {{0.0, 0.0}, 10000.0, 400, 200}, 4);
    for (std::size_t d = 0; d < 8; ++d) {
      CHECK(far[d].empty());
      CHECK(tiny[d].empty());
    }
  }
}

TEST_CASE("boundaries of parents are one line where they can be", "[report][map]") {
  const Districts city = test::square_city(4, 2, 100.0);
  const MapView view{{200.0, 100.0}, 1.0, 400, 200};
  const auto lines = parent_boundaries(city.shapes, view, 4, city.levels[0].of_district);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0] == std::vector<GridPoint>{{800, 800}, {800, 400}, {800, 0}});
}
