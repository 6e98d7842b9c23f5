#include "metrics/geary.h"

#include <array>
#include <cmath>
#include <vector>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "metrics/global_draws.h"
#include "metrics/local_products.h"
#include "metrics/local_sums.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

constexpr double rounding_of_sum = 1e-12;  // the same squares in another order

/// Σ_j w_ij (a_i − a_j)²
double squared_differences(const Neighbourhoods& hoods, std::size_t row,
                           std::span<const double> a) {
  double sum = 0.0;
  for (std::uint32_t l = hoods.weights.start[row]; l < hoods.weights.start[row + 1]; ++l) {
    const double difference = a[row] - a[hoods.weights.neighbour[l]];
    sum += hoods.weights.weight[l] * (difference * difference);
  }
  return sum;
}

double all_differences(const Neighbourhoods& hoods, std::span<const double> a) {
  return sum_over(hoods.size(), [&](std::size_t i) { return squared_differences(hoods, i, a); });
}

bool usable(const Neighbourhoods& hoods, const Deviations& z) {
  return hoods.size() > 1 && z.square_sum > 0.0 && hoods.weight_sum > 0.0;
}

double scale_of(const Neighbourhoods& hoods, const Deviations& z) {
  return static_cast<double>(hoods.size() - 1) / (2.0 * hoods.weight_sum * z.square_sum);
}

Neighbourhoods hoods_of(std::span<const double> values, const SpatialWeights& weights,
                        Islands islands) {
  const std::array variables{values};
  return neighbourhoods_of(variables, weights, islands);
}

/// Σ z³ and Σ z⁴, for the moments of squared differences.
struct PowerSums {
  double third = 0.0;
  double fourth = 0.0;
};

PowerSums power_sums(const Deviations& z) {
  const auto power = [&](std::size_t i, int exponent) {
    const double square = z.deviation[i] * z.deviation[i];
    return exponent == 3 ? square * z.deviation[i] : square * square;
  };
  return {sum_over(z.size(), [&](std::size_t i) { return power(i, 3); }),
          sum_over(z.size(), [&](std::size_t i) { return power(i, 4); })};
}

/// Moments of Σ_j w_ij (z_i − z_j)² with z_j drawn from the other districts.
Moments moments_of_row(const Neighbourhoods& hoods, std::size_t row, const Deviations& z,
                       const PowerSums& powers) {
  const auto n = static_cast<double>(hoods.size());
  const double own = z.deviation[row];
  const double square = own * own;
  const double sum = n * square + z.square_sum;
  const double square_sum =
      n * square * square + 6.0 * square * z.square_sum - 4.0 * own * powers.third + powers.fourth;
  return drawn_moments(hoods, row, sum, square_sum, 0.0);
}

Pattern pattern_of_row(double value, double expected, bool one_variable, double own, double lag) {
  if (!(value < expected)) return Pattern::dissimilar;
  if (one_variable && own > 0.0 && lag > 0.0) return Pattern::high_high;
  if (one_variable && own <= 0.0 && lag <= 0.0) return Pattern::low_low;
  return Pattern::similar;
}

}  // namespace

double geary_c(std::span<const double> values, const SpatialWeights& weights, Islands islands) {
  const Neighbourhoods hoods = hoods_of(values, weights, islands);
  const Deviations z = deviations_of(hoods.packed(values));
  if (!usable(hoods, z)) return undefined;
  return scale_of(hoods, z) * all_differences(hoods, z.deviation);
}

double geary_variance_normal(std::span<const double> values, const SpatialWeights& weights) {
  const Neighbourhoods hoods = hoods_of(values, weights, Islands::kept);
  return geary_variance(hoods, deviations_of(hoods.packed(values))).normality;
}

AssociationTest geary_test(std::span<const double> values, const SpatialWeights& weights,
                           const AssociationSettings& settings) {
  const Neighbourhoods hoods = hoods_of(values, weights, settings.islands);
  const Deviations z = deviations_of(hoods.packed(values));
  AssociationTest test;
  test.district_count = hoods.size();
  test.island_count = hoods.island_count;
  if (!usable(hoods, z)) return test;
  const double seen = all_differences(hoods, z.deviation);
  test.value = scale_of(hoods, z) * seen;
  test.expected = 1.0;
  test.variance = geary_variance(hoods, z).randomisation;
  test.z_score = z_score_of(test.value, test.expected, test.variance);
  test.p_value = rearrangement_p(hoods.size(), seen, rounding_of_sum * seen, settings,
                                 [&](std::span<const std::uint32_t> order) {
                                   std::vector<double> drawn(order.size());
                                   for (std::size_t i = 0; i < drawn.size(); ++i) {
                                     drawn[i] = z.deviation[order[i]];
                                   }
                                   return all_differences(hoods, drawn);
                                 });
  return test;
}

LocalAssociation local_geary(std::span<const std::span<const double>> variables,
                             const SpatialWeights& weights, const AssociationSettings& settings) {
  expects(!variables.empty(), "local_geary: at least one variable");
  const Neighbourhoods hoods = neighbourhoods_of(variables, weights, settings.islands);
  LocalAssociation local = local_result(hoods);
  if (hoods.size() < 2) return local;
  std::vector<Deviations> all;
  std::vector<PowerSums> powers;
  for (const std::span<const double> values : variables) {
    all.push_back(deviations_of(hoods.packed(values)));
    if (all.back().square_sum == 0.0) return local;
    powers.push_back(power_sums(all.back()));
  }
  const double factor = local_factor(hoods, settings) / static_cast<double>(variables.size());
  const auto describe = [&](std::size_t row) {
    double value = 0.0;
    double expected = 0.0;
    double variance = 0.0;
    for (std::size_t v = 0; v < all.size(); ++v) {
      const double scale = factor / all[v].square_sum;
      const Moments drawn = moments_of_row(hoods, row, all[v], powers[v]);
      value += scale * squared_differences(hoods, row, all[v].deviation);
      expected += scale * drawn.mean;
      variance += scale * scale * drawn.variance;
    }
    const DistrictIndex i = hoods.district[row];
    local.values[i] = value;
    local.expected[i] = expected;
    if (all.size() == 1) local.z_scores[i] = z_score_of(value, expected, variance);
    local.patterns[i] = pattern_of_row(value, expected, all.size() == 1, all[0].deviation[row],
                                       hoods.lag(row, all[0].deviation));
  };
  for_chunks(hoods.size(), sum_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      if (hoods.degree(row) > 0) describe(row);
    }
  });
  local.p_values = conditional_p_values(hoods, SquaredDifferences(hoods, all), {}, settings);
  return local;
}

LocalAssociation local_geary(std::span<const double> values, const SpatialWeights& weights,
                             const AssociationSettings& settings) {
  const std::array variables{values};
  return local_geary(variables, weights, settings);
}

}  // namespace quartier::metrics
