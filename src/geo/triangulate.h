#pragma once
/// Triangles for drawing: any polygon with holes, cut into triangles without new vertices.

#include <cstdint>
#include <span>
#include <vector>

#include "domain/mesh.h"
#include "domain/polygons.h"

namespace quartier::geo {

/// Cuts polygons into triangles by ear clipping (Meisters 1975), holes joined to the outer ring by
/// bridges (Eberly 2008); the reflex vertices, which alone can lie in an ear (ElGindy, Everett &
/// Toussaint 1993), are kept in a grid. One object serves many polygons and keeps its memory
/// between them; use one per thread. Sides are decided exactly (`predicates.h`).
class Triangulator {
 public:
  /// Triangles of one part: `rings` [ring count + 1], the first vertex of each ring and the end,
  /// into `vertices`; the first ring is the outer one; rings in any direction. Appends positions in
  /// `vertices`, three a triangle, counter-clockwise.
  ///
  /// A valid polygon of v vertices and h holes gives v + 2h - 2 triangles less those without area,
  /// and their areas add up to its own. Rings that touch or cross themselves, repeated vertices and
  /// spikes are cut as well as can be: the work always ends, after at most v + 2h clips. A hole
  /// outside the outer ring is left out.
  void add(std::span<const Point> vertices, std::span<const std::uint32_t> rings,
           std::vector<std::uint32_t>& triangles);

 private:
  /// How readily a corner is cut off. Each round of the ring that finds no ear lowers the care.
  enum class Care : std::uint8_t {
    wary,      ///< no vertex may come near the ear
    exact,     ///< none may lie in it or on its boundary
    touching,  ///< none may lie inside
    none,      ///< the ring crosses itself: any convex corner
  };
  enum class Corner : std::uint8_t { convex, reflex, flat };
  struct Node {
    Point at;
    std::uint32_t vertex;  ///< position in the caller's vertices
    std::uint32_t previous, next;
    std::uint32_t slot;  ///< place among the reflex vertices
    Corner corner;
  };
  std::vector<Node> nodes_;

  /// Reflex vertices by cell of a grid; the live ones of a cell stand first.
  std::vector<double> reflex_x_, reflex_y_;
  std::vector<std::uint32_t> reflex_node_, cell_start_, cell_live_;
  std::uint32_t columns_ = 1, rows_ = 1;
  std::size_t live_ = 0, built_ = 0;
  Point grid_origin_;
  double cells_per_metre_ = 0.0;
  double margin_ = 0.0;  ///< what is near, as twice an area

  /// A ring, and the chain it was joined to (its own number: to none).
  struct Chain {
    std::uint32_t first;
    std::uint32_t joined_to;
  };
  std::vector<Chain> chains_;
  std::vector<std::uint32_t> holes_, by_place_;

  std::uint32_t add_ring(std::span<const Point> ring, std::uint32_t first, bool counter_clockwise);
  void join_touching();
  [[nodiscard]] std::uint32_t chain_of(std::uint32_t node) const;
  void join_holes(std::uint32_t outer);
  [[nodiscard]] std::uint32_t bridge_end(std::uint32_t outer, std::uint32_t rightmost) const;
  [[nodiscard]] std::uint32_t seeing_copy(std::uint32_t outer, std::uint32_t node,
                                          Point place) const;
  [[nodiscard]] bool sees(const Node& node, Point place) const;
  [[nodiscard]] int turn(const Node& node) const;
  void build_grid(std::uint32_t start);
  [[nodiscard]] std::uint32_t column_of(double x) const;
  [[nodiscard]] std::uint32_t row_of(double y) const;
  void update(std::uint32_t node);
  void unlink(std::uint32_t node);
  [[nodiscard]] bool is_ear(std::uint32_t node, Care care) const;
  [[nodiscard]] bool blocks(const Node& reflex, Point a, Point b, Point c, Care care) const;
  void clip(std::uint32_t start, std::size_t remaining, std::vector<std::uint32_t>& triangles);
};

/// All districts cut into triangles, in parallel, the same bits for any number of threads. Mesh
/// vertices are the vertices of `shapes` in their order, relative to the middle of their box.
Mesh triangulated(const Polygons& shapes);

/// The middle of the box round all shapes: the centre of every mesh made from them.
Point mesh_centre(const Polygons& shapes);

}  // namespace quartier::geo
