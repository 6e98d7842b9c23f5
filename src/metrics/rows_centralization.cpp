#include "base/error.h"
#include "metrics/centralization.h"
#include "metrics/space_rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs group_on_land{.group = true, .districts = true};
/// Contiguity says whose counts a value can give away; where there is contiguity, there are shapes.
constexpr Needs pair_among_neighbours{.group = true, .reference = true, .contiguity = true};

/// Distance of each district to its centre.
std::vector<double> distances_of(const MetricInput& in, std::span<const double> total) {
  const Districts& districts = districts_of(in);
  std::vector<Point> centres;
  for (const DistrictIndex centre : in.centres) {
    expects(centre < districts.size(), "metric: a centre among the districts");
    centres.push_back(districts.centroids[centre]);
  }
  if (centres.empty()) {
    centres.push_back(mean_centre(districts.centroids, total, in.conventions.empty_districts));
  }
  return distances_to_nearest(districts.centroids, centres);
}

void finish(const MetricInput& in, CityValue& result) {
  const Districts& districts = districts_of(in);
  std::string centre;
  for (const DistrictIndex i : in.centres) centre += (centre.empty() ? "" : "+") + districts.ids[i];
  add_parameter(result.parameters, "centre", centre.empty() ? "mean of centroids" : centre);
  add_parameter(result.parameters, "empty_districts", text_of(in.conventions.empty_districts));
  add_parameter(result.parameters, "ties", text_of(in.conventions.ties));
  explain(result, "fewer than two districts take part");
  tell_shapeless(districts, result.status);
}

CityValue absolute_centralization(const MetricInput& in) {
  const Districts& districts = districts_of(in);
  CityValue result = city_index(in, group_and_everyone(in), [&](GroupColumns c) {
    return metrics::absolute_centralization(c[0], c[1], districts.area_m2, distances_of(in, c[1]),
                                            in.conventions.empty_districts, in.conventions.ties);
  });
  finish(in, result);
  return result;
}

CityValue relative_centralization(const MetricInput& in) {
  CityValue result = city_index(in, group_reference_everyone(in), [&](GroupColumns c) {
    return metrics::relative_centralization(c[0], c[1], distances_of(in, c[2]),
                                            in.conventions.ties);
  });
  finish(in, result);
  return result;
}

DistrictValues local_centralization(const MetricInput& in) {
  const Districts& districts = districts_of(in);
  const Contiguity& contiguity = contiguity_of(in);
  const ContiguityRule rule = in.conventions.contiguity;
  DistrictValues result =
      district_index(in, group_and_reference(in), Reads::whole_city, [&](GroupColumns c) {
        return local_relative_centralization(c[0], c[1], districts.centroids, contiguity, rule,
                                             Ties::together);
      });
  add_parameter(result.parameters, "neighbourhood", "contiguity");
  add_parameter(result.parameters, "contiguity", text_of(rule));
  add_parameter(result.parameters, "ties", text_of(Ties::together));
  return result;
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "absolute_centralization",
     .label = "Absolute centralization (ACE)",
     .symbol = "ACE",
     .family = "centralization",
     .unit = "index",
     .needs = group_on_land,
     .lowest = -1.0,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Massey & Denton 1988",
     .meaning = "Whether the group lives nearer to the centre than the land lies (above 0) or "
                "farther out.",
     .city = absolute_centralization},
    {.id = "relative_centralization",
     .label = "Relative centralization (RCE)",
     .symbol = "RCE",
     .family = "centralization",
     .unit = "index",
     .needs = pair_on_land,
     .lowest = -1.0,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Duncan & Duncan 1955",
     .meaning = "Whether the group lives nearer to the centre than the reference (above 0) or "
                "farther out.",
     .city = relative_centralization},
    {.id = "local_centralization",
     .label = "Local centralization",
     .symbol = "RCE_i",
     .family = "centralization",
     .unit = "index",
     .scope = Scope::district,
     .needs = pair_among_neighbours,
     .lowest = -1.0,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Folch & Rey 2016",
     .meaning =
         "Whether the group lives nearer to this district than the reference does (above 0), "
         "among it and its neighbours.",
     .districts = local_centralization},
});

}  // namespace

std::span<const MetricEntry> centralization() { return table; }

}  // namespace quartier::metrics::rows
