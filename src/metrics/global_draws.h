#pragma once
/// Permutation tests of statistics of the city: all values are rearranged over the districts
/// (private to the room).

#include <cstdint>
#include <functional>
#include <span>

#include "metrics/neighbourhoods.h"

namespace quartier::metrics {

/// Each draw is a pure function of (seed, draw). `statistic` is handed a rearrangement: the
/// district whose value comes to each position [m]; it runs on many threads at once. Draws within
/// `slack` of `seen` count on both sides.
/// @returns `undefined` without permutations
double rearrangement_p(std::size_t count, double seen, double slack,
                       const AssociationSettings& settings,
                       const std::function<double(std::span<const std::uint32_t>)>& statistic);

/// Σ_i Σ_j w_ij q_i q_j of deviations in steps.
double step_products(const Neighbourhoods& hoods, std::span<const std::int32_t> step);

/// Σ_i Σ_j w_ij a_i b_j
double cross_products(const Neighbourhoods& hoods, std::span<const double> a,
                      std::span<const double> b);

/// The variances of Moran's I and Geary's C (Cliff & Ord 1981), `undefined` for fewer than four
/// districts.
struct GlobalVariance {
  double normality = undefined;      ///< values drawn from a normal distribution
  double randomisation = undefined;  ///< the values at hand, in any arrangement
};
GlobalVariance moran_variance(const Neighbourhoods& hoods, const Deviations& z);
GlobalVariance geary_variance(const Neighbourhoods& hoods, const Deviations& z);

/// Sums of weights that variances are made of.
struct WeightSums {
  double s0 = 0.0;  ///< Σ_i Σ_j w_ij
  double s1 = 0.0;  ///< 1/2 Σ_i Σ_j (w_ij + w_ji)²
  double s2 = 0.0;  ///< Σ_i (Σ_j w_ij + Σ_j w_ji)²
};
WeightSums weight_sums(const Neighbourhoods& hoods);

}  // namespace quartier::metrics
