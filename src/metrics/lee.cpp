#include "metrics/lee.h"

#include <array>
#include <cmath>
#include <vector>

#include "base/number.h"
#include "metrics/global_draws.h"
#include "metrics/local_products.h"
#include "metrics/local_sums.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

constexpr double rounding_of_sum = 1e-12;

/// Both variables where both are known, and what all formulas share.
struct Pair {
  Neighbourhoods hoods;
  Deviations x;
  Deviations y;
  double weight_squares = 0.0;  // Σ_i W_i²

  Pair(std::span<const double> a, std::span<const double> b, const SpatialWeights& weights,
       Islands islands)
      : hoods(neighbourhoods_of(std::array{a, b}, weights, islands)),
        x(deviations_of(hoods.packed(a))),
        y(deviations_of(hoods.packed(b))) {
    for (const double weight : hoods.row_sum) weight_squares += weight * weight;
  }
  [[nodiscard]] bool usable() const {
    return x.square_sum > 0.0 && y.square_sum > 0.0 && weight_squares > 0.0;
  }
  /// n / Σ W² / sqrt(Σ x² Σ y²)
  [[nodiscard]] double scale() const {
    return static_cast<double>(hoods.size()) /
           (weight_squares * std::sqrt(x.square_sum) * std::sqrt(y.square_sum));
  }
};

double products_of_lags(const Neighbourhoods& hoods, std::span<const double> x,
                        std::span<const double> y) {
  return sum_over(hoods.size(), [&](std::size_t i) { return hoods.lag(i, x) * hoods.lag(i, y); });
}

}  // namespace

AssociationTest lee_l(std::span<const double> x, std::span<const double> y,
                      const SpatialWeights& weights, const AssociationSettings& settings) {
  const Pair pair(x, y, weights, settings.islands);
  const Neighbourhoods& hoods = pair.hoods;
  AssociationTest test;
  test.district_count = hoods.size();
  test.island_count = hoods.island_count;
  if (!pair.usable()) return test;
  const std::vector<double>& a = pair.x.deviation;
  const std::vector<double>& b = pair.y.deviation;
  const double seen = products_of_lags(hoods, a, b);
  test.value = pair.scale() * seen;
  // Over all rearrangements, x_j y_j has the mean Σ x y / n and x_j y_k, j ≠ k, −Σ x y / (n (n−1)).
  const auto n = static_cast<double>(hoods.size());
  const double common = sum_over(a.size(), [&](std::size_t i) { return a[i] * b[i]; });
  double same = 0.0;
  for (std::size_t i = 0; i < hoods.size(); ++i) same += hoods.square_sum(i);
  test.expected = pair.scale() * common / n * (same - (pair.weight_squares - same) / (n - 1.0));
  const double size = std::sqrt(products_of_lags(hoods, a, a) * products_of_lags(hoods, b, b));
  test.p_value = rearrangement_p(hoods.size(), seen, rounding_of_sum * size, settings,
                                 [&](std::span<const std::uint32_t> order) {
                                   std::vector<double> drawn_a(order.size());
                                   std::vector<double> drawn_b(order.size());
                                   for (std::size_t i = 0; i < order.size(); ++i) {
                                     drawn_a[i] = a[order[i]];
                                     drawn_b[i] = b[order[i]];
                                   }
                                   return products_of_lags(hoods, drawn_a, drawn_b);
                                 });
  return test;
}

LocalAssociation local_lee(std::span<const double> x, std::span<const double> y,
                           const SpatialWeights& weights, const AssociationSettings& settings) {
  const Pair pair(x, y, weights, settings.islands);
  const Neighbourhoods& hoods = pair.hoods;
  LocalAssociation local = local_result(hoods);
  if (!pair.usable()) return local;
  const double scale = pair.scale() * static_cast<double>(hoods.size());
  for (std::size_t row = 0; row < hoods.size(); ++row) {
    if (hoods.degree(row) == 0) continue;
    const double lag_x = hoods.lag(row, pair.x.deviation);
    const double lag_y = hoods.lag(row, pair.y.deviation);
    local.values[hoods.district[row]] = scale * lag_x * lag_y;
    local.patterns[hoods.district[row]] = pattern_of(lag_x, lag_y);
  }
  local.p_values = conditional_p_values(hoods, ProductOfSums(hoods, pair.x, pair.y), {}, settings);
  return local;
}

}  // namespace quartier::metrics
