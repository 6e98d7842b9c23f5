#pragma once
/// Join counts: whether districts marked alike touch each other more than chance would have it; and
/// local clusters of a quantile. Conventions in metrics/association.h. A weight counts as one join
/// whatever its size, so row-standardised weights give the same as binary ones.

#include <cstdint>
#include <span>
#include <vector>

#include "metrics/association.h"

namespace quartier::metrics {

/// Numbers of joins among marked districts and others, each with its mean and variance over all
/// rearrangements and the p-value of random ones.
struct JoinCounts {
  AssociationTest marked;    ///< BB, both marked
  AssociationTest unmarked;  ///< WW, neither
  AssociationTest mixed;     ///< BW, one of each
};

/// Join counts of a mark (Cliff & Ord 1981).
///
///   BB = 1/2 Σ_i Σ_j c_ij x_i x_j, WW the same of 1 − x, BW = S0/2 − BB − WW,  c_ij = 1 for a link
///
/// Links count from either side, so a symmetric graph has S0 / 2 joins.
/// @param marks  x_i, 0 or 1 per district [n]; `undefined` ones take no part
/// @returns values `undefined` where fewer than two districts take part or nobody has a neighbour
/// @throws std::logic_error where a mark is neither 0 nor 1
JoinCounts join_counts(std::span<const double> marks, const SpatialWeights& weights,
                       const AssociationSettings& settings);

/// Local join count (Anselin & Li 2019).
///
///   BB_i = x_i · Σ_j c_ij x_j
///
/// The number of marked neighbours of a marked district, 0 of others. The p-value is upper whatever
/// `settings.tail` says, for marked districts only. Without permutations it is exact: so many
/// marked ones among as many neighbours drawn from the others are hypergeometric. Patterns:
/// `high_high` for marked districts with marked neighbours, else `none`.
/// @throws std::logic_error where a mark is neither 0 nor 1
LocalAssociation local_join_count(std::span<const double> marks, const SpatialWeights& weights,
                                  const AssociationSettings& settings);

/// Marks the districts whose value is in the q-th of k quantiles, q = 1 lowest: those with
/// (q − 1) / k < F <= q / k, F = share of districts with a value as low or lower. Equal values are
/// marked alike, so a quantile may be larger or smaller than n / k.
/// @returns [n] 0 or 1, `undefined` where the value is
/// @throws std::logic_error unless 1 <= q <= k
std::vector<double> quantile_marks(std::span<const double> values, std::uint32_t quantile,
                                   std::uint32_t quantile_count);

/// Quantile LISA (Anselin 2019): local_join_count of quantile_marks.
LocalAssociation quantile_lisa(std::span<const double> values, std::uint32_t quantile,
                               std::uint32_t quantile_count, const SpatialWeights& weights,
                               const AssociationSettings& settings);

/// P(X >= least) where `drawn` are drawn without replacement from `population`, of which `marked`.
double hypergeometric_upper(std::uint64_t least, std::uint64_t drawn, std::uint64_t marked,
                            std::uint64_t population);

}  // namespace quartier::metrics
