#pragma once
/// The spatial proximity profile: how near to each other, in steps from district to district, the
/// districts lie in which a group makes up at least a given share.

#include <cstdint>
#include <span>
#include <vector>

#include "domain/districts.h"

namespace quartier::metrics {

/// Pairs of districts that no way joins (islands, a city in two parts).
enum class Unreachable : std::uint8_t {
  infinite,  ///< infinitely far: a set of districts with such a pair has proximity 0
  left_out,  ///< the mean is over the pairs that a way joins
};

/// The profile as a series of points, and its summary.
struct ProximityProfile {
  std::vector<double> thresholds;  ///< s_l = l / (m − 1) [m]
  std::vector<double> proximity;  ///< η(s_l) [m]; `undefined` where fewer than two districts reach
                                  ///< s_l, or none of their pairs is joined and left out
  double index = 0.0;             ///< see `spatial_proximity_profile`
  std::uint64_t unreachable_pairs = 0;  ///< pairs of inhabited districts that no way joins
};

/// Spatial proximity profile (Hong & Sadahiro 2014, section 3.2).
///
///   η(s) = (k² − k) / Σ_i Σ_j δ_ij   over the k districts with p_i >= s
///   index = (P − (Σ_{s<P} η(s) − Σ_{s>=P} η(s)) / m) / (1 − P)
///
/// δ_ij is the smallest number of steps between neighbours from i to j; ways may lead through any
/// district, also where nobody lives. η is 1 where all districts of the set touch each other and
/// falls as they scatter. The summary is that of the concentration profile; points that do not
/// exist count as 0 in it, as in PySAL.
///
/// One pass for all thresholds: a pair belongs to every set up to the smaller of its two shares.
/// 64 searches at a time share their steps in one machine word. O(n · links) at worst, about
/// n · links / 4 on districts of a city; O(n + m) memory per thread, no table of pairs. Sums are of
/// whole numbers, so exact.
///
/// @param group       x_i [n]
/// @param total       t_i, everyone [n]; districts with nobody are in no set
/// @param rule        which contacts make neighbours
/// @param thresholds  m >= 2
/// @returns `index` undefined where X is zero or X = T
ProximityProfile spatial_proximity_profile(std::span<const double> group,
                                           std::span<const double> total,
                                           const Contiguity& contiguity, ContiguityRule rule,
                                           std::uint32_t thresholds = 1000,
                                           Unreachable unreachable = Unreachable::infinite);

}  // namespace quartier::metrics
