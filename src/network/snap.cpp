#include "network/snap.h"

#include <cmath>
#include <utility>

#include "base/error.h"
#include "base/parallel.h"
#include "network/point_index.h"

namespace quartier::network {
namespace {

constexpr std::size_t grain = 1024;

double units_per_metre_of(CostUnit unit, const SnapOptions& options) {
  if (options.units_per_metre > 0.0) return options.units_per_metre;
  expects(shown_unit(unit) == "m", "snap: legs on streets in units of time need their speed");
  return units_per_shown(unit);
}

SnappedPlaces snap_with(const PointIndex& index, std::span<const Point> places,
                        double units_per_metre, bool count_leg) {
  SnappedPlaces snapped;
  snapped.node.assign(places.size(), no_index);
  snapped.leg.assign(places.size(), 0);
  for_chunks(places.size(), grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const IndexedPoint found = index.nearest(places[i]);
      if (found.point == no_index) continue;
      const double leg = std::floor(std::sqrt(found.squared_m2) * units_per_metre + 0.5);
      if (count_leg && leg > static_cast<double>(greatest_cost)) continue;
      snapped.node[i] = found.point;
      if (count_leg) snapped.leg[i] = static_cast<std::uint32_t>(leg);
    }
  });
  return snapped;
}

}  // namespace

SnappedPlaces snap(const StreetGraph& graph, const Components& components,
                   std::span<const Point> places, const SnapOptions& options) {
  const std::span<const Point> sets[] = {places};
  return std::move(snap_all(graph, components, sets, options).front());
}

std::vector<SnappedPlaces> snap_all(const StreetGraph& graph, const Components& components,
                                    std::span<const std::span<const Point>> sets,
                                    const SnapOptions& options) {
  std::vector<std::uint8_t> allowed;
  if (options.target == SnapOptions::Target::largest_component) {
    expects(components.of_node.size() == graph.size(), "snap: the components of this graph");
    allowed.resize(graph.size());
    for (std::size_t node = 0; node < graph.size(); ++node) {
      allowed[node] = components.in_largest(node) ? 1 : 0;
    }
  }
  const double units_per_metre = options.count_leg ? units_per_metre_of(graph.unit, options) : 0.0;
  const PointIndex index(graph.nodes, allowed);
  std::vector<SnappedPlaces> snapped;
  snapped.reserve(sets.size());
  for (const std::span<const Point> places : sets) {
    snapped.push_back(snap_with(index, places, units_per_metre, options.count_leg));
  }
  return snapped;
}

}  // namespace quartier::network
