#pragma once
/// Street graphs for the tests: by hand, at random, and by the formula of the reference values.

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "base/number.h"
#include "base/random.h"
#include "domain/street_graph.h"
#include "network/snap.h"

namespace quartier::test {

/// Nodes at random in a square, edges between random pairs; some nodes stay alone.
struct RandomStreets {
  std::vector<Point> nodes;
  std::vector<StreetEdge> edges;
  [[nodiscard]] StreetGraph graph() const { return StreetGraph::of(nodes, edges); }
};

inline RandomStreets random_streets(std::uint64_t seed, std::uint32_t node_count,
                                    std::uint32_t edge_count, std::uint32_t longest_mm) {
  RandomStream stream(seed, 11);
  RandomStreets streets;
  for (std::uint32_t k = 0; k < node_count; ++k) {
    streets.nodes.push_back(
        {std::floor(stream.uniform() * 2000.0) / 4.0, std::floor(stream.uniform() * 2000.0) / 4.0});
  }
  for (std::uint32_t k = 0; k < edge_count; ++k) {
    streets.edges.push_back({stream.below(node_count), stream.below(node_count),
                             stream.below(4) == 0 ? stream.below(3) : stream.below(longest_mm)});
  }
  return streets;
}

/// Places that stand on nodes: no leg.
inline network::SnappedPlaces on_nodes(std::vector<std::uint32_t> nodes) {
  network::SnappedPlaces places;
  places.leg.assign(nodes.size(), 0);
  places.node = std::move(nodes);
  return places;
}

/// A way to an origin, in metres.
struct Way {
  std::uint32_t origin = 0;
  double metres = 0.0;
};

/// An impedance as tests read it.
struct Ways {
  std::size_t origin_count = 0;
  std::vector<std::vector<Way>> sites;
  std::vector<Way> reaches;
  std::vector<double> nearest_m;
  std::vector<std::uint32_t> nearest;
  [[nodiscard]] std::size_t site_count() const { return sites.size(); }
  [[nodiscard]] const std::vector<Way>& site(std::size_t s) const { return sites[s]; }
};

inline Ways ways_of(const Impedance& impedance) {
  const TravelCosts& costs = impedance.costs;
  Ways ways;
  ways.origin_count = costs.origin_count;
  ways.nearest = impedance.nearest.site;
  for (const std::uint32_t cost : impedance.nearest.cost) {
    ways.nearest_m.push_back(cost == no_cost ? unreachable : costs.shown(cost));
  }
  ways.sites.resize(costs.site_count);
  for (std::size_t s = 0; s < costs.site_count; ++s) {
    costs.visit(s, [&](std::size_t origin, std::uint32_t cost) {
      ways.sites[s].push_back({static_cast<std::uint32_t>(origin), costs.shown(cost)});
      ways.reaches.push_back(ways.sites[s].back());
    });
  }
  return ways;
}

/// Costs from one node by relaxing every edge until nothing moves (Bellman & Ford).
inline std::vector<double> costs_by_relaxing(const StreetGraph& graph, std::uint32_t source) {
  std::vector<double> mm(graph.size(), unreachable);
  mm[source] = 0.0;
  bool moved = true;
  while (moved) {
    moved = false;
    for (std::size_t node = 0; node < graph.size(); ++node) {
      for (const StreetArc arc : graph.arcs_of(node)) {
        if (mm[node] + arc.cost < mm[arc.to]) {
          mm[arc.to] = mm[node] + arc.cost;
          moved = true;
        }
      }
    }
  }
  return mm;
}

/// The grid of the reference values: edge v-(v+1) by mix64(2v), v-(v+S) by mix64(2v+1); one in five
/// is missing. Profile 0 walks, profile 1 drives on arterials every 16 lines. Costs are seconds,
/// kept here as if they were millimetres.
inline StreetGraph formula_grid(std::uint64_t side, int profile) {
  std::vector<StreetEdge> edges;
  const auto add = [&](std::uint64_t v, std::uint64_t to, std::uint64_t h, bool arterial) {
    if (h % 100 < 20) return;
    const std::uint64_t cost = profile == 0 ? 40 + ((h >> 32U) % 61)
                               : arterial   ? 3 + ((h >> 40U) % 4)
                                            : 6 + ((h >> 32U) % 13);
    edges.push_back({static_cast<std::uint32_t>(v), static_cast<std::uint32_t>(to),
                     static_cast<std::uint32_t>(cost)});
  };
  std::vector<Point> nodes;
  for (std::uint64_t y = 0; y < side; ++y) {
    for (std::uint64_t x = 0; x < side; ++x) {
      const std::uint64_t v = y * side + x;
      nodes.push_back({static_cast<double>(x), static_cast<double>(y)});
      if (x + 1 < side) add(v, v + 1, mix64(2 * v), y % 16 == 0);
      if (y + 1 < side) add(v, v + side, mix64(2 * v + 1), x % 16 == 0);
    }
  }
  return StreetGraph::of(std::move(nodes), edges);
}

}  // namespace quartier::test
