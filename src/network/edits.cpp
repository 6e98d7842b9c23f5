#include "network/edits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "domain/predicates.h"

namespace quartier::network {
namespace {

bool all_finite(std::span<const Point> points) {
  return std::all_of(points.begin(), points.end(),
                     [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); });
}

double distance_m(Point a, Point b) { return std::hypot(b.x - a.x, b.y - a.y); }

// ---- closures

std::string said(const StreetClosure& closure) {
  if (!closure.street.empty()) return "street '" + display_safe(closure.street) + "'";
  if (!closure.source.empty()) return "segment '" + display_safe(closure.source) + "'";
  return closure.area.empty() ? "a barrier" : "an area";
}

void check(const StreetClosure& closure) {
  if (!all_finite(closure.line) || !all_finite(closure.area)) {
    throw InputError("a closure of streets", "a coordinate is not finite", "name places in metres");
  }
  if (closure.line.size() == 1 || closure.area.size() == 1 || closure.area.size() == 2) {
    throw InputError("a closure of streets", "too few places",
                     "a barrier needs two, an area three");
  }
}

bool meets_line(Point a, Point b, std::span<const Point> line) {
  for (std::size_t k = 1; k < line.size(); ++k) {
    if (segments_meet(a, b, line[k - 1], line[k])) return true;
  }
  return false;
}

bool meets_area(Point a, Point b, std::span<const Point> ring) {
  return meets_line(a, b, ring) || segments_meet(a, b, ring.back(), ring.front()) ||
         place_in_ring(ring, a) >= 0;
}

std::uint32_t position_of(const std::vector<std::string>& texts, const std::string& text) {
  if (text.empty()) return no_index;
  const auto found = std::find(texts.begin(), texts.end(), text);
  return found == texts.end() ? no_index : static_cast<std::uint32_t>(found - texts.begin());
}

/// Takes the closure's uses away. @returns how many segments it names
std::size_t close(const StreetNetwork& network, const StreetClosure& closure,
                  std::vector<std::uint8_t>& closed) {
  const Box of_line = bounds_of(closure.line);
  const Box of_area = bounds_of(closure.area);
  const auto near = [](const Box& box, Point a, Point b) {
    return !box.empty() && boxes_meet({box.min_x, box.min_y}, {box.max_x, box.max_y}, a, b);
  };
  const std::uint32_t street = position_of(network.names, closure.street);
  const std::uint32_t source = position_of(network.sources, closure.source);
  std::size_t count = 0;
  for (std::size_t s = 0; s < network.segments.size(); ++s) {
    const StreetSegment& segment = network.segments[s];
    const Point a = network.nodes[segment.from];
    const Point b = network.nodes[segment.to];
    const bool named = (street != no_index && segment.street == street) ||
                       (source != no_index && segment.source == source) ||
                       (near(of_line, a, b) && meets_line(a, b, closure.line)) ||
                       (near(of_area, a, b) && meets_area(a, b, closure.area));
    if (!named) continue;
    closed[s] |= closure.use;
    ++count;
  }
  return count;
}

// ---- new streets

/// Who may use a street, each to be joined to streets of theirs.
enum class Traveller : std::size_t { walker, wheelchair, bicycle, car };
constexpr std::size_t traveller_count = 4;

constexpr std::uint8_t walk_bits = street_use::walk_forward | street_use::walk_backward;
constexpr std::uint8_t bits_of[traveller_count] = {
    walk_bits, walk_bits, street_use::cycle_forward | street_use::cycle_backward,
    street_use::drive_forward | street_use::drive_backward};

template <typename Street>
bool serves(const Street& street, std::size_t traveller) {
  if ((street.use & bits_of[traveller]) == 0) return false;
  return traveller != static_cast<std::size_t>(Traveller::wheelchair) ||
         (street.wheelchair && !street.steps);
}

/// Which travellers each node of the network serves, as bits.
std::vector<std::uint8_t> travellers_at(const StreetNetwork& network) {
  std::vector<std::uint8_t> at(network.nodes.size(), 0);
  for (const StreetSegment& segment : network.segments) {
    std::uint8_t served = 0;
    for (std::size_t t = 0; t < traveller_count; ++t) {
      if (serves(segment, t)) served |= static_cast<std::uint8_t>(1U << t);
    }
    at[segment.from] |= served;
    at[segment.to] |= served;
  }
  return at;
}

struct Joint {
  std::uint32_t node = no_index;  ///< of the network
  std::uint32_t length_mm = 0;
  std::uint8_t use = 0;
};

class Builder {
 public:
  Builder(const StreetNetwork& network, Loaded<StreetChanges>& changes)
      : network_(network), changes_(changes), travellers_(travellers_at(network)) {}

