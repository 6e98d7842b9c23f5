#pragma once
/// Several groups side by side: how measures of all groups are handed their counts.

#include <span>
#include <vector>

namespace quartier::metrics {

/// Counts of K groups that together are everyone: one column per group, each [n], same districts.
/// K is the declared number of groups: a group that nobody belongs to still counts.
using GroupColumns = std::span<const std::span<const double>>;

/// Number of districts of the columns; 0 where there is no group.
/// @throws std::logic_error where the columns differ in length
std::size_t district_count(GroupColumns groups);

/// t_i = Σ_k x_ik, persons of all groups per district [n].
std::vector<double> district_totals(GroupColumns groups);

/// X_k = Σ_i x_ik, persons of each group in the city [K].
std::vector<double> group_totals(GroupColumns groups);

/// P_k = X_k / T, composition of the city [K]; all undefined where nobody is counted.
std::vector<double> city_composition(GroupColumns groups);

}  // namespace quartier::metrics
