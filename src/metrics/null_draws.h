#pragma once
/// Random cities without segregation: tables drawn from a null model (`null_model.h`), exactly.
///
/// How a table is drawn, and why that is exact:
///
/// * Evenness. The counts of a district are multinomial: one group after the other is a binomial
///   part of the residents left. That binomial depends on the number left and the group only, so it
///   is drawn from a table (`count_draws.h`); above 1,024 residents by rejection.
/// * Permutation. Residents labelled independently with the city's shares are, given how many got
///   each label, labelled in a uniformly random order. From a label that was given too often,
///   randomly chosen bearers are taken and handed, in random order, the labels given too rarely.
///   This treats all residents alike, so the labels are still in an order that no exchange of
///   residents changes; with the totals now those of the city, that is the uniform distribution
///   over relabellings. About √T labels change hands, not T.
/// * Systematic. Sizes of districts are drawn as independent Poisson counts with mean t_i. Given
///   their sum they are multinomial; a sum too large loses residents chosen at random, one too
///   small gains residents who choose a district each. Then labels are permuted as above: people
///   who choose districts by themselves are, given the sizes, in random order.
///
/// Random numbers depend on (seed, draw, district) only.

#include <cstdint>
#include <span>
#include <vector>

#include "metrics/columns.h"
#include "metrics/count_draws.h"
#include "metrics/null_model.h"

namespace quartier::metrics {

/// Counts of a city: districts in an order of their own, so that those of one size lie together.
struct DrawnCity {
  std::vector<std::uint32_t> counts;  ///< x_ik [K][n]
  std::vector<std::uint32_t> totals;  ///< t_i [n]
};

class NullDraws {
 public:
  /// @param groups  K columns of whole numbers below 2^32 [K][n]
  /// @throws std::logic_error where a count or a district total is not such a number
  NullDraws(GroupColumns groups, NullModel model, std::uint64_t seed);

  [[nodiscard]] std::size_t district_count() const { return order_.size(); }
  [[nodiscard]] std::size_t group_count() const { return group_totals_.size(); }

  /// The city as it is.
  [[nodiscard]] const DrawnCity& observed() const { return observed_; }

  /// The random city number `draw`. `city` is reused.
  void draw(std::uint32_t draw, DrawnCity& city) const;

  /// The columns of a city, districts in the order of the groups given [K][n].
  void unpack(const DrawnCity& city, std::vector<std::vector<double>>& columns) const;

 private:
  void make_tables();
  void draw_sizes(std::uint32_t draw, std::span<std::uint32_t> totals) const;
  void draw_labels(std::uint32_t draw, DrawnCity& city) const;
  void restore_group_totals(std::uint32_t draw, DrawnCity& city) const;

  NullModel model_;
  std::uint64_t seed_;
  std::vector<std::uint32_t> order_;         ///< district at each position [n]
  std::vector<std::uint64_t> group_totals_;  ///< X_k [K]
  DrawnCity observed_;
  std::vector<std::size_t> sequence_;          ///< groups with members, the largest first
  std::vector<double> share_;                  ///< of each among itself and those after it
  CountTables labels_;                         ///< Binomial(r, share), by place in the sequence
  std::size_t largest_tabled_ = 0;             ///< r of the last table of each place
  CountTables sizes_;                          ///< Poisson(t), t = 0 .. largest_tabled_
  std::vector<std::uint64_t> residents_upto_;  ///< Σ t over the positions before each [n + 1]
};

}  // namespace quartier::metrics
