#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "metrics/access.h"
#include "metrics/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::metrics;
using Json = nlohmann::json;

namespace {

constexpr double tolerance = 1e-12;

/// Costs of a table in minutes; null is no way.
TravelCosts costs_of(const Json& minutes, CostUnit unit) {
  std::vector<std::uint32_t> table;
  for (const Json& row : minutes) {
    for (const Json& cell : row) {
      table.push_back(cell.is_null()
                          ? no_cost
                          : static_cast<std::uint32_t>(cell.get<double>() * units_per_shown(unit)));
    }
  }
  return TravelCosts::of_table(unit, minutes.size(), minutes.at(0).size(), table);
}

}  // namespace

TEST_CASE("access oracle: measures of four origins and three services", "[metrics][oracle]") {
  const auto file = test::shared("oracle/access/tiny/tiny.json");
  if (file.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const Json tiny = Json::parse(std::ifstream(file));
  const auto supply = tiny.at("supply").get<std::vector<double>>();
  const auto people = tiny.at("population").get<std::vector<double>>();
  const Decay step = decay_of("step:10=1,20=0.5,30=0.25", unreachable);
  std::size_t compared = 0;
  for (const CostUnit unit : {CostUnit::second, CostUnit::tenth_of_minute}) {
    const TravelCosts t = costs_of(tiny.at("minutes"), unit);
    const auto check = [&](const char* name, const std::vector<double>& ours) {
      const Json& expected = tiny.at(name);
      REQUIRE(ours.size() == expected.size());
      for (std::size_t i = 0; i < ours.size(); ++i) {
        INFO(name << " of " << i);
        const Json& cell = expected.at(i);
        const double value = cell.is_null()     ? unreachable
                             : cell.is_number() ? cell.get<double>()
                                                : cell.at("value").get<double>();
        if (std::isinf(value)) {
          CHECK(ours[i] == value);
        } else {
          CHECK(std::abs(ours[i] - value) <= tolerance * value);
        }
        ++compared;
      }
    };
    check("nearest_n1", kth_nearest_service(t, supply, 1));
    check("nearest_n5_opportunities", cost_to_opportunities(t, supply, 5.0));
    check("nearest_n10_opportunities", cost_to_opportunities(t, supply, 10.0));
    check("cum_20", services_within(t, supply, 20.0));
    check("gravity_linear30", gravity_access(t, supply, decay_of("linear", 30.0)));
    check("gravity_inverse_clipped", gravity_access(t, supply, decay_of("power:1", unreachable)));
    check("gravity_step10_20_30", gravity_access(t, supply, step));
    check("passive_cum_20_population", passive_access(t, people, decay_of("binary", 20.0)));
    check("2sfca_20", two_step_floating_catchment(t, supply, people, 20.0).access);
    check("e2sfca_step", enhanced_floating_catchment(t, supply, people, step).access);
    check("m2sfca_step", modified_floating_catchment(t, supply, people, step).access);
    check("3sfca_step", three_step_floating_catchment(t, supply, people, step).access);
    check("bfca_step",
          balanced_floating_catchment(t, supply, people, step, DemandShares::all_sites).access);
    check("spatial_availability_step", spatial_availability(t, supply, people, step));
    check("total_constrained_step", total_constrained_access(t, supply, step));
  }
  CHECK(compared == 2 * (14 * 4 + 3));

  SECTION("BFCA over the sites with supply only") {
    const TravelCosts t = costs_of(tiny.at("minutes"), CostUnit::second);
    const std::vector<double> ours =
        balanced_floating_catchment(t, supply, people, step, DemandShares::open_sites).access;
    CHECK_THAT(ours[0], WithinRel(3511.0 / 206700.0, tolerance));
    CHECK_THAT(ours[1], WithinRel(2471.0 / 103350.0, tolerance));
    CHECK_THAT(ours[2], WithinRel(1691.0 / 103350.0, tolerance));
    CHECK(ours[3] == 0.0);
  }
}

TEST_CASE("access oracle: doubly constrained flows, costs not alike both ways",
          "[metrics][oracle]") {
  const auto file = test::shared("oracle/access/tiny/tiny.json");
  if (file.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const Json known = Json::parse(std::ifstream(file)).at("doubly_constrained_3x3");
  const TravelCosts t = costs_of(known.at("cost"), CostUnit::second);
  const Decay decay = decay_of("exponential:0.1", unreachable);
  const DoublyConstrained fit = doubly_constrained(t, known.at("O").get<std::vector<double>>(),
                                                   known.at("D").get<std::vector<double>>(), decay);
  CHECK(fit.converged);
  std::size_t compared = 0;
  for (std::size_t j = 0; j < 3; ++j) {
    const SiteFlows flows = flows_to(t, fit, decay, j);
    for (std::size_t i = 0; i < 3; ++i, ++compared) {
      INFO(i << " to " << j);
      // written with 15 digits
      CHECK_THAT(flows.flow[i], WithinRel(known.at("flow").at(i).at(j).get<double>(), 1e-12));
    }
  }
  CHECK(compared == 9);
}
