#pragma once
/// The door: from shapes as read to shapes that everything else can rely on.

#include "base/finding.h"
#include "domain/districts.h"
#include "geo/measure.h"
#include "geo/shapes.h"

namespace quartier::geo {

/// Shapes past the door: valid, in metres of `crs`, with their measures.
struct PreparedShapes {
  Polygons shapes;
  Crs crs;
  Measures measures;
  std::vector<DistrictIndex> rejected;  ///< features refused on the way, ascending
};

/// Screens, repairs, reprojects and measures one layer. Repair comes first, in the coordinates the
/// layer was drawn in. Findings are in the order of the steps.
/// @param target projected, in metres (`study_crs_for`)
/// @throws CrsError, GeometryError as the steps do; CrsError where `target` is not in metres
Loaded<PreparedShapes> prepared(RawShapes raw, const Crs& target, const Origin& origin);

}  // namespace quartier::geo
