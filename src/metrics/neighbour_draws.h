#pragma once
/// Random neighbours for the conditional permutation test of local Moran (private to the room).

#include <cstdint>
#include <vector>

#include "metrics/deviations.h"

namespace quartier::metrics {

/// Draws the neighbours of a district without replacement from all the others and compares their
/// sum with what is seen. Each draw is a pure function of (seed, district, draw); an object only
/// keeps working memory, and each thread has its own.
class NeighbourDraws {
 public:
  struct Counts {
    std::uint32_t at_least = 0;  ///< draws whose weighted sum is at least the one seen
    std::uint32_t at_most = 0;
  };

  explicit NeighbourDraws(const Deviations& z) : z_(z) {}

  /// @param row  packed position of a district with neighbours
  Counts compare(std::size_t row, std::uint32_t permutations, std::uint64_t seed);

 private:
  Counts compare_any(std::size_t row, std::uint32_t permutations, std::uint64_t seed);

  const Deviations& z_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> swapped_;
};

}  // namespace quartier::metrics
