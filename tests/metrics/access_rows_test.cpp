#include <array>
#include <cmath>

#include "base/number.h"
#include "metrics/access.h"
#include "metrics/registry.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

/// Three districts of 100, 300 and 50 people; the first has two points, the second two of which
/// one is cut off, the third one that is cut off.
struct City {
  test::Population population =
      test::population_of({{"here", "there"}, {{40.0, 100.0, 10.0}, {60.0, 200.0, 40.0}}});
  Impedance impedance = test::impedance_of({{100.0, 500.0},
                                            {300.0, 300.0},
                                            {200.0, 400.0},
                                            {unreachable, unreachable},
                                            {unreachable, unreachable}});
  OriginPoints points{{0, 0, 1, 1, 2}, {0.25, 0.75, 0.9, 0.1, 1.0}};
  std::vector<double> supply{4.0, 6.0};

  [[nodiscard]] MetricInput input() const {
    MetricInput in;
    in.counts = &population.counts;
    in.groups = &population.groups;
    in.impedance = &impedance;
    in.impedance_label = "streets";
    in.origins = &points;
    in.supply = supply;
    in.access.cutoff = 400.0;
    in.access.decay = decay_of("linear", 1000.0);
    return in;
  }
};

DistrictValues values_of(const char* id, const MetricInput& in) {
  const MetricEntry* entry = find_metric(id);
  REQUIRE(entry != nullptr);
  REQUIRE(entry->districts != nullptr);
  return entry->districts(in);
}

}  // namespace

TEST_CASE("a district's access is the mean over its people", "[metrics][access]") {
  const City city;
  MetricInput in = city.input();

  SECTION("worked example: 100 m for a quarter, 300 m for three") {
    const DistrictValues nearest = values_of("nearest_service", in);
    REQUIRE(nearest.values.size() == 3);
    CHECK_THAT(nearest.values[0], WithinAbs(250.0, tolerance));
    CHECK_THAT(nearest.values[1], WithinAbs(200.0, tolerance));
    CHECK(nearest.values[2] == unreachable);
    CHECK(nearest.status ==
          "1 district reaches none; in 1 district some people reach none (up to 0.1 of them)");
  }
  SECTION("what is 0 for those who reach nothing counts as 0") {
    const DistrictValues within = values_of("places_within", in);
    CHECK_THAT(within.values[0], WithinAbs(0.25 * 4.0 + 0.75 * 10.0, tolerance));
    CHECK_THAT(within.values[1], WithinAbs(9.0, tolerance));
    CHECK(within.values[2] == 0.0);
    CHECK(within.status.empty());
  }
  SECTION("people compete at their points, and nothing is lost") {
    const DistrictValues access = values_of("two_step_floating_catchment", in);
    // 25 + 75 + 270 people reach the first site, 75 + 270 the second
    CHECK_THAT(access.values[0], WithinAbs(4000.0 / 370.0 + 0.75 * 6000.0 / 345.0, 1e-9));
    double places = 0.0;
    for (std::size_t i = 0; i < 3; ++i) {
      places += access.values[i] / 1000.0 * city.population.counts.groups[0].readable[i];
    }
    CHECK_THAT(places, WithinAbs(10.0, 1e-9));
    const DistrictValues available = values_of("spatial_availability", in);
    CHECK_THAT(available.values[0] + available.values[1] + available.values[2],
               WithinAbs(10.0, 1e-9));
    CHECK(available.parameters ==
          "impedance=streets; decay=linear, cutoff=1000 m; demand_exponent=1");
    const DistrictValues total = values_of("total_constrained_access", in);
    CHECK_THAT(total.values[0] + total.values[1] + total.values[2], WithinAbs(10.0, 1e-9));
  }
  SECTION("every point balances the people of its whole district") {
    const DistrictValues balance = values_of("balancing_cost", in);
    CHECK(balance.values == std::vector<double>{unreachable, unreachable, unreachable});
    const std::array demand{4.0, 3.0, 0.0};
    in.demand = demand;
    const DistrictValues fewer = values_of("balancing_cost", in);
    CHECK_THAT(fewer.values[0], WithinAbs(0.25 * 500.0 + 0.75 * 300.0, tolerance));
    CHECK_THAT(fewer.values[1], WithinAbs(200.0, tolerance));
    CHECK(fewer.values[2] == 0.0);
    CHECK(fewer.parameters == "impedance=streets; step_m=1");
  }
  SECTION("unused supply is that of sites that no point has in reach") {
    const MetricEntry* entry = find_metric("unused_supply");
    REQUIRE(entry != nullptr);
    in.access.cutoff = 250.0;
    CHECK(entry->city(in).value == 6.0);
  }
  SECTION("groups are met at their points: 10, 30, 90 of 150 reach one, at 100, 300, 200 m") {
    in.group = 1;
    const auto city_value = [&](const char* id) {
      const MetricEntry* entry = find_metric(id);
      REQUIRE(entry != nullptr);
      return entry->city(in);
    };
    CHECK_THAT(city_value("access_mean").value, WithinAbs(28000.0 / 130.0, tolerance));
    CHECK(city_value("access_mean").status == "20 persons of the group reach none");
    CHECK(city_value("access_unreachable").value == 20.0);
    in.access.cutoff = 250.0;
    CHECK_THAT(city_value("access_share_within").value, WithinAbs(100.0 / 150.0, tolerance));
    in.access.cutoff = 400.0;
    CHECK_THAT(city_value("opportunities_mean").value,
               WithinAbs((10.0 * 4.0 + 30.0 * 10.0 + 90.0 * 10.0) / 150.0, tolerance));
  }
  SECTION("nothing is claimed beyond the limit of a search") {
    Impedance limited = city.impedance;
    limited.costs.limit = 500;
    in.impedance = &limited;
    in.access.nearest = 2;
    const DistrictValues kth = values_of("kth_nearest_service", in);
    CHECK_THAT(kth.values[0], WithinAbs(0.25 * 500.0 + 0.75 * 300.0, tolerance));
    CHECK(std::isnan(kth.values[2]));
    CHECK(kth.status ==
          "1 district not answered within the search; in 1 district some people are not answered "
          "within the search (up to 0.1 of them)");
    CHECK(kth.parameters == "impedance=streets; k=2");
  }
}

