#pragma once
/// Snapping: from a place to the node of the street graph where its way begins.

#include <cstdint>
#include <span>
#include <vector>

#include "domain/street_graph.h"
#include "network/components.h"
#include "network/straight.h"

namespace quartier::network {

/// Places and where they enter the street graph, position by position.
struct SnappedPlaces {
  std::vector<std::uint32_t> node;  ///< [n] where the place enters the streets; no_index: nowhere
  std::vector<std::uint32_t> leg;  ///< [n] cost of the straight way to it, whole units of the graph
  [[nodiscard]] std::size_t size() const { return node.size(); }
};

struct SnapOptions {
  /// Which nodes a place may enter at: those of the largest component, from which most of the city
  /// can be reached and left, or all of them.
  enum class Target : std::uint8_t { largest_component, nearest_node };
  Target target = Target::largest_component;
  bool count_leg = true;  ///< false: legs are 0, as pandana has it (access.md 3.6)
  /// What a metre of leg costs. 0: what it costs in the unit of the graph, 1000 mm or 1 m; a graph
  /// in units of time needs a speed, such as 0.75 s to the metre at 80 m a minute.
  double units_per_metre = 0.0;
  /// sphere: nodes and places are longitudes and latitudes in degrees.
  Straight straight = Straight::plane;
};

/// The exact nearest allowed node of `graph` to each place; the lowest node of equally near ones.
/// The leg is the straight distance times its cost per metre, rounded half up to a whole unit; it
/// is part of every cost unless the options leave it out. A place without finite coordinates (a
/// district without shape), every place where the graph has no nodes, and a place whose leg costs
/// more than `greatest_cost` get `no_index` and count as unreachable.
/// @param components  of this graph; not read where every node is allowed
/// @param places      metres, in the CRS of the graph, or degrees like its nodes [n]
SnappedPlaces snap(const StreetGraph& graph, const Components& components,
                   std::span<const Point> places, const SnapOptions& options = {});

/// Several sets of places at once: the index of nodes is built only once.
std::vector<SnappedPlaces> snap_all(const StreetGraph& graph, const Components& components,
                                    std::span<const std::span<const Point>> sets,
                                    const SnapOptions& options = {});

}  // namespace quartier::network
