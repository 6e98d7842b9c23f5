#pragma once
/// The two sums that every measure of access is made of, over the listed pairs of travel costs: for
/// each site over its origins, and for each origin over its sites (private to the room).
///
/// Sums of a site run in eight lanes, origin i in lane i mod 8, combined in a fixed order; sums of
/// an origin run in the order of sites. Both forms of `TravelCosts` and any number of threads give
/// the same bits.

#include <cstdint>
#include <span>
#include <vector>

#include "domain/travel_costs.h"
#include "metrics/decay.h"

namespace quartier::metrics {

/// f of whole costs, looked up where they are few and computed where they are many.
class CostWeights {
 public:
  /// @throws InputError as `check_decay`, and where `costs` were not searched as far as the cutoff
  CostWeights(const Decay& decay, const TravelCosts& costs);

  [[nodiscard]] double operator()(std::uint32_t cost) const {
    if (cost > last_) return 0.0;
    const double f = table_.empty() ? whole_weight(decay_, unit_, cost) : table_[cost];
    return squared_ && table_.empty() ? f * f : f;
  }
  /// The same with f².
  [[nodiscard]] CostWeights squared() const;

  /// [last + 2] f of each whole cost, then 0; empty where weights are computed.
  [[nodiscard]] std::span<const double> table() const { return table_; }
  /// The greatest whole cost within the cutoff.
  [[nodiscard]] std::uint32_t last() const { return last_; }

 private:
  Decay decay_;
  CostUnit unit_;
  std::uint32_t last_ = 0;
  bool squared_ = false;
  std::vector<double> table_;
};

/// The greatest whole cost within a cutoff in shown units.
/// @throws InputError where it is no cost, or `costs` were not searched as far
std::uint32_t searched_cost(const TravelCosts& costs, double cutoff);

/// What is said of a cost that no listed pair answers: +inf where all ways were searched,
/// `undefined` where the answer may lie beyond the limit.
double beyond_search(const TravelCosts& costs);

/// A supply of 0 or more for each site, a demand of 0 or more for each origin.
/// @throws std::logic_error
void check_supply(const TravelCosts& costs, std::span<const double> supply);
void check_demand(const TravelCosts& costs, std::span<const double> demand);

/// Σ_i v_i f_ij for each site. @param values  v_i [n] @returns [m]
std::vector<double> site_sums(const TravelCosts& costs, const CostWeights& weights,
                              std::span<const double> values);

/// Σ_j v_j f_ij for each origin. @param values  v_j [m] @returns [n]
std::vector<double> origin_sums(const TravelCosts& costs, const CostWeights& weights,
                                std::span<const double> values);

/// R_j = S_j / Σ_i v_i f_ij, 0 where nobody is in reach or the quotient has no double, and
/// A_i = Σ_j R_j h_ij, in one pass over the costs.
/// @param ratio   [m] filled
/// @param access  [n] filled
void two_steps(const TravelCosts& costs, const CostWeights& first, const CostWeights& second,
               std::span<const double> supply, std::span<const double> values,
               std::vector<double>& ratio, std::vector<double>& access);

}  // namespace quartier::metrics
