#include "metrics/neighbourhoods.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

constexpr double mean_rounding = 1e-15;          // of the largest value
constexpr double steps_of_largest = 33554432.0;  // 2^25: 32 neighbours still sum below 2^31
constexpr double standardised_tolerance = 1e-9;
constexpr double rounding_of_difference = 1e-13;

bool row_standardised(const SpatialWeights& weights) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    double sum = 0.0;
    for (std::uint32_t l = weights.start[i]; l < weights.start[i + 1]; ++l) {
      sum += weights.weight[l];
    }
    const bool island = weights.start[i] == weights.start[i + 1];
    if (!island && std::abs(sum - 1.0) > standardised_tolerance) return false;
  }
  return true;
}

/// The rows and links of `districts` only, by their position there.
SpatialWeights packed_weights(const SpatialWeights& weights,
                              std::span<const DistrictIndex> districts) {
  if (districts.size() == weights.size()) return weights;
  std::vector<std::uint32_t> position(weights.size(), no_index);
  for (std::size_t row = 0; row < districts.size(); ++row) {
    position[districts[row]] = static_cast<std::uint32_t>(row);
  }
  const bool standardise = row_standardised(weights);
  SpatialWeights packed;
  for (const DistrictIndex i : districts) {
    const std::size_t begin = packed.neighbour.size();
    double sum = 0.0;
    for (std::uint32_t l = weights.start[i]; l < weights.start[i + 1]; ++l) {
      if (position[weights.neighbour[l]] == no_index) continue;
      packed.neighbour.push_back(position[weights.neighbour[l]]);
      packed.weight.push_back(weights.weight[l]);
      sum += weights.weight[l];
    }
    const bool changed = packed.neighbour.size() - begin != weights.start[i + 1] - weights.start[i];
    if (standardise && changed && sum > 0.0) {
      for (std::size_t l = begin; l < packed.weight.size(); ++l) packed.weight[l] /= sum;
    }
    packed.start.push_back(static_cast<std::uint32_t>(packed.neighbour.size()));
  }
  return packed;
}

void describe_rows(Neighbourhoods& hoods) {
  const SpatialWeights& weights = hoods.weights;
  hoods.row_weight.assign(hoods.size(), 0.0);
  hoods.row_sum.assign(hoods.size(), 0.0);
  for (std::size_t row = 0; row < hoods.size(); ++row) {
    const std::uint32_t begin = weights.start[row];
    const std::uint32_t end = weights.start[row + 1];
    if (begin == end) continue;
    hoods.row_weight[row] = weights.weight[begin];
    for (std::uint32_t l = begin; l < end; ++l) {
      hoods.row_sum[row] += weights.weight[l];
      hoods.weight_sum += weights.weight[l];
      if (weights.weight[l] != weights.weight[begin]) hoods.row_weight[row] = undefined;
    }
  }
}

/// Packed positions of districts that are nobody's neighbour and have none.
std::vector<DistrictIndex> without_islands(const SpatialWeights& packed,
                                           std::span<const DistrictIndex> districts) {
  std::vector<bool> linked(districts.size(), false);
  for (const DistrictIndex j : packed.neighbour) linked[j] = true;
  std::vector<DistrictIndex> rest;
  for (std::size_t row = 0; row < districts.size(); ++row) {
    if (linked[row] || packed.start[row] != packed.start[row + 1]) rest.push_back(districts[row]);
  }
  return rest;
}

/// A difference that cannot be negative, 0 where it is no more than rounding of `from`.
double less_rounding(double difference, double from) {
  return difference > rounding_of_difference * from ? difference : 0.0;
}

}  // namespace

double Neighbourhoods::lag(std::size_t row, std::span<const double> a) const {
  double sum = 0.0;
  for (std::uint32_t l = weights.start[row]; l < weights.start[row + 1]; ++l) {
    sum += weights.weight[l] * a[weights.neighbour[l]];
  }
  return sum;
}

double Neighbourhoods::square_sum(std::size_t row) const {
  double sum = 0.0;
  for (std::uint32_t l = weights.start[row]; l < weights.start[row + 1]; ++l) {
    sum += weights.weight[l] * weights.weight[l];
  }
  return sum;
}

