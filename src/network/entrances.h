#pragma once
/// Places by the node at which they enter the streets; private to the room.

#include <cstdint>
#include <span>
#include <vector>

#include "network/snap.h"

namespace quartier::network {

/// Distinct nodes and the places that enter at each. Places are numbered through all sets, one set
/// after the other.
struct Entrances {
  std::vector<std::uint32_t> node;   ///< [k] distinct, ascending
  std::vector<std::uint32_t> start;  ///< [k + 1] into member
  std::vector<std::uint32_t> member;
  std::vector<std::uint32_t> leg;  ///< [place count]
  std::uint32_t least_leg = 0;     ///< of the places that enter at a node

  static Entrances of(std::span<const SnappedPlaces* const> sets);
};

}  // namespace quartier::network
