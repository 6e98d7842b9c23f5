#pragma once
/// The inner loops of the search by timetable: 64 origins at a time, each with one byte that says
/// how late one may leave and still be there.

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "domain/travel_costs.h"
#include "network/transit_schedule.h"

namespace quartier::network {

/// Origins searched side by side.
inline constexpr std::size_t transit_lanes = 64;

/// One byte for each origin of a block: a line of the cache.
struct alignas(64) LaneRow {
  std::uint8_t lane[transit_lanes] = {};
  bool operator==(const LaneRow&) const = default;
};

/// The walks to the stops of one block of origins, as rows (CSR) by stop.
struct BlockAccess {
  std::vector<std::uint32_t> start;    ///< [stop count + 1]
  std::vector<std::uint8_t> lane;      ///< origin within the block
  std::vector<std::uint32_t> seconds;  ///< as long as `lane`

  void fill(const TravelCosts& access, std::size_t first_origin, std::size_t last_origin);
};

/// Buffers of one worker. The row of a hop says for each origin how many of the window's departures
/// are early enough to be on board: a departure that is early enough stays so for all before it,
/// because one can always wait.
struct SweepSpace {
  BlockAccess access;
  std::vector<LaneRow> hop_rows;        ///< [hops + 1]; the last is 0
  std::vector<LaneRow> last_rows;       ///< with a limit on rides: after one ride fewer
  std::vector<LaneRow> stop_rows;       ///< [stops] who can board
  std::vector<std::uint8_t> stop_full;  ///< [stops] whether all walks there are counted
};

/// Fills `space.hop_rows` for the origins of `space.access`: at most `most_rides` vehicles.
void sweep(const TransitSchedule& schedule, SweepSpace& space);

/// A vehicle's passengers at a destination.
struct Alighting {
  std::int32_t at_s = 0;  ///< after the walk, seconds from the first departure
  std::uint32_t hop = 0;
};

/// Travel times of every departure and origin of the block to one destination.
///
/// @param alightings  by time
/// @param arrivals    scratch [departure count · lanes], all 0 before and after
/// @param times       seconds or `no_cost_16` [departure count · lanes]
void arrive(const TransitSchedule& schedule, std::span<const Alighting> alightings,
            std::span<const LaneRow> hop_rows, std::span<std::int32_t> arrivals,
            std::span<std::uint16_t> times);

/// Lowers the times of every departure to those of walking all the way.
/// @param walk_s  seconds or `no_cost_16` [lanes]
void walk_instead(std::span<const std::uint16_t> walk_s, std::span<std::uint16_t> times);

/// Exchanges that sort `count` values (Batcher 1968; merge exchange in Knuth 1998).
std::vector<std::pair<std::uint16_t, std::uint16_t>> sorting_network(std::size_t count);

/// Sorts the times of each origin, shortest first.
void sort_departures(std::span<const std::pair<std::uint16_t, std::uint16_t>> network,
                     std::span<std::uint16_t> times);

}  // namespace quartier::network
