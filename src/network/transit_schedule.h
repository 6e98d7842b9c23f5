#pragma once
/// A timetable made ready for one departure window: the hops of its vehicles in the order in which
/// a search takes them, and where each can be boarded from.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "domain/timetable.h"
#include "domain/travel_costs.h"

namespace quartier::network {

/// No limit on the number of rides.
inline constexpr std::uint32_t any_rides = 0xFFFFFFFFu;
/// The most departures of a window.
inline constexpr std::size_t most_departures = 254;

/// How people travel by timetable: walk, ride, change, ride, walk.
struct TransitOptions {
  std::int32_t from_s = 7 * 3600;  ///< first departure, seconds after midnight of the service day
  std::int32_t to_s = 9 * 3600;    ///< departures are before this
  std::int32_t step_s = 60;        ///< from one departure to the next
  std::int32_t longest_s = 7200;   ///< longer travel counts as no way; at most 65,534
  std::uint32_t most_rides = any_rides;  ///< vehicles boarded; changes + 1. 0: walking only
  std::uint32_t change_s = 0;  ///< least time from vehicle to vehicle, on top of walking; after it,
                               ///< a vehicle that leaves in the same second is caught
  bool wheelchair = false;     ///< only stops and trips marked as possible
  bool unknown_is_possible = false;  ///< with `wheelchair`: so are those without a mark
  /// Vehicles leaving a stop later than this are not ridden; -1: `to_s` + `longest_s`.
  std::int32_t last_departure_s = -1;

  /// Departures from, from + step, ... before to.
  [[nodiscard]] std::size_t departure_count() const;
  /// Vehicles near destinations that are held at a time, 8 bytes each; results do not depend on it.
  std::size_t held_alightings = 16'000'000;
};

/// A vehicle's way from one stop to the next.
struct TransitHop {
  std::uint32_t previous = no_index;  ///< hop of the same trip before it; none: hop count
  std::uint32_t trip = 0;
  std::uint32_t call = 0;  ///< position in Timetable::calls of the departure; the arrival is next
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::int32_t departure_s = 0;
  std::int32_t arrival_s = 0;
  bool can_alight = true;
};

/// A moment at a stop at which vehicles leave.
struct TransitBoarding {
  std::uint32_t stop = 0;
  std::int32_t time_s = 0;
  std::uint32_t first_hop = 0;     ///< hops that may be boarded, then from `first_closed` hops that
  std::uint32_t first_closed = 0;  ///< only those already on board ride, up to the next's first
  std::uint32_t first_change = 0;  ///< into `changes`, up to the next's first
};

/// The time-expanded timetable. Hops are numbered in the order of the boardings, which is that of
/// time; where vehicles need less than a second, a hop stands after those that lead to it. Only
/// where these form a circle within one second can that not be; those boardings are `loops`, to be
/// taken again until nothing moves.
struct TransitSchedule {
  struct Loop {
    std::uint32_t first = 0, last = 0;  ///< boardings [first, last)
  };

  TransitOptions options;
  std::size_t stop_count = 0;
  std::size_t trip_count = 0;
  std::vector<TransitHop> hops;
  std::vector<TransitBoarding> boardings;  ///< and one more that closes the last
  std::vector<std::uint32_t> changes;  ///< hops whose passengers have reached the stop since the
                                       ///< boarding before it there
  std::vector<Loop> loops;             ///< ascending

  std::vector<std::uint32_t> alight_start{0};  ///< [stop count + 1] into `alight`
  std::vector<std::uint32_t> alight;           ///< hops that end there, by arrival
  std::vector<std::uint64_t> foot_start{0};    ///< [stop count + 1] into the stops walked from
  std::vector<std::uint32_t> foot_from;
  std::vector<std::uint32_t> foot_s;

  [[nodiscard]] std::size_t boarding_count() const { return boardings.size() - 1; }
};

/// Prepares a timetable. Passengers who alight at p and walk w to s may board there from
/// arrival + w + change_s on, at equality too; walks are not chained.
///
/// @param footpaths  stop p (origin) to stop s (site), seconds. Changing at one and the same stop
/// is
///                   the pair (s, s): without it nobody changes there
/// Time: hops times footpaths of a stop. Memory: about 100 bytes a hop.
/// @throws InputError for options that make no window
TransitSchedule transit_schedule(const Timetable& timetable, const TravelCosts& footpaths,
                                 const TransitOptions& options);

}  // namespace quartier::network
