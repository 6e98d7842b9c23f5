#pragma once
/// The one engine of conditional permutation tests: a statistic says how its local sum is formed of
/// whatever neighbours it is given, the engine draws the neighbours and counts (private to the
/// room).

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "metrics/association.h"
#include "metrics/neighbour_draws.h"

namespace quartier::metrics {

/// What is done with a row.
enum class RowTest : std::uint8_t {
  none,        ///< no p-value
  sum,         ///< the statistic grows with the sum
  negative,    ///< the statistic falls with the sum: upper and lower change places
  unaffected,  ///< the statistic is the same whatever is drawn: p = 1
};

/// A sum over neighbours, as it is seen: sums no further apart than `slack` count as equal.
struct SeenSum {
  double value = 0.0;
  double slack = 0.0;
};

using DrawnSums = std::array<double, draw_lanes>;

/// How the sum of a row is formed. Objects are read by many threads at once.
class LocalSum {
 public:
  LocalSum() = default;
  virtual ~LocalSum() = default;
  LocalSum(const LocalSum&) = delete;
  LocalSum& operator=(const LocalSum&) = delete;
  LocalSum(LocalSum&&) = delete;
  LocalSum& operator=(LocalSum&&) = delete;
  /// The sum of the row's own neighbours.
  [[nodiscard]] virtual SeenSum seen(std::size_t row) const = 0;
  /// The sums of drawn neighbours, picks [degree][draw_lanes].
  virtual void drawn(std::size_t row, std::span<const std::uint32_t> picks,
                     DrawnSums& sums) const = 0;
};

/// Σ_j w_ij a_j (Moran, bivariate Moran, G, join counts, LOSH).
class LinearSum final : public LocalSum {
 public:
  LinearSum(const Neighbourhoods& hoods, const Deviations& a) : hoods_(hoods), a_(a) {}
  [[nodiscard]] SeenSum seen(std::size_t row) const override;
  void drawn(std::size_t row, std::span<const std::uint32_t> picks, DrawnSums& sums) const override;

 private:
  const Neighbourhoods& hoods_;
  const Deviations& a_;
};

/// Σ_v Σ_j w_ij (a_vi − a_vj)² / Σ_i a_vi² (Geary, one or several variables).
class SquaredDifferences final : public LocalSum {
 public:
  SquaredDifferences(const Neighbourhoods& hoods, std::span<const Deviations> a)
      : hoods_(hoods), a_(a) {}
  [[nodiscard]] SeenSum seen(std::size_t row) const override;
  void drawn(std::size_t row, std::span<const std::uint32_t> picks, DrawnSums& sums) const override;

 private:
  const Neighbourhoods& hoods_;
  std::span<const Deviations> a_;
};

/// (Σ_j w_ij a_j) (Σ_j w_ij b_j), both of the same neighbours (Lee).
class ProductOfSums final : public LocalSum {
 public:
  ProductOfSums(const Neighbourhoods& hoods, const Deviations& a, const Deviations& b)
      : first_(hoods, a), second_(hoods, b) {}
  [[nodiscard]] SeenSum seen(std::size_t row) const override;
  void drawn(std::size_t row, std::span<const std::uint32_t> picks, DrawnSums& sums) const override;

 private:
  LinearSum first_;
  LinearSum second_;
};

/// The p-values of all districts, in full order: `undefined` for islands, for RowTest::none and
/// without permutations. O(permutations · links) time, O(districts + links) memory.
/// @param tests  [m] by packed position; empty: RowTest::sum for all
std::vector<double> conditional_p_values(const Neighbourhoods& hoods, const LocalSum& sum,
                                         std::span<const RowTest> tests,
                                         const AssociationSettings& settings);

}  // namespace quartier::metrics
