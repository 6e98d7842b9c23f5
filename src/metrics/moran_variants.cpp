#include "metrics/moran_variants.h"

#include <array>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "metrics/clustering.h"
#include "metrics/global_draws.h"
#include "metrics/local_products.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

constexpr double rounding_of_sum = 1e-12;

}  // namespace

AssociationTest bivariate_moran(std::span<const double> x, std::span<const double> y,
                                const SpatialWeights& weights,
                                const AssociationSettings& settings) {
  const std::array variables{x, y};
  const Neighbourhoods hoods = neighbourhoods_of(variables, weights, settings.islands);
  const std::vector<double> a = deviations_of(hoods.packed(x)).deviation;
  const Deviations b = deviations_of(hoods.packed(y));
  const double a_squares = sum_over(a.size(), [&](std::size_t i) { return a[i] * a[i]; });
  AssociationTest test;
  test.district_count = hoods.size();
  test.island_count = hoods.island_count;
  if (a_squares == 0.0 || b.square_sum == 0.0 || hoods.weight_sum == 0.0) return test;
  std::vector<double> lag(hoods.size());
  for (std::size_t i = 0; i < lag.size(); ++i) lag[i] = hoods.lag(i, b.deviation);
  const double seen = sum_over(lag.size(), [&](std::size_t i) { return a[i] * lag[i]; });
  const double scale = static_cast<double>(hoods.size()) /
                       (hoods.weight_sum * std::sqrt(a_squares) * std::sqrt(b.square_sum));
  const double lag_squares = sum_over(lag.size(), [&](std::size_t i) { return lag[i] * lag[i]; });
  const double lag_sum = total_of(lag);
  const auto n = static_cast<double>(hoods.size());
  test.value = scale * seen;
  test.expected = 0.0;
  // Two fixed lists matched at random: Σ a² · Σ (lag − mean)² / (n − 1).
  test.variance = scale * scale * a_squares * (lag_squares - lag_sum * lag_sum / n) / (n - 1.0);
  test.z_score = z_score_of(test.value, test.expected, test.variance);
  const double size = std::sqrt(a_squares) * std::sqrt(lag_squares);
  test.p_value = rearrangement_p(
      hoods.size(), seen, rounding_of_sum * size, settings,
      [&](std::span<const std::uint32_t> order) {
        return sum_over(order.size(), [&](std::size_t i) { return a[order[i]] * lag[i]; });
      });
  return test;
}

LocalAssociation bivariate_local_moran(std::span<const double> x, std::span<const double> y,
                                       const SpatialWeights& weights,
                                       const AssociationSettings& settings) {
  const std::array variables{x, y};
  const Neighbourhoods hoods = neighbourhoods_of(variables, weights, settings.islands);
  const Deviations a = deviations_of(hoods.packed(x));
  const Deviations b = deviations_of(hoods.packed(y));
  if (hoods.size() < 2 || a.square_sum == 0.0 || b.square_sum == 0.0) return local_result(hoods);
  const double factor =
      local_factor(hoods, settings) / (std::sqrt(a.square_sum) * std::sqrt(b.square_sum));
  return local_products(hoods, a, b, factor, settings);
}

std::vector<double> standardised_rates(std::span<const double> events,
                                       std::span<const double> population) {
  expects(events.size() == population.size(), "standardised_rates: the same districts twice");
  const auto counts = [&](std::size_t i) {
    return is_defined(events[i]) && is_defined(population[i]) && population[i] > 0.0;
  };
  double events_sum = 0.0;
  double population_sum = 0.0;
  double n = 0.0;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (!counts(i)) continue;
    events_sum += events[i];
    population_sum += population[i];
    n += 1.0;
  }
  std::vector<double> rates(events.size(), undefined);
  if (!(events_sum > 0.0)) return rates;
  const double b = events_sum / population_sum;
  const double squares = sum_over(events.size(), [&](std::size_t i) {
    if (!counts(i)) return 0.0;
    const double deviation = events[i] / population[i] - b;
    return population[i] * deviation * deviation;
  });
  const double a = squares / population_sum - b / (population_sum / n);
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (!counts(i)) continue;
    const double variance = a + b / population[i];
    const double used = variance > 0.0 ? variance : b / population[i];
    rates[i] = (events[i] / population[i] - b) / std::sqrt(used);
  }
  return rates;
}

AssociationTest rates_moran(std::span<const double> events, std::span<const double> population,
                            const SpatialWeights& weights, const AssociationSettings& settings) {
  return moran_test(standardised_rates(events, population), weights, settings);
}

LocalAssociation local_rates_moran(std::span<const double> events,
                                   std::span<const double> population,
                                   const SpatialWeights& weights,
                                   const AssociationSettings& settings) {
  return local_moran(standardised_rates(events, population), weights, settings);
}

LocalAssociation differential_local_moran(std::span<const double> earlier,
                                          std::span<const double> later,
                                          const SpatialWeights& weights,
                                          const AssociationSettings& settings) {
  expects(earlier.size() == later.size(), "differential_local_moran: the same districts twice");
  std::vector<double> change(later.begin(), later.end());
  for (std::size_t i = 0; i < change.size(); ++i) change[i] -= earlier[i];
  return local_moran(change, weights, settings);
}

}  // namespace quartier::metrics
