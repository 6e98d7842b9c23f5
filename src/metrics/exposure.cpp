#include "metrics/exposure.h"

#include "base/error.h"
#include "base/number.h"
#include "metrics/sums.h"

namespace quartier::metrics {

double isolation_index(std::span<const double> group, std::span<const double> total) {
  return interaction_index(group, group, total);
}

double interaction_index(std::span<const double> group, std::span<const double> reference,
                         std::span<const double> total) {
  expects(group.size() == reference.size() && group.size() == total.size(),
          "interaction_index: the same districts three times");
  const double persons = total_of(group);
  if (persons <= 0.0) return undefined;
  const double met = sum_over(group.size(), [&](std::size_t i) {
    return total[i] > 0.0 ? group[i] * (reference[i] / total[i]) : 0.0;
  });
  return within_unit(met / persons);
}

}  // namespace quartier::metrics
