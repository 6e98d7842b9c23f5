#pragma once
/// Random neighbours for conditional permutation tests (private to the room).

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "metrics/neighbourhoods.h"

namespace quartier::metrics {

/// Draws that are made side by side, so that the compiler can use wide registers.
inline constexpr std::uint32_t draw_lanes = 64;
/// Rows with more neighbours than this are drawn and summed one by one.
inline constexpr std::uint32_t most_lined_neighbours = 32;

/// Draws as many districts as a district has neighbours, without replacement, from all the others.
/// Each draw is a pure function of (seed, district, draw); an object only keeps working memory, and
/// each thread has its own. Each other district is drawn with the same probability to within
/// n / 2^32 of it.
class NeighbourDraws {
 public:
  NeighbourDraws(const Neighbourhoods& hoods, std::uint64_t seed) : hoods_(hoods), seed_(seed) {}

  /// Packed positions of draws `first` .. first + draw_lanes − 1: [degree][draw_lanes], valid until
  /// the next call.
  /// @param row  packed position of a district with neighbours
  std::span<const std::uint32_t> draw(std::size_t row, std::uint32_t first);

 private:
  void draw_one_by_one(std::size_t row, std::uint32_t first);

  const Neighbourhoods& hoods_;
  std::uint64_t seed_;
  std::vector<std::uint32_t> picks_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> swapped_;
};

}  // namespace quartier::metrics
