#include <cmath>

#include "base/number.h"
#include "metrics/registry.h"
#include "metrics/space_tables.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

/// Three districts in a row, on 1, 1 and 2 hectares.
struct Row {
  test::Population population = test::population_of(
      {{"turkey", "poland", "germany"}, {{6.0, 4.0, 0.0}, {1.0, 0.0, 3.0}, {2.0, 3.0, 5.0}}});
  Districts districts;
  Contiguity contiguity = test::contiguity_of(3, {{0, 1, 100.0}, {1, 2, 0.0}});
  SpatialWeights weights = contiguity_weights(contiguity, ContiguityRule::queen, true);

  Row() {
    districts.ids = {"a", "b", "c"};
    districts.area_m2 = {10'000.0, 10'000.0, 20'000.0};
    districts.perimeter_m = {400.0, 400.0, 600.0};
    districts.centroids = {{0.0, 0.0}, {100.0, 0.0}, {250.0, 0.0}};
  }

  [[nodiscard]] MetricInput input() const {
    MetricInput in;
    in.counts = &population.counts;
    in.groups = &population.groups;
    in.group = 1;
    in.reference = 3;
    in.districts = &districts;
    in.contiguity = &contiguity;
    in.weights = &weights;
    return in;
  }
};

CityValue value_of(std::string_view id, const MetricInput& in) {
  const MetricEntry* entry = find_metric(id);
  REQUIRE(entry != nullptr);
  return entry->city(in);
}

}  // namespace

TEST_CASE("rows of space hand the right columns and conventions over", "[metrics][registry]") {
  const Row row;
  MetricInput in = row.input();

  SECTION("contiguity: D = .5, shares .75, 4/7 and 0; the queen sees both pairs, the rook one") {
    const double near = 0.75 - 4.0 / 7.0;
    const CityValue queen = value_of("contiguity_dissimilarity", in);
    CHECK_THAT(queen.value, WithinAbs(0.5 - (near + 4.0 / 7.0) / 2.0, tolerance));
    CHECK(queen.parameters == "contiguity=queen; empty_districts=dropped");
    in.conventions.contiguity = ContiguityRule::rook;
    CHECK_THAT(value_of("contiguity_dissimilarity", in).value, WithinAbs(0.5 - near, tolerance));
    CHECK_THAT(value_of("boundary_dissimilarity", in).value, WithinAbs(0.5 - near, tolerance));
    CHECK_THAT(value_of("shape_dissimilarity", in).value, WithinAbs(0.5 - near, tolerance));
    in.conventions.perimeter = Perimeter::interior;
    CHECK(value_of("shape_dissimilarity", in).parameters ==
          "perimeter=interior; empty_districts=dropped");
    CHECK(value_of("order_dissimilarity", in).parameters ==
          "orders=2; weight_of_order=exp(1-k); contiguity=rook; empty_districts=dropped");
  }
  SECTION("concentration reads everyone as well") {
    CHECK_THAT(value_of("delta", in).value, WithinAbs(0.5, tolerance));
    // X = 10 < t_1 + t_2 = 16: both small districts; then the large one, and as much again for Y
    CHECK_THAT(value_of("absolute_concentration", in).value, WithinAbs(1.0, tolerance));
    const CityValue relative = value_of("relative_concentration", in);
    CHECK(relative.parameters == "large_end=group");
    CHECK(relative.value > 0.0);
  }
  SECTION("centralization: round the mean of all centroids, or round named districts") {
    const CityValue mean = value_of("relative_centralization", in);
    CHECK(mean.parameters == "centre=mean of centroids; empty_districts=dropped; ties=row order");
    const std::array<DistrictIndex, 1> first{0};
    in.centres = first;
    CHECK_THAT(value_of("relative_centralization", in).value, WithinAbs(0.6, tolerance));
    CHECK_THAT(value_of("absolute_centralization", in).value, WithinAbs(0.55, tolerance));
    const std::array<DistrictIndex, 2> ends{0, 2};
    in.centres = ends;
    const CityValue both = value_of("relative_centralization", in);
    CHECK(both.parameters == "centre=a+c; empty_districts=dropped; ties=row order");
    // a, c at 0 in that order, then b: .6 x .7 - .6 x .2 + .6 x 1 - 1 x .7
    CHECK_THAT(both.value, WithinAbs(0.2, tolerance));
    const std::array<DistrictIndex, 1> nowhere{7};
    in.centres = nowhere;
    CHECK_THROWS_AS(value_of("relative_centralization", in), std::logic_error);
  }
  SECTION("local centralization, for a map") {
    const DistrictValues local = find_metric("local_centralization")->districts(in);
    REQUIRE(local.values.size() == 3);
    // round b: b, a (100 m), c (150 m): x .4 1 1, y .3 .5 1
    CHECK_THAT(local.values[1],
               WithinAbs(0.4 * 0.5 - 1.0 * 0.3 + 1.0 * 1.0 - 1.0 * 0.5, tolerance));
    CHECK(local.parameters == "neighbourhood=contiguity; contiguity=queen; ties=together");
  }
}

TEST_CASE("rows of space say why an index does not exist", "[metrics][registry]") {
  Row row;
  SECTION("no neighbours") {
    row.contiguity = test::contiguity_of(3, {});
    const CityValue value = value_of("contiguity_dissimilarity", row.input());
    CHECK(std::isnan(value.value));
    CHECK(value.status == "undefined: no two districts that take part are neighbours");
    CHECK(value_of("proximity_profile", row.input()).status ==
          "3 pairs of districts that no way joins");
  }
  SECTION("one size") {
    row.districts.area_m2 = {5.0, 5.0, 5.0};
    const CityValue value = value_of("absolute_concentration", row.input());
    CHECK(value.status == "undefined: inhabited districts of one size, or a single one");
  }
  SECTION("a district without shape") {
    row.districts.area_m2[2] = undefined;
    row.districts.centroids[2] = {undefined, undefined};
    CHECK(value_of("delta", row.input()).status == "1 district without shape left out");
    CHECK(std::abs(value_of("relative_centralization", row.input()).value) <= 1.0);
  }
  SECTION("nobody in the group") {
    row.population.counts.groups[1].readable.assign(3, 0.0);
    CHECK(value_of("delta", row.input()).status == "undefined: nobody is counted in turkey");
  }
}
