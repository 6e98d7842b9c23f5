#include "metrics/deviations.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

constexpr double steps_of_largest = 33554432.0;  // 2^25: 32 neighbours still sum below 2^31
constexpr double standardised_tolerance = 1e-9;

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

void describe_rows(Deviations& z) {
  const SpatialWeights& weights = z.weights;
  z.row_weight.assign(z.size(), 0.0);
  for (std::size_t row = 0; row < z.size(); ++row) {
    const std::uint32_t begin = weights.start[row];
    const std::uint32_t end = weights.start[row + 1];
    if (begin == end) {
      ++z.island_count;
      continue;
    }
    z.row_weight[row] = weights.weight[begin];
    for (std::uint32_t l = begin; l < end; ++l) {
      z.weight_sum += weights.weight[l];
      if (weights.weight[l] != weights.weight[begin]) z.row_weight[row] = undefined;
    }
  }
}

}  // namespace

double Deviations::lag(std::size_t row) const {
  double sum = 0.0;
  for (std::uint32_t l = weights.start[row]; l < weights.start[row + 1]; ++l) {
    sum += weights.weight[l] * deviation[weights.neighbour[l]];
  }
  return sum;
}

Deviations deviations_of(std::span<const double> values, const SpatialWeights& weights) {
  expects(values.size() == weights.size(), "clustering: weights of the same districts");
  expects(weights.weight.size() == weights.neighbour.size(), "clustering: a weight for each link");
  Deviations z;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!is_defined(values[i])) continue;
    z.district.push_back(static_cast<DistrictIndex>(i));
    z.deviation.push_back(values[i]);
  }
  z.weights = packed_weights(weights, z.district);
  describe_rows(z);
  const auto [lowest, highest] = std::minmax_element(z.deviation.begin(), z.deviation.end());
  if (z.size() == 0 || *lowest == *highest) {
    std::fill(z.deviation.begin(), z.deviation.end(), 0.0);
    z.step.assign(z.size(), 0);
    return z;
  }
  const double mean = total_of(z.deviation) / static_cast<double>(z.size());
  double largest = 0.0;
  for (double& value : z.deviation) {
    value -= mean;
    largest = std::max(largest, std::abs(value));
  }
  z.square_sum = sum_over(z.size(), [&](std::size_t i) { return z.deviation[i] * z.deviation[i]; });
  z.step.reserve(z.size());
  for (const double value : z.deviation) {
    z.step.push_back(static_cast<std::int32_t>(std::lround(value / largest * steps_of_largest)));
  }
  return z;
}

}  // namespace quartier::metrics
