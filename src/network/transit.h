#pragma once
/// Travel by timetable over a departure window: walk, ride, change, ride, walk.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/progress.h"
#include "domain/travel_costs.h"
#include "network/transit_schedule.h"

namespace quartier::network {

/// The walks round the timetable, in whole seconds. Whoever makes them decides how people walk:
/// `straight_walks` (transit_walks.h) as the crow flies, a street search along streets.
struct TransitWalks {
  TravelCosts access;  ///< origins to stops: its sites are the stops
  TravelCosts egress;  ///< stops to destinations: its origins are the stops
  TravelCosts direct;  ///< origins to destinations without a ride; no sites: nobody walks
};

/// Travel times of a block of origins to one destination, for every departure.
struct TransitTimes {
  std::size_t destination = 0;
  std::size_t first_origin = 0;
  std::size_t origin_count = 0;      ///< of the block
  std::size_t departure_count = 0;   ///< of the window
  std::size_t stride = 0;            ///< from departure to departure in `seconds`
  std::span<std::uint16_t> seconds;  ///< at departure · stride + origin − first_origin, or
                                     ///< `no_cost_16`; the visitor may overwrite them

  [[nodiscard]] std::uint16_t at(std::size_t departure, std::size_t origin_in_block) const {
    return seconds[departure * stride + origin_in_block];
  }
};

/// Calls visit(times) for every destination and every block of origins. Destinations come in
/// ascending order within a block, blocks in any order and at the same time.
///
/// The travel time of a departure d is the least of arrival − d over: the direct walk; and access
/// walk, rides with changes (see `transit_schedule`), at most one footpath, egress walk. Over
/// `longest_s`: no way.
///
/// How: for each hop of a vehicle and each origin one byte, the latest departure of the window that
/// is on board. Leaving earlier never arrives later, so that one number holds the whole window, and
/// 64 origins are 64 bytes. One pass over the hops of the day gives all (after the connection scan
/// of Dibbelt et al. 2018, which holds one departure). Limits on rides take one pass each.
///
/// Time: origins / 64 · (hops · footpaths of a stop + destinations · vehicles passing each).
/// Memory: 64 bytes a hop for each thread, and `held_alightings`; never origins times
/// destinations.
///
/// @throws Cancelled where the user asked to stop
void for_each_times(const TransitSchedule& schedule, const TransitWalks& walks,
                    const std::function<void(const TransitTimes&)>& visit,
                    Progress* progress = nullptr);

/// Percentiles of the travel time over the window.
struct TransitPercentiles {
  std::vector<double> percent;        ///< as asked for
  std::vector<TravelCosts> time;      ///< for each, dense rows of seconds by destination
  std::vector<std::uint8_t> reached;  ///< departures with a way, at destination · origins + origin
  std::vector<std::uint16_t> first;   ///< seconds of the first departure, likewise; `no_cost_16`
  std::vector<std::uint8_t> within;   ///< departures within `within_s`, likewise; empty: not asked
};

/// Nearest rank: of N departures sorted by travel time, those without a way last, the element
/// ceil(p N / 100). Not reached at that rank: no way. Memory: 2 bytes a pair and percentile, 3 more
/// a pair.
/// @param percent   above 0, at most 100
/// @param within_s  a travel time, inclusive, within which departures are counted; 0: none is
/// @throws InputError for other percentages; Cancelled
TransitPercentiles transit_percentiles(const TransitSchedule& schedule, const TransitWalks& walks,
                                       std::span<const double> percent,
                                       Progress* progress = nullptr, std::uint32_t within_s = 0);

/// What each departure can reach, and the mean over the window.
struct WindowAccess {
  std::size_t departure_count = 0;
  std::vector<double> access;  ///< at origin · departure count + departure
  std::vector<double> mean;    ///< [origins] over the departures
};

/// Access of each departure, A_id = Σ_j S_j f(t_ijd), and its mean over the window. That mean is
/// not the access at the median travel time: a place reached by half of the departures counts half
/// here, and wholly or not at all there.
///
/// @param supply  S_j [destinations]
/// @param weight  f of every whole second [longest_s + 1], e.g. metrics::decay_table
/// @throws Cancelled
WindowAccess window_access(const TransitSchedule& schedule, const TransitWalks& walks,
                           std::span<const double> supply, std::span<const double> weight,
                           Progress* progress = nullptr);

}  // namespace quartier::network
