#pragma once
/// Travel in a straight line, for cities without a street graph.

#include <span>

#include "base/units.h"
#include "domain/polygons.h"
#include "domain/street_graph.h"

namespace quartier::network {

/// Costs of travel as straight-line distance times a stated detour factor:
///
///   t_ij = detour · sqrt((x_i − x_j)² + (y_i − y_j)²)
///
/// in whole millimetres, rounded half up. `nearest` is found by the exact distance and has no
/// cutoff; of equally near sites the lowest position. Reaches are the
/// pairs with t_ij <= cutoff (inclusive). A place without finite coordinates reaches nothing.
///
/// @param origins  metres of a projected CRS [n]
/// @param sites    in the same CRS [m]
/// @param supply   places offered [m], or empty: a site with supply 0 is never the nearest, but
///                 stays among the reaches (it adds nothing there); undefined counts as offering
/// @param cutoff   0 or more; +inf lists every pair
/// @param detour   1 or more (about 1.3 in most cities)
/// @throws InputError for a cutoff or detour factor outside these ranges
Impedance straight_line_impedance(std::span<const Point> origins, std::span<const Point> sites,
                                  std::span<const double> supply, Metres cutoff, double detour);

}  // namespace quartier::network
