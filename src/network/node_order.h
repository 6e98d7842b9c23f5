#pragma once
/// An order of points in which neighbours in the plane are neighbours in memory.

#include <cstdint>
#include <span>
#include <vector>

#include "domain/polygons.h"

namespace quartier::network {

/// The points in the order in which a Hilbert curve (Hilbert 1891) of 65,536 cells a side over
/// their bounding box passes them; points of one cell by position, points without finite
/// coordinates last. A pure function of the coordinates and positions.
/// @returns the position of the k-th point [n]
std::vector<std::uint32_t> order_along_curve(std::span<const Point> points);

/// Sorts (key, position) words by their upper 32 bits, equal ones left in their order.
void sort_by_key(std::vector<std::uint64_t>& words);

}  // namespace quartier::network
