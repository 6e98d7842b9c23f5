#include "metrics/clustering.h"

#include <array>
#include <cmath>

#include "base/number.h"
#include "metrics/global_draws.h"
#include "metrics/local_products.h"
#include "metrics/local_sums.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

constexpr double rounding_of_sum = 1e-12;  // the same products in another order

Neighbourhoods hoods_of(std::span<const double> values, const SpatialWeights& weights,
                        Islands islands) {
  const std::array variables{values};
  return neighbourhoods_of(variables, weights, islands);
}

double coefficient(const Neighbourhoods& hoods, const Deviations& z) {
  if (hoods.size() < 2 || z.square_sum == 0.0 || hoods.weight_sum == 0.0) return undefined;
  return static_cast<double>(hoods.size()) / hoods.weight_sum *
         cross_products(hoods, z.deviation, z.deviation) / z.square_sum;
}

}  // namespace

double moran_i(std::span<const double> values, const SpatialWeights& weights, Islands islands) {
  const Neighbourhoods hoods = hoods_of(values, weights, islands);
  return coefficient(hoods, deviations_of(hoods.packed(values)));
}

double moran_variance_normal(std::span<const double> values, const SpatialWeights& weights) {
  const Neighbourhoods hoods = hoods_of(values, weights, Islands::kept);
  return moran_variance(hoods, deviations_of(hoods.packed(values))).normality;
}

AssociationTest moran_test(std::span<const double> values, const SpatialWeights& weights,
                           const AssociationSettings& settings) {
  const Neighbourhoods hoods = hoods_of(values, weights, settings.islands);
  const Deviations z = deviations_of(hoods.packed(values));
  AssociationTest test;
  test.value = coefficient(hoods, z);
  test.district_count = hoods.size();
  test.island_count = hoods.island_count;
  if (!is_defined(test.value)) return test;
  test.expected = -1.0 / static_cast<double>(hoods.size() - 1);
  test.variance = moran_variance(hoods, z).randomisation;
  test.z_score = z_score_of(test.value, test.expected, test.variance);
  const double seen = step_products(hoods, z.step);
  test.p_value = rearrangement_p(hoods.size(), seen, rounding_of_sum * std::abs(seen), settings,
                                 [&](std::span<const std::uint32_t> order) {
                                   std::vector<std::int32_t> step(order.size());
                                   for (std::size_t i = 0; i < step.size(); ++i) {
                                     step[i] = z.step[order[i]];
                                   }
                                   return step_products(hoods, step);
                                 });
  return test;
}

LocalAssociation local_moran(std::span<const double> values, const SpatialWeights& weights,
                             const AssociationSettings& settings) {
  const Neighbourhoods hoods = hoods_of(values, weights, settings.islands);
  const Deviations z = deviations_of(hoods.packed(values));
  if (hoods.size() < 2 || z.square_sum == 0.0) return local_result(hoods);
  const double factor = local_factor(hoods, settings) / z.square_sum;
  return local_products(hoods, z, z, factor, settings);
}

}  // namespace quartier::metrics
