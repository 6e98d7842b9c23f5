#pragma once
/// Clustering: whether neighbouring districts resemble each other more than chance would have it.
/// Conventions in metrics/association.h.

#include <span>

#include "metrics/association.h"

namespace quartier::metrics {

/// Moran's I (Moran 1950; Cliff & Ord 1981).
///
///   I = (n / S0) · Σ_i Σ_j w_ij z_i z_j / Σ_i z_i²,  z = y − mean(y), S0 = Σ_i Σ_j w_ij
///
/// @param values   y_i per district [n]; `undefined` ones take no part
/// @param weights  w_ij [n rows]
/// @returns I, 0 near chance, 1 near perfect clustering; `undefined` where all values are equal,
///          fewer than two take part or nobody has a neighbour
double moran_i(std::span<const double> values, const SpatialWeights& weights,
               Islands islands = Islands::kept);

/// Moran's I with its mean −1 / (n − 1), its variance over all rearrangements and the p-value of
/// random ones. O(permutations · links).
/// @throws std::logic_error where `weights` are not those of these districts
AssociationTest moran_test(std::span<const double> values, const SpatialWeights& weights,
                           const AssociationSettings& settings);

/// The variance of Moran's I if the values were normally distributed (Cliff & Ord 1981);
/// `undefined` for fewer than four districts.
double moran_variance_normal(std::span<const double> values, const SpatialWeights& weights);

/// Local Moran (Anselin 1995) with conditional permutation: the value of a district stays, its
/// neighbours are drawn without replacement from all the others, anew for every district and draw.
///
///   I_i = (n − 1) · z_i Σ_j w_ij z_j / Σ_j z_j²
///
/// (factor n - 1 or n, see `LocalFactor`; with n, Σ_i I_i = S0 · I). Mean and variance are those
/// of Sokal, Oden & Thomson 1998. A district whose own value is the mean has I_i = 0 and p = 1.
/// O(permutations · links) time, O(links) memory.
/// @throws std::logic_error where `weights` are not those of these districts
LocalAssociation local_moran(std::span<const double> values, const SpatialWeights& weights,
                             const AssociationSettings& settings);

}  // namespace quartier::metrics
