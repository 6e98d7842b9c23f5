#include "network/components.h"

#include <algorithm>

namespace quartier::network {

Components connected_components(const StreetGraph& graph) {
  Components components;
  components.of_node.assign(graph.size(), no_index);
  std::vector<std::uint32_t> open;
  for (std::size_t first = 0; first < graph.size(); ++first) {
    if (components.of_node[first] != no_index) continue;
    const auto number = static_cast<std::uint32_t>(components.size.size());
    components.of_node[first] = number;
    open.push_back(static_cast<std::uint32_t>(first));
    std::uint32_t size = 0;
    while (!open.empty()) {
      const std::uint32_t node = open.back();
      open.pop_back();
      ++size;
      for (const StreetArc arc : graph.arcs_of(node)) {
        if (components.of_node[arc.to] != no_index) continue;
        components.of_node[arc.to] = number;
        open.push_back(arc.to);
      }
    }
    components.size.push_back(size);
  }
  if (!components.size.empty()) {
    const auto most = std::max_element(components.size.begin(), components.size.end());
    components.largest = static_cast<std::uint32_t>(most - components.size.begin());
  }
  return components;
}

}  // namespace quartier::network