TEST_CASE("rows of access without points hand on what the formulas give", "[metrics][access]") {
  const City city;
  MetricInput in = city.input();
  const Impedance three =
      test::impedance_of({{100.0, 500.0}, {300.0, 300.0}, {unreachable, unreachable}});
  in.impedance = &three;
  in.origins = nullptr;
  const std::array demand{100.0, 300.0, 50.0};
  const TravelCosts& t = three.costs;
  const Decay& decay = in.access.decay;
  const auto thousand = [](std::vector<double> values) {
    for (double& value : values) value *= 1000.0;
    return values;
  };
  CHECK(values_of("enhanced_floating_catchment", in).values ==
        thousand(enhanced_floating_catchment(t, city.supply, demand, decay).access));
  CHECK(values_of("modified_floating_catchment", in).values ==
        thousand(modified_floating_catchment(t, city.supply, demand, decay).access));
  CHECK(values_of("three_step_floating_catchment", in).values ==
        thousand(three_step_floating_catchment(t, city.supply, demand, decay).access));
  CHECK(values_of("balanced_floating_catchment", in).values ==
        thousand(balanced_floating_catchment(t, city.supply, demand, decay, DemandShares::all_sites)
                     .access));
  CHECK(values_of("balanced_floating_catchment", in).parameters ==
        "impedance=streets; decay=linear, cutoff=1000 m; demand_shared_by=all sites");
  CHECK(values_of("gravity_access", in).values == gravity_access(t, city.supply, decay));
  CHECK(values_of("total_constrained_access", in).values ==
        total_constrained_access(t, city.supply, decay));
  const DistrictValues interval = values_of("cumulative_interval", in);
  CHECK(interval.values == services_within_interval(t, city.supply, {200.0, 400.0, 40.0}));
  CHECK(interval.parameters == "impedance=streets; cutoffs_m=200 to 400 by 40; of_cutoffs=median");
  const DistrictValues spread = values_of("buffer_cost_mean", in);
  CHECK(spread.values[1] == 300.0);
  CHECK(std::isnan(spread.values[2]));
  CHECK(spread.status == "1 district has none within the cutoff");
  CHECK(values_of("buffer_cost_median", in).values[0] == 100.0);
  CHECK(values_of("buffer_cost_deviation", in).values[0] == 0.0);
  in.access.opportunities = 10.0;
  CHECK(values_of("cost_to_opportunities", in).values ==
        std::vector<double>{500.0, 300.0, unreachable});
}
