#include "geo/locate.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "geo/box_index.h"
#include "geo/polygon_edit.h"
#include "geo/predicates.h"

namespace quartier::geo {
namespace {

bool contains(const Polygons& shapes, std::size_t district, Point place) {
  for (std::uint32_t p = shapes.district_start[district]; p < shapes.district_start[district + 1];
       ++p) {
    const std::uint32_t outer = shapes.part_start[p];
    const int in_outer = place_in_ring(shapes.ring(outer), place);
    if (in_outer == 0) return true;
    if (in_outer < 0) continue;
    bool in_hole = false;
    for (std::uint32_t r = outer + 1; r < shapes.part_start[p + 1] && !in_hole; ++r) {
      const int in_ring = place_in_ring(shapes.ring(r), place);
      if (in_ring == 0) return true;
      in_hole = in_ring > 0;
    }
    if (!in_hole) return true;
  }
  return false;
}

}  // namespace

std::vector<DistrictIndex> located(std::span<const Point> points, const Polygons& shapes) {
  std::vector<DistrictIndex> districts(points.size(), no_index);
  if (points.empty()) return districts;
  const std::vector<Box> boxes = district_boxes(shapes);
  const BoxIndex index(boxes);
  for_chunks(points.size(), 256, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      const Point p = points[k];
      if (!std::isfinite(p.x) || !std::isfinite(p.y)) continue;
      index.for_near({p.x, p.y, p.x, p.y}, 0.0, [&](DistrictIndex i) {
        if (i < districts[k] && contains(shapes, i, p)) districts[k] = i;
      });
    }
  });
  return districts;
}

}  // namespace quartier::geo
