#include <cmath>
#include <functional>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "metrics/access_comparison.h"
#include "metrics/gaps.h"
#include "metrics/rows.h"
#include "metrics/travel_rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs group_change{.group = true, .service = true, .scenario = true};
constexpr Needs group_change_in_reach{
    .group = true, .service = true, .cutoff = true, .scenario = true};
constexpr Needs pair_change{.group = true, .reference = true, .service = true, .scenario = true};
constexpr Needs pair_change_in_reach{
    .group = true, .reference = true, .service = true, .cutoff = true, .scenario = true};

/// The input as it was before the change.
MetricInput today(const MetricInput& in) {
  expects(in.earlier_impedance != nullptr, "metric: ways before a change");
  MetricInput before = in;
  before.impedance = in.earlier_impedance;
  before.supply = in.earlier_supply;
  return before;
}

std::string share_text(double part, double whole) {
  return exact_text(std::round(part / whole * 1000.0) / 10.0) + " %";
}

/// An index of the change of ways, for the group and, where there is one, the reference.
CityValue way_index(const MetricInput& in, const std::vector<ColumnRef>& columns, bool with_cutoff,
                    const std::function<double(const AccessComparison&)>& index) {
  const ScenarioMeasure ways{"nearest_service",
                             std::string(shown_unit(impedance_of(in).costs.unit)), Better::lower,
                             nearest_costs(today(in)), nearest_costs(in)};
  const auto compared = [&](GroupColumns c) {
    return compare_access(ways, people_at_origins(in, c).columns(), c.size() - 1);
  };
  CityValue result = city_index(in, columns, [&](GroupColumns c) { return index(compared(c)); });
  result.parameters = travel_parameters(in, with_cutoff);
  with_readable(in, columns, [&](GroupColumns c) {
    const GroupChange group = compared(c).groups.front();
    if (group.newly_reached > 0.0) {
      add_reason(result.status,
                 share_text(group.newly_reached, group.persons) + " reached for the first time");
    }
    if (group.cut_off > 0.0) {
      add_reason(result.status, share_text(group.cut_off, group.persons) + " cut off");
    }
  });
  return result;
}

/// An index of the change of places per head. The columns handed on end with everyone, who
/// compete, where the input has no demand of its own.
CityValue places_index(const MetricInput& in, std::vector<ColumnRef> columns,
                       const std::function<double(const AccessComparison&)>& index) {
  const std::size_t people = columns.size();
  if (!own_demand(in)) columns.push_back({0, false});
  CityValue result = city_index(in, columns, [&](GroupColumns c) {
    const std::span<const double> demand = own_demand(in) ? in.demand : c.back();
    const ScenarioMeasure places{"two_step_floating_catchment", "places per 1000 people",
                                 Better::higher, catchment_access(today(in), demand),
                                 catchment_access(in, demand)};
    return index(compare_access(places, c.first(people), people - 1));
  });
  result.parameters = travel_parameters(in, true);
  return result;
}

std::vector<ColumnRef> group_only(const MetricInput& in) {
  expects(in.group != no_index, "metric: a group");
  return {{in.group, false}};
}

double change_of_mean(const AccessComparison& comparison) {
  return comparison.groups.front().difference;
}
double change_of_gap(const AccessComparison& comparison) {
  return comparison.gaps.front().difference;
}
double share_of(const GroupChange& group, double part) {
  const double known = group.persons - group.unknown;
  return known > 0.0 ? part / known : undefined;
}

CityValue scenario_way_change(const MetricInput& in) {
  return way_index(in, group_only(in), false, change_of_mean);
}

CityValue scenario_gap_change(const MetricInput& in) {
  return way_index(in, group_and_reference(in), false, change_of_gap);
}

CityValue scenario_share_gaining(const MetricInput& in) {
  return way_index(in, group_only(in), false, [](const AccessComparison& comparison) {
    return share_of(comparison.groups.front(), comparison.groups.front().gain);
  });
}

CityValue scenario_share_losing(const MetricInput& in) {
  return way_index(in, group_only(in), false, [](const AccessComparison& comparison) {
    return share_of(comparison.groups.front(), comparison.groups.front().lose);
  });
}

CityValue scenario_within_change(const MetricInput& in) {
  const std::vector<double> before = nearest_costs(today(in));
  const std::vector<double> after = nearest_costs(in);
  CityValue result = city_index(in, group_only(in), [&](GroupColumns c) {
    const std::vector<double> people = at_origins(in, c[0]);
    return share_within(people, after, in.access.cutoff) -
           share_within(people, before, in.access.cutoff);
  });
  result.parameters = travel_parameters(in, true);
  return result;
}

CityValue scenario_places_change(const MetricInput& in) {
  return places_index(in, group_only(in), change_of_mean);
}

CityValue scenario_places_gap_change(const MetricInput& in) {
  return places_index(in, group_and_reference(in), change_of_gap);
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "scenario_way_change",
     .label = "Change of the way to the nearest service",
     .symbol = "Δt",
     .family = "scenario",
     .unit = "m",
     .needs = group_change,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "",
     .meaning = "How much longer the way of the group's average member becomes; below 0: shorter.",
     .city = scenario_way_change},
    {.id = "scenario_share_gaining",
     .label = "Share with a shorter way",
     .symbol = "gain",
     .family = "scenario",
     .unit = "share",
     .needs = group_change,
     .spatial = true,
     .source = "",
     .meaning = "Share of the group whose way to the nearest service becomes shorter.",
     .city = scenario_share_gaining},
    {.id = "scenario_share_losing",
     .label = "Share with a longer way",
     .symbol = "lose",
     .family = "scenario",
     .unit = "share",
     .needs = group_change,
     .spatial = true,
     .source = "",
     .meaning = "Share of the group whose way to the nearest service becomes longer.",
     .city = scenario_share_losing},
    {.id = "scenario_within_change",
     .label = "Change of the share within the cutoff",
     .symbol = "Δshare",
     .family = "scenario",
     .unit = "share",
     .needs = group_change_in_reach,
     .lowest = -1.0,
     .neutral = 0.0,
     .spatial = true,
     .source = "",
     .meaning = "How much the share of the group with a service within the cutoff grows.",
     .city = scenario_within_change},
    {.id = "scenario_gap_change",
     .label = "Change of the access gap",
     .symbol = "ΔΔt",
     .family = "scenario",
     .unit = "m",
     .needs = pair_change,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "",
     .meaning = "How much the group's way grows against that of the reference.",
     .city = scenario_gap_change},
    {.id = "scenario_places_change",
     .label = "Change of places per head",
     .symbol = "Δ2SFCA",
     .family = "scenario",
     .unit = "places per 1000 people",
     .needs = group_change_in_reach,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "Luo & Wang 2003",
     .meaning = "How many places per head, with competition, the group's average member gains.",
     .city = scenario_places_change},
    {.id = "scenario_places_gap_change",
     .label = "Change of the gap in places per head",
     .symbol = "ΔΔ2SFCA",
     .family = "scenario",
     .unit = "places per 1000 people",
     .needs = pair_change_in_reach,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "Luo & Wang 2003",
     .meaning = "How many more places per head the group gains than the reference.",
     .city = scenario_places_gap_change},
});

}  // namespace

std::span<const MetricEntry> scenario() { return table; }

}  // namespace quartier::metrics::rows
