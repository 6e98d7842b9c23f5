#pragma once
/// Sweeps over a hierarchy from a few dozen sources to many targets at once; private to the room
/// and its benchmark.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "network/hierarchy.h"

namespace quartier::network {

/// The part of a hierarchy that lies above a set of targets, packed in the order of sweeps from the
/// last slot to the first; it serves any sources.
struct Selection {
  std::uint32_t limit = greatest_cost;  ///< whole units, inclusive
  std::vector<std::uint32_t> target;    ///< [targets] slot of each; `no_index`: not on a street
  std::vector<std::uint32_t> leg;       ///< [targets] from the street to each, whole units
  std::vector<std::uint64_t> marks;     ///< a bit for each place that has a slot
  std::vector<std::uint32_t> behind;    ///< [marks] marked places behind each word
  ArcRows arcs;                         ///< [slot] from those above it, which are greater

  [[nodiscard]] std::size_t size() const { return arcs.size(); }
  /// The slot of a place, or `no_index`.
  [[nodiscard]] std::uint32_t slot_of(std::uint32_t place) const;

  /// @param descents  the arcs by which ways come down to the targets
  /// @param limit     at most that of the hierarchy; dearer arcs are left out
  static Selection of(const Hierarchy& hierarchy, const ArcRows& descents,
                      const SnappedPlaces& targets, std::uint32_t limit);
};

/// Where the cost of source s and target t stands in a table: at s · of_source + t · of_target.
struct TableSteps {
  std::size_t of_source = 0;
  std::size_t of_target = 1;
};

/// Writes the costs within the limit of the selection, which is below 65,535, into a table full of
/// `no_cost_16`.
/// @param climbs   the arcs by which ways climb from the sources
void sweep_table(const Hierarchy& hierarchy, const ArcRows& climbs, const Selection& selection,
                 const SnappedPlaces& sources, TableSteps steps, std::span<std::uint16_t> table);

/// A target within the limit of a source.
struct Reached {
  std::uint32_t target = 0;
  std::uint32_t cost = 0;
};

/// The targets within the limit of each source, ascending, for costs that do not fit into 16 bits.
std::vector<std::vector<Reached>> sweep_lists(const Hierarchy& hierarchy, const ArcRows& climbs,
                                              const Selection& selection,
                                              const SnappedPlaces& sources);

/// Calls visit(source, target, cost) for every pair within the limit: one after the other for the
/// same source, at the same time for different ones.
using VisitWay = std::function<void(std::size_t, std::uint32_t, std::uint32_t)>;
void visit_ways(const Hierarchy& hierarchy, const ArcRows& climbs, const Selection& selection,
                const SnappedPlaces& sources, const VisitWay& visit);

}  // namespace quartier::network
