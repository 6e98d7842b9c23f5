#include "geo/measure.h"

#include <cmath>

#include "geo/build_shapes.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::geo;
using namespace quartier::test;

TEST_CASE("area, perimeter and centroid", "[geo]") {
  SECTION("a square with a square hole: 16 - 4 = 12; 16 + 8 = 24") {
    // The hole's centre is (1.5, 2), so the centroid moves away: (16*2 - 4*1.5) / 12, 2.
    const Measures m =
        measured(polygons({{{rectangle(0, 0, 4, 4), reversed(rectangle(0.5, 1, 2.5, 3))}}}));
    CHECK_THAT(m.area_m2[0], WithinAbs(12.0, 1e-12));
    CHECK_THAT(m.perimeter_m[0], WithinAbs(24.0, 1e-12));
    CHECK_THAT(m.centroids[0].x, WithinAbs(26.0 / 12.0, 1e-12));
    CHECK_THAT(m.centroids[0].y, WithinAbs(2.0, 1e-12));
  }
  SECTION("two parts count by their area") {
    const Measures m = measured(polygons({{{rectangle(0, 0, 1, 1)}, {rectangle(10, 0, 13, 1)}}}));
    CHECK_THAT(m.area_m2[0], WithinAbs(4.0, 1e-12));
    CHECK_THAT(m.centroids[0].x, WithinAbs((0.5 + 3 * 11.5) / 4, 1e-12));
  }
  SECTION("far from the origin nothing is lost") {
    const double x = 33'391'000.25;
    const double y = 5'819'000.5;
    const Measures m = measured(polygons({{{rectangle(x, y, x + 0.5, y + 0.25)}}}));
    CHECK(m.area_m2[0] == 0.125);
    CHECK(m.centroids[0] == Point{x + 0.25, y + 0.125});
  }
  SECTION("no shape, no measure") {
    const Measures m = measured(polygons({{}, {{rectangle(0, 0, 1, 1)}}}));
    CHECK(std::isnan(m.area_m2[0]));
    CHECK(std::isnan(m.perimeter_m[0]));
    CHECK(std::isnan(m.centroids[0].x));
    CHECK(m.area_m2[1] == 1.0);
  }
  SECTION("no districts") { CHECK(measured(Polygons{}).area_m2.empty()); }
}

TEST_CASE("measures are the same for any number of threads", "[geo]") {
  const Polygons shapes = board(60, 60, 1000, 8, 0.2, {280000, 5230000});
  CHECK(same_for_any_threads([&] { return measured(shapes); },
                             [](const Measures& a, const Measures& b) {
                               return a.area_m2 == b.area_m2 && a.perimeter_m == b.perimeter_m &&
                                      a.centroids == b.centroids;
                             }));
}
