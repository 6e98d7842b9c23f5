#include "metrics/margins.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "base/error.h"
#include "base/number.h"
#include "metrics/lanes.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

constexpr std::size_t block = 512;
/// A fit that gains less than this in so many rounds goes nowhere: it would need tens of thousands
/// of rounds more.
constexpr std::size_t patience = 500;
constexpr double least_gain = 0.9;

struct Fit {
  std::span<const double> const* columns;
  std::size_t group_count;
  const double* unit_margins;
  const double* group_factor;
  double* unit_factor;
};

/// Unit factors of [begin, end) from the group factors, and Σ a_i x_ik added to `sums` [K].
QUARTIER_HOT void fit_units(const Fit& fit, std::size_t begin, std::size_t end, double* sums) {
  std::array<double, block> row;
  for (std::size_t from = begin; from < end; from += block) {
    const std::size_t count = std::min(block, end - from);
    std::fill_n(row.data(), count, 0.0);
    for (std::size_t k = 0; k < fit.group_count; ++k) {
      const double factor = fit.group_factor[k];
      const double* x = fit.columns[k].data() + from;
      for (std::size_t i = 0; i < count; ++i) row[i] += factor * x[i];
    }
    double* a = fit.unit_factor + from;
    const double* margins = fit.unit_margins + from;
    for (std::size_t i = 0; i < count; ++i) a[i] = row[i] > 0.0 ? margins[i] / row[i] : 0.0;
    for (std::size_t k = 0; k < fit.group_count; ++k) {
      const double* x = fit.columns[k].data() + from;
      for (std::size_t i = 0; i < count; ++i) row[i] = a[i] * x[i];
      Lanes sum;
      sum.add(row.data(), count);
      sums[k] += sum.value();
    }
  }
}

/// Σ_i a_i x_ik for each group, with a_i renewed.
std::vector<double> one_round(const Fit& fit, std::size_t unit_count) {
  const std::size_t chunk_count = (unit_count + sum_grain - 1) / sum_grain;
  std::vector<double> partials(chunk_count * fit.group_count, 0.0);
  for_chunks(unit_count, sum_grain, [&](std::size_t chunk, std::size_t begin, std::size_t end) {
    fit_units(fit, begin, end, partials.data() + chunk * fit.group_count);
  });
  std::vector<double> sums(fit.group_count, 0.0);
  for (std::size_t chunk = 0; chunk < chunk_count; ++chunk) {
    for (std::size_t k = 0; k < fit.group_count; ++k) {
      sums[k] += partials[chunk * fit.group_count + k];
    }
  }
  return sums;
}

[[noreturn]] void cannot(const std::string& why) {
  throw Error("margins that cannot be fitted: " + why,
              "compare only districts and groups that are counted at both dates");
}

void check_reachable(GroupColumns counts, std::span<const double> unit_margins,
                     std::span<const double> group_margins) {
  for (std::size_t i = 0; i < unit_margins.size(); ++i) {
    bool anyone = unit_margins[i] <= 0.0;
    for (std::size_t k = 0; k < counts.size() && !anyone; ++k) {
      anyone = counts[k][i] > 0.0 && group_margins[k] > 0.0;
    }
    if (!anyone) {
      cannot("district " + std::to_string(i) + " (counted from 0) has a margin but nobody in it");
    }
  }
  for (std::size_t k = 0; k < counts.size(); ++k) {
    bool anyone = group_margins[k] <= 0.0;
    for (std::size_t i = 0; i < unit_margins.size() && !anyone; ++i) {
      anyone = counts[k][i] > 0.0 && unit_margins[i] > 0.0;
    }
    if (!anyone) {
      cannot("group " + std::to_string(k) + " (counted from 0) has a margin but nobody in it");
    }
  }
}

}  // namespace

FittedMargins fitted_to_margins(GroupColumns counts, std::span<const double> unit_margins,
                                std::span<const double> group_margins, const FitLimits& limits) {
  const std::size_t n = district_count(counts);
  expects(unit_margins.size() == n && group_margins.size() == counts.size(),
          "fitted_to_margins: a margin for each district and group");
  const double persons = total_of(unit_margins);
  expects(std::abs(persons - total_of(group_margins)) <= 1e-9 * persons,
          "fitted_to_margins: margins with the same sum");
  check_reachable(counts, unit_margins, group_margins);

  FittedMargins fitted{std::vector<double>(n, 0.0), std::vector<double>(counts.size(), 1.0)};
  for (std::size_t k = 0; k < counts.size(); ++k) {
    if (group_margins[k] <= 0.0) fitted.group_factor[k] = 0.0;
  }
  const Fit fit{counts.data(), counts.size(), unit_margins.data(), fitted.group_factor.data(),
                fitted.unit_factor.data()};
  double earlier_error = unreachable;
  std::size_t worst = 0;
  while (fitted.rounds < limits.max_rounds) {
    const std::vector<double> sums = one_round(fit, n);
    ++fitted.rounds;
    fitted.largest_error = 0.0;
    for (std::size_t k = 0; k < counts.size(); ++k) {
      if (group_margins[k] <= 0.0) continue;
      const double error = std::abs(fitted.group_factor[k] * sums[k] / group_margins[k] - 1.0);
      if (!(error <= fitted.largest_error)) {
        fitted.largest_error = error;
        worst = k;
      }
    }
    if (fitted.largest_error <= limits.tolerance) return fitted;
    if (fitted.rounds % patience == 0) {
      if (!(fitted.largest_error < least_gain * earlier_error)) break;
      earlier_error = fitted.largest_error;
    }
    for (std::size_t k = 0; k < counts.size(); ++k) {
      if (group_margins[k] > 0.0) fitted.group_factor[k] = group_margins[k] / sums[k];
    }
  }
  cannot("the total of group " + std::to_string(worst) + " (counted from 0) is off by a share of " +
         std::to_string(fitted.largest_error) + " after " + std::to_string(fitted.rounds) +
         " rounds");
}

}  // namespace quartier::metrics
