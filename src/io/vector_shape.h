#pragma once
/// The geometry of features gathered into flat arrays, with a way back where a feature turns out to
/// be unusable. Private to io.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "domain/polygons.h"
#include "io/vector_reader.h"

namespace quartier::io {

/// Why the geometry of a feature cannot be used.
enum class ShapeProblem : std::uint8_t { none, not_finite, degenerate, damaged, wrong_type };

/// The arrays of one layer under construction.
class ShapeSink {
 public:
  /// @param wanted  polygons, points or lines
  explicit ShapeSink(ShapeKind wanted) : wanted_(wanted) {}

  /// Room for about this many vertices; pages that stay empty cost no memory.
  void reserve(std::uint64_t vertex_count);

  void begin();  ///< a feature starts, nothing of it is there yet
  void keep();   ///< it ends, with what was added (or without geometry)
  void drop();   ///< it ends, what was added is taken back
  void remove(const std::vector<bool>& unwanted);  ///< [n] takes kept features out

  /// Adds a geometry in well-known binary (OGC 06-103r4, either byte order, Z and M left out).
  ShapeProblem add_wkb(std::span<const std::byte> wkb);

  /// Adds a ring of the current part; the first of a part is its outer ring. Degenerate rings
  /// (fewer than three different vertices) are left out, and with an outer ring its whole part.
  ShapeProblem add_ring(std::span<const Point> vertices);
  void end_part();
  ShapeProblem add_line(std::span<const Point> vertices);
  ShapeProblem add_point(Point point);
  /// The verdict on what was added since begin: degenerate where nothing is left of it.
  [[nodiscard]] ShapeProblem result() const;

  [[nodiscard]] ShapeKind wanted() const { return wanted_; }
  [[nodiscard]] bool has_shape() const;
  [[nodiscard]] bool ring_left_open() const { return ring_left_open_; }
  [[nodiscard]] std::size_t degenerate_rings() const { return degenerate_rings_; }
  [[nodiscard]] std::size_t points_of_feature() const { return points_of_feature_; }

  Polygons polygons;
  std::vector<Point> places;
  std::vector<Point> vertices;
  std::vector<std::uint32_t> line_start{0};
  std::vector<std::uint32_t> feature_start{0};

 private:
  ShapeKind wanted_;
  bool part_has_shell_ = false;
  bool part_left_out_ = false;
  bool ring_left_open_ = false;
  std::size_t degenerate_rings_ = 0;
  std::size_t points_of_feature_ = 0;
  Point place_;
  std::vector<Point> scratch_;
};

}  // namespace quartier::io
