#pragma once
/// Streets of the sample city: a connected graph, denser in the core, over the river by bridges
/// only, with dead ends and one small piece that cannot be reached.

#include <cstdint>
#include <vector>

#include "domain/street_graph.h"
#include "study/sample/neighbourhoods.h"

namespace quartier::study::sample {

struct Streets {
  std::vector<Point> nodes;
  std::vector<StreetEdge> edges;
};

/// Streets of every neighbourhood but the airport and the harbour.
///
/// @param node_count  junctions wanted, about; at least 100
Streets lay_streets(const Ground& ground, const Blocks& blocks,
                    const Neighbourhoods& neighbourhoods, std::size_t node_count,
                    std::uint64_t seed);

}  // namespace quartier::study::sample
