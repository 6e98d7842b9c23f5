#include <algorithm>
#include <array>

#include "metrics/environment.h"
#include "metrics/rows.h"
#include "metrics/sums.h"
#include "metrics/surface.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs groups_around{.partition = true, .environment = true};
constexpr Needs pair_around{.group = true, .reference = true, .environment = true};

struct Surface {
  EnvironmentSpec spec;
  std::span<const Point> places;
};

/// Where no environment is named, the surface is that of the counts themselves.
Surface surface_of(const MetricInput& in) {
  Surface surface;
  surface.spec = in.environment != nullptr ? *in.environment : own_environment();
  if (in.districts != nullptr) surface.places = in.districts->centroids;
  return surface;
}

/// Says in the result which environment was used, and what a reader should know of it.
void describe(const MetricInput& in, const Surface& surface, const std::vector<ColumnRef>& columns,
              CityValue& result) {
  result.parameters = text_of(surface.spec);
  with_readable(in, columns, [&](GroupColumns c) {
    add_reason(result.status, environment_caution(c, surface.places, surface.spec));
  });
}

CityValue part_of(const MetricInput& in, double SurfaceSegregation::*part) {
  const std::vector<ColumnRef> columns = whole_partition(in);
  const Surface surface = surface_of(in);
  CityValue result = city_index(in, columns, [&](GroupColumns c) {
    const auto around = environment_counts(c, surface.places, surface.spec);
    return metrics::surface_segregation(
               std::vector<std::span<const double>>(around.begin(), around.end())).*
           part;
  });
  describe(in, surface, columns, result);
  return result;
}

CityValue surface_segregation(const MetricInput& in) {
  return part_of(in, &SurfaceSegregation::total);
}

CityValue surface_location(const MetricInput& in) {
  return part_of(in, &SurfaceSegregation::location);
}

CityValue surface_composition(const MetricInput& in) {
  return part_of(in, &SurfaceSegregation::composition);
}

CityValue surface_qualitative(const MetricInput& in) {
  return part_of(in, &SurfaceSegregation::qualitative);
}

/// Environments of k people count everyone, so the others stand behind the two groups.
CityValue surface_difference(const MetricInput& in) {
  std::vector<ColumnRef> columns = group_and_reference(in);
  columns.push_back(group_and_everyone(in).back());
  const Surface surface = surface_of(in);
  CityValue result = city_index(in, columns, [&](GroupColumns c) {
    const std::vector<double> others = per_district(
        c[2].size(), [&](std::size_t i) { return std::max(0.0, c[2][i] - c[0][i] - c[1][i]); });
    const std::array<std::span<const double>, 3> everyone{c[0], c[1], others};
    const auto around = environment_counts(everyone, surface.places, surface.spec);
    return metrics::surface_difference(around[0], around[1]);
  });
  describe(in, surface, {columns.back()}, result);
  return result;
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "surface_segregation",
     .label = "Segregation of surfaces",
     .symbol = "S",
     .family = "surface",
     .unit = "index",
     .needs = groups_around,
     .spatial = true,
     .on_request = true,
     .source = "Sadahiro & Hong 2013",
     .meaning = "Chance that two people at the same place of the smoothed city share a group.",
     .city = surface_segregation},
    {.id = "surface_location",
     .label = "Segregation of surfaces, location",
     .symbol = "S_L",
     .family = "surface",
     .unit = "index",
     .needs = groups_around,
     .spatial = true,
     .on_request = true,
     .source = "Sadahiro & Hong 2013",
     .meaning = "The part of it that is due to where the groups live.",
     .city = surface_location},
    {.id = "surface_composition",
     .label = "Segregation of surfaces, composition",
     .symbol = "S_C",
     .family = "surface",
     .unit = "index",
     .needs = groups_around,
     .spatial = true,
     .on_request = true,
     .source = "Sadahiro & Hong 2013",
     .meaning = "The part of it that is due to groups of unequal size.",
     .city = surface_composition},
    {.id = "surface_qualitative",
     .label = "Segregation of surfaces, number of groups",
     .symbol = "S_Q",
     .family = "surface",
     .unit = "index",
     .needs = groups_around,
     .spatial = true,
     .on_request = true,
     .source = "Sadahiro & Hong 2013",
     .meaning = "The part of it that is due to the number of groups alone.",
     .city = surface_qualitative},
    {.id = "surface_difference",
     .label = "Difference of two surfaces",
     .symbol = "S_xy",
     .family = "surface",
     .unit = "index",
     .needs = pair_around,
     .spatial = true,
     .on_request = true,
     .source = "O'Sullivan & Wong 2007",
     .meaning = "How little the smoothed surfaces of the group and the reference overlap.",
     .city = surface_difference},
});

}  // namespace

std::span<const MetricEntry> surface() { return table; }

}  // namespace quartier::metrics::rows
