#pragma once
/// Local divergence: how far the composition of one district is from that of the city, and how
/// far the addresses of one group are from those of everyone.

#include <span>
#include <vector>

#include "metrics/columns.h"

namespace quartier::metrics {

/// Local divergence of each district (Theil 1971; Roberto 2016; Elbers 2021).
///
///   ls_i = Σ_k p_ik ln(p_ik / P_k)
///
/// The Kullback-Leibler divergence of the district from the city. 0 = the composition of the
/// city; grows without a fixed limit as groups that are rare in the city prevail. The mean over
/// residents, Σ_i (t_i / T) ls_i, is the mutual information M.
///
/// @param groups  K columns that together are everyone [K][n]
/// @returns nats, >= 0 [n]; `undefined` where t_i is zero
std::vector<double> local_divergences(GroupColumns groups);

/// Divergence of one group's addresses from everyone's (Elbers 2021).
///
///   ls_k = Σ_i (x_i / X) ln((x_i / X) / (t_i / T))
///
/// Σ_k P_k ls_k over a partition is the mutual information M.
/// @param group  x_i [n]
/// @param total  t_i [n]
/// @returns nats, >= 0; `undefined` where X or T is zero
double group_divergence(std::span<const double> group, std::span<const double> total);

}  // namespace quartier::metrics
