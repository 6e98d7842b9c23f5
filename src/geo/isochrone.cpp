#include "geo/isochrone.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "domain/travel_costs.h"
#include "geo/geos.h"
#include "geo/measure.h"

namespace quartier::geo {
namespace {

constexpr double square_m = 125.0;
constexpr int chords_of_street = 4;
constexpr int chords_of_circle = 16;
constexpr double m2_per_km2 = 1e6;

[[noreturn]] void refuse(const GeosContext& context) {
  throw GeometryError("an isochrone cannot be drawn: " + context.message());
}

/// A line of a square, found by the square it lies in.
struct Placed {
  std::int64_t row = 0;
  std::int64_t column = 0;
  std::size_t line = 0;
  [[nodiscard]] bool same_square(const Placed& other) const {
    return row == other.row && column == other.column;
  }
};

/// Lines in order of squares, with the first line of each square and the end.
struct Squares {
  std::vector<Placed> lines;
  std::vector<std::size_t> start;
};

Squares squares_of(std::span<const Point> ends) {
  Squares squares;
  for (std::size_t k = 0; k < ends.size() / 2; ++k) {
    const Point a = ends[2 * k];
    const Point b = ends[2 * k + 1];
    expects(std::isfinite(a.x + a.y + b.x + b.y), "isochrone_outline: finite ends");
    squares.lines.push_back({static_cast<std::int64_t>(std::floor((a.y + b.y) / 2.0 / square_m)),
                             static_cast<std::int64_t>(std::floor((a.x + b.x) / 2.0 / square_m)),
                             k});
  }
  std::sort(squares.lines.begin(), squares.lines.end(), [](const Placed& a, const Placed& b) {
    if (a.row != b.row) return a.row < b.row;
    return a.column != b.column ? a.column < b.column : a.line < b.line;
  });
  for (std::size_t k = 0; k < squares.lines.size(); ++k) {
    if (k == 0 || !squares.lines[k].same_square(squares.lines[k - 1])) squares.start.push_back(k);
  }
  squares.start.push_back(squares.lines.size());
  return squares;
}

GEOSGeometry* line_to_geos(const GeosContext& context, Point a, Point b) {
  const double xy[] = {a.x, a.y, b.x, b.y};
  const unsigned count = a == b ? 1 : 2;
  GEOSCoordSequence* sequence = GEOSCoordSeq_copyFromBuffer_r(context.get(), xy, count, 0, 0);
  if (sequence == nullptr) refuse(context);
  return count == 1 ? GEOSGeom_createPoint_r(context.get(), sequence)
                    : GEOSGeom_createLineString_r(context.get(), sequence);
}

GeosGeometry collected(const GeosContext& context, int type, std::vector<GEOSGeometry*>& members) {
  if (std::find(members.begin(), members.end(), nullptr) != members.end()) {
    for (GEOSGeometry* member : members) {
      if (member != nullptr) GEOSGeom_destroy_r(context.get(), member);
    }
    refuse(context);
  }
  GeosGeometry all =
      owned(context, GEOSGeom_createCollection_r(context.get(), type, members.data(),
                                                 static_cast<unsigned>(members.size())));
  if (!all) refuse(context);
  return all;
}

Polygons widened(const GeosContext& context, const GEOSGeometry* lines, double width, int chords) {
  const GeosGeometry area = owned(context, GEOSBuffer_r(context.get(), lines, width, chords));
  Polygons shape;
  if (!area || !append_from_geos(context, area.get(), shape)) refuse(context);
  return shape;
}

/// Shapes joined to one, in their order.
Polygons joined(const std::vector<Polygons>& shapes) {
  const GeosContext context;
  std::vector<GEOSGeometry*> members;
  for (const Polygons& shape : shapes) {
    // A multipolygon may not hold another: its parts are handed over one by one.
    for (std::size_t p = 0; p < shape.part_count(); ++p) {
      Polygons part;
      for (std::size_t r = shape.part_start[p]; r < shape.part_start[p + 1]; ++r) {
        const std::span<const Point> ring = shape.ring(r);
        part.vertices.insert(part.vertices.end(), ring.begin(), ring.end());
        part.close_ring();
      }
      part.close_part();
      part.close_district();
      members.push_back(to_geos(context, part, 0).release());
    }
  }
  const GeosGeometry all = collected(context, GEOS_GEOMETRYCOLLECTION, members);
  const GeosGeometry area = owned(context, GEOSUnaryUnion_r(context.get(), all.get()));
  Polygons shape;
  if (!area || !append_from_geos(context, area.get(), shape)) refuse(context);
  return shape;
}

Polygons without_small_holes(const Polygons& shape, double below_m2) {
  Polygons kept;
  for (std::size_t p = 0; p < shape.part_count(); ++p) {
    for (std::size_t r = shape.part_start[p]; r < shape.part_start[p + 1]; ++r) {
      const std::span<const Point> ring = shape.ring(r);
      const bool is_hole = r > shape.part_start[p];
      if (is_hole && std::abs(signed_area(ring)) < below_m2) continue;
      kept.vertices.insert(kept.vertices.end(), ring.begin(), ring.end());
      kept.close_ring();
    }
    kept.close_part();
  }
  kept.close_district();
  return kept;
}

}  // namespace

Polygons isochrone_outline(std::span<const Point> ends, const OutlineOptions& options) {
  expects(ends.size() % 2 == 0, "isochrone_outline: two ends of each line");
  expects(options.width_m > 0.0 && std::isfinite(options.width_m) && options.fill_below_m2 >= 0.0,
          "isochrone_outline: a width, and an area");
  const Squares squares = squares_of(ends);
  std::vector<Polygons> shapes(squares.start.size() - 1);
  for_chunks(shapes.size(), 1, [&](std::size_t square, std::size_t, std::size_t) {
    const GeosContext context;
    std::vector<GEOSGeometry*> lines;
    for (std::size_t k = squares.start[square]; k < squares.start[square + 1]; ++k) {
      const std::size_t line = squares.lines[k].line;
      lines.push_back(line_to_geos(context, ends[2 * line], ends[2 * line + 1]));
    }
    const GeosGeometry all = collected(context, GEOS_GEOMETRYCOLLECTION, lines);
    shapes[square] = widened(context, all.get(), options.width_m, chords_of_street);
  });
  return without_small_holes(joined(shapes), options.fill_below_m2);
}

Polygons circles_outline(std::span<const Point> centres, double radius_m) {
  expects(radius_m >= 0.0 && std::isfinite(radius_m), "circles_outline: a radius");
  const GeosContext context;
  std::vector<Polygons> circles;
  for (const Point centre : centres) {
    if (radius_m == 0.0 || !std::isfinite(centre.x + centre.y)) continue;
    const GeosGeometry point = owned(context, line_to_geos(context, centre, centre));
    circles.push_back(widened(context, point.get(), radius_m, chords_of_circle));
  }
  return joined(circles);
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
