#pragma once
/// Evenness across boundaries: dissimilarity less the difference between neighbouring districts,
/// so that a sharp line between two quarters counts for more than a chequerboard of the same D.
///
/// In this file p_i = x_i / (x_i + y_i), and a district is empty where x_i + y_i is zero. Empty
/// districts are dropped, with every pair they belong to, or kept with a share of 0. A kept
/// district's perimeter is what it was: it does not shrink where a neighbour is dropped. Districts
/// without neighbours (islands) stay in D and belong to no pair. Where no two districts that take
/// part are neighbours the adjustment is 0 / 0, and so is the index: `undefined`.

#include <cstdint>
#include <span>
#include <vector>

#include "domain/districts.h"
#include "metrics/conventions.h"

namespace quartier::metrics {

/// Dissimilarity adjusted for contiguity, D(adj) (Morrill 1991).
///
///   D(adj) = D − Σ_i Σ_j c_ij |p_i − p_j| / Σ_i Σ_j c_ij,  c_ij = 1 for neighbours, else 0
///
/// D less the mean difference between neighbours. Weights are binary, never row-standardised.
///
/// @param group       x_i [n]
/// @param reference   y_i [n], same order
/// @param contiguity  who touches whom [n rows]
/// @param rule        which contacts make neighbours
/// @returns in [−1, 1], <= D; `undefined` where X or Y is zero or nobody has a neighbour
double contiguity_adjusted_dissimilarity(std::span<const double> group,
                                         std::span<const double> reference,
                                         const Contiguity& contiguity, ContiguityRule rule,
                                         EmptyDistricts empty);

/// How the weight of neighbours of order k falls.
enum class OrderDecay : std::uint8_t {
  exponential,  ///< f(k) = exp(−β (k − 1))
  reciprocal,   ///< f(k) = k^−β
};

/// Neighbours of neighbours: how many steps, and how much each counts.
struct NeighbourOrders {
  std::uint32_t highest = 2;  ///< K, steps looked at
  OrderDecay decay = OrderDecay::exponential;
  double beta = 1.0;  ///< β >= 0
};

/// Dissimilarity adjusted for contiguity up to order K (Tivadar 2019; `ISMorrillK` of OasisR).
///
///   D(adj, K) = D − Σ_k f(k) · Σ_i Σ_j c_ij^k |p_i − p_j| / Σ_i Σ_j c_ij^k,  k = 1..K
///
/// c_ij^k = 1 where the shortest way from i to j on the graph of contacts has exactly k steps. Ways
/// may lead through empty districts, dropped or not. Orders that no pair has add nothing. K = 1 is
/// D(adj). O(n · districts within K steps), O(n) memory.
///
/// @returns <= D, no lower limit of its own; `undefined` as D(adj)
double order_adjusted_dissimilarity(std::span<const double> group,
                                    std::span<const double> reference, const Contiguity& contiguity,
                                    ContiguityRule rule, const NeighbourOrders& orders,
                                    EmptyDistricts empty);

/// Dissimilarity adjusted for the length of shared boundaries, D(w) (Wong 1993).
///
///   D(w) = D − Σ_{i<j} w_ij |p_i − p_j|,  w_ij = b_ij / Σ_{i<j} b_ij
///
/// b_ij is `shared_m`; contacts in points alone have none.
/// @returns in [−1, 1], <= D; `undefined` where X or Y is zero or no boundary is shared
double boundary_adjusted_dissimilarity(std::span<const double> group,
                                       std::span<const double> reference,
                                       const Contiguity& contiguity, EmptyDistricts empty);

/// Dissimilarity adjusted for shared boundaries and the shape of districts, D(s) (Wong 1993,
/// without the factor 1/2 that Tivadar 2019 found to be one too many).
///
///   D(s) = D − Σ_{i<j} w_ij |p_i − p_j| (A_i + A_j) / (2 max_k A_k),  A_i = perimeter_i / area_i
///
/// max over the districts that take part. Of two equal differences, that between small or ragged
/// districts takes more away, for more people live near their common line.
///
/// @param area_m2      [n]
/// @param perimeter_m  full outlines, or `interior_perimeters` [n]
/// @returns in [−1, 1], between D(w) and D; `undefined` as D(w), and where a district that shares a
///          boundary has no area or outline
double shape_adjusted_dissimilarity(std::span<const double> group,
                                    std::span<const double> reference, const Contiguity& contiguity,
                                    std::span<const double> area_m2,
                                    std::span<const double> perimeter_m, EmptyDistricts empty);

/// What each district shares with all its neighbours, inhabited or not: Σ_j b_ij, metres [n].
std::vector<double> interior_perimeters(const Contiguity& contiguity);

}  // namespace quartier::metrics
