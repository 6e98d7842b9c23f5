#pragma once
/// Edges and vertices that two districts have in common to the bit: most of a clean map.

#include <cstdint>
#include <vector>

#include "base/units.h"
#include "domain/polygons.h"

namespace quartier::geo {

/// Two districts, the lower position first.
struct DistrictPair {
  DistrictIndex low = 0;
  DistrictIndex high = 0;
  bool operator==(const DistrictPair&) const = default;
  bool operator<(const DistrictPair& other) const {
    return low != other.low ? low < other.low : high < other.high;
  }
};

/// What is common to the bit. Edges are known by the position of their first vertex.
struct EdgeMatches {
  /// [vertex count] the district across the edge: the one other district that has the edge, in the
  /// opposite direction. `no_index` for an open edge: nobody has it, or several, or on the same
  /// side.
  std::vector<DistrictIndex> partner;
  /// Districts with a common vertex at which the boundary between two others ends, ascending, once.
  std::vector<DistrictPair> corners;
};

/// Finds them by hashing, in time and memory in proportion to the vertices; in parallel, the same
/// bits for any number of threads.
/// @throws GeometryError where more than a hundred million pairs of districts meet in points
EdgeMatches matched_edges(const Polygons& shapes);

}  // namespace quartier::geo
