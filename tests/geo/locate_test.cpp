#include "geo/locate.h"

#include <limits>

#include "geo/build_shapes.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::geo;
using namespace quartier::test;

TEST_CASE("points are found in their districts", "[geo]") {
  const Polygons shapes = polygons({{{rectangle(0, 0, 4, 4), reversed(rectangle(1, 1, 3, 3))}},
                                    {{rectangle(1, 1, 3, 3)}},
                                    {},
                                    {{rectangle(4, 0, 8, 4)}, {rectangle(20, 20, 21, 21)}}});
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<Point> points{{0.5, 0.5},   {2, 2},   {1, 2},     {4, 2}, {6, 2},
                                  {20.5, 20.5}, {10, 10}, {nan, 2.0}, {4, 4}, {8, 4}};
  CHECK(located(points, shapes) ==
        std::vector<DistrictIndex>{0, 1, 0, 0, 3, 3, no_index, no_index, 0, 3});
  CHECK(located({}, shapes).empty());
  CHECK(located(points, Polygons{}) == std::vector<DistrictIndex>(points.size(), no_index));
}

TEST_CASE("every point of a gapless map has one district, for any number of threads", "[geo]") {
  const Polygons shapes = board(30, 20, 100, 5);
  RandomStream random(5);
  std::vector<Point> points;
  for (int i = 0; i < 5000; ++i) {
    points.push_back({20 + 2960 * random.uniform(), 20 + 1960 * random.uniform()});
  }
  const std::vector<DistrictIndex> districts = located(points, shapes);
  for (const DistrictIndex i : districts) CHECK(i < 600);
  CHECK(same_for_any_threads([&] { return located(points, shapes); },
                             [](const auto& a, const auto& b) { return a == b; }));
}
