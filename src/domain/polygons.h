#pragma once
/// The shapes of districts, as flat arrays: one allocation each, in district order.

#include <cstdint>
#include <span>
#include <vector>

namespace quartier {

/// A place. Past the door: metres of the study's projected CRS, x to the east, y to the north.
struct Point {
  double x = 0.0;
  double y = 0.0;
  bool operator==(const Point&) const = default;
};

struct Box {
  double min_x = 0.0, min_y = 0.0, max_x = -1.0, max_y = -1.0;  ///< empty until extended
  [[nodiscard]] bool empty() const { return max_x < min_x; }
  void extend(Point p) {
    if (empty()) {
      *this = {p.x, p.y, p.x, p.y};
      return;
    }
    if (p.x < min_x) min_x = p.x;
    if (p.y < min_y) min_y = p.y;
    if (p.x > max_x) max_x = p.x;
    if (p.y > max_y) max_y = p.y;
  }
};

/// Multipolygons, one per district. A district is a run of parts, a part a run of rings (the first
/// is its outer ring, counter-clockwise; the others are holes, clockwise), a ring a run of vertices
/// without the closing repetition of the first. A district without shape has no parts.
struct Polygons {
  std::vector<Point> vertices;
  std::vector<std::uint32_t> ring_start{0};      ///< [ring count + 1], into vertices
  std::vector<std::uint32_t> part_start{0};      ///< [part count + 1], into rings
  std::vector<std::uint32_t> district_start{0};  ///< [district count + 1], into parts

  [[nodiscard]] std::size_t district_count() const { return district_start.size() - 1; }
  [[nodiscard]] std::size_t part_count() const { return part_start.size() - 1; }
  [[nodiscard]] std::size_t ring_count() const { return ring_start.size() - 1; }
  [[nodiscard]] std::span<const Point> ring(std::size_t r) const {
    return std::span(vertices).subspan(ring_start[r], ring_start[r + 1] - ring_start[r]);
  }
  [[nodiscard]] bool has_shape(std::size_t district) const {
    return district_start[district + 1] > district_start[district];
  }

  /// Building, in this order: vertices, then close_ring for each ring, close_part, close_district.
  void close_ring() { ring_start.push_back(static_cast<std::uint32_t>(vertices.size())); }
  void close_part() { part_start.push_back(static_cast<std::uint32_t>(ring_count())); }
  void close_district() { district_start.push_back(static_cast<std::uint32_t>(part_count())); }
};

/// The box round all vertices.
inline Box bounds_of(std::span<const Point> points) {
  Box box;
  for (const Point p : points) box.extend(p);
  return box;
}

}  // namespace quartier
