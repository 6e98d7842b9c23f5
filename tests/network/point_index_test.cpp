#include "network/point_index.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/number.h"
#include "base/random.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::network;

namespace {

std::vector<Point> points_at_random(std::uint64_t seed, std::size_t count, double steps) {
  RandomStream stream(seed);
  std::vector<Point> points(count);
  for (Point& p : points) {
    // Whole steps make many equal distances; every tenth point lies far out.
    const double scale = stream.below(10) == 0 ? 1e6 : 1.0;
    p = {std::floor(stream.uniform() * steps) * scale, std::floor(stream.uniform() * steps)};
  }
  return points;
}

IndexedPoint nearest_of_all(std::span<const Point> points, Point place) {
  IndexedPoint best{no_index, unreachable};
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double dx = points[i].x - place.x;
    const double dy = points[i].y - place.y;
    const double squared = dx * dx + dy * dy;
    if (squared < best.squared_m2) best = {static_cast<std::uint32_t>(i), squared};
  }
  return best;
}

}  // namespace

TEST_CASE("the nearest point is exact, the lowest of equals", "[network]") {
  for (const double steps : {3.0, 20.0, 1e9}) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const auto points = points_at_random(seed, 1 + 37 * seed, steps);
      const auto places = points_at_random(seed + 100, 200, steps);
      const PointIndex index(points);
      for (const Point place : places) {
        const IndexedPoint expected = nearest_of_all(points, place);
        const IndexedPoint found = index.nearest(place);
        REQUIRE(found.point == expected.point);
        REQUIRE(found.squared_m2 == expected.squared_m2);
      }
    }
  }
}

TEST_CASE("points within a distance are all there", "[network]") {
  const auto points = points_at_random(3, 500, 25.0);
  const PointIndex index(points);
  for (const double limit : {0.0, 1.3, 6.5, 13.0, 1e9}) {
    for (const Point place : {Point{4, 4}, Point{12, 0}, Point{-50, 900}}) {
      std::vector<IndexedPoint> found;
      index.within(place, 1.3, limit, found);
      std::vector<std::uint32_t> numbers;
      for (const IndexedPoint& one : found) numbers.push_back(one.point);
      std::sort(numbers.begin(), numbers.end());
      std::vector<std::uint32_t> expected;
      for (std::uint32_t i = 0; i < points.size(); ++i) {
        const double dx = points[i].x - place.x;
        const double dy = points[i].y - place.y;
        if (1.3 * std::sqrt(dx * dx + dy * dy) <= limit) expected.push_back(i);
      }
      CHECK(numbers == expected);
    }
  }
}

TEST_CASE("points that are nowhere are left out", "[network]") {
  const std::array points{Point{undefined, 0}, Point{5, 5}, Point{unreachable, 1}};
  const PointIndex index(points);
  CHECK(index.size() == 1);
  CHECK(index.nearest({0, 0}).point == 1);
  CHECK(index.nearest({undefined, 0}).point == no_index);
  CHECK(PointIndex().nearest({0, 0}).point == no_index);
  CHECK(PointIndex(points, std::array<std::uint8_t, 3>{1, 0, 1}).empty());
}
