#pragma once
/// The ground near lines, outlined: the rings round all places within a distance of any of them.

#include <span>
#include <vector>

#include "domain/polygons.h"

namespace quartier::geo {

/// A closed line without the repetition of its first vertex: counter-clockwise round ground that is
/// near, clockwise round ground that is not (a hole).
using Ring = std::vector<Point>;

/// The border of the ground within `distance_m` of the lines.
///
/// The distance to the nearest line is known exactly at the points of a square lattice, between
/// which it is read off the plane through the three corners of half a square. What lies below
/// `distance_m` on these planes is the ground: straight sides come out exactly, and round ends of a
/// radius r within step² / 4r of the true circle; gaps narrower than a step may close.
///
/// The points of the lattice are whole multiples of the step, so more lines, or longer
/// ones, never take ground away. Rings touch neither themselves nor one another. Bands of the
/// lattice are done in parallel and joined by its edges: the same bits for any number of threads.
/// Memory is that of a band and of the border; time that of the squares in the bands with lines.
///
/// @param ends        two ends of each line, which may be one place [2 · line count]; finite
/// @param distance_m  > 0
/// @param step_m      of the lattice, > 0; an eighth of the distance is fine enough for maps
/// @returns rings in the order of their first edge, from south to north
std::vector<Ring> rings_near(std::span<const Point> ends, double distance_m, double step_m);

}  // namespace quartier::geo
