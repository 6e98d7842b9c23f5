#include "domain/street_graph.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/error.h"

namespace quartier {

StreetGraph StreetGraph::of_arcs(std::vector<Point> nodes, std::span<const std::uint32_t> tails,
                                 std::span<const StreetArc> arcs, CostUnit unit) {
  expects(tails.size() == arcs.size(), "StreetGraph::of_arcs: a tail for each arc");
  StreetGraph graph;
  graph.nodes = std::move(nodes);
  graph.unit = unit;
  const std::size_t n = graph.nodes.size();
  std::vector<std::uint32_t> start(n + 1, 0);
  for (std::size_t a = 0; a < arcs.size(); ++a) {
    expects(tails[a] < n && arcs[a].to < n, "StreetGraph: arcs between known nodes");
    if (tails[a] != arcs[a].to) ++start[tails[a] + 1];
  }
  std::partial_sum(start.begin(), start.end(), start.begin());
  std::vector<StreetArc> sorted(start.back());
  std::vector<std::uint32_t> next(start.begin(), start.end() - 1);
  for (std::size_t a = 0; a < arcs.size(); ++a) {
    if (tails[a] != arcs[a].to) sorted[next[tails[a]]++] = arcs[a];
  }
  graph.start.reserve(n + 1);
  graph.arcs.reserve(sorted.size());
  for (std::size_t node = 0; node < n; ++node) {
    const auto begin = sorted.begin() + start[node];
    const auto end = sorted.begin() + start[node + 1];
    std::sort(begin, end, [](const StreetArc& a, const StreetArc& b) {
      return a.to != b.to ? a.to < b.to : a.cost < b.cost;
    });
    for (auto arc = begin; arc != end; ++arc) {
      if (arc == begin || arc->to != (arc - 1)->to) graph.arcs.push_back(*arc);
    }
    graph.start.push_back(static_cast<std::uint32_t>(graph.arcs.size()));
  }
  graph.symmetric = true;
  for (std::size_t node = 0; node < n && graph.symmetric; ++node) {
    for (const StreetArc arc : graph.arcs_of(node)) {
      const std::span<const StreetArc> back = graph.arcs_of(arc.to);
      const auto found =
          std::lower_bound(back.begin(), back.end(), node,
                           [](const StreetArc& a, std::size_t to) { return a.to < to; });
      if (found == back.end() || found->to != node || found->cost != arc.cost) {
        graph.symmetric = false;
        break;
      }
    }
  }
  return graph;
}

StreetGraph StreetGraph::of(std::vector<Point> nodes, std::span<const StreetEdge> edges) {
  std::vector<std::uint32_t> tails;
  std::vector<StreetArc> arcs;
  tails.reserve(2 * edges.size());
  arcs.reserve(2 * edges.size());
  for (const StreetEdge& edge : edges) {
    tails.push_back(edge.from);
    arcs.push_back({edge.to, edge.length_mm});
    tails.push_back(edge.to);
    arcs.push_back({edge.from, edge.length_mm});
  }
  return of_arcs(std::move(nodes), tails, arcs, CostUnit::millimetre);
}

StreetGraph StreetGraph::reversed() const {
  if (symmetric) return *this;
  std::vector<std::uint32_t> tails;
  std::vector<StreetArc> turned;
  tails.reserve(arcs.size());
  turned.reserve(arcs.size());
  for (std::size_t node = 0; node < size(); ++node) {
    for (const StreetArc arc : arcs_of(node)) {
      tails.push_back(arc.to);
      turned.push_back({static_cast<std::uint32_t>(node), arc.cost});
    }
  }
  return of_arcs(nodes, tails, turned, unit);
}

}  // namespace quartier
