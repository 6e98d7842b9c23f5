#pragma once
/// Coordinates that cannot be, refused at the door.

#include "base/finding.h"
#include "geo/shapes.h"

namespace quartier::geo {

/// Looks at every coordinate of a layer against its reference system, in parallel.
///
/// - A feature with a coordinate that is not finite, or more than 10,000 km outside the bounds of
///   the declared system, is `rejected`; one farther outside than the system's own extent is told
///   as a warning.
/// - A ring of a geographic system that spans more than 180 degrees of longitude crosses the
///   antimeridian and costs its feature the shape, as a warning.
/// - Features without geometry, and a layer that lies wholly outside the area its system is made
///   for, are told as warnings.
///
/// @throws CrsError where the layer has no known reference system, or where most features of a
/// geographic layer are outside longitude -180 to 180, latitude -90 to 90: these are projected
/// coordinates without their reference system
Loaded<KeptShapes> screened(RawShapes raw, const Origin& origin);

}  // namespace quartier::geo
