#pragma once
/// The arithmetic of sweeps: the labels of one place for as many sources as fill 64 bytes; private
/// to the room.

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/number.h"
#include "domain/street_graph.h"

namespace quartier::network {

/// Labels of one place, one for each source of a batch; the greatest value: not reached.
template <typename Lane>
struct alignas(64) SweepLine {
  static constexpr std::size_t lanes = 64 / sizeof(Lane);
  static constexpr auto nothing = static_cast<Lane>(-1);
  Lane lane[lanes];

  [[gnu::always_inline]] void clear() {
    for (std::size_t l = 0; l < lanes; ++l) lane[l] = nothing;
  }
  /// lane[l] = min(lane[l], above[l] + cost); a sum that does not fit is `nothing`.
  [[gnu::always_inline]] void relax(const SweepLine& above, Lane cost) {
    const auto room = static_cast<Lane>(~cost);
    for (std::size_t l = 0; l < lanes; ++l) {
      const Lane from = above.lane[l] < room ? above.lane[l] : room;
      const auto sum = static_cast<Lane>(from + cost);
      lane[l] = sum < lane[l] ? sum : lane[l];
    }
  }
  [[nodiscard]] [[gnu::always_inline]] bool any_within(Lane limit) const {
    Lane least = lane[0];
    for (std::size_t l = 1; l < lanes; ++l) least = lane[l] < least ? lane[l] : least;
    return least <= limit;
  }
};

/// The line of a place that none of the sources reaches.
inline constexpr std::uint32_t no_line = 0;

/// A line that the climb left at a slot of a selection.
struct Landing {
  std::uint32_t slot = 0;
  std::uint32_t line = 0;
};

/// What a descent reads and writes.
template <typename Lane>
struct Descent {
  std::size_t slot_count = 0;
  const std::uint32_t* start = nullptr;  ///< [slot_count + 1]
  const StreetArc* arcs = nullptr;
  const Landing* landing = nullptr;  ///< descending; the last one stands at no slot
  const SweepLine<Lane>* climbed = nullptr;
  Lane limit = 0;
  std::uint32_t* line_of = nullptr;  ///< [slot_count] written
  SweepLine<Lane>* lines = nullptr;  ///< [slot_count + 1] written as far as needed, from 1 on
};

/// Relaxes the arcs by which a place climbs, each to a line.
void climb(std::span<const StreetArc> arcs, SweepLine<std::uint16_t>* lines, std::uint32_t from);
void climb(std::span<const StreetArc> arcs, SweepLine<std::uint32_t>* lines, std::uint32_t from);

/// Gives each slot the least of what the slots above it hand down.
void descend(const Descent<std::uint16_t>& descent);
void descend(const Descent<std::uint32_t>& descent);

}  // namespace quartier::network
