#include "geo/measure.h"

#include <cmath>
#include <span>

#include "base/number.h"
#include "base/parallel.h"

namespace quartier::geo {
namespace {

struct RingSums {
  double area_twice = 0.0;
  double moment_x = 0.0;  ///< six times the first moment about the reference point
  double moment_y = 0.0;
  double length = 0.0;
};

RingSums ring_sums(std::span<const Point> ring, Point reference) {
  RingSums sums;
  double x = ring.back().x - reference.x;
  double y = ring.back().y - reference.y;
  for (const Point p : ring) {
    const double next_x = p.x - reference.x;
    const double next_y = p.y - reference.y;
    const double cross = x * next_y - next_x * y;
    sums.area_twice += cross;
    sums.moment_x += (x + next_x) * cross;
    sums.moment_y += (y + next_y) * cross;
    const double dx = next_x - x;
    const double dy = next_y - y;
    sums.length += std::sqrt(dx * dx + dy * dy);
    x = next_x;
    y = next_y;
  }
  return sums;
}

}  // namespace

double signed_area(std::span<const Point> ring) {
  if (ring.size() < 3) return 0.0;
  return ring_sums(ring, ring.front()).area_twice / 2.0;
}

Measures measured(const Polygons& shapes) {
  const std::size_t n = shapes.district_count();
  Measures measures{std::vector<double>(n, undefined), std::vector<double>(n, undefined),
                    std::vector<Point>(n, Point{undefined, undefined})};
  for_chunks(n, 1024, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (!shapes.has_shape(i)) continue;
      const std::uint32_t first = shapes.part_start[shapes.district_start[i]];
      const std::uint32_t last = shapes.part_start[shapes.district_start[i + 1]];
      const Point reference = shapes.vertices[shapes.ring_start[first]];
      RingSums all;
      for (std::uint32_t r = first; r < last; ++r) {
        const RingSums sums = ring_sums(shapes.ring(r), reference);
        all.area_twice += sums.area_twice;
        all.moment_x += sums.moment_x;
        all.moment_y += sums.moment_y;
        all.length += sums.length;
      }
      measures.area_m2[i] = all.area_twice / 2.0;
      measures.perimeter_m[i] = all.length;
      if (all.area_twice != 0.0) {
        measures.centroids[i] = {reference.x + all.moment_x / (3.0 * all.area_twice),
                                 reference.y + all.moment_y / (3.0 * all.area_twice)};
      }
    }
  });
  return measures;
}

}  // namespace quartier::geo
