#include "geo/isochrone.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "base/error.h"
#include "base/number.h"
#include "domain/predicates.h"
#include "domain/travel_costs.h"
#include "geo/ground_near.h"
#include "geo/measure.h"

namespace quartier::geo {
namespace {

constexpr double steps_in_width = 8.0;
constexpr double m2_per_km2 = 1e6;

/// A ring and what it lies in.
struct Nested {
  const Ring* ring = nullptr;
  double area_m2 = 0.0;  ///< negative: a hole
  Box box;
  bool is_left_out = false;               ///< a small hole, or within one
  std::vector<const Nested*> holes = {};  ///< of an outer ring

  [[nodiscard]] bool holds(const Nested& other) const {
    return box.min_x <= other.box.min_x && box.max_x >= other.box.max_x &&
           box.min_y <= other.box.min_y && box.max_y >= other.box.max_y &&
           place_in_ring(*ring, other.ring->front()) > 0;
  }
};

/// Rings that touch nowhere, as parts with their holes, without holes smaller than `fill_below_m2`
/// and what lies in these.
Polygons parts_of(const std::vector<Ring>& rings, double fill_below_m2) {
  std::vector<Nested> nested;
  for (const Ring& ring : rings) nested.push_back({&ring, signed_area(ring), bounds_of(ring)});
  std::vector<std::size_t> order(rings.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(nested[a].area_m2) > std::abs(nested[b].area_m2);
  });
  // From the largest on, whatever a ring lies in stands before it, the narrowest last.
  for (std::size_t k = 0; k < order.size(); ++k) {
    Nested& own = nested[order[k]];
    const bool is_hole = own.area_m2 < 0.0;
    if (is_hole && -own.area_m2 < fill_below_m2) {
      own.is_left_out = true;
      continue;
    }
    for (std::size_t before = k; before-- > 0;) {
      Nested& other = nested[order[before]];
      if (!other.holds(own)) continue;
      own.is_left_out = other.is_left_out;
      if (is_hole && !own.is_left_out) other.holes.push_back(&own);
      break;
    }
  }
  Polygons shape;
  const auto append = [&shape](const Ring& ring) {
    shape.vertices.insert(shape.vertices.end(), ring.begin(), ring.end());
    shape.close_ring();
  };
  for (const Nested& outer : nested) {
    if (outer.area_m2 < 0.0 || outer.is_left_out) continue;
    append(*outer.ring);
    for (const Nested* hole : outer.holes) append(*hole->ring);
    shape.close_part();
  }
  shape.close_district();
  return shape;
}

}  // namespace

Polygons isochrone_outline(std::span<const Point> ends, const OutlineOptions& options) {
  expects(options.width_m > 0.0 && std::isfinite(options.width_m) && options.fill_below_m2 >= 0.0,
          "isochrone_outline: a width, and an area");
  return parts_of(rings_near(ends, options.width_m, options.width_m / steps_in_width),
                  options.fill_below_m2);
}

Polygons circles_outline(std::span<const Point> centres, double radius_m) {
  expects(radius_m >= 0.0 && std::isfinite(radius_m), "circles_outline: a radius");
  std::vector<Point> ends;
  for (const Point centre : centres) {
    if (radius_m > 0.0 && std::isfinite(centre.x + centre.y)) ends.insert(ends.end(), 2, centre);
  }
  if (ends.empty()) return parts_of({}, 0.0);
  return parts_of(rings_near(ends, radius_m, radius_m / steps_in_width), 0.0);
}

double outline_area_km2(const Polygons& outline) {
  double area_m2 = 0.0;
  for (const double area : measured(outline).area_m2) {
    if (is_defined(area)) area_m2 += area;
  }
  return area_m2 / m2_per_km2;
}

double share_within(std::span<const std::uint32_t> cost, std::uint32_t limit,
                    std::span<const double> people) {
  expects(cost.size() == people.size(), "share_within: people of every origin");
  double within = 0.0;
  double all = 0.0;
  for (std::size_t i = 0; i < cost.size(); ++i) {
    if (!is_defined(people[i])) continue;
    all += people[i];
    if (cost[i] != no_cost && cost[i] <= limit) within += people[i];
  }
  return all > 0.0 ? within / all : undefined;
}

}  // namespace quartier::geo
