#pragma once
/// Clustering: whether neighbouring districts resemble each other more than chance would have it.
///
/// Conventions of this file, where programs differ:
/// * A district whose value is `undefined` takes no part: it is left out of n, of the mean and of
///   every neighbour list. Where the weights are row-standardised, the remaining ones of each row
///   are standardised again.
/// * An island (a district that takes part but has no neighbour) stays in n, in the mean and in
///   the variance, as in esda; its local value does not exist and is `undefined`.
/// * p-values are pseudo p-values of a permutation test, one-sided in the direction of what was
///   seen: p = (1 + min(#(permuted >= seen), #(permuted <= seen))) / (permutations + 1), never 0
///   and, without ties, about 0.5 at most (esda's folded convention; ties count on both sides).
/// * Draws depend on (seed, draw, district) only. Deviations are rounded to 1/2^25 of the largest
///   one for the comparison; a permuted local sum that differs from the one seen by no more than
///   this rounding can explain counts as equal to it.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/number.h"
#include "domain/districts.h"

namespace quartier::metrics {

/// Moran's I (Moran 1950; Cliff & Ord 1981).
///
///   I = (n / S0) · Σ_i Σ_j w_ij z_i z_j / Σ_i z_i²,  z = y − mean(y), S0 = Σ_i Σ_j w_ij
///
/// @param values   y_i per district [n]; `undefined` ones take no part
/// @param weights  w_ij [n rows]
/// @returns I, 0 near chance, 1 near perfect clustering; `undefined` where all values are equal,
///          fewer than two take part or nobody has a neighbour
double moran_i(std::span<const double> values, const SpatialWeights& weights);

/// Moran's I and its permutation test.
struct MoranTest {
  double value = undefined;        ///< I
  double expected = undefined;     ///< −1 / (n − 1), the mean without clustering
  double p_value = undefined;      ///< see the head of this file; `undefined` without permutations
  std::size_t district_count = 0;  ///< n, districts that take part
  std::size_t island_count = 0;    ///< of which without neighbours
};

/// Moran's I with the p-value of `permutations` random rearrangements of all values. O(permutations
/// · links).
/// @throws std::logic_error where `weights` are not those of these districts
MoranTest moran_test(std::span<const double> values, const SpatialWeights& weights,
                     std::uint32_t permutations, std::uint64_t seed);

/// A district and its neighbours, each above the mean (high) or not (low).
enum class Quadrant : std::uint8_t { none, high_high, low_low, high_low, low_high };

/// "none", "high-high", "low-low", "high-low", "low-high".
std::string_view name_of(Quadrant quadrant);

/// Local Moran (Anselin 1995), all [n].
struct LocalMoran {
  std::vector<double> values;       ///< I_i; `undefined` for islands and undefined districts
  std::vector<double> p_values;     ///< `undefined` as above and without permutations
  std::vector<Quadrant> quadrants;  ///< by sign alone; `none` where I_i is undefined
  std::size_t district_count = 0;   ///< districts that take part
  std::size_t island_count = 0;     ///< of which without neighbours
};

/// Local Moran with conditional permutation: the value of a district stays, its neighbours are
/// drawn without replacement from all the others, anew for every district and draw.
///
///   I_i = (n − 1) · z_i Σ_j w_ij z_j / Σ_j z_j²
///
/// (factor n − 1 as in esda; spdep has n). A district whose own value is the mean has I_i = 0 and
/// p = 1. Each other district is drawn with the same probability to within n / 2^32 of it.
/// O(permutations · links) time, O(links) memory.
/// @throws std::logic_error where `weights` are not those of these districts
LocalMoran local_moran(std::span<const double> values, const SpatialWeights& weights,
                       std::uint32_t permutations, std::uint64_t seed);

/// The quadrants of districts with p <= `level`; `none` elsewhere. Of districts without any
/// clustering about 2 · level still appear, because p is one-sided.
std::vector<Quadrant> significant_quadrants(const LocalMoran& local, double level);

/// The largest p-value that may be called a discovery if at most the share `rate` of discoveries
/// shall be false (Benjamini & Hochberg 1995); 0 where there is none. Undefined p-values are
/// passed over.
double false_discovery_level(std::span<const double> p_values, double rate);

}  // namespace quartier::metrics
