#include "metrics/getis_ord.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/number.h"
#include "base/parallel.h"
#include "metrics/global_draws.h"
#include "metrics/local_sums.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

constexpr double rounding_of_sum = 1e-12;  // the same products in another order
constexpr double rounding_of_difference = 1e-13;

Neighbourhoods hoods_of(std::span<const double> values, const SpatialWeights& weights,
                        Islands islands) {
  const std::array variables{values};
  return neighbourhoods_of(variables, weights, islands);
}

/// E[G²] − E[G]² over all rearrangements (Getis & Ord 1992, appendix).
double variance_of_g(const Neighbourhoods& hoods, std::span<const double> y, double expected) {
  if (hoods.size() < 4) return undefined;
  std::array<double, 5> m{};
  for (std::size_t power = 1; power < m.size(); ++power) {
    m[power] = sum_over(y.size(), [&](std::size_t i) {
      double product = y[i];
      for (std::size_t k = 1; k < power; ++k) product *= y[i];
      return product;
    });
  }
  const auto [s0, s1, s2] = weight_sums(hoods);
  const auto n = static_cast<double>(hoods.size());
  const double s00 = s0 * s0;
  const double b0 = (n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s00;
  const double b1 = -((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * s00);
  const double b2 = -(2.0 * n * s1 - (n + 3.0) * s2 + 6.0 * s00);
  const double b3 = 4.0 * (n - 1.0) * s1 - 2.0 * (n + 1.0) * s2 + 8.0 * s00;
  const double b4 = s1 - s2 + s00;
  const double products = m[1] * m[1] - m[2];
  const double squares = b0 * m[2] * m[2] + b1 * m[4] + b2 * m[1] * m[1] * m[2] + b3 * m[1] * m[3] +
                         b4 * m[1] * m[1] * m[1] * m[1];
  const double arrangements = n * (n - 1.0) * (n - 2.0) * (n - 3.0);
  return squares / (products * products * arrangements) - expected * expected;
}

/// The pieces of the z form of one district.
struct Standard {
  double lag = 0.0;  // Σ w z
  double weight = 0.0;
  double squares = 0.0;
  double count = 0.0;  // m
  double mean = 0.0;   // of z over those m
  double mean_square = 0.0;

  [[nodiscard]] double deviation() const {
    const double variance = mean_square - mean * mean;
    const double spread = count * squares - weight * weight;
    if (variance <= rounding_of_difference * mean_square) return undefined;
    if (spread <= rounding_of_difference * count * squares) return undefined;
    return std::sqrt(variance) * std::sqrt(spread / (count - 1.0));
  }
};

Standard standard_of(const Neighbourhoods& hoods, const Deviations& z, std::size_t row,
                     OwnValue own) {
  const auto n = static_cast<double>(hoods.size());
  const double value = z.deviation[row];
  Standard s;
  s.lag = hoods.lag(row, z.deviation);
  s.weight = hoods.row_sum[row];
  s.squares = hoods.square_sum(row);
  s.count = n - 1.0;
  s.mean = -value / (n - 1.0);
  s.mean_square = (z.square_sum - value * value) / (n - 1.0);
  if (own == OwnValue::included) {
    const double own_weight = s.weight / hoods.degree(row);
    s.lag += own_weight * value;
    s.weight += own_weight;
    s.squares += own_weight * own_weight;
    s.count = n;
    s.mean = 0.0;
    s.mean_square = z.square_sum / n;
  }
  return s;
}

}  // namespace

AssociationTest getis_ord_g(std::span<const double> values, const SpatialWeights& weights,
                            const AssociationSettings& settings) {
  const Neighbourhoods hoods = hoods_of(values, weights, settings.islands);
  const std::vector<double> y = hoods.packed(values);
  AssociationTest test;
  test.district_count = hoods.size();
  test.island_count = hoods.island_count;
  const double sum = total_of(y);
  const double squares = sum_over(y.size(), [&](std::size_t i) { return y[i] * y[i]; });
  const double products = sum * sum - squares;
  const bool negative = std::any_of(y.begin(), y.end(), [](double v) { return v < 0.0; });
  if (negative || hoods.size() < 2 || hoods.weight_sum == 0.0 ||
      products <= rounding_of_difference * squares) {
    return test;
  }
  const auto n = static_cast<double>(hoods.size());
  const double seen = cross_products(hoods, y, y);
  test.value = seen / products;
  test.expected = hoods.weight_sum / (n * (n - 1.0));
  test.variance = variance_of_g(hoods, y, test.expected);
  test.z_score = z_score_of(test.value, test.expected, test.variance);
  test.p_value = rearrangement_p(hoods.size(), seen, rounding_of_sum * seen, settings,
                                 [&](std::span<const std::uint32_t> order) {
                                   std::vector<double> drawn(order.size());
                                   for (std::size_t i = 0; i < drawn.size(); ++i) {
                                     drawn[i] = y[order[i]];
                                   }
                                   return cross_products(hoods, drawn, drawn);
                                 });
  return test;
}

LocalAssociation local_getis_ord(std::span<const double> values, const SpatialWeights& weights,
                                 OwnValue own, const AssociationSettings& settings) {
  const Neighbourhoods hoods = hoods_of(values, weights, settings.islands);
  const Deviations z = deviations_of(hoods.packed(values));
  LocalAssociation local = local_result(hoods);
  if (hoods.size() < 3 || z.square_sum == 0.0) return local;
  std::vector<RowTest> tests(hoods.size(), RowTest::none);
  const auto describe = [&](std::size_t row) {
    const Standard s = standard_of(hoods, z, row, own);
    const double deviation = s.deviation();
    if (!is_defined(deviation)) return;
    const DistrictIndex i = hoods.district[row];
    const Moments drawn = drawn_moments(hoods, row, 0.0, z.square_sum, z.deviation[row]);
    local.values[i] = (s.lag - s.weight * s.mean) / deviation;
    const double kept = s.lag - hoods.lag(row, z.deviation);
    local.expected[i] = (drawn.mean + kept - s.weight * s.mean) / deviation;
    local.z_scores[i] =
        z_score_of(local.values[i], local.expected[i], drawn.variance / (deviation * deviation));
    local.patterns[i] = local.values[i] > 0.0 ? Pattern::high_high : Pattern::low_low;
    tests[row] = RowTest::sum;
  };
  for_chunks(hoods.size(), sum_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      if (hoods.degree(row) > 0) describe(row);
    }
  });
  local.p_values = conditional_p_values(hoods, LinearSum(hoods, z), tests, settings);
  return local;
}

}  // namespace quartier::metrics
