#pragma once
/// Takes the nodes of a street graph out in rounds and notes the arcs each had then; private to the
/// room.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/progress.h"
#include "network/hierarchy.h"

namespace quartier::network {

/// The nodes in the order in which they were taken out. Arcs lead to nodes taken out later.
struct Contraction {
  std::vector<std::uint32_t> node;  ///< [node count]
  ArcRows out;                      ///< [position in `node`] arcs that leave it
  ArcRows
      into;  ///< [position in `node`] arcs that lead to it, by where they begin; not if symmetric

  /// @param rows     arcs that leave the nodes, by node
  /// @param turned   arcs that lead to the nodes, by node; empty for symmetric streets
  /// @param limit      dearer shortcuts are left out
  /// @param most_arcs  gives up, and returns nothing, where there would be more
  static std::optional<Contraction> of(ArcRows rows, ArcRows turned, bool symmetric,
                                       std::uint32_t limit, std::size_t most_arcs,
                                       Progress* progress);
};

}  // namespace quartier::network
