#pragma once
/// Connected components: which parts of the street graph can be reached from one another.

#include <cstdint>
#include <vector>

#include "domain/street_graph.h"

namespace quartier::network {

struct Components {
  std::vector<std::uint32_t> of_node;  ///< [node count] number of the component of each node
  std::vector<std::uint32_t> size;     ///< [component count] nodes of each component
  std::uint32_t largest = no_index;    ///< most nodes, lowest number among ties; no_index: no nodes

  [[nodiscard]] std::size_t count() const { return size.size(); }
  [[nodiscard]] bool in_largest(std::size_t node) const { return of_node[node] == largest; }
  /// Nodes outside the largest component: places that most of the city cannot reach.
  [[nodiscard]] std::size_t stranded_count() const {
    return of_node.size() - (largest == no_index ? 0 : size[largest]);
  }
};

/// The components of `graph`, numbered in the order of their lowest node. Two nodes share one where
/// a way leads from each to the other: on directed streets the strongly connected components
/// (Tarjan 1972), so that what lies in the largest can be both reached and left.
Components connected_components(const StreetGraph& graph);

}  // namespace quartier::network
