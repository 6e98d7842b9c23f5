#pragma once
/// The geometry of one GeoJSON feature, gathered number by number. Private to io.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "io/vector_shape.h"

namespace quartier::io {

/// Positions as they come, and after which of them an array of which depth ends. The type may
/// follow the coordinates, so they are sorted out at the end.
class GeoJsonGeometry {
 public:
  void begin();
  void set_type(const std::string& type) { type_ = type; }
  void open_array();
  void close_array();
  void add_number(double value);
  void add_member() { ++member_count_; }  ///< of a GeometryCollection
  void set_damaged() { damaged_ = true; }

  /// What the type says; mixed for types that are no points, lines or polygons.
  [[nodiscard]] ShapeKind kind() const;
  /// Hands it to `shape` as the geometry that the type says.
  ShapeProblem add_to(ShapeSink& shape) const;

 private:
  struct End {
    std::size_t depth;
    std::size_t position_count;
  };
  [[nodiscard]] bool positions_at(std::size_t depth) const {
    return positions_.empty() || position_depth_ == depth;
  }
  ShapeProblem add_points(ShapeSink& shape) const;
  ShapeProblem add_lines(ShapeSink& shape, std::size_t line_depth) const;
  ShapeProblem add_polygons(ShapeSink& shape, std::size_t part_depth) const;

  std::string type_;
  std::vector<Point> positions_;
  std::vector<End> ends_;
  std::size_t depth_ = 0;
  std::size_t position_depth_ = 0;  ///< of the arrays that hold numbers; 0: none yet
  std::size_t numbers_in_position_ = 0;
  std::size_t member_count_ = 0;
  bool damaged_ = false;
};

}  // namespace quartier::io
