#pragma once
/// Information of whole counts, without the digits that are lost where one part is nearly all
/// (private to the room).

#include <cmath>

namespace quartier::metrics {

/// part · ln((part + other) / part), nats times persons; 0 where the part is 0.
///
/// Near 1 the ratio is not formed: rounding it would cost the digits of a rare group.
inline double part_information(double part, double other) {
  if (part <= 0.0) return 0.0;
  const double whole = part + other;
  return other < part ? -part * std::log1p(-other / whole) : part * std::log(whole / part);
}

/// t E of a district or city of two groups, x ln(t / x) + y ln(t / y) with t = x + y.
inline double split_information(double x, double y) {
  return part_information(x, y) + part_information(y, x);
}

}  // namespace quartier::metrics
