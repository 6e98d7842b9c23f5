#pragma once
/// The nearest of many sources from every node, by one search from all of them.

#include <cstdint>
#include <span>

#include "domain/travel_costs.h"
#include "network/search_graph.h"

namespace quartier::network {

/// Where a search begins, and the cost with which it does (a leg from the street to a door).
struct SearchSource {
  std::uint32_t node = 0;
  std::uint32_t cost = 0;
  std::uint32_t number = 0;  ///< what is reported; the lowest of equally near sources is
};

/// For every node the least of (cost of the source + cheapest way), and its source (Dijkstra 1959
/// from all sources at once). Where sources are many the graph is cut into parts along its curve
/// that are searched side by side and handed the costs that come over their borders, until none
/// falls; the least costs do not depend on the way they are found. No limit, but costs above
/// `greatest_cost` count as no way.
/// @returns [node count] in nodes of the street graph
NearestSites nearest_sources(const SearchGraph& graph, std::span<const SearchSource> sources);

}  // namespace quartier::network
