#pragma once
/// Counter-based random numbers: every draw is a pure function of (seed, stream, counter), so
/// results do not depend on the number of threads or the order of work.

#include <cstdint>

namespace quartier {

/// The finaliser of SplitMix64 (Steele, Lea & Flood 2014): a bijection of 64-bit words in which
/// every input bit changes every output bit with probability near one half.
constexpr std::uint64_t mix64(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31U);
}

/// A stream of random numbers named by up to three keys, for example (seed, draw, district).
class RandomStream {
 public:
  constexpr explicit RandomStream(std::uint64_t seed, std::uint64_t a = 0, std::uint64_t b = 0)
      : key_(mix64(mix64(mix64(seed) ^ a) ^ b)) {}

  /// 64 random bits.
  constexpr std::uint64_t next() { return mix64(key_ + counter_++ * 0x9E3779B97F4A7C15ULL); }

  /// Uniform in [0, 1), 53 bits.
  constexpr double uniform() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

  /// Uniform in 0 .. bound-1 (Lemire 2019, with rejection, so exactly uniform). bound >= 1.
  constexpr std::uint32_t below(std::uint32_t bound) {
    std::uint64_t product = (next() >> 32U) * bound;
    if (static_cast<std::uint32_t>(product) < bound) {
      const std::uint32_t threshold = (0U - bound) % bound;
      while (static_cast<std::uint32_t>(product) < threshold) product = (next() >> 32U) * bound;
    }
    return static_cast<std::uint32_t>(product >> 32U);
  }

 private:
  std::uint64_t key_;
  std::uint64_t counter_ = 0;
};

}  // namespace quartier
