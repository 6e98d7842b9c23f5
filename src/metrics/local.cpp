#include "metrics/local.h"

#include <algorithm>

#include "base/error.h"
#include "base/number.h"
#include "metrics/sums.h"

namespace quartier::metrics {

std::vector<double> local_divergences(GroupColumns groups) {
  const std::vector<double> totals = district_totals(groups);
  const std::vector<double> composition = city_composition(groups);
  return per_district(totals.size(), [&](std::size_t i) {
    if (totals[i] <= 0.0) return undefined;
    double divergence = 0.0;
    for (std::size_t k = 0; k < groups.size(); ++k) {
      divergence += relative_information(groups[k][i] / totals[i], composition[k]);
    }
    return std::max(0.0, divergence);
  });
}

double group_divergence(std::span<const double> group, std::span<const double> total) {
  expects(group.size() == total.size(), "group_divergence: the same districts twice");
  const double persons = total_of(group);
  const double everyone = total_of(total);
  if (persons <= 0.0 || everyone <= 0.0) return undefined;
  const double divergence = sum_over(group.size(), [&](std::size_t i) {
    return total[i] > 0.0 ? relative_information(group[i] / persons, total[i] / everyone) : 0.0;
  });
  return std::max(0.0, divergence);
}

}  // namespace quartier::metrics
