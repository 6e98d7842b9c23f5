#include "metrics/access_constrained.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "metrics/access_lists.h"
#include "metrics/access_sums.h"

namespace quartier::metrics {
namespace {

/// What Σ O and Σ D may differ by.
constexpr double sums_tolerance = 1e-9;

double divided(double a, double b) { return b > 0.0 ? a / b : 0.0; }

void check_sums(std::span<const double> origins, std::span<const double> sites) {
  const double people = compensated_sum(origins);
  const double places = compensated_sum(sites);
  if (!(people > 0.0) || std::abs(people - places) > sums_tolerance * people) {
    throw InputError("doubly constrained flows: " + exact_text(people) + " people and " +
                         exact_text(places) + " places",
                     "both sums must be the same and above 0: scale one to the other");
  }
}

void check_ways(std::span<const double> wanted, std::span<const double> reached,
                const std::string& who) {
  std::size_t stranded = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    stranded += wanted[i] > 0.0 && !(reached[i] > 0.0) ? 1 : 0;
  }
  if (stranded == 0) return;
  throw InputError(
      "doubly constrained flows: " + std::to_string(stranded) + " " + who + " without a way",
      "leave them out, or take a greater cutoff");
}

}  // namespace

std::vector<double> spatial_availability(const TravelCosts& costs, std::span<const double> supply,
                                         std::span<const double> demand, const Decay& decay,
                                         double exponent) {
  check_supply(costs, supply);
  check_demand(costs, demand);
  if (!(exponent >= 0.0) || !std::isfinite(exponent)) {
    throw InputError("spatial availability with exponent " + exact_text(exponent),
                     "give 0 or more");
  }
  std::vector<double> weight(demand.begin(), demand.end());
  for (double& people : weight) people = std::pow(people, exponent);
  const CostWeights f(decay, costs);
  std::vector<double> ratio;
  std::vector<double> available;
  two_steps(costs, f, f, supply, weight, ratio, available);
  for (std::size_t i = 0; i < available.size(); ++i) available[i] *= weight[i];
  return available;
}

std::vector<double> total_constrained_access(const TravelCosts& costs,
                                             std::span<const double> supply, const Decay& decay) {
  check_supply(costs, supply);
  std::vector<double> access = origin_sums(costs, CostWeights(decay, costs), supply);
  scale_to(access, supply);
  return access;
}

void scale_to(std::vector<double>& access, std::span<const double> supply) {
  const double reached = compensated_sum(access);
  const double factor = reached > 0.0 ? compensated_sum(supply) / reached : undefined;
  for (double& value : access) value *= factor;
}

DoublyConstrained doubly_constrained(const TravelCosts& costs, std::span<const double> origins,
                                     std::span<const double> sites, const Decay& decay,
                                     const FittingLimits& limits) {
  check_demand(costs, origins);
  check_supply(costs, sites);
  check_sums(origins, sites);
  const CostWeights f(decay, costs);
  DoublyConstrained fit;
  fit.origin_factor.assign(origins.size(), 0.0);
  fit.site_factor.assign(sites.begin(), sites.end());
  std::vector<double> row = origin_sums(costs, f, fit.site_factor);
  check_ways(origins, row, "origins with people");
  check_ways(sites, site_sums(costs, f, origins), "sites with places");
  double previous = unreachable;
  while (fit.iterations < limits.iterations && !fit.converged) {
    for (std::size_t i = 0; i < origins.size(); ++i) {
      fit.origin_factor[i] = divided(origins[i], row[i]);
    }
    const std::vector<double> column = site_sums(costs, f, fit.origin_factor);
    for (std::size_t j = 0; j < sites.size(); ++j) {
      fit.site_factor[j] = divided(sites[j], column[j]);
    }
    row = origin_sums(costs, f, fit.site_factor);
    fit.largest_miss = 0.0;
    for (std::size_t i = 0; i < origins.size(); ++i) {
      if (!(origins[i] > 0.0)) continue;
      const double miss = std::abs(fit.origin_factor[i] * row[i] - origins[i]) / origins[i];
      fit.largest_miss = std::max(fit.largest_miss, miss);
    }
    // On to where rounding ends the fall, so that single flows are as good as their sums.
    fit.converged = fit.largest_miss <= limits.tolerance && fit.largest_miss > 0.9 * previous;
    fit.converged = fit.converged || fit.largest_miss == 0.0;
    previous = fit.largest_miss;
    ++fit.iterations;
  }
  fit.mean_cost.assign(origins.size(), 0.0);
  for (std::size_t j = 0; j < sites.size(); ++j) {
    costs.visit(j, [&](std::size_t i, std::uint32_t cost) {
      fit.mean_cost[i] += fit.site_factor[j] * f(cost) * costs.shown(cost);
    });
  }
  for (std::size_t i = 0; i < origins.size(); ++i) {
    fit.mean_cost[i] = origins[i] > 0.0 ? fit.mean_cost[i] / row[i] : undefined;
  }
  return fit;
}

SiteFlows flows_to(const TravelCosts& costs, const DoublyConstrained& fit, const Decay& decay,
                   std::size_t site) {
  expects(fit.origin_factor.size() == costs.origin_count &&
              fit.site_factor.size() == costs.site_count && site < costs.site_count,
          "flows_to: a fit over the same costs");
  SiteFlows flows;
  costs.visit(site, [&](std::size_t i, std::uint32_t cost) {
    flows.origin.push_back(static_cast<std::uint32_t>(i));
    flows.flow.push_back(fit.origin_factor[i] * fit.site_factor[site] *
                         whole_weight(decay, costs.unit, cost));
  });
  return flows;
}

std::vector<double> balancing_cost(const TravelCosts& costs, std::span<const double> supply,
                                   std::span<const double> demand, double step) {
  check_supply(costs, supply);
  check_demand(costs, demand);
  if (!(step > 0.0) || !std::isfinite(step)) {
    throw InputError("balancing cost in steps of " + exact_text(step), "give a step above 0");
  }
  std::vector<double> balance(costs.origin_count, undefined);
  for (std::size_t i = 0; i < balance.size(); ++i) {
    if (demand[i] == 0.0) balance[i] = 0.0;
  }
  for_each_origin(costs, greatest_cost, supply, [&](std::size_t i, std::span<SiteCost> sites) {
    if (demand[i] == 0.0) return;
    NearestFirst nearest(sites);
    CompensatedSum reached;
    while (const SiteCost* site = nearest.next()) {
      reached.add(supply[site->site]);
      if (!(reached.value() > demand[i])) continue;
      double steps = std::floor(costs.shown(site->cost) / step);
      while (whole_cost(steps * step, costs.unit) < site->cost) steps += 1.0;
      balance[i] = steps * step;
      return;
    }
  });
  return balance;
}

}  // namespace quartier::metrics
