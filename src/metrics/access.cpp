#include "metrics/access.h"

#include <algorithm>

#include "base/error.h"
#include "base/number.h"

namespace quartier::metrics {
namespace {

void check(const Impedance& impedance, std::span<const double> supply) {
  expects(supply.size() == impedance.site_count(), "access: a supply for each site");
}

}  // namespace

std::vector<double> nearest_service(const Impedance& impedance, std::span<const double> supply) {
  check(impedance, supply);
  expects(impedance.nearest.size() == impedance.origin_count &&
              impedance.nearest_m.size() == impedance.origin_count,
          "nearest_service: a nearest site for each origin");
  std::vector<double> nearest = impedance.nearest_m;
  std::vector<bool> closed(nearest.size(), false);
  bool any_closed = false;
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    const std::uint32_t site = impedance.nearest[i];
    if (site == no_index || supply[site] > 0.0) continue;
    closed[i] = true;
    any_closed = true;
    nearest[i] = unreachable;
  }
  if (!any_closed) return nearest;
  for (std::size_t site = 0; site < supply.size(); ++site) {
    if (supply[site] <= 0.0) continue;
    for (const Reach& reach : impedance.site(site)) {
      if (closed[reach.origin]) {
        nearest[reach.origin] = std::min(nearest[reach.origin], reach.metres);
      }
    }
  }
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    if (closed[i] && nearest[i] == unreachable) nearest[i] = undefined;
  }
  return nearest;
}

std::vector<double> services_within(const Impedance& impedance, std::span<const double> supply,
                                    Metres cutoff) {
  check(impedance, supply);
  std::vector<double> within(impedance.origin_count, 0.0);
  for (std::size_t site = 0; site < supply.size(); ++site) {
    for (const Reach& reach : impedance.site(site)) {
      if (reach.metres <= cutoff.value) within[reach.origin] += supply[site];
    }
  }
  return within;
}

FloatingCatchment two_step_floating_catchment(const Impedance& impedance,
                                              std::span<const double> supply,
                                              std::span<const double> demand, Metres cutoff) {
  check(impedance, supply);
  expects(demand.size() == impedance.origin_count,
          "two_step_floating_catchment: a demand for each origin");
  FloatingCatchment catchment;
  catchment.access.assign(impedance.origin_count, 0.0);
  catchment.ratio.assign(supply.size(), 0.0);
  for (std::size_t site = 0; site < supply.size(); ++site) {
    double people = 0.0;
    for (const Reach& reach : impedance.site(site)) {
      if (reach.metres <= cutoff.value) people += demand[reach.origin];
    }
    if (people > 0.0) {
      catchment.ratio[site] = supply[site] / people;
    } else if (supply[site] > 0.0) {
      catchment.unused_sites.push_back(static_cast<std::uint32_t>(site));
      catchment.unused_supply += supply[site];
    }
    for (const Reach& reach : impedance.site(site)) {
      if (reach.metres <= cutoff.value) catchment.access[reach.origin] += catchment.ratio[site];
    }
  }
  return catchment;
}

}  // namespace quartier::metrics
