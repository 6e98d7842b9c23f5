#pragma once
/// Lee's L: whether two variables rise and fall together from neighbourhood to neighbourhood.
/// Conventions in metrics/association.h.

#include <span>

#include "metrics/association.h"

namespace quartier::metrics {

/// Lee's L (Lee 2001).
///
///   L = n / Σ_i W_i² · Σ_i (Σ_j w_ij x_j) (Σ_j w_ij y_j) / sqrt(Σ x² Σ y²),  W_i = Σ_j w_ij
///
/// with x, y as deviations from their means: the correlation of the two after each is smoothed over
/// its neighbours, times how much of their variation survives the smoothing. Symmetric in x and y.
/// The test moves the pair of values of a district together, so their correlation within districts
/// stays and only the place is random; `expected` is the exact mean of that. Weights are taken as
/// they are: where a district shall count in its own neighbourhood, it is in its own row.
/// @param x, y  per district [n]; districts where either is `undefined` take no part
AssociationTest lee_l(std::span<const double> x, std::span<const double> y,
                      const SpatialWeights& weights, const AssociationSettings& settings);

/// Local L (Lee 2001); the mean of L_i, islands as 0, is L.
///
///   L_i = n² / Σ_i W_i² · (Σ_j w_ij x_j) (Σ_j w_ij y_j) / sqrt(Σ x² Σ y²)
///
/// With conditional permutation: pairs are drawn as neighbours. Patterns: x around, then y around.
LocalAssociation local_lee(std::span<const double> x, std::span<const double> y,
                           const SpatialWeights& weights, const AssociationSettings& settings);

}  // namespace quartier::metrics
