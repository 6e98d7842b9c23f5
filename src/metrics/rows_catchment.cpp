#include <array>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "metrics/access.h"
#include "metrics/rows.h"
#include "metrics/travel_rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs own_people{.service = true, .demand = true, .own_people = true};
constexpr Needs service_in_reach{.service = true, .cutoff = true, .demand = true};
constexpr Needs own_people_in_reach{
    .service = true, .cutoff = true, .demand = true, .own_people = true};
constexpr double per_thousand = 1000.0;

using Demand = std::span<const double>;

/// Places per 1000 people of a floating catchment.
DistrictValues per_head(const MetricInput& in, std::string parameters,
                        const std::function<FloatingCatchment(Demand)>& catchment) {
  DistrictValues result = demand_measure(in, [&](Demand demand) {
    std::vector<double> access = catchment(demand).access;
    for (double& value : access) value *= per_thousand;
    return access;
  });
  result.parameters = std::move(parameters);
  return result;
}

DistrictValues two_step_floating_catchment(const MetricInput& in) {
  return per_head(in, travel_parameters(in, true), [&](Demand demand) {
    return metrics::two_step_floating_catchment(impedance_of(in).costs, in.supply, demand,
                                                in.access.cutoff);
  });
}

DistrictValues enhanced_floating_catchment(const MetricInput& in) {
  return per_head(in, decay_parameters(in), [&](Demand demand) {
    return metrics::enhanced_floating_catchment(impedance_of(in).costs, in.supply, demand,
                                                in.access.decay);
  });
}

DistrictValues modified_floating_catchment(const MetricInput& in) {
  return per_head(in, decay_parameters(in), [&](Demand demand) {
    return metrics::modified_floating_catchment(impedance_of(in).costs, in.supply, demand,
                                                in.access.decay);
  });
}

DistrictValues three_step_floating_catchment(const MetricInput& in) {
  return per_head(in, decay_parameters(in), [&](Demand demand) {
    return metrics::three_step_floating_catchment(impedance_of(in).costs, in.supply, demand,
                                                  in.access.decay);
  });
}

DistrictValues balanced_floating_catchment(const MetricInput& in) {
  std::string parameters = decay_parameters(in);
  add_parameter(parameters, "demand_shared_by",
                in.access.all_sites_share ? "all sites" : "open sites");
  const DemandShares shares =
      in.access.all_sites_share ? DemandShares::all_sites : DemandShares::open_sites;
  return per_head(in, std::move(parameters), [&](Demand demand) {
    return metrics::balanced_floating_catchment(impedance_of(in).costs, in.supply, demand,
                                                in.access.decay, shares);
  });
}

DistrictValues spatial_availability(const MetricInput& in) {
  DistrictValues result = demand_measure(
      in,
      [&](Demand demand) {
        return metrics::spatial_availability(impedance_of(in).costs, in.supply, demand,
                                             in.access.decay, in.access.demand_exponent);
      },
      true);
  result.parameters = decay_parameters(in);
  add_parameter(result.parameters, "demand_exponent", exact_text(in.access.demand_exponent));
  return result;
}

DistrictValues total_constrained_access(const MetricInput& in) {
  const std::vector<double> gravity =
      metrics::gravity_access(impedance_of(in).costs, in.supply, in.access.decay);
  DistrictValues result;
  result.values = district_means(in, gravity).values;
  scale_to(result.values, in.supply);
  if (!result.values.empty() && !is_defined(result.values.front())) {
    result.status = "undefined: no district reaches any";
  }
  result.parameters = decay_parameters(in);
  return result;
}

/// The costs at each origin with the people of its whole district to balance.
std::vector<double> balancing_costs(const MetricInput& in, Demand demand) {
  std::vector<double> people(demand.begin(), demand.end());
  if (has_points(in)) {
    people.clear();
    for (const DistrictIndex i : in.origins->district) people.push_back(demand[i]);
  }
  const TravelCosts& costs = impedance_of(in).costs;
  const double step = in.access.balance_step > 0.0 ? in.access.balance_step : 1.0;
  std::vector<double> balance = metrics::balancing_cost(costs, in.supply, people, step);
  if (costs.limit != greatest_cost) return balance;
  for (double& cost : balance) {
    if (!is_defined(cost)) cost = unreachable;
  }
  return balance;
}

DistrictValues balancing_cost(const MetricInput& in) {
  DistrictMeans last;
  const auto values = [&](Demand demand) {
    last = district_means(in, balancing_costs(in, demand));
    return last.values;
  };
  impedance_of(in);
  DistrictValues result;
  if (own_demand(in)) {
    result.values = values(in.demand);
  } else {
    result = district_index(in, {{0, false}}, Reads::own_cells,
                            [&](GroupColumns c) { return values(c[0]); });
  }
  add_reason(result.status, reach_status(last));
  result.parameters = travel_parameters(in, false);
  const std::string unit(shown_unit(impedance_of(in).costs.unit));
  add_parameter(result.parameters, "step_" + unit,
                exact_text(in.access.balance_step > 0.0 ? in.access.balance_step : 1.0));
  return result;
}

