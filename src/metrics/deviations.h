#pragma once
/// The districts that take part in a measure of clustering, as deviations from their mean, with
/// the weights among them (private to the room).

#include <cstdint>
#include <span>
#include <vector>

#include "domain/districts.h"

namespace quartier::metrics {

/// Districts with a defined value, packed in district order.
struct Deviations {
  std::vector<DistrictIndex> district;  ///< [m] position of each in the full order
  std::vector<double> deviation;        ///< [m] z = y − mean
  std::vector<std::int32_t> step;       ///< [m] z in whole steps of 1/2^25 of the largest |z|
  SpatialWeights weights;               ///< [m] rows, neighbours by packed position
  std::vector<double> row_weight;       ///< [m] weight of each link of the row; `undefined` where
                                        ///< the links of a row differ
  double square_sum = 0.0;              ///< Σ z²
  double weight_sum = 0.0;              ///< S0
  std::size_t island_count = 0;

  [[nodiscard]] std::size_t size() const { return district.size(); }
  /// Whether a coefficient of clustering exists.
  [[nodiscard]] bool usable() const { return size() > 1 && square_sum > 0.0 && weight_sum > 0.0; }
  /// Σ_j w_ij z_j
  [[nodiscard]] double lag(std::size_t row) const;
  [[nodiscard]] std::uint32_t degree(std::size_t row) const {
    return weights.start[row + 1] - weights.start[row];
  }
};

Deviations deviations_of(std::span<const double> values, const SpatialWeights& weights);

}  // namespace quartier::metrics
