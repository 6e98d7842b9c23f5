#pragma once
/// Places sorted into a tree of rectangles, so that sums over pairs can go by rectangles (private
/// to the room).

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "domain/polygons.h"

namespace quartier::metrics {

/// The least rectangle around the places of a node.
struct PlaceBox {
  double low_x = 0.0;
  double low_y = 0.0;
  double high_x = 0.0;
  double high_y = 0.0;
  [[nodiscard]] double half_width() const { return (high_x - low_x) / 2.0; }
  [[nodiscard]] double half_height() const { return (high_y - low_y) / 2.0; }
  [[nodiscard]] double middle_x() const { return (low_x + high_x) / 2.0; }
  [[nodiscard]] double middle_y() const { return (low_y + high_y) / 2.0; }
};

/// Least and greatest distance between a point of one box and a point of the other, metres.
double least_distance(const PlaceBox& a, const PlaceBox& b);
double greatest_distance(const PlaceBox& a, const PlaceBox& b);

/// A stretch of sorted places; its two halves, if it has any, are `child` and `child + 1`.
struct PlaceNode {
  std::size_t begin = 0;
  std::size_t end = 0;
  PlaceBox box;
  std::uint32_t child = 0;  ///< 0: a leaf
  [[nodiscard]] std::size_t count() const { return end - begin; }
  [[nodiscard]] bool leaf() const { return child == 0; }
};

/// A k-d tree (Bentley 1975) that halves the places across the longer side of their box until a
/// node holds no more than `largest_leaf`.
struct PlaceTree {
  std::vector<std::uint32_t> order;  ///< [n] position of each sorted place in the input
  std::vector<double> x_m;           ///< [n] sorted, from the middle of all places
  std::vector<double> y_m;
  std::vector<PlaceNode> nodes;       ///< parents before children; the first holds all places
  std::vector<std::uint32_t> blocks;  ///< nodes of one depth, a power of two, that hold everything
};

/// @param places         at least one; no NaN
/// @param largest_leaf   at least 1
/// @param most_blocks    a power of two: how many blocks at most, each of at least `largest_leaf`
///                       places (one block where there are fewer)
PlaceTree place_tree(std::span<const Point> places, std::size_t largest_leaf,
                     std::size_t most_blocks);

}  // namespace quartier::metrics
