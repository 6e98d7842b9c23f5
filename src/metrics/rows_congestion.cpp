#include <cmath>
#include <functional>

#include "base/error.h"
#include "base/text.h"
#include "metrics/raam.h"
#include "metrics/rows.h"
#include "metrics/travel_rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs service_in_reach{.service = true, .cutoff = true, .demand = true};

CongestionSettings settings_of(const MetricInput& in) {
  CongestionSettings settings;
  const bool own = in.access.congestion_scale > 0.0;
  settings.scale = own ? in.access.congestion_scale : in.access.cutoff;
  settings.gap = in.access.equilibrium_gap;
  return settings;
}

/// The cost of a district's average member: +inf where some of its people reach no site.
std::vector<double> of_districts(const MetricInput& in, std::span<const double> people,
                                 const CongestionEquilibrium& found) {
  if (!has_points(in)) return found.cost;
  std::vector<double> cost(people.size(), undefined);
  for (std::size_t o = 0; o < in.origins->district.size(); ++o) {
    const std::size_t i = in.origins->district[o];
    if (!(people[i] > 0.0 && in.origins->share[o] > 0.0)) continue;
    cost[i] = (is_defined(cost[i]) ? cost[i] : 0.0) + in.origins->share[o] * found.cost[o];
  }
  return cost;
}

CongestionEquilibrium equilibrium(const MetricInput& in, std::span<const double> people) {
  return congestion_equilibrium(impedance_of(in).costs, in.supply, at_origins(in, people),
                                settings_of(in));
}

std::string parameters_of(const MetricInput& in) {
  std::string parameters = travel_parameters(in, false);
  const CongestionSettings settings = settings_of(in);
  const std::string unit(shown_unit(impedance_of(in).costs.unit));
  add_parameter(parameters, "tau_" + unit, exact_text(settings.scale));
  add_parameter(parameters, "gap", exact_text(settings.gap));
  return parameters;
}

/// What to say of an equilibrium that is not as near as was asked, or of people left out.
void say_of(std::string& status, const MetricInput& in, const CongestionEquilibrium& found) {
  if (found.gap > in.access.equilibrium_gap) {
    add_reason(status, "relative gap " + exact_text(found.gap));
  }
  if (found.unserved > 0.0) add_reason(status, exact_text(found.unserved) + " persons reach none");
}

DistrictValues congestion_cost(const MetricInput& in) {
  DistrictValues result;
  std::string status;
  const auto cost = [&](std::span<const double> people) {
    const CongestionEquilibrium found = equilibrium(in, people);
    status.clear();
    say_of(status, in, found);
    return of_districts(in, people, found);
  };
  if (own_demand(in)) {
    result.values = cost(in.demand);
  } else {
    result = district_index(in, {{0, false}}, Reads::whole_city,
                            [&](GroupColumns c) { return cost(c[0]); });
  }
  if (!status.empty()) add_reason(result.status, status);
  result.parameters = parameters_of(in);
  return result;
}

CityValue city_part(const MetricInput& in,
                    const std::function<double(const CongestionEquilibrium&)>& part) {
  CityValue result;
  std::string status;
  const auto value = [&](std::span<const double> people) {
    const CongestionEquilibrium found = equilibrium(in, people);
    status.clear();
    say_of(status, in, found);
    return part(found);
  };
  if (own_demand(in)) {
    result.value = value(in.demand);
  } else {
    result = city_index(in, {{0, false}}, [&](GroupColumns c) { return value(c[0]); });
  }
  if (!status.empty()) add_reason(result.status, status);
  result.parameters = parameters_of(in);
  return result;
}

CityValue congestion_mean(const MetricInput& in) {
  return city_part(in, [](const CongestionEquilibrium& found) { return found.mean_cost; });
}

CityValue congestion_waiting(const MetricInput& in) {
  return city_part(in, [](const CongestionEquilibrium& found) { return found.mean_waiting; });
}

CityValue congestion_travel(const MetricInput& in) {
  return city_part(in, [](const CongestionEquilibrium& found) { return found.mean_travel; });
}

CityValue congestion_unserved(const MetricInput& in) {
  return city_part(in, [](const CongestionEquilibrium& found) { return found.unserved; });
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "congestion_cost",
     .label = "Cost with congestion (RAAM)",
     .symbol = "RAAM",
     .family = "access",
     .unit = "mean waits",
     .scope = Scope::district,
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Saxon & Snow 2020",
     .meaning = "Waiting and travel of the district's people when nobody gains by going elsewhere.",
     .districts = congestion_cost},
    {.id = "congestion_mean",
     .label = "Mean cost with congestion",
     .symbol = "mean RAAM",
     .family = "access",
     .unit = "mean waits",
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Saxon & Snow 2020",
     .meaning = "Waiting and travel of the average person who can reach a site.",
     .city = congestion_mean},
    {.id = "congestion_waiting",
     .label = "Mean waiting with congestion",
     .symbol = "mean wait",
     .family = "access",
     .unit = "mean waits",
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Saxon & Snow 2020",
     .meaning = "The part of the mean cost with congestion that is waiting.",
     .city = congestion_waiting},
    {.id = "congestion_travel",
     .label = "Mean travel with congestion",
     .symbol = "mean t / tau",
     .family = "access",
     .unit = "mean waits",
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Saxon & Snow 2020",
     .meaning = "The part of the mean cost with congestion that is travel.",
     .city = congestion_travel},
    {.id = "congestion_unserved",
     .label = "Persons without any site",
     .symbol = "n_0",
     .family = "access",
     .unit = "persons",
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Saxon & Snow 2020",
     .meaning = "Persons who can reach no site with places, left out of the mean cost.",
     .city = congestion_unserved},
});

}  // namespace

std::span<const MetricEntry> congestion() { return table; }

}  // namespace quartier::metrics::rows
