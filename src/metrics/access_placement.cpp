#include "metrics/access_placement.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "metrics/access_sums.h"

namespace quartier::metrics {
namespace {

/// What people and places may differ by, as a part of the people.
constexpr double sums_tolerance = 1e-9;

/// Sets amounts without a way to 0. @returns how many
std::size_t leave_out(std::vector<double>& amounts, std::span<const double> reached) {
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    if (!(amounts[i] > 0.0) || reached[i] > 0.0) continue;
    amounts[i] = 0.0;
    ++left_out;
  }
  return left_out;
}

}  // namespace

Placement place_everyone(const TravelCosts& costs, std::span<const double> people,
                         std::span<const double> places, const Decay& decay, PlaceTotals totals,
                         const FittingLimits& limits) {
  check_demand(costs, people);
  check_supply(costs, places);
  Placement placement;
  placement.mean_cost.assign(people.size(), undefined);
  std::vector<double> origins(people.begin(), people.end());
  std::vector<double> sites(places.begin(), places.end());
  const CostWeights weights(decay, costs);
  placement.origins_left_out = leave_out(origins, origin_sums(costs, weights, places));
  placement.sites_left_out = leave_out(sites, site_sums(costs, weights, people));
  const double placed = compensated_sum(origins);
  const double offered = compensated_sum(sites);
  if (!(placed > 0.0)) {
    placement.refusal = "nobody has a way to a place";
    return placement;
  }
  if (totals == PlaceTotals::scaled) {
    for (double& site : sites) site *= placed / offered;
  } else if (std::abs(placed - offered) > sums_tolerance * placed) {
    placement.refusal = offered < placed ? "fewer places than people" : "more places than people";
    return placement;
  }
  DoublyConstrained fit = doubly_constrained(costs, origins, sites, decay, limits);
  placement.iterations = fit.iterations;
  placement.largest_miss = fit.largest_miss;
  if (fit.converged) {
    placement.mean_cost = std::move(fit.mean_cost);
  } else {
    placement.refusal = "the ways there are cannot place everybody: after " +
                        std::to_string(fit.iterations) + " rounds some origin misses by " +
                        exact_text(std::round(fit.largest_miss * 1e6) / 1e6) + " of its people";
  }
  return placement;
}

}  // namespace quartier::metrics
