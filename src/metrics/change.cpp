#include "metrics/change.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "base/error.h"
#include "metrics/composition.h"
#include "metrics/margins.h"
#include "metrics/snapshot.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

/// A table and what can be made of it.
class Source {
 public:
  Source(GroupColumns counts, ChangeOf of)
      : counts_(counts),
        of_(of),
        unit_ones_(district_count(counts), 1.0),
        group_ones_(counts.size(), 1.0) {}

  [[nodiscard]] Snapshot as_counted() const {
    return snapshot(counts_, unit_ones_, group_ones_, of_);
  }
  [[nodiscard]] Snapshot fitted(const Snapshot& units, const Snapshot& groups) const {
    const FittedMargins fit = fitted_to_margins(counts_, units.unit_share, groups.group_share);
    return snapshot(counts_, fit.unit_factor, fit.group_factor, of_);
  }
  [[nodiscard]] Snapshot with_unit_factors(std::span<const double> factors) const {
    return snapshot(counts_, factors, group_ones_, of_);
  }
  [[nodiscard]] Snapshot with_group_factors(std::span<const double> factors) const {
    return snapshot(counts_, unit_ones_, factors, of_);
  }

 private:
  GroupColumns counts_;
  ChangeOf of_;
  std::vector<double> unit_ones_;
  std::vector<double> group_ones_;
};

void add_differences(std::vector<double>& sums, double weight, double mean_index,
                     const std::vector<double>& share, const std::vector<double>& part,
                     const std::vector<double>& new_share, const std::vector<double>& new_part) {
  for (std::size_t i = 0; i < sums.size(); ++i) {
    sums[i] += weight * ((new_part[i] - part[i]) - (new_share[i] - share[i]) * mean_index);
  }
}

/// Adds weight · (to − from), split as the head of the header says.
void add_step(ChangePart& part, double weight, const Snapshot& from, const Snapshot& to) {
  const double mean_index = (from.index + to.index) / 2.0;
  part.value += weight * (to.index - from.index);
  add_differences(part.by_district, weight, mean_index, from.unit_share, from.unit_part,
                  to.unit_share, to.unit_part);
  add_differences(part.by_group, weight, mean_index, from.group_share, from.group_part,
                  to.group_share, to.group_part);
}

ChangePart no_change(GroupColumns counts) {
  return {0.0, std::vector<double>(district_count(counts), 0.0),
          std::vector<double>(counts.size(), 0.0)};
}

ChangePart unknown_change(GroupColumns counts) {
  return {undefined, std::vector<double>(district_count(counts), undefined),
          std::vector<double>(counts.size(), undefined)};
}

/// Margins of a table from one date to the other, both ways round, at half weight each.
void add_margin_steps(SegregationChange& change, const Snapshot& first, const Snapshot& new_units,
                      const Snapshot& new_groups, const Snapshot& last) {
  add_step(change.units, 0.25, first, new_units);
  add_step(change.units, 0.25, new_groups, last);
  add_step(change.groups, 0.25, first, new_groups);
  add_step(change.groups, 0.25, new_units, last);
}

void split_by_elbers(SegregationChange& change, const Source& before, const Source& after,
                     const Snapshot& a, const Snapshot& b) {
  const Snapshot a_later = before.fitted(b, b);
  add_step(change.structure, 0.5, a_later, b);
  add_margin_steps(change, a, before.fitted(b, a), before.fitted(a, b), a_later);
  const Snapshot b_earlier = after.fitted(a, a);
  add_step(change.structure, 0.5, a, b_earlier);
  add_margin_steps(change, b_earlier, after.fitted(b, a), after.fitted(a, b), b);
}

std::vector<double> growth(const std::vector<double>& from, const std::vector<double>& to) {
  std::vector<double> factors(from.size(), 0.0);
  for (std::size_t i = 0; i < from.size(); ++i) factors[i] = from[i] > 0.0 ? to[i] / from[i] : 0.0;
  return factors;
}

void split_by_karmel_maclachlan(SegregationChange& change, const Source& before, const Snapshot& a,
                                const Snapshot& b) {
  const Snapshot a_later = before.fitted(b, b);
  const Snapshot units = before.with_unit_factors(growth(a.unit_share, b.unit_share));
  const Snapshot groups = before.with_group_factors(growth(a.group_share, b.group_share));
  add_step(change.units, 1.0, a, units);
  add_step(change.groups, 1.0, a, groups);
  add_step(change.structure, 1.0, a_later, b);
  add_step(change.interaction, 1.0, a, a_later);
  add_step(change.interaction, -1.0, a, units);
  add_step(change.interaction, -1.0, a, groups);
}

/// Which districts and groups are counted at both dates, among themselves.
struct Common {
  std::vector<std::uint8_t> district;
  std::vector<std::uint8_t> group;
  bool all = true;  ///< nobody is counted outside
};

/// Sums over the districts and groups kept so far.
struct Margins {
  std::vector<double> district;
  std::vector<double> group;
};

Margins margins_of(GroupColumns counts, const Common& kept) {
  Margins sums{std::vector<double>(kept.district.size(), 0.0),
               std::vector<double>(kept.group.size(), 0.0)};
  for (std::size_t k = 0; k < counts.size(); ++k) {
    if (kept.group[k] == 0) continue;
    for (std::size_t i = 0; i < counts[k].size(); ++i) {
      if (kept.district[i] == 0) continue;
      sums.district[i] += counts[k][i];
      sums.group[k] += counts[k][i];
    }
  }
  return sums;
}

