#pragma once
/// What lies within the cutoff, described: how many sites, their mean and spread; and a score that
/// counts the first choice for more than the second.
///
/// Conventions of all measures are in `metrics/access.h`.

#include <cstdint>
#include <span>
#include <vector>

#include "domain/travel_costs.h"
#include "metrics/decay.h"

namespace quartier::metrics {

/// Statistics of a value over the open sites within the cutoff of each origin, each [n].
struct BufferStatistics {
  std::vector<std::uint32_t> sites;  ///< how many; 0: the others are `undefined`
  std::vector<double> mean;
  std::vector<double> deviation;  ///< standard, of these sites themselves: divided by their number
  std::vector<std::vector<double>> quantiles;  ///< [levels][n]
};

/// @param supply   S_j [m]; sites without are left out
/// @param values   of each site [m]; empty: the cost of the way, shown unit
/// @param cutoff   shown unit, inclusive
/// @param levels   p in [0, 1]; the quantile is at position (sites − 1) p of the ordered values,
///                 counted from 0, and linear in between
/// @throws InputError where a level is outside [0, 1]
BufferStatistics buffer_statistics(const TravelCosts& costs, std::span<const double> supply,
                                   std::span<const double> values, double cutoff,
                                   std::span<const double> levels);

/// One service of a composite score.
struct CompositePart {
  const TravelCosts* costs = nullptr;
  std::span<const double> supply;  ///< S_j [m]; sites without are left out
  double importance = 1.0;         ///< v, 0 or more
  std::vector<double> choices;     ///< w_1 >= w_2 >= ... for the nearest, the second nearest ...
  Decay decay;
};

/// Weighted composite access over several services, with diminishing weights for further choices:
///
///   A_i = Σ_s v_s Σ_k w_sk f_s(t_i(k)) / Σ_s v_s Σ_k w_sk
///
/// t_i(k) is the cost to the k-th nearest open site of service s; a choice that is not there, or
/// is beyond the cutoff, counts 0. In [0, 1] for decays of at most 1: 1 means that every choice of
/// every service is at the door.
///
/// @param parts  over the same origins
/// @returns [n]
/// @throws InputError where weights are negative, rise, or are all 0
std::vector<double> composite_access(std::span<const CompositePart> parts);

}  // namespace quartier::metrics
