#pragma once
/// Opportunities: what can be reached, counted without regard to who else wants it.
///
/// Conventions of all measures are in `metrics/access.h`.

#include <cstdint>
#include <span>
#include <vector>

#include "domain/travel_costs.h"
#include "metrics/decay.h"

namespace quartier::metrics {

/// Cost of the nearest site that offers anything.
///
///   min_j t_ij over sites with S_j > 0
///
/// @param supply  S_j, places offered per site [m]; a site without supply is closed
/// @returns metres or minutes [n]; +inf where no site can be reached; `undefined` where the nearest
///          site is closed and no open one lies within the limit of the listed costs, so that the
///          answer is not known
std::vector<double> nearest_service(const Impedance& impedance, std::span<const double> supply);

/// Cost of the k-th nearest site that offers anything: how far the k-th choice is.
///
/// @param k  1 or more
/// @returns metres or minutes [n]; where fewer than k are listed +inf, or `undefined` where the
///          search had a limit
std::vector<double> kth_nearest_service(const TravelCosts& costs, std::span<const double> supply,
                                        std::uint32_t k);

/// Cost to n opportunities: the smallest c at which the supply within c reaches n.
///
///   min { c : Σ_j S_j [t_ij <= c] >= n }
///
/// @param opportunities  n, above 0
/// @returns metres or minutes [n]; where all that is listed stays below n, +inf, or `undefined`
///          where the search had a limit
std::vector<double> cost_to_opportunities(const TravelCosts& costs, std::span<const double> supply,
                                          double opportunities);

/// Cumulative opportunities (Ingram 1971; Breheny 1978): supply within the cutoff.
///
///   A_i = Σ_j S_j [t_ij <= cutoff]
///
/// @param supply  S_j [m]: places offered, or 1 per site to count sites
/// @param cutoff  shown unit, inclusive
/// @returns [n], 0 where nothing is within reach
std::vector<double> services_within(const TravelCosts& costs, std::span<const double> supply,
                                    double cutoff);

/// Mean cumulative opportunities over a window of departures: what is within the cutoff is counted
/// for every departure on its own, then averaged.
///
///   A_i = 1/N · Σ_d Σ_j S_j [t_ijd <= cutoff]
///
/// Not the same as `services_within` of a percentile of the times: a site that half of the
/// departures reach in time counts half here, and wholly or not at all there.
///
/// @param ways    by timetable, with the departures counted within this cutoff
/// @param supply  S_j [m]
/// @returns [n], 0 where no departure reaches any
/// @throws std::logic_error where departures were not counted, or within another cutoff
std::vector<double> mean_services_within(const Impedance& ways, std::span<const double> supply,
                                         double cutoff);

/// Cutoffs a, a + d, a + 2d, ... up to b; b itself is always the last.
struct CutoffInterval {
  double from = 0.0;  ///< a, shown unit
  double to = 0.0;    ///< b >= a
  double step = 1.0;  ///< d > 0
};

/// The cutoffs of an interval, in shown units.
/// @throws InputError where a, b, d are no interval, or make more than a million cutoffs
std::vector<double> cutoffs_of(const CutoffInterval& interval);

/// Cumulative opportunities over an interval of cutoffs (Tomasiello et al. 2023): the median of
/// `services_within` over all of them, so that no single cutoff decides. Of an even number of
/// cutoffs it is the mean of the middle two. Access never falls with the cutoff; the median is
/// that of the middle cutoff.
///
/// @param truncate  drop the digits after the point, as some programs do
/// @returns [n]
std::vector<double> services_within_interval(const TravelCosts& costs,
                                             std::span<const double> supply,
                                             const CutoffInterval& interval, bool truncate = false);

/// Gravity or potential access (Hansen 1959): supply that fades with its cost.
///
///   A_i = Σ_j S_j f(t_ij)
///
/// @returns [n], 0 where nothing is within reach
std::vector<double> gravity_access(const TravelCosts& costs, std::span<const double> supply,
                                   const Decay& decay);

/// Passive access, or market potential: the people who can reach each site.
///
///   a_j = Σ_i P_i f(t_ij)
///
/// @param demand  P_i, people per origin [n]
/// @returns [m]
std::vector<double> passive_access(const TravelCosts& costs, std::span<const double> demand,
                                   const Decay& decay);

}  // namespace quartier::metrics
