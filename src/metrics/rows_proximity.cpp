#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "metrics/proximity.h"
#include "metrics/rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs everyone_in_space{.districts = true};
constexpr Needs group_in_space{.group = true, .districts = true};
constexpr Needs pair_in_space{.group = true, .reference = true, .districts = true};
constexpr Needs groups_in_space{.partition = true, .districts = true};

using Pick = Bounded (*)(const Proximity&);
/// From the readable columns to everyone.
using Everyone = std::vector<double> (*)(GroupColumns);

std::vector<double> sum_of(GroupColumns columns) { return district_totals(columns); }
std::vector<double> last_of(GroupColumns columns) {
  return {columns.back().begin(), columns.back().end()};
}

void say_of_places(const Proximity& found, CityValue& result) {
  if (found.without_place == 0) return;
  add_reason(result.status,
             number_of(found.without_place, "district", "districts") + " without a place left out");
}

/// An index of the first `group_count` columns. The interval of sums by interpolation is joined to
/// the range of unknown cells.
CityValue proximity_index(const MetricInput& in, const std::vector<ColumnRef>& columns,
                          std::size_t group_count, Everyone everyone, Pick pick) {
  expects(in.districts != nullptr, "metric: districts");
  ProximityOptions options;
  options.decay_per_km = in.conventions.decay_per_km;
  options.self_distance = in.conventions.self_distance;
  options.empty_districts = in.conventions.empty_districts;
  options.exposure = group_count == 2;  // for the row that names whom members meet

  Proximity first;
  Bounded interval;
  const auto index = [&](GroupColumns c) {
    Proximity found = metrics::proximity(in.districts->centroids, in.districts->area_m2,
                                         c.subspan(0, group_count), everyone(c), options);
    const Bounded picked = pick(found);
    if (!is_defined(interval.value)) {
      interval = picked;
      first = std::move(found);
    } else if (is_defined(picked.value)) {
      interval.lower = std::min(interval.lower, picked.lower);
      interval.upper = std::max(interval.upper, picked.upper);
    }
    return picked.value;
  };
  CityValue result = city_index(in, columns, index);
  if (first.bounded) {
    result.lower = interval.lower;
    result.upper = interval.upper;
  }
  say_of_places(first, result);
  add_parameter(result.parameters, "decay_per_km", exact_text(options.decay_per_km));
  add_parameter(result.parameters, "self_distance", text_of(options.self_distance));
  add_parameter(result.parameters, "empty_districts", text_of(options.empty_districts));
  add_parameter(result.parameters, "pairs",
                first.bounded ? "bounded within " + exact_text(options.tolerance) : "all");
  return result;
}

CityValue pair_index_of(const MetricInput& in, Pick pick) {
  return proximity_index(in, group_and_reference(in), 2, sum_of, pick);
}

CityValue group_index_of(const MetricInput& in, Pick pick) {
  return proximity_index(in, group_and_everyone(in), 1, last_of, pick);
}

CityValue spatial_proximity(const MetricInput& in) {
  return pair_index_of(in, [](const Proximity& p) { return p.groups[0].spatial_proximity; });
}

CityValue absolute_clustering(const MetricInput& in) {
  return pair_index_of(in, [](const Proximity& p) { return p.groups[0].absolute_clustering; });
}

CityValue relative_clustering(const MetricInput& in) {
  return pair_index_of(in, [](const Proximity& p) { return p.groups[0].relative_clustering; });
}

CityValue distance_decay_isolation(const MetricInput& in) {
  return group_index_of(in, [](const Proximity& p) { return p.groups[0].isolation; });
}

CityValue distance_decay_interaction(const MetricInput& in) {
  std::vector<ColumnRef> columns = group_and_reference(in);
  columns.push_back(group_and_everyone(in).back());
  return proximity_index(in, columns, 2, last_of, [](const Proximity& p) {
    return p.exposure.empty() ? Bounded{} : p.exposure[0][1];
  });
}

CityValue proximity_within(const MetricInput& in) {
  return group_index_of(in, [](const Proximity& p) { return p.groups[0].within_group; });
}

CityValue proximity_of_reference(const MetricInput& in) {
  return pair_index_of(in, [](const Proximity& p) { return p.groups[0].within_rest; });
}

CityValue proximity_between(const MetricInput& in) {
  return pair_index_of(in, [](const Proximity& p) { return p.groups[0].between; });
}

