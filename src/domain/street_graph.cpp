#include "domain/street_graph.h"

#include <algorithm>
#include <numeric>

#include "base/error.h"

namespace quartier {

StreetGraph StreetGraph::of(std::vector<Point> nodes, std::span<const StreetEdge> edges) {
  StreetGraph graph;
  graph.nodes = std::move(nodes);
  const std::size_t n = graph.nodes.size();
  std::vector<std::uint32_t> start(n + 1, 0);
  for (const StreetEdge& edge : edges) {
    expects(edge.from < n && edge.to < n, "StreetGraph::of: edges between known nodes");
    if (edge.from == edge.to) continue;
    ++start[edge.from + 1];
    ++start[edge.to + 1];
  }
  std::partial_sum(start.begin(), start.end(), start.begin());
  std::vector<StreetArc> arcs(start.back());
  std::vector<std::uint32_t> next(start.begin(), start.end() - 1);
  for (const StreetEdge& edge : edges) {
    if (edge.from == edge.to) continue;
    arcs[next[edge.from]++] = {edge.to, edge.length_mm};
    arcs[next[edge.to]++] = {edge.from, edge.length_mm};
  }
  graph.start.assign(1, 0);
  graph.start.reserve(n + 1);
  graph.arcs.reserve(arcs.size());
  for (std::size_t node = 0; node < n; ++node) {
    const auto begin = arcs.begin() + start[node];
    const auto end = arcs.begin() + start[node + 1];
    std::sort(begin, end, [](const StreetArc& a, const StreetArc& b) {
      return a.to != b.to ? a.to < b.to : a.length_mm < b.length_mm;
    });
    for (auto arc = begin; arc != end; ++arc) {
      if (arc == begin || arc->to != (arc - 1)->to) graph.arcs.push_back(*arc);
    }
    graph.start.push_back(static_cast<std::uint32_t>(graph.arcs.size()));
  }
  return graph;
}

}  // namespace quartier
