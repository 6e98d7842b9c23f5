#include "geo/isochrone.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/number.h"
#include "domain/travel_costs.h"
#include "geo/build_shapes.h"
#include "geo/locate.h"
#include "geo/validity.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::geo;
using namespace quartier::test;

namespace {

/// How far the area of round ends and corners may be from that of true circles.
constexpr double roundness = 4e-3;

double disc(double radius) { return M_PI * radius * radius; }

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
    CHECK_THAT(outline_area_km2(shape) * 1e6,
               WithinAbs(300 * 100 + disc(50), roundness * disc(50)));
  }
  SECTION("a cross: two bands that share a square") {
    const std::vector<Point> arms{{-200, 0}, {0, 0}, {0, 0}, {200, 0},
                                  {0, -200}, {0, 0}, {0, 0}, {0, 200}};
    const double area_m2 = outline_area_km2(isochrone_outline(arms)) * 1e6;
    CHECK_THAT(area_m2, WithinAbs(2 * 400 * 100 - 100 * 100 + 2 * disc(50), roundness * disc(50)));
  }
  SECTION("a block between streets is filled, a park is not") {
    CHECK_THAT(
        outline_area_km2(isochrone_outline(block(190))) * 1e6,
        WithinAbs(190 * 190 + 4 * 190 * 50 + disc(50), roundness * disc(50)));  // hole of 90 · 90
    const Polygons park = isochrone_outline(block(300));
    CHECK(park.ring_count() == 2);
    CHECK_THAT(outline_area_km2(park) * 1e6,
               WithinAbs(300 * 300 - 200 * 200 + 4 * 300 * 50 + disc(50), roundness * disc(50)));
    CHECK(isochrone_outline(block(190), {50.0, 0.0}).ring_count() == 2);
  }
  SECTION("a street within a park is a part of its own, one within a filled block is not") {
    std::vector<Point> ends = block(1000);
    for (const Point p : {Point{500, 500}, Point{510, 500}}) ends.push_back(p);
    const Polygons shape = isochrone_outline(ends);
    CHECK(shape.part_count() == 2);
    CHECK(shape.ring_count() == 3);
    const Polygons filled = isochrone_outline(ends, {50.0, 1e6});
    CHECK(filled.part_count() == 1);
    CHECK(filled.ring_count() == 1);
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
    const double far = 1e15;
    CHECK_THROWS_AS(isochrone_outline(std::vector<Point>{{0, 0}, {far, far}}), GeometryError);
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
  std::vector<Point> corners;
  for (const std::size_t count : {200, 600, 1000, 1200}) {
    const Polygons shape = isochrone_outline(std::span(ends).first(2 * count));
    const double area = outline_area_km2(shape);
    CHECK(area >= before);
    before = area;
    // All ground of fewer streets is ground of more.
    CHECK(located(corners, shape) == std::vector<DistrictIndex>(corners.size(), 0));
    corners.clear();
    for (std::size_t k = 0; k < shape.vertices.size(); k += 40)
      corners.push_back(shape.vertices[k]);
    CHECK(located(std::span(ends).first(2 * count), shape) ==
          std::vector<DistrictIndex>(2 * count, 0));
  }
  CHECK(same_for_any_threads([&] { return isochrone_outline(ends); },
                             [](const Polygons& a, const Polygons& b) {
                               return a.vertices == b.vertices && a.ring_start == b.ring_start &&
                                      a.part_start == b.part_start;
                             }));
}

TEST_CASE("what is near a line is inside, what is not is outside", "[geo][isochrone]") {
  const double width = 50.0;
  const double step = width / 8.0;
  RandomStream random(11);
  std::vector<Point> ends;
  for (int k = 0; k < 60; ++k) {
    const Point a{1000 * random.uniform(), 1000 * random.uniform()};
    const double length = k % 5 == 0 ? 0.0 : 400.0;
    ends.push_back(a);
    ends.push_back({a.x + length * (random.uniform() - 0.5), a.y + length * random.uniform()});
  }
  const Polygons shape = isochrone_outline(ends, {width, 0.0});
  const auto distance = [&](Point p) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < ends.size(); k += 2) {
      const Point a = ends[k];
      const Point b = ends[k + 1];
      const double squared = std::pow(b.x - a.x, 2) + std::pow(b.y - a.y, 2);
      const double t = (p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y);
      const double share = squared > 0.0 ? std::clamp(t / squared, 0.0, 1.0) : 0.0;
      least = std::min(
          least, std::hypot(p.x - a.x - share * (b.x - a.x), p.y - a.y - share * (b.y - a.y)));
    }
    return least;
  };
  std::vector<Point> places;
  for (int k = 0; k < 20'000; ++k) {
    places.push_back({1600 * random.uniform() - 300, 1600 * random.uniform() - 300});
  }
  const std::vector<DistrictIndex> found = located(places, shape);
  std::size_t inside = 0;
  std::size_t wrong = 0;
  for (std::size_t k = 0; k < places.size(); ++k) {
    const double d = distance(places[k]);
    if (found[k] == 0) ++inside;
    if (found[k] == 0 ? d > width + step : d < width - step * step / (4.0 * width)) ++wrong;
  }
  CHECK(wrong == 0);
  CHECK(inside > 1000);
  CHECK(inside < places.size() - 1000);
  for (std::size_t r = 0; r < shape.ring_count(); ++r) CHECK(shape.ring(r).size() >= 3);
  EdgeTree tree;
  CHECK(surely_valid(shape, 0, tree));
}

TEST_CASE("circles where there are no streets", "[geo][isochrone]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THAT(
      outline_area_km2(circles_outline(std::vector<Point>{{0, 0}, {nan, 0}, {0, 0}}, 100)) * 1e6,
      WithinRel(disc(100), roundness));
  CHECK_THAT(outline_area_km2(circles_outline(std::vector<Point>{{0, 0}, {500, 0}}, 100)) * 1e6,
             WithinRel(2 * disc(100), roundness));
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
