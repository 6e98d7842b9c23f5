#pragma once
/// Sums over districts with the same bits for any number of threads (private to the room).

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "base/parallel.h"

namespace quartier::metrics {

/// Districts per chunk of a sum. Fixed, because it decides the order of additions.
inline constexpr std::size_t sum_grain = 16384;

/// Σ_i term(i) over [0, count): in order within chunks of `sum_grain`, chunks in order.
template <typename Term>
double sum_over(std::size_t count, const Term& term) {
  const auto partial = [&](std::size_t begin, std::size_t end) {
    double sum = 0.0;
    for (std::size_t i = begin; i < end; ++i) sum += term(i);
    return sum;
  };
  if (count <= sum_grain) return partial(0, count);
  return sum_chunks(count, sum_grain, 0.0, partial);
}

inline double total_of(std::span<const double> values) {
  return sum_over(values.size(), [&](std::size_t i) { return values[i]; });
}

/// [count] value(i) for each district.
template <typename Value>
std::vector<double> per_district(std::size_t count, const Value& value) {
  std::vector<double> values(count);
  for_chunks(count, sum_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) values[i] = value(i);
  });
  return values;
}

/// An index whose true value lies in [0, 1], without the last bits that rounding added.
inline double within_unit(double index) { return std::clamp(index, 0.0, 1.0); }

/// share · ln(share / base); 0 where the share is 0.
inline double relative_information(double share, double base) {
  return share > 0.0 ? share * std::log(share / base) : 0.0;
}

/// −share · ln(share); 0 where the share is 0.
inline double information(double share) { return share > 0.0 ? -share * std::log(share) : 0.0; }

}  // namespace quartier::metrics
