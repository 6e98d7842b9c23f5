#include "io/vector_shape.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/number.h"

namespace quartier::io {
namespace {

constexpr std::uint64_t reserve_limit = 64'000'000;

bool all_finite(std::span<const Point> points) {
  // x - x is 0 for finite x and NaN otherwise; the sum keeps any NaN.
  double sum = 0.0;
  for (const Point p : points) sum += (p.x - p.x) + (p.y - p.y);
  return sum == 0.0;
}

bool has_three_different(std::span<const Point> points) {
  std::size_t second = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (points[i] == points[0]) continue;
    if (second == 0) {
      second = i;
    } else if (points[i] != points[second]) {
      return true;
    }
  }
  return false;
}

void expect_room(std::size_t vertex_count) {
  if (vertex_count > std::numeric_limits<std::uint32_t>::max() - 1U) {
    throw InputError(std::string("a layer of more than 4 billion vertices"), "split the layer");
  }
}

}  // namespace

void ShapeSink::reserve(std::uint64_t vertex_count) {
  const auto count = static_cast<std::size_t>(std::min(vertex_count, reserve_limit));
  if (wanted_ == ShapeKind::polygons) polygons.vertices.reserve(count);
  if (wanted_ == ShapeKind::lines) vertices.reserve(count);
}

void ShapeSink::begin() {
  part_has_shell_ = false;
  part_left_out_ = false;
  ring_left_open_ = false;
  degenerate_rings_ = 0;
  points_of_feature_ = 0;
  place_ = {undefined, undefined};
}

void ShapeSink::keep() {
  if (wanted_ == ShapeKind::polygons) polygons.close_district();
  if (wanted_ == ShapeKind::points) places.push_back(place_);
  if (wanted_ == ShapeKind::lines) {
    feature_start.push_back(static_cast<std::uint32_t>(line_start.size() - 1));
  }
}

void ShapeSink::drop() {
  if (wanted_ == ShapeKind::polygons) {
    polygons.part_start.resize(polygons.district_start.back() + std::size_t{1});
    polygons.ring_start.resize(polygons.part_start.back() + std::size_t{1});
    polygons.vertices.resize(polygons.ring_start.back());
  }
  if (wanted_ == ShapeKind::lines) {
    line_start.resize(feature_start.back() + std::size_t{1});
    vertices.resize(line_start.back());
  }
}

bool ShapeSink::has_shape() const {
  if (wanted_ == ShapeKind::polygons) return polygons.part_count() > polygons.district_start.back();
  if (wanted_ == ShapeKind::lines) return line_start.size() - 1 > feature_start.back();
  return points_of_feature_ > 0;
}

ShapeProblem ShapeSink::result() const {
  return degenerate_rings_ > 0 && !has_shape() ? ShapeProblem::degenerate : ShapeProblem::none;
}

ShapeProblem ShapeSink::add_ring(std::span<const Point> ring) {
  if (wanted_ != ShapeKind::polygons) return ShapeProblem::wrong_type;
  if (part_left_out_ || ring.empty()) return ShapeProblem::none;
  if (!all_finite(ring)) return ShapeProblem::not_finite;
  if (ring.size() > 1 && ring.front() == ring.back()) {
    ring = ring.first(ring.size() - 1);
  } else {
    ring_left_open_ = true;
  }
  if (!has_three_different(ring)) {
    ++degenerate_rings_;
    part_left_out_ = !part_has_shell_;
    return ShapeProblem::none;
  }
  expect_room(polygons.vertices.size() + ring.size());
  polygons.vertices.insert(polygons.vertices.end(), ring.begin(), ring.end());
  polygons.close_ring();
  part_has_shell_ = true;
  return ShapeProblem::none;
}

void ShapeSink::end_part() {
  if (part_has_shell_) polygons.close_part();
  part_has_shell_ = false;
  part_left_out_ = false;
}

ShapeProblem ShapeSink::add_line(std::span<const Point> line) {
  if (wanted_ != ShapeKind::lines) return ShapeProblem::wrong_type;
  if (line.empty()) return ShapeProblem::none;
  if (!all_finite(line)) return ShapeProblem::not_finite;
  if (line.size() < 2) {
    ++degenerate_rings_;
    return ShapeProblem::none;
  }
  expect_room(vertices.size() + line.size());
  vertices.insert(vertices.end(), line.begin(), line.end());
  line_start.push_back(static_cast<std::uint32_t>(vertices.size()));
  return ShapeProblem::none;
}

ShapeProblem ShapeSink::add_point(Point point) {
  if (wanted_ != ShapeKind::points) return ShapeProblem::wrong_type;
  if (!std::isfinite(point.x) || !std::isfinite(point.y)) return ShapeProblem::not_finite;
  if (points_of_feature_++ == 0) place_ = point;
  return ShapeProblem::none;
}

void ShapeSink::remove(const std::vector<bool>& unwanted) {
  if (wanted_ == ShapeKind::points) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (!unwanted[i]) places[kept++] = places[i];
    }
    places.resize(kept);
  } else if (wanted_ == ShapeKind::polygons) {
    Polygons kept;
    for (std::size_t i = 0; i < unwanted.size(); ++i) {
      if (unwanted[i]) continue;
      for (auto part = polygons.district_start[i]; part < polygons.district_start[i + 1]; ++part) {
        for (auto r = polygons.part_start[part]; r < polygons.part_start[part + 1]; ++r) {
          const auto ring = polygons.ring(r);
          kept.vertices.insert(kept.vertices.end(), ring.begin(), ring.end());
          kept.close_ring();
        }
        kept.close_part();
      }
      kept.close_district();
    }
    polygons = std::move(kept);
  }
}

}  // namespace quartier::io
