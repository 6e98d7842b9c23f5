#include "geo/reproject.h"

#include <cmath>
#include <limits>

#include "base/error.h"
#include "geo/build_shapes.h"
#include "geo/crs.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::geo;
using namespace quartier::test;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("points move from degrees to metres, east before north", "[geo][crs]") {
  // On the central meridian of zone 33 x is 500,000; the equator is 0.
  std::vector<Point> points{{15.0, 0.0}, {15.0, 52.0}, {13.4, 52.5}};
  CHECK(reproject(points, crs_of_epsg(4258), crs_of_epsg(25833)).empty());
  CHECK_THAT(points[0].x, WithinAbs(500000.0, 1e-6));
  CHECK_THAT(points[0].y, WithinAbs(0.0, 1e-6));
  CHECK_THAT(points[1].x, WithinAbs(500000.0, 1e-6));
  // Meridian arc of GRS80 to 52 N, 5,763,343.55 m, times 0.9996.
  CHECK_THAT(points[1].y, WithinAbs(5761038.212, 0.01));
  reproject(points, crs_of_epsg(25833), crs_of_epsg(4258));
  CHECK_THAT(points[2].x, WithinAbs(13.4, 1e-10));
  CHECK_THAT(points[2].y, WithinAbs(52.5, 1e-10));
}

TEST_CASE("nothing moves between equal systems, and lost points are NaN", "[geo][crs]") {
  std::vector<Point> points{{13.4, 52.5}, {not_a_number, 1.0}};
  reproject(points, crs_of_epsg(4326), crs_of_text(crs_of_epsg(4326).wkt));
  CHECK(points[0] == Point{13.4, 52.5});
  std::vector<Point> lost{{13.4, 52.5}, {not_a_number, 52.5}, {infinite, 0.0}, {13.4, 52.5}};
  reproject(lost, crs_of_epsg(4326), crs_of_epsg(25833));
  CHECK(std::isnan(lost[1].x));
  CHECK(std::isnan(lost[1].y));
  CHECK(std::isnan(lost[2].x));
  CHECK(lost[0] == lost[3]);
  CHECK_THROWS_AS(reproject(lost, Crs{}, crs_of_epsg(25833)), CrsError);
}

TEST_CASE("points move alike for any number of threads", "[geo][crs]") {
  RandomStream random(1);
  std::vector<Point> points;
  for (int i = 0; i < 50'000; ++i) points.push_back({13 + random.uniform(), 52 + random.uniform()});
  CHECK(same_for_any_threads(
      [&] {
        std::vector<Point> moved = points;
        reproject(moved, crs_of_epsg(4326), crs_of_epsg(25833));
        return moved;
      },
      [](const auto& a, const auto& b) { return a == b; }));
}

TEST_CASE("a shape that has no image is rejected, a whole layer of them an error", "[geo][crs]") {
  // Ninety degrees from its central meridian a transverse Mercator plane goes to infinity.
  const Polygons shapes =
      polygons({{{rectangle(13.4, 52.5, 13.5, 52.6)}}, {{rectangle(100, -1, 101, 0)}}});
  const auto result = reprojected(shapes, crs_of_epsg(4326), crs_of_epsg(25833), {"a", ""});
  CHECK(result.value.rejected == std::vector<DistrictIndex>{1});
  CHECK(result.value.shapes.has_shape(0));
  CHECK_FALSE(result.value.shapes.has_shape(1));
  CHECK_THROWS_AS(reprojected(polygons({{{rectangle(100, -1, 101, 0)}}}), crs_of_epsg(4326),
                              crs_of_epsg(25833), {"a", ""}),
                  CrsError);
}
