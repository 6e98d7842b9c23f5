#pragma once
/// Constrained access: supply, demand or both are shared out in full and no more (Wilson 1971).
///
/// Conventions of all measures are in `metrics/access.h`; f_ij = f(t_ij) is the weight of a pair.

#include <cstdint>
#include <span>
#include <vector>

#include "domain/travel_costs.h"
#include "metrics/decay.h"

namespace quartier::metrics {

/// Spatial availability, or singly constrained access (Soukhov et al. 2023).
///
///   V_i = Σ_j S_j P_i^a f_ij / Σ_k P_k^a f_kj
///
/// The places of each site are shared out among all who have it in reach, in proportion to how many
/// they are and how near. Σ_i V_i is the supply of the sites that anybody reaches. With a = 1,
/// V_i = P_i · 2SFCA of the same weights. 0 / 0 is 0: a place without people is given nothing.
///
/// @param exponent  a, 0 or more; 0 makes origins equal, however many live there; 0^0 is 1
/// @returns places of each origin, not per head [n]
std::vector<double> spatial_availability(const TravelCosts& costs, std::span<const double> supply,
                                         std::span<const double> demand, const Decay& decay,
                                         double exponent = 1.0);

/// Total constrained access (Wilson 1971; Soukhov et al. 2025): gravity access scaled so that all
/// origins together have the whole supply.
///
///   A_i = K Σ_j S_j f_ij,   K = Σ_j S_j / Σ_i Σ_j S_j f_ij
///
/// @returns [n]; all `undefined` where no origin reaches any supply
std::vector<double> total_constrained_access(const TravelCosts& costs,
                                             std::span<const double> supply, const Decay& decay);

/// Scales access so that all origins together have the whole supply; 0 / 0 is `undefined`.
void scale_to(std::vector<double>& access, std::span<const double> supply);

/// Flows T_ij = a_i b_j f_ij that use up origins and sites alike.
struct DoublyConstrained {
  std::vector<double> origin_factor;  ///< a_i [n]
  std::vector<double> site_factor;    ///< b_j [m]
  std::vector<double> mean_cost;      ///< Σ_j T_ij t_ij / Σ_j T_ij, shown unit [n]; or undefined
  std::uint32_t iterations = 0;       ///< rounds of fitting
  double largest_miss = 0.0;          ///< max |Σ_j T_ij − O_i| / O_i; the sites' sums are exact
  bool converged = false;             ///< the miss is within the tolerance
};

/// When the fitting of doubly constrained flows ends.
struct FittingLimits {
  double tolerance = 1e-12;  ///< of `largest_miss`; from there on until it hardly falls any more
  std::uint32_t iterations = 10'000;
};

/// Doubly constrained flows (Wilson 1971), by iterative fitting (Deming & Stephan 1940):
///
///   T_ij = a_i b_j f_ij,  Σ_j T_ij = O_i,  Σ_i T_ij = D_j
///
/// Who goes where when everybody takes exactly one place and every place is taken. Unlike with the
/// other measures O and D are in the same unit.
///
/// @param origins  O_i, people [n]
/// @param sites    D_j, places [m]
/// @returns factors and fit; it does not converge where the ways that exist cannot carry the sums
/// @throws InputError where Σ O and Σ D differ by more than 1e-9 of them, both are 0, or an origin
///         with people or a site with places has no way
DoublyConstrained doubly_constrained(const TravelCosts& costs, std::span<const double> origins,
                                     std::span<const double> sites, const Decay& decay,
                                     const FittingLimits& limits = {});

/// T_ij of the listed pairs of a site, by ascending origin.
struct SiteFlows {
  std::vector<std::uint32_t> origin;
  std::vector<double> flow;
};
SiteFlows flows_to(const TravelCosts& costs, const DoublyConstrained& fit, const Decay& decay,
                   std::size_t site);

/// Balancing cost (Barboza et al. 2021): how far one must go to find more places than people at
/// home.
///
///   the smallest c of 0, d, 2d ... with Σ_j S_j [t_ij <= c] > P_i
///
/// @param demand  P_i [n]; 0 gives 0
/// @param step    d > 0, shown unit
/// @returns shown unit [n]; `undefined` where the listed supply never exceeds the people
/// @throws InputError where d is not above 0
std::vector<double> balancing_cost(const TravelCosts& costs, std::span<const double> supply,
                                   std::span<const double> demand, double step);

}  // namespace quartier::metrics
