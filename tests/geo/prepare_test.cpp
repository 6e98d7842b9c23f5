#include "geo/prepare.h"

#include <cmath>

#include "base/error.h"
#include "geo/build_shapes.h"
#include "geo/crs.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::geo;
using namespace quartier::test;

TEST_CASE("a layer passes the door", "[geo]") {
  const std::vector<std::string> ids{"A", "B", "C", "D", "E"};
  const double nan = std::nan("");
  RawShapes raw{
      polygons({{{closed(rectangle(13.40, 52.5, 13.41, 52.51))}},
                {},
                {{{{nan, 52.5}, {13.41, 52.5}, {13.41, 52.51}, {nan, 52.5}}}},
                {{{{13.4, 52.5}, {13.5, 52.5}, {13.4, 52.5}}}},
                {{{{13.5, 52.5}, {13.51, 52.51}, {13.51, 52.5}, {13.5, 52.51}, {13.5, 52.5}}}}}),
      crs_of_epsg(4326)};
  const auto result = prepared(raw, crs_of_epsg(25833), {"city.geojson", "", ids});
  const PreparedShapes& shapes = result.value;
  CHECK(shapes.crs.name == "EPSG:25833");
  CHECK(shapes.rejected == std::vector<DistrictIndex>{2, 3});
  CHECK(shapes.shapes.district_count() == 5);
  // 0.01 degree is 1112.6 m of latitude at 52.5 N and 679.0 m of longitude.
  CHECK_THAT(shapes.measures.area_m2[0], WithinRel(679.0 * 1112.6, 1e-3));
  CHECK_THAT(shapes.measures.area_m2[4], WithinRel(679.0 * 1112.6 / 2, 1e-3));
  CHECK(std::isnan(shapes.measures.area_m2[1]));
  const Finding* empty = find_kind(result.findings, "no_shape", Severity::warning);
  REQUIRE(empty != nullptr);
  CHECK(empty->rows == std::vector<std::string>{"id B"});
  CHECK(find_kind(result.findings, "non_finite_coordinate", Severity::rejected) != nullptr);
  CHECK(find_kind(result.findings, "degenerate_ring", Severity::rejected) != nullptr);
  CHECK(find_kind(result.findings, "repaired_shape", Severity::warning) != nullptr);
}

TEST_CASE("the door leads into metres", "[geo]") {
  const RawShapes raw{polygons({{{closed(rectangle(13.4, 52.5, 13.41, 52.51))}}}),
                      crs_of_epsg(4326)};
  CHECK_THROWS_AS(prepared(raw, crs_of_epsg(4326), {"a", ""}), CrsError);
  CHECK_THROWS_AS(prepared(raw, crs_of_epsg(2263), {"a", ""}), CrsError);
  CHECK_THROWS_AS(prepared({raw.rings, {}}, crs_of_epsg(25833), {"a", ""}), CrsError);
}

TEST_CASE("common boundaries stay common to the bit through the door", "[geo]") {
  const Polygons degrees = polygons({{{closed(rectangle(13.40, 52.5, 13.41, 52.51))}},
                                     {{closed(rectangle(13.41, 52.5, 13.42, 52.51))}}});
  const auto result = prepared({degrees, crs_of_epsg(4326)}, crs_of_epsg(25833), {"a", ""});
  CHECK(result.findings.empty());
  CHECK(result.value.shapes.vertices[1] == result.value.shapes.vertices[4]);
  CHECK(result.value.shapes.vertices[2] == result.value.shapes.vertices[7]);
}
