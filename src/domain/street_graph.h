#pragma once
/// The street graph: junctions and street segments, and sparse costs of travel along them.

#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"
#include "domain/polygons.h"

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
  std::uint32_t length_mm = 0;
};

/// Streets, walked in both directions: arcs in rows (CSR) by node, sorted by target.
struct StreetGraph {
  std::vector<Point> nodes;
  std::vector<std::uint32_t> start{0};  ///< [node count + 1]
  std::vector<StreetArc> arcs;

  [[nodiscard]] std::size_t size() const { return nodes.size(); }
  [[nodiscard]] std::span<const StreetArc> arcs_of(std::size_t node) const {
    return std::span(arcs).subspan(start[node], start[node + 1] - start[node]);
  }
  /// The graph of undirected edges; of parallel edges the shortest is kept, loops are dropped.
  static StreetGraph of(std::vector<Point> nodes, std::span<const StreetEdge> edges);
};

/// How far along the way an origin is from a site.
struct Reach {
  DistrictIndex origin = 0;
  double metres = 0.0;
};

/// Costs from origins (districts) to the sites of one service, up to a cutoff, in rows (CSR) by
/// site, each row sorted by origin. Pairs that are not listed are beyond the cutoff or unreachable.
struct Impedance {
  std::size_t origin_count = 0;
  std::vector<std::uint32_t> start{0};  ///< [site count + 1]
  std::vector<Reach> reaches;
  std::vector<double> nearest_m;  ///< [origin count] to the nearest site, without cutoff;
                                  ///< +inf where none can be reached
  std::vector<std::uint32_t>
      nearest;  ///< [origin count] that site, lowest position among ties; no_index
  [[nodiscard]] std::size_t site_count() const { return start.size() - 1; }
  [[nodiscard]] std::span<const Reach> site(std::size_t s) const {
    return std::span(reaches).subspan(start[s], start[s + 1] - start[s]);
  }
};

}  // namespace quartier
