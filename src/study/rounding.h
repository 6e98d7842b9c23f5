#pragma once
/// Private to study: steps to which published values are rounded.

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace quartier::study {

/// How many times the persons that a threshold hides a step must be worth.
inline constexpr double step_factor = 10.0;
/// Indices of which a hidden count is part are told to three decimals at most.
inline constexpr double index_step = 0.001;

/// A value that takes fewer steps than these over its scale says nothing.
inline constexpr double least_steps = 10.0;

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

/// The larger of `move` and the distance between two values of one thing; +inf where only one of
/// them is a number.
inline double wider(double move, double value, double other) {
  if (value == other || (std::isnan(value) && std::isnan(other))) return move;
  if (!std::isfinite(value) || !std::isfinite(other))
    return std::numeric_limits<double>::infinity();
  return std::max(move, std::abs(value - other));
}

/// The step to which a value is told that other ways to fill in hidden counts move by `move`: the
/// least that is at least twice as much; 0 where nothing moves but its last bits.
inline double told_step(double value, double move) {
  constexpr double last_bits = 1e-12;
  if (!(move > last_bits * std::abs(value))) return 0.0;
  return std::isfinite(move) ? step_of(2.0 * move) : move;
}

/// The value to that step; none where the step is more than a tenth of `scale`, so that the value
/// would say nothing.
inline std::optional<double> told_value(double value, double move, double scale) {
  const double step = told_step(value, move);
  if (step > scale / least_steps) return std::nullopt;
  return step > 0.0 ? rounded(value, step) : value;
}

}  // namespace quartier::study
