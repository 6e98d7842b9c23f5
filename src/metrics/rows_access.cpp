#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "metrics/access.h"
#include "metrics/rows.h"
#include "metrics/travel_rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs service{.service = true};
constexpr Needs service_in_reach{.service = true, .cutoff = true};
constexpr Needs by_departure{.service = true, .cutoff = true, .window = true};
constexpr Needs with_fees{.service = true, .cutoff = true, .fees = true};
constexpr Needs people_in_reach{.service = true, .cutoff = true, .demand = true};

/// Means over the people of each district, and who is left out of them.
DistrictValues means_of(const MetricInput& in, const std::vector<double>& values,
                        std::string parameters) {
  DistrictMeans means = district_means(in, values);
  DistrictValues result;
  result.status = reach_status(means);
  result.values = std::move(means.values);
  result.parameters = std::move(parameters);
  return result;
}

DistrictValues nearest_service(const MetricInput& in) {
  return means_of(in, metrics::nearest_service(impedance_of(in), in.supply),
                  travel_parameters(in, false));
}

DistrictValues kth_nearest_service(const MetricInput& in) {
  std::string parameters = travel_parameters(in, false);
  add_parameter(parameters, "k", std::to_string(in.access.nearest));
  return means_of(
      in, metrics::kth_nearest_service(impedance_of(in).costs, in.supply, in.access.nearest),
      std::move(parameters));
}

DistrictValues cost_to_opportunities(const MetricInput& in) {
  std::string parameters = travel_parameters(in, false);
  add_parameter(parameters, "opportunities", exact_text(in.access.opportunities));
  return means_of(
      in,
      metrics::cost_to_opportunities(impedance_of(in).costs, in.supply, in.access.opportunities),
      std::move(parameters));
}

DistrictValues services_within(const MetricInput& in) {
  std::vector<double> open(in.supply.begin(), in.supply.end());
  for (double& places : open) places = places > 0.0 ? 1.0 : 0.0;
  return means_of(in, metrics::services_within(impedance_of(in).costs, open, in.access.cutoff),
                  travel_parameters(in, true));
}

DistrictValues places_within(const MetricInput& in) {
  return means_of(in, metrics::services_within(impedance_of(in).costs, in.supply, in.access.cutoff),
                  travel_parameters(in, true));
}

DistrictValues cumulative_interval(const MetricInput& in) {
  const AccessSettings& access = in.access;
  CutoffInterval interval;
  interval.from = access.interval_from > 0.0 ? access.interval_from : access.cutoff / 2.0;
  interval.to = access.cutoff;
  interval.step = access.interval_step > 0.0 ? access.interval_step : access.cutoff / 10.0;
  const TravelCosts& costs = impedance_of(in).costs;
  std::string parameters = travel_parameters(in, false);
  add_parameter(parameters, "cutoffs_" + std::string(shown_unit(costs.unit)),
                exact_text(interval.from) + " to " + exact_text(interval.to) + " by " +
                    exact_text(interval.step));
  add_parameter(parameters, "of_cutoffs", "median");
  return means_of(in, services_within_interval(costs, in.supply, interval), std::move(parameters));
}

DistrictValues gravity_access(const MetricInput& in) {
  return means_of(in, metrics::gravity_access(impedance_of(in).costs, in.supply, in.access.decay),
                  decay_parameters(in));
}

DistrictValues window_places_within(const MetricInput& in) {
  DistrictValues result;
  result.values = places_over_window(in);
  if (impedance_of(in).window.departures == 0) {
    result.status = "undefined: ways are not by timetable";
  }
  result.parameters = window_parameters(in);
  return result;
}

/// Seen from the middle of each district as a place: who could come there.
DistrictValues passive_access(const MetricInput& in) {
  const std::string parameters = decay_parameters(in);
  DistrictValues result;
  if (in.to_districts == nullptr) {
    result.status = "undefined: no ways between districts";
    const auto districts = in.counts == nullptr ? 0 : in.counts->district_count();
    result.values.assign(districts, undefined);
    result.parameters = parameters;
    add_parameter(result.parameters, "undefined", "no ways between districts");
    return result;
  }
  const auto people = [&](std::span<const double> demand) {
    return metrics::passive_access(in.to_districts->costs, at_origins(in, demand), in.access.decay);
  };
  if (own_demand(in)) {
    result.values = people(in.demand);
  } else {
    result = district_index(in, {{0, false}}, Reads::whole_city,
                            [&](GroupColumns c) { return people(c[0]); });
  }
  result.parameters = parameters;
  add_parameter(result.parameters, "place", "centre of the district");
  return result;
}

