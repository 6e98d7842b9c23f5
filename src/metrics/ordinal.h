#pragma once
/// Ordinal and rank-order segregation: groups that have an order (levels of education, bands of
/// income, length of stay).
///
/// Groups come in that order, lowest first. Each of the K − 1 thresholds between them splits the
/// city in two: c_ij is the share of district i in the groups up to j, c_j that of the city. Every
/// index is the same where the order is reversed, is 0 where all districts have the composition of
/// the city, and changes with the order of the groups otherwise. Empty districts change nothing.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "metrics/columns.h"

namespace quartier::metrics {

/// How spread out over an order the residents of one place are: f(c) at each threshold, 0 where
/// all or none are below it and 1 where half of them are (Reardon 2009).
enum class OrdinalSpread : std::uint8_t {
  entropy,      ///< −c log2 c − (1 − c) log2(1 − c)
  variation,    ///< 4 c (1 − c)
  square_root,  ///< 2 √(c (1 − c))
  absolute,     ///< 1 − |2c − 1|
};

/// "entropy", "variation", "square_root", "absolute".
std::string_view id_of(OrdinalSpread spread);

/// Ordinal segregation (Reardon 2009).
///
///   Λ = Σ_i (t_i / T) (v − v_i) / v,   v_i = 1 / (K − 1) · Σ_j f(c_ij),  v of the city likewise
///
/// How much less spread out over the order the districts are than the city. 1 = everyone of a
/// district belongs to one group. The absolute spread can be 0 although districts differ: it is
/// linear in c on either side of one half.
/// @param groups  x_ij, groups in their order [K][n]
/// @returns Λ in [0, 1]; `undefined` where fewer than two groups have members
double ordinal_segregation(GroupColumns groups, OrdinalSpread spread);

/// Which index of two groups is taken at each percentile, and its weight in the mean over all.
enum class RankOrderIndex : std::uint8_t {
  theil,      ///< H, weighted by the entropy E(p): H^R
  variation,  ///< R = V = η², weighted by p (1 − p): R^R
};

/// The largest order of the polynomial.
inline constexpr std::size_t largest_rank_order = 10;

/// The order Reardon & Bischoff (2011) chose for income in about fifteen bands.
inline constexpr std::size_t usual_rank_order = 4;

/// Segregation by rank, and what it was estimated from.
struct RankOrder {
  double index = 0.0;               ///< H^R or R^R; `undefined` where fewer than two groups have
                                    ///< members
  std::vector<double> percentiles;  ///< p_j, of the thresholds that split the city [m]
  std::vector<double> segregation;  ///< H(p_j) or R(p_j), below against above [m]
  std::size_t order = 0;            ///< of the polynomial that was fitted
};

/// Rank-order segregation (Reardon & Bischoff 2011, appendix A; Reardon 2011).
///
///   H^R = 2 ln 2 · ∫_0^1 E(p) H(p) dp,   R^R = 6 · ∫_0^1 p (1 − p) R(p) dp,   E in bits
///
/// H(p) is Theil's index between the residents below and above percentile p of the city's order,
/// known at the thresholds only. A polynomial of p is fitted to these points by least squares with
/// weights E(p_j)² (for R: (4 p_j (1 − p_j))²) and integrated exactly: with coefficients β_m of
/// p^m, H^R = Σ_m β_m δ_m, δ_m = 2 / (m + 2)² + 2 Σ_{n=0..m} (−1)^(m−n) C(m, n) / (m − n + 2)².
/// The estimate depends little on where the thresholds lie, so bands of other years or countries
/// can be compared. It is a fit: with few thresholds it may leave [0, 1] by a little.
///
/// Computed with polynomials orthogonal over the thresholds in u = 2p − 1, whose moments under
/// E(p) are all positive: the same number without the cancellation of the sums above.
///
/// @param groups  groups in their order [K][n]. One without members adds no threshold
/// @param order   of the polynomial; with m thresholds at most m − 1 is used
/// @throws std::logic_error where the order is above `largest_rank_order`
RankOrder rank_order_segregation(GroupColumns groups, RankOrderIndex index = RankOrderIndex::theil,
                                 std::size_t order = usual_rank_order);

}  // namespace quartier::metrics
