#pragma once
/// Who neighbours whom, and along how long a boundary, also where boundaries do not quite meet.

#include "base/units.h"
#include "domain/districts.h"
#include "domain/polygons.h"

namespace quartier::geo {

/// Boundaries nearer than this count as shared unless the study says otherwise.
inline constexpr Metres default_contiguity_tolerance{1.0};

/// Contiguity of valid shapes in metres.
///
/// Edges with the same two end points in two districts are shared exactly. An edge that has no such
/// partner is compared with the edges near it:
/// - where two lie on one line, their common stretch is shared;
/// - where two edges without partner run along each other in opposite directions (within 30
/// degrees)
///   at most `tolerance` apart, the stretch within the tolerance is shared, measured as the mean of
///   its length on both sides. Stretches shorter than five tolerances in all are no boundary:
///   they come from edges that leave a corner side by side.
/// Districts whose boundaries come within `tolerance` of each other anywhere are neighbours in the
/// sense of queen; only those that share a length are neighbours in the sense of rook.
/// Tolerance never takes away: against tolerance 0, lengths only grow and neighbours only join.
/// A district drawn inside another without touching its boundary is not its neighbour (see
/// `topology_report`).
///
/// In parallel, the same bits for any number of threads; symmetric to the bit. Tolerance 0 is exact
/// arithmetic on the coordinates as they are.
///
/// @param tolerance at least 0
Contiguity contiguity_of(const Polygons& shapes, Metres tolerance = default_contiguity_tolerance);

}  // namespace quartier::geo
