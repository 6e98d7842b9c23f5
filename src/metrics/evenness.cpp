#include "metrics/evenness.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>

#include "base/error.h"
#include "base/number.h"
#include "metrics/composition.h"
#include "metrics/gini.h"
#include "metrics/parts.h"
#include "metrics/sums.h"
#include "metrics/surroundings.h"

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

/// Entropy times residents, of the city and of its districts together.
struct Mixture {
  double persons = 0.0;    ///< T
  double city = 0.0;       ///< T E
  double districts = 0.0;  ///< Σ_i t_i E_i
};

Mixture mixture_of(GroupColumns groups) {
  const std::vector<double> totals = district_totals(groups);
  Mixture mixture;
  mixture.persons = total_of(totals);
  for (const auto& group : groups) {
    const double persons = total_of(group);
    mixture.city += part_information(persons, mixture.persons - persons);
  }
  mixture.districts = sum_over(totals.size(), [&](std::size_t i) {
    double information = 0.0;
    for (const auto& group : groups)
      information += part_information(group[i], totals[i] - group[i]);
    return information;
  });
  return mixture;
}

/// The Gini index of counts that are not whole.
double sorted_gini(std::span<const double> group, std::span<const double> reference,
                   const Totals& totals) {
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
  const std::array<std::span<const double>, 2> both{group, reference};
  if (const std::optional<WholeCounts> whole = whole_counts(both)) {
    return exact_gini_index(whole->columns[0], whole->columns[1]);
  }
  return sorted_gini(group, reference, totals);
}

double theil_entropy_index(std::span<const double> group, std::span<const double> reference) {
  const Totals totals = totals_of(group, reference);
  if (!totals.both()) return undefined;
  const double information = sum_over(
      group.size(), [&](std::size_t i) { return split_information(group[i], reference[i]); });
  return within_unit(1.0 - information / split_information(totals.group, totals.reference));
}

double atkinson_index(std::span<const double> group, std::span<const double> reference, double b) {
  expects(b > 0.0 && b < 1.0, "Atkinson index: b between 0 and 1");
  const Totals totals = totals_of(group, reference);
  if (!totals.both()) return undefined;
  const double alike = sum_over(group.size(), [&](std::size_t i) {
    const double x = group[i] / totals.group;
    const double y = reference[i] / totals.reference;
    if (x <= 0.0 || y <= 0.0) return 0.0;
    return b == 0.5 ? std::sqrt(x * y) : std::pow(x, b) * std::pow(y, 1.0 - b);
  });
  return within_unit(1.0 - std::pow(alike, 1.0 / (1.0 - b)));
}

double gorard_index(std::span<const double> group, std::span<const double> reference) {
  const Totals totals = totals_of(group, reference);
  return dissimilarity_index(group, reference) *
         (totals.reference / (totals.group + totals.reference));
}

double min_max_index(std::span<const double> group, std::span<const double> reference) {
  const double dissimilarity = dissimilarity_index(group, reference);
  return 2.0 * dissimilarity / (1.0 + dissimilarity);
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
  if (const std::optional<WholeCounts> whole = whole_counts(groups)) {
    return gini_of_groups(whole->spans()).multigroup;
  }
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
  const Mixture mixture = mixture_of(groups);
  if (!(mixture.city > 0.0)) return undefined;
  return within_unit(1.0 - mixture.districts / mixture.city);
}

double multigroup_relative_diversity(GroupColumns groups) {
  const double index = spatial_relative_diversity(surroundings_sums(own_districts(groups)));
  return is_defined(index) ? within_unit(index) : undefined;
}

double multigroup_squared_variation(GroupColumns groups) {
  return within_unit(spatial_squared_variation(surroundings_sums(own_districts(groups))));
}

double mutual_information(GroupColumns groups) {
  const Mixture mixture = mixture_of(groups);
  if (!(mixture.persons > 0.0)) return undefined;
  return std::max(0.0, (mixture.city - mixture.districts) / mixture.persons);
}

double in_unit(double nats, InformationUnit unit) {
  return unit == InformationUnit::bits ? nats / std::log(2.0) : nats;
}

}  // namespace quartier::metrics
