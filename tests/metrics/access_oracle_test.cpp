#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "metrics/access.h"
#include "metrics/gaps.h"
#include "metrics/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::metrics;
using Json = nlohmann::json;

namespace {

constexpr double tolerance = 1e-12;

/// "116/15" as a number
double fraction(const std::string& text) {
  const std::size_t stroke = text.find('/');
  const double above = std::stod(text);
  return stroke == std::string::npos ? above : above / std::stod(text.substr(stroke + 1));
}

double cost_of(const Json& cell) { return cell.is_null() ? unreachable : cell.get<double>(); }

void check_values(const std::vector<double>& ours, const Json& expected) {
  REQUIRE(ours.size() == expected.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    INFO("origin " << i);
    CHECK_THAT(ours[i], WithinAbs(expected.at(i).at("value").get<double>(), tolerance));
  }
}

}  // namespace

TEST_CASE("access oracle: four origins and three services", "[metrics][oracle]") {
  const auto file = test::shared("oracle/access/tiny/tiny.json");
  if (file.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const Json tiny = Json::parse(std::ifstream(file));
  std::vector<std::vector<double>> minutes;
  for (const Json& row : tiny.at("minutes")) {
    minutes.emplace_back();
    for (const Json& cell : row) minutes.back().push_back(cost_of(cell));
  }
  // the unit of the impedance does not matter here: minutes take the place of metres
  const Impedance impedance = test::impedance_of(minutes);
  const auto supply = tiny.at("supply").get<std::vector<double>>();
  const auto population = tiny.at("population").get<std::vector<double>>();
  const auto poor = tiny.at("groups").at("poor").get<std::vector<double>>();
  const auto rest = tiny.at("groups").at("rest").get<std::vector<double>>();
  const double cutoff{20.0};

  SECTION("nearest") {
    const std::vector<double> nearest = nearest_service(impedance, supply);
    const Json& expected = tiny.at("nearest_n1");
    REQUIRE(expected.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) CHECK(nearest[i] == cost_of(expected.at(i)));
  }
  SECTION("cumulative opportunities, cut-off inclusive") {
    check_values(services_within(impedance.costs, supply, cutoff), tiny.at("cum_20"));
  }
  SECTION("two-step floating catchment, and nothing is lost") {
    const FloatingCatchment catchment =
        two_step_floating_catchment(impedance.costs, supply, population, cutoff);
    check_values(catchment.access, tiny.at("2sfca_20"));
    double served = 0.0;
    for (std::size_t i = 0; i < 4; ++i) served += population[i] * catchment.access[i];
    CHECK_THAT(served, WithinAbs(10.0, tolerance));
    CHECK(catchment.unused_supply == 0.0);
  }
  SECTION("group means, their gap, and the share within ten minutes") {
    const Json& expected = tiny.at("inequality_on_cum_20");
    const std::vector<double> access = services_within(impedance.costs, supply, cutoff);
    const AccessGap gap = access_gap(poor, rest, access);
    const auto means = expected.at("group_mean");
    CHECK_THAT(gap.group.mean, WithinAbs(fraction(means.at("poor")), tolerance));
    CHECK_THAT(gap.reference.mean, WithinAbs(fraction(means.at("rest")), tolerance));
    CHECK_THAT(gap.difference,
               WithinAbs(fraction(expected.at("access_gap_poor_minus_rest")), tolerance));
    CHECK_THAT(group_access(population, access).mean,
               WithinAbs(fraction(expected.at("pop_mean")), tolerance));
    const auto within = expected.at("share_within_10min_nearest");
    const std::vector<double> nearest = nearest_service(impedance, supply);
    CHECK_THAT(share_within(poor, nearest, 10.0),
               WithinAbs(fraction(within.at("poor")), tolerance));
    CHECK_THAT(share_within(rest, nearest, 10.0),
               WithinAbs(fraction(within.at("rest")), tolerance));
  }
}
