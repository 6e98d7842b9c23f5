#pragma once
/// Blocks: the small cells the neighbourhoods of the sample city are put together from. They are
/// the dual of a triangulated lattice whose nodes were moved at random, so who touches whom is
/// known without a search and every boundary is one line between two known corners.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "study/sample/ground.h"

namespace quartier::study::sample {

/// Position of a block in the lattice.
using Block = std::uint32_t;
/// A corner where three blocks meet: position of a triangle of the lattice.
using Corner = std::uint32_t;

/// Every block has six sides, counter-clockwise from the east: side k faces neighbour(block, k) and
/// runs from corner(block, k - 1) to corner(block, k).
inline constexpr int side_count = 6;

class Blocks {
 public:
  /// The `count` blocks nearest to the centre, measured by Ground::reach, so that the city limits
  /// follow block boundaries and the city is in one piece.
  Blocks(const Ground& ground, std::size_t count, std::uint64_t seed);

  /// Blocks of the city, ascending.
  [[nodiscard]] const std::vector<Block>& chosen() const { return chosen_; }
  /// Blocks of the lattice, of the city or not.
  [[nodiscard]] std::size_t lattice_size() const { return columns_ * rows_; }
  /// Distance between two seats, on the plan.
  [[nodiscard]] double spacing() const { return spacing_; }

  /// The middle of a block, on the plan.
  [[nodiscard]] PlanPoint seat(Block block) const;
  /// The block with the nearest seat on the same bank; no_index beyond the lattice.
  [[nodiscard]] Block at(PlanPoint place) const;
  /// True north of the river: no block lies on both banks.
  [[nodiscard]] bool north_bank(Block block) const { return block / columns_ >= river_row_; }
  [[nodiscard]] Block neighbour(Block block, int side) const;
  [[nodiscard]] Corner corner(Block block, int side) const;
  /// Corners between the two rows along the river lie exactly on it.
  [[nodiscard]] bool on_river(Corner corner) const {
    return corner / 2 / columns_ + 1 == river_row_;
  }
  [[nodiscard]] PlanPoint place(Corner corner) const;

 private:
  std::uint64_t seed_;
  double spacing_ = 0.0;
  std::size_t columns_ = 0;
  std::size_t rows_ = 0;
  std::size_t river_row_ = 0;  ///< the first row north of the river
  std::vector<Block> chosen_;
};

}  // namespace quartier::study::sample
