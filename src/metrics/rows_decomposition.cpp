#include <algorithm>

#include "base/error.h"
#include "metrics/levels.h"
#include "metrics/rows.h"
#include "metrics/what_if.h"

namespace quartier::metrics::rows {
namespace {

/// A part of M or H of all groups, split by the input's level of parents.
template <double LevelSplit::*part>
CityValue split_part(const MetricInput& in) {
  expects(in.parents != nullptr, "metric: a level of parents");
  const ParentLevel& level = *in.parents;
  CityValue result = city_index(in, whole_partition(in), [&](GroupColumns groups) {
    return level_split(groups, level.of_district, level.ids.size()).*part;
  });
  add_parameter(result.parameters, "parents",
                in.parents_label.empty() ? std::string_view(level.id) : in.parents_label);
  const auto orphans = static_cast<std::size_t>(
      std::count(level.of_district.begin(), level.of_district.end(), no_index));
  if (orphans > 0) {
    add_reason(result.status, number_of(orphans, "district", "districts") +
                                  " without a parent counted as parents of their own");
  }
  return result;
}

DistrictValues theil_h_derivative(const MetricInput& in) {
  return district_index(in, group_and_reference(in), Reads::whole_city, [](GroupColumns pair) {
    return WhatIf(pair).theil_entropy_derivatives(0);
  });
}

DistrictValues theil_h_one_more(const MetricInput& in) {
  return district_index(in, group_and_reference(in), Reads::whole_city, [](GroupColumns pair) {
    const WhatIf city(pair);
    std::vector<double> effects(district_count(pair));
    for (std::size_t i = 0; i < effects.size(); ++i) {
      effects[i] = city.one_more(0, static_cast<DistrictIndex>(i)).theil_entropy;
    }
    return effects;
  });
}

/// Derivatives of H of all groups. A group above the leaves has none of its own there.
DistrictValues multigroup_theil_h_derivative(const MetricInput& in) {
  expects(in.group != no_index, "metric: a group");
  const std::vector<ColumnRef> columns = whole_partition(in);
  const auto place = std::find_if(columns.begin(), columns.end(),
                                  [&](const ColumnRef& ref) { return ref.node == in.group; });
  const bool of_partition = place != columns.end();
  const auto position = static_cast<std::size_t>(place - columns.begin());
  DistrictValues result = district_index(in, columns, Reads::whole_city, [&](GroupColumns groups) {
    return of_partition ? WhatIf(groups).theil_entropy_derivatives(position)
                        : std::vector<double>(district_count(groups), undefined);
  });
  if (!of_partition) {
    add_reason(result.status, "undefined: the group is a sum of groups that are told apart here");
  }
  return result;
}

constexpr Needs level_of_groups{.partition = true, .parents = true};

constexpr Needs pair_and_city{.group = true, .reference = true, .whole_city = true};

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "mutual_information_between",
     .label = "Mutual information between parents",
     .symbol = "M_between",
     .family = "decomposition",
     .unit = "nats",
     .needs = level_of_groups,
     .highest = no_limit,
     .source = "Mora & Ruiz-Castillo 2011",
     .meaning = "How much of M lies between the larger areas; the rest lies within them.",
     .city = split_part<&LevelSplit::between>},
    {.id = "mutual_information_within",
     .label = "Mutual information within parents",
     .symbol = "M_within",
     .family = "decomposition",
     .unit = "nats",
     .needs = level_of_groups,
     .highest = no_limit,
     .source = "Mora & Ruiz-Castillo 2011",
     .meaning = "How much of M lies between the districts of one larger area, on average.",
     .city = split_part<&LevelSplit::within>},
    {.id = "theil_h_between",
     .label = "Theil entropy index between parents",
     .symbol = "H_between",
     .family = "decomposition",
     .unit = "index",
     .needs = level_of_groups,
     .source = "Reardon & Firebaugh 2002",
     .meaning = "How much of H of all groups lies between the larger areas.",
     .city = split_part<&LevelSplit::theil_between>},
    {.id = "theil_h_within",
     .label = "Theil entropy index within parents",
     .symbol = "H_within",
     .family = "decomposition",
     .unit = "index",
     .needs = level_of_groups,
     .source = "Reardon & Firebaugh 2002",
     .meaning = "How much of H of all groups lies within the larger areas.",
     .city = split_part<&LevelSplit::theil_within>},
    {.id = "theil_h_derivative",
     .label = "Weight of a person in H",
     .symbol = "dH/dx_i",
     .family = "decomposition",
     .unit = "index per person",
     .scope = Scope::district,
     .needs = pair_and_city,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .meaning = "How much H rises (above 0) or falls per further person of the group here.",
     .districts = theil_h_derivative},
    {.id = "theil_h_one_more",
     .label = "H with one more person",
     .symbol = "ΔH_i",
     .family = "decomposition",
     .unit = "index",
     .scope = Scope::district,
     .needs = pair_and_city,
     .lowest = -1.0,
     .highest = 1.0,
     .neutral = 0.0,
     .on_request = true,
     .meaning = "The exact change of H if one more person of the group lived in the district.",
     .districts = theil_h_one_more},
    {.id = "multigroup_theil_h_derivative",
     .label = "Weight of a person in H of all groups",
     .symbol = "dH/dx_ik",
     .family = "decomposition",
     .unit = "index per person",
     .scope = Scope::district,
     .needs = {.group = true, .partition = true, .whole_city = true},
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .on_request = true,
     .meaning = "How much H of all groups rises or falls per further person of the group here.",
     .districts = multigroup_theil_h_derivative},
});

}  // namespace

std::span<const MetricEntry> decomposition() { return table; }

}  // namespace quartier::metrics::rows
