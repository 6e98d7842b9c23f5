/// The rows of the table on scenarios: access before and after a plan.
#include "metrics/registry.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

const test::NamedColumns people{{"group", "others"}, {{60, 40, 0}, {20, 60, 20}}};

struct Plan {
  test::Population population = test::population_of(people);
  Impedance before = test::impedance_of({{900.0}, {400.0}, {unreachable}});
  Impedance after = test::impedance_of({{900.0, 300.0}, {400.0, 900.0}, {unreachable, 700.0}});
  std::vector<double> places_before{10.0};
  std::vector<double> places_after{10.0, 5.0};

  [[nodiscard]] MetricInput input() const {
    MetricInput in;
    in.counts = &population.counts;
    in.groups = &population.groups;
    in.group = 1;
    in.reference = 2;
    in.impedance = &after;
    in.supply = places_after;
    in.earlier_impedance = &before;
    in.earlier_supply = places_before;
    return in;
  }
};

CityValue value(std::string_view id, const MetricInput& in) {
  const MetricEntry* entry = find_metric(id);
  REQUIRE(entry != nullptr);
  REQUIRE(entry->needs.scenario);
  return entry->city(in);
}

}  // namespace

TEST_CASE("rows of scenarios", "[metrics][access][registry]") {
  const Plan plan;
  MetricInput in = plan.input();

  SECTION("worked example: 60 of 100 come from 900 m to 300 m") {
    CHECK_THAT(value("scenario_way_change", in).value, WithinAbs(-360.0, tolerance));
    CHECK_THAT(value("scenario_share_gaining", in).value, WithinAbs(0.6, tolerance));
    CHECK(value("scenario_share_losing", in).value == 0.0);
    CHECK_THAT(value("scenario_within_change", in).value, WithinAbs(0.6, tolerance));
  }
  SECTION("the gap is compared over those reached before and after; the others stand beside it") {
    // Reference: 20 from 900 to 300, 60 keep 400, 20 reached for the first time.
    const CityValue gap = value("scenario_gap_change", in);
    CHECK_THAT(gap.value, WithinAbs(-360.0 - (20.0 * -600.0) / 80.0, tolerance));
    in.group = 2;
    in.reference = 1;
    CHECK(value("scenario_way_change", in).status == "20 % reached for the first time");
    CHECK_THAT(value("scenario_share_gaining", in).value, WithinAbs(0.4, tolerance));
  }
  SECTION("places per head: 10 for 100 people within 800 m; then 5 for 100 others too") {
    // Before: district 2 alone reaches the 10 places with its 100 people. After, districts 1 and 3
    // share 5 places among 80 + 20 people.
    const double before = 0.4 * 1000.0 * 10.0 / 100.0;
    const double after = before + 0.6 * 1000.0 * 5.0 / 100.0;
    CHECK_THAT(value("scenario_places_change", in).value, WithinAbs(after - before, tolerance));
    CHECK_THAT(value("scenario_places_gap_change", in).value,
               WithinAbs(0.6 * 50.0 - (0.2 + 0.2) * 50.0, tolerance));
  }
  SECTION("without a change nothing changes") {
    in.impedance = &plan.before;
    in.supply = plan.places_before;
    for (const char* id : {"scenario_way_change", "scenario_share_gaining", "scenario_share_losing",
                           "scenario_within_change", "scenario_gap_change",
                           "scenario_places_change", "scenario_places_gap_change"}) {
      INFO(id);
      CHECK(value(id, in).value == 0.0);
    }
  }
  SECTION("turned round, every change has the other sign") {
    MetricInput back = in;
    std::swap(back.impedance, back.earlier_impedance);
    std::swap(back.supply, back.earlier_supply);
    CHECK(value("scenario_way_change", back).value == -value("scenario_way_change", in).value);
    CHECK(value("scenario_share_losing", back).value == value("scenario_share_gaining", in).value);
  }
}
