#pragma once
/// Snapping: from a place to the node of the street graph where its way begins.

#include <cstdint>
#include <span>
#include <vector>

#include "domain/street_graph.h"
#include "network/components.h"

namespace quartier::network {

/// Places and where they enter the street graph, position by position.
struct SnappedPlaces {
  std::vector<std::uint32_t> node;    ///< [n] nearest node of the largest component; no_index: none
  std::vector<std::uint32_t> leg_mm;  ///< [n] straight way to that node, in whole millimetres
  [[nodiscard]] std::size_t size() const { return node.size(); }
  [[nodiscard]] double leg_m(std::size_t i) const { return leg_mm[i] / 1000.0; }
};

/// The exact nearest node of the largest component of `graph` to each place; the lowest node of
/// equally near ones. The leg is the straight distance, rounded half up to a millimetre; it is part
/// of every cost (pandana leaves it out, access.md 3.6). A place without finite coordinates (a
/// district without shape), every place where the graph has no nodes, and a place more than
/// 4,294 km away get `no_index` and count as unreachable.
/// @param places  metres, in the CRS of the graph [n]
SnappedPlaces snap(const StreetGraph& graph, const Components& components,
                   std::span<const Point> places);

/// Several sets of places at once: the index of nodes is built only once.
std::vector<SnappedPlaces> snap_all(const StreetGraph& graph, const Components& components,
                                    std::span<const std::span<const Point>> sets);

}  // namespace quartier::network
