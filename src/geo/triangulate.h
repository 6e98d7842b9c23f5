#pragma once
/// Triangles for drawing: any polygon with holes, cut into triangles without new vertices.

#include <cstdint>
#include <span>
#include <vector>

#include "domain/mesh.h"
#include "domain/polygons.h"

namespace quartier::geo {

/// Cuts polygons into triangles by ear clipping (Meisters 1975), holes joined to the outer ring by
/// bridges (Eberly 2008), large rings searched along a Morton curve. One object serves many
/// polygons and keeps its memory between them; use one per thread.
class Triangulator {
 public:
  /// Triangles of one part: `rings` [first vertex of each ring, and the end] into `vertices`, the
  /// first ring outer; rings in any direction. Appends positions in `vertices`, three a triangle,
  /// counter-clockwise, each increased by `offset`.
  ///
  /// A valid polygon of v vertices and h holes gives v + 2h - 2 triangles less those without area,
  /// and their areas add up to its own. Rings that touch or cross themselves, repeated vertices and
  /// spikes are cut as well as can be: the work always ends.
  void add(std::span<const Point> vertices, std::span<const std::uint32_t> rings,
           std::uint32_t offset, std::vector<std::uint32_t>& triangles);

 private:
  struct Node {
    double x, y;
    std::uint32_t vertex;
    std::uint32_t previous, next;
    std::uint32_t order;  ///< position in `curve_`
    bool steiner;
  };
  std::vector<Node> nodes_;
};

/// All districts cut into triangles, in parallel, the same bits for any number of threads. Mesh
/// vertices are the vertices of `shapes` in their order, relative to the middle of their box.
Mesh triangulated(const Polygons& shapes);

}  // namespace quartier::geo
