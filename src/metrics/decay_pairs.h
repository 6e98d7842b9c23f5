#pragma once
/// Sums over pairs of places that fade with distance, the inner loop of proximity (private to the
/// room).
///
/// Every pair costs a root, a power of two by a polynomial of its own, and two products per column.
/// The order of additions is that of the source, so every processor gives the same bits.

#include <cstddef>
#include <span>

namespace quartier::metrics {

/// Places with weights: districts with their residents, or points that stand for many districts.
/// Column k begins at weight + k · stride. The last column, after `both_ways` others, counts the
/// places themselves and is summed on one side of a pair only.
struct DecayPoints {
  std::size_t count = 0;
  const double* x_m = nullptr;
  const double* y_m = nullptr;
  const double* weight = nullptr;
  double* sum = nullptr;  ///< laid out as `weight`
  std::size_t stride = 0;
};

/// For each a in A and b in B, with c = 2^(−halvings · distance) and each column k < both_ways:
///
///   sum_k(a) += c · weight_k(b),   sum_k(b) += c · weight_k(a)
///
/// and for the last column sum(a) += 2 c · weight(b). A and B share no place.
///
/// @param halvings_per_m  β / ln 2 for c = exp(−β d)
void add_pairs(const DecayPoints& a, const DecayPoints& b, double halvings_per_m,
               std::size_t both_ways);

/// The same for all pairs of different places within A, each way once; the last column too.
void add_pairs_within(const DecayPoints& a, double halvings_per_m, std::size_t both_ways);

/// 2^(−t) for each t >= 0, as the loops above compute it: within 2^-52 of the true value,
/// relatively; 0 from t = 1020 on.
void powers_of_half(std::span<const double> exponents, std::span<double> powers);

}  // namespace quartier::metrics
