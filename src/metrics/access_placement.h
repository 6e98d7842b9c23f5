#pragma once
/// Placement: how far people would travel if each took exactly one place and every place were
/// taken (doubly constrained flows, see `metrics/access_constrained.h`).

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "domain/travel_costs.h"
#include "metrics/access_constrained.h"
#include "metrics/decay.h"

namespace quartier::metrics {

/// What the places of the sites stand for.
enum class PlaceTotals : std::uint8_t {
  as_given,  ///< trip ends: as many as people
  scaled,    ///< how attractive sites are: multiplied so that there are as many as people
};

/// The mean cost at which the people of each origin are placed.
struct Placement {
  std::vector<double> mean_cost;     ///< shown unit [n]; `undefined` where nobody is placed
  std::size_t origins_left_out = 0;  ///< with people, but no way to a site with places
  std::size_t sites_left_out = 0;    ///< with places, but no way from anybody
  std::uint32_t iterations = 0;      ///< rounds of fitting
  double largest_miss = 0.0;
  std::string refusal;  ///< why nobody is placed; empty: everybody with a way is
};

/// Fits doubly constrained flows between the people who have a way and the places that somebody has
/// a way to (a weight above 0 and a site with places); the others are left out.
///
/// @param people  O_i, 0 or more [n]
/// @param places  D_j, 0 or more [m]
/// @returns all `undefined` with a refusal where nobody has a way; where as given, people
///          and places that take part differ by more than 1e-9 of them; where the ways that exist
///          cannot carry the sums, so that the fitting does not converge
Placement place_everyone(const TravelCosts& costs, std::span<const double> people,
                         std::span<const double> places, const Decay& decay, PlaceTotals totals,
                         const FittingLimits& limits = {1e-9, 1'000});

}  // namespace quartier::metrics
