#pragma once
/// The concentration profile: how much of a group lives where it is at least so large a share.

#include <cstdint>
#include <span>
#include <vector>

namespace quartier::metrics {

/// Concentration profile v (Hong & Sadahiro 2014).
///
///   v(s) = Σ_{i: p_i >= s} x_i / X  at s = l / (m − 1), l = 0 .. m − 1;  p_i = x_i / t_i
///
/// Falls from 1 at s = 0 to the share of the group that lives among nobody else at s = 1. A share
/// exactly on a threshold reaches it: thresholds are compared as fractions, x_i (m − 1) >= l t_i,
/// not as rounded numbers. Exact for whole counts.
///
/// @param group       x_i, persons of the group per district [n]
/// @param total       t_i, everyone, at least x_i            [n]
/// @param thresholds  m, at least 2
/// @returns [m]; all `undefined` where X is zero
std::vector<double> concentration_profile(std::span<const double> group,
                                          std::span<const double> total,
                                          std::uint32_t thresholds = 1000);

/// Concentration profile index R (Hong & Sadahiro 2014).
///
///   R = (P − [Σ_{s<P} v(s) − Σ_{s>=P} v(s)] / m) / (1 − P),  P = X / T
///
/// The area between the profile and that of a group spread evenly, which is 1 up to P and 0 beyond.
/// @returns about [0, 1], 1 for complete separation, up to 1 / m off at either end because the
///          areas are sums over m thresholds; `undefined` where X is zero or everyone is of the
///          group
double concentration_profile_index(std::span<const double> group, std::span<const double> total,
                                   std::uint32_t thresholds = 1000);

}  // namespace quartier::metrics
