#pragma once
/// Small tools on flat polygons: what belongs to a district, joining pieces, leaving shapes out.

#include <cstdint>
#include <span>
#include <vector>

#include "domain/polygons.h"

namespace quartier::geo {

/// Rings [first_ring, last_ring) are those of `district`.
inline std::uint32_t first_ring(const Polygons& shapes, std::size_t district) {
  return shapes.part_start[shapes.district_start[district]];
}
inline std::uint32_t last_ring(const Polygons& shapes, std::size_t district) {
  return shapes.part_start[shapes.district_start[district + 1]];
}

/// Position of the first vertex of `district`, and of the first one after it.
inline std::uint32_t first_vertex(const Polygons& shapes, std::size_t district) {
  return shapes.ring_start[first_ring(shapes, district)];
}
inline std::uint32_t last_vertex(const Polygons& shapes, std::size_t district) {
  return shapes.ring_start[last_ring(shapes, district)];
}
inline std::span<const Point> vertices_of(const Polygons& shapes, std::size_t district) {
  const std::uint32_t first = first_vertex(shapes, district);
  return std::span(shapes.vertices).subspan(first, last_vertex(shapes, district) - first);
}

/// The same districts, those marked in `dropped` [district count] without parts.
Polygons without(const Polygons& shapes, const std::vector<bool>& dropped);

/// The districts of all pieces, one after the other; empties the pieces.
/// @throws GeometryError where there are more vertices than positions can count (2^32 - 1)
Polygons joined(std::vector<Polygons>& pieces);

}  // namespace quartier::geo
