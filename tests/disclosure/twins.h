#pragma once
/// Tables that agree with another in everything that is shown: what an attacker cannot tell apart
/// by counts alone.

#include <cstdint>
#include <vector>

#include "base/random.h"
#include "disclosure/gate.h"
#include "disclosure/tables.h"

namespace quartier::test {

class Twins {
 public:
  Twins(const Table& table, const disclosure::Protection& protection)
      : table_(table), protection_(protection), leaves_(table.groups.leaves()) {}

  /// The table with one count moved up or down as far as exchanges of one person take it, all shown
  /// numbers as they are. Exchanges are tried in random order, at most `most_steps` of them.
  [[nodiscard]] CountTable pushed(GroupIndex group, std::size_t district, double by,
                                  std::uint64_t seed, int most_steps) const {
    CountTable counts = table_.counts;
    RandomStream stream(seed, 17, group * 1000 + district);
    for (int step = 0; step < most_steps; ++step) {
      if (!exchange(counts, group, district, by, stream)) break;
    }
    return counts;
  }

 private:
  [[nodiscard]] bool below(GroupIndex leaf, GroupIndex group) const {
    for (GroupIndex g = leaf; g != no_index; g = table_.groups.nodes[g].parent) {
      if (g == group) return true;
    }
    return false;
  }
  void add(CountTable& counts, GroupIndex leaf, std::size_t i, double by) const {
    for (GroupIndex g = leaf; g != no_index; g = table_.groups.nodes[g].parent) {
      counts.groups[g].readable[i] += by;
    }
  }
  /// One person more (or less) in a count, of any leaf below it, against any other leaf or nobody
  /// and any other district.
  bool exchange(CountTable& counts, GroupIndex group, std::size_t i, double by,
                RandomStream& stream) const {
    struct Way {
      GroupIndex leaf;
      GroupIndex partner;
      std::size_t other;
    };
    std::vector<Way> ways;
    std::vector<GroupIndex> partners = leaves_;
    partners.push_back(no_index);
    for (const GroupIndex leaf : leaves_) {
      if (!below(leaf, group)) continue;
      for (const GroupIndex partner : partners) {
        if (partner != no_index && below(partner, group)) continue;
        for (std::size_t j = 0; j < counts.district_count(); ++j) {
          if (j != i) ways.push_back({leaf, partner, j});
        }
        ways.push_back({leaf, partner, i});  // with nobody elsewhere: sums of the city move
      }
    }
    while (!ways.empty()) {
      const std::size_t k = stream.below(static_cast<std::uint32_t>(ways.size()));
      const Way way = ways[k];
      ways[k] = ways.back();
      ways.pop_back();
      CountTable moved = counts;
      add(moved, way.leaf, i, by);
      if (way.partner != no_index) add(moved, way.partner, i, -by);
      if (way.other != i) {
        add(moved, way.leaf, way.other, -by);
        if (way.partner != no_index) add(moved, way.partner, way.other, by);
      }
      if (!agrees(moved)) continue;
      counts = std::move(moved);
      return true;
    }
    return false;
  }

  /// No count is negative, and every shown number is that of the table.
  [[nodiscard]] bool agrees(const CountTable& counts) const {
    const std::size_t n = counts.district_count();
    for (GroupIndex g = 0; g < table_.groups.size(); ++g) {
      const auto& now = counts.groups[g].readable;
      const auto& then = table_.counts.groups[g].readable;
      std::vector<double> change(protection_.place_count(), 0.0);
      for (std::size_t i = 0; i < n; ++i) {
        if (now[i] < 0.0) return false;
        const double by = now[i] - then[i];
        change[i] += by;
        change.back() += by;
        for (std::size_t l = 0; l < table_.levels.size(); ++l) {
          const auto p = table_.levels[l].of_district[i];
          if (p != no_index) change[protection_.level_start[l] + p] += by;
        }
      }
      for (std::size_t place = 0; place < change.size(); ++place) {
        const auto state = protection_.states[g * protection_.place_count() + place];
        if (change[place] != 0.0 && disclosure::may_show(state)) return false;
      }
    }
    return true;
  }

  const Table& table_;
  const disclosure::Protection& protection_;
  std::vector<GroupIndex> leaves_;
};

}  // namespace quartier::test
