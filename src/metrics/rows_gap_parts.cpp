#include <algorithm>
#include <array>

#include "base/error.h"
#include "metrics/access.h"
#include "metrics/gap_decomposition.h"
#include "metrics/gap_rows.h"
#include "metrics/gaps.h"
#include "metrics/travel_rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs pair_service_in_reach{
    .group = true, .reference = true, .service = true, .cutoff = true};
constexpr Needs pair_service_and_level{
    .group = true, .reference = true, .service = true, .parents = true};
constexpr Needs group_service{.group = true, .service = true};
constexpr Needs group_service_in_reach{.group = true, .service = true, .cutoff = true};

/// Access of the four worlds, in places per 1000 people.
struct Worlds {
  std::vector<double> even_uncrowded;
  std::vector<double> even_crowded;
  std::vector<double> actual_uncrowded;
};

Worlds worlds_of(const MetricInput& in, std::span<const double> demand,
                 std::span<const double> actual) {
  // the same service with a site in every district, of as many places as people need it there
  MetricInput even = in;
  even.impedance = in.to_districts;
  even.supply = demand;
  even.demand = demand;
  double total = 0.0;
  for (std::size_t i = 0; i < actual.size(); ++i) total += demand[i] * actual[i];
  return {scaled_to_total(places_in_reach(even), demand, total),
          scaled_to_total(catchment_access(even, demand), demand, total),
          scaled_to_total(places_in_reach(in), demand, total)};
}

template <double GapParts::*part>
CityValue gap_part(const MetricInput& in) {
  static_cast<void>(impedance_of(in));
  if (in.to_districts == nullptr) {
    static_cast<void>(group_only(in));
    CityValue missing;
    missing.status = "undefined: no ways between districts";
    return missing;
  }
  return places_index(in, group_and_reference(in),
                      [&](GroupColumns c, std::span<const double> actual) {
                        const Worlds made = worlds_of(in, demand_of(in, c), actual);
                        const AccessWorlds worlds{made.even_uncrowded, made.even_crowded,
                                                  made.actual_uncrowded, actual};
                        return gap_decomposition(c[0], c[1], worlds).*part;
                      });
}

template <double KitagawaParts::*part>
CityValue level_part(const MetricInput& in) {
  expects(in.parents != nullptr, "metric: a level of parents");
  const ParentLevel& level = *in.parents;
  std::vector<std::uint32_t> area = level.of_district;
  for (std::size_t i = 0; i < area.size(); ++i) {
    if (area[i] == no_index) area[i] = static_cast<std::uint32_t>(level.ids.size() + i);
  }
  if (has_points(in)) {
    std::vector<std::uint32_t> of_points;
    for (const DistrictIndex i : in.origins->district) of_points.push_back(area[i]);
    area = std::move(of_points);
  }
  CityValue result = cost_index(in, group_and_reference(in), false,
                                [&](GroupColumns c, std::span<const double> cost) {
                                  return nested_gap(c[0], c[1], cost, area).*part;
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

/// The mean of the group less that of everyone, whose mean it would have in every district's even
/// mix.
double effect_of(GroupColumns c, std::span<const double> access) {
  return access_gap(c[0], c[1], access).difference;
}

CityValue access_segregation_effect(const MetricInput& in) {
  return cost_index(in, group_and_everyone(in), false, effect_of, CostsAt::districts);
}

CityValue places_segregation_effect(const MetricInput& in) {
  return places_index(in, group_and_everyone(in), effect_of);
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "gap_where_people_live",
     .label = "Gap: where people live",
     .symbol = "Δ_people",
     .family = "gap_parts",
     .unit = "places per 1000 people",
     .needs = pair_service_in_reach,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "Shorrocks 2013",
     .meaning =
         "The gap in places that services spread like people, shared by equally many, would leave.",
     .city = gap_part<&GapParts::where_people_live>},
    {.id = "gap_where_services_are",
     .label = "Gap: where services are",
     .symbol = "Δ_sites",
     .family = "gap_parts",
     .unit = "places per 1000 people",
     .needs = pair_service_in_reach,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "Shorrocks 2013",
     .meaning = "The part of the gap in places that comes from where the places are offered.",
     .city = gap_part<&GapParts::where_services_are>},
    {.id = "gap_how_full",
     .label = "Gap: how many share the places",
     .symbol = "Δ_full",
     .family = "gap_parts",
     .unit = "places per 1000 people",
     .needs = pair_service_in_reach,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "Shorrocks 2013",
     .meaning = "The part of the gap in places that comes from how many people share each place.",
     .city = gap_part<&GapParts::how_full>},
    {.id = "gap_if_services_like_people",
     .label = "Gap if services lay like people",
     .symbol = "Δ_even",
     .family = "gap_parts",
     .unit = "places per 1000 people",
     .needs = pair_service_in_reach,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "",
     .meaning =
         "The gap in places per head if the same places were spread over districts like people.",
     .city = gap_part<&GapParts::gap_if_even_crowded>},
    {.id = "gap_if_shared_alike",
     .label = "Gap if places were shared alike",
     .symbol = "Δ_alike",
     .family = "gap_parts",
     .unit = "places per 1000 people",
     .needs = pair_service_in_reach,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "",
     .meaning = "The gap in places per head if every place were shared by equally many people.",
     .city = gap_part<&GapParts::gap_if_actual_uncrowded>},
    {.id = "places_segregation_effect",
     .label = "Places by segregation",
     .symbol = "Δ_even mix",
     .family = "gap_parts",
     .unit = "places per 1000 people",
     .needs = group_service_in_reach,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "",
     .meaning =
         "The group's mean less what it would have if its share were the same in every district.",
     .city = places_segregation_effect},
    {.id = "access_segregation_effect",
     .label = "Way by segregation",
     .symbol = "Δt_even mix",
     .family = "gap_parts",
     .unit = "m",
     .needs = group_service,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "",
     .meaning =
         "The group's mean way less what it would be if its share were the same in every district.",
     .city = access_segregation_effect},
    {.id = "access_gap_between",
     .label = "Access gap between larger areas",
     .symbol = "Δt_between",
     .family = "gap_parts",
     .unit = "m",
     .needs = pair_service_and_level,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "Kitagawa 1955",
     .meaning = "The part of the access gap that comes from living in different larger areas.",
     .city = level_part<&KitagawaParts::composition>},
    {.id = "access_gap_within",
     .label = "Access gap within larger areas",
     .symbol = "Δt_within",
     .family = "gap_parts",
     .unit = "m",
     .needs = pair_service_and_level,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "Kitagawa 1955",
     .meaning =
         "The part of the access gap that comes from living in different places of the same areas.",
     .city = level_part<&KitagawaParts::rates>},
});

}  // namespace

std::span<const MetricEntry> gap_parts() { return table; }

}  // namespace quartier::metrics::rows
