#include "metrics/levels.h"

#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/units.h"
#include "metrics/composition.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

/// The area of each district, numbered from 0.
struct Areas {
  std::vector<std::uint32_t> of_district;
  std::size_t count = 0;
};

Areas single_districts(std::size_t n) {
  Areas areas{std::vector<std::uint32_t>(n), n};
  for (std::size_t i = 0; i < n; ++i) areas.of_district[i] = static_cast<std::uint32_t>(i);
  return areas;
}

/// Areas of the next level: the parent, or the finer area itself where it has none.
Areas coarser(const Areas& finer, ParentOf parent_of) {
  Areas areas{std::vector<std::uint32_t>(finer.of_district.size()), 0};
  std::map<std::uint32_t, std::uint32_t> of_parent;
  std::map<std::uint32_t, std::uint32_t> of_orphan;
  for (std::size_t i = 0; i < areas.of_district.size(); ++i) {
    const bool orphan = parent_of[i] == no_index;
    auto& numbers = orphan ? of_orphan : of_parent;
    const std::uint32_t key = orphan ? finer.of_district[i] : parent_of[i];
    const auto [place, is_new] = numbers.emplace(key, static_cast<std::uint32_t>(areas.count));
    if (is_new) ++areas.count;
    areas.of_district[i] = place->second;
  }
  return areas;
}

/// The first district whose finer area has another district in another coarser area.
std::uint32_t first_torn(const Areas& finer, const Areas& larger) {
  std::vector<std::uint32_t> seen(finer.count, no_index);
  for (std::size_t i = 0; i < finer.of_district.size(); ++i) {
    std::uint32_t& in = seen[finer.of_district[i]];
    if (in != no_index && in != larger.of_district[i]) return static_cast<std::uint32_t>(i);
    in = larger.of_district[i];
  }
  return no_index;
}

std::vector<std::vector<double>> summed(GroupColumns groups, const Areas& areas) {
  std::vector<std::vector<double>> sums(groups.size(), std::vector<double>(areas.count, 0.0));
  for (std::size_t k = 0; k < groups.size(); ++k) {
    for (std::size_t i = 0; i < groups[k].size(); ++i) {
      sums[k][areas.of_district[i]] += groups[k][i];
    }
  }
  return sums;
}

std::vector<std::span<const double>> views(const std::vector<std::vector<double>>& columns) {
  return {columns.begin(), columns.end()};
}

/// t_a · Σ_k p_ak ln(p_ak / q_k) for one area inside another, q the composition of the other.
double weighted_divergence(GroupColumns inner, std::size_t a, double persons, GroupColumns outer,
                           std::size_t b, double outer_persons) {
  if (persons <= 0.0) return 0.0;
  double divergence = 0.0;
  for (std::size_t k = 0; k < inner.size(); ++k) {
    divergence += relative_information(inner[k][a] / persons, outer[k][b] / outer_persons);
  }
  return std::max(0.0, persons * divergence);
}

/// For each coarser area Σ t_a KL(a || its area) over the finer areas a in it, where the finer
/// areas are the districts of `groups`.
std::vector<double> divergences_within(GroupColumns groups, const Areas& larger,
                                       GroupColumns larger_groups) {
  const std::vector<double> persons = district_totals(groups);
  const std::vector<double> larger_persons = district_totals(larger_groups);
  const std::vector<double> terms = per_district(persons.size(), [&](std::size_t a) {
    const std::uint32_t b = larger.of_district[a];
    return weighted_divergence(groups, a, persons[a], larger_groups, b, larger_persons[b]);
  });
  std::vector<double> sums(larger.count, 0.0);
  for (std::size_t a = 0; a < terms.size(); ++a) sums[larger.of_district[a]] += terms[a];
  return sums;
}

}  // namespace

