#include "network/hierarchy.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "base/error.h"
#include "network/contraction.h"
#include "network/node_order.h"

namespace quartier::network {
namespace {

/// The arcs of the graph within the limit, nodes in the order `order`.
ArcRows rows_in_order(const StreetGraph& graph, std::uint32_t limit,
                      std::span<const std::uint32_t> order,
                      std::span<const std::uint32_t> position) {
  ArcRows rows;
  rows.start.reserve(graph.size() + 1);
  rows.arcs.reserve(graph.arcs.size());
  for (const std::uint32_t node : order) {
    for (const StreetArc arc : graph.arcs_of(node)) {
      if (arc.cost <= limit) rows.arcs.push_back({position[arc.to], arc.cost});
    }
    std::sort(rows.arcs.begin() + rows.start.back(), rows.arcs.end(),
              [](const StreetArc& a, const StreetArc& b) { return a.to < b.to; });
    rows.end_row();
  }
  return rows;
}

/// Rows by position in the order of contraction, as rows by node.
ArcRows rows_by_node(const ArcRows& rows, std::span<const std::uint32_t> step_of) {
  ArcRows sorted;
  sorted.start.reserve(rows.start.size());
  sorted.arcs.reserve(rows.arcs.size());
  for (const std::uint32_t step : step_of) {
    const std::span<const StreetArc> arcs = rows.of(step);
    sorted.arcs.insert(sorted.arcs.end(), arcs.begin(), arcs.end());
    sorted.end_row();
  }
  return sorted;
}

/// Nodes so that whatever one climbs to comes before it: the order in which a search in depth,
/// begun at each in turn, leaves them.
std::vector<std::uint32_t> tops_first(const ArcRows& out, const ArcRows& into) {
  struct Visit {
    std::uint32_t node;
    std::uint32_t next;
  };
  std::vector<std::uint32_t> order;
  order.reserve(out.size());
  std::vector<std::uint8_t> seen(out.size(), 0);
  std::vector<Visit> path;
  for (std::uint32_t first = 0; first < out.size(); ++first) {
    if (seen[first] != 0) continue;
    seen[first] = 1;
    path.push_back({first, 0});
    while (!path.empty()) {
      Visit& visit = path.back();
      const std::span<const StreetArc> leave = out.of(visit.node);
      const std::span<const StreetArc> arrive =
          into.arcs.empty() ? std::span<const StreetArc>() : into.of(visit.node);
      std::uint32_t above = no_index;
      while (above == no_index && visit.next < leave.size() + arrive.size()) {
        const std::uint32_t to =
            visit.next < leave.size() ? leave[visit.next].to : arrive[visit.next - leave.size()].to;
        ++visit.next;
        if (seen[to] == 0) above = to;
      }
      if (above == no_index) {
        order.push_back(visit.node);
        path.pop_back();
      } else {
        seen[above] = 1;
        path.push_back({above, 0});
      }
    }
  }
  return order;
}

/// Rows by node as rows by place, arcs sorted by the place they lead to.
ArcRows rows_by_place(const ArcRows& rows, std::span<const std::uint32_t> order,
                      std::span<const std::uint32_t> place) {
  ArcRows placed;
  placed.start.reserve(rows.start.size());
  placed.arcs.reserve(rows.arcs.size());
  for (const std::uint32_t node : order) {
    for (const StreetArc arc : rows.of(node)) placed.arcs.push_back({place[arc.to], arc.cost});
    std::sort(placed.arcs.begin() + placed.start.back(), placed.arcs.end(),
              [](const StreetArc& a, const StreetArc& b) { return a.to < b.to; });
    placed.end_row();
  }
  return placed;
}

std::vector<std::uint32_t> inverse(std::span<const std::uint32_t> order) {
  std::vector<std::uint32_t> position(order.size());
  for (std::uint32_t k = 0; k < order.size(); ++k) position[order[k]] = k;
  return position;
}

}  // namespace

Hierarchy Hierarchy::of(const StreetGraph& graph, std::uint32_t limit, Progress* progress) {
  return std::move(*within(graph, limit, std::numeric_limits<std::size_t>::max(), progress));
}

std::optional<Hierarchy> Hierarchy::within(const StreetGraph& graph, std::uint32_t limit,
                                           std::size_t most_arcs, Progress* progress) {
  expects(limit <= greatest_cost, "Hierarchy: a limit that is a cost");
  const std::vector<std::uint32_t> spatial = order_along_curve(graph.nodes);
  const std::vector<std::uint32_t> position = inverse(spatial);
  ArcRows turned;
  if (!graph.symmetric) turned = rows_in_order(graph.reversed(), limit, spatial, position);
  const std::optional<Contraction> contraction =
      Contraction::of(rows_in_order(graph, limit, spatial, position), std::move(turned),
                      graph.symmetric, limit, most_arcs, progress);
  if (!contraction) return std::nullopt;

  const std::vector<std::uint32_t> step_of = inverse(contraction->node);
  const ArcRows out = rows_by_node(contraction->out, step_of);
  const ArcRows into = graph.symmetric ? ArcRows() : rows_by_node(contraction->into, step_of);
  const std::vector<std::uint32_t> order = tops_first(out, into);
  const std::vector<std::uint32_t> place = inverse(order);

  Hierarchy hierarchy;
  hierarchy.unit = graph.unit;
  hierarchy.limit = limit;
  hierarchy.symmetric = graph.symmetric;
  hierarchy.up = rows_by_place(out, order, place);
  if (!graph.symmetric) hierarchy.down = rows_by_place(into, order, place);
  hierarchy.place.resize(graph.size());
  for (std::size_t k = 0; k < spatial.size(); ++k) hierarchy.place[spatial[k]] = place[k];
  return hierarchy;
}

}  // namespace quartier::network
