#include "report/simplified.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace quartier::report {
namespace {

GridPoint grid_point(Point place, const MapView& view, int steps) {
  const Point at = view.pixel_of(place);
  // Far outside the view all is one: 32 bits must hold it.
  const double limit = 1e8;
  const auto step = [limit, steps](double pixels) {
    return static_cast<std::int32_t>(std::lround(std::clamp(pixels * steps, -limit, limit)));
  };
  return {step(at.x), step(at.y)};
}

std::vector<GridPoint> on_grid(std::span<const Point> ring, const MapView& view, int steps) {
  std::vector<GridPoint> points;
  for (const Point place : ring) {
    const GridPoint point = grid_point(place, view, steps);
    if (points.empty() || points.back() != point) points.push_back(point);
  }
  while (points.size() > 1 && points.back() == points.front()) points.pop_back();
  return points;
}

std::int64_t cross(GridPoint a, GridPoint b, GridPoint c) {
  return (std::int64_t{b.x} - a.x) * (std::int64_t{c.y} - a.y) -
         (std::int64_t{b.y} - a.y) * (std::int64_t{c.x} - a.x);
}

/// Without vertices that lie in line between their neighbours, or at the tip of a spike.
std::vector<GridPoint> without_straight(const std::vector<GridPoint>& ring) {
  std::vector<GridPoint> kept;
  for (const GridPoint point : ring) {
    while (kept.size() >= 2 && cross(kept[kept.size() - 2], kept.back(), point) == 0) {
      kept.pop_back();
    }
    if (kept.empty() || kept.back() != point) kept.push_back(point);
  }
  while (kept.size() >= 3 && cross(kept[kept.size() - 2], kept.back(), kept.front()) == 0) {
    kept.pop_back();
  }
  while (kept.size() >= 3 && cross(kept.back(), kept[0], kept[1]) == 0) kept.erase(kept.begin());
  return kept;
}

bool in_view(const std::vector<GridPoint>& ring, const MapView& view, int steps) {
  GridPoint least = ring.front();
  GridPoint most = ring.front();
  for (const GridPoint point : ring) {
    least = {std::min(least.x, point.x), std::min(least.y, point.y)};
    most = {std::max(most.x, point.x), std::max(most.y, point.y)};
  }
  return most.x >= 0 && most.y >= 0 && least.x <= view.width * steps &&
         least.y <= view.height * steps;
}

/// A piece of boundary, its ends in ascending order, and a parent that it bounds.
struct Side {
  GridPoint a, b;
  std::uint32_t parent = 0;
  auto operator<=>(const Side&) const = default;
};

/// Joins pieces end to end into lines, in the order of the pieces.
std::vector<std::vector<GridPoint>> chained(
    const std::vector<std::pair<GridPoint, GridPoint>>& pieces) {
  std::vector<std::pair<GridPoint, std::size_t>> ends;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    ends.emplace_back(pieces[i].first, i);
    ends.emplace_back(pieces[i].second, i);
  }
  std::sort(ends.begin(), ends.end());
  std::vector<bool> used(pieces.size(), false);
  const auto extend = [&](std::vector<GridPoint>& line) {
    for (;;) {
      const auto begin =
          std::lower_bound(ends.begin(), ends.end(), std::pair{line.back(), std::size_t{0}});
      auto next = begin;
      while (next != ends.end() && next->first == line.back() && used[next->second]) ++next;
      if (next == ends.end() || next->first != line.back()) return;
      const auto& piece = pieces[next->second];
      used[next->second] = true;
      line.push_back(piece.first == line.back() ? piece.second : piece.first);
    }
  };
  std::vector<std::vector<GridPoint>> lines;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (used[i]) continue;
    used[i] = true;
    std::vector<GridPoint> line{pieces[i].first, pieces[i].second};
    extend(line);
    std::reverse(line.begin(), line.end());
    extend(line);
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

std::vector<GridRings> simplified(const Polygons& shapes, const MapView& view, int steps) {
  std::vector<GridRings> districts(shapes.district_count());
  for (std::size_t d = 0; d < districts.size(); ++d) {
    const std::size_t first = shapes.part_start[shapes.district_start[d]];
    const std::size_t last = shapes.part_start[shapes.district_start[d + 1]];
    for (std::size_t r = first; r < last; ++r) {
      std::vector<GridPoint> ring = without_straight(on_grid(shapes.ring(r), view, steps));
      if (ring.size() >= 3 && in_view(ring, view, steps)) districts[d].push_back(std::move(ring));
    }
  }
  return districts;
}

std::vector<std::vector<GridPoint>> parent_boundaries(
    const Polygons& shapes, const MapView& view, int steps,
    const std::vector<std::uint32_t>& of_district) {
  std::vector<Side> sides;
  for (std::size_t d = 0; d < shapes.district_count(); ++d) {
    const std::size_t first = shapes.part_start[shapes.district_start[d]];
    const std::size_t last = shapes.part_start[shapes.district_start[d + 1]];
    for (std::size_t r = first; r < last; ++r) {
      const std::vector<GridPoint> ring = on_grid(shapes.ring(r), view, steps);
      for (std::size_t i = 0; i < ring.size() && ring.size() > 1; ++i) {
        const GridPoint a = ring[i];
        const GridPoint b = ring[i + 1 == ring.size() ? 0 : i + 1];
        sides.push_back({std::min(a, b), std::max(a, b), of_district[d]});
      }
    }
  }
  std::sort(sides.begin(), sides.end());
  sides.erase(std::unique(sides.begin(), sides.end()), sides.end());
  std::vector<std::pair<GridPoint, GridPoint>> pieces;
  for (std::size_t i = 0; i + 1 < sides.size(); ++i) {
    const bool between = sides[i].a == sides[i + 1].a && sides[i].b == sides[i + 1].b;
    const bool repeated =
        !pieces.empty() && pieces.back().first == sides[i].a && pieces.back().second == sides[i].b;
    if (between && !repeated) pieces.emplace_back(sides[i].a, sides[i].b);
  }
  return chained(pieces);
}

}  // namespace quartier::report