/// Leaves out what has residents at one date only, and again, for leaving out a group can empty a
/// district.
Common common_to(GroupColumns before, GroupColumns after) {
  Common kept{std::vector<std::uint8_t>(district_count(before), 1),
              std::vector<std::uint8_t>(before.size(), 1)};
  const auto leave_out = [&](std::vector<std::uint8_t>& flags, const std::vector<double>& earlier,
                             const std::vector<double>& later) {
    bool changed = false;
    for (std::size_t i = 0; i < flags.size(); ++i) {
      if (flags[i] == 0 || (earlier[i] > 0.0) == (later[i] > 0.0)) continue;
      flags[i] = 0;
      changed = true;
    }
    return changed;
  };
  bool changed = true;
  while (changed) {
    const Margins earlier = margins_of(before, kept);
    const Margins later = margins_of(after, kept);
    changed = leave_out(kept.district, earlier.district, later.district);
    changed = leave_out(kept.group, earlier.group, later.group) || changed;
    if (changed) kept.all = false;
  }
  return kept;
}

std::vector<std::vector<double>> restricted(GroupColumns counts, const Common& kept) {
  std::vector<std::vector<double>> columns;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    columns.emplace_back(counts[k].begin(), counts[k].end());
    for (std::size_t i = 0; i < columns[k].size(); ++i) {
      if (kept.group[k] == 0 || kept.district[i] == 0) columns[k][i] = 0.0;
    }
  }
  return columns;
}

void count_left_out(SegregationChange& change, GroupColumns before, GroupColumns after) {
  const Common everything{std::vector<std::uint8_t>(district_count(before), 1),
                          std::vector<std::uint8_t>(before.size(), 1)};
  const Margins earlier = margins_of(before, everything);
  const Margins later = margins_of(after, everything);
  const auto count = [](const std::vector<double>& with, const std::vector<double>& without) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < with.size(); ++i) {
      if (with[i] > 0.0 && without[i] <= 0.0) ++found;
    }
    return found;
  };
  change.districts_added = count(later.district, earlier.district);
  change.districts_removed = count(earlier.district, later.district);
  change.groups_added = count(later.group, earlier.group);
  change.groups_removed = count(earlier.group, later.group);
}

}  // namespace

ChangePart SegregationChange::all() const {
  ChangePart sum = units;
  for (const ChangePart* part : {&groups, &structure, &interaction, &additions, &removals}) {
    sum.value += part->value;
    for (std::size_t i = 0; i < sum.by_district.size(); ++i) {
      sum.by_district[i] += part->by_district[i];
    }
    for (std::size_t k = 0; k < sum.by_group.size(); ++k) sum.by_group[k] += part->by_group[k];
  }
  return sum;
}

SegregationChange segregation_change(GroupColumns before, GroupColumns after, ChangeOf of,
                                     ChangeMethod method) {
  expects(before.size() == after.size() && district_count(before) == district_count(after),
          "segregation_change: the same districts and groups twice");
  SegregationChange change;
  const Source earlier(before, of);
  const Source later(after, of);
  const Snapshot first = earlier.as_counted();
  const Snapshot last = later.as_counted();
  change.before = first.index;
  change.after = last.index;
  for (ChangePart* part : {&change.units, &change.groups, &change.structure, &change.interaction,
                           &change.additions, &change.removals}) {
    *part = no_change(before);
  }
  count_left_out(change, before, after);

  const auto split = [&](const Source& from, const Source& to, const Snapshot& a,
                         const Snapshot& b) {
    if (!is_defined(a.index) || !is_defined(b.index)) {
      for (ChangePart* part :
           {&change.units, &change.groups, &change.structure, &change.interaction}) {
        *part = unknown_change(before);
      }
    } else if (method == ChangeMethod::elbers) {
      split_by_elbers(change, from, to, a, b);
    } else {
      split_by_karmel_maclachlan(change, from, a, b);
    }
  };
  const Common common = common_to(before, after);
  if (common.all) {
    split(earlier, later, first, last);
    return change;
  }
  const auto before_columns = restricted(before, common);
  const auto after_columns = restricted(after, common);
  const std::vector<std::span<const double>> before_views(before_columns.begin(),
                                                          before_columns.end());
  const std::vector<std::span<const double>> after_views(after_columns.begin(),
                                                         after_columns.end());
  const Source common_earlier(before_views, of);
  const Source common_later(after_views, of);
  const Snapshot a = common_earlier.as_counted();
  const Snapshot b = common_later.as_counted();
  add_step(change.removals, 1.0, first, a);
  add_step(change.additions, 1.0, b, last);
  split(common_earlier, common_later, a, b);
  return change;
}

EntropyChange entropy_change(GroupColumns before, GroupColumns after) {
  expects(before.size() == after.size() && district_count(before) == district_count(after),
          "entropy_change: the same districts and groups twice");
  const std::vector<double> earlier = district_totals(before);
  const std::vector<double> later = district_totals(after);
  const double everyone_earlier = total_of(earlier);
  const double everyone_later = total_of(later);
  if (everyone_earlier <= 0.0 || everyone_later <= 0.0) return {};
  std::vector<double> first = district_entropies(before);
  std::vector<double> last = district_entropies(after);
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (!is_defined(first[i])) first[i] = is_defined(last[i]) ? last[i] : 0.0;
    if (!is_defined(last[i])) last[i] = first[i];
  }
  EntropyChange change;
  change.groups = city_entropy(after) - city_entropy(before);
  change.units = -sum_over(first.size(), [&](std::size_t i) {
    const double growth = later[i] / everyone_later - earlier[i] / everyone_earlier;
    return growth * (first[i] + last[i]) / 2.0;
  });
  change.structure = -sum_over(first.size(), [&](std::size_t i) {
    const double share = (later[i] / everyone_later + earlier[i] / everyone_earlier) / 2.0;
    return share * (last[i] - first[i]);
  });
  return change;
}

}  // namespace quartier::metrics
