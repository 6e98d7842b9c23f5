#include "geo/screen.h"

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

RawShapes degrees(const std::vector<Shape>& shapes) {
  return {polygons(shapes), crs_of_epsg(4326)};
}

}  // namespace

TEST_CASE("coordinates that cannot be are refused with the feature's id", "[geo][crs]") {
  const std::vector<std::string> ids{"D0", "D1", "D2"};
  const Origin origin{"city.geojson", "", ids};
  const Shape good{{closed(rectangle(13.41, 52.5, 13.42, 52.51))}};

  SECTION("not finite") {
    for (const double bad : {not_a_number, infinite, -infinite}) {
      const auto result = screened(
          degrees({{{{{bad, 52.5}, {13.41, 52.5}, {13.41, 52.51}, {13.4, 52.5}}}}, good}), origin);
      CHECK(result.value.rejected == std::vector<DistrictIndex>{0});
      CHECK_FALSE(result.value.shapes.has_shape(0));
      CHECK(result.value.shapes.has_shape(1));
      const Finding* finding =
          find_kind(result.findings, "non_finite_coordinate", Severity::rejected);
      REQUIRE(finding != nullptr);
      CHECK(finding->rows == std::vector<std::string>{"id D0"});
    }
  }
  SECTION("projected coordinates said to be degrees") {
    const RawShapes raw = degrees({{{closed(rectangle(391000, 5819000, 392000, 5820000))}}});
    CHECK_THROWS_WITH(screened(raw, origin), Catch::Matchers::Contains("city.geojson") &&
                                                 Catch::Matchers::Contains("391000"));
    try {
      screened(raw, origin);
    } catch (const CrsError& error) {
      CHECK(error.way_out().find("projected") != std::string::npos);
    }
  }
  SECTION("one stray feature of a geographic layer") {
    const auto result =
        screened(degrees({good, good, {{closed(rectangle(13.4, 52.5, 1300.4, 52.6))}}}), origin);
    CHECK(result.value.rejected == std::vector<DistrictIndex>{2});
    CHECK(find_kind(result.findings, "outside_crs_bounds", Severity::rejected) != nullptr);
  }
  SECTION("beyond any map") {
    CHECK_THROWS_AS(
        screened(degrees({{{{{1e300, 0}, {1.1e300, 0}, {1.1e300, 1e300}, {1e300, 0}}}}}), origin),
        CrsError);
    const auto result =
        screened({polygons({{{{{1e300, 0}, {1.1e300, 0}, {1.1e300, 1e300}, {1e300, 0}}}},
                            {{closed(rectangle(391000, 5819000, 392000, 5820000))}}}),
                  crs_of_epsg(25833)},
                 origin);
    CHECK(result.value.rejected == std::vector<DistrictIndex>{0});
    CHECK(find_kind(result.findings, "outside_crs_bounds", Severity::rejected) != nullptr);
  }
}

TEST_CASE("a ring across the antimeridian is not taken for a wide one", "[geo][crs]") {
  const auto result = screened(
      degrees({{{{{179.5, -17}, {-179.5, -17}, {-179.5, -16}, {179.5, -16}, {179.5, -17}}}}}),
      {"fiji.geojson", ""});
  CHECK(result.value.rejected.empty());
  CHECK_FALSE(result.value.shapes.has_shape(0));
  CHECK(find_kind(result.findings, "antimeridian", Severity::warning) != nullptr);
}

TEST_CASE("features without geometry are listed, layers out of place are told", "[geo][crs]") {
  const Shape berlin{{closed(rectangle(391000, 5819000, 392000, 5820000))}};
  const auto empty = screened({polygons({{}, berlin, {}}), crs_of_epsg(25833)}, {"a", ""});
  const Finding* finding = find_kind(empty.findings, "no_shape", Severity::warning);
  REQUIRE(finding != nullptr);
  CHECK(finding->count == 2);
  CHECK(finding->rows == std::vector<std::string>{"feature 1", "feature 3"});
  CHECK(empty.findings.size() == 1);
  CHECK(empty.value.rejected.empty());

  const auto away =
      screened({polygons({{{closed(rectangle(0, 0, 5, 5))}}}), crs_of_epsg(25833)}, {"a", ""});
  CHECK(find_kind(away.findings, "outside_crs_area", Severity::warning) != nullptr);
  CHECK(away.value.shapes.has_shape(0));

  const auto stray = screened(
      {polygons({berlin, {{closed(rectangle(0, 0, 5, 5))}}}), crs_of_epsg(25833)}, {"a", ""});
  const Finding* far = find_kind(stray.findings, "outside_crs_area", Severity::warning);
  REQUIRE(far != nullptr);
  CHECK(far->rows == std::vector<std::string>{"feature 2 at (0, 0)"});
  CHECK(stray.value.shapes.has_shape(1));
}