LevelSplit level_split(GroupColumns groups, ParentOf parent_of, std::size_t parent_count) {
  const std::size_t n = district_count(groups);
  expects(parent_of.size() == n, "level_split: a parent for each district");
  Areas areas{std::vector<std::uint32_t>(n), parent_count};
  LevelSplit split;
  for (std::size_t i = 0; i < n; ++i) {
    const bool orphan = parent_of[i] == no_index;
    expects(orphan || parent_of[i] < parent_count, "level_split: parents are counted from 0");
    areas.of_district[i] = orphan ? static_cast<std::uint32_t>(areas.count++) : parent_of[i];
  }
  split.without_parent = areas.count - parent_count;
  split.parents.resize(parent_count);

  const auto sums = summed(groups, areas);
  const auto larger = views(sums);
  const std::vector<double> persons = district_totals(larger);
  const double everyone = total_of(persons);
  if (everyone <= 0.0) return split;
  const double entropy = city_entropy(groups);
  const std::vector<double> within = divergences_within(groups, areas, larger);
  const std::vector<double> entropies = district_entropies(larger);
  const Areas city{std::vector<std::uint32_t>(areas.count, 0), 1};
  const auto city_sums = summed(larger, city);

  split.between = divergences_within(larger, city, views(city_sums)).front() / everyone;
  split.within = total_of(within) / everyone;
  split.mutual_information = split.between + split.within;
  for (std::size_t g = 0; g < parent_count; ++g) {
    ParentPart& part = split.parents[g];
    part.population_share = persons[g] / everyone;
    if (persons[g] <= 0.0) continue;
    part.mutual_information = within[g] / persons[g];
    if (entropies[g] > 0.0) {
      part.theil_entropy = within_unit(part.mutual_information / entropies[g]);
    }
    if (entropy > 0.0) part.entropy_ratio = entropies[g] / entropy;
  }
  if (entropy > 0.0) {
    split.theil_between = within_unit(split.between / entropy);
    split.theil_within = within_unit(split.within / entropy);
    split.theil_entropy = within_unit(split.mutual_information / entropy);
  }
  return split;
}

std::uint32_t first_not_nested(std::size_t district_count, std::span<const ParentOf> levels) {
  Areas areas = single_districts(district_count);
  for (const ParentOf parent_of : levels) {
    expects(parent_of.size() == district_count, "levels: a parent for each district");
    Areas larger = coarser(areas, parent_of);
    const std::uint32_t torn = first_torn(areas, larger);
    if (torn != no_index) return torn;
    areas = std::move(larger);
  }
  return no_index;
}

std::vector<NestedStep> nested_split(GroupColumns groups, std::span<const ParentOf> levels) {
  const std::size_t n = district_count(groups);
  expects(first_not_nested(n, levels) == no_index, "nested_split: each level nests in the next");
  const double entropy = city_entropy(groups);
  const double everyone = total_of(district_totals(groups));
  const auto step = [&](GroupColumns finer, const Areas& parents, GroupColumns larger) {
    NestedStep made;
    made.area_count = district_count(finer);
    if (everyone <= 0.0) return made;
    made.mutual_information = total_of(divergences_within(finer, parents, larger)) / everyone;
    if (entropy > 0.0) made.theil_entropy = within_unit(made.mutual_information / entropy);
    return made;
  };

  std::vector<NestedStep> steps;
  Areas finer = single_districts(n);
  auto sums = summed(groups, finer);
  for (std::size_t level = 0; level <= levels.size(); ++level) {
    const Areas larger = level < levels.size()
                             ? coarser(finer, levels[level])
                             : Areas{std::vector<std::uint32_t>(n, 0), n > 0 ? 1u : 0u};
    auto larger_sums = summed(groups, larger);
    Areas parent_of_finer{std::vector<std::uint32_t>(finer.count, 0), larger.count};
    for (std::size_t i = 0; i < n; ++i) {
      parent_of_finer.of_district[finer.of_district[i]] = larger.of_district[i];
    }
    steps.push_back(step(views(sums), parent_of_finer, views(larger_sums)));
    finer = larger;
    sums = std::move(larger_sums);
  }
  return steps;
}

}  // namespace quartier::metrics
