#include "metrics/concentration.h"
#include "metrics/space_rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs group_on_land{.group = true, .districts = true};
constexpr std::string_view one_size = "inhabited districts of one size, or a single one";

CityValue delta(const MetricInput& in) {
  const Districts& districts = districts_of(in);
  CityValue result = city_index(in, group_and_everyone(in), [&](GroupColumns c) {
    return delta_index(c[0], c[1], districts.area_m2, in.conventions.empty_districts);
  });
  add_parameter(result.parameters, "empty_districts", text_of(in.conventions.empty_districts));
  explain(result, "no land");
  tell_shapeless(districts, result.status);
  return result;
}

CityValue absolute_concentration(const MetricInput& in) {
  const Districts& districts = districts_of(in);
  CityValue result = city_index(in, group_and_everyone(in), [&](GroupColumns c) {
    return metrics::absolute_concentration(c[0], c[1], districts.area_m2);
  });
  explain(result, one_size);
  tell_shapeless(districts, result.status);
  return result;
}

CityValue relative_concentration(const MetricInput& in) {
  const Districts& districts = districts_of(in);
  CityValue result = city_index(in, group_reference_everyone(in), [&](GroupColumns c) {
    return metrics::relative_concentration(c[0], c[1], c[2], districts.area_m2,
                                           in.conventions.large_end);
  });
  add_parameter(result.parameters, "large_end", text_of(in.conventions.large_end));
  explain(result, one_size);
  tell_shapeless(districts, result.status);
  return result;
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "delta",
     .label = "Delta (DEL)",
     .symbol = "DEL",
     .family = "concentration",
     .unit = "share",
     .needs = group_on_land,
     .spatial = true,
     .source = "Hoover 1941",
     .meaning = "Share of the group that would have to move to live at one density everywhere.",
     .city = delta},
    {.id = "absolute_concentration",
     .label = "Absolute concentration (ACO)",
     .symbol = "ACO",
     .family = "concentration",
     .unit = "index",
     .needs = group_on_land,
     .lowest = -no_limit,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Massey & Denton 1988",
     .meaning = "How small the districts are in which the group lives: 1 the smallest that would "
                "hold it, 0 the largest.",
     .city = absolute_concentration},
    {.id = "relative_concentration",
     .label = "Relative concentration (RCO)",
     .symbol = "RCO",
     .family = "concentration",
     .unit = "index",
     .needs = pair_on_land,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Massey & Denton 1988",
     .meaning = "Whether the group lives in smaller districts than the reference (above 0) or in "
                "larger ones.",
     .city = relative_concentration},
});

}  // namespace

std::span<const MetricEntry> concentration() { return table; }

}  // namespace quartier::metrics::rows
