#include "geo/validity.h"

#include <span>
#include <vector>

#include "geo/polygon_edit.h"
#include "geo/predicates.h"

namespace quartier::geo {
namespace {

/// True where the second of two edges, which begins where the first ends, runs back over it.
bool folds_back(const Edge& first, const Edge& second) {
  const double along = (first.b.x - first.a.x) * (second.b.x - second.a.x) +
                       (first.b.y - first.a.y) * (second.b.y - second.a.y);
  return along <= 0.0 && side_of(first.a, first.b, second.b) == 0;
}

/// Rings that nowhere touch: inside is decided by any one vertex.
bool holds(const Polygons& shapes, const std::vector<Box>& boxes, std::uint32_t base,
           std::uint32_t outer, std::uint32_t inner) {
  const Box& a = boxes[outer - base];
  const Box& b = boxes[inner - base];
  if (b.min_x < a.min_x || b.max_x > a.max_x || b.min_y < a.min_y || b.max_y > a.max_y) {
    return false;
  }
  return place_in_ring(shapes.ring(outer), shapes.ring(inner).front()) > 0;
}

/// True where every ring lies where it should, given that no two rings touch.
bool well_nested(const Polygons& shapes, std::size_t district) {
  const std::uint32_t first_part = shapes.district_start[district];
  const std::uint32_t last_part = shapes.district_start[district + 1];
  const std::uint32_t base = first_ring(shapes, district);
  std::vector<Box> boxes;
  for (std::uint32_t r = base; r < last_ring(shapes, district); ++r) {
    boxes.push_back(bounds_of(shapes.ring(r)));
  }
  for (std::uint32_t p = first_part; p < last_part; ++p) {
    const std::uint32_t outer = shapes.part_start[p];
    const std::uint32_t end = shapes.part_start[p + 1];
    for (std::uint32_t hole = outer + 1; hole < end; ++hole) {
      if (!holds(shapes, boxes, base, outer, hole)) return false;
      for (std::uint32_t other = outer + 1; other < end; ++other) {
        if (other != hole && holds(shapes, boxes, base, other, hole)) return false;
      }
    }
    for (std::uint32_t q = first_part; q < last_part; ++q) {
      // A part within the outline of another is at best an island in its lake; GEOS may judge.
      if (q != p && holds(shapes, boxes, base, shapes.part_start[q], outer)) return false;
    }
  }
  return true;
}

}  // namespace

bool surely_valid(const Polygons& rings, std::size_t district, EdgeTree& tree) {
  tree.clear();
  const std::uint32_t first = first_ring(rings, district);
  const std::uint32_t last = last_ring(rings, district);
  for (std::uint32_t r = first; r < last; ++r) tree.add_ring(rings, r);
  tree.build();

  const std::span<const Edge> edges = tree.edges();
  const bool doubtful = tree.any_own_pair([&](std::size_t i, std::size_t j) {
    const Edge& a = edges[i];
    const Edge& b = edges[j];
    if (a.ring == b.ring) {
      if (b.vertex == a.vertex + 1) return folds_back(a, b);
      if (a.vertex == rings.ring_start[a.ring] && b.vertex + 1 == rings.ring_start[a.ring + 1]) {
        return folds_back(b, a);
      }
    }
    return segments_meet(a.a, a.b, b.a, b.b);
  });
  if (doubtful) return false;
  return last - first == 1 || well_nested(rings, district);
}

}  // namespace quartier::geo
