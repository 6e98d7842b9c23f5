#pragma once
/// Kernel weights of many districts at once, without branch or call, so that the loops run in wide
/// registers (private to the room). Every version of a hot function does the same operations in
/// the same order.

#include <bit>
#include <cmath>
#include <cstdint>

#include "metrics/kernel.h"

namespace quartier::metrics {

/// Eight numbers that are worked on at once, in one register or in two or four narrower ones.
using Eight = double __attribute__((vector_size(64)));

/// exp(−u) for u >= 0, with a relative error below 4e-16; 0 from u = 700 on.
[[gnu::always_inline]] inline double exp_minus(double u) {
  constexpr double shift = 6755399441055744.0;  // 1.5 · 2^52: adding it rounds to a whole number
  constexpr double ln2_high = 6.93147180369123816490e-01;
  constexpr double ln2_low = 1.90821492927058770002e-10;
  const double bounded = u < 700.0 ? u : 700.0;
  const double shifted = shift - bounded * 1.44269504088896340736;
  const double steps = shifted - shift;
  const double r = (-bounded - steps * ln2_high) - steps * ln2_low;  // |r| <= ln 2 / 2
  double p = 1.0 / 6227020800.0;
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  p = p * r + 1.0;
  p = p * r + 1.0;
  const std::uint64_t exponent = (std::bit_cast<std::uint64_t>(shifted) + 1023U) << 52U;
  const double value = p * std::bit_cast<double>(exponent);
  return u < 700.0 ? value : 0.0;
}

/// What a kernel needs to be weighed, prepared once.
struct KernelLane {
  KernelShape shape = KernelShape::uniform;
  double rate = 0.0;          // 1/h, 1/h² or 1/(2h²)
  double reach_square = 0.0;  // of the distance beyond which the weight is 0
};

inline KernelLane lane_of(const Kernel& kernel, double reach_m) {
  const double h = kernel.bandwidth_m;
  KernelLane lane{kernel.shape, 1.0 / h, 0.0};
  if (kernel.shape == KernelShape::epanechnikov || kernel.shape == KernelShape::biweight) {
    lane.rate = 1.0 / (h * h);
  } else if (kernel.shape == KernelShape::gaussian) {
    lane.rate = 0.5 / (h * h);
  }
  const double reach = reach_m + same_distance_m;
  lane.reach_square = reach * reach;
  return lane;
}

/// Weights [count] of districts at the squared distances `square` in m² [count].
[[gnu::always_inline]] inline void weigh(const KernelLane& kernel, const double* square,
                                         std::size_t count, double* weight) {
  const double rate = kernel.rate;
  const double reach_square = kernel.reach_square;
  const auto fill = [&](const auto& value) __attribute__((always_inline)) {
    for (std::size_t j = 0; j < count; ++j) {
      const double w = value(square[j]);
      weight[j] = square[j] <= reach_square ? w : 0.0;
    }
  };
  switch (kernel.shape) {
    case KernelShape::uniform:
      fill([](double) __attribute__((always_inline)) { return 1.0; });
      break;
    case KernelShape::triangular:
      fill([=](double d2) __attribute__((always_inline)) {
        const double left = 1.0 - std::sqrt(d2) * rate;
        return left > 0.0 ? left : 0.0;
      });
      break;
    case KernelShape::epanechnikov:
      fill([=](double d2) __attribute__((always_inline)) {
        const double left = 1.0 - d2 * rate;
        return left > 0.0 ? left : 0.0;
      });
      break;
    case KernelShape::biweight:
      fill([=](double d2) __attribute__((always_inline)) {
        const double left = 1.0 - d2 * rate;
        return left > 0.0 ? left * left : 0.0;
      });
      break;
    case KernelShape::gaussian:
      fill([=](double d2) __attribute__((always_inline)) { return exp_minus(d2 * rate); });
      break;
    case KernelShape::exponential:
      fill([=](double d2)
               __attribute__((always_inline)) { return exp_minus(std::sqrt(d2) * rate); });
      break;
  }
}

}  // namespace quartier::metrics
