#include "geo/open_loops.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/measure.h"

namespace quartier::geo {
namespace {

struct OpenEdge {
  Point from, to;
};

bool before(Point a, Point b) { return a.x != b.x ? a.x < b.x : a.y < b.y; }

/// Angle from direction `back` counter-clockwise to direction `on`, in (0, 2 pi].
double turn_from(Point back, Point on) {
  const double cross = back.x * on.y - back.y * on.x;
  const double dot = back.x * on.x + back.y * on.y;
  const double angle = std::atan2(cross, dot);
  return angle > 0.0 ? angle : angle + 2.0 * std::numbers::pi;
}

}  // namespace

std::vector<OpenLoop> open_loops(const Polygons& shapes, const EdgeMatches& matches) {
  std::vector<OpenEdge> edges;
  for (std::size_t r = 0; r < shapes.ring_count(); ++r) {
    const std::uint32_t first = shapes.ring_start[r];
    const std::uint32_t last = shapes.ring_start[r + 1];
    for (std::uint32_t v = first; v < last; ++v) {
      if (matches.partner[v] != no_index) continue;
      edges.push_back({shapes.vertices[v], shapes.vertices[v + 1 == last ? first : v + 1]});
    }
  }
  // By first vertex, so that those which go on from a place stand together; otherwise as they came.
  std::vector<std::uint32_t> by_start(edges.size());
  for (std::uint32_t e = 0; e < by_start.size(); ++e) by_start[e] = e;
  std::stable_sort(by_start.begin(), by_start.end(), [&](std::uint32_t a, std::uint32_t b) {
    return before(edges[a].from, edges[b].from);
  });

  std::vector<bool> used(edges.size(), false);
  const auto next_of = [&](const OpenEdge& edge) {
    const Point back{edge.from.x - edge.to.x, edge.from.y - edge.to.y};
    auto at = std::lower_bound(
        by_start.begin(), by_start.end(), edge.to,
        [&](std::uint32_t e, Point place) { return before(edges[e].from, place); });
    std::uint32_t best = no_index;
    double least = 0.0;
    for (; at != by_start.end() && edges[*at].from == edge.to; ++at) {
      if (used[*at]) continue;
      const OpenEdge& on = edges[*at];
      const double turn = turn_from(back, {on.to.x - on.from.x, on.to.y - on.from.y});
      if (best == no_index || turn < least) {
        best = *at;
        least = turn;
      }
    }
    return best;
  };

  std::vector<OpenLoop> loops;
  std::vector<Point> walk;
  for (std::uint32_t begin = 0; begin < edges.size(); ++begin) {
    if (used[begin]) continue;
    walk.clear();
    std::uint32_t e = begin;
    while (e != no_index) {
      used[e] = true;
      walk.push_back(edges[e].from);
      if (edges[e].to == edges[begin].from) break;
      e = next_of(edges[e]);
    }
    loops.push_back({signed_area(walk), edges[begin].from});
  }
  return loops;
}

}  // namespace quartier::geo