  void lay(const AddedStreet& street) {
    std::vector<Point> line;
    for (const Point place : street.line) {
      if (line.empty() || !(place == line.back())) line.push_back(place);
    }
    const std::string name = "new street '" + display_safe(street.name) + "'";
    if (!all_finite(line) || line.size() < 2) {
      throw InputError(name, "its line needs two different places with finite coordinates",
                       "name its places in metres of the study's reference system");
    }
    const std::vector<Joint> first = joints(street, line.front(), name);
    const std::vector<Joint> last = joints(street, line.back(), name);
    std::vector<std::uint32_t> nodes;
    const std::vector<double> heights = heights_along(line, first, last);
    for (std::size_t k = 0; k < line.size(); ++k) {
      const bool is_end = k == 0 || k + 1 == line.size();
      const std::vector<Joint>& end = k == 0 ? first : last;
      const bool same_place = is_end && end.size() == 1 && end.front().length_mm == 0;
      nodes.push_back(same_place ? end.front().node : add_node(line[k], heights[k]));
    }
    join(street, first, nodes.front());
    join(street, last, nodes.back());
    lay_pieces(street, line, nodes);
  }

 private:
  std::uint32_t add_node(Point place, double height) {
    StreetChanges& changes = changes_.value;
    changes.nodes.push_back(place);
    changes.height_m.push_back(height);
    return static_cast<std::uint32_t>(network_.nodes.size() + changes.nodes.size() - 1);
  }

  /// One joint per node found.
  std::vector<Joint> joints(const AddedStreet& street, Point end, const std::string& name) {
    std::array<std::uint32_t, traveller_count> nearest{};
    nearest.fill(no_index);
    std::array<double, traveller_count> least{};
    least.fill(street.join_m);
    for (std::size_t n = 0; n < network_.nodes.size(); ++n) {
      if (travellers_[n] == 0) continue;
      const double metres = distance_m(end, network_.nodes[n]);
      if (!(metres <= street.join_m)) continue;
      for (std::size_t t = 0; t < traveller_count; ++t) {
        if ((travellers_[n] >> t & 1U) == 0) continue;
        if (metres < least[t] || (nearest[t] == no_index && metres <= least[t])) {
          least[t] = metres;
          nearest[t] = static_cast<std::uint32_t>(n);
        }
      }
    }
    std::vector<Joint> found;
    bool all = true;
    for (std::size_t t = 0; t < traveller_count; ++t) {
      if (!serves(street, t)) continue;
      all = all && nearest[t] != no_index;
      if (nearest[t] != no_index) add_joint(found, nearest[t], least[t], bits_of[t]);
    }
    if (!all) {
      Finding finding{.kind = "street_not_joined", .layer = name};
      finding.message = "An end has no street near it for everyone who may use the new street";
      finding.way_out = "draw it to within 30 m of a junction";
      changes_.findings.push_back(std::move(finding));
    }
    return found;
  }
  static void add_joint(std::vector<Joint>& joints, std::uint32_t node, double metres,
                        std::uint8_t use) {
    for (Joint& joint : joints) {
      if (joint.node != node) continue;
      joint.use |= use;
      return;
    }
    joints.push_back({node, static_cast<std::uint32_t>(std::floor(metres * 1000.0 + 0.5)), use});
  }

