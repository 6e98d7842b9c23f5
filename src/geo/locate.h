#pragma once
/// Which district a place is in.

#include <span>
#include <vector>

#include "base/units.h"
#include "domain/polygons.h"

namespace quartier::geo {

/// The district each point lies in, boundary included; where several share the point (a common
/// border, an overlap) the one that comes first. `no_index` where there is none, or where the point
/// is not finite. In parallel, exact on the coordinates as they are.
/// @returns [point count]
std::vector<DistrictIndex> located(std::span<const Point> points, const Polygons& shapes);

}  // namespace quartier::geo
