#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "metrics/access.h"
#include "metrics/rows.h"
#include "metrics/travel_rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs service{.service = true};
constexpr Needs service_in_reach{.service = true, .cutoff = true};

DistrictValues nearest_service(const MetricInput& in) {
  DistrictValues result;
  result.values = metrics::nearest_service(impedance_of(in), in.supply);
  result.parameters = travel_parameters(in, false);
  const auto beyond =
      static_cast<std::size_t>(std::count(result.values.begin(), result.values.end(), unreachable));
  if (beyond > 0) {
    result.status = number_of(beyond, "district reaches", "districts reach") + " none";
  }
  return result;
}

DistrictValues services_within(const MetricInput& in) {
  std::vector<double> open(in.supply.begin(), in.supply.end());
  for (double& places : open) places = places > 0.0 ? 1.0 : 0.0;
  DistrictValues result;
  result.values = metrics::services_within(impedance_of(in).costs, open, in.access.cutoff);
  result.parameters = travel_parameters(in, true);
  return result;
}

DistrictValues places_within(const MetricInput& in) {
  DistrictValues result;
  result.values = metrics::services_within(impedance_of(in).costs, in.supply, in.access.cutoff);
  result.parameters = travel_parameters(in, true);
  return result;
}

DistrictValues two_step_floating_catchment(const MetricInput& in) {
  DistrictValues result;
  if (own_demand(in)) {
    result.values = catchment_access(in, in.demand);
  } else {
    result = district_index(in, {{0, false}}, Reads::whole_city,
                            [&](GroupColumns c) { return catchment_access(in, c[0]); });
  }
  result.parameters = travel_parameters(in, true);
  return result;
}

CityValue unused_supply(const MetricInput& in) {
  const auto places = [&](std::span<const double> demand) {
    return metrics::two_step_floating_catchment(impedance_of(in).costs, in.supply, demand,
                                                in.access.cutoff)
        .unused_supply;
  };
  CityValue result;
  if (own_demand(in)) {
    result.value = places(in.demand);
  } else {
    result = city_index(in, {{0, false}}, [&](GroupColumns c) { return places(c[0]); });
  }
  result.parameters = travel_parameters(in, true);
  return result;
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "nearest_service",
     .label = "Nearest service",
     .symbol = "t",
     .family = "access",
     .unit = "m",
     .scope = Scope::district,
     .needs = service,
     .highest = no_limit,
     .spatial = true,
     .source = "",
     .meaning = "Way from the district to the nearest site that offers places.",
     .districts = nearest_service},
    {.id = "services_within",
     .label = "Services within the cutoff",
     .symbol = "A",
     .family = "access",
     .unit = "services",
     .scope = Scope::district,
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .source = "Ingram 1971",
     .meaning = "Number of sites that offer places within the cutoff of the district.",
     .districts = services_within},
    {.id = "places_within",
     .label = "Places within the cutoff",
     .symbol = "A",
     .family = "access",
     .unit = "places",
     .scope = Scope::district,
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .source = "Ingram 1971",
     .meaning = "Places offered by all sites within the cutoff of the district.",
     .districts = places_within},
    {.id = "two_step_floating_catchment",
     .label = "Places per head with competition (2SFCA)",
     .symbol = "2SFCA",
     .family = "access",
     .unit = "places per 1000 people",
     .scope = Scope::district,
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .source = "Luo & Wang 2003",
     .meaning = "Places within the cutoff, each shared among all who have it within theirs.",
     .districts = two_step_floating_catchment},
    {.id = "unused_supply",
     .label = "Unused supply",
     .symbol = "S_0",
     .family = "access",
     .unit = "places",
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .source = "Luo & Wang 2003",
     .meaning = "Places of sites that nobody has within the cutoff.",
     .city = unused_supply},
});

}  // namespace

std::span<const MetricEntry> access() { return table; }

}  // namespace quartier::metrics::rows
