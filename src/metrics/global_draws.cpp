#include "metrics/global_draws.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/number.h"
#include "base/parallel.h"
#include "base/random.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

constexpr std::size_t permutation_grain = 8;

struct Beyond {
  std::uint64_t at_least = 0;
  std::uint64_t at_most = 0;
  Beyond& operator+=(const Beyond& other) {
    at_least += other.at_least;
    at_most += other.at_most;
    return *this;
  }
};

void shuffle(std::span<std::uint32_t> order, RandomStream stream) {
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[stream.below(static_cast<std::uint32_t>(i))]);
  }
}

double weight_between(const SpatialWeights& weights, std::uint32_t from, std::uint32_t to) {
  for (std::uint32_t l = weights.start[from]; l < weights.start[from + 1]; ++l) {
    if (weights.neighbour[l] == to) return weights.weight[l];
  }
  return 0.0;
}

/// m4 / m2², the kurtosis of the values.
double kurtosis(const Deviations& z) {
  const double fourth = sum_over(z.size(), [&](std::size_t i) {
    const double square = z.deviation[i] * z.deviation[i];
    return square * square;
  });
  return static_cast<double>(z.size()) * fourth / (z.square_sum * z.square_sum);
}

}  // namespace

double rearrangement_p(std::size_t count, double seen, double slack,
                       const AssociationSettings& settings,
                       const std::function<double(std::span<const std::uint32_t>)>& statistic) {
  if (settings.permutations == 0) return undefined;
  const auto draw = [&](std::size_t begin, std::size_t end) {
    Beyond beyond;
    std::vector<std::uint32_t> order(count);
    for (std::size_t b = begin; b < end; ++b) {
      std::iota(order.begin(), order.end(), 0U);
      shuffle(order, RandomStream(settings.seed, b));
      const double drawn = statistic(order);
      beyond.at_least += drawn >= seen - slack ? 1 : 0;
      beyond.at_most += drawn <= seen + slack ? 1 : 0;
    }
    return beyond;
  };
  const Beyond beyond = sum_chunks(settings.permutations, permutation_grain, Beyond{}, draw);
  return permutation_p(beyond.at_least, beyond.at_most, settings.permutations, settings.tail);
}

QUARTIER_HOT double step_products(const Neighbourhoods& hoods, std::span<const std::int32_t> step) {
  const std::uint32_t* neighbour = hoods.weights.neighbour.data();
  const double* weight = hoods.weights.weight.data();
  double products = 0.0;
  for (std::size_t i = 0; i < step.size(); ++i) {
    const std::uint32_t begin = hoods.weights.start[i];
    const std::uint32_t end = hoods.weights.start[i + 1];
    double lag = 0.0;
    if (is_defined(hoods.row_weight[i])) {
      std::int64_t sum = 0;
      for (std::uint32_t l = begin; l < end; ++l) sum += step[neighbour[l]];
      lag = static_cast<double>(sum) * hoods.row_weight[i];
    } else {
      for (std::uint32_t l = begin; l < end; ++l) lag += weight[l] * step[neighbour[l]];
    }
    products += static_cast<double>(step[i]) * lag;
  }
  return products;
}

double cross_products(const Neighbourhoods& hoods, std::span<const double> a,
                      std::span<const double> b) {
  return sum_over(hoods.size(), [&](std::size_t i) { return a[i] * hoods.lag(i, b); });
}

WeightSums weight_sums(const Neighbourhoods& hoods) {
  const SpatialWeights& weights = hoods.weights;
  WeightSums sums;
  sums.s0 = hoods.weight_sum;
  std::vector<double> both_ways = hoods.row_sum;
  for (std::uint32_t i = 0; i < hoods.size(); ++i) {
    for (std::uint32_t l = weights.start[i]; l < weights.start[i + 1]; ++l) {
      const double w = weights.weight[l];
      sums.s1 += w * (w + weight_between(weights, weights.neighbour[l], i));
      both_ways[weights.neighbour[l]] += w;
    }
  }
  for (const double weight : both_ways) sums.s2 += weight * weight;
  return sums;
}

GlobalVariance moran_variance(const Neighbourhoods& hoods, const Deviations& z) {
  if (hoods.size() < 4 || z.square_sum == 0.0 || hoods.weight_sum == 0.0) return {};
  const auto [s0, s1, s2] = weight_sums(hoods);
  const auto n = static_cast<double>(hoods.size());
  const double k = kurtosis(z);
  const double mean_square = 1.0 / ((n - 1.0) * (n - 1.0));
  const double normal = (n * n * s1 - n * s2 + 3.0 * s0 * s0) / ((n * n - 1.0) * s0 * s0);
  const double free = n * ((n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s0 * s0);
  const double tied = k * ((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * s0 * s0);
  const double random = (free - tied) / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s0 * s0);
  return {normal - mean_square, random - mean_square};
}

GlobalVariance geary_variance(const Neighbourhoods& hoods, const Deviations& z) {
  if (hoods.size() < 4 || z.square_sum == 0.0 || hoods.weight_sum == 0.0) return {};
  const auto [s0, s1, s2] = weight_sums(hoods);
  const auto n = static_cast<double>(hoods.size());
  const double k = kurtosis(z);
  const double normal = ((2.0 * s1 + s2) * (n - 1.0) - 4.0 * s0 * s0) / (2.0 * (n + 1.0) * s0 * s0);
  const double random = (n - 1.0) * s1 * (n * n - 3.0 * n + 3.0 - (n - 1.0) * k) -
                        0.25 * (n - 1.0) * s2 * (n * n + 3.0 * n - 6.0 - (n * n - n + 2.0) * k) +
                        s0 * s0 * (n * n - 3.0 - (n - 1.0) * (n - 1.0) * k);
  return {normal, random / (n * (n - 2.0) * (n - 3.0) * s0 * s0)};
}

}  // namespace quartier::metrics
