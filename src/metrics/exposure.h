#pragma once
/// Exposure: whom the residents of a group meet among the residents of their own districts.
///
/// Unlike evenness, exposure depends on the size of the groups: a large group is "isolated" by its
/// number alone. Read it beside the group's share in the city.

#include <span>

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

}  // namespace quartier::metrics
