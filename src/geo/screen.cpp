#include "geo/screen.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "geo/box_index.h"
#include "geo/crs.h"
#include "geo/polygon_edit.h"
#include "geo/tally.h"

namespace quartier::geo {
namespace {

constexpr std::size_t points_a_chunk = 16'384;

bool is_finite(Point p) { return std::isfinite(p.x) && std::isfinite(p.y); }

bool on_globe(Point p) { return std::abs(p.x) <= 180.0 && std::abs(p.y) <= 90.0; }

bool inside(const Box& box, Point p) {
  return p.x >= box.min_x && p.x <= box.max_x && p.y >= box.min_y && p.y <= box.max_y;
}

/// `box` with `margin` all round.
Box widened(const Box& box, double margin) {
  return {box.min_x - margin, box.min_y - margin, box.max_x + margin, box.max_y + margin};
}

std::string coordinates_text(Point p) {
  return "(" + exact_text(p.x) + ", " + exact_text(p.y) + ")";
}

/// The box round the points that are finite; by chunks, so that it is quick for millions.
Box finite_bounds(std::span<const Point> points) {
  std::vector<Box> boxes((points.size() + points_a_chunk - 1) / points_a_chunk);
  for_chunks(points.size(), points_a_chunk,
             [&](std::size_t chunk, std::size_t begin, std::size_t end) {
               for (std::size_t i = begin; i < end; ++i) {
                 if (is_finite(points[i])) boxes[chunk].extend(points[i]);
               }
             });
  Box all;
  for (const Box& box : boxes) {
    if (box.empty()) continue;
    all.extend({box.min_x, box.min_y});
    all.extend({box.max_x, box.max_y});
  }
  return all;
}

/// Where coordinates of a reference system can be.
struct Bounds {
  Box limits;         ///< beyond them a coordinate is refused
  Box usual;          ///< beyond them it is told; empty: nothing is
  bool away = false;  ///< the whole layer lies outside the area of the system: told once
};

Bounds bounds_for(const CrsProperties& crs, const Box& extent) {
  if (crs.bounds.empty()) return {{-1e9, -1e9, 1e9, 1e9}, {}, false};
  // Beyond a quarter of a meridian past its bounds no projection draws a map of anything.
  const double units = crs.geographic ? 1.0 : 1.0 / crs.metres_per_unit;
  Bounds bounds;
  bounds.limits = widened(crs.bounds, 1e7 * units);
  bounds.away = !extent.empty() && !boxes_near(extent, crs.bounds, 0.0);
  if (!bounds.away) {
    bounds.usual = widened(crs.bounds, std::max(crs.bounds.max_x - crs.bounds.min_x,
                                                crs.bounds.max_y - crs.bounds.min_y));
  }
  return bounds;
}

/// What is wrong with the coordinates of one feature, the worst first.
enum class Fault : std::uint8_t { none, not_finite, off_globe, beyond_bounds, antimeridian, stray };

struct Screening {
  Fault fault = Fault::none;
  Point where;  ///< the first coordinate at fault
};

Screening screening_of(const Polygons& rings, std::size_t feature, bool geographic,
                       const Bounds& bounds) {
  Screening worst;
  const auto note = [&](Fault fault, Point where) {
    if (worst.fault == Fault::none || fault < worst.fault) worst = {fault, where};
  };
  for (std::uint32_t r = first_ring(rings, feature); r < last_ring(rings, feature); ++r) {
    double least_x = std::numeric_limits<double>::infinity();
    double greatest_x = -least_x;
    for (const Point p : rings.ring(r)) {
      if (!is_finite(p)) {
        note(Fault::not_finite, p);
      } else if (geographic && !on_globe(p)) {
        note(Fault::off_globe, p);
      } else if (!geographic && !inside(bounds.limits, p)) {
        note(Fault::beyond_bounds, p);
      } else if (!bounds.usual.empty() && !inside(bounds.usual, p)) {
        note(Fault::stray, p);
      }
      least_x = std::min(least_x, p.x);
      greatest_x = std::max(greatest_x, p.x);
    }
    if (geographic && greatest_x - least_x > 180.0) {
      note(Fault::antimeridian, rings.ring(r).front());
    }
  }
  return worst;
}
/// @throws CrsError where most features are no degrees at all
void refuse_projected_degrees(const RawShapes& raw, const std::vector<Screening>& screenings,
                              const Origin& origin) {
  std::size_t with_shape = 0;
  std::size_t off_globe = 0;
  const Screening* example = nullptr;
  for (std::size_t i = 0; i < screenings.size(); ++i) {
    if (raw.rings.has_shape(i)) ++with_shape;
    if (screenings[i].fault != Fault::off_globe) continue;
    if (example == nullptr) example = &screenings[i];
    ++off_globe;
  }
  if (example == nullptr || 2 * off_globe <= with_shape) return;
  throw CrsError(origin.file + (origin.layer.empty() ? "" : ", layer " + origin.layer) +
                     ": coordinates such as " + coordinates_text(example->where) +
                     " are no longitudes and latitudes, though the layer's reference system is " +
                     raw.crs.name,
                 "these look like projected coordinates: name their reference system, for "
                 "example crs = \"EPSG:25831\"");
}

void tell(Tally& tally, std::size_t feature, const Screening& screening, const std::string& crs) {
  const std::string where = " at " + coordinates_text(screening.where);
  switch (screening.fault) {
    case Fault::none:
      return;
    case Fault::not_finite:
      return tally.add("non_finite_coordinate", Severity::rejected, feature,
                       "a coordinate is not a finite number", "correct the shape in its source");
    case Fault::off_globe:
      return tally.add("outside_crs_bounds", Severity::rejected, feature,
                       "a coordinate is no longitude and latitude",
                       "correct the shape in its source", where);
    case Fault::beyond_bounds:
      return tally.add("outside_crs_bounds", Severity::rejected, feature,
                       "a coordinate is far outside the bounds of " + crs,
                       "name the reference system the coordinates are in", where);
    case Fault::antimeridian:
      return tally.add(
          "antimeridian", Severity::warning, feature,
          "a ring spans more than 180 degrees of longitude: it crosses the antimeridian and is "
          "neither drawn nor measured",
          "split the shape at 180 degrees, or bring it in a projected reference system");
    case Fault::stray:
      return tally.add("outside_crs_area", Severity::warning, feature,
                       "the shape lies far from the area " + crs + " is made for",
                       "check the shape in its source", where);
  }
}

}  // namespace

Loaded<KeptShapes> screened(RawShapes raw, const Origin& origin) {
  const CrsProperties crs = crs_properties(raw.crs);
  const std::size_t n = raw.rings.district_count();
  const Box extent = finite_bounds(raw.rings.vertices);
  const Bounds bounds = bounds_for(crs, extent);
  std::vector<Screening> screenings(n);
  for_chunks(n, 512, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      screenings[i] = screening_of(raw.rings, i, crs.geographic, bounds);
    }
  });
  refuse_projected_degrees(raw, screenings, origin);

  Tally tally(origin);
  KeptShapes kept;
  bool any_dropped = false;
  std::vector<bool> dropped(n, false);
  for (std::size_t i = 0; i < n; ++i) {
    if (!raw.rings.has_shape(i)) {
      tally.add("no_shape", Severity::warning, i,
                "without geometry: left out of maps and spatial measures, counted in all others",
                "add the shape in the source");
    }
    const Fault fault = screenings[i].fault;
    tell(tally, i, screenings[i], raw.crs.name);
    if (fault == Fault::none || fault == Fault::stray) continue;
    any_dropped = true;
    dropped[i] = true;
    if (fault != Fault::antimeridian) kept.rejected.push_back(static_cast<DistrictIndex>(i));
  }
  kept.shapes = any_dropped ? without(raw.rings, dropped) : std::move(raw.rings);

  std::vector<Finding> findings = tally.take();
  if (bounds.away) {
    Finding finding{
        "outside_crs_area", Severity::warning, origin.file, origin.layer, {}, 1, "", ""};
    finding.message = "the whole layer lies outside the area " + raw.crs.name + " (" + crs.label +
                      ") is made for; it begins at " +
                      coordinates_text({extent.min_x, extent.min_y});
    finding.way_out = "check the reference system of the layer";
    findings.push_back(std::move(finding));
  }
  return {std::move(kept), std::move(findings)};
}

}  // namespace quartier::geo
