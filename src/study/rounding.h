#pragma once
/// Private to study: steps to which published values are rounded.

#include <cmath>

namespace quartier::study {

/// How many times the persons that a threshold hides a step must be worth.
inline constexpr double step_factor = 10.0;
/// Indices of which a hidden count is part are told to three decimals at most.
inline constexpr double index_step = 0.001;

/// To a multiple of 1, 2 or 5 × 10^k; by division for small steps, so that few digits are written.
inline double rounded(double value, double step) {
  if (step >= 1.0) return std::round(value / step) * step + 0.0;  // never -0
  const double steps = std::round(1.0 / step);
  return std::round(value * steps) / steps + 0.0;
}

/// The least step of 1, 2 or 5 × 10^k that is `worth` or more; worth > 0.
inline double step_of(double worth) {
  const double power = std::pow(10.0, std::floor(std::log10(worth)));
  for (const double times : {1.0, 2.0, 5.0}) {
    if (times * power >= worth) return times * power;
  }
  return 10.0 * power;
}

}  // namespace quartier::study
