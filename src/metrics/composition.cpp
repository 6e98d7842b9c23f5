#include "metrics/composition.h"

#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

double ratio(double part, double whole) { return whole > 0.0 ? part / whole : undefined; }

double entropy_of(std::span<const double> composition) {
  double entropy = 0.0;
  for (const double share : composition) {
    if (!is_defined(share)) return undefined;
    entropy += information(share);
  }
  return composition.empty() ? undefined : entropy;
}

double over_greatest(double entropy, std::size_t group_count) {
  if (group_count < 2) return undefined;
  const double normalised = entropy / std::log(static_cast<double>(group_count));
  return is_defined(normalised) ? within_unit(normalised) : undefined;
}

}  // namespace

std::vector<double> shares(std::span<const double> group, std::span<const double> total) {
  expects(group.size() == total.size(), "shares: the same districts twice");
  return per_district(group.size(), [&](std::size_t i) { return ratio(group[i], total[i]); });
}

double city_share(std::span<const double> group, std::span<const double> total) {
  expects(group.size() == total.size(), "city_share: the same districts twice");
  return ratio(total_of(group), total_of(total));
}

std::vector<double> location_quotients(std::span<const double> group,
                                       std::span<const double> total) {
  const double in_city = city_share(group, total);
  return per_district(group.size(),
                      [&](std::size_t i) { return ratio(ratio(group[i], total[i]), in_city); });
}

std::vector<double> district_entropies(GroupColumns groups) {
  const std::vector<double> totals = district_totals(groups);
  return per_district(totals.size(), [&](std::size_t i) {
    if (totals[i] <= 0.0) return undefined;
    double entropy = 0.0;
    for (const auto& group : groups) entropy += information(group[i] / totals[i]);
    return entropy;
  });
}

std::vector<double> normalised_district_entropies(GroupColumns groups) {
  std::vector<double> entropies = district_entropies(groups);
  for (double& entropy : entropies) entropy = over_greatest(entropy, groups.size());
  return entropies;
}

double city_entropy(GroupColumns groups) { return entropy_of(city_composition(groups)); }

double normalised_city_entropy(GroupColumns groups) {
  return over_greatest(city_entropy(groups), groups.size());
}

std::vector<double> simpson_concentrations(GroupColumns groups) {
  const std::vector<double> totals = district_totals(groups);
  return per_district(totals.size(), [&](std::size_t i) {
    if (totals[i] <= 0.0) return undefined;
    double alike = 0.0;
    for (const auto& group : groups) {
      const double share = group[i] / totals[i];
      alike += share * share;
    }
    return within_unit(alike);
  });
}

std::vector<double> simpson_diversities(GroupColumns groups) {
  std::vector<double> diversities = simpson_concentrations(groups);
  for (double& value : diversities) value = 1.0 - value;
  return diversities;
}

double city_simpson_concentration(GroupColumns groups) {
  const std::vector<double> composition = city_composition(groups);
  if (composition.empty()) return undefined;
  double alike = 0.0;
  for (const double share : composition) alike += share * share;
  return is_defined(alike) ? within_unit(alike) : undefined;
}

double city_simpson_diversity(GroupColumns groups) {
  return 1.0 - city_simpson_concentration(groups);
}

}  // namespace quartier::metrics
