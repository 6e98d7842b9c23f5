#pragma once
/// Centralization: how near to the centre of the city, to one of several centres, or to a district
/// of its own a group lives.
///
/// The functions for a city take the distance of each district to its centre, so that one centre,
/// several (each district belongs to the nearest, `distances_to_nearest`) and travel times are one
/// index. A district whose distance is not finite takes no part, with its people: with distances
/// cut by `within_distance` the index is that of the surroundings of the centres only. A single
/// district has no inside and outside: `undefined`.

#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"
#include "domain/districts.h"
#include "metrics/conventions.h"

namespace quartier::metrics {

/// The mean of the centroids of the districts that take part, each counted once.
/// @param total  t_i [n], for `EmptyDistricts::dropped`
/// @returns NaN coordinates where no district takes part
Point mean_centre(std::span<const Point> centroids, std::span<const double> total,
                  EmptyDistricts empty);

/// Distance of each centroid to the nearest of `centres`, metres [n]; `undefined` without centroid
/// or centre.
std::vector<double> distances_to_nearest(std::span<const Point> centroids,
                                         std::span<const Point> centres);

/// `distances_m` up to and including `limit`, `undefined` beyond.
std::vector<double> within_distance(std::span<const double> distances_m, Metres limit);

/// Absolute centralization, ACE (Massey & Denton 1988); with distances to the nearest of several
/// centres the polycentric index (Tivadar 2019; `ACEPoly` of OasisR).
///
///   ACE = Σ_{i>=2} X_(i−1) A_i − Σ_{i>=2} X_i A_(i−1)
///
/// X_i, A_i are the cumulative shares of group and land over the districts, nearest first.
///
/// @param group     x_i [n]
/// @param total     t_i, everyone [n]; decides which districts are empty
/// @param area      a_i, any unit [n]
/// @param distance  to the centre [n]
/// @returns in [−1, 1]: above 0 the group is nearer to the centre than the land, 0 spread like it,
///          below 0 farther out; `undefined` where X or A is zero
double absolute_centralization(std::span<const double> group, std::span<const double> total,
                               std::span<const double> area, std::span<const double> distance,
                               EmptyDistricts empty, Ties ties = Ties::row_order);

/// Relative centralization, RCE (Duncan & Duncan 1955; Massey & Denton 1988): ACE with the
/// cumulative shares Y_i of the reference in place of the land; polycentric as ACE (`RCEPoly`).
/// Against everyone else it is Duncan's absolute centralization.
///
/// @returns in [−1, 1]: the share of the group that would have to move outwards (inwards below 0)
///          for both to be spread alike around the centre; `undefined` where X or Y is zero
double relative_centralization(std::span<const double> group, std::span<const double> reference,
                               std::span<const double> distance, Ties ties = Ties::row_order);

/// Local centralization (Folch & Rey 2016): for each district RCE of the group against the
/// reference among the district, its centre, and its `neighbours` nearest districts.
///
/// With `Ties::together` every district as far as the last one belongs too, so that a lattice has
/// no favoured direction. Straight-line distances between centroids. O(n · k log k) time, O(n)
/// memory; nothing of the input is changed.
///
/// @returns in [−1, 1] [n]; `undefined` where group or reference has nobody in the neighbourhood,
///          or without centroid
std::vector<double> local_relative_centralization(std::span<const double> group,
                                                  std::span<const double> reference,
                                                  std::span<const Point> centroids,
                                                  std::uint32_t neighbours,
                                                  Ties ties = Ties::together);

/// The same among the district and those that touch it by `rule`.
/// @returns as above; `undefined` for islands
std::vector<double> local_relative_centralization(std::span<const double> group,
                                                  std::span<const double> reference,
                                                  std::span<const Point> centroids,
                                                  const Contiguity& contiguity, ContiguityRule rule,
                                                  Ties ties = Ties::together);

}  // namespace quartier::metrics
