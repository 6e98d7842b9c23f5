#pragma once
/// Access: what the residents of each district can reach, and at what cost.
///
/// All measures read a domain `Impedance`: costs in whole units of the way from origins to the
/// sites of one service. Cutoffs and results are in the unit shown to people, metres or minutes.
/// Cutoffs are inclusive: a site exactly at the cutoff counts. The impedance must have been
/// searched at least as far as the cutoff asked for; what it does not list counts as beyond.

#include <cstdint>
#include <span>
#include <vector>

#include "domain/travel_costs.h"

namespace quartier::metrics {

/// Impedance to the nearest site that offers anything.
///
///   min_j t_ij over sites with S_j > 0
///
/// @param supply  S_j, places offered per site [m]; a site without supply is closed
/// @returns metres or minutes [n]; +inf where no site can be reached; `undefined` where the nearest
/// site is
///          closed and no open one lies within the search limit of `impedance`, so that the
///          answer is not known
std::vector<double> nearest_service(const Impedance& impedance, std::span<const double> supply);

/// Cumulative opportunities (Ingram 1971; Breheny 1978): supply within the cutoff.
///
///   A_i = Σ_j S_j [t_ij <= cutoff]
///
/// @param supply  S_j [m]: places offered, or 1 per site to count sites
/// @returns [n], 0 where nothing is within reach
std::vector<double> services_within(const Impedance& impedance, std::span<const double> supply,
                                    double cutoff);

/// Supply per head with competition, and the supply that nobody can use.
struct FloatingCatchment {
  std::vector<double> access;               ///< A_i, places per person [n]; 0 beyond every cutoff
  std::vector<double> ratio;                ///< R_j, places per person in reach of each site [m]
  std::vector<std::uint32_t> unused_sites;  ///< sites with supply but no demand within the cutoff
  double unused_supply = 0.0;               ///< their places
};

/// Two-step floating catchment, 2SFCA (Radke & Mu 2000; Luo & Wang 2003).
///
///   R_j = S_j / Σ_k P_k [t_kj <= cutoff],   A_i = Σ_j R_j [t_ij <= cutoff]
///
/// A site whose catchment holds no demand has R_j = 0 and is reported as unused supply. Nothing is
/// lost: Σ_i P_i A_i + unused supply = Σ_j S_j.
///
/// @param supply  S_j, places per site             [m]
/// @param demand  P_i, people who need the service [n]
FloatingCatchment two_step_floating_catchment(const Impedance& impedance,
                                              std::span<const double> supply,
                                              std::span<const double> demand, double cutoff);

}  // namespace quartier::metrics
