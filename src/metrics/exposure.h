#pragma once
/// Exposure: whom the residents of a group meet among the residents of their own districts.
///
/// Unlike evenness, exposure depends on the size of the groups: a large group is "isolated" by its
/// number alone. Read it beside the group's share in the city.

#include <span>
#include <vector>

#include "metrics/columns.h"

namespace quartier::metrics {

/// Isolation index xPx (Bell 1954; Lieberson 1981).
///
///   xPx = Σ_i (x_i / X) (x_i / t_i)
///
/// The share of the own group in the district of its average member. Equals the group's share in
/// the city where the group is spread evenly, 1 where it shares no district.
///
/// @param group  x_i, persons of the group per district [n]
/// @param total  t_i, everyone per district             [n], same order
/// @returns in [X / T, 1]; `undefined` where X is zero; districts with t_i = 0 add nothing
double isolation_index(std::span<const double> group, std::span<const double> total);

/// Interaction index xPy (Bell 1954; Lieberson 1981).
///
///   xPy = Σ_i (x_i / X) (y_i / t_i)
///
/// The share of the reference in the district of an average member of the group. Not symmetric.
/// Summed over a partition of the population (the own group included) it is 1.
///
/// @param group      x_i [n]
/// @param reference  y_i [n]
/// @param total      t_i, everyone, not only the two [n]
/// @returns in [0, 1]; `undefined` where X is zero
double interaction_index(std::span<const double> group, std::span<const double> reference,
                         std::span<const double> total);

/// Isolation among the others: xPx without replacement (Bell 1954).
///
///   Σ_i (x_i / X) (x_i − 1) / (t_i − 1)
///
/// The share of the own group among the neighbours of its average member, who is not their own
/// neighbour. Someone who lives alone in a district has no neighbours and counts with 0.
/// @param total  t_i, everyone, at least x_i [n]
/// @returns in [0, 1], not above xPx; `undefined` where X is zero
double isolation_without_self(std::span<const double> group, std::span<const double> total);

/// Correlation ratio V, also η² (Bell 1954; White 1986): isolation beyond what the size of the
/// group brings, as a share of what it could bring.
///
///   V = (xPx − P) / (1 − P),  t = x + y, P = X / T
///
/// Computed as 1 − (xPy) / (1 − P), which keeps its digits where P is near 1. Symmetric: the group
/// and the reference may change places.
/// @returns V in [0, 1]; `undefined` where X or Y is zero
double correlation_ratio(std::span<const double> group, std::span<const double> reference);

/// Exposure of every group to every group.
///
///   kPl = Σ_i (x_ik / X_k) (x_il / t_i)
///
/// @param groups  K columns [K][n]
/// @param total   t_i, everyone, also those of no group here [n]
/// @returns [K · K], row by row: kPl stands at k · K + l; a row is `undefined` where X_k is zero.
///          Rows sum to 1 where the groups together are everyone
std::vector<double> exposure_matrix(GroupColumns groups, std::span<const double> total);

/// Normalised exposure P of all groups at once (James 1986; Reardon & Firebaugh 2002).
///
///   P = Σ_k Σ_i t_i (p_ik − P_k)² / ((1 − P_k) T) = Σ_k P_k V_k
///
/// @param groups  K columns that together are everyone [K][n]
/// @returns in [0, 1]; `undefined` where fewer than two groups have members
double normalised_exposure(GroupColumns groups);

}  // namespace quartier::metrics
