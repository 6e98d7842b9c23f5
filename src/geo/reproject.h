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
