#include "metrics/ordinal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "base/error.h"
#include "base/number.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

double spread_at(double below, OrdinalSpread spread) {
  const double above = 1.0 - below;
  switch (spread) {
    case OrdinalSpread::entropy:
      return (information(below) + information(above)) / std::log(2.0);
    case OrdinalSpread::variation:
      return 4.0 * below * above;
    case OrdinalSpread::square_root:
      return 2.0 * std::sqrt(below * above);
    case OrdinalSpread::absolute:
      break;
  }
  return 1.0 - std::abs(2.0 * below - 1.0);
}

/// Σ_j f(c_j) over the inner thresholds of `counts(j)`, which add up to `total`.
template <typename Counts>
double spread_over(std::size_t group_count, double total, OrdinalSpread spread,
                   const Counts& counts) {
  double below = 0.0;
  double sum = 0.0;
  for (std::size_t j = 0; j + 1 < group_count; ++j) {
    below += counts(j);
    sum += spread_at(std::clamp(below / total, 0.0, 1.0), spread);
  }
  return sum;
}

OrdinalSpread spread_of(RankOrderIndex index) {
  return index == RankOrderIndex::theil ? OrdinalSpread::entropy : OrdinalSpread::variation;
}

/// Σ_i t_i f(c_i) for the split of every district into residents up to a group and the others.
double spread_within(std::span<const double> below, std::span<const double> totals,
                     OrdinalSpread spread) {
  return sum_over(totals.size(), [&](std::size_t i) {
    if (totals[i] <= 0.0) return 0.0;
    return totals[i] * spread_at(std::clamp(below[i] / totals[i], 0.0, 1.0), spread);
  });
}

/// ∫ w(p) u^m dp over [0, 1] with u = 2p − 1 and the weight w of the index, ∫ w = 1.
double moment(RankOrderIndex index, std::size_t m) {
  if (m % 2 == 1) return 0.0;
  const auto power = static_cast<double>(m);
  if (index == RankOrderIndex::variation) return 3.0 / ((power + 1.0) * (power + 3.0));
  double sum = 0.0;
  for (std::size_t j = 0; j <= m; j += 2) sum += 1.0 / (static_cast<double>(j) + 1.0);
  return 2.0 * sum / ((power + 1.0) * (power + 2.0));
}

/// A polynomial in u: its values at the thresholds and its coefficients.
struct Polynomial {
  std::vector<double> values;
  std::array<double, largest_rank_order + 1> coefficients{};
};

/// Mean over percentiles of the polynomial fitted to the points (Forsythe 1957).
double fitted_mean(const RankOrder& points, RankOrderIndex index) {
  const std::size_t m = points.percentiles.size();
  std::vector<double> u(m);
  std::vector<double> weights(m);
  for (std::size_t j = 0; j < m; ++j) {
    u[j] = 2.0 * points.percentiles[j] - 1.0;
    const double spread = spread_at(points.percentiles[j], spread_of(index));
    weights[j] = spread * spread;
  }
  const auto product = [&](std::span<const double> a, std::span<const double> b) {
    double sum = 0.0;
    for (std::size_t j = 0; j < m; ++j) sum += weights[j] * a[j] * b[j];
    return sum;
  };

  std::vector<Polynomial> basis;
  std::vector<double> rest = points.segregation;
  double mean = 0.0;
  for (std::size_t degree = 0; degree <= points.order; ++degree) {
    Polynomial next;
    next.values.assign(m, 1.0);
    next.coefficients[0] = 1.0;
    if (degree > 0) {
      const Polynomial& last = basis.back();
      for (std::size_t j = 0; j < m; ++j) next.values[j] = u[j] * last.values[j];
      next.coefficients[0] = 0.0;
      for (std::size_t k = 0; k < degree; ++k) next.coefficients[k + 1] = last.coefficients[k];
    }
    for (const Polynomial& earlier : basis) {
      const double along =
          product(next.values, earlier.values) / product(earlier.values, earlier.values);
      for (std::size_t j = 0; j < m; ++j) next.values[j] -= along * earlier.values[j];
      for (std::size_t k = 0; k < degree; ++k) {
        next.coefficients[k] -= along * earlier.coefficients[k];
      }
    }
    const double fit = product(rest, next.values) / product(next.values, next.values);
    for (std::size_t j = 0; j < m; ++j) rest[j] -= fit * next.values[j];
    for (std::size_t k = 0; k <= degree; ++k) {
      mean += fit * next.coefficients[k] * moment(index, k);
    }
    basis.push_back(std::move(next));
  }
  return mean;
}

}  // namespace

std::string_view id_of(OrdinalSpread spread) {
  switch (spread) {
    case OrdinalSpread::entropy:
      return "entropy";
    case OrdinalSpread::variation:
      return "variation";
    case OrdinalSpread::square_root:
      return "square_root";
    case OrdinalSpread::absolute:
      break;
  }
  return "absolute";
}

double ordinal_segregation(GroupColumns groups, OrdinalSpread spread) {
  const std::vector<double> totals = district_totals(groups);
  const std::vector<double> sizes = group_totals(groups);
  const double everyone = total_of(totals);
  if (everyone <= 0.0) return undefined;
  const double city =
      spread_over(groups.size(), everyone, spread, [&](std::size_t j) { return sizes[j]; });
  if (city <= 0.0) return undefined;
  const double within = sum_over(totals.size(), [&](std::size_t i) {
    if (totals[i] <= 0.0) return 0.0;
    return totals[i] * spread_over(groups.size(), totals[i], spread,
                                   [&](std::size_t j) { return groups[j][i]; });
  });
  return within_unit(1.0 - within / (everyone * city));
}

RankOrder rank_order_segregation(GroupColumns groups, RankOrderIndex index, std::size_t order) {
  expects(order <= largest_rank_order, "rank_order_segregation: an order of at most 10");
  RankOrder result;
  result.index = undefined;
  const std::vector<double> totals = district_totals(groups);
  const std::vector<double> sizes = group_totals(groups);
  const double everyone = total_of(totals);
  if (everyone <= 0.0) return result;

  const OrdinalSpread spread = spread_of(index);
  std::vector<double> below(totals.size(), 0.0);
  double below_in_city = 0.0;
  for (std::size_t j = 0; j + 1 < groups.size(); ++j) {
    for (std::size_t i = 0; i < below.size(); ++i) below[i] += groups[j][i];
    below_in_city += sizes[j];
    if (sizes[j] <= 0.0 || below_in_city >= everyone) continue;
    const double percentile = below_in_city / everyone;
    const double within = spread_within(below, totals, spread);
    result.percentiles.push_back(percentile);
    result.segregation.push_back(
        within_unit(1.0 - within / (everyone * spread_at(percentile, spread))));
  }
  if (result.percentiles.empty()) return result;
  result.order = std::min(order, result.percentiles.size() - 1);
  result.index = fitted_mean(result, index);
  return result;
}

}  // namespace quartier::metrics
