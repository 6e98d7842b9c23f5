#pragma once
/// One sweep over all pairs of districts: how many persons of each column live near each district,
/// where nearness fades as exp(−β d) (private to the room).

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "domain/polygons.h"
#include "metrics/columns.h"

namespace quartier::metrics {

/// Sums over the pairs of n places, in the order of the columns.
struct DecaySums {
  /// [columns][n] s_ik = Σ_j c_ij w_jk, c_ii included.
  std::vector<std::vector<double>> near;
  /// [columns][n] |near − the true value| is at most this; empty where all pairs were summed.
  std::vector<std::vector<double>> error;
  double closeness = 0.0;        ///< Σ_i Σ_j c_ij
  double closeness_error = 0.0;  ///< bound, as above
};

/// How pairs are summed.
struct DecaySweep {
  double decay_per_km = 1.0;
  /// 0: pair by pair. Otherwise pairs of distant boxes are summed by interpolation, each within
  /// this share of what it can add to the sums.
  double kernel_tolerance = 0.0;
};

/// @param places   in metres                [n], at least one
/// @param self     c_ii                     [n]
/// @param columns  persons, none negative   [columns][n]
///
/// O(n²) time pair by pair, about O(n log n) by interpolation; O(n · columns) memory. Pairs so far
/// apart that all of them together are below 2^-56 of every sum are left out in both.
DecaySums decay_sums(std::span<const Point> places, std::span<const double> self,
                     GroupColumns columns, const DecaySweep& sweep);

}  // namespace quartier::metrics
