#pragma once
/// A street graph laid out for many searches: nodes along a curve, so that those near one another
/// share cache lines. Positions inside are private to the searches; what they return is in nodes of
/// the street graph.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "domain/street_graph.h"

namespace quartier::network {

/// Which ways a search follows from its sources.
enum class SearchDirection : std::uint8_t {
  from_sources,  ///< along the arcs: costs are those of the ways from a source to each node
  to_sources,    ///< against the arcs: costs are those of the ways from each node to a source
};

class SearchGraph {
 public:
  /// Copies the arcs (8 bytes each); `graph` is not needed afterwards.
  SearchGraph(const StreetGraph& graph, SearchDirection direction);

  [[nodiscard]] std::size_t size() const { return node_at_.size(); }
  [[nodiscard]] CostUnit unit() const { return unit_; }
  [[nodiscard]] std::uint32_t longest_arc() const { return longest_; }
  [[nodiscard]] std::uint32_t mean_arc() const { return mean_; }

  /// The node of the street graph at a place of the curve, and the place of a node.
  [[nodiscard]] std::uint32_t node_at(std::size_t place) const { return node_at_[place]; }
  [[nodiscard]] std::uint32_t place_of(std::size_t node) const { return place_of_[node]; }
  [[nodiscard]] std::span<const StreetArc> arcs_at(std::size_t place) const {
    return {arcs_.data() + start_[place], arcs_.data() + start_[place + 1]};
  }

 private:
  std::vector<std::uint32_t> node_at_;   ///< [node count]
  std::vector<std::uint32_t> place_of_;  ///< [node count]
  std::vector<std::uint32_t> start_;     ///< [node count + 1]
  std::vector<StreetArc> arcs_;          ///< targets are places
  CostUnit unit_;
  std::uint32_t longest_ = 0;
  std::uint32_t mean_ = 0;
};

/// The width and number of buckets that suit searches of a graph up to a limit.
struct BucketPlan {
  unsigned shift = 0;     ///< a bucket holds 2^shift whole units
  std::size_t count = 2;  ///< power of two; spans more than the longest arc that matters

  static BucketPlan of(const SearchGraph& graph, std::uint32_t limit);
};

}  // namespace quartier::network
