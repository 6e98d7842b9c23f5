#pragma once
/// From one coordinate reference system to another, in bulk.

#include <span>
#include <string>
#include <vector>

#include "base/finding.h"
#include "domain/districts.h"
#include "domain/polygons.h"
#include "geo/shapes.h"

namespace quartier::geo {

/// Refuses coordinates that cannot be: features with a coordinate that is not finite, or more than
/// 10,000 km outside the bounds of the declared system, become `rejected`; those farther outside
/// than its own extent are told as a warning;
/// a ring of a geographic system that spans more than 180 degrees of longitude (it crosses the
/// antimeridian) costs its feature the shape, as a warning. Features that have no geometry, and a
/// layer that lies wholly outside the area its system is made for, are told as warnings.
/// @throws CrsError where most features of a geographic layer are outside longitude -180 to 180,
/// latitude -90 to 90: these are projected coordinates without their reference system
Loaded<KeptShapes> screened(RawShapes raw, const Origin& origin);

/// Points moved from one system to the other, in place, in parallel; the same bits for any number
/// of threads. Nothing is done where both are the same. A point that has no image becomes NaN.
/// @throws CrsError where there is no way from one to the other
/// @returns a sentence about what the operation leaves out (a datum shift that is not known), or
/// nothing
std::string reproject(std::span<Point> points, const Crs& from, const Crs& to);

/// Shapes moved from one system to the other. A feature with a vertex that has no image is
/// rejected.
/// @throws CrsError where there is no way from one to the other, or no vertex has an image
Loaded<KeptShapes> reprojected(Polygons shapes, const Crs& from, const Crs& to,
                               const Origin& origin);

}  // namespace quartier::geo
