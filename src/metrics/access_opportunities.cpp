#include "metrics/access_opportunities.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/text.h"
#include "metrics/access_lists.h"
#include "metrics/access_sums.h"

namespace quartier::metrics {
namespace {

constexpr std::size_t origin_grain = 4096;
constexpr std::size_t most_cutoffs = 1'000'000;

Decay binary(double cutoff) {
  Decay decay;
  decay.cutoff = cutoff;
  return decay;
}

}  // namespace

std::vector<double> nearest_service(const Impedance& impedance, std::span<const double> supply) {
  const TravelCosts& costs = impedance.costs;
  check_supply(costs, supply);
  expects(impedance.nearest.site.size() == costs.origin_count &&
              impedance.nearest.cost.size() == costs.origin_count,
          "nearest_service: a nearest site for each origin");
  std::vector<double> nearest(costs.origin_count, unreachable);
  std::vector<bool> closed(nearest.size(), false);
  bool any_closed = false;
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    const std::uint32_t site = impedance.nearest.site[i];
    if (impedance.nearest.cost[i] == no_cost || site == no_index) continue;
    if (supply[site] > 0.0) {
      nearest[i] = costs.shown(impedance.nearest.cost[i]);
    } else {
      closed[i] = true;
      any_closed = true;
    }
  }
  if (!any_closed) return nearest;
  for (std::size_t j = 0; j < supply.size(); ++j) {
    if (supply[j] <= 0.0) continue;
    costs.visit(j, [&](std::size_t i, std::uint32_t cost) {
      if (closed[i]) nearest[i] = std::min(nearest[i], costs.shown(cost));
    });
  }
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    if (closed[i] && nearest[i] == unreachable) nearest[i] = beyond_search(costs);
  }
  return nearest;
}

std::vector<double> kth_nearest_service(const TravelCosts& costs, std::span<const double> supply,
                                        std::uint32_t k) {
  check_supply(costs, supply);
  expects(k > 0, "kth_nearest_service: the first, second ... site");
  std::vector<double> kth(costs.origin_count, beyond_search(costs));
  for_each_origin(costs, greatest_cost, supply, [&](std::size_t i, std::span<SiteCost> sites) {
    if (sites.size() < k) return;
    std::nth_element(sites.begin(), sites.begin() + (k - 1), sites.end());
    kth[i] = costs.shown(sites[k - 1].cost);
  });
  return kth;
}

std::vector<double> cost_to_opportunities(const TravelCosts& costs, std::span<const double> supply,
                                          double opportunities) {
  check_supply(costs, supply);
  if (!(opportunities > 0.0)) {
    throw InputError("cost to " + exact_text(opportunities) + " opportunities means nothing",
                     "give a number above 0");
  }
  std::vector<double> cost(costs.origin_count, beyond_search(costs));
  for_each_origin(costs, greatest_cost, supply, [&](std::size_t i, std::span<SiteCost> sites) {
    NearestFirst nearest(sites);
    CompensatedSum reached;
    while (const SiteCost* site = nearest.next()) {
      reached.add(supply[site->site]);
      if (reached.value() < opportunities) continue;
      cost[i] = costs.shown(site->cost);
      return;
    }
  });
  return cost;
}

std::vector<double> services_within(const TravelCosts& costs, std::span<const double> supply,
                                    double cutoff) {
  return gravity_access(costs, supply, binary(cutoff));
}

std::vector<double> mean_services_within(const Impedance& ways, std::span<const double> supply,
                                         double cutoff) {
  const TravelCosts& costs = ways.costs;
  const WindowReach& window = ways.window;
  check_supply(costs, supply);
  expects(window.departures > 0 && window.within.size() == costs.origin_count * costs.site_count,
          "mean_services_within: departures counted for each pair");
  expects(searched_cost(costs, cutoff) == window.cutoff,
          "mean_services_within: departures counted within the cutoff");
  std::vector<double> access(costs.origin_count, 0.0);
  for_chunks(costs.origin_count, origin_grain,
             [&](std::size_t, std::size_t first, std::size_t last) {
               for (std::size_t j = 0; j < costs.site_count; ++j) {
                 if (supply[j] == 0.0) continue;
                 const std::uint8_t* const counts = window.within.data() + j * costs.origin_count;
                 for (std::size_t i = first; i < last; ++i) access[i] += supply[j] * counts[i];
               }
             });
  for (double& value : access) value /= window.departures;
  return access;
}

std::vector<double> cutoffs_of(const CutoffInterval& interval) {
  if (!(interval.from >= 0.0) || !(interval.to >= interval.from) || !std::isfinite(interval.to) ||
      !(interval.step > 0.0)) {
    throw InputError("cutoffs from " + exact_text(interval.from) + " to " +
                         exact_text(interval.to) + " by " + exact_text(interval.step) +
                         " are no interval",
                     "give a first cutoff, a last one that is not smaller, and a step above 0");
  }
  const double steps = std::floor((interval.to - interval.from) / interval.step + 1e-9);
  if (steps >= static_cast<double>(most_cutoffs)) {
    throw InputError("an interval of more than a million cutoffs", "take a greater step");
  }
  std::vector<double> cutoffs;
  for (std::size_t k = 0; k <= static_cast<std::size_t>(steps); ++k) {
    cutoffs.push_back(interval.from + static_cast<double>(k) * interval.step);
  }
  const double near = 1e-9 * interval.step;
  if (interval.to - cutoffs.back() > near) {
    cutoffs.push_back(interval.to);
  } else {
    cutoffs.back() = interval.to;
  }
  return cutoffs;
}

std::vector<double> services_within_interval(const TravelCosts& costs,
                                             std::span<const double> supply,
                                             const CutoffInterval& interval, bool truncate) {
  const std::vector<double> cutoffs = cutoffs_of(interval);
  searched_cost(costs, cutoffs.back());
  const std::size_t middle = cutoffs.size() / 2;
  std::vector<double> median = services_within(costs, supply, cutoffs[middle]);
  if (cutoffs.size() % 2 == 0) {
    const std::vector<double> lower = services_within(costs, supply, cutoffs[middle - 1]);
    for (std::size_t i = 0; i < median.size(); ++i) median[i] = (lower[i] + median[i]) / 2.0;
  }
  if (truncate) {
    for (double& value : median) value = std::trunc(value);
  }
  return median;
}

std::vector<double> gravity_access(const TravelCosts& costs, std::span<const double> supply,
                                   const Decay& decay) {
  check_supply(costs, supply);
  return origin_sums(costs, CostWeights(decay, costs), supply);
}

std::vector<double> passive_access(const TravelCosts& costs, std::span<const double> demand,
                                   const Decay& decay) {
  check_demand(costs, demand);
  return site_sums(costs, CostWeights(decay, costs), demand);
}

}  // namespace quartier::metrics
