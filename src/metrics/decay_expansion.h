#pragma once
/// Few points that stand for the many places of a box, as seen from another box, with a bound on
/// the error (private to the room).
///
/// Weights are moved to the p x p Chebyshev points of a box by polynomial interpolation, sums are
/// taken between the points of two boxes, and moved back by the same polynomials: exp(−β d) between
/// the boxes is replaced by its interpolation in all four coordinates (Fong & Darve 2009). The
/// proof of the bound is in docs/metrics/proximity.md.

#include <array>
#include <cstddef>
#include <vector>

#include "metrics/decay_pairs.h"
#include "metrics/decay_tree.h"

namespace quartier::metrics {

inline constexpr std::size_t least_order = 2;
inline constexpr std::size_t greatest_order = 12;
inline constexpr std::size_t order_count = greatest_order - least_order + 1;

/// For each order p from `least_order`: the logarithm of a bound on |exp(−β d) − its interpolation
/// in p points per coordinate|, for all pairs of points of the boxes; +inf where none is known.
std::array<double, order_count> expansion_error_logs(const PlaceBox& a, const PlaceBox& b,
                                                     double decay_per_m);

/// Λ⁴ with Λ >= the Lebesgue constant of p Chebyshev points: by how much sums of moved weights can
/// exceed those of the weights.
double expansion_growth(std::size_t order);

/// The points of a box and what was moved to them.
struct Expansion {
  std::size_t order = 0;
  std::vector<double> x_m;
  std::vector<double> y_m;
  std::vector<double> weight;  ///< [columns][order²]
  std::vector<double> sum;

  [[nodiscard]] std::size_t size() const { return order * order; }
  [[nodiscard]] DecayPoints points();
};

/// The weights of `places`, which lie in `box`, moved to its p x p points.
Expansion gathered(const DecayPoints& places, const PlaceBox& box, std::size_t columns,
                   std::size_t order);

/// Adds to the sums of `places` what the sums at the points of `box` come to there, for the first
/// `columns` columns.
void spread(const Expansion& expansion, const DecayPoints& places, const PlaceBox& box,
            std::size_t columns);

}  // namespace quartier::metrics
