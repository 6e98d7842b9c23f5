#pragma once
/// Floating catchments: places per head, each place shared among all who can reach it.
///
/// Conventions of all measures are in `metrics/access.h`; f_ij = f(t_ij) is the weight of a pair.

#include <cstdint>
#include <span>
#include <vector>

#include "domain/travel_costs.h"
#include "metrics/decay.h"

namespace quartier::metrics {

/// Supply per head with competition, and the supply that nobody can use.
struct FloatingCatchment {
  std::vector<double> access;  ///< A_i, places per person [n]; 0 where no site weighs anything
  std::vector<double> ratio;   ///< R_j, places per person in reach of each site [m]
  std::vector<std::uint32_t> unused_sites;  ///< sites with supply that nobody has in reach
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
FloatingCatchment two_step_floating_catchment(const TravelCosts& costs,
                                              std::span<const double> supply,
                                              std::span<const double> demand, double cutoff);

/// Enhanced two-step floating catchment, E2SFCA: weights in both steps (bands: Luo & Qi 2009;
/// Gaussian: Dai 2010; kernel: Dai & Wang 2011).
///
///   R_j = S_j / Σ_k P_k f_kj,   A_i = Σ_j R_j f_ij
///
/// Nothing is lost, as in 2SFCA. A site whose weighted demand is 0, or so small that the quotient
/// has no double, is unused.
FloatingCatchment enhanced_floating_catchment(const TravelCosts& costs,
                                              std::span<const double> supply,
                                              std::span<const double> demand, const Decay& decay);

/// Modified two-step floating catchment, M2SFCA (Delamater 2013).
///
///   R_j = S_j / Σ_k P_k f_kj,   A_i = Σ_j R_j f_ij²
///
/// Σ_i P_i A_i is less than the supply where people live far from the sites: the loss is meant, it
/// tells how ill the sites lie.
FloatingCatchment modified_floating_catchment(const TravelCosts& costs,
                                              std::span<const double> supply,
                                              std::span<const double> demand, const Decay& decay);

/// Three-step floating catchment, 3SFCA (Wan, Zou & Sternberg 2012): people divide themselves over
/// the sites in reach before they are counted as their demand.
///
///   G_ij = f_ij / Σ_l f_il,   R_j = S_j / Σ_k G_kj P_k f_kj,   A_i = Σ_j G_ij R_j f_ij
///
/// Σ_l runs over the sites with supply, so that a place without supply changes nobody's access;
/// G_ij = 0 where that sum is 0. Experts advise against it (Paez, Higgins & Vivona 2019).
FloatingCatchment three_step_floating_catchment(const TravelCosts& costs,
                                                std::span<const double> supply,
                                                std::span<const double> demand, const Decay& decay);

/// Over which sites the demand of an origin is divided in BFCA.
enum class DemandShares : std::uint8_t {
  all_sites,   ///< every site of the table, also those without supply (the R package)
  open_sites,  ///< sites with supply: a place without supply changes nobody's access
};

/// Balanced floating catchment, BFCA (Paez, Higgins & Vivona 2019).
///
///   r_i = Σ_j f_ij,  c_j = Σ_i f_ij,   L_j = S_j / Σ_i P_i f_ij / r_i,   A_i = Σ_j L_j f_ij / c_j
///
/// Demand and level of service are divided, not multiplied: Σ_j of the divided demand is the
/// demand of all who reach a site, and Σ_i A_i = Σ_j L_j over sites in reach. 0 / 0 = 0.
/// `ratio` holds L_j.
FloatingCatchment balanced_floating_catchment(const TravelCosts& costs,
                                              std::span<const double> supply,
                                              std::span<const double> demand, const Decay& decay,
                                              DemandShares shares);

}  // namespace quartier::metrics
