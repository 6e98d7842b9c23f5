#include "network/reached_streets.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/parallel.h"
#include "network/nearest_search.h"

namespace quartier::network {
namespace {

constexpr std::size_t node_grain = 4096;

bool serves(std::span<const double> offered, std::size_t site) {
  return offered.empty() || offered[site] != 0.0;
}

Point between(Point a, Point b, double share) {
  return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

/// Cost of the arc from one node to another; 0: there is none.
std::uint32_t arc_cost(const StreetGraph& graph, std::size_t from, std::uint32_t to) {
  const std::span<const StreetArc> arcs = graph.arcs_of(from);
  const auto found =
      std::lower_bound(arcs.begin(), arcs.end(), to,
                       [](const StreetArc& arc, std::uint32_t node) { return arc.to < node; });
  return found != arcs.end() && found->to == to ? found->cost : 0;
}

/// Pieces of the segments whose lower node is in a chunk.
class PieceCutter {
 public:
  PieceCutter(const StreetGraph& graph, std::span<const std::uint32_t> cost, std::uint32_t limit)
      : graph_(graph), cost_(cost), limit_(limit), in_lengths_(shown_unit(graph.unit) == "m") {}

  /// @param back  cost from the higher node to the lower; 0: no way
  void cut(std::uint32_t low, std::uint32_t high, std::uint32_t forth, std::uint32_t back) {
    const std::uint32_t rest_low = rest_of(low, back);
    const std::uint32_t rest_high = rest_of(high, forth);
    const double from_low = back == 0 ? 0.0 : static_cast<double>(rest_low) / back;
    const double from_high = forth == 0 ? 0.0 : static_cast<double>(rest_high) / forth;
    // Whole numbers know exactly whether the two parts meet.
    const bool meet =
        forth == back ? std::uint64_t{rest_low} + rest_high >= forth : from_low + from_high >= 1.0;
    if (meet) {
      const std::uint32_t least = forth == 0 ? back : back == 0 ? forth : std::min(forth, back);
      add(graph_.nodes[low], graph_.nodes[high], 1.0, least);
      ++pieces_.whole_count;
      return;
    }
    const Point a = graph_.nodes[low];
    const Point b = graph_.nodes[high];
    if (from_low > 0.0) add(a, between(a, b, from_low), from_low, back);
    if (from_high > 0.0) add(b, between(b, a, from_high), from_high, forth);
  }
  ReachedStreets take() { return std::move(pieces_); }

 private:
  /// What is left of the limit at a node, as far as the segment's cost needs it.
  [[nodiscard]] std::uint32_t rest_of(std::uint32_t node, std::uint32_t cost) const {
    if (cost_[node] == no_cost || cost_[node] > limit_) return 0;
    return std::min(cost, limit_ - cost_[node]);
  }
  void add(Point from, Point to, double share, std::uint32_t cost) {
    pieces_.ends.push_back(from);
    pieces_.ends.push_back(to);
    pieces_.length_m.push_back(in_lengths_ ? share * cost / units_per_shown(graph_.unit)
                                           : std::hypot(to.x - from.x, to.y - from.y));
  }

  const StreetGraph& graph_;
  std::span<const std::uint32_t> cost_;
  std::uint32_t limit_;
  bool in_lengths_;
  ReachedStreets pieces_;
};

}  // namespace

std::vector<std::uint32_t> costs_to_sites(const SearchableStreets& streets,
                                          const SnappedPlaces& sites,
                                          std::span<const double> offered) {
  expects(offered.empty() || offered.size() == sites.size(),
          "costs_to_sites: one number of places per site");
  std::vector<SearchSource> sources;
  for (std::size_t s = 0; s < sites.size(); ++s) {
    if (sites.node[s] == no_index || !serves(offered, s)) continue;
    sources.push_back({sites.node[s], sites.leg[s], static_cast<std::uint32_t>(s)});
  }
  return std::move(nearest_sources(streets.to_sites(), sources).cost);
}

ReachedStreets reached_streets(const StreetGraph& graph,
                               std::span<const std::uint32_t> cost_to_site, std::uint32_t limit) {
  expects(cost_to_site.size() == graph.size(), "reached_streets: a cost for every node");
  std::vector<ReachedStreets> parts((graph.size() + node_grain - 1) / node_grain);
  for_chunks(graph.size(), node_grain, [&](std::size_t chunk, std::size_t begin, std::size_t end) {
    PieceCutter cutter(graph, cost_to_site, limit);
    for (std::size_t node = begin; node < end; ++node) {
      const auto from = static_cast<std::uint32_t>(node);
      for (const StreetArc arc : graph.arcs_of(node)) {
        const std::uint32_t back = arc_cost(graph, arc.to, from);
        if (from < arc.to) cutter.cut(from, arc.to, arc.cost, back);
        if (from > arc.to && back == 0) cutter.cut(arc.to, from, 0, arc.cost);
      }
    }
    parts[chunk] = cutter.take();
  });
  ReachedStreets all;
  for (const ReachedStreets& part : parts) {
    all.ends.insert(all.ends.end(), part.ends.begin(), part.ends.end());
    all.length_m.insert(all.length_m.end(), part.length_m.begin(), part.length_m.end());
    all.whole_count += part.whole_count;
  }
  for (const double length : all.length_m) all.total_m += length;
  return all;
}

std::vector<Point> reached_legs(const StreetGraph& graph, std::span<const Point> places,
                                const SnappedPlaces& sites, std::span<const double> offered,
                                std::uint32_t limit) {
  expects(places.size() == sites.size(), "reached_legs: a place for every site");
  std::vector<Point> ends;
  for (std::size_t s = 0; s < sites.size(); ++s) {
    if (sites.node[s] == no_index || sites.leg[s] == 0 || limit == 0 || !serves(offered, s)) {
      continue;
    }
    const double share = std::min(1.0, static_cast<double>(limit) / sites.leg[s]);
    ends.push_back(places[s]);
    ends.push_back(between(places[s], graph.nodes[sites.node[s]], share));
  }
  return ends;
}

}  // namespace quartier::network
