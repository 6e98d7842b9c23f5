#include "disclosure/seen.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/number.h"

namespace quartier::disclosure {
namespace {

/// Bounds of every count and a value between them [group][district]; the three are the count where
/// it is shown.
struct Filled {
  std::vector<std::vector<double>> least;
  std::vector<std::vector<double>> middle;
  std::vector<std::vector<double>> greatest;
};

class Filling {
 public:
  Filling(const CountTable& counts, const Groups& groups, const Protection& protection)
      : counts_(counts), groups_(groups), protection_(protection) {
    const std::size_t n = counts.district_count();
    for (std::size_t g = 0; g < groups.size(); ++g) {
      children_.push_back(groups.children(static_cast<GroupIndex>(g)));
    }
    filled_.least.assign(groups.size(), std::vector<double>(n, 0.0));
    for (std::size_t g = groups.size(); g-- > 0;) {
      for (std::size_t i = 0; i < n; ++i) filled_.least[g][i] = shown_below(g, i);
    }
    filled_.middle = filled_.least;
    filled_.greatest = filled_.least;
    for (std::size_t g = 0; g < groups.size(); ++g) fill(g);
  }

  [[nodiscard]] const Filled& filled() const { return filled_; }
  [[nodiscard]] bool hidden(std::size_t g, std::size_t i) const {
    return !may_show(protection_.at(static_cast<GroupIndex>(g), i));
  }

 private:
  /// Children come after their parents: theirs are known when this is asked.
  [[nodiscard]] double shown_below(std::size_t g, std::size_t i) const {
    if (!hidden(g, i)) return counts_.groups[g].readable[i];
    double sum = 0.0;
    for (const GroupIndex child : children_[g]) sum += filled_.least[child][i];
    return sum;
  }

  void fill(std::size_t g) {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < counts_.district_count(); ++i) {
      if (hidden(g, i)) rows.push_back(i);
    }
    if (rows.empty()) return;
    const double left = left_over(g);
    std::vector<double> free(rows.size());
    std::vector<double> even(rows.size());
    double sum = 0.0;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      room(g, rows[r], left, free[r], even[r]);
      sum += even[r];
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const double least = filled_.least[g][rows[r]];
      const double most = is_defined(left) ? std::min(free[r], left) : free[r];
      double part = even[r];
      if (is_defined(left)) {
        part = sum > 0.0 ? left * (even[r] / sum) : left / static_cast<double>(rows.size());
      }
      filled_.middle[g][rows[r]] = least + std::min(part, most);
      filled_.greatest[g][rows[r]] = least + most;
    }
  }

  /// Persons of the group in its hidden counts that no shown count holds; `undefined` where the
  /// city total is hidden.
  [[nodiscard]] double left_over(std::size_t g) const {
    if (!may_show(protection_.city(static_cast<GroupIndex>(g)))) return undefined;
    const double city = compensated_sum(counts_.groups[g].readable);
    return std::max(0.0, city - compensated_sum(filled_.least[g]));
  }

  /// The most persons a hidden count can have above its least, and an even part of the persons
  /// whose group is hidden.
  void room(std::size_t g, std::size_t i, double left, double& free, double& even) const {
    const Group& node = groups_.nodes[g];
    if (node.parent == no_index) {
      free = is_defined(left) ? left : compensated_sum(filled_.least[g]) + 1.0;
      even = is_defined(left) ? 1.0 : 0.0;
      return;
    }
    double shown = 0.0;
    std::size_t sharing = 1;
    if (!node.overlapping) {
      sharing = 0;
      for (const GroupIndex child : children_[node.parent]) {
        shown += filled_.least[child][i];
        if (hidden(child, i)) ++sharing;
      }
    }
    free = std::max(0.0, filled_.greatest[node.parent][i] - shown);
    even = std::max(0.0, filled_.middle[node.parent][i] - shown) / static_cast<double>(sharing);
  }

  const CountTable& counts_;
  const Groups& groups_;
  const Protection& protection_;
  std::vector<std::vector<GroupIndex>> children_;
  Filled filled_;
};

/// Puts a count in place of a hidden one; the bounds of finer cells hidden at the source move
/// along.
void put(CountColumn& column, std::size_t i, double value) {
  const double moved = value - column.readable[i];
  column.readable[i] = value;
  if (!column.least.empty()) column.least[i] += moved;
  if (!column.greatest.empty()) column.greatest[i] += moved;
}

}  // namespace

SeenCounts seen_counts(const CountTable& counts, const Groups& groups,
                       const Protection& protection) {
  expects(
      counts.groups.size() == groups.size() && protection.district_count == counts.district_count(),
      "seen_counts: the protection of this table");
  const Filling filling(counts, groups, protection);
  const Filled& filled = filling.filled();
  SeenCounts seen;
  seen.fills.assign(fill_count, counts);
  seen.hides.assign(groups.size(), 0);
  const auto table = [&](Fill fill) -> CountTable& {
    return seen.fills[static_cast<std::size_t>(fill)];
  };
  for (std::size_t g = 0; g < groups.size(); ++g) {
    bool greatest = true;
    for (std::size_t i = 0; i < counts.district_count(); ++i) {
      if (!filling.hidden(g, i)) continue;
      if (filled.greatest[g][i] > filled.least[g][i]) seen.hides[g] = 1;
      put(table(Fill::middle).groups[g], i, filled.middle[g][i]);
      put(table(Fill::least).groups[g], i, filled.least[g][i]);
      put(table(Fill::greatest).groups[g], i, filled.greatest[g][i]);
      put(table(Fill::mixed).groups[g], i, greatest ? filled.greatest[g][i] : filled.least[g][i]);
      put(table(Fill::mirrored).groups[g], i,
          greatest ? filled.least[g][i] : filled.greatest[g][i]);
      greatest = !greatest;
    }
  }
  return seen;
}

}  // namespace quartier::disclosure
