#pragma once
/// The order in which boardings are taken: by time, and within one second along the vehicles that
/// need less than a second.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "network/transit_schedule.h"

namespace quartier::network {

/// Boardings sorted by time, before hops have their final numbers.
struct BoardingDraft {
  std::vector<TransitBoarding> boardings;   ///< stop and time
  std::vector<std::uint8_t> can_board;      ///< [boardings]
  std::vector<std::size_t> hop_start;       ///< [boardings + 1] into `hops`
  std::vector<std::uint32_t> hops;          ///< hops that leave, those that may be boarded first
  std::vector<std::uint32_t> hop_boarding;  ///< [hops] where each leaves
  std::vector<std::uint32_t> next_hop;      ///< [hops] of the same trip, or `no_index`
  std::vector<std::size_t> change_start;    ///< [boardings] first of its changes
  std::vector<std::size_t> change_end;      ///< [boardings] after the last
  std::vector<std::uint32_t> changes;       ///< hops changed from
  std::function<bool(std::uint32_t)> lasts_no_time;  ///< whether a hop arrives as it leaves
};

struct BoardingOrder {
  std::vector<std::uint32_t> boardings;  ///< positions in the draft
  std::vector<TransitSchedule::Loop> loops;
};

/// Sorts topologically within each second; circles (strongly connected components, Tarjan 1972)
/// stand together as loops.
BoardingOrder boarding_order(const BoardingDraft& draft);

}  // namespace quartier::network