std::vector<double> Neighbourhoods::packed(std::span<const double> values) const {
  std::vector<double> cells;
  cells.reserve(size());
  for (const DistrictIndex i : district) cells.push_back(values[i]);
  return cells;
}

Neighbourhoods neighbourhoods_of(std::span<const std::span<const double>> variables,
                                 const SpatialWeights& weights, Islands islands) {
  expects(weights.weight.size() == weights.neighbour.size(), "association: a weight for each link");
  for (const std::span<const double> values : variables) {
    expects(values.size() == weights.size(), "association: weights of the same districts");
  }
  Neighbourhoods hoods;
  hoods.district_count = weights.size();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    bool all_defined = true;
    for (const std::span<const double> values : variables) {
      all_defined = all_defined && is_defined(values[i]);
    }
    if (all_defined) hoods.district.push_back(static_cast<DistrictIndex>(i));
  }
  hoods.weights = packed_weights(weights, hoods.district);
  for (std::size_t row = 0; row < hoods.size(); ++row) {
    hoods.island_count += hoods.degree(row) == 0 ? 1 : 0;
  }
  if (islands == Islands::dropped && hoods.island_count > 0) {
    hoods.district = without_islands(hoods.weights, hoods.district);
    hoods.weights = packed_weights(weights, hoods.district);
  }
  describe_rows(hoods);
  return hoods;
}

Deviations deviations_of(std::vector<double> packed_values) {
  Deviations z;
  z.deviation = std::move(packed_values);
  z.step.assign(z.size(), 0);
  if (z.size() == 0) return z;
  const auto [lowest, highest] = std::minmax_element(z.deviation.begin(), z.deviation.end());
  const double lowest_value = *lowest;
  const double highest_value = *highest;
  if (lowest_value == highest_value) {
    z.mean = lowest_value;
    std::fill(z.deviation.begin(), z.deviation.end(), 0.0);
    return z;
  }
  z.mean = total_of(z.deviation) / static_cast<double>(z.size());
  // A value that is the mean but for the rounding of the mean is the mean.
  const double rounding = mean_rounding * std::max(std::abs(lowest_value), std::abs(highest_value));
  double largest = 0.0;
  for (double& value : z.deviation) {
    value -= z.mean;
    if (std::abs(value) <= rounding) value = 0.0;
    largest = std::max(largest, std::abs(value));
  }
  z.square_sum = sum_over(z.size(), [&](std::size_t i) { return z.deviation[i] * z.deviation[i]; });
  z.unit = largest / steps_of_largest;
  for (std::size_t i = 0; i < z.size(); ++i) {
    z.step[i] = static_cast<std::int32_t>(std::lround(z.deviation[i] / largest * steps_of_largest));
  }
  return z;
}

Moments drawn_moments(const Neighbourhoods& hoods, std::size_t row, double sum, double square_sum,
                      double own) {
  if (hoods.size() < 2) return {};
  const auto others = static_cast<double>(hoods.size() - 1);
  const double mean = (sum - own) / others;
  const double weight = hoods.row_sum[row];
  if (hoods.size() == 2) return {weight * mean, 0.0};
  const double mean_square = (square_sum - own * own) / others;
  const double squares = hoods.square_sum(row);
  // What is left of either difference below this share is rounding: all others are alike, or all
  // are neighbours.
  const double variance = less_rounding(mean_square - mean * mean, mean_square);
  const double spread = less_rounding(squares - weight * weight / others, squares);
  return {weight * mean, variance * others / (others - 1.0) * spread};
}

LocalAssociation local_result(const Neighbourhoods& hoods) {
  LocalAssociation local;
  local.values.assign(hoods.district_count, undefined);
  local.expected.assign(hoods.district_count, undefined);
  local.z_scores.assign(hoods.district_count, undefined);
  local.p_values.assign(hoods.district_count, undefined);
  local.patterns.assign(hoods.district_count, Pattern::none);
  local.district_count = hoods.size();
  local.island_count = hoods.island_count;
  return local;
}

double z_score_of(double value, double expected, double variance) {
  return variance > 0.0 ? (value - expected) / std::sqrt(variance) : undefined;
}

}  // namespace quartier::metrics
