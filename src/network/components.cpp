#include "network/components.h"

#include <algorithm>

namespace quartier::network {
namespace {

/// Any node of each node's component, for streets whose ways are the same in both directions.
std::vector<std::uint32_t> parts_by_flooding(const StreetGraph& graph) {
  std::vector<std::uint32_t> part(graph.size(), no_index);
  std::vector<std::uint32_t> open;
  for (std::uint32_t first = 0; first < graph.size(); ++first) {
    if (part[first] != no_index) continue;
    part[first] = first;
    open.push_back(first);
    while (!open.empty()) {
      const std::uint32_t node = open.back();
      open.pop_back();
      for (const StreetArc arc : graph.arcs_of(node)) {
        if (part[arc.to] != no_index) continue;
        part[arc.to] = first;
        open.push_back(arc.to);
      }
    }
  }
  return part;
}

/// The same for directed streets: one walk in depth that keeps its own stack.
class DepthWalk {
 public:
  explicit DepthWalk(const StreetGraph& graph)
      : graph_(graph),
        seen_(graph.size(), 0),
        lowest_(graph.size(), 0),
        part_(graph.size(), no_index) {}

  std::vector<std::uint32_t> parts() {
    for (std::uint32_t first = 0; first < graph_.size(); ++first) {
      if (seen_[first] == 0) walk_from(first);
    }
    return std::move(part_);
  }

 private:
  struct Step {
    std::uint32_t node = 0;
    std::uint32_t next_arc = 0;
  };
  void enter(std::uint32_t node) {
    seen_[node] = lowest_[node] = ++clock_;
    path_.push_back({node, graph_.start[node]});
    pending_.push_back(node);
  }
  void walk_from(std::uint32_t first) {
    enter(first);
    while (!path_.empty()) {
      Step& step = path_.back();
      const std::uint32_t node = step.node;
      if (step.next_arc < graph_.start[node + 1]) {
        const std::uint32_t to = graph_.arcs[step.next_arc++].to;
        if (seen_[to] == 0) {
          enter(to);
        } else if (part_[to] == no_index) {
          lowest_[node] = std::min(lowest_[node], seen_[to]);
        }
        continue;
      }
      path_.pop_back();
      if (!path_.empty()) {
        std::uint32_t& lowest = lowest_[path_.back().node];
        lowest = std::min(lowest, lowest_[node]);
      }
      if (lowest_[node] == seen_[node]) close(node);
    }
  }
  void close(std::uint32_t root) {
    std::uint32_t node = no_index;
    while (node != root) {
      node = pending_.back();
      pending_.pop_back();
      part_[node] = root;
    }
  }

  const StreetGraph& graph_;
  std::vector<std::uint32_t> seen_;    ///< when a node was entered; 0: not yet
  std::vector<std::uint32_t> lowest_;  ///< the earliest node known to be reached from here
  std::vector<std::uint32_t> part_;
  std::vector<std::uint32_t> pending_;
  std::vector<Step> path_;
  std::uint32_t clock_ = 0;
};

}  // namespace

Components connected_components(const StreetGraph& graph) {
  const std::vector<std::uint32_t> part =
      graph.symmetric ? parts_by_flooding(graph) : DepthWalk(graph).parts();
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
