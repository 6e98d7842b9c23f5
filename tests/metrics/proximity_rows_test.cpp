/// The rows of the proximity family: columns, conventions and what is said of them.
#include <cmath>
#include <string>

#include "base/random.h"
#include "metrics/proximity.h"
#include "metrics/registry.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

/// Three groups in districts 500 m apart, row by row.
struct Study {
  test::Population population;
  Districts districts;

  explicit Study(std::size_t side) {
    test::NamedColumns table{{"a", "b", "c"}, {{}, {}, {}}};
    RandomStream random(4, side);
    for (std::size_t i = 0; i < side * side; ++i) {
      districts.centroids.push_back(
          {500.0 * static_cast<double>(i % side), 500.0 * static_cast<double>(i / side)});
      districts.area_m2.push_back(250'000.0);
      for (auto& column : table.columns) column.push_back(random.below(100));
    }
    population = test::population_of(table);
  }
  [[nodiscard]] MetricInput input() const {
    MetricInput in;
    in.counts = &population.counts;
    in.groups = &population.groups;
    in.group = 1;
    in.districts = &districts;
    return in;
  }
};

CityValue value_of(std::string_view id, const MetricInput& in) {
  const MetricEntry* entry = find_metric(id);
  REQUIRE(entry != nullptr);
  return entry->city(in);
}

}  // namespace

TEST_CASE("rows of proximity", "[metrics][proximity][registry]") {
  Study study(6);
  MetricInput in = study.input();

  SECTION("isolation and interaction with all others add up to 1") {
    const double own = value_of("distance_decay_isolation", in).value;
    CHECK_THAT(own + value_of("distance_decay_interaction", in).value, WithinAbs(1.0, tolerance));
    in.reference = 2;
    const double second = value_of("distance_decay_interaction", in).value;
    in.reference = 3;
    const double third = value_of("distance_decay_interaction", in).value;
    CHECK_THAT(own + second + third, WithinAbs(1.0, tolerance));
  }
  SECTION("closeness between two groups is the same both ways") {
    in.reference = 2;
    const double one = value_of("proximity_between", in).value;
    in.group = 2;
    in.reference = 1;
    CHECK_THAT(value_of("proximity_between", in).value, WithinAbs(one, tolerance));
    const double within = value_of("proximity_within", in).value;
    in.group = 1;
    in.reference = 2;
    CHECK_THAT(value_of("proximity_of_reference", in).value, WithinAbs(within, tolerance));
  }
  SECTION("relative clustering is the ratio of both") {
    const double ratio =
        value_of("proximity_within", in).value / value_of("proximity_of_reference", in).value;
    CHECK_THAT(value_of("relative_clustering", in).value, WithinAbs(ratio - 1.0, tolerance));
  }
  SECTION("two groups as a partition: the index of both is that of the pair") {
    in.reference = 3;
    const double pair = value_of("spatial_proximity", in).value;
    const std::array<GroupIndex, 2> two{1, 3};
    in.partition = two;
    CHECK_THAT(value_of("multigroup_spatial_proximity", in).value, WithinAbs(pair, tolerance));
  }
  SECTION("conventions stand in the parameters") {
    in.conventions.decay_per_km = 2.0;
    in.conventions.self_distance = SelfDistance::zero;
    in.conventions.empty_districts = EmptyDistricts::kept;
    const CityValue acl = value_of("absolute_clustering", in);
    CHECK(acl.parameters == "decay_per_km=2; self_distance=0; empty_districts=kept; pairs=all");
    CHECK(std::isnan(acl.lower));
    CHECK(acl.status.empty());
  }
  SECTION("who is left out is said") {
    study.districts.centroids[0] = {undefined, undefined};
    const CityValue poo = value_of("proximity_of_everyone", in);
    CHECK(is_defined(poo.value));
    CHECK(poo.status.find("1 district without a place left out") == 0);
  }
}

TEST_CASE("rows of proximity over many districts have an interval",
          "[metrics][proximity][registry]") {
  const Study study(142);
  const MetricInput in = study.input();
  const CityValue sp = value_of("spatial_proximity", in);
  CHECK(sp.parameters.find("pairs=bounded within 1e-06") != std::string::npos);
  CHECK(sp.lower < sp.value);
  CHECK(sp.upper > sp.value);
  CHECK(sp.upper - sp.lower <= 2e-6);
}
