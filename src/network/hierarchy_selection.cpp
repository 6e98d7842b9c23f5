#include <bit>

#include "base/error.h"
#include "network/hierarchy_sweep.h"
#include "network/place_marks.h"

namespace quartier::network {

std::uint32_t Selection::slot_of(std::uint32_t place) const {
  const std::uint64_t word = marks[place / 64];
  const std::uint64_t bit = std::uint64_t{1} << (place % 64);
  if ((word & bit) == 0) return no_index;
  return before[place / 64] + static_cast<std::uint32_t>(std::popcount(word & (bit - 1)));
}

Selection Selection::of(const Hierarchy& hierarchy, const ArcRows& descents,
                        std::span<const std::uint32_t> nodes, std::uint32_t limit) {
  expects(limit <= hierarchy.limit, "hierarchy: a limit within that of the hierarchy");
  Selection selection;
  selection.limit = limit;
  selection.marks.assign(hierarchy.size() / 64 + 1, 0);
  for (const std::uint32_t node : nodes) {
    expects(node == no_index || node < hierarchy.size(), "hierarchy: nodes of the graph");
    if (node != no_index) mark(selection.marks, hierarchy.place[node]);
  }
  std::size_t arc_count = 0;
  from_last_to_first(selection.marks, selection.marks.size(), [&](std::uint32_t place) {
    for (const StreetArc arc : descents.of(place)) {
      if (arc.cost > limit) continue;
      mark(selection.marks, arc.to);
      ++arc_count;
    }
  });
  selection.before.reserve(selection.marks.size());
  std::uint32_t count = 0;
  for (const std::uint64_t word : selection.marks) {
    selection.before.push_back(count);
    count += static_cast<std::uint32_t>(std::popcount(word));
  }
  selection.arcs.start.reserve(count + std::size_t{1});
  selection.arcs.arcs.reserve(arc_count);
  for (std::size_t word = 0; word < selection.marks.size(); ++word) {
    for (std::uint64_t left = selection.marks[word]; left != 0; left &= left - 1) {
      const std::size_t place = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
      for (const StreetArc arc : descents.of(place)) {
        if (arc.cost > limit) continue;
        selection.arcs.arcs.push_back({selection.slot_of(arc.to), arc.cost});
      }
      selection.arcs.end_row();
    }
  }
  selection.target.reserve(nodes.size());
  for (const std::uint32_t node : nodes) {
    selection.target.push_back(node == no_index ? no_index
                                                : selection.slot_of(hierarchy.place[node]));
  }
  return selection;
}

}  // namespace quartier::network
