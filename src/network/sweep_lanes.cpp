#include "network/sweep_lanes.h"

namespace quartier::network {
namespace {

template <typename Lane>
[[gnu::always_inline]] inline void climb_lanes(std::span<const StreetArc> arcs,
                                               SweepLine<Lane>* lines, std::uint32_t from) {
  const SweepLine<Lane> line = lines[from];
  for (const StreetArc& arc : arcs) lines[arc.to].relax(line, static_cast<Lane>(arc.cost));
}

template <typename Lane>
[[gnu::always_inline]] inline void descend_lanes(const Descent<Lane>& d) {
  const Landing* landing = d.landing;
  std::uint32_t used = no_line + 1;
  for (std::size_t slot = d.slot_count; slot-- > 0;) {
    const StreetArc* arc = d.arcs + d.start[slot];
    const StreetArc* const end = d.arcs + d.start[slot + 1];
    d.line_of[slot] = no_line;
    SweepLine<Lane> line;
    if (landing->slot == slot) {
      line = d.climbed[landing->line];
      ++landing;
    } else {
      while (arc != end && d.line_of[arc->to] == no_line) ++arc;
      if (arc == end) continue;
      line.clear();
    }
    for (; arc != end; ++arc) {
      const std::uint32_t above = d.line_of[arc->to];
      if (above != no_line) line.relax(d.lines[above], static_cast<Lane>(arc->cost));
    }
    if (!line.any_within(d.limit)) continue;
    d.lines[used] = line;
    d.line_of[slot] = used++;
  }
}

}  // namespace

QUARTIER_HOT void climb(std::span<const StreetArc> arcs, SweepLine<std::uint16_t>* lines,
                        std::uint32_t from) {
  climb_lanes(arcs, lines, from);
}
QUARTIER_HOT void climb(std::span<const StreetArc> arcs, SweepLine<std::uint32_t>* lines,
                        std::uint32_t from) {
  climb_lanes(arcs, lines, from);
}
QUARTIER_HOT void descend(const Descent<std::uint16_t>& descent) { descend_lanes(descent); }
QUARTIER_HOT void descend(const Descent<std::uint32_t>& descent) { descend_lanes(descent); }

}  // namespace quartier::network
