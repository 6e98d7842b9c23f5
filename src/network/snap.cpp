#include "network/snap.h"

#include <cmath>

#include "base/error.h"
#include "base/parallel.h"
#include "network/point_index.h"

namespace quartier::network {
namespace {

constexpr std::size_t grain = 1024;
constexpr double longest_leg_mm = 4294967294.0;

SnappedPlaces snap_with(const PointIndex& index, std::span<const Point> places) {
  SnappedPlaces snapped;
  snapped.node.assign(places.size(), no_index);
  snapped.leg_mm.assign(places.size(), 0);
  for_chunks(places.size(), grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const IndexedPoint found = index.nearest(places[i]);
      if (found.point == no_index) continue;
      const double leg_mm = std::floor(std::sqrt(found.squared_m2) * 1000.0 + 0.5);
      if (leg_mm > longest_leg_mm) continue;
      snapped.node[i] = found.point;
      snapped.leg_mm[i] = static_cast<std::uint32_t>(leg_mm);
    }
  });
  return snapped;
}

}  // namespace

SnappedPlaces snap(const StreetGraph& graph, const Components& components,
                   std::span<const Point> places) {
  const std::span<const Point> sets[] = {places};
  return std::move(snap_all(graph, components, sets).front());
}

std::vector<SnappedPlaces> snap_all(const StreetGraph& graph, const Components& components,
                                    std::span<const std::span<const Point>> sets) {
  expects(components.of_node.size() == graph.size(), "snap: the components of this graph");
  std::vector<std::uint8_t> reachable(graph.size());
  for (std::size_t node = 0; node < graph.size(); ++node) {
    reachable[node] = components.in_largest(node) ? 1 : 0;
  }
  const PointIndex index(graph.nodes, reachable);
  std::vector<SnappedPlaces> snapped;
  snapped.reserve(sets.size());
  for (const std::span<const Point> places : sets) snapped.push_back(snap_with(index, places));
  return snapped;
}

}  // namespace quartier::network
