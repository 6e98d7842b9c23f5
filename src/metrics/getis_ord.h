#pragma once
/// Getis and Ord's G: whether high or low values lie together, for the city and per district.
/// Conventions in metrics/association.h.

#include <span>

#include "metrics/association.h"

namespace quartier::metrics {

/// General G (Getis & Ord 1992), with its mean and variance over all rearrangements and the
/// p-value of random ones.
///
///   G = Σ_i Σ_j w_ij y_i y_j / Σ_i Σ_{j≠i} y_i y_j,  expected S0 / (n (n − 1))
///
/// Above `expected` where high values lie together, below where low ones do. Adding a constant to
/// all values changes G, so values need a natural zero (counts, shares).
/// @param values  y_i >= 0 per district [n]; `undefined` ones take no part
/// @returns value `undefined` where a value is negative, all products are 0, fewer than two
///          districts take part or nobody has a neighbour
AssociationTest getis_ord_g(std::span<const double> values, const SpatialWeights& weights,
                            const AssociationSettings& settings);

/// Whether a district is one of its own neighbours.
enum class OwnValue : std::uint8_t {
  left_out,  ///< G_i
  included,  ///< G*_i; its own weight is the mean weight of its neighbours: 1 where all are 1
};

/// Local G_i and G*_i in z form (Getis & Ord 1992; Ord & Getis 1995): how many standard deviations
/// the sum over the neighbours is from its mean.
///
///   (Σ_j w_ij y_j − W_i ȳ) / (s · sqrt((m Σ_j w_ij² − W_i²) / (m − 1))),  W_i = Σ_j w_ij
///
/// For G* over all districts: m = n, ȳ and s² = Σ z² / n of all. For G over the others: m = n − 1,
/// ȳ and s² without district i. Multiplying the weights of a row by a constant changes nothing.
/// `high_high` is a hot spot (value > 0), `low_low` a cold one. p-values are of conditional
/// permutation: the neighbours are drawn from the other districts. `expected` is 0 for G; for G*
/// it is the mean over those draws, where the own value stays.
/// @returns values `undefined` where the variance is 0: all values are equal or everybody is a
///          neighbour
LocalAssociation local_getis_ord(std::span<const double> values, const SpatialWeights& weights,
                                 OwnValue own, const AssociationSettings& settings);

}  // namespace quartier::metrics