  [[nodiscard]] std::vector<double> heights_along(std::span<const Point> line,
                                                  const std::vector<Joint>& first,
                                                  const std::vector<Joint>& last) const {
    const auto height_at = [&](const std::vector<Joint>& end) {
      if (end.empty() || network_.height_m.empty()) return undefined;
      return network_.height_m[end.front().node];
    };
    const double from = height_at(first);
    const double to = height_at(last);
    std::vector<double> run{0.0};
    for (std::size_t k = 1; k < line.size(); ++k) {
      run.push_back(run.back() + distance_m(line[k - 1], line[k]));
    }
    std::vector<double> heights;
    for (const double metres : run) {
      if (is_defined(from) && is_defined(to)) {
        heights.push_back(from + (to - from) * (metres / run.back()));
      } else {
        heights.push_back(is_defined(from) ? from : to);
      }
    }
    return heights;
  }

  static StreetSegment piece_of(const AddedStreet& street) {
    StreetSegment piece;
    piece.use = street.use;
    piece.drive_kmh = street.drive_kmh;
    piece.steps = street.steps;
    piece.wheelchair = street.wheelchair;
    return piece;
  }

  void join(const AddedStreet& street, const std::vector<Joint>& joints, std::uint32_t end) {
    for (const Joint& joint : joints) {
      if (joint.node == end) continue;
      StreetSegment piece = piece_of(street);
      // A joint may be entered and left whatever the street's direction.
      piece.use = joint.use;
      piece.from = joint.node;
      piece.to = end;
      piece.length_mm = std::max<std::uint32_t>(1, joint.length_mm);
      changes_.value.segments.push_back(piece);
    }
  }

  void lay_pieces(const AddedStreet& street, std::span<const Point> line,
                  std::span<const std::uint32_t> nodes) {
    double whole = 0.0;
    for (std::size_t k = 1; k < line.size(); ++k) whole += distance_m(line[k - 1], line[k]);
    const double mm_per_m = street.length_mm > 0 ? street.length_mm / whole : 1000.0;
    if (!(whole * mm_per_m < 1e9)) {
      throw InputError("new street '" + display_safe(street.name) + "'", "longer than 1,000 km",
                       "name its places in metres of the study's reference system");
    }
    double run = 0.0;
    std::uint32_t before = 0;
    for (std::size_t k = 1; k < line.size(); ++k) {
      run += distance_m(line[k - 1], line[k]);
      const auto here = static_cast<std::uint32_t>(std::floor(run * mm_per_m + 0.5));
      StreetSegment piece = piece_of(street);
      piece.from = nodes[k - 1];
      piece.to = nodes[k];
      piece.length_mm = std::max<std::uint32_t>(1, here - before);
      changes_.value.segments.push_back(piece);
      before = here;
    }
  }

  const StreetNetwork& network_;
  Loaded<StreetChanges>& changes_;
  std::vector<std::uint8_t> travellers_;
};

}  // namespace

Loaded<StreetChanges> changes_of(const StreetNetwork& network, const StreetEdits& edits) {
  Loaded<StreetChanges> changes;
  if (!edits.closures.empty()) changes.value.closed.assign(network.segments.size(), 0);
  for (const StreetClosure& closure : edits.closures) {
    check(closure);
    if (close(network, closure, changes.value.closed) > 0) continue;
    Finding finding{.kind = "edit_without_effect", .layer = said(closure)};
    finding.message = "A closure closes no street";
    finding.way_out = "compare its name or its places with the street layer";
    changes.findings.push_back(std::move(finding));
  }
  if (edits.added.empty()) return changes;
  Builder builder(network, changes);
  for (const AddedStreet& street : edits.added) builder.lay(street);
  return changes;
}

}  // namespace quartier::network
