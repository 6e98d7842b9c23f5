#pragma once
/// Composition: who lives in each district and in the city, and how mixed they are.
///
/// Districts where nobody lives have no composition: their values are `undefined`. 0 ln 0 = 0.
/// Natural logarithms throughout (nats; 1 nat = 1.4427 bits).

#include <span>
#include <vector>

#include "metrics/columns.h"

namespace quartier::metrics {

/// Share of a group in each district.
///
///   p_i = x_i / t_i
///
/// @param group  x_i, persons of the group per district [n]
/// @param total  t_i, everyone per district             [n], same order
/// @returns p_i in [0, 1] where the group is part of the total [n]; `undefined` where t_i is zero
std::vector<double> shares(std::span<const double> group, std::span<const double> total);

/// Share of a group in the city, P = X / T. @returns `undefined` where T is zero
double city_share(std::span<const double> group, std::span<const double> total);

/// Location quotient (Isard 1960): the local share of a group over its share in the city.
///
///   LQ_i = (x_i / t_i) / (X / T)
///
/// 1 = as in the city, 2 = twice the share of the city. Needs care where the group is small: one
/// family can make a quotient of ten.
/// @returns LQ_i >= 0 [n]; `undefined` where t_i is zero, everywhere where X or T is zero
std::vector<double> location_quotients(std::span<const double> group,
                                       std::span<const double> total);

/// Entropy of each district (Theil 1972): how evenly its residents are divided among the groups.
///
///   E_i = −Σ_k p_ik ln p_ik,  p_ik = x_ik / t_i
///
/// 0 = one group only, ln K = K groups of equal size.
/// @param groups  K columns [K][n]
/// @returns nats in [0, ln K] [n]; `undefined` where t_i is zero
std::vector<double> district_entropies(GroupColumns groups);

/// Entropy of each district over its greatest possible value, E_i / ln K, in [0, 1] [n].
/// @returns `undefined` where t_i is zero, everywhere where there are fewer than two groups
std::vector<double> normalised_district_entropies(GroupColumns groups);

/// Entropy of the city, E = −Σ_k P_k ln P_k, nats in [0, ln K]; `undefined` where nobody lives.
double city_entropy(GroupColumns groups);

/// E / ln K in [0, 1]; `undefined` where nobody lives or there are fewer than two groups.
double normalised_city_entropy(GroupColumns groups);

/// Simpson diversity of each district (Simpson 1949): the chance that two residents drawn with
/// replacement belong to different groups.
///
///   S_i = 1 − Σ_k p_ik²
///
/// @returns in [0, 1 − 1/K] [n]; `undefined` where t_i is zero
std::vector<double> simpson_diversities(GroupColumns groups);

/// Simpson diversity of the city, 1 − Σ_k P_k² (the interaction index I of Reardon & Firebaugh
/// 2002); `undefined` where nobody lives.
double city_simpson_diversity(GroupColumns groups);

/// Simpson concentration of each district (Simpson 1949), Σ_k p_ik²: the chance that two residents
/// drawn with replacement belong to the same group.
/// @returns in [1/K, 1] [n]; `undefined` where t_i is zero
std::vector<double> simpson_concentrations(GroupColumns groups);

/// Simpson concentration of the city, λ = Σ_k P_k²; `undefined` where nobody lives.
double city_simpson_concentration(GroupColumns groups);

}  // namespace quartier::metrics
