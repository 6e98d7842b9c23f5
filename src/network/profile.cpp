#include "network/profile.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/number.h"

namespace quartier::network {
namespace {

constexpr double mm_per_s_of_kmh = 1e6 / 3600.0;
constexpr double greatest_speed_kmh = 300.0;

struct UseBits {
  std::uint8_t forward;
  std::uint8_t backward;
};

UseBits bits_of(TravelMode mode) {
  switch (mode) {
    case TravelMode::walk:
      return {street_use::walk_forward, street_use::walk_backward};
    case TravelMode::cycle:
      return {street_use::cycle_forward, street_use::cycle_backward};
    case TravelMode::drive:
      return {street_use::drive_forward, street_use::drive_backward};
  }
  return {0, 0};
}

void check(const TravelProfile& profile) {
  expects(profile.unit == CostUnit::millimetre || profile.unit == CostUnit::second,
          "graph_of: costs in millimetres or seconds");
  const auto fail = [](const std::string& what, const std::string& range) {
    throw InputError("travel profile: " + what + " must be " + range);
  };
  const double speed = profile.speed_kmh;
  if (!(speed >= 0.0 && speed <= greatest_speed_kmh)) {
    fail("the speed", "above 0 and at most 300 km/h");
  }
  if (!(profile.limit_share > 0.0 && profile.limit_share <= 1.0)) {
    fail("the share of the speed limit", "above 0 and at most 1");
  }
  if (!(profile.steepest_share > 0.0 && profile.steepest_share <= 1.0)) {
    fail("the greatest slope", "above 0 and at most 1");
  }
}

/// Rules and costs of a profile on a network with its changes.
class Traveller {
 public:
  Traveller(const StreetNetwork& network, const TravelProfile& profile,
            const StreetChanges& changes)
      : network_(network), profile_(profile), changes_(changes), bits_(bits_of(profile.mode)) {
    speed_kmh_ = profile.speed_kmh > 0.0 ? profile.speed_kmh : default_speed_kmh(profile.mode);
  }

  /// The uses of a segment that remain to this profile.
  [[nodiscard]] std::uint8_t open(const StreetSegment& segment) const {
    const auto use = static_cast<std::uint8_t>(segment.use & (bits_.forward | bits_.backward));
    if (profile_.mode != TravelMode::walk || !profile_.wheelchair) return use;
    const bool barred = segment.steps || !segment.wheelchair ||
                        std::abs(slope_of(segment)) > profile_.steepest_share;
    return barred ? 0 : use;
  }
  [[nodiscard]] bool forward(std::uint8_t use) const { return (use & bits_.forward) != 0; }
  [[nodiscard]] bool backward(std::uint8_t use) const { return (use & bits_.backward) != 0; }

  /// Of the way along the segment, or back where `sign` is -1.
  [[nodiscard]] std::uint32_t cost(const StreetSegment& segment, double sign) const {
    if (profile_.unit == CostUnit::millimetre) return std::max<std::uint32_t>(1, segment.length_mm);
    double kmh = speed_kmh_;
    if (profile_.mode == TravelMode::drive) {
      if (segment.drive_kmh > 0) kmh = segment.drive_kmh * profile_.limit_share;
    } else if (profile_.slope) {
      kmh *= slope_factor(profile_.mode, sign * slope_of(segment));
    }
    const double seconds = std::floor(segment.length_mm / (kmh * mm_per_s_of_kmh) + 0.5);
    return static_cast<std::uint32_t>(std::clamp(seconds, 1.0, double{greatest_cost}));
  }

 private:
  [[nodiscard]] double height_m(std::uint32_t node) const {
    if (node >= network_.nodes.size()) return changes_.height_m[node - network_.nodes.size()];
    return network_.height_m.empty() ? undefined : network_.height_m[node];
  }
  [[nodiscard]] double slope_of(const StreetSegment& segment) const {
    if (network_.height_m.empty() || segment.off_ground) return 0.0;
    const double rise_m = height_m(segment.to) - height_m(segment.from);
    if (!is_defined(rise_m)) return 0.0;
    return rise_m * 1000.0 / std::max<std::uint32_t>(1, segment.length_mm);
  }

