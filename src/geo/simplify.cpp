#include "geo/simplify.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/parallel.h"
#include "geo/polygon_edit.h"
#include "geo/triangulate.h"

namespace quartier::geo {
namespace {

constexpr std::size_t districts_a_chunk = 256;

/// The part of a mesh made from one chunk of districts; positions count from its own first vertex.
struct Piece {
  std::vector<Point> vertices;
  std::vector<std::uint32_t> triangles;
};

/// Appends `ring` snapped, without repeats and spikes, and its end to `starts`; nothing where fewer
/// than three vertices are left.
bool append_snapped(std::span<const Point> ring, Point centre, double grid,
                    std::vector<Point>& vertices, std::vector<std::uint32_t>& starts) {
  const std::size_t first = vertices.size();
  const auto size = [&] { return vertices.size() - first; };
  const auto drop_spike = [&] {
    while (size() >= 3 && vertices[vertices.size() - 3] == vertices.back()) {
      vertices.resize(vertices.size() - 2);
    }
  };
  for (const Point p : ring) {
    const Point snapped{std::round((p.x - centre.x) / grid) * grid,
                        std::round((p.y - centre.y) / grid) * grid};
    if (size() > 0 && vertices.back() == snapped) continue;
    vertices.push_back(snapped);
    drop_spike();
  }
  // The same over the end of the ring.
  std::size_t begin = first;
  while (vertices.size() > begin + 1) {
    if (vertices.back() == vertices[begin]) {
      vertices.pop_back();
    } else if (vertices.size() > begin + 2 && vertices.back() == vertices[begin + 1]) {
      ++begin;
      vertices.pop_back();
    } else if (vertices.size() > begin + 2 && vertices[vertices.size() - 2] == vertices[begin]) {
      vertices.resize(vertices.size() - 2);
    } else {
      break;
    }
  }
  vertices.erase(vertices.begin() + static_cast<std::ptrdiff_t>(first),
                 vertices.begin() + static_cast<std::ptrdiff_t>(begin));
  if (size() < 3) {
    vertices.resize(first);
    return false;
  }
  starts.push_back(static_cast<std::uint32_t>(vertices.size()));
  return true;
}

}  // namespace

Mesh snapped_mesh(const Polygons& shapes, Metres grid) {
  expects(grid.value > 0.0 && std::isfinite(grid.value), "snapped_mesh: a grid greater than 0");
  const std::size_t n = shapes.district_count();
  Mesh mesh;
  mesh.grid_m = grid.value;
  mesh.centre = mesh_centre(shapes);
  mesh.district_start.assign(n + 1, 0);
  std::vector<Piece> pieces((n + districts_a_chunk - 1) / districts_a_chunk);
  for_chunks(n, districts_a_chunk, [&](std::size_t chunk, std::size_t begin, std::size_t end) {
    Triangulator triangulator;
    Piece& piece = pieces[chunk];
    std::vector<std::uint32_t> starts;
    for (std::size_t i = begin; i < end; ++i) {
      for (std::uint32_t p = shapes.district_start[i]; p < shapes.district_start[i + 1]; ++p) {
        starts.assign(1, static_cast<std::uint32_t>(piece.vertices.size()));
        const std::uint32_t outer = shapes.part_start[p];
        for (std::uint32_t r = outer; r < shapes.part_start[p + 1]; ++r) {
          const bool kept =
              append_snapped(shapes.ring(r), mesh.centre, grid.value, piece.vertices, starts);
          if (!kept && r == outer) break;
        }
        if (starts.size() > 1) triangulator.add(piece.vertices, starts, piece.triangles);
      }
      mesh.district_start[i + 1] = static_cast<std::uint32_t>(piece.triangles.size() / 3);
    }
  });

  std::vector<std::size_t> vertex_at(pieces.size() + 1, 0);
  std::vector<std::size_t> triangle_at(pieces.size() + 1, 0);
  for (std::size_t k = 0; k < pieces.size(); ++k) {
    vertex_at[k + 1] = vertex_at[k] + pieces[k].vertices.size();
    triangle_at[k + 1] = triangle_at[k] + pieces[k].triangles.size();
  }
  mesh.xy.resize(2 * vertex_at.back());
  mesh.triangles.resize(triangle_at.back());
  for_chunks(pieces.size(), 1, [&](std::size_t k, std::size_t, std::size_t) {
    for (std::size_t v = 0; v < pieces[k].vertices.size(); ++v) {
      mesh.xy[2 * (vertex_at[k] + v)] = static_cast<float>(pieces[k].vertices[v].x);
      mesh.xy[2 * (vertex_at[k] + v) + 1] = static_cast<float>(pieces[k].vertices[v].y);
    }
    for (std::size_t t = 0; t < pieces[k].triangles.size(); ++t) {
      mesh.triangles[triangle_at[k] + t] =
          pieces[k].triangles[t] + static_cast<std::uint32_t>(vertex_at[k]);
    }
    const std::size_t end = std::min(n, (k + 1) * districts_a_chunk);
    for (std::size_t i = k * districts_a_chunk; i < end; ++i) {
      mesh.district_start[i + 1] += static_cast<std::uint32_t>(triangle_at[k] / 3);
    }
    pieces[k] = {};
  });
  return mesh;
}

}  // namespace quartier::geo
