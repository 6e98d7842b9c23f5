#pragma once
/// What two districts share along boundaries that do not match to the bit.

#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"
#include "domain/districts.h"
#include "domain/polygons.h"
#include "geo/box_index.h"
#include "geo/edge_match.h"

namespace quartier::geo {

/// Contact of the open edges of `from` with the boundary of `to`, in metres.
struct NearContact {
  DistrictIndex from = 0;
  DistrictIndex to = 0;
  double exact_open_m = 0.0;     ///< on one line with open edges of `to`
  double exact_matched_m = 0.0;  ///< on one line with edges of `to` that match a third district
  double near_m = 0.0;           ///< along open edges of `to`, within the tolerance; holds
                                 ///< `exact_open_m`
};

/// All contacts within `tolerance_m` of open edges, ascending by (from, to). In parallel.
std::vector<NearContact> near_contacts(const Polygons& shapes, const EdgeMatches& matches,
                                       double tolerance_m);

/// Marks [district count] of the districts that have an open edge.
std::vector<std::uint8_t> with_open_edges(const Polygons& shapes, const EdgeMatches& matches);

/// Contiguity as `contiguity_of` defines it, from matches that are known already.
Contiguity contiguity_from(const Polygons& shapes, const EdgeMatches& matches, double tolerance_m);

}  // namespace quartier::geo
