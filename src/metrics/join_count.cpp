#include "metrics/join_count.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "metrics/global_draws.h"
#include "metrics/local_sums.h"

namespace quartier::metrics {
namespace {

/// The districts that have a mark, with weights of 1.
Neighbourhoods joined(std::span<const double> marks, const SpatialWeights& weights,
                      Islands islands) {
  for (const double mark : marks) {
    expects(!is_defined(mark) || mark == 0.0 || mark == 1.0, "join count: marks of 0 and 1");
  }
  SpatialWeights binary = weights;
  std::fill(binary.weight.begin(), binary.weight.end(), 1.0);
  const std::array variables{marks};
  return neighbourhoods_of(variables, binary, islands);
}

double links_within(const Neighbourhoods& hoods, std::span<const double> x) {
  return cross_products(hoods, x, x);
}

/// Σ_i x_i (out-links + in-links)
double links_touching(const Neighbourhoods& hoods, std::span<const double> x) {
  double sum = 0.0;
  for (std::size_t i = 0; i < hoods.size(); ++i) {
    sum += x[i] * hoods.degree(i) + hoods.lag(i, x);
  }
  return sum;
}

/// n (n−1) ... of k factors
double falling(double n, int k) {
  double product = 1.0;
  for (int factor = 0; factor < k; ++factor) product *= n - factor;
  return product;
}

/// Mean and variance of 1/2 Σ Σ c x x with b of n marked, free of how they lie.
Moments joins_of(double b, double n, const WeightSums& s) {
  const double two = falling(b, 2) / falling(n, 2);
  const double mean = s.s0 * two / 2.0;
  if (n < 4.0) return {mean, undefined};
  const double three = falling(b, 3) / falling(n, 3);
  const double four = falling(b, 4) / falling(n, 4);
  const double square =
      s.s1 * two + (s.s2 - 2.0 * s.s1) * three + (s.s0 * s.s0 + s.s1 - s.s2) * four;
  return {mean, square / 4.0 - mean * mean};
}

/// The same of 1/2 Σ Σ c (x_i − x_j)².
Moments mixed_joins_of(double b, double n, const WeightSums& s) {
  const double w = n - b;
  const double two = 2.0 * b * w / falling(n, 2);
  const double mean = s.s0 * two / 2.0;
  if (n < 4.0) return {mean, undefined};
  const double three = b * w * (b + w - 2.0) / falling(n, 3);
  const double four = 4.0 * falling(b, 2) * falling(w, 2) / falling(n, 4);
  const double square =
      s.s1 * two + (s.s2 - 2.0 * s.s1) * three + (s.s0 * s.s0 + s.s1 - s.s2) * four;
  return {mean, square / 4.0 - mean * mean};
}

AssociationTest test_of(const Neighbourhoods& hoods, double value, const Moments& moments) {
  AssociationTest test;
  test.value = value;
  test.expected = moments.mean;
  test.variance = moments.variance;
  test.z_score = z_score_of(value, moments.mean, moments.variance);
  test.district_count = hoods.size();
  test.island_count = hoods.island_count;
  return test;
}

}  // namespace

JoinCounts join_counts(std::span<const double> marks, const SpatialWeights& weights,
                       const AssociationSettings& settings) {
  const Neighbourhoods hoods = joined(marks, weights, settings.islands);
  const std::vector<double> x = hoods.packed(marks);
  const auto n = static_cast<double>(hoods.size());
  if (hoods.size() < 2 || hoods.weight_sum == 0.0) {
    const AssociationTest none = test_of(hoods, undefined, {});
    return {none, none, none};
  }
  double b = 0.0;
  for (const double mark : x) b += mark;
  const WeightSums sums = weight_sums(hoods);
  const auto counts_of = [&](std::span<const double> marked) {
    const double within = links_within(hoods, marked);
    const double touching = links_touching(hoods, marked);
    return std::array{within / 2.0, (sums.s0 - touching + within) / 2.0,
                      (touching - 2.0 * within) / 2.0};
  };
  const std::array seen = counts_of(x);
  JoinCounts counts{test_of(hoods, seen[0], joins_of(b, n, sums)),
                    test_of(hoods, seen[1], joins_of(n - b, n, sums)),
                    test_of(hoods, seen[2], mixed_joins_of(b, n, sums))};
  const std::array tests{&counts.marked, &counts.unmarked, &counts.mixed};
  for (std::size_t kind = 0; kind < tests.size(); ++kind) {
    tests[kind]->p_value = rearrangement_p(hoods.size(), seen[kind], 0.0, settings,
                                           [&](std::span<const std::uint32_t> order) {
                                             std::vector<double> drawn(order.size());
                                             for (std::size_t i = 0; i < drawn.size(); ++i)
                                               drawn[i] = x[order[i]];
                                             return counts_of(drawn)[kind];
                                           });
  }
  return counts;
}

double hypergeometric_upper(std::uint64_t least, std::uint64_t drawn, std::uint64_t marked,
                            std::uint64_t population) {
  expects(drawn <= population && marked <= population, "hypergeometric: parts of the population");
  const std::uint64_t unmarked = population - marked;
  const std::uint64_t fewest = drawn > unmarked ? drawn - unmarked : 0;
  const std::uint64_t most = std::min(drawn, marked);
  if (least <= fewest) return 1.0;
  if (least > most) return 0.0;
  // P(X = least): C(drawn, least) ways, each a product of `drawn` shares; multiplied in turns so
  // that it neither overflows nor vanishes.
  const auto rest = drawn - least;
  double term = 1.0;
  for (std::uint64_t k = 0; k < drawn; ++k) {
    const double left =
        k < least ? static_cast<double>(marked - k) : static_cast<double>(unmarked - (k - least));
    term *= left / static_cast<double>(population - k);
    if (k < rest) term *= static_cast<double>(least + k + 1) / static_cast<double>(k + 1);
  }
  double sum = term;
  for (std::uint64_t j = least; j < most; ++j) {
    term *= static_cast<double>(drawn - j) * static_cast<double>(marked - j) /
            (static_cast<double>(j + 1) * static_cast<double>(unmarked + j + 1 - drawn));
    sum += term;
  }
  return std::min(1.0, sum);
}

LocalAssociation local_join_count(std::span<const double> marks, const SpatialWeights& weights,
                                  const AssociationSettings& settings) {
  const Neighbourhoods hoods = joined(marks, weights, settings.islands);
  const std::vector<double> x = hoods.packed(marks);
  LocalAssociation local = local_result(hoods);
  double marked = 0.0;
  for (const double mark : x) marked += mark;
  std::vector<RowTest> tests(hoods.size(), RowTest::none);
  for (std::size_t row = 0; row < hoods.size(); ++row) {
    if (hoods.degree(row) == 0) continue;
    const DistrictIndex i = hoods.district[row];
    const double count = hoods.lag(row, x);
    local.values[i] = x[row] * count;
    if (x[row] == 0.0) continue;
    const Moments drawn = drawn_moments(hoods, row, marked, marked, 1.0);
    local.expected[i] = drawn.mean;
    local.z_scores[i] = z_score_of(count, drawn.mean, drawn.variance);
    if (count > 0.0) local.patterns[i] = Pattern::high_high;
    tests[row] = RowTest::sum;
    if (settings.permutations > 0) continue;
    local.p_values[i] =
        hypergeometric_upper(static_cast<std::uint64_t>(count), hoods.degree(row),
                             static_cast<std::uint64_t>(marked) - 1, hoods.size() - 1);
  }
  if (settings.permutations == 0) return local;
  AssociationSettings upper = settings;
  upper.tail = Tail::upper;
  const Deviations z = deviations_of(x);
  local.p_values = conditional_p_values(hoods, LinearSum(hoods, z), tests, upper);
  return local;
}

std::vector<double> quantile_marks(std::span<const double> values, std::uint32_t quantile,
                                   std::uint32_t quantile_count) {
  expects(quantile >= 1 && quantile <= quantile_count, "quantile_marks: a quantile of 1 to k");
  std::vector<double> sorted;
  for (const double value : values) {
    if (is_defined(value)) sorted.push_back(value);
  }
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> marks(values.size(), undefined);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!is_defined(values[i])) continue;
    // In whole numbers, so that a limit that is met counts as met.
    const auto as_low = static_cast<std::uint64_t>(
        std::upper_bound(sorted.begin(), sorted.end(), values[i]) - sorted.begin());
    const std::uint64_t place = as_low * quantile_count;
    const std::uint64_t n = sorted.size();
    marks[i] = place > (quantile - 1) * n && place <= quantile * n ? 1.0 : 0.0;
  }
  return marks;
}

LocalAssociation quantile_lisa(std::span<const double> values, std::uint32_t quantile,
                               std::uint32_t quantile_count, const SpatialWeights& weights,
                               const AssociationSettings& settings) {
  return local_join_count(quantile_marks(values, quantile, quantile_count), weights, settings);
}

}  // namespace quartier::metrics
