#include "domain/groups.h"

namespace quartier {

GroupIndex Groups::find(std::string_view id_or_label) const {
  for (std::size_t g = 0; g < nodes.size(); ++g) {
    if (nodes[g].id == id_or_label) return static_cast<GroupIndex>(g);
  }
  for (std::size_t g = 0; g < nodes.size(); ++g) {
    if (nodes[g].label == id_or_label) return static_cast<GroupIndex>(g);
  }
  return no_index;
}

std::vector<GroupIndex> Groups::children(GroupIndex node) const {
  std::vector<GroupIndex> found;
  for (std::size_t g = 0; g < nodes.size(); ++g) {
    if (nodes[g].parent == node && !nodes[g].overlapping)
      found.push_back(static_cast<GroupIndex>(g));
  }
  return found;
}

bool Groups::is_leaf(GroupIndex node) const {
  for (const Group& group : nodes) {
    if (group.parent == node && !group.overlapping) return false;
  }
  return !nodes[node].overlapping;
}

std::vector<GroupIndex> Groups::leaves() const {
  std::vector<bool> has_child(nodes.size(), false);
  for (const Group& group : nodes) {
    if (group.parent != no_index && !group.overlapping) has_child[group.parent] = true;
  }
  std::vector<GroupIndex> found;
  for (std::size_t g = 0; g < nodes.size(); ++g) {
    if (!has_child[g] && !nodes[g].overlapping) found.push_back(static_cast<GroupIndex>(g));
  }
  return found;
}

}  // namespace quartier
