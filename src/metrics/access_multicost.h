#pragma once
/// Two costs at once, such as time and money: what is within both cutoffs, and which sites nobody
/// with sense would pass by.
///
/// Conventions of all measures are in `metrics/access.h`. Both costs are over the same origins and
/// sites; a pair counts where both are listed.

#include <cstdint>
#include <span>
#include <vector>

#include "domain/travel_costs.h"

namespace quartier::metrics {

/// Cumulative opportunities within two cutoffs:
///
///   A_i = Σ_j S_j [t_ij <= T] [u_ij <= U]
///
/// @param first_cutoff   T, shown unit of `first`, inclusive
/// @param second_cutoff  U, shown unit of `second`, inclusive
/// @returns [n]
std::vector<double> services_within_both(const TravelCosts& first, const TravelCosts& second,
                                         std::span<const double> supply, double first_cutoff,
                                         double second_cutoff);

/// Pareto sets of sites in rows (CSR) by origin.
struct ParetoSites {
  std::vector<std::uint64_t> start{0};  ///< [n + 1]
  std::vector<std::uint32_t> site;      ///< by ascending first cost
  std::vector<double> first;            ///< shown unit, ascending in a row
  std::vector<double> second;           ///< shown unit, descending in a row
};

/// The open sites of each origin that no other open site beats: none is as near in both costs and
/// nearer in one. Of sites equal in both the one with the lowest position is kept.
ParetoSites pareto_sites(const TravelCosts& first, const TravelCosts& second,
                         std::span<const double> supply);

}  // namespace quartier::metrics
