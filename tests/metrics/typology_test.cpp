#include "metrics/typology.h"

#include <rapidcheck.h>

#include <array>

#include "metrics/registry.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

using Columns = std::vector<std::vector<double>>;

std::vector<std::span<const double>> spans(const Columns& columns) {
  return {columns.begin(), columns.end()};
}

/// The type of one district in a city where no group is concentrated.
SettlementType type_of(const std::vector<double>& persons) {
  Columns columns;
  for (const double group : persons) columns.push_back({group, 1000.0, 0.0});
  return settlement_types(spans(columns), 0)[0];
}

}  // namespace

TEST_CASE("types of districts", "[metrics][typology]") {
  SECTION("worked examples: the host first, then the other groups") {
    CHECK(type_of({80.0, 20.0}) == SettlementType::host_alone);
    CHECK(type_of({79.0, 21.0}) == SettlementType::host_majority);
    CHECK(type_of({50.0, 50.0}) == SettlementType::host_majority);
    CHECK(type_of({40.0, 40.0, 20.0}) == SettlementType::shared_with_host);
    CHECK(type_of({30.0, 20.0, 20.0, 20.0, 10.0}) == SettlementType::shared_with_host);
    CHECK(type_of({40.0, 15.0, 15.0, 15.0, 15.0}) == SettlementType::several_groups);
    CHECK(type_of({20.0, 50.0, 30.0}) == SettlementType::several_groups);
    CHECK(type_of({29.0, 40.0, 20.0, 11.0}) == SettlementType::several_groups);
    CHECK(type_of({20.0, 54.0, 26.0}) == SettlementType::one_group);
    CHECK(type_of({10.0, 70.0, 20.0}) == SettlementType::one_group);
    CHECK(type_of({0.0, 0.0, 0.0}) == SettlementType::no_residents);
  }
  SECTION("30 % of a group where it is 60 % of the residents") {
    const Columns city{{10.0, 900.0}, {60.0, 140.0}, {30.0, 0.0}};
    CHECK(settlement_types(spans(city), 0)[0] == SettlementType::concentrated_group);
    Columns scattered = city;
    scattered[1][1] = 141.0;
    CHECK(settlement_types(spans(scattered), 0)[0] == SettlementType::one_group);
    Columns smaller = city;
    smaller[1][0] = 59.0;
    CHECK(settlement_types(spans(smaller), 0)[0] == SettlementType::several_groups);
  }
  SECTION("other thresholds") {
    const Columns city{{70.0}, {30.0}};
    CHECK(settlement_types(spans(city), 0, {.host_alone = 0.7})[0] == SettlementType::host_alone);
    CHECK(settlement_types(spans(city), 1)[0] == SettlementType::shared_with_host);
  }
  SECTION("a host alone in the list, and one that is not in it") {
    CHECK(settlement_types(spans({{5.0}}), 0)[0] == SettlementType::host_alone);
    CHECK_THROWS_AS(settlement_types(spans({{5.0}}), 1), std::logic_error);
    CHECK(largest_group(spans({{5.0, 1.0}, {4.0, 3.0}, {7.0, 0.0}})) == 1);
  }
}

TEST_CASE("types do not depend on size nor on the order of the others",
          "[metrics][typology][property]") {
  CHECK(rc::check([] {
    const int n = *rc::gen::inRange(1, 20);
    Columns city(4);
    for (auto& column : city) {
      for (int i = 0; i < n; ++i) column.push_back(*rc::gen::inRange(0, 100));
    }
    const auto types = settlement_types(spans(city), 0);
    Columns doubled = city;
    for (auto& column : doubled) {
      for (double& persons : column) persons *= 2.0;
    }
    RC_ASSERT(settlement_types(spans(doubled), 0) == types);
    for (std::size_t i = 0; i < types.size(); ++i) {
      const double all = city[0][i] + city[1][i] + city[2][i] + city[3][i];
      RC_ASSERT((types[i] == SettlementType::no_residents) == (all == 0.0));
      const bool most =
          types[i] == SettlementType::host_alone || types[i] == SettlementType::host_majority;
      RC_ASSERT(all == 0.0 || most == (city[0][i] / all >= 0.5));
    }
    std::swap(city[1], city[2]);
    const auto swapped = settlement_types(spans(city), 0);
    for (std::size_t i = 0; i < types.size(); ++i) {
      if (city[1][i] == city[2][i]) continue;
      RC_ASSERT(swapped[i] == types[i]);
    }
  }));
}

TEST_CASE("the row of types", "[metrics][typology][registry]") {
  const test::Population city = test::population_of(
      {{"a", "b", "c"}, {{85.0, 40.0, 0.0, 0.0}, {10.0, 40.0, 50.0, 0.0}, {5.0, 20.0, 9.0, 0.0}}});
  MetricInput in;
  in.counts = &city.counts;
  in.groups = &city.groups;
  const MetricEntry* entry = find_metric("settlement_type");
  REQUIRE(entry != nullptr);

  SECTION("without a reference the largest group is the host") {
    const DistrictValues values = entry->districts(in);
    CHECK(values.parameters == "host=a");
    CHECK(values.values[0] == 0.85);
    CHECK(std::isnan(values.values[3]));
    CHECK(values.categories == std::vector<std::uint8_t>{1, 3, 6, 0});
    CHECK(entry->categories[6] == "mostly one other group, as for many of it");
  }
  SECTION("with one, it is") {
    in.reference = 2;
    const DistrictValues values = entry->districts(in);
    CHECK(values.parameters == "host=b");
    CHECK(values.categories == std::vector<std::uint8_t>{6, 3, 1, 0});
  }
}
