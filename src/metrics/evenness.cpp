#include "metrics/evenness.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/error.h"
#include "base/number.h"
#include "metrics/composition.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

struct Totals {
  double group = 0.0;
  double reference = 0.0;
  [[nodiscard]] bool both() const { return group > 0.0 && reference > 0.0; }
};

Totals totals_of(std::span<const double> group, std::span<const double> reference) {
  expects(group.size() == reference.size(), "evenness: the same districts twice");
  return {total_of(group), total_of(reference)};
}

/// De Moivre's mean absolute deviation of Binomial(t, P), P = X / (X + Y).
double binomial_deviation(double t, const Totals& totals) {
  const double all = totals.group + totals.reference;
  const double v = std::floor(t * totals.group / all) + 1.0;
  if (v > t) return 0.0;
  int sign = 0;
  const double log_choose =
      ::lgamma_r(t + 1.0, &sign) - ::lgamma_r(v + 1.0, &sign) - ::lgamma_r(t - v + 1.0, &sign);
  return 2.0 * v *
         std::exp(log_choose + v * std::log(totals.group / all) +
                  (t - v + 1.0) * std::log(totals.reference / all));
}

}  // namespace

double dissimilarity_index(std::span<const double> group, std::span<const double> reference) {
  const Totals totals = totals_of(group, reference);
  if (!totals.both()) return undefined;
  const double difference = sum_over(group.size(), [&](std::size_t i) {
    return std::abs(group[i] / totals.group - reference[i] / totals.reference);
  });
  return within_unit(difference / 2.0);
}

std::vector<double> dissimilarity_contributions(std::span<const double> group,
                                                std::span<const double> reference) {
  const Totals totals = totals_of(group, reference);
  if (!totals.both()) return std::vector<double>(group.size(), undefined);
  return per_district(group.size(), [&](std::size_t i) {
    return std::abs(group[i] / totals.group - reference[i] / totals.reference) / 2.0;
  });
}

double expected_dissimilarity(std::span<const double> group, std::span<const double> reference) {
  const Totals totals = totals_of(group, reference);
  if (!totals.both()) return undefined;
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (group[i] != std::floor(group[i]) || reference[i] != std::floor(reference[i])) {
      return undefined;
    }
  }
  const double deviation = sum_over(group.size(), [&](std::size_t i) {
    return binomial_deviation(group[i] + reference[i], totals);
  });
  const double all = totals.group + totals.reference;
  return deviation * all / (2.0 * totals.group * totals.reference);
}

double gini_index(std::span<const double> group, std::span<const double> reference) {
  const Totals totals = totals_of(group, reference);
  if (!totals.both()) return undefined;
  struct Ranked {
    double share;
    std::uint32_t district;
  };
  std::vector<Ranked> order;
  order.reserve(group.size());
  for (std::size_t i = 0; i < group.size(); ++i) {
    const double both = group[i] + reference[i];
    if (both > 0.0) order.push_back({group[i] / both, static_cast<std::uint32_t>(i)});
  }
  std::sort(order.begin(), order.end(), [](const Ranked& a, const Ranked& b) {
    return a.share != b.share ? a.share < b.share : a.district < b.district;
  });
  // Σ_(i) t_i (p_i C_i − S_i) with C, S the running sums of t and x is Σ_(i) x_i CY_i − y_i CX_i
  // with CX, CY the running sums of x and y: whole numbers, where the counts are.
  double area = 0.0;
  double group_below = 0.0;
  double reference_below = 0.0;
  for (const Ranked& ranked : order) {
    const double x = group[ranked.district];
    const double y = reference[ranked.district];
    area += x * reference_below - y * group_below;
    group_below += x;
    reference_below += y;
  }
  return within_unit(area / (totals.group * totals.reference));
}

double theil_entropy_index(std::span<const double> group, std::span<const double> reference) {
  const Totals totals = totals_of(group, reference);
  if (!totals.both()) return undefined;
  const double all = totals.group + totals.reference;
  const double in_city = totals.group / all;
  const double entropy = information(in_city) + information(totals.reference / all);
  const double divergence = sum_over(group.size(), [&](std::size_t i) {
    const double both = group[i] + reference[i];
    if (both <= 0.0) return 0.0;
    return both * (relative_information(group[i] / both, in_city) +
                   relative_information(reference[i] / both, totals.reference / all));
  });
  return within_unit(divergence / (all * entropy));
}

double multigroup_dissimilarity(GroupColumns groups) {
  const double diversity = city_simpson_diversity(groups);
  if (!(diversity > 0.0)) return undefined;
  const std::vector<double> totals = district_totals(groups);
  const std::vector<double> composition = city_composition(groups);
  const double difference = sum_over(totals.size(), [&](std::size_t i) {
    double sum = 0.0;
    for (std::size_t k = 0; k < groups.size(); ++k) {
      sum += std::abs(groups[k][i] - totals[i] * composition[k]);
    }
    return sum;
  });
  return within_unit(difference / (2.0 * total_of(totals) * diversity));
}

double multigroup_gini(GroupColumns groups) {
  const double diversity = city_simpson_diversity(groups);
  if (!(diversity > 0.0)) return undefined;
  const std::vector<double> totals = district_totals(groups);
  const std::vector<double> composition = city_composition(groups);
  std::vector<double> rest(totals.size());
  double weighted = 0.0;
  for (std::size_t k = 0; k < groups.size(); ++k) {
    const double weight = composition[k] * (1.0 - composition[k]);
    if (weight <= 0.0) continue;
    for (std::size_t i = 0; i < rest.size(); ++i) rest[i] = totals[i] - groups[k][i];
    weighted += weight * gini_index(groups[k], rest);
  }
  return within_unit(weighted / diversity);
}

double multigroup_theil_entropy(GroupColumns groups) {
  const double entropy = city_entropy(groups);
  if (!(entropy > 0.0)) return undefined;
  return within_unit(mutual_information(groups) / entropy);
}

double mutual_information(GroupColumns groups) {
  const std::vector<double> totals = district_totals(groups);
  const double all = total_of(totals);
  if (all <= 0.0) return undefined;
  const std::vector<double> composition = city_composition(groups);
  const double divergence = sum_over(totals.size(), [&](std::size_t i) {
    if (totals[i] <= 0.0) return 0.0;
    double local = 0.0;
    for (std::size_t k = 0; k < groups.size(); ++k) {
      local += relative_information(groups[k][i] / totals[i], composition[k]);
    }
    return totals[i] * local;
  });
  return std::max(0.0, divergence / all);
}

}  // namespace quartier::metrics
