#pragma once
/// Sums of many terms in eight lanes that are combined in a fixed order: fast in vectors, and the
/// same bits in every version of a loop (private to the room).

#include <array>
#include <cstddef>

namespace quartier::metrics {

inline constexpr std::size_t lane_count = 8;

/// Eight running sums; term i goes to lane i mod 8.
struct Lanes {
  std::array<double, lane_count> sum{};

  /// Adds `count` terms that follow each other; the first goes to lane 0.
  [[gnu::always_inline]] void add(const double* terms, std::size_t count) {
    std::size_t i = 0;
    for (; i + lane_count <= count; i += lane_count) {
      for (std::size_t l = 0; l < lane_count; ++l) sum[l] += terms[i + l];
    }
    for (std::size_t l = 0; i + l < count; ++l) sum[l] += terms[i + l];
  }

  [[nodiscard]] [[gnu::always_inline]] double value() const {
    return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
  }
};

}  // namespace quartier::metrics
