#pragma once
/// Why there is no way by timetable.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "network/transit.h"

namespace quartier::network {

/// The first of these that holds, from top to bottom.
enum class TransitReason : std::uint8_t {
  reached,                    ///< there is a way at the percentile
  too_few_departures,         ///< some departures have a way, but not enough for the percentile
  no_stop_at_origin,          ///< no stop within the access walk
  no_vehicle_at_origin,       ///< stops, but nothing to board there in the window's time
  no_stop_at_destination,     ///< no stop within the egress walk
  no_vehicle_at_destination,  ///< stops, but nobody can alight there in time
  too_far,                    ///< no connection, or none within the longest travel
};

/// In words, for reports.
std::string_view text_of(TransitReason reason);

/// The reason of every pair.
/// @param percentile  position in `found.percent`
/// @returns at destination · origins + origin
std::vector<TransitReason> transit_reasons(const TransitSchedule& schedule,
                                           const TransitWalks& walks,
                                           const TransitPercentiles& found, std::size_t percentile);

}  // namespace quartier::network
