#pragma once
/// Marginal value: what one more site at each candidate place would change, for everyone and for
/// each group, and which sites to open one after the other.
///
/// Candidates are the sites of a `TravelCosts` over the same origins. Gains are 0 or more; each
/// column of people (everyone, then groups) has its own.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "domain/travel_costs.h"
#include "metrics/decay.h"

namespace quartier::metrics {

/// What the gain of a site is counted in.
enum class SitingGoal : std::uint8_t {
  cover,      ///< people who come within the cutoff of an open site (Church & ReVelle 1974)
  cost,       ///< metres or minutes saved on the way to the nearest open site (Hakimi 1964)
  shortfall,  ///< places per head gained by those below a target, times people
};

/// "cover", "cost", "shortfall".
std::string_view id_of(SitingGoal goal);
/// @throws InputError naming the word and those known
SitingGoal siting_goal_of(std::string_view word);

/// Parameters, in the unit shown to people.
struct SitingSettings {
  double cutoff = 800.0;  ///< T of cover; inclusive
  double beyond = 0.0;    ///< cost that stands for farther or no ways; 0: twice the cutoff
  Decay decay;            ///< f of places per head (2SFCA family); cut off by itself
  double target_access =
      0.0;  ///< places per head below which people fall short; 0: the city's mean
  std::vector<double> places;  ///< places offered at a candidate [candidates]; empty: 1 each
};

/// What origins have now, to which gains are added.
struct SitingState {
  std::vector<std::uint32_t> nearest;  ///< whole cost to the nearest open site, or `no_cost` [n]
  std::vector<double> access;          ///< places per head A_i = Σ_j S_j f_ij / Σ_k P_k f_kj [n]
  double target_access = 0.0;          ///< places per head below which people fall short
};

/// The state with the sites that exist.
///
/// @param costs   ways from origins to existing sites, searched as far as cutoff and `beyond`
/// @param supply  S_j >= 0 [m]; 0: closed
/// @param people  P_i >= 0 [n], everyone; they share the places
/// @throws std::logic_error where sizes do not match; InputError for a cutoff that is no cost
SitingState siting_state(const TravelCosts& costs, std::span<const double> supply,
                         std::span<const double> people, const SitingSettings& settings);

/// Opens a candidate: what `marginal_values` says it would change, changes.
void open_site(SitingState& state, const TravelCosts& candidates, std::size_t candidate,
               std::span<const double> people, const SitingSettings& settings);

/// Gains of one more site for each candidate.
struct MarginalValues {
  std::size_t candidate_count = 0;
  std::vector<double> covered;    ///< people who come within the cutoff   [columns · candidates]
  std::vector<double> reached;    ///< people who come within `beyond`     [columns · candidates]
  std::vector<double> saved;      ///< people times metres or minutes      [columns · candidates]
  std::vector<double> shortfall;  ///< people times places per head gained [columns · candidates]

  [[nodiscard]] std::size_t at(std::size_t column, std::size_t candidate) const {
    return column * candidate_count + candidate;
  }
};

/// The gain of one more site at each candidate c, for each column g of people:
///
///   covered    Σ_i g_i [t_ic <= T < t_i]
///   saved      Σ_i g_i max(0, min(t_i, B) − min(t_ic, B))
///   shortfall  Σ_i g_i (max(0, z − A_i) − max(0, z − A_i − R_c f_ic)),  R_c = S_c / Σ_k P_k f_kc
///
/// with t_i the way to the nearest open site now, B the cost that stands for farther ways, z the
/// target. Divided by Σ g_i, `saved` is the fall of the group's mean cost. One more site leaves
/// R_j of the others as they are, so gains are exact, not slopes. With demand exponent 1 spatial
/// availability is P_i A_i, so `shortfall` is also the gain in it of those below the target.
///
/// @param columns  people who gain: everyone first, then groups, each [n]
/// @param people   P_i, who share the places [n]
MarginalValues marginal_values(const SitingState& state, const TravelCosts& candidates,
                               std::span<const std::span<const double>> columns,
                               std::span<const double> people, const SitingSettings& settings);

/// One site of a plan.
struct PlannedSite {
  std::uint32_t candidate = 0;
  double gain = 0.0;   ///< on top of the sites before it
  double total = 0.0;  ///< gain of all sites so far
};

/// Sites to open.
struct SitePlan {
  std::vector<PlannedSite> sites;  ///< in the order of opening
  double total = 0.0;
  double most = 0.0;            ///< no plan of as many sites gains more than this
  std::uint32_t exchanges = 0;  ///< sites exchanged for others after the greedy choice
};

/// Which `count` sites to open: each time the one that gains most (ties: lowest position), then, if
/// asked, exchanges of one chosen site for another as long as the total grows (Teitz & Bart 1968).
/// All three gains are submodular, so the greedy total is at least 1 − 1/e = 63 % of the best
/// (Nemhauser, Wolsey & Fisher 1978); `most` is a bound from this city's numbers, usually far
/// tighter: after any sites, the gains of the `count` best candidates added up.
///
/// @param weights  g_i, people who gain [n]: everyone, a group, or people times a weight of need
/// @param people   P_i, who share the places [n]
/// @returns fewer than `count` sites where no candidate is left that gains
SitePlan plan_sites(SitingState state, const TravelCosts& candidates,
                    std::span<const double> weights, std::span<const double> people,
                    SitingGoal goal, std::size_t count, bool exchange,
                    const SitingSettings& settings);

}  // namespace quartier::metrics