  const StreetNetwork& network_;
  const TravelProfile& profile_;
  const StreetChanges& changes_;
  UseBits bits_;
  double speed_kmh_ = 0.0;
};

/// Numbers of the network's nodes in the graph, `no_index` for those left out.
std::vector<std::uint32_t> numbers(const StreetNetwork& network, const Traveller& traveller,
                                   std::uint32_t& count) {
  constexpr std::uint8_t on_segment = 1;
  constexpr std::uint8_t open = 2;
  std::vector<std::uint8_t> seen(network.nodes.size(), 0);
  for (const StreetSegment& segment : network.segments) {
    const std::uint8_t mark = traveller.open(segment) != 0 ? on_segment | open : on_segment;
    seen[segment.from] |= mark;
    seen[segment.to] |= mark;
  }
  std::vector<std::uint32_t> number(network.nodes.size(), no_index);
  count = 0;
  for (std::size_t n = 0; n < seen.size(); ++n) {
    if (seen[n] != on_segment) number[n] = count++;
  }
  return number;
}

}  // namespace

double default_speed_kmh(TravelMode mode) {
  switch (mode) {
    case TravelMode::walk:
      return 4.32;
    case TravelMode::cycle:
      return 15.0;
    case TravelMode::drive:
      return 30.0;
  }
  return 0.0;
}

double slope_factor(TravelMode mode, double slope) {
  if (!is_defined(slope)) return 1.0;
  const double s = std::clamp(slope, -1.0, 1.0);
  switch (mode) {
    case TravelMode::walk:
      return std::exp(-3.5 * std::abs(s + 0.05)) / std::exp(-3.5 * 0.05);
    case TravelMode::cycle:
      if (s >= 0.0) return std::max(0.25, 1.0 - s / 0.15);
      return s >= -0.05 ? 1.0 - 4.0 * s : std::max(0.5, 1.2 + 5.0 * (s + 0.05));
    case TravelMode::drive:
      return 1.0;
  }
  return 1.0;
}

std::vector<std::uint32_t> graph_nodes(const StreetNetwork& network, const TravelProfile& profile) {
  check(profile);
  const StreetChanges none;
  std::uint32_t count = 0;
  const std::vector<std::uint32_t> number =
      numbers(network, Traveller(network, profile, none), count);
  std::vector<std::uint32_t> nodes;
  nodes.reserve(count);
  for (std::size_t n = 0; n < number.size(); ++n) {
    if (number[n] != no_index) nodes.push_back(static_cast<std::uint32_t>(n));
  }
  return nodes;
}

StreetGraph graph_of(const StreetNetwork& network, const TravelProfile& profile,
                     const StreetChanges& changes) {
  check(profile);
  expects(network.height_m.empty() || network.height_m.size() == network.nodes.size(),
          "graph_of: a height for each node, or none");
  expects(changes.closed.empty() || changes.closed.size() == network.segments.size(),
          "graph_of: the changes of this network");
  const Traveller traveller(network, profile, changes);
  std::uint32_t count = 0;
  std::vector<std::uint32_t> number = numbers(network, traveller, count);

  std::vector<Point> nodes;
  nodes.reserve(count + changes.nodes.size());
  for (std::size_t n = 0; n < number.size(); ++n) {
    if (number[n] != no_index) nodes.push_back(network.nodes[n]);
  }
  for (const Point node : changes.nodes) {
    number.push_back(static_cast<std::uint32_t>(nodes.size()));
    nodes.push_back(node);
  }

  std::vector<std::uint32_t> tails;
  std::vector<StreetArc> arcs;
  tails.reserve(2 * (network.segments.size() + changes.segments.size()));
  arcs.reserve(tails.capacity());
  const auto add = [&](const StreetSegment& segment, std::uint8_t closed) {
    const auto use = static_cast<std::uint8_t>(traveller.open(segment) & ~closed);
    const std::uint32_t from = number[segment.from];
    const std::uint32_t to = number[segment.to];
    if (use == 0 || from == no_index || to == no_index) return;
    if (traveller.forward(use)) {
      tails.push_back(from);
      arcs.push_back({to, traveller.cost(segment, 1.0)});
    }
    if (traveller.backward(use)) {
      tails.push_back(to);
      arcs.push_back({from, traveller.cost(segment, -1.0)});
    }
  };
  for (std::size_t s = 0; s < network.segments.size(); ++s) {
    add(network.segments[s], changes.closed.empty() ? std::uint8_t{0} : changes.closed[s]);
  }
  for (const StreetSegment& segment : changes.segments) add(segment, 0);
  return StreetGraph::of_arcs(std::move(nodes), tails, arcs, profile.unit);
}

StreetGraph graph_of(const StreetNetwork& network, const TravelProfile& profile,
                     const StreetEdits& edits) {
  return graph_of(network, profile, changes_of(network, edits).value);
}

}  // namespace quartier::network
