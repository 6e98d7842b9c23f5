#pragma once
/// The edges that match nobody's, strung together: outlines, gaps and slivers of a layer.

#include <vector>

#include "domain/polygons.h"
#include "geo/edge_match.h"

namespace quartier::geo {

/// A closed walk along open edges, districts on its left.
struct OpenLoop {
  double area = 0.0;  ///< positive round districts, negative round a gap
  Point where;        ///< the vertex it begins at
};

/// The loops of open edges, each as small as can be on its right side. Boundaries are closed and
/// matching edges cancel out, so every open edge is in one loop. In the order of their first edges.
std::vector<OpenLoop> open_loops(const Polygons& shapes, const EdgeMatches& matches);

}  // namespace quartier::geo
