#include <algorithm>
#include <array>
#include <atomic>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <span>

#include "network/bounded_search.h"
#include "network/nearest_search.h"
#include "network/search.h"
#include "support/catch.h"
#include "support/formula_network.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::network;
using namespace quartier::test;

namespace {

/// Compares and counts, so that a field that is not there is noticed.
struct Comparison {
  const nlohmann::json& expected;
  std::size_t compared = 0;

  void whole(const char* field, std::uint64_t found) {
    if (!expected.contains(field)) return;
    INFO(field);
    CHECK(found == expected[field].get<std::uint64_t>());
    ++compared;
  }
  void real(const char* field, double found) {
    if (!expected.contains(field)) return;
    INFO(field);
    CHECK_THAT(found, WithinRel(std::stod(expected[field].get<std::string>()), 1e-12));
    ++compared;
  }
};

struct Answers {
  NearestSites nearest;
  std::vector<double> cumulative;
  std::vector<double> per_head;
};

std::uint64_t whole_sum(const std::vector<double>& values) {
  return static_cast<std::uint64_t>(std::accumulate(values.begin(), values.end(), 0.0));
}

std::size_t compare_samples(const nlohmann::json& expected, const Answers& found) {
  std::size_t compared = 0;
  if (!expected.contains("sample")) return compared;
  for (const auto& [node, values] : expected["sample"].items()) {
    const std::size_t i = std::stoul(node);
    const auto nearest = values[0].get<std::int64_t>();
    CHECK(found.nearest.cost[i] == (nearest < 0 ? no_cost : static_cast<std::uint32_t>(nearest)));
    CHECK(found.cumulative[i] == values[1].get<double>());
    CHECK_THAT(found.per_head[i], WithinRel(std::stod(values[2].get<std::string>()), 1e-12));
    compared += 3;
  }
  return compared;
}

/// Every field of one case. Returns how many were compared.
std::size_t compare_case(const nlohmann::json& expected) {
  const StreetGraph graph = formula_network(
      expected["side"], expected["profile"] == 0 ? FormulaProfile::walk : FormulaProfile::drive);
  const std::size_t n = graph.size();
  const std::size_t count = expected["services"];
  const std::uint32_t cutoff = expected["cutoff"];
  const std::vector<std::uint32_t> sites = formula_services(n, count);
  const std::vector<double> supply = formula_supply(count);
  const std::vector<double> people = formula_population(n);
  const SearchableStreets streets(graph);

  Comparison compare{expected};
  compare.whole("nodes", n);
  compare.whole("undirected_edges", graph.arcs.size() / 2);
  std::uint64_t arc_sum = 0;
  for (const StreetArc arc : graph.arcs) arc_sum += arc.cost;
  compare.whole("edge_weight_sum", arc_sum / 2);
  compare.whole("population_sum", whole_sum(people));

  std::vector<SearchSource> sources;
  for (std::uint32_t k = 0; k < count; ++k) sources.push_back({sites[k], 0, k});
  Answers found;
  found.nearest = nearest_sources(streets.to_sites(), sources);
  std::uint64_t nearest_sum = 0;
  std::uint64_t nearest_max = 0;
  std::uint64_t lost = 0;
  for (const std::uint32_t cost : found.nearest.cost) {
    if (cost == no_cost) {
      ++lost;
      continue;
    }
    nearest_sum += cost;
    nearest_max = std::max<std::uint64_t>(nearest_max, cost);
  }
  compare.whole("nearest_sum", nearest_sum);
  compare.whole("nearest_max", nearest_max);
  compare.whole("nearest_unreachable", lost);

  std::atomic<std::uint64_t> pairs = 0;
  std::atomic<std::uint64_t> cost_sum = 0;
  visit_balls(streets.to_sites(), sites, cutoff, [&](const Ball& ball) {
    pairs += ball.node.size();
    cost_sum += std::accumulate(ball.cost.begin(), ball.cost.end(), std::uint64_t{0});
  });
  compare.whole("settled_pairs", pairs);
  compare.whole("settled_dist_sum", cost_sum);

  found.cumulative = sums_at_nodes(streets.to_sites(), sites, cutoff, supply);
  compare.whole("cum_supply_sum", whole_sum(found.cumulative));
  compare.whole("cum_supply_max", static_cast<std::uint64_t>(*std::max_element(
                                      found.cumulative.begin(), found.cumulative.end())));

  if (expected.contains("twosfca_max")) {
    const std::vector<double> demand = sums_at_sources(streets.to_sites(), sites, cutoff, people);
    std::vector<double> ratio(count, 0.0);
    for (std::size_t k = 0; k < count; ++k) {
      if (demand[k] > 0.0) ratio[k] = supply[k] / demand[k];
    }
    found.per_head = sums_at_nodes(streets.to_sites(), sites, cutoff, ratio);
    double served = 0.0;
    for (std::size_t v = 0; v < n; ++v) served += people[v] * found.per_head[v];
    compare.real("twosfca_popweighted_sum", served);
    compare.real("twosfca_max", *std::max_element(found.per_head.begin(), found.per_head.end()));
  }
  return compare.compared + compare_samples(expected, found);
}

}  // namespace

