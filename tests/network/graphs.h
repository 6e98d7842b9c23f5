#pragma once
/// Street graphs for the tests, by hand and at random, and slow searches to compare with.

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <queue>
#include <utility>
#include <vector>

#include "base/number.h"
#include "base/random.h"
#include "domain/street_graph.h"
#include "network/snap.h"
#include "support/formula_network.h"

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

/// Streets with a direction: nodes at random in a square, arcs to nodes near in number or anywhere,
/// with one-way streets, parallel arcs, dead ends and islands.
struct RandomArcs {
  std::vector<Point> nodes;
  std::vector<std::uint32_t> tails;
  std::vector<StreetArc> arcs;
  void add(std::uint32_t from, StreetArc arc) {
    tails.push_back(from);
    arcs.push_back(arc);
  }
  [[nodiscard]] StreetGraph graph(CostUnit unit = CostUnit::second) const {
    return StreetGraph::of_arcs(nodes, tails, arcs, unit);
  }
};

inline RandomArcs random_arcs(std::uint64_t seed, std::uint32_t node_count, std::uint32_t arc_count,
                              std::uint32_t longest) {
  RandomStream stream(seed, 23);
  RandomArcs streets;
  for (std::uint32_t k = 0; k < node_count; ++k) {
    streets.nodes.push_back({static_cast<double>(k % 20), static_cast<double>(k / 20)});
  }
  for (std::uint32_t k = 0; k < arc_count; ++k) {
    const std::uint32_t from = stream.below(node_count);
    const std::uint32_t to =
        stream.below(5) == 0 ? stream.below(node_count) : (from + stream.below(45)) % node_count;
    const StreetArc arc{to, 1 + stream.below(longest)};
    streets.add(from, arc);
    if (stream.below(3) != 0) streets.add(to, {from, arc.cost});
  }
  return streets;
}

/// Costs from one node, by a heap of open nodes (Dijkstra 1959): whole units, or `no_cost` beyond
/// the limit.
inline std::vector<std::uint32_t> costs_by_heap(const StreetGraph& graph, std::uint32_t source,
                                                std::uint32_t limit) {
  using Open = std::pair<std::uint64_t, std::uint32_t>;
  std::vector<std::uint32_t> cost(graph.size(), no_cost);
  std::priority_queue<Open, std::vector<Open>, std::greater<>> open;
  open.emplace(0, source);
  while (!open.empty()) {
    const Open nearest = open.top();
    open.pop();
    if (cost[nearest.second] != no_cost) continue;
    cost[nearest.second] = static_cast<std::uint32_t>(nearest.first);
    for (const StreetArc arc : graph.arcs_of(nearest.second)) {
      if (nearest.first + arc.cost <= limit) open.emplace(nearest.first + arc.cost, arc.to);
    }
  }
  return cost;
}

/// The network of the reference values, by the number of its profile.
inline StreetGraph formula_grid(std::uint64_t side, int profile) {
  return formula_network(side, profile == 0 ? FormulaProfile::walk : FormulaProfile::drive);
}

}  // namespace quartier::test
