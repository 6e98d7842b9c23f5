#include "geo/isochrone.h"

#include <cmath>
#include <limits>

#include "base/number.h"
#include "domain/travel_costs.h"
#include "geo/build_shapes.h"
#include "geo/locate.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::geo;
using namespace quartier::test;

namespace {

/// Area of a round end with 4 chords a quarter: 8 triangles of half a circle.
double half_disc(double radius) { return 8.0 * 0.5 * radius * radius * std::sin(M_PI / 8.0); }

/// The four sides of a square street block.
std::vector<Point> block(double side) {
  return {{0, 0}, {side, 0}, {side, 0}, {side, side}, {side, side}, {0, side}, {0, side}, {0, 0}};
}

}  // namespace

TEST_CASE("the outline of streets", "[geo][isochrone]") {
  SECTION("one street of 300 m: a band with two round ends") {
    const Polygons shape = isochrone_outline(std::vector<Point>{{0, 0}, {300, 0}});
    REQUIRE(shape.district_count() == 1);
    CHECK(shape.part_count() == 1);
    CHECK_THAT(outline_area_km2(shape) * 1e6, WithinAbs(300 * 100 + 2 * half_disc(50), 1e-6));
  }
  SECTION("a cross: two bands that share a square") {
    const std::vector<Point> arms{{-200, 0}, {0, 0}, {0, 0}, {200, 0},
                                  {0, -200}, {0, 0}, {0, 0}, {0, 200}};
    const double area_m2 = outline_area_km2(isochrone_outline(arms)) * 1e6;
    CHECK_THAT(area_m2, WithinAbs(2 * 400 * 100 - 100 * 100 + 4 * half_disc(50), 1e-3));
  }
  SECTION("a block between streets is filled, a park is not") {
    const double corners = half_disc(50) * 2;  // four quarters of a disc
    CHECK_THAT(outline_area_km2(isochrone_outline(block(190))) * 1e6,
               WithinAbs(190 * 190 + 4 * 190 * 50 + corners, 1e-3));  // hole of 90 · 90
    const Polygons park = isochrone_outline(block(300));
    CHECK(park.ring_count() == 2);
    CHECK_THAT(outline_area_km2(park) * 1e6,
               WithinAbs(300 * 300 - 200 * 200 + 4 * 300 * 50 + corners, 1e-3));
    CHECK(isochrone_outline(block(190), {50.0, 0.0}).ring_count() == 2);
  }
  SECTION("streets far apart: parts of one shape") {
    const Polygons shape =
        isochrone_outline(std::vector<Point>{{0, 0}, {10, 0}, {5000, 0}, {5010, 0}}, {20.0, 0.0});
    CHECK(shape.district_count() == 1);
    CHECK(shape.part_count() == 2);
  }
  SECTION("nothing is reached: a shape without parts") {
    const Polygons shape = isochrone_outline({});
    CHECK(shape.district_count() == 1);
    CHECK(shape.part_count() == 0);
    CHECK(outline_area_km2(shape) == 0.0);
  }
  SECTION("promises") {
    CHECK_THROWS(isochrone_outline(std::vector<Point>{{0, 0}}));
    CHECK_THROWS(isochrone_outline(std::vector<Point>{{0, 0}, {undefined, 0}}));
    CHECK_THROWS(isochrone_outline(block(10), {0.0, 0.0}));
  }
}

TEST_CASE("the outline of a town grows with its streets, the same for any number of threads",
          "[geo][isochrone]") {
  RandomStream random(7);
  std::vector<Point> ends;
  for (int k = 0; k < 1200; ++k) {
    const Point a{3000 * random.uniform(), 3000 * random.uniform()};
    ends.push_back(a);
    ends.push_back({a.x + 200 * random.uniform() - 100, a.y + 200 * random.uniform() - 100});
  }
  double before = 0.0;
  for (const std::size_t count : {200, 600, 1000, 1200}) {
    const Polygons shape = isochrone_outline(std::span(ends).first(2 * count));
    const double area = outline_area_km2(shape);
    CHECK(area >= before);
    before = area;
    CHECK(located(std::span(ends).first(2 * count), shape) ==
          std::vector<DistrictIndex>(2 * count, 0));
  }
  CHECK(same_for_any_threads([&] { return isochrone_outline(ends); },
                             [](const Polygons& a, const Polygons& b) {
                               return a.vertices == b.vertices && a.ring_start == b.ring_start &&
                                      a.part_start == b.part_start;
                             }));
}

TEST_CASE("circles where there are no streets", "[geo][isochrone]") {
  const double disc = 32.0 * 100.0 * 100.0 * std::sin(M_PI / 32.0);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THAT(
      outline_area_km2(circles_outline(std::vector<Point>{{0, 0}, {nan, 0}, {0, 0}}, 100)) * 1e6,
      WithinAbs(disc, 1e-6));
  CHECK_THAT(outline_area_km2(circles_outline(std::vector<Point>{{0, 0}, {500, 0}}, 100)) * 1e6,
             WithinAbs(2 * disc, 1e-6));
  CHECK(circles_outline(std::vector<Point>{{0, 0}}, 0).part_count() == 0);
  CHECK(circles_outline({}, 100).part_count() == 0);
}

TEST_CASE("people within", "[geo][isochrone]") {
  const std::vector<std::uint32_t> cost{100, 200, 201, no_cost, 5};
  const std::vector<double> people{10, 20, 30, 40, undefined};
  CHECK(share_within(cost, 200, people) == 0.3);
  CHECK(share_within(cost, greatest_cost, people) == 0.6);
  CHECK(std::isnan(share_within({}, 200, {})));
  CHECK(std::isnan(share_within(std::vector<std::uint32_t>{1}, 5, std::vector<double>{0.0})));
}
