#include "metrics/losh.h"

#include <array>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "metrics/local_sums.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

constexpr double rounding_of_difference = 1e-13;

/// The same links with each district in its own row, in order, at the mean weight of the others.
SpatialWeights with_own(const SpatialWeights& weights) {
  SpatialWeights more;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const std::uint32_t begin = weights.start[i];
    const std::uint32_t end = weights.start[i + 1];
    double sum = 0.0;
    for (std::uint32_t l = begin; l < end; ++l) {
      more.neighbour.push_back(weights.neighbour[l]);
      more.weight.push_back(weights.weight[l]);
      sum += weights.weight[l];
    }
    if (begin != end) {
      more.neighbour.push_back(static_cast<DistrictIndex>(i));
      more.weight.push_back(sum / (end - begin));
    }
    more.start.push_back(static_cast<std::uint32_t>(more.neighbour.size()));
  }
  return more;
}

double ratio_or_undefined(double sum, double weight) {
  return weight > 0.0 ? sum / weight : undefined;
}

}  // namespace

Losh losh(std::span<const double> values, const SpatialWeights& weights, const LoshSettings& kind,
          const AssociationSettings& settings) {
  expects(kind.exponent > 0.0, "losh: a positive exponent");
  const std::array variables{values};
  const Neighbourhoods hoods = neighbourhoods_of(variables, weights, Islands::dropped);
  const std::vector<double> y = hoods.packed(values);
  Losh result{local_result(hoods), std::vector<double>(values.size(), undefined)};
  LocalAssociation& local = result.local;
  const SpatialWeights own = kind.own_included ? with_own(hoods.weights) : SpatialWeights{};
  const SpatialWeights& used = kind.own_included ? own : hoods.weights;
  const auto lag = [&](std::size_t row, std::span<const double> a, int power) {
    double sum = 0.0;
    for (std::uint32_t l = used.start[row]; l < used.start[row + 1]; ++l) {
      sum += (power == 2 ? used.weight[l] : 1.0) * used.weight[l] * a[used.neighbour[l]];
    }
    return sum;
  };
  const std::vector<double> ones(hoods.size(), 1.0);
  std::vector<double> weight(hoods.size());
  std::vector<double> residual(hoods.size());
  for (std::size_t row = 0; row < hoods.size(); ++row) {
    weight[row] = lag(row, ones, 1);
    const double mean = ratio_or_undefined(lag(row, y, 1), weight[row]);
    residual[row] = is_defined(mean) ? std::pow(std::abs(y[row] - mean), kind.exponent) : 0.0;
  }
  const auto n = static_cast<double>(hoods.size());
  const double mean = total_of(residual) / n;
  if (hoods.size() < 2 || !(mean > 0.0)) return result;
  const double squares =
      sum_over(residual.size(), [&](std::size_t i) { return residual[i] * residual[i]; });
  const double spread = squares / n - mean * mean;
  std::vector<RowTest> tests(hoods.size(), RowTest::none);
  for (std::size_t row = 0; row < hoods.size(); ++row) {
    if (!(weight[row] > 0.0)) continue;
    const DistrictIndex i = hoods.district[row];
    const double h = lag(row, residual, 1) / (mean * weight[row]);
    const double squared_weights = n * lag(row, ones, 2);
    const double uneven = squared_weights - weight[row] * weight[row];
    local.values[i] = h;
    local.expected[i] = 1.0;
    local.patterns[i] = h > 1.0 ? Pattern::dissimilar : Pattern::similar;
    if (hoods.degree(row) > 0) tests[row] = RowTest::sum;
    if (uneven <= rounding_of_difference * squared_weights) continue;
    if (spread <= rounding_of_difference * squares / n) continue;
    const double variance = uneven * spread / ((n - 1.0) * mean * mean * weight[row] * weight[row]);
    local.z_scores[i] = (h - 1.0) / std::sqrt(variance);
    result.chi_square_p[i] = chi_square_upper(2.0 * h / variance, 2.0 / variance);
  }
  const Deviations z = deviations_of(residual);
  local.p_values = conditional_p_values(hoods, LinearSum(hoods, z), tests, settings);
  return result;
}

}  // namespace quartier::metrics
