#pragma once
/// Congestion: people spread over sites so that nobody could do better elsewhere, where the waiting
/// at a site grows with those who come (the rational agent access model, RAAM).

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/number.h"
#include "domain/travel_costs.h"

namespace quartier::metrics {

/// What the equilibrium is computed with.
struct CongestionSettings {
  double scale = 30.0;  ///< tau > 0: metres or minutes of travel that weigh as much as a mean wait
  double gap = 1e-9;    ///< relative gap at which the search ends, 0 or more
  std::uint32_t steps = 20000;  ///< after so many steps it ends in any case
};

/// Why the search for an equilibrium ended.
enum class CongestionEnd : std::uint8_t {
  gap_reached,  ///< the gap asked for, or less
  rounding,     ///< nobody gains more than rounding makes up; the gap asked for lies below that
  steps_used,   ///< the steps allowed are used up; `gap` says how near it came
  nobody,       ///< nobody lives where a site with supply can be reached
};

/// "gap_reached", "rounding", "steps_used", "nobody".
std::string_view id_of(CongestionEnd end);

/// People of an origin who use a site.
struct SiteFlow {
  std::uint32_t origin = 0;
  std::uint32_t site = 0;
  double people = 0.0;
};

/// The equilibrium. Costs of origins, loads and waiting are unique; the flows need not be.
struct CongestionEquilibrium {
  std::vector<double> cost;             ///< what people of an origin pay, waiting and travel [n]
  std::vector<double> waiting;          ///< load_j / (S_j rho) [m]; `undefined` at a closed site
  std::vector<double> load;             ///< people who use a site [m]
  std::vector<SiteFlow> flows;          ///< people > 0, by origin, then site
  double people_per_place = undefined;  ///< rho
  double served = 0.0;                  ///< people who can reach a site with supply
  double unserved = 0.0;                ///< people who can reach none
  double mean_cost = undefined;         ///< of those served; `undefined` where there are none
  double mean_waiting = undefined;      ///< the part of it that is waiting
  double mean_travel = undefined;       ///< the part of it that is travel
  double gap = 0.0;                     ///< of the flows returned; 0 where nobody is served
  std::uint32_t steps = 0;              ///< exact minimisations over a forest
  std::uint32_t sweeps = 0;             ///< searches over all pairs
  CongestionEnd end = CongestionEnd::nobody;
};

/// Exact RAAM (Saxon & Snow 2020), an equilibrium in the sense of Wardrop 1952.
///
///   cost_ij = load_j / (S_j rho) + t_ij / tau,   rho = Σ_i P_i / Σ_j S_j
///
/// The people of an origin, in any fractions, use only sites that are cheapest for them. This is
/// where a convex function of the flows is least (Beckmann, McGuire & Winsten 1956):
/// Σ_j load_j² / (2 S_j rho) + Σ_ij x_ij t_ij / tau. A waiting of 1 is that of a site as full as
/// all sites together would be. P and S multiplied by any numbers change no cost.
///
/// The relative gap (Σ flow · cost − Σ people · cheapest cost) / Σ flow · cost is the share of the
/// cost that people could still save; it is taken from the flows returned, over all pairs. Errors
/// of single costs go like its root.
///
/// How: the flows lie on a forest of origins and sites. A step brings in for every origin the
/// cheapest site that it does not use, drops the dearest arc of each cycle and minimises exactly
/// over the forest; the function falls with every step, so no forest comes twice. Steps look at
/// some thirty sites an origin, sweeps at all of them.
///
/// @param costs   ways from origins to sites; what is not listed cannot be used
/// @param supply  S_j >= 0 [m]; 0: closed
/// @param people  P_i >= 0 [n]
/// @returns costs of origins: +inf where no site with supply is listed, else `undefined` where
///          nobody lives
/// @throws std::logic_error where a size, a number or a setting is not as said
CongestionEquilibrium congestion_equilibrium(const TravelCosts& costs,
                                             std::span<const double> supply,
                                             std::span<const double> people,
                                             const CongestionSettings& settings);

}  // namespace quartier::metrics
