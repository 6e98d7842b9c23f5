#include "network/snap.h"

#include <algorithm>
#include <cmath>
#include <limits>
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

/// A node and how far it is.
struct Near {
  std::uint32_t node = no_index;
  double metres = 0.0;
};

/// Nodes on the globe from south to north. What is farther away in latitude than the nearest found
/// so far need not be looked at.
class LatitudeIndex {
 public:
  LatitudeIndex(std::span<const Point> nodes, std::span<const std::uint8_t> include)
      : nodes_(nodes) {
    for (std::uint32_t node = 0; node < nodes.size(); ++node) {
      if (!include.empty() && include[node] == 0) continue;
      if (is_finite(nodes[node])) northward_.push_back(node);
    }
    std::sort(northward_.begin(), northward_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return nodes_[a].y != nodes_[b].y ? nodes_[a].y < nodes_[b].y : a < b;
    });
  }

  [[nodiscard]] Near nearest(Point place) const {
    Near best{no_index, std::numeric_limits<double>::infinity()};
    if (!is_finite(place)) return best;
    const auto middle =
        std::lower_bound(northward_.begin(), northward_.end(), place.y,
                         [&](std::uint32_t node, double y) { return nodes_[node].y < y; });
    for (auto it = middle; it != northward_.end() && may_be_nearer(*it, place, best); ++it) {
      take(*it, place, best);
    }
    for (auto it = middle; it != northward_.begin() && may_be_nearer(*(it - 1), place, best);) {
      take(*--it, place, best);
    }
    return best;
  }

 private:
  static bool is_finite(Point p) { return std::isfinite(p.x) && std::isfinite(p.y); }
  [[nodiscard]] bool may_be_nearer(std::uint32_t node, Point place, const Near& best) const {
    const double across = std::abs(nodes_[node].y - place.y) * metres_per_y(Straight::sphere);
    return across * (1.0 - 1e-9) - 1e-3 <= best.metres;
  }
  void take(std::uint32_t node, Point place, Near& best) const {
    const double metres = straight_m(nodes_[node], place, Straight::sphere);
    if (metres < best.metres || (metres == best.metres && node < best.node)) best = {node, metres};
  }

  std::span<const Point> nodes_;
  std::vector<std::uint32_t> northward_;
};

/// @param nearest  of a place, `Near`
template <typename Nearest>
SnappedPlaces snap_with(const Nearest& nearest, std::span<const Point> places,
                        double units_per_metre, bool count_leg) {
  SnappedPlaces snapped;
  snapped.node.assign(places.size(), no_index);
  snapped.leg.assign(places.size(), 0);
  for_chunks(places.size(), grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const Near found = nearest(places[i]);
      if (found.node == no_index) continue;
      const double leg = std::floor(found.metres * units_per_metre + 0.5);
      if (count_leg && leg > static_cast<double>(greatest_cost)) continue;
      snapped.node[i] = found.node;
      if (count_leg) snapped.leg[i] = static_cast<std::uint32_t>(leg);
    }
  });
  return snapped;
}

template <typename Nearest>
std::vector<SnappedPlaces> snap_sets(const Nearest& nearest,
                                     std::span<const std::span<const Point>> sets,
                                     double units_per_metre, bool count_leg) {
  std::vector<SnappedPlaces> snapped;
  snapped.reserve(sets.size());
  for (const std::span<const Point> places : sets) {
    snapped.push_back(snap_with(nearest, places, units_per_metre, count_leg));
  }
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
  if (options.straight == Straight::sphere) {
    const LatitudeIndex index(graph.nodes, allowed);
    return snap_sets([&](Point place) { return index.nearest(place); }, sets, units_per_metre,
                     options.count_leg);
  }
  const PointIndex index(graph.nodes, allowed);
  return snap_sets(
      [&](Point place) {
        const IndexedPoint found = index.nearest(place);
        return Near{found.point, std::sqrt(found.squared_m2)};
      },
      sets, units_per_metre, options.count_leg);
}

}  // namespace quartier::network
