#include "priority/normalise.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/error.h"
#include "base/number.h"

namespace quartier::priority {
namespace {

using Positions = std::vector<std::uint32_t>;

void min_max(std::span<const double> values, const Positions& defined, bool high,
             std::vector<double>& result) {
  double least = values[defined.front()];
  double greatest = least;
  for (const std::uint32_t i : defined) {
    least = std::min(least, values[i]);
    greatest = std::max(greatest, values[i]);
  }
  // Halves, so that the range of very large values stays finite.
  const double half_range = greatest / 2.0 - least / 2.0;
  for (const std::uint32_t i : defined) {
    const double half = high ? values[i] / 2.0 - least / 2.0 : greatest / 2.0 - values[i] / 2.0;
    result[i] = half_range > 0.0 ? half / half_range : 0.5;
  }
}

void z_score(std::span<const double> values, const Positions& defined, bool high,
             std::vector<double>& result) {
  const auto n = static_cast<double>(defined.size());
  CompensatedSum sum;
  for (const std::uint32_t i : defined) sum.add(values[i]);
  const double mean = sum.value() / n;
  CompensatedSum squares;
  bool all_equal = true;
  for (const std::uint32_t i : defined) {
    squares.add((values[i] - mean) * (values[i] - mean));
    all_equal = all_equal && values[i] == values[defined.front()];
  }
  const double deviation = std::sqrt(squares.value() / n);
  for (const std::uint32_t i : defined) {
    const double z = all_equal || !(deviation > 0.0) ? 0.0 : (values[i] - mean) / deviation;
    result[i] = high ? z : 0.0 - z;
  }
}

void percentile_rank(std::span<const double> values, Positions defined, bool high,
                     std::vector<double>& result) {
  const std::size_t n = defined.size();
  std::sort(defined.begin(), defined.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (values[a] != values[b]) return high ? values[a] < values[b] : values[a] > values[b];
    return a < b;
  });
  for (std::size_t begin = 0; begin < n;) {
    std::size_t end = begin;
    while (end < n && values[defined[end]] == values[defined[begin]]) ++end;
    const double mean_rank_less_1 = static_cast<double>(begin + end - 1) / 2.0;
    const double share = n > 1 ? mean_rank_less_1 / static_cast<double>(n - 1) : 0.5;
    for (std::size_t k = begin; k < end; ++k) result[defined[k]] = share;
    begin = end;
  }
}

}  // namespace

std::vector<double> normalised(std::span<const double> values, Direction direction,
                               Normalisation normalisation) {
  std::vector<double> result(values.size(), undefined);
  Positions defined;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!is_defined(values[i])) continue;
    if (!std::isfinite(values[i])) {
      throw InputError(std::string("an indicator has an infinite value"),
                       "leave it undefined where it does not exist");
    }
    defined.push_back(static_cast<std::uint32_t>(i));
  }
  if (defined.empty()) return result;
  const bool high = direction == Direction::high_is_urgent;
  switch (normalisation) {
    case Normalisation::min_max:
      min_max(values, defined, high, result);
      break;
    case Normalisation::z_score:
      z_score(values, defined, high, result);
      break;
    case Normalisation::percentile_rank:
      percentile_rank(values, std::move(defined), high, result);
      break;
  }
  return result;
}

}  // namespace quartier::priority
