#include <bit>

#include "base/error.h"
#include "base/number.h"
#include "network/hierarchy_sweep.h"
#include "network/place_marks.h"

namespace quartier::network {

namespace {

/// How many marked places lie behind a marked one.
[[gnu::always_inline]] inline std::uint32_t slot_in(const std::uint64_t* marks,
                                                    const std::uint32_t* behind,
                                                    std::uint32_t place) {
  const std::uint64_t greater = marks[place / 64] >> (place % 64) >> 1U;
  return behind[place / 64] + static_cast<std::uint32_t>(std::popcount(greater));
}

/// Slots for the places of arcs; counting bits takes one instruction where the machine has it.
QUARTIER_HOT void places_to_slots(std::span<StreetArc> arcs, const std::uint64_t* marks,
                                  const std::uint32_t* behind) {
  for (StreetArc& arc : arcs) arc.to = slot_in(marks, behind, arc.to);
}

}  // namespace

std::uint32_t Selection::slot_of(std::uint32_t place) const {
  if ((marks[place / 64] >> (place % 64) & 1U) == 0) return no_index;
  return slot_in(marks.data(), behind.data(), place);
}

Selection Selection::of(const Hierarchy& hierarchy, const ArcRows& descents,
                        const SnappedPlaces& targets, std::uint32_t limit) {
  expects(limit <= hierarchy.limit, "hierarchy: a limit within that of the hierarchy");
  Selection selection;
  expects(targets.leg.size() == targets.size(), "hierarchy: a leg for each place");
  selection.limit = limit;
  selection.leg = targets.leg;
  selection.marks.assign(hierarchy.size() / 64 + 1, 0);
  for (const std::uint32_t node : targets.node) {
    expects(node == no_index || node < hierarchy.size(), "hierarchy: nodes of the graph");
    if (node != no_index) mark(selection.marks, hierarchy.place[node]);
  }
  selection.arcs.arcs.reserve(descents.arcs.size());
  from_last_to_first(selection.marks, selection.marks.size(), [&](std::uint32_t place) {
    for (const StreetArc arc : descents.of(place)) {
      if (arc.cost > limit) continue;
      mark(selection.marks, arc.to);
      selection.arcs.arcs.push_back(arc);
    }
    selection.arcs.end_row();
  });
  selection.behind.resize(selection.marks.size());
  std::uint32_t count = 0;
  for (std::size_t word = selection.marks.size(); word-- > 0;) {
    selection.behind[word] = count;
    count += static_cast<std::uint32_t>(std::popcount(selection.marks[word]));
  }
  places_to_slots(selection.arcs.arcs, selection.marks.data(), selection.behind.data());
  selection.target.reserve(targets.size());
  for (const std::uint32_t node : targets.node) {
    selection.target.push_back(node == no_index ? no_index
                                                : selection.slot_of(hierarchy.place[node]));
  }
  return selection;
}

}  // namespace quartier::network
