#pragma once
/// Geary's C: how different neighbours are, for the city and per district, in one variable or
/// several at once. Conventions in metrics/association.h.

#include <span>

#include "metrics/association.h"

namespace quartier::metrics {

/// Geary's C (Geary 1954; Cliff & Ord 1981).
///
///   C = (n − 1) Σ_i Σ_j w_ij (y_i − y_j)² / (2 S0 Σ_i z_i²),  z = y − mean(y), S0 = Σ_i Σ_j w_ij
///
/// @param values   y_i per district [n]; `undefined` ones take no part
/// @param weights  w_ij [n rows]
/// @returns C, 1 near chance, below 1 where neighbours are alike, above where they are not;
///          `undefined` where all values are equal, fewer than two take part or nobody has a
///          neighbour
double geary_c(std::span<const double> values, const SpatialWeights& weights,
               Islands islands = Islands::kept);

/// Geary's C with its mean 1, its variance over all rearrangements and the p-value of random ones.
AssociationTest geary_test(std::span<const double> values, const SpatialWeights& weights,
                           const AssociationSettings& settings);

/// The variance of Geary's C if the values were normally distributed (Cliff & Ord 1981);
/// `undefined` for fewer than four districts.
double geary_variance_normal(std::span<const double> values, const SpatialWeights& weights);

/// Local Geary of one or several variables (Anselin 1995; Anselin 2019), the mean over variables v
/// of
///
///   c_vi = (n − 1) Σ_j w_ij (y_vi − y_vj)² / Σ_j z_vj²
///
/// (factor n − 1 or n, see `LocalFactor`; with n − 1 and one variable, Σ_i c_i = 2 S0 C). With
/// conditional permutation: whole districts, with all their variables, are drawn as neighbours.
/// A district is alike to its neighbours where c_i is below `expected`, its exact mean over all
/// draws: `high_high` or `low_low` where, of one variable, it and the mean of its neighbours are on
/// one side of the mean, else `similar`; otherwise `dissimilar`. z-scores for one variable only.
/// @param variables  [v][n], at least one
/// @throws std::logic_error without a variable, or where they are not of the same districts
LocalAssociation local_geary(std::span<const std::span<const double>> variables,
                             const SpatialWeights& weights, const AssociationSettings& settings);

/// The same of one variable.
LocalAssociation local_geary(std::span<const double> values, const SpatialWeights& weights,
                             const AssociationSettings& settings);

}  // namespace quartier::metrics
