#pragma once
/// Groups of origin: a tree whose leaves, with remainders, are the partition of the population.

#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"

namespace quartier {

/// A node of the tree. The root stands for everyone counted; the children of a node add up to it,
/// a remainder ("others") among them where the published groups do not exhaust it. Overlapping
/// nodes (a region whose countries stand elsewhere in the tree) hang below their parent without
/// being one of its children.
struct Group {
  std::string id;                ///< "turkey"
  std::string label;             ///< "Turkey"
  GroupIndex parent = no_index;  ///< no_index for the root
  bool remainder = false;        ///< computed: its parent less its siblings
  bool overlapping = false;      ///< cuts across its siblings: measured, but part of no partition
};

/// The tree of groups of a study, parents before their children; position 0 is the root.
struct Groups {
  std::vector<Group> nodes;

  [[nodiscard]] std::size_t size() const { return nodes.size(); }
  /// Position of the node with this id or label, or no_index.
  [[nodiscard]] GroupIndex find(std::string_view id_or_label) const;
  [[nodiscard]] std::vector<GroupIndex> children(GroupIndex node) const;
  [[nodiscard]] bool is_leaf(GroupIndex node) const;
  /// The partition: every leaf, in tree order.
  [[nodiscard]] std::vector<GroupIndex> leaves() const;
};

}  // namespace quartier
