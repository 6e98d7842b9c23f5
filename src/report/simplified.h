#pragma once
/// Shapes on a grid of page units, for vector files: few vertices, and shared boundaries stay
/// shared.

#include <cstdint>
#include <vector>

#include "domain/districts.h"
#include "report/map_page.h"

namespace quartier::report {

/// A vertex, counted in steps of the grid from the map's top left corner.
struct GridPoint {
  std::int32_t x = 0;
  std::int32_t y = 0;
  bool operator==(const GridPoint&) const = default;
  auto operator<=>(const GridPoint&) const = default;
};

/// The rings of a district that are left on the grid, holes among them, turned as they were.
using GridRings = std::vector<std::vector<GridPoint>>;

/// Each vertex goes to its nearest grid point, whatever ring it is in, so that neighbours agree;
/// repeated and straight-line vertices are dropped, and rings that have no area left.
/// @param steps  of the grid per pixel: a vertex moves by at most 0.71 / steps pixels
/// @returns [district count]; empty for districts outside the view or without shape
std::vector<GridRings> simplified(const Polygons& shapes, const MapView& view, int steps);

/// Boundaries between districts of different parents, as lines on the grid; where two districts do
/// not share vertices, the line is left out.
/// @param of_district  position of each district's parent [district count]
std::vector<std::vector<GridPoint>> parent_boundaries(
    const Polygons& shapes, const MapView& view, int steps,
    const std::vector<std::uint32_t>& of_district);

}  // namespace quartier::report
