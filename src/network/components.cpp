#include "network/components.h"

#include <algorithm>

#include "network/strong_components.h"

namespace quartier::network {

Components connected_components(const StreetGraph& graph) {
  std::vector<std::uint32_t> part(graph.size(), no_index);
  strong_components(
      graph.start, [&](std::uint32_t arc) { return graph.arcs[arc].to; },
      [&](std::span<const std::uint32_t> members) {
        for (const std::uint32_t node : members) part[node] = members.front();
      });
  Components components;
  components.of_node.resize(graph.size());
  std::vector<std::uint32_t> number(graph.size(), no_index);
  for (std::size_t node = 0; node < graph.size(); ++node) {
    std::uint32_t& of_part = number[part[node]];
    if (of_part == no_index) {
      of_part = static_cast<std::uint32_t>(components.size.size());
      components.size.push_back(0);
    }
    components.of_node[node] = of_part;
    ++components.size[of_part];
  }
  if (!components.size.empty()) {
    const auto most = std::max_element(components.size.begin(), components.size.end());
    components.largest = static_cast<std::uint32_t>(most - components.size.begin());
  }
  return components;
}

}  // namespace quartier::network
