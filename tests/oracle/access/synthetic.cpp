/// Networks by formula.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/error.h"
#include "base/number.h"
#include "metrics/access.h"
#include "network/search.h"
#include "oracle/access/checks.h"
#include "oracle/access/json.h"
#include "support/formula_network.h"

namespace quartier::oracle {

namespace {

/// One network with services, searched once.
struct Formula {
  StreetGraph graph;
  std::vector<double> supply;
  std::vector<double> people;
  Impedance impedance;
  std::vector<double> cumulative;
  std::vector<double> shared;  ///< 2SFCA

  Formula(std::size_t side, std::size_t profile, std::size_t services, std::uint32_t cutoff_s)
      : graph(test::formula_network(
            side, profile == 0 ? test::FormulaProfile::walk : test::FormulaProfile::drive)),
        supply(test::formula_supply(services)),
        people(test::formula_population(graph.size())) {
    network::SnappedPlaces origins;
    origins.node.resize(graph.size());
    std::iota(origins.node.begin(), origins.node.end(), 0U);
    origins.leg.assign(graph.size(), 0);
    network::SnappedPlaces sites;
    sites.node = test::formula_services(graph.size(), services);
    sites.leg.assign(services, 0);
    const network::SearchableStreets streets(graph);
    impedance = network::street_impedance(streets, origins, {&sites, supply}, cutoff_s);
    const double cutoff = impedance.costs.shown(cutoff_s);
    cumulative = metrics::services_within(impedance.costs, supply, cutoff);
    shared = metrics::two_step_floating_catchment(impedance.costs, supply, people, cutoff).access;
  }
};

double greatest(std::span<const double> values) {
  return values.empty() ? undefined : *std::max_element(values.begin(), values.end());
}

/// Whole numbers below 2^53, so that their sums are exact.
template <typename Take>
double sum_of_arcs(const StreetGraph& graph, const Take& take) {
  double sum = 0.0;
  for (std::size_t node = 0; node < graph.size(); ++node) {
    for (const StreetArc arc : graph.arcs_of(node)) {
      if (node < arc.to) sum += take(arc);
    }
  }
  return sum;
}

template <typename Take>
double sum_of_pairs(const TravelCosts& costs, const Take& take) {
  double sum = 0.0;
  for (std::size_t site = 0; site < costs.site_count; ++site) {
    costs.visit(site, [&](std::size_t, std::uint32_t cost) { sum += take(cost); });
  }
  return sum;
}

double nearest_field(const std::string& field, const NearestSites& nearest) {
  double sum = 0.0;
  double most = 0.0;
  double without = 0.0;
  for (const std::uint32_t cost : nearest.cost) {
    if (cost == no_cost) {
      without += 1.0;
    } else {
      sum += cost;
      most = std::max(most, static_cast<double>(cost));
    }
  }
  if (field == "nearest_sum") return sum;
  if (field == "nearest_max") return most;
  if (field == "nearest_unreachable") return without;
  throw Uncovered("unknown field");
}

double field_of(const std::string& field, const Formula& city) {
  const TravelCosts& costs = city.impedance.costs;
  const auto count = [](const auto&) { return 1.0; };
  if (field == "nodes") return static_cast<double>(city.graph.size());
  if (field == "undirected_edges") return sum_of_arcs(city.graph, count);
  if (field == "edge_weight_sum") {
    return sum_of_arcs(city.graph, [](StreetArc arc) { return static_cast<double>(arc.cost); });
  }
  if (field == "settled_pairs") return sum_of_pairs(costs, count);
  if (field == "settled_dist_sum") {
    return sum_of_pairs(costs, [](std::uint32_t cost) { return static_cast<double>(cost); });
  }
  if (field == "cum_supply_sum") return compensated_sum(city.cumulative);
  if (field == "cum_supply_max") return greatest(city.cumulative);
  if (field == "population_sum") return compensated_sum(city.people);
  if (field == "twosfca_max") return greatest(city.shared);
  if (field == "twosfca_popweighted_sum") {
    CompensatedSum sum;
    for (std::size_t i = 0; i < city.people.size(); ++i) sum.add(city.people[i] * city.shared[i]);
    return sum.value();
  }
  return nearest_field(field, city.impedance.nearest);
}

void check_sample(const Json& sample, const std::string& name, const Formula& city, Tally& tally) {
  for (const auto& [node, list] : sample.items()) {
    const std::optional<double> number = number_of(node);
    const std::string row = name + " sample " + node;
    if (!number || !list.is_array() || list.size() != 3 || *number < 0.0 ||
        *number >= static_cast<double>(city.graph.size())) {
      tally.uncovered("synthetic sample", row, "no node with nearest, cumulative and 2SFCA");
      continue;
    }
    const auto at = static_cast<std::size_t>(*number);
    Expected expected{json_references(list, row, undefined), Closeness::whole};
    compare(tally, "synthetic sample", row, expected, [&] {
      const std::uint32_t nearest = city.impedance.nearest.cost[at];
      return std::vector<double>{nearest == no_cost ? -1.0 : static_cast<double>(nearest),
                                 city.cumulative[at], city.shared[at]};
    });
  }
}

void check_network(const Json& entry, Tally& tally) {
  const auto whole = [&](const char* key) { return entry.at(key).get<std::uint32_t>(); };
  const std::uint32_t side = whole("side");
  const std::string name = "side " + std::to_string(side) + " profile " +
                           std::to_string(whole("profile")) + " services " +
                           std::to_string(whole("services"));
  if (whole("profile") > 1) {
    tally.uncovered("synthetic", name, "only profiles 0 and 1 are laid down");
    return;
  }
  const Formula city(side, whole("profile"), whole("services"), whole("cutoff"));
  for (const auto& [key, value] : entry.items()) {
    if (key == "side" || key == "profile" || key == "services" || key == "cutoff") continue;
    if (key == "sample") {
      check_sample(value, name, city, tally);
      continue;
    }
    const std::string& field = key;
    const Closeness closeness =
        field.starts_with("twosfca") ? Closeness::relative : Closeness::whole;
    compare(tally, "synthetic " + field, name + ' ' + field, json_number(value, field, undefined),
            closeness, [&] { return field_of(field, city); });
  }
}

}  // namespace

bool check_synthetic(const AccessFolder& folder, Tally& tally) {
  const std::optional<std::filesystem::path> file =
      folder.json("synthetic_values.json", "values.json");
  if (!file) return false;
  const Json networks = read_json(*file);
  try {
    for (const Json& entry : networks) check_network(entry, tally);
  } catch (const Json::exception& error) {
    throw InputError(*file, error.what());
  }
  return true;
}

}  // namespace quartier::oracle
