#pragma once
/// One journey by timetable, leg by leg: why a place is as far as it is.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "domain/timetable.h"
#include "network/transit.h"

namespace quartier::network {

/// A walk or a ride. Times are seconds after midnight of the service day; what lies between the end
/// of a leg and the start of the next is waiting.
struct JourneyLeg {
  enum class Kind : std::uint8_t { walk, ride };
  Kind kind = Kind::walk;
  std::uint32_t from_stop = no_index;  ///< `no_index`: the origin
  std::uint32_t to_stop = no_index;    ///< `no_index`: the destination
  std::int32_t start_s = 0;
  std::int32_t end_s = 0;
  std::uint32_t trip = no_index;   ///< of a ride
  std::uint32_t route = no_index;  ///< of a ride
  std::uint32_t calls = 0;         ///< stops passed on the ride, the last included
};

struct Journey {
  std::int32_t departure_s = 0;
  std::int32_t arrival_s = 0;
  std::vector<JourneyLeg> legs;  ///< empty: no way within `longest_s`
  [[nodiscard]] bool found() const { return !legs.empty(); }
  [[nodiscard]] std::size_t rides() const;
};

/// A journey that arrives as early as `for_each_times` says, and of those one with the fewest
/// rides; walking all the way where that is as fast. Searched round by round (after Delling, Pajor
/// & Werneck 2015), not by the search over the window.
///
/// @param departure_s  from the window's first to its last second
/// Time: hops times changes, once for each ride.
Journey journey(const Timetable& timetable, const TransitSchedule& schedule,
                const TransitWalks& walks, std::size_t origin, std::size_t destination,
                std::int32_t departure_s);

}  // namespace quartier::network
