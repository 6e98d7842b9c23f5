#include "metrics/local_products.h"

#include <vector>

#include "base/parallel.h"
#include "metrics/local_sums.h"
#include "metrics/sums.h"

namespace quartier::metrics {

double local_factor(const Neighbourhoods& hoods, const AssociationSettings& settings) {
  const auto n = static_cast<double>(hoods.size());
  return settings.factor == LocalFactor::n ? n : n - 1.0;
}

Pattern pattern_of(double deviation, double lag) {
  if (deviation > 0.0) return lag > 0.0 ? Pattern::high_high : Pattern::high_low;
  return lag > 0.0 ? Pattern::low_high : Pattern::low_low;
}

LocalAssociation local_products(const Neighbourhoods& hoods, const Deviations& a,
                                const Deviations& b, double factor,
                                const AssociationSettings& settings) {
  LocalAssociation local = local_result(hoods);
  std::vector<RowTest> tests(hoods.size(), RowTest::none);
  const auto describe = [&](std::size_t row) {
    const DistrictIndex i = hoods.district[row];
    const double own = a.deviation[row];
    const double lag = hoods.lag(row, b.deviation);
    const Moments drawn = drawn_moments(hoods, row, 0.0, b.square_sum, b.deviation[row]);
    local.values[i] = factor * own * lag;
    local.expected[i] = factor * own * drawn.mean;
    local.z_scores[i] = z_score_of(local.values[i], local.expected[i],
                                   factor * own * factor * own * drawn.variance);
    local.patterns[i] = pattern_of(own, lag);
    tests[row] = own == 0.0 ? RowTest::unaffected : own > 0.0 ? RowTest::sum : RowTest::negative;
  };
  for_chunks(hoods.size(), sum_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      if (hoods.degree(row) > 0) describe(row);
    }
  });
  local.p_values = conditional_p_values(hoods, LinearSum(hoods, b), tests, settings);
  return local;
}

}  // namespace quartier::metrics
