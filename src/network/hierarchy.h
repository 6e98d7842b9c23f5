#pragma once
/// A hierarchy of shortcuts over a street graph, for tables of costs between many places when the
/// limit reaches over large parts of a city, as by car.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/progress.h"
#include "domain/street_graph.h"
#include "domain/travel_costs.h"
#include "network/snap.h"

namespace quartier::network {

/// Arcs in rows (CSR) by the node, or place, that they belong to.
struct ArcRows {
  std::vector<std::uint32_t> start{0};  ///< [row count + 1]
  std::vector<StreetArc> arcs;

  [[nodiscard]] std::size_t size() const { return start.size() - 1; }
  [[nodiscard]] std::span<const StreetArc> of(std::size_t row) const {
    return {arcs.data() + start[row], start[row + 1] - start[row]};
  }
  void end_row() { start.push_back(static_cast<std::uint32_t>(arcs.size())); }
};

/// A contraction hierarchy (Geisberger et al. 2008) that is valid up to a limit.
///
/// Nodes are taken out of the graph one after another; where the cheapest way between two that
/// remain leads over the one taken out, an arc of the same cost replaces it, a shortcut. So every
/// cheapest way has one of equal cost that first climbs, to nodes taken out later, and then
/// descends. Arcs and shortcuts dearer than the limit are left out: costs up to it are exact,
/// dearer ones are not known.
///
/// Nodes have a `place`: first come those taken out last. Neighbours in the plane that were taken
/// out early stand near each other, and whatever a place climbs to stands before it.
struct Hierarchy {
  CostUnit unit = CostUnit::millimetre;
  std::uint32_t limit = greatest_cost;  ///< whole units, inclusive
  bool symmetric = true;                ///< every way costs the same in both directions
  std::vector<std::uint32_t> place;     ///< [node count]
  ArcRows up;                           ///< [place] arcs that leave it and climb, to smaller places
  ArcRows down;  ///< [place] arcs that descend to it, by where they begin; empty if symmetric

  [[nodiscard]] std::size_t size() const { return place.size(); }
  /// Arcs by which ways that begin at a place climb.
  [[nodiscard]] const ArcRows& climbs() const { return up; }
  /// Arcs by which ways that end at a place descend to it.
  [[nodiscard]] const ArcRows& descents() const { return symmetric ? up : down; }

  /// Takes the nodes out in rounds: in each, those whose removal is cheaper than that of all their
  /// neighbours, by the shortcuts it needs and the arcs it removes. The hierarchy depends on the
  /// graph and the limit, not on the number of threads.
  /// @param limit     the dearest cost that will be asked for, whole units of the graph
  /// @param progress  may be null
  /// @throws Cancelled where the user asked to stop
  static Hierarchy of(const StreetGraph& graph, std::uint32_t limit, Progress* progress = nullptr);

  /// The same, or nothing as soon as it would have more than `most_arcs` arcs and shortcuts: a
  /// graph that is no street network, such as arcs between random nodes, has no hierarchy worth its
  /// memory.
  static std::optional<Hierarchy> within(const StreetGraph& graph, std::uint32_t limit,
                                         std::size_t most_arcs, Progress* progress = nullptr);
};

/// Costs of the ways from origins to sites within a limit,
///
///   t_ij = leg_i + (cheapest path from the node of i to the node of j) + leg_j
///
/// the same as a search from each would find: one sweep over the hierarchy for 32 places of the
/// smaller side at a time (PHAST, Delling et al. 2013), restricted to what lies above the places of
/// the other side (RPHAST, Delling, Goldberg & Werneck 2011).
///
/// Rows are by site. They are dense, 2 bytes for each pair, where the limit is below 65,535 whole
/// units, and lists of the pairs within the limit where it is not.
///
/// @param origins, sites  snapped to the graph; `no_index`: not on a street, no way
/// @param limit           inclusive; at most that of the hierarchy
TravelCosts hierarchy_costs(const Hierarchy& hierarchy, const SnappedPlaces& origins,
                            const SnappedPlaces& sites, std::uint32_t limit);

/// The same between nodes, without legs.
TravelCosts hierarchy_costs(const Hierarchy& hierarchy, std::span<const std::uint32_t> origin_nodes,
                            std::span<const std::uint32_t> site_nodes, std::uint32_t limit);

}  // namespace quartier::network