/// The least fee of the open sites within the cutoff, of those that publish theirs.
DistrictValues cheapest_within(const MetricInput& in) {
  const TravelCosts& costs = impedance_of(in).costs;
  std::vector<double> told(in.supply.begin(), in.supply.end());
  std::vector<double> fees(costs.site_count, 0.0);
  for (std::size_t j = 0; j < told.size(); ++j) {
    const bool published = j < in.fees.size() && is_defined(in.fees[j]);
    fees[j] = published ? in.fees[j] : 0.0;
    if (!published) told[j] = 0.0;
  }
  constexpr std::array least{0.0};
  const BufferStatistics found = buffer_statistics(costs, told, fees, in.access.cutoff, least);
  DistrictMeans means = district_means(in, found.quantiles[0]);
  DistrictValues result;
  if (in.fees.empty()) result.status = "undefined: the sites publish no fees";
  result.values = std::move(means.values);
  result.parameters = travel_parameters(in, true);
  return result;
}

/// What is asked of the costs within the cutoff: the mean, the deviation or the median.
DistrictValues buffer_cost(const MetricInput& in,
                           std::vector<double> (*of)(const BufferStatistics&)) {
  constexpr std::array median{0.5};
  const BufferStatistics found =
      buffer_statistics(impedance_of(in).costs, in.supply, {}, in.access.cutoff, median);
  DistrictMeans means = district_means(in, of(found));
  DistrictValues result;
  const auto none = static_cast<std::size_t>(std::count_if(
      means.values.begin(), means.values.end(), [](double value) { return !is_defined(value); }));
  if (none > 0) {
    result.status = number_of(none, "district has", "districts have") + " none within the cutoff";
  }
  result.values = std::move(means.values);
  result.parameters = travel_parameters(in, true);
  return result;
}

DistrictValues buffer_cost_mean(const MetricInput& in) {
  return buffer_cost(in, [](const BufferStatistics& found) { return found.mean; });
}

DistrictValues buffer_cost_deviation(const MetricInput& in) {
  return buffer_cost(in, [](const BufferStatistics& found) { return found.deviation; });
}

DistrictValues buffer_cost_median(const MetricInput& in) {
  return buffer_cost(in, [](const BufferStatistics& found) { return found.quantiles[0]; });
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
    {.id = "kth_nearest_service",
     .label = "The k-th nearest service",
     .symbol = "t_k",
     .family = "access",
     .unit = "m",
     .scope = Scope::district,
     .needs = service,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "",
     .meaning = "Way from the district to the k-th nearest site that offers places.",
     .districts = kth_nearest_service},
    {.id = "cost_to_opportunities",
     .label = "Way to a number of places",
     .symbol = "t_n",
     .family = "access",
     .unit = "m",
     .scope = Scope::district,
     .needs = service,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "",
     .meaning = "How far one must go until the sites passed offer n places.",
     .districts = cost_to_opportunities},
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
    {.id = "cumulative_interval",
     .label = "Places within an interval of cutoffs",
     .symbol = "A_ab",
     .family = "access",
     .unit = "places",
     .scope = Scope::district,
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Tomasiello et al. 2023",
     .meaning = "Places within reach, the median over a range of cutoffs up to the study's.",
     .districts = cumulative_interval},
    {.id = "gravity_access",
     .label = "Gravity access",
     .symbol = "A_f",
     .family = "access",
     .unit = "places",
     .scope = Scope::district,
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Hansen 1959",
     .meaning = "Places offered, each counted for less the farther it is.",
     .districts = gravity_access},
    {.id = "buffer_cost_mean",
     .label = "Mean way to the services within the cutoff",
     .symbol = "mean t",
     .family = "access",
     .unit = "m",
     .scope = Scope::district,
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "",
     .meaning = "Mean way to the open sites within the cutoff.",
     .districts = buffer_cost_mean},
    {.id = "buffer_cost_deviation",
     .label = "Spread of the ways to the services within the cutoff",
     .symbol = "sd t",
     .family = "access",
     .unit = "m",
     .scope = Scope::district,
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "",
     .meaning = "Standard deviation of the ways to the open sites within the cutoff.",
     .districts = buffer_cost_deviation},
    {.id = "buffer_cost_median",
     .label = "Median way to the services within the cutoff",
     .symbol = "med t",
     .family = "access",
     .unit = "m",
     .scope = Scope::district,
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "",
     .meaning = "Median way to the open sites within the cutoff.",
     .districts = buffer_cost_median},
    {.id = "window_places_within",
     .label = "Places within the cutoff, mean over the departures",
     .symbol = "mean A_d",
     .family = "access",
     .unit = "places",
     .scope = Scope::district,
     .needs = by_departure,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Ingram 1971",
     .meaning = "Places within the cutoff, counted for each departure of the window and averaged.",
     .districts = window_places_within},
    {.id = "passive_access",
     .label = "People who could come (passive access)",
     .symbol = "a",
     .family = "access",
     .unit = "persons",
     .scope = Scope::district,
     .needs = people_in_reach,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Hansen 1959",
     .meaning = "People who need the service, each counted for less the farther from the district.",
     .districts = passive_access},
    {.id = "cheapest_within",
     .label = "Lowest fee within the cutoff",
     .symbol = "u",
     .family = "access",
     .unit = "money",
     .scope = Scope::district,
     .needs = with_fees,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "",
     .meaning = "What the cheapest open site within the cutoff costs.",
     .districts = cheapest_within},
});

}  // namespace

std::span<const MetricEntry> access() { return table; }

}  // namespace quartier::metrics::rows
