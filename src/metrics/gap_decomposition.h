#pragma once
/// Parts of an access gap: where a group lives, where the services are, how many share them.
///
/// All of it is arithmetic on counts and access, exact to rounding. It describes; it does not say
/// what a move, a new service or a larger one would bring about once people have adapted to it.

#include <cstdint>
#include <span>
#include <vector>

#include "base/number.h"

namespace quartier::metrics {

/// Shapley values of k factors (Shapley 1953; Shorrocks 2013).
///
///   φ_f = Σ_S |S|! (k − |S| − 1)! / k! · (v(S + f) − v(S))   over sets S of factors without f
///
/// What each factor adds, averaged over all orders in which the factors can be switched on.
/// Σ_f φ_f = v(all) − v(none).
///
/// @param value  v of each set of factors [2^k]; bit f of the position: factor f is on; k <= 16
/// @returns [k]
std::vector<double> shapley_values(std::span<const double> value);

/// Access of each district in four worlds, each [n]. Layout: services where they are, or spread
/// over the districts in proportion to people. Sharing: each place shared by the people in its
/// reach, or every place by equally many. `scaled_to_total` gives all of them the same places to
/// hand out.
struct AccessWorlds {
  std::span<const double> even_uncrowded;  ///< services spread like people, shared by equally many
  std::span<const double> even_crowded;    ///< spread like people, shared by those in reach
  std::span<const double> actual_uncrowded;  ///< where they are, shared by equally many
  std::span<const double> actual;            ///< the measure itself
};

/// Access multiplied so that Σ_i P_i A_i is `total` (Soukhov et al. 2025 call a cumulative measure
/// so scaled total-constrained).
/// @returns [n]; all 0 where Σ_i P_i A_i is 0
std::vector<double> scaled_to_total(std::span<const double> access, std::span<const double> people,
                                    double total);

/// What becomes of the group's location in the decomposition.
enum class LocationRole : std::uint8_t {
  given,   ///< both live where they live; its part is the gap that even services would leave
  factor,  ///< a third factor, off where the group lives as the reference does
};

/// A gap and its three parts, in the unit of access. The parts add up to the gap.
struct GapParts {
  double gap = undefined;  ///< mean of the group − mean of the reference, in the actual world
  double where_people_live = undefined;
  double where_services_are = undefined;
  double how_full = undefined;
  double gap_if_even_uncrowded = undefined;  ///< the gap in the other three worlds
  double gap_if_even_crowded = undefined;
  double gap_if_actual_uncrowded = undefined;
};

/// Decomposition of a gap over its worlds.
///
///   v(w) = Σ_i (g_i / G − h_i / H) A_i(w)
///   given:  where people live = v(even, uncrowded); the rest of the gap is divided between layout
///           and sharing by their Shapley values, the mean over the two orders
///   factor: Shapley values of three factors, with v = 0 where the group lives as the reference
///
/// A group that lives as the reference does has no gap in any world, so location is part of every
/// difference: as a factor it is given half of what it brings about together with one other, and a
/// third of what takes all three. `given` keeps that apart: its first part is what location alone
/// makes, in a city whose services lie where people are.
///
/// Each part changes its sign where group and reference change places. Services spread like people
/// have no part of layout; places that are shared alike have no part of sharing.
///
/// @param group      g_i, persons of the group     [n]
/// @param reference  h_i, persons of the reference [n]
/// @param worlds     a district where any of them is undefined or infinite takes no part
/// @returns all `undefined` where either has nobody left
GapParts gap_decomposition(std::span<const double> group, std::span<const double> reference,
                           const AccessWorlds& worlds, LocationRole role = LocationRole::given);

/// A gap between two means, by composition and by rates.
struct KitagawaParts {
  double gap = undefined;
  double composition = undefined;  ///< that they live in different strata
  double rates = undefined;        ///< that they differ within the same strata
};

/// Two-factor decomposition (Kitagawa 1955).
///
///   gap         = Σ_s p_s a_s − Σ_s q_s b_s
///   composition = Σ_s (p_s − q_s) (a_s + b_s) / 2
///   rates       = Σ_s (p_s + q_s) / 2 · (a_s − b_s)
///
/// p, q are shares of group and reference over the strata; a, b their rates there. The two factors
/// have no order: these are their Shapley values. A stratum where only one of the two lives has no
/// second rate; it is given the first, so its difference is one of composition.
///
/// @param group, reference            persons per stratum [s]
/// @param group_rate, reference_rate  mean access of those persons [s]; finite where there are any
/// @returns all `undefined` where either has nobody
KitagawaParts kitagawa_decomposition(std::span<const double> group,
                                     std::span<const double> reference,
                                     std::span<const double> group_rate,
                                     std::span<const double> reference_rate);

/// The same with larger areas (boroughs) as strata and the groups' own means in them as rates:
/// `composition` is between areas, `rates` is within them.
///
/// @param access  districts with undefined or infinite access take no part, with their people [n]
/// @param area    of each district [n]; equal numbers: the same area
KitagawaParts nested_gap(std::span<const double> group, std::span<const double> reference,
                         std::span<const double> access, std::span<const std::uint32_t> area);

/// What each district adds to the gap.
///
///   c_i = (g_i / G − h_i / H) (A_i − (mean of the group + mean of the reference) / 2)
///
/// Σ_i c_i is the gap. > 0: the group is over-represented where access is above the middle of the
/// two means, or under-represented where it is below.
///
/// @returns [n]; `undefined` where access is undefined or infinite, and everywhere where either has
///          nobody
std::vector<double> gap_contributions(std::span<const double> group,
                                      std::span<const double> reference,
                                      std::span<const double> access);

}  // namespace quartier::metrics
