#include "metrics/clustering.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/random.h"
#include "metrics/deviations.h"
#include "metrics/neighbour_draws.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

constexpr std::size_t permutation_grain = 8;
constexpr std::size_t district_grain = 256;
constexpr double rounding_of_sum = 1e-12;  // the same products in another order

double coefficient(const Deviations& z) {
  if (!z.usable()) return undefined;
  const double products =
      sum_over(z.size(), [&](std::size_t i) { return z.deviation[i] * z.lag(i); });
  return static_cast<double>(z.size()) / z.weight_sum * products / z.square_sum;
}

/// Σ_i Σ_j w_ij q_i q_j of deviations in steps.
QUARTIER_HOT double cross_product(const Deviations& z, std::span<const std::int32_t> step) {
  const std::uint32_t* neighbour = z.weights.neighbour.data();
  const double* weight = z.weights.weight.data();
  double products = 0.0;
  for (std::size_t i = 0; i < step.size(); ++i) {
    const std::uint32_t begin = z.weights.start[i];
    const std::uint32_t end = z.weights.start[i + 1];
    double lag = 0.0;
    if (is_defined(z.row_weight[i])) {
      std::int64_t sum = 0;
      for (std::uint32_t l = begin; l < end; ++l) sum += step[neighbour[l]];
      lag = static_cast<double>(sum) * z.row_weight[i];
    } else {
      for (std::uint32_t l = begin; l < end; ++l) lag += weight[l] * step[neighbour[l]];
    }
    products += static_cast<double>(step[i]) * lag;
  }
  return products;
}

void shuffle(std::span<std::int32_t> values, RandomStream stream) {
  for (std::size_t i = values.size(); i > 1; --i) {
    std::swap(values[i - 1], values[stream.below(static_cast<std::uint32_t>(i))]);
  }
}

struct Beyond {
  std::uint64_t at_least = 0;
  std::uint64_t at_most = 0;
  Beyond& operator+=(const Beyond& other) {
    at_least += other.at_least;
    at_most += other.at_most;
    return *this;
  }
};

double folded_p(std::uint64_t at_least, std::uint64_t at_most, std::uint32_t permutations) {
  return (1.0 + static_cast<double>(std::min(at_least, at_most))) / (1.0 + permutations);
}

Quadrant quadrant_of(double deviation, double lag) {
  if (deviation > 0.0) return lag > 0.0 ? Quadrant::high_high : Quadrant::high_low;
  return lag > 0.0 ? Quadrant::low_high : Quadrant::low_low;
}

}  // namespace

double moran_i(std::span<const double> values, const SpatialWeights& weights) {
  return coefficient(deviations_of(values, weights));
}

MoranTest moran_test(std::span<const double> values, const SpatialWeights& weights,
                     std::uint32_t permutations, std::uint64_t seed) {
  const Deviations z = deviations_of(values, weights);
  MoranTest test{coefficient(z), undefined, undefined, z.size(), z.island_count};
  if (!z.usable()) return test;
  test.expected = -1.0 / static_cast<double>(z.size() - 1);
  if (permutations == 0) return test;
  const double seen = cross_product(z, z.step);
  const double slack = rounding_of_sum * std::abs(seen);
  const auto draw = [&](std::size_t begin, std::size_t end) {
    Beyond beyond;
    std::vector<std::int32_t> permuted;
    for (std::size_t b = begin; b < end; ++b) {
      permuted = z.step;
      shuffle(permuted, RandomStream(seed, b));
      const double drawn = cross_product(z, permuted);
      beyond.at_least += drawn >= seen - slack ? 1 : 0;
      beyond.at_most += drawn <= seen + slack ? 1 : 0;
    }
    return beyond;
  };
  const Beyond beyond = sum_chunks(permutations, permutation_grain, Beyond{}, draw);
  test.p_value = folded_p(beyond.at_least, beyond.at_most, permutations);
  return test;
}

std::string_view name_of(Quadrant quadrant) {
  constexpr std::array<std::string_view, 5> names{"none", "high-high", "low-low", "high-low",
                                                  "low-high"};
  return names[static_cast<std::size_t>(quadrant)];
}

LocalMoran local_moran(std::span<const double> values, const SpatialWeights& weights,
                       std::uint32_t permutations, std::uint64_t seed) {
  const Deviations z = deviations_of(values, weights);
  LocalMoran local{std::vector<double>(values.size(), undefined),
                   std::vector<double>(values.size(), undefined),
                   std::vector<Quadrant>(values.size(), Quadrant::none), z.size(), z.island_count};
  if (!z.usable()) return local;
  const double factor = static_cast<double>(z.size() - 1) / z.square_sum;
  for_chunks(z.size(), district_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    NeighbourDraws draws(z);
    for (std::size_t row = begin; row < end; ++row) {
      if (z.degree(row) == 0) continue;
      const DistrictIndex i = z.district[row];
      const double lag = z.lag(row);
      local.values[i] = factor * z.deviation[row] * lag;
      local.quadrants[i] = quadrant_of(z.deviation[row], lag);
      if (permutations == 0) continue;
      if (z.deviation[row] == 0.0) {
        local.p_values[i] = 1.0;
        continue;
      }
      const auto [at_least, at_most] = draws.compare(row, permutations, seed);
      local.p_values[i] = folded_p(at_least, at_most, permutations);
    }
  });
  return local;
}

std::vector<Quadrant> significant_quadrants(const LocalMoran& local, double level) {
  std::vector<Quadrant> quadrants = local.quadrants;
  for (std::size_t i = 0; i < quadrants.size(); ++i) {
    if (!(local.p_values[i] <= level)) quadrants[i] = Quadrant::none;
  }
  return quadrants;
}

double false_discovery_level(std::span<const double> p_values, double rate) {
  std::vector<double> sorted;
  for (const double p : p_values) {
    if (is_defined(p)) sorted.push_back(p);
  }
  std::sort(sorted.begin(), sorted.end());
  double level = 0.0;
  for (std::size_t rank = 0; rank < sorted.size(); ++rank) {
    const double allowed =
        rate * static_cast<double>(rank + 1) / static_cast<double>(sorted.size());
    if (sorted[rank] <= allowed) level = sorted[rank];
  }
  return level;
}

}  // namespace quartier::metrics
