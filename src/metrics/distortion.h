#pragma once
/// Distortion: how long the surroundings of a district stay unlike the city while they grow.

#include <span>
#include <vector>

#include "domain/polygons.h"
#include "metrics/columns.h"
#include "metrics/environment.h"

namespace quartier::metrics {

/// Distortion coefficient of each district (Olteanu, Randon-Furling & Clark 2019).
///
///   Δ_i = Σ_{m=1..n} Σ_k q_ik(m) ln(q_ik(m) / P_k)
///
/// q_i(m): composition of the m districts nearest to i, its own first; a sum without people adds 0.
/// Great where one must go far to see the whole city. Any number of groups; empty districts have a
/// value and count among the m. O(n log n) time for each district, O(n) memory for each thread.
///
/// @param groups  x_ik [K][n]
/// @param places  [n] centroids in metres; a district without a position takes no part
/// @param ties    `row_order`: one district after the other; `ring_atomic` (default): districts at
///                the same distance enter together, and each of these m has their composition
/// @returns nats, >= 0 [n]; `undefined` for a district without a position, everywhere where nobody
///          lives
std::vector<double> distortions(GroupColumns groups, std::span<const Point> places,
                                TieRule ties = TieRule::ring_atomic);

/// The greatest distortion these groups allow: that of the centre of a fully sorted city, where
/// the smallest group lives around one point, the next smallest around it, and so on.
///
///   Δ_max = Σ_{m=1..n} D(m T / n),  D(s) the divergence of the first s persons of this line
///
/// in n districts of T / n persons each (Olteanu, Randon-Furling & Clark 2019).
/// @returns nats; 0 with a single group, `undefined` where nobody lives
double greatest_distortion(GroupColumns groups, std::size_t district_count);

/// Δ_i / Δ_max. About 0: everywhere like the city; 1: as the centre of the fully sorted city.
/// Districts of very unequal size can take a value above 1, because n districts that hold few
/// people each may lie around one district.
/// @returns [n]; `undefined` as `distortions`, everywhere where fewer than two groups have members
std::vector<double> normalised_distortions(GroupColumns groups, std::span<const Point> places,
                                           TieRule ties = TieRule::ring_atomic);

/// The path of one district: divergence of its m nearest districts for m = 1..n, in nats; its sum
/// is Δ_i. @returns [districts with a position]; empty where this one has none or nobody lives
std::vector<double> distortion_profile(GroupColumns groups, std::span<const Point> places,
                                       std::size_t district, TieRule ties = TieRule::ring_atomic);

}  // namespace quartier::metrics
