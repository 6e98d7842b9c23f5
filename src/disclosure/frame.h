#pragma once
/// The frame of a table: its tree of groups and its places with every margin. Private to the room.

#include <cstdint>
#include <span>
#include <vector>

#include "domain/counts.h"
#include "domain/districts.h"
#include "domain/groups.h"

namespace quartier::disclosure {

/// Counts by node of the tree and place. Places are the districts, then the parents of each level,
/// then the city. Margins are sums of what can be read; a margin with an unknown part is told so.
class Frame {
 public:
  /// @throws std::logic_error where columns, groups and levels do not fit one another
  Frame(const CountTable& counts, const Groups& groups, std::span<const ParentLevel> levels);

  [[nodiscard]] std::size_t district_count() const { return district_count_; }
  [[nodiscard]] std::size_t group_count() const { return parent_.size(); }
  [[nodiscard]] std::size_t level_count() const { return levels_.size(); }
  [[nodiscard]] std::size_t place_count() const { return level_start_.back() + 1; }
  [[nodiscard]] std::size_t city() const { return level_start_.back(); }
  [[nodiscard]] const std::vector<std::size_t>& level_start() const { return level_start_; }

  [[nodiscard]] double value(std::size_t g, std::size_t place) const {
    return place < district_count_ ? counts_.groups[g].readable[place]
                                   : margin_[g * margin_count() + place - district_count_];
  }
  /// True where every finer cell of a count can be read.
  [[nodiscard]] bool complete(std::size_t g, std::size_t place) const {
    return place < district_count_ ? counts_.groups[g].known(place)
                                   : complete_[g * margin_count() + place - district_count_] != 0;
  }
  /// True where something can be learnt of a count that is hidden at the source: a part of it can
  /// be read, or the group above it is known in full. Otherwise no sum holds the hidden part.
  [[nodiscard]] bool at_stake(std::size_t g, std::size_t place) const {
    return value(g, place) > 0.0 || (g != 0 && complete(parent_[g], place));
  }
  /// The place of a district's parent at a level, or no_index.
  [[nodiscard]] std::uint32_t parent_place(std::size_t level, std::size_t district) const {
    const std::uint32_t p = levels_[level].of_district[district];
    return p == no_index ? no_index : static_cast<std::uint32_t>(level_start_[level] + p);
  }
  /// The districts of a parent, in ascending order; those of the city are all.
  [[nodiscard]] std::span<const std::uint32_t> members(std::size_t place) const {
    const std::size_t margin = place - district_count_;
    return std::span(member_).subspan(member_start_[margin],
                                      member_start_[margin + 1] - member_start_[margin]);
  }

  [[nodiscard]] GroupIndex parent(std::size_t g) const { return parent_[g]; }
  [[nodiscard]] const std::vector<GroupIndex>& children(std::size_t g) const {
    return children_[g];
  }
  [[nodiscard]] std::size_t depth(std::size_t g) const { return depth_[g]; }
  [[nodiscard]] std::size_t leaf_count() const { return chain_.size(); }
  /// The nodes from the root (position 0) down to a leaf; positions are depths.
  [[nodiscard]] std::span<const GroupIndex> chain(std::size_t leaf) const { return chain_[leaf]; }
  [[nodiscard]] double leaf_value(std::size_t leaf, std::size_t district) const {
    return counts_.groups[chain_[leaf].back()].readable[district];
  }
  /// True where a leaf is `g` or below it.
  [[nodiscard]] bool under(std::size_t leaf, std::size_t g) const {
    return depth_[g] < chain_[leaf].size() && chain_[leaf][depth_[g]] == g;
  }
  /// The first depth at which the chains of two leaves part.
  [[nodiscard]] std::size_t fork(std::size_t a, std::size_t b) const {
    return fork_[a * chain_.size() + b];
  }

 private:
  [[nodiscard]] std::size_t margin_count() const { return place_count() - district_count_; }
  void plant(const Groups& groups);
  void gather_members();
  void sum_margins();

  const CountTable& counts_;
  std::span<const ParentLevel> levels_;
  std::size_t district_count_ = 0;
  std::vector<std::size_t> level_start_;
  std::vector<std::size_t> member_start_;
  std::vector<std::uint32_t> member_;
  std::vector<GroupIndex> parent_;
  std::vector<std::size_t> depth_;
  std::vector<std::vector<GroupIndex>> children_;
  std::vector<std::vector<GroupIndex>> chain_;
  std::vector<std::uint16_t> fork_;
  std::vector<double> margin_;
  std::vector<std::uint8_t> complete_;
};

}  // namespace quartier::disclosure
