#include "disclosure/frame.h"

#include "base/error.h"
#include "base/number.h"

namespace quartier::disclosure {

Frame::Frame(const CountTable& counts, const Groups& groups, std::span<const ParentLevel> levels)
    : counts_(counts), levels_(levels), district_count_(counts.district_count()) {
  expects(counts.groups.size() == groups.size() && groups.size() > 0,
          "disclosure: one column of counts for every group, everyone first");
  for (const CountColumn& column : counts.groups) {
    expects(column.readable.size() == district_count_, "disclosure: the same districts everywhere");
  }
  level_start_.push_back(district_count_);
  for (const ParentLevel& level : levels) {
    expects(level.of_district.size() == district_count_, "disclosure: a parent for every district");
    level_start_.push_back(level_start_.back() + level.ids.size());
  }
  plant(groups);
  gather_members();
  sum_margins();
}

void Frame::plant(const Groups& groups) {
  const std::size_t n = groups.size();
  parent_.resize(n);
  depth_.assign(n, 0);
  children_.resize(n);
  for (std::size_t g = 0; g < n; ++g) {
    parent_[g] = groups.nodes[g].parent;
    if (g == 0) {
      expects(parent_[g] == no_index, "disclosure: the first group is the root of the tree");
      continue;
    }
    expects(parent_[g] < g, "disclosure: parents stand before their children");
    depth_[g] = depth_[parent_[g]] + 1;
    children_[parent_[g]].push_back(static_cast<GroupIndex>(g));
  }
  for (std::size_t g = 0; g < n; ++g) {
    if (!children_[g].empty()) continue;
    std::vector<GroupIndex> chain(depth_[g] + 1);
    auto node = static_cast<GroupIndex>(g);
    for (std::size_t d = chain.size(); d-- > 0; node = parent_[node]) chain[d] = node;
    chain_.push_back(std::move(chain));
  }
  fork_.assign(chain_.size() * chain_.size(), 0);
  for (std::size_t a = 0; a < chain_.size(); ++a) {
    for (std::size_t b = 0; b < chain_.size(); ++b) {
      std::size_t d = 0;
      while (d < chain_[a].size() && d < chain_[b].size() && chain_[a][d] == chain_[b][d]) ++d;
      fork_[a * chain_.size() + b] = static_cast<std::uint16_t>(d);
    }
  }
}

void Frame::gather_members() {
  std::vector<std::vector<std::uint32_t>> members(margin_count());
  for (std::size_t i = 0; i < district_count_; ++i) {
    const auto district = static_cast<std::uint32_t>(i);
    for (std::size_t level = 0; level < levels_.size(); ++level) {
      const std::uint32_t place = parent_place(level, i);
      if (place != no_index) members[place - district_count_].push_back(district);
    }
    members[city() - district_count_].push_back(district);
  }
  member_start_.assign(1, 0);
  for (const std::vector<std::uint32_t>& part : members) {
    member_.insert(member_.end(), part.begin(), part.end());
    member_start_.push_back(member_.size());
  }
}

void Frame::sum_margins() {
  margin_.assign(group_count() * margin_count(), 0.0);
  complete_.assign(margin_.size(), 1);
  for (std::size_t g = 0; g < group_count(); ++g) {
    const CountColumn& column = counts_.groups[g];
    for (std::size_t margin = 0; margin < margin_count(); ++margin) {
      CompensatedSum sum;
      for (const std::uint32_t i : members(margin + district_count_)) {
        sum.add(column.readable[i]);
        if (!column.known(i)) complete_[g * margin_count() + margin] = 0;
      }
      margin_[g * margin_count() + margin] = sum.value();
    }
  }
}

}  // namespace quartier::disclosure
