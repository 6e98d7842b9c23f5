#pragma once
/// Tables for the tests of the gate: by hand, and at random.

#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "domain/counts.h"
#include "domain/districts.h"
#include "domain/groups.h"

namespace quartier::test {

struct Table {
  Groups groups;
  CountTable counts;
  std::vector<ParentLevel> levels;
};

/// A tree from the parents of its nodes (the first is the root).
inline Groups tree(const std::vector<GroupIndex>& parents) {
  Groups groups;
  for (std::size_t g = 0; g < parents.size(); ++g) {
    groups.nodes.push_back({"g" + std::to_string(g), "Group " + std::to_string(g), parents[g]});
  }
  return groups;
}

inline ParentLevel level(const std::string& id, const std::vector<std::uint32_t>& of_district) {
  ParentLevel made;
  made.id = id;
  made.label = id;
  std::uint32_t count = 0;
  for (const std::uint32_t p : of_district) {
    if (p != no_index) count = std::max(count, p + 1);
  }
  for (std::uint32_t p = 0; p < count; ++p) {
    made.ids.push_back(id + std::to_string(p));
    made.names.push_back(id + " " + std::to_string(p));
  }
  made.of_district = of_district;
  return made;
}

/// Fills inner nodes with the sums of their children; `leaf_values` follow the leaves in order.
inline CountTable counts_of(const Groups& groups,
                            const std::vector<std::vector<double>>& leaf_values) {
  CountTable table;
  table.date = "2024-01-01";
  const std::size_t n = leaf_values.front().size();
  table.groups.assign(groups.size(), CountColumn::of(std::vector<double>(n, 0.0)));
  const std::vector<GroupIndex> leaves = groups.leaves();
  for (std::size_t k = 0; k < leaves.size(); ++k) {
    for (GroupIndex g = leaves[k]; g != no_index; g = groups.nodes[g].parent) {
      for (std::size_t i = 0; i < n; ++i) table.groups[g].readable[i] += leaf_values[k][i];
    }
  }
  return table;
}

/// A table whose counts are mostly small, with some zeros and some large ones.
inline Table random_table(std::uint64_t seed, const std::vector<GroupIndex>& parents,
                          std::size_t districts, const std::vector<std::size_t>& parent_counts) {
  Table table;
  table.groups = tree(parents);
  std::vector<std::vector<double>> values;
  const std::size_t leaf_count = table.groups.leaves().size();
  for (std::size_t k = 0; k < leaf_count; ++k) {
    std::vector<double> column(districts);
    RandomStream stream(seed, 1, k);
    const std::uint32_t scale = 3 + stream.below(30);
    for (double& x : column) {
      const std::uint32_t kind = stream.below(10);
      x = kind < 2 ? 0.0 : kind < 6 ? 1.0 + stream.below(6) : 1.0 + stream.below(scale * 4);
    }
    values.push_back(std::move(column));
  }
  table.counts = counts_of(table.groups, values);
  RandomStream stream(seed, 2);
  for (std::size_t l = 0; l < parent_counts.size(); ++l) {
    std::vector<std::uint32_t> of(districts);
    for (std::size_t i = 0; i < districts; ++i) {
      of[i] = stream.below(20) == 0 ? no_index
                                    : static_cast<std::uint32_t>(i * parent_counts[l] / districts);
    }
    table.levels.push_back(level("level" + std::to_string(l), of));
  }
  return table;
}

}  // namespace quartier::test
