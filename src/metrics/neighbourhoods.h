#pragma once
/// The districts that take part in a statistic of association, packed, with the weights among them
/// (private to the room).

#include <cstdint>
#include <span>
#include <vector>

#include "domain/districts.h"
#include "metrics/association.h"

namespace quartier::metrics {

/// Districts whose values are all defined, in district order, and who neighbours whom among them.
struct Neighbourhoods {
  std::size_t district_count = 0;       ///< n of the full order
  std::vector<DistrictIndex> district;  ///< [m] position of each in the full order
  SpatialWeights weights;               ///< [m] rows, neighbours by packed position
  std::vector<double> row_weight;       ///< [m] weight of each link of the row; `undefined` where
                                        ///< the links of a row differ
  std::vector<double> row_sum;          ///< [m] Σ_j w_ij
  double weight_sum = 0.0;              ///< S0
  std::size_t island_count = 0;         ///< without neighbours, whether they take part or not

  [[nodiscard]] std::size_t size() const { return district.size(); }
  [[nodiscard]] std::uint32_t degree(std::size_t row) const {
    return weights.start[row + 1] - weights.start[row];
  }
  /// Σ_j w_ij a_j of a packed column.
  [[nodiscard]] double lag(std::size_t row, std::span<const double> a) const;
  /// Σ_j w_ij²
  [[nodiscard]] double square_sum(std::size_t row) const;
  /// The cells of `values` that take part.
  [[nodiscard]] std::vector<double> packed(std::span<const double> values) const;
};

/// @throws std::logic_error where `weights` or a variable are not of the same districts
Neighbourhoods neighbourhoods_of(std::span<const std::span<const double>> variables,
                                 const SpatialWeights& weights, Islands islands);

/// A packed variable as deviations from its mean.
struct Deviations {
  std::vector<double> deviation;   ///< [m] z = y − mean
  std::vector<std::int32_t> step;  ///< [m] z in whole steps of `unit`
  double mean = undefined;
  double square_sum = 0.0;  ///< Σ z², exactly 0 where all values are equal
  double unit = 0.0;        ///< 1/2^25 of the largest |z|

  [[nodiscard]] std::size_t size() const { return deviation.size(); }
};

Deviations deviations_of(std::vector<double> packed_values);

/// The exact mean and variance of Σ_j w_ij a_j over all draws of the neighbours of `row` without
/// replacement from the other districts (Sokal, Oden & Thomson 1998).
struct Moments {
  double mean = undefined;
  double variance = undefined;
};

/// @param sum         Σ a over all districts that take part
/// @param square_sum  Σ a² over the same
/// @param own         a of the row, which is not drawn
Moments drawn_moments(const Neighbourhoods& hoods, std::size_t row, double sum, double square_sum,
                      double own);

/// An empty result for all districts, with the counts of `hoods`.
LocalAssociation local_result(const Neighbourhoods& hoods);

/// (value − expected) / √variance; `undefined` without variance.
double z_score_of(double value, double expected, double variance);

}  // namespace quartier::metrics
