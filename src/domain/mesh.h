#pragma once
/// The triangles of districts, ready to draw: made by `geo`, drawn by `render`.

#include <cstdint>
#include <vector>

#include "domain/polygons.h"

namespace quartier {

/// Triangles grouped by district. Vertices are 32-bit metres from `centre`; the subtraction is done
/// in double, so a street corner keeps its millimetres anywhere on Earth.
struct Mesh {
  Point centre;                          ///< place of (0, 0), in the study's projected CRS
  double grid_m = 0.0;                   ///< vertices are snapped to this grid; 0: full detail
  std::vector<float> xy;                 ///< [2 * vertex count] metres east, north of centre
  std::vector<std::uint32_t> triangles;  ///< [3 * triangle count] positions of vertices
  std::vector<std::uint32_t> district_start{0};  ///< [district count + 1], counted in triangles

  [[nodiscard]] std::size_t vertex_count() const { return xy.size() / 2; }
  [[nodiscard]] std::size_t triangle_count() const { return triangles.size() / 3; }
  [[nodiscard]] std::size_t district_count() const { return district_start.size() - 1; }
};

}  // namespace quartier
