#pragma once
/// Strongly connected components: who can get to one another and back (private to the room).

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"

namespace quartier::network {

/// Calls take(members) for each component of a directed graph, after all components that it leads
/// to, and its members in the order of the walk from last to first. One walk in depth that keeps
/// its own stack (Tarjan 1972).
/// @param start  of the arcs of each node [node count + 1]
/// @param head   head(arc): the node that an arc leads to
/// @param take   take(std::span<const std::uint32_t>)
template <typename Head, typename Take>
void strong_components(std::span<const std::uint32_t> start, const Head& head, const Take& take) {
  struct Step {
    std::uint32_t node = 0;
    std::uint32_t next_arc = 0;
  };
  const std::size_t count = start.size() - 1;
  std::vector<std::uint32_t> seen(count, no_index);  // when a node was entered
  std::vector<std::uint32_t> lowest(count, 0);       // the earliest node known to be reached
  std::vector<std::uint8_t> is_pending(count, 0);
  std::vector<std::uint32_t> pending;
  std::vector<Step> path;
  std::uint32_t clock = 0;
  const auto enter = [&](std::uint32_t node) {
    seen[node] = lowest[node] = clock++;
    is_pending[node] = 1;
    pending.push_back(node);
    path.push_back({node, start[node]});
  };
  for (std::uint32_t first = 0; first < count; ++first) {
    if (seen[first] == no_index) enter(first);
    while (!path.empty()) {
      const std::uint32_t node = path.back().node;
      if (path.back().next_arc < start[node + 1]) {
        const std::uint32_t to = head(path.back().next_arc++);
        if (seen[to] == no_index) {
          enter(to);
        } else if (is_pending[to] != 0) {
          lowest[node] = std::min(lowest[node], seen[to]);
        }
        continue;
      }
      path.pop_back();
      if (!path.empty()) {
        std::uint32_t& above = lowest[path.back().node];
        above = std::min(above, lowest[node]);
      }
      if (lowest[node] != seen[node]) continue;
      std::size_t begin = pending.size();
      do {
        is_pending[pending[--begin]] = 0;
      } while (pending[begin] != node);
      take(std::span<const std::uint32_t>(pending).subspan(begin));
      pending.resize(begin);
    }
  }
}

}  // namespace quartier::network
