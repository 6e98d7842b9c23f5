#pragma once
/// How well the districts of a layer fit together: who neighbours whom, overlaps, gaps, islands.

#include <vector>

#include "base/finding.h"
#include "base/units.h"
#include "domain/districts.h"
#include "domain/polygons.h"
#include "geo/contiguity.h"
#include "geo/shapes.h"

namespace quartier::geo {

/// Ground that two districts both cover; `low` comes first.
struct Overlap {
  DistrictIndex low = 0;
  DistrictIndex high = 0;
  double area_m2 = 0.0;
};

/// Ground that districts enclose but none of them covers.
struct Gap {
  double area_m2 = 0.0;
  Point where;  ///< a vertex of its boundary
};

struct Topology {
  Contiguity contiguity;
  std::vector<Overlap> overlaps;       ///< ascending by pair
  std::vector<Gap> gaps;               ///< the largest first
  std::vector<DistrictIndex> islands;  ///< districts with shape and without neighbour, ascending
};

/// Contiguity as in `contiguity_of`, and a report of what does not fit, as findings: overlaps and
/// islands as warnings, gaps as a note (a lake is one). Only districts with edges that match
/// nobody's are examined, so a clean map costs little more than its contiguity.
///
/// Overlaps are areas of intersection by GEOS. Gaps are the loops of unmatched edges that turn
/// clockwise; the area of a gap counts districts that lie within it. Either is left out where it is
/// smaller than a billionth of the mean district.
/// A single district with shape is no island. In parallel, the same bits for any number of threads.
Loaded<Topology> topology_report(const Polygons& shapes, const Origin& origin,
                                 Metres tolerance = default_contiguity_tolerance);

}  // namespace quartier::geo
