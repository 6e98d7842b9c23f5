#pragma once
/// The street graph: junctions and street segments.

#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"
#include "domain/polygons.h"
#include "domain/travel_costs.h"

namespace quartier {

/// A street segment between two nodes. Lengths are whole millimetres, so that sums along a path are
/// exact and do not depend on the order in which they are taken.
struct StreetEdge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint32_t length_mm = 0;
};

/// An arc as the search sees it.
struct StreetArc {
  std::uint32_t to = 0;
  std::uint32_t cost = 0;  ///< whole units of the graph, 1 or more
};

/// Streets as a search sees them: arcs in rows (CSR) by the node they leave, sorted by target.
struct StreetGraph {
  std::vector<Point> nodes;
  std::vector<std::uint32_t> start{0};  ///< [node count + 1]
  std::vector<StreetArc> arcs;
  CostUnit unit = CostUnit::millimetre;
  bool symmetric = true;  ///< every way is the same in both directions

  [[nodiscard]] std::size_t size() const { return nodes.size(); }
  [[nodiscard]] std::span<const StreetArc> arcs_of(std::size_t node) const {
    return std::span(arcs).subspan(start[node], start[node + 1] - start[node]);
  }
  /// The graph of undirected edges in millimetres; of parallel edges the shortest is kept, loops
  /// are dropped.
  static StreetGraph of(std::vector<Point> nodes, std::span<const StreetEdge> edges);
  /// The graph of directed arcs; of parallel arcs the cheapest is kept, loops are dropped.
  /// @param tails  the node each arc leaves [arcs]
  static StreetGraph of_arcs(std::vector<Point> nodes, std::span<const std::uint32_t> tails,
                             std::span<const StreetArc> arcs, CostUnit unit);
  /// The same streets with every arc turned round: searched from a site, its costs are those of the
  /// ways to the site.
  [[nodiscard]] StreetGraph reversed() const;
};

}  // namespace quartier
