#pragma once
/// Isochrones: the area round the streets that are within reach, and who lives within.

#include <cstdint>
#include <span>

#include "domain/polygons.h"

namespace quartier::geo {

/// How wide the ground beside a reached street is, and which holes are no holes.
struct OutlineOptions {
  double width_m = 50.0;            ///< to each side of the street, > 0
  double fill_below_m2 = 10'000.0;  ///< blocks enclosed by reached streets up to 1 ha are inside
};

/// The outline of reached streets: all places within `width_m` of one of the lines, with round ends
/// and corners, and without holes that are smaller than `fill_below_m2`, nor what lies in such.
///
/// It is true to the network: ground on the far side of a river or a railway is outside unless a
/// street leads there within the limit. More lines, or longer ones, never take ground away.
///
/// Drawn by rings_near on a lattice of an eighth of the width: straight sides are exact, round ends
/// within 0.4 % of the width. The same bits for any number of threads.
///
/// @param ends  two ends of each line [2 · line count]; finite
/// @returns one shape; without parts where there are no lines
/// @throws GeometryError where the lines are too far apart for one map
Polygons isochrone_outline(std::span<const Point> ends, const OutlineOptions& options = {});

/// The same where there are no streets: all places within `radius_m` of one of the centres. Centres
/// that are not finite are passed over.
/// @param radius_m  0 or more; 0: nothing
Polygons circles_outline(std::span<const Point> centres, double radius_m);

/// Area of all shapes together, parts less holes; 0 where there are none.
double outline_area_km2(const Polygons& outline);

/// Σ people of origins with cost <= limit / Σ people: who is within reach is read from where people
/// set out and not from the area, much of which is streets, parks and offices.
/// @param cost    to the nearest site, whole units [origin count]; `no_cost` is beyond every limit
/// @param people  0 or more [origin count]; undefined: not known, left out of both sums
/// @returns a share from 0 to 1; `undefined` where there are no people
double share_within(std::span<const std::uint32_t> cost, std::uint32_t limit,
                    std::span<const double> people);

}  // namespace quartier::geo