CityValue proximity_of_everyone(const MetricInput& in) {
  return proximity_index(in, {{0, false}}, 1, last_of,
                         [](const Proximity& p) { return p.everyone; });
}

CityValue multigroup_spatial_proximity(const MetricInput& in) {
  const std::vector<ColumnRef> columns = whole_partition(in);
  return proximity_index(in, columns, columns.size(), sum_of,
                         [](const Proximity& p) { return p.multigroup_spatial_proximity; });
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "spatial_proximity",
     .label = "Spatial proximity (SP)",
     .symbol = "SP",
     .family = "proximity",
     .unit = "index",
     .needs = pair_in_space,
     .highest = no_limit,
     .neutral = 1.0,
     .spatial = true,
     .on_request = true,
     .source = "White 1983",
     .meaning = "How much closer people live to their own group than to everyone; 1 is no closer.",
     .city = spatial_proximity},
    {.id = "absolute_clustering",
     .label = "Absolute clustering (ACL)",
     .symbol = "ACL",
     .family = "proximity",
     .unit = "index",
     .needs = pair_in_space,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Massey & Denton 1988",
     .meaning = "Share of the group among people near its members, beyond an even spread.",
     .city = absolute_clustering},
    {.id = "relative_clustering",
     .label = "Relative clustering (RCL)",
     .symbol = "RCL",
     .family = "proximity",
     .unit = "index",
     .needs = pair_in_space,
     .lowest = -1.0,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Massey & Denton 1988",
     .meaning = "How much closer members of the group live to each other than the reference does.",
     .city = relative_clustering},
    {.id = "distance_decay_isolation",
     .label = "Distance-decay isolation (DPxx)",
     .symbol = "DPxx",
     .family = "proximity",
     .unit = "share",
     .needs = group_in_space,
     .spatial = true,
     .on_request = true,
     .source = "Morgan 1983",
     .meaning = "Share of the own group among people met, if near ones are met most.",
     .city = distance_decay_isolation},
    {.id = "distance_decay_interaction",
     .label = "Distance-decay interaction (DPxy)",
     .symbol = "DPxy",
     .family = "proximity",
     .unit = "share",
     .needs = pair_in_space,
     .spatial = true,
     .on_request = true,
     .source = "Morgan 1983",
     .meaning = "Share of the reference among people met, if near ones are met most.",
     .city = distance_decay_interaction},
    {.id = "multigroup_spatial_proximity",
     .label = "Multigroup spatial proximity",
     .symbol = "SP",
     .family = "proximity",
     .unit = "index",
     .needs = groups_in_space,
     .highest = no_limit,
     .neutral = 1.0,
     .spatial = true,
     .source = "White 1983",
     .meaning = "How much closer people of all groups live to their own than to everyone.",
     .city = multigroup_spatial_proximity},
    {.id = "proximity_within",
     .label = "Mean closeness within the group (Pxx)",
     .symbol = "Pxx",
     .family = "proximity",
     .unit = "index",
     .needs = group_in_space,
     .spatial = true,
     .on_request = true,
     .source = "White 1983",
     .meaning = "Mean closeness of two members of the group; 1 is at the same place.",
     .city = proximity_within},
    {.id = "proximity_of_reference",
     .label = "Mean closeness within the reference (Pyy)",
     .symbol = "Pyy",
     .family = "proximity",
     .unit = "index",
     .needs = pair_in_space,
     .spatial = true,
     .on_request = true,
     .source = "White 1983",
     .meaning = "Mean closeness of two members of the reference.",
     .city = proximity_of_reference},
    {.id = "proximity_between",
     .label = "Mean closeness between groups (Pxy)",
     .symbol = "Pxy",
     .family = "proximity",
     .unit = "index",
     .needs = pair_in_space,
     .spatial = true,
     .on_request = true,
     .source = "White 1983",
     .meaning = "Mean closeness of a member of the group and one of the reference.",
     .city = proximity_between},
    {.id = "proximity_of_everyone",
     .label = "Mean closeness of everyone (Poo)",
     .symbol = "Poo",
     .family = "proximity",
     .unit = "index",
     .needs = everyone_in_space,
     .spatial = true,
     .on_request = true,
     .source = "White 1983",
     .meaning = "Mean closeness of two residents of the study area.",
     .city = proximity_of_everyone},
});

}  // namespace

std::span<const MetricEntry> proximity() { return table; }

}  // namespace quartier::metrics::rows
