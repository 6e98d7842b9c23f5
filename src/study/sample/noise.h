#pragma once
/// Draws for the sample city that give the same bits everywhere: normal deviates and a smooth
/// field, both from counter-based streams.

#include <cmath>
#include <cstdint>

#include "base/random.h"

namespace quartier::study::sample {

/// What a stream is drawn for; the second key of every RandomStream of the sample.
enum class Purpose : std::uint64_t {
  outline = 1,
  warp,
  jitter,
  merging,
  edge,
  land_use,
  names,
  population,
  settlement,
  counts,
  streets,
  services,
  disadvantage,
  indicators,
};

/// The stream of (seed, purpose, item): independent of the order of work.
constexpr RandomStream stream_of(std::uint64_t seed, Purpose purpose, std::uint64_t item = 0) {
  return RandomStream(seed, static_cast<std::uint64_t>(purpose), item);
}

/// A standard normal deviate by the polar method (Marsaglia & Bray 1964).
inline double normal(RandomStream& stream) {
  for (;;) {
    const double a = 2.0 * stream.uniform() - 1.0;
    const double b = 2.0 * stream.uniform() - 1.0;
    const double square = a * a + b * b;
    if (square > 0.0 && square < 1.0) return a * std::sqrt(-2.0 * std::log(square) / square);
  }
}

/// Uniform in [low, high).
inline double between(RandomStream& stream, double low, double high) {
  return low + (high - low) * stream.uniform();
}

/// Value noise: random values in [-1, 1] at the whole-numbered places, joined smoothly (the first
/// derivative is continuous and at most 3 per unit in size).
///
/// @param key  names the field; different keys give unrelated fields
double smooth_noise(std::uint64_t key, double x, double y);

}  // namespace quartier::study::sample