/// @param told  what is left out, and why nobody is placed
std::vector<double> placed_costs(const MetricInput& in, Demand demand, Placement& told) {
  const PlaceTotals totals = in.access.scale_places ? PlaceTotals::scaled : PlaceTotals::as_given;
  told = place_everyone(impedance_of(in).costs, at_origins(in, demand), in.supply, in.access.decay,
                        totals);
  return district_means(in, told.mean_cost).values;
}

DistrictValues doubly_constrained_cost(const MetricInput& in) {
  Placement told;
  impedance_of(in);
  DistrictValues result;
  if (own_demand(in)) {
    result.values = placed_costs(in, in.demand, told);
  } else {
    result = district_index(in, {{0, false}}, Reads::whole_city,
                            [&](GroupColumns c) { return placed_costs(in, c[0], told); });
  }
  if (told.sites_left_out > 0) {
    add_reason(result.status,
               number_of(told.sites_left_out, "site", "sites") + " nobody reaches left out");
  }
  result.parameters = decay_parameters(in);
  add_parameter(result.parameters, "places",
                in.access.scale_places ? "scaled to the people" : "as given");
  if (!told.refusal.empty()) {
    add_reason(result.status, "undefined: " + told.refusal);
    add_parameter(result.parameters, "undefined", told.refusal);
  }
  return result;
}

CityValue unused_supply(const MetricInput& in) {
  const auto places = [&](Demand demand) {
    return metrics::two_step_floating_catchment(impedance_of(in).costs, in.supply,
                                                at_origins(in, demand), in.access.cutoff)
        .unused_supply;
  };
  impedance_of(in);
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
    {.id = "enhanced_floating_catchment",
     .label = "Places per head with competition and decay (E2SFCA)",
     .symbol = "E2SFCA",
     .family = "access",
     .unit = "places per 1000 people",
     .scope = Scope::district,
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Luo & Qi 2009",
     .meaning = "Places shared among all in reach, those near counting for more than those far.",
     .districts = enhanced_floating_catchment},
    {.id = "modified_floating_catchment",
     .label = "Places per head, ill-placed sites counting less (M2SFCA)",
     .symbol = "M2SFCA",
     .family = "access",
     .unit = "places per 1000 people",
     .scope = Scope::district,
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Delamater 2013",
     .meaning =
         "Places shared among all in reach, with a loss where the sites lie far from people.",
     .districts = modified_floating_catchment},
    {.id = "three_step_floating_catchment",
     .label = "Places per head after a choice of sites (3SFCA)",
     .symbol = "3SFCA",
     .family = "access",
     .unit = "places per 1000 people",
     .scope = Scope::district,
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Wan, Zou & Sternberg 2012",
     .meaning = "Places shared among people who first divide themselves over the sites in reach.",
     .districts = three_step_floating_catchment},
    {.id = "balanced_floating_catchment",
     .label = "Places per head, people and places divided (BFCA)",
     .symbol = "BFCA",
     .family = "access",
     .unit = "places per 1000 people",
     .scope = Scope::district,
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Paez, Higgins & Vivona 2019",
     .meaning = "Places per head where nobody is counted twice as demand, nor a level of service.",
     .districts = balanced_floating_catchment},
    {.id = "spatial_availability",
     .label = "Spatial availability",
     .symbol = "V",
     .family = "access",
     .unit = "places",
     .scope = Scope::district,
     .needs = own_people_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Soukhov et al. 2023",
     .meaning =
         "Places that fall to the district when every site is shared out by people and decay.",
     .districts = spatial_availability},
    {.id = "total_constrained_access",
     .label = "Total constrained access",
     .symbol = "A_K",
     .family = "access",
     .unit = "places",
     .scope = Scope::district,
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Soukhov et al. 2025",
     .meaning = "Gravity access, scaled so that all districts together have all the places.",
     .districts = total_constrained_access},
    {.id = "balancing_cost",
     .label = "Balancing cost",
     .symbol = "t_P",
     .family = "access",
     .unit = "m",
     .scope = Scope::district,
     .needs = own_people,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Barboza et al. 2021",
     .meaning = "How far one must go until the sites passed offer more places than people at home.",
     .districts = balancing_cost},
    {.id = "doubly_constrained_cost",
     .label = "Mean way when everybody is placed",
     .symbol = "t_AB",
     .family = "access",
     .unit = "m",
     .scope = Scope::district,
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Wilson 1971",
     .meaning = "Mean way of the district's people if each took one place and every place were "
                "taken (doubly constrained).",
     .districts = doubly_constrained_cost},
});

}  // namespace

std::span<const MetricEntry> catchment() { return table; }

}  // namespace quartier::metrics::rows
