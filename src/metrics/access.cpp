#include "metrics/access.h"

#include <algorithm>

#include "base/error.h"
#include "base/number.h"

namespace quartier::metrics {
namespace {

void check(const Impedance& impedance, std::span<const double> supply) {
  expects(supply.size() == impedance.costs.site_count, "access: a supply for each site");
}

}  // namespace

std::vector<double> nearest_service(const Impedance& impedance, std::span<const double> supply) {
  check(impedance, supply);
  const TravelCosts& costs = impedance.costs;
  expects(impedance.nearest.site.size() == costs.origin_count &&
              impedance.nearest.cost.size() == costs.origin_count,
          "nearest_service: a nearest site for each origin");
  std::vector<double> nearest(costs.origin_count, unreachable);
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    if (impedance.nearest.cost[i] != no_cost) nearest[i] = costs.shown(impedance.nearest.cost[i]);
  }
  std::vector<bool> closed(nearest.size(), false);
  bool any_closed = false;
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    const std::uint32_t site = impedance.nearest.site[i];
    if (site == no_index || supply[site] > 0.0) continue;
    closed[i] = true;
    any_closed = true;
    nearest[i] = unreachable;
  }
  if (!any_closed) return nearest;
  for (std::size_t site = 0; site < supply.size(); ++site) {
    if (supply[site] <= 0.0) continue;
    costs.visit(site, [&](std::size_t i, std::uint32_t cost) {
      if (closed[i]) nearest[i] = std::min(nearest[i], costs.shown(cost));
    });
  }
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    if (closed[i] && nearest[i] == unreachable) nearest[i] = undefined;
  }
  return nearest;
}

std::vector<double> services_within(const Impedance& impedance, std::span<const double> supply,
                                    double cutoff) {
  check(impedance, supply);
  const TravelCosts& costs = impedance.costs;
  const std::uint32_t limit = whole_cost(cutoff, costs.unit);
  std::vector<double> within(costs.origin_count, 0.0);
  for (std::size_t site = 0; site < supply.size(); ++site) {
    costs.visit(site, [&](std::size_t i, std::uint32_t cost) {
      if (cost <= limit) within[i] += supply[site];
    });
  }
  return within;
}

FloatingCatchment two_step_floating_catchment(const Impedance& impedance,
                                              std::span<const double> supply,
                                              std::span<const double> demand, double cutoff) {
  check(impedance, supply);
  const TravelCosts& costs = impedance.costs;
  expects(demand.size() == costs.origin_count,
          "two_step_floating_catchment: a demand for each origin");
  const std::uint32_t limit = whole_cost(cutoff, costs.unit);
  FloatingCatchment catchment;
  catchment.access.assign(costs.origin_count, 0.0);
  catchment.ratio.assign(supply.size(), 0.0);
  for (std::size_t site = 0; site < supply.size(); ++site) {
    double people = 0.0;
    costs.visit(site, [&](std::size_t i, std::uint32_t cost) {
      if (cost <= limit) people += demand[i];
    });
    if (people > 0.0) {
      catchment.ratio[site] = supply[site] / people;
    } else if (supply[site] > 0.0) {
      catchment.unused_sites.push_back(static_cast<std::uint32_t>(site));
      catchment.unused_supply += supply[site];
    }
    costs.visit(site, [&](std::size_t i, std::uint32_t cost) {
      if (cost <= limit) catchment.access[i] += catchment.ratio[site];
    });
  }
  return catchment;
}

}  // namespace quartier::metrics