namespace {

/// Compares the cases of some sides and one profile; returns how many values were compared.
std::size_t compare_cases(std::span<const std::uint64_t> sides, FormulaProfile profile) {
  const auto file = shared("oracle/access/synthetic/synthetic_values.json");
  if (file.empty()) {
    WARN("skipped: no shared reference data");
    return 0;
  }
  std::ifstream in(file);
  const auto cases = nlohmann::json::parse(in);
  CHECK(cases.size() == 6);
  std::size_t compared = 0;
  std::size_t found = 0;
  for (const auto& expected : cases) {
    const bool asked =
        std::count(sides.begin(), sides.end(), expected["side"].get<std::uint64_t>()) > 0;
    if (!asked || expected["profile"] != static_cast<int>(profile)) continue;
    INFO("side " << expected["side"] << ", profile " << expected["profile"]);
    compared += compare_case(expected);
    ++found;
  }
  CHECK(found == sides.size());
  return compared;
}

constexpr std::size_t all_fields = 13 + 24;
constexpr std::size_t large_fields = 7;

}  // namespace

TEST_CASE("the network by formula on foot", "[network][oracle]") {
  const std::size_t compared =
      compare_cases(std::array<std::uint64_t, 3>{64, 200, 500}, FormulaProfile::walk);
  if (compared > 0) CHECK(compared == 3 * all_fields);
}

TEST_CASE("the network by formula by car", "[network][oracle]") {
  const std::size_t compared =
      compare_cases(std::array<std::uint64_t, 1>{500}, FormulaProfile::drive);
  if (compared > 0) CHECK(compared == all_fields);
}

TEST_CASE("the network by formula of a million nodes on foot", "[network][oracle]") {
  const std::size_t compared =
      compare_cases(std::array<std::uint64_t, 1>{1000}, FormulaProfile::walk);
  if (compared > 0) CHECK(compared == large_fields);
}

TEST_CASE("the network by formula of a million nodes by car", "[network][oracle]") {
  const std::size_t compared =
      compare_cases(std::array<std::uint64_t, 1>{1000}, FormulaProfile::drive);
  if (compared > 0) CHECK(compared == large_fields);
}

TEST_CASE("the tables of the network by formula have its pairs", "[network][oracle]") {
  const StreetGraph graph = formula_network(200, FormulaProfile::walk);
  SnappedPlaces origins;
  origins.node.resize(graph.size());
  std::iota(origins.node.begin(), origins.node.end(), 0U);
  origins.leg.assign(graph.size(), 0);
  SnappedPlaces sites;
  sites.node = formula_services(graph.size(), 100);
  sites.leg.assign(100, 0);
  const Impedance ways = street_impedance(SearchableStreets(graph), origins, {&sites, {}}, 900);
  const TravelCosts& costs = ways.costs;
  CHECK_FALSE(costs.is_dense());
  CHECK(costs.unit == CostUnit::second);
  CHECK(costs.cost.size() == 32115);
  CHECK(std::accumulate(costs.cost.begin(), costs.cost.end(), std::uint64_t{0}) == 19543452);
  std::uint64_t nearest_sum = 0;
  for (const std::uint32_t cost : ways.nearest.cost) nearest_sum += cost == no_cost ? 0 : cost;
  CHECK(nearest_sum == 36348893);
}
