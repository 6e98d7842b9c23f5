#pragma once
/// What tests of spatial association share: values, threads, and all arrangements of a few values.

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "base/random.h"
#include "metrics/tables.h"

namespace quartier::test {

inline std::vector<double> random_values(std::size_t n, std::uint64_t seed) {
  RandomStream stream(seed);
  std::vector<double> values(n);
  for (double& value : values) value = stream.uniform();
  return values;
}

/// Queen neighbours on a lattice of `side` x `side`.
inline SpatialWeights queen_lattice(std::size_t side, bool row_standardised = true) {
  return weights_of(side * side, lattice_links(side, true), row_standardised);
}

struct ThreadsOf {
  explicit ThreadsOf(std::size_t count) { set_thread_count(count); }
  ~ThreadsOf() { set_thread_count(0); }
  ThreadsOf(const ThreadsOf&) = delete;
  ThreadsOf& operator=(const ThreadsOf&) = delete;
};

inline bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i] && !(std::isnan(a[i]) && std::isnan(b[i]))) return false;
  }
  return true;
}

struct MeanAndVariance {
  double mean = 0.0;
  double variance = 0.0;
};

/// Mean and variance of `statistic` over all arrangements of `values` (few of them), position
/// `fixed` staying as it is.
inline MeanAndVariance over_arrangements(
    std::vector<double> values, const std::function<double(std::span<const double>)>& statistic,
    std::size_t fixed = no_index) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (fixed != no_index) std::swap(order[fixed], order.back());
  const auto end = order.end() - (fixed == no_index ? 0 : 1);
  std::vector<std::size_t> places = order;
  std::sort(order.begin(), end);
  double sum = 0.0;
  double square_sum = 0.0;
  double count = 0.0;
  do {
    std::vector<double> arranged(values.size());
    for (std::size_t k = 0; k < order.size(); ++k) arranged[places[k]] = values[order[k]];
    const double value = statistic(arranged);
    sum += value;
    square_sum += value * value;
    count += 1.0;
  } while (std::next_permutation(order.begin(), end));
  return {sum / count, square_sum / count - sum / count * (sum / count)};
}

/// The largest distance between the shares of `p` at or below each value and the value itself
/// (Kolmogorov and Smirnov's statistic against the uniform distribution).
inline double distance_from_uniform(std::vector<double> p) {
  std::sort(p.begin(), p.end());
  double distance = 0.0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const auto n = static_cast<double>(p.size());
    distance = std::max({distance, std::abs(p[i] - static_cast<double>(i) / n),
                         std::abs(static_cast<double>(i + 1) / n - p[i])});
  }
  return distance;
}

}  // namespace quartier::test
