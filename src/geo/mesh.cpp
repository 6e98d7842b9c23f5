#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/parallel.h"
#include "geo/polygon_edit.h"
#include "geo/triangulate.h"

namespace quartier::geo {
namespace {

constexpr std::size_t districts_a_chunk = 256;
constexpr std::size_t vertices_a_chunk = 65'536;

}  // namespace

Point mesh_centre(const Polygons& shapes) {
  const Box box = bounds_of(shapes.vertices);
  if (box.empty()) return {};
  return {(box.min_x + box.max_x) / 2.0, (box.min_y + box.max_y) / 2.0};
}

Mesh triangulated(const Polygons& shapes) {
  const std::size_t n = shapes.district_count();
  Mesh mesh;
  mesh.centre = mesh_centre(shapes);
  mesh.xy.resize(2 * shapes.vertices.size());
  for_chunks(shapes.vertices.size(), vertices_a_chunk,
             [&](std::size_t, std::size_t begin, std::size_t end) {
               for (std::size_t v = begin; v < end; ++v) {
                 mesh.xy[2 * v] = static_cast<float>(shapes.vertices[v].x - mesh.centre.x);
                 mesh.xy[2 * v + 1] = static_cast<float>(shapes.vertices[v].y - mesh.centre.y);
               }
             });

  std::vector<std::vector<std::uint32_t>> pieces((n + districts_a_chunk - 1) / districts_a_chunk);
  mesh.district_start.assign(n + 1, 0);
  for_chunks(n, districts_a_chunk, [&](std::size_t chunk, std::size_t begin, std::size_t end) {
    Triangulator triangulator;
    std::vector<std::uint32_t>& triangles = pieces[chunk];
    triangles.reserve(3 * std::size_t{last_vertex(shapes, end - 1) - first_vertex(shapes, begin)});
    for (std::size_t i = begin; i < end; ++i) {
      for (std::uint32_t p = shapes.district_start[i]; p < shapes.district_start[i + 1]; ++p) {
        const std::uint32_t first = shapes.part_start[p];
        const std::uint32_t rings = shapes.part_start[p + 1] - first;
        triangulator.add(shapes.vertices, std::span(shapes.ring_start).subspan(first, rings + 1),
                         triangles);
      }
      // Counted within the chunk first.
      mesh.district_start[i + 1] = static_cast<std::uint32_t>(triangles.size() / 3);
    }
  });

  std::vector<std::size_t> offset(pieces.size() + 1, 0);
  for (std::size_t k = 0; k < pieces.size(); ++k) offset[k + 1] = offset[k] + pieces[k].size();
  if (offset.back() / 3 > std::numeric_limits<std::uint32_t>::max()) {
    throw GeometryError("more than 4,294,967,295 triangles cannot be drawn", "simplify the shapes");
  }
  mesh.triangles.resize(offset.back());
  for_chunks(pieces.size(), 1, [&](std::size_t k, std::size_t, std::size_t) {
    std::copy(pieces[k].begin(), pieces[k].end(),
              mesh.triangles.begin() + static_cast<std::ptrdiff_t>(offset[k]));
    const std::size_t end = std::min(n, (k + 1) * districts_a_chunk);
    for (std::size_t i = k * districts_a_chunk; i < end; ++i) {
      mesh.district_start[i + 1] += static_cast<std::uint32_t>(offset[k] / 3);
    }
    pieces[k] = {};
  });
  return mesh;
}

}  // namespace quartier::geo
