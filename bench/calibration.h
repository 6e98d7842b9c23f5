#pragma once
/// The calibration loop that every benchmark's figure is set against: one core, 16 million
/// dependent mixings of bits, so that figures of different machines can be compared.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "base/random.h"

namespace quartier::bench {

inline double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The least of five runs of the calibration loop.
inline double calibration_seconds() {
  static const double seconds = [] {
    double least = 1e9;
    for (int run = 0; run < 5; ++run) {
      const auto start = std::chrono::steady_clock::now();
      std::uint64_t sum = 0;
      for (std::uint64_t i = 0; i < 16'000'000; ++i) sum = mix64(sum + i);
      benchmark::DoNotOptimize(sum);
      least = std::min(least, seconds_since(start));
    }
    return least;
  }();
  return seconds;
}

}  // namespace quartier::bench
