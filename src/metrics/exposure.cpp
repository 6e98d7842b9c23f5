#include "metrics/exposure.h"

#include "base/error.h"
#include "base/number.h"
#include "metrics/sums.h"
#include "metrics/surroundings.h"

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

double isolation_without_self(std::span<const double> group, std::span<const double> total) {
  expects(group.size() == total.size(), "isolation_without_self: the same districts twice");
  const double persons = total_of(group);
  if (persons <= 0.0) return undefined;
  const double met = sum_over(group.size(), [&](std::size_t i) {
    return total[i] > 1.0 && group[i] > 1.0 ? group[i] * ((group[i] - 1.0) / (total[i] - 1.0))
                                            : 0.0;
  });
  return within_unit(met / persons);
}

double correlation_ratio(std::span<const double> group, std::span<const double> reference) {
  expects(group.size() == reference.size(), "correlation_ratio: the same districts twice");
  const double x = total_of(group);
  const double y = total_of(reference);
  if (x <= 0.0 || y <= 0.0) return undefined;
  const double met = sum_over(group.size(), [&](std::size_t i) {
    const double both = group[i] + reference[i];
    return both > 0.0 ? group[i] * (reference[i] / both) : 0.0;
  });
  return within_unit(1.0 - met / x / y * (x + y));
}

std::vector<double> exposure_matrix(GroupColumns groups, std::span<const double> total) {
  std::vector<double> matrix;
  matrix.reserve(groups.size() * groups.size());
  for (const auto& group : groups) {
    for (const auto& other : groups) matrix.push_back(interaction_index(group, other, total));
  }
  return matrix;
}

double normalised_exposure(GroupColumns groups) {
  const SurroundingsSums sums = surroundings_sums(own_districts(groups));
  double exposure = 0.0;
  int with_members = 0;
  for (std::size_t k = 0; k < groups.size(); ++k) {
    if (!(sums.composition[k] > 0.0) || !(sums.composition[k] < 1.0)) continue;
    exposure += sums.squares[k] / ((1.0 - sums.composition[k]) * sums.residents);
    ++with_members;
  }
  return with_members > 1 ? within_unit(exposure) : undefined;
}

}  // namespace quartier::metrics
