#include "io/vector_geojson_shape.h"

namespace quartier::io {

void GeoJsonGeometry::begin() {
  type_.clear();
  positions_.clear();
  ends_.clear();
  depth_ = 0;
  position_depth_ = 0;
  numbers_in_position_ = 0;
  member_count_ = 0;
  damaged_ = false;
}

void GeoJsonGeometry::open_array() {
  ++depth_;
  numbers_in_position_ = 0;
}

void GeoJsonGeometry::add_number(double value) {
  if (position_depth_ == 0) position_depth_ = depth_;
  if (position_depth_ != depth_) damaged_ = true;
  if (numbers_in_position_ == 0) positions_.push_back({value, 0.0});
  if (numbers_in_position_ == 1) positions_.back().y = value;
  ++numbers_in_position_;
}

void GeoJsonGeometry::close_array() {
  if (numbers_in_position_ == 1) damaged_ = true;
  if (depth_ != position_depth_) ends_.push_back({depth_, positions_.size()});
  --depth_;
  numbers_in_position_ = 0;
}

ShapeKind GeoJsonGeometry::kind() const {
  if (type_ == "Polygon" || type_ == "MultiPolygon") return ShapeKind::polygons;
  if (type_ == "Point" || type_ == "MultiPoint") return ShapeKind::points;
  if (type_ == "LineString" || type_ == "MultiLineString") return ShapeKind::lines;
  return ShapeKind::mixed;
}

ShapeProblem GeoJsonGeometry::add_to(ShapeSink& shape) const {
  if (type_ == "GeometryCollection") {
    return member_count_ == 0 ? ShapeProblem::none : ShapeProblem::wrong_type;
  }
  if (damaged_ || kind() == ShapeKind::mixed) return ShapeProblem::damaged;
  if (kind() != shape.wanted()) return ShapeProblem::wrong_type;
  const bool several = type_.starts_with("Multi");
  ShapeProblem problem = ShapeProblem::none;
  switch (kind()) {
    case ShapeKind::points:
      problem = positions_at(several ? 2 : 1) ? add_points(shape) : ShapeProblem::damaged;
      break;
    case ShapeKind::lines:
      problem = add_lines(shape, several ? 2 : 1);
      break;
    default:
      problem = add_polygons(shape, several ? 2 : 1);
      break;
  }
  return problem != ShapeProblem::none ? problem : shape.result();
}

ShapeProblem GeoJsonGeometry::add_points(ShapeSink& shape) const {
  for (const Point point : positions_) {
    const ShapeProblem problem = shape.add_point(point);
    if (problem != ShapeProblem::none) return problem;
  }
  return ShapeProblem::none;
}

ShapeProblem GeoJsonGeometry::add_lines(ShapeSink& shape, std::size_t line_depth) const {
  if (!positions_at(line_depth + 1)) return ShapeProblem::damaged;
  const std::span<const Point> positions = positions_;
  std::size_t done = 0;
  for (const End& end : ends_) {
    if (end.depth != line_depth) continue;
    const ShapeProblem problem = shape.add_line(positions.subspan(done, end.position_count - done));
    if (problem != ShapeProblem::none) return problem;
    done = end.position_count;
  }
  return ShapeProblem::none;
}

ShapeProblem GeoJsonGeometry::add_polygons(ShapeSink& shape, std::size_t part_depth) const {
  if (!positions_at(part_depth + 2)) return ShapeProblem::damaged;
  const std::span<const Point> positions = positions_;
  std::size_t done = 0;
  for (const End& end : ends_) {
    if (end.depth == part_depth) shape.end_part();
    if (end.depth != part_depth + 1) continue;
    const ShapeProblem problem = shape.add_ring(positions.subspan(done, end.position_count - done));
    if (problem != ShapeProblem::none) return problem;
    done = end.position_count;
  }
  return ShapeProblem::none;
}

}  // namespace quartier::io
