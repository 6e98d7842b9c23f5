#include <array>

#include "metrics/gap_rows.h"
#include "metrics/rows.h"
#include "metrics/travel_rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs group_in_reach{.group = true, .service = true, .cutoff = true};
constexpr Needs pair_in_reach{.group = true, .reference = true, .service = true, .cutoff = true};
constexpr Needs group_by_departure{.group = true, .service = true, .cutoff = true, .window = true};
constexpr Needs pair_by_departure{
    .group = true, .reference = true, .service = true, .cutoff = true, .window = true};
constexpr Needs group_everywhere{.group = true, .service = true, .cutoff = true, .services = true};
constexpr Needs pair_everywhere{
    .group = true, .reference = true, .service = true, .cutoff = true, .services = true};

CityValue gravity_mean(const MetricInput& in) { return gravity_index(in, group_only(in), mean_of); }

CityValue gravity_gap(const MetricInput& in) {
  return gravity_index(in, group_and_reference(in), gap_of);
}

CityValue window_places_mean(const MetricInput& in) {
  return window_index(in, group_only(in), mean_of);
}

CityValue window_places_gap(const MetricInput& in) {
  return window_index(in, group_and_reference(in), gap_of);
}

CityValue composite_mean(const MetricInput& in) {
  return composite_index(in, group_only(in), mean_of);
}

CityValue composite_gap(const MetricInput& in) {
  return composite_index(in, group_and_reference(in), gap_of);
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "gravity_mean",
     .label = "Mean gravity access",
     .symbol = "mean A_f",
     .family = "gaps",
     .unit = "places",
     .needs = group_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Hansen 1959",
     .meaning = "Gravity access of the group's average member.",
     .city = gravity_mean},
    {.id = "gravity_gap",
     .label = "Gap in gravity access",
     .symbol = "ΔA_f",
     .family = "gaps",
     .unit = "places",
     .needs = pair_in_reach,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Hansen 1959",
     .meaning = "How much more gravity access the group has than the reference.",
     .city = gravity_gap},
    {.id = "window_places_mean",
     .label = "Mean places within the cutoff over the departures",
     .symbol = "mean A_d",
     .family = "gaps",
     .unit = "places",
     .needs = group_by_departure,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Ingram 1971",
     .meaning =
         "Places the group's average member has within the cutoff, averaged over departures.",
     .city = window_places_mean},
    {.id = "window_places_gap",
     .label = "Gap in places within the cutoff over the departures",
     .symbol = "ΔA_d",
     .family = "gaps",
     .unit = "places",
     .needs = pair_by_departure,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Ingram 1971",
     .meaning = "How many more places the group has within the cutoff, averaged over departures.",
     .city = window_places_gap},
    {.id = "composite_mean",
     .label = "Mean access to several services",
     .symbol = "mean C",
     .family = "gaps",
     .unit = "times the mean",
     .needs = group_everywhere,
     .highest = no_limit,
     .neutral = 1.0,
     .spatial = true,
     .on_request = true,
     .source = "Hansen 1959",
     .meaning = "Access to all services together of the group's average member; 1: as everyone.",
     .city = composite_mean},
    {.id = "composite_gap",
     .label = "Gap in access to several services",
     .symbol = "ΔC",
     .family = "gaps",
     .unit = "times the mean",
     .needs = pair_everywhere,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Hansen 1959",
     .meaning = "How much more access to all services together the group has than the reference.",
     .city = composite_gap},
});

}  // namespace

std::span<const MetricEntry> group_means() { return table; }

}  // namespace quartier::metrics::rows
