#include "metrics/travel_rows.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "metrics/access_cache.h"
#include "metrics/access_catchment.h"
#include "metrics/access_opportunities.h"

namespace quartier::metrics::rows {
namespace {

constexpr double per_thousand = 1000.0;

/// "in 3 districts some people WHAT (up to 0.2 of them)"; empty where none do.
std::string some_people(std::span<const double> shares, const std::string& what) {
  std::size_t districts = 0;
  double most = 0.0;
  for (const double share : shares) {
    if (!(share > 0.0) || share >= 1.0) continue;
    ++districts;
    most = std::max(most, share);
  }
  if (districts == 0) return {};
  return "in " + number_of(districts, "district", "districts") + " some people " + what +
         " (up to " + exact_text(std::round(most * 1000.0) / 1000.0) + " of them)";
}

std::size_t whole_districts(std::span<const double> shares) {
  return static_cast<std::size_t>(
      std::count_if(shares.begin(), shares.end(), [](double share) { return share >= 1.0; }));
}

}  // namespace

std::string travel_parameters(const MetricInput& in, bool with_cutoff) {
  std::string parameters;
  add_parameter(parameters, "impedance", in.impedance_label);
  if (with_cutoff) {
    const std::string unit(shown_unit(impedance_of(in).costs.unit));
    add_parameter(parameters, "cutoff_" + unit, exact_text(in.access.cutoff));
  }
  return parameters;
}

std::string decay_parameters(const MetricInput& in) {
  std::string parameters = travel_parameters(in, false);
  add_parameter(parameters, "decay", text_of(in.access.decay, impedance_of(in).costs.unit));
  return parameters;
}

std::string window_parameters(const MetricInput& in) {
  std::string parameters = travel_parameters(in, true);
  const std::uint32_t departures = impedance_of(in).window.departures;
  if (departures == 0) {
    add_parameter(parameters, "undefined", "ways are not by timetable");
  } else {
    add_parameter(parameters, "mean_over", number_of(departures, "departure", "departures"));
  }
  return parameters;
}

const Impedance& impedance_of(const MetricInput& in) {
  expects(in.impedance != nullptr, "metric: an impedance");
  return *in.impedance;
}

bool own_demand(const MetricInput& in) { return !in.demand.empty(); }

bool has_points(const MetricInput& in) { return in.origins != nullptr && !in.origins->empty(); }

std::vector<double> at_origins(const MetricInput& in, std::span<const double> persons) {
  if (!has_points(in)) return {persons.begin(), persons.end()};
  std::vector<double> at_points(in.origins->district.size());
  for (std::size_t o = 0; o < at_points.size(); ++o) {
    at_points[o] = in.origins->share[o] * persons[in.origins->district[o]];
  }
  return at_points;
}

PeopleColumns PeopleColumns::of(std::vector<std::vector<double>> persons) {
  PeopleColumns made{std::move(persons), {}};
  for (const std::vector<double>& column : made.persons) made.spans.emplace_back(column);
  return made;
}

PeopleColumns people_at_origins(const MetricInput& in, GroupColumns districts) {
  std::vector<std::vector<double>> persons;
  for (const std::span<const double> column : districts) persons.push_back(at_origins(in, column));
  return PeopleColumns::of(std::move(persons));
}

DistrictMeans district_means(const MetricInput& in, std::span<const double> values) {
  DistrictMeans means;
  expects(!has_points(in) || in.counts != nullptr, "metric: counts, where districts have points");
  const std::size_t districts = has_points(in) ? in.counts->district_count() : values.size();
  std::vector<double> reached(districts, 0.0);
  std::vector<double> sum(districts, 0.0);
  means.unreached.assign(districts, 0.0);
  means.unknown.assign(districts, 0.0);
  for (std::size_t o = 0; o < values.size(); ++o) {
    const std::size_t i = has_points(in) ? in.origins->district[o] : o;
    const double share = has_points(in) ? in.origins->share[o] : 1.0;
    if (std::isnan(values[o])) {
      means.unknown[i] += share;
    } else if (std::isinf(values[o])) {
      means.unreached[i] += share;
    } else if (share > 0.0) {
      reached[i] += share;
      sum[i] += share * values[o];
    }
  }
  means.values.assign(districts, undefined);
  for (std::size_t i = 0; i < districts; ++i) {
    if (reached[i] > 0.0) {
      // One point is its own mean, without a rounding.
      means.values[i] = has_points(in) ? sum[i] / reached[i] : values[i];
    } else if (means.unreached[i] > 0.0 && means.unknown[i] == 0.0) {
      means.values[i] = unreachable;
      means.unreached[i] = 1.0;
    } else if (means.unknown[i] > 0.0) {
      means.unknown[i] = 1.0;
    }
  }
  return means;
}

std::vector<double> district_sums(const MetricInput& in, std::span<const double> values) {
  if (!has_points(in)) return {values.begin(), values.end()};
  expects(in.counts != nullptr, "metric: counts");
  std::vector<double> sums(in.counts->district_count(), 0.0);
  for (std::size_t o = 0; o < values.size(); ++o) sums[in.origins->district[o]] += values[o];
  return sums;
}

std::string reach_status(const DistrictMeans& means) {
  std::string status;
  const std::size_t none = whole_districts(means.unreached);
  if (none > 0) {
    add_reason(status, number_of(none, "district reaches", "districts reach") + " none");
  }
  add_reason(status, some_people(means.unreached, "reach none"));
  const std::size_t unknown = whole_districts(means.unknown);
  if (unknown > 0) {
    add_reason(status,
               number_of(unknown, "district", "districts") + " not answered within the search");
  }
  add_reason(status, some_people(means.unknown, "are not answered within the search"));
  return status;
}

DistrictValues demand_measure(
    const MetricInput& in,
    const std::function<std::vector<double>(std::span<const double>)>& measure, bool sums) {
  const auto per_district = [&](std::span<const double> demand) {
    const std::vector<double> values = measure(at_origins(in, demand));
    return sums ? district_sums(in, values) : district_means(in, values).values;
  };
  impedance_of(in);
  if (own_demand(in)) {
    DistrictValues result;
    result.values = per_district(in.demand);
    return result;
  }
  return district_index(in, {{0, false}}, Reads::whole_city,
                        [&](GroupColumns c) { return per_district(c[0]); });
}

std::vector<double> nearest_costs(const MetricInput& in) {
  const Impedance& impedance = impedance_of(in);
  const auto compute = [&] { return metrics::nearest_service(impedance, in.supply); };
  if (in.cache == nullptr) return compute();
  return in.cache->values(CachedAccess::nearest, impedance.costs, in.supply, {}, 0.0, compute);
}

std::vector<double> places_in_reach(const MetricInput& in) {
  const TravelCosts& costs = impedance_of(in).costs;
  const auto compute = [&] {
    return district_means(in, metrics::services_within(costs, in.supply, in.access.cutoff)).values;
  };
  if (in.cache == nullptr) return compute();
  return in.cache->values(CachedAccess::places, costs, in.supply, {}, in.access.cutoff, compute);
}

std::vector<double> gravity_in_reach(const MetricInput& in) {
  const TravelCosts& costs = impedance_of(in).costs;
  const auto compute = [&] {
    return district_means(in, metrics::gravity_access(costs, in.supply, in.access.decay)).values;
  };
  if (in.cache == nullptr) return compute();
  return in.cache->values(CachedAccess::gravity, costs, in.supply, {}, 0.0, compute,
                          text_of(in.access.decay, costs.unit));
}

std::vector<double> places_over_window(const MetricInput& in) {
  const Impedance& ways = impedance_of(in);
  if (ways.window.departures == 0) {
    return district_means(in, std::vector<double>(ways.costs.origin_count, undefined)).values;
  }
  return district_means(in, metrics::mean_services_within(ways, in.supply, in.access.cutoff))
      .values;
}

std::vector<double> catchment_access(const MetricInput& in, std::span<const double> demand) {
  const TravelCosts& costs = impedance_of(in).costs;
  const auto compute = [&] {
    std::vector<double> access = metrics::two_step_floating_catchment(
                                     costs, in.supply, at_origins(in, demand), in.access.cutoff)
                                     .access;
    for (double& value : access) value *= per_thousand;
    return district_means(in, access).values;
  };
  if (in.cache == nullptr) return compute();
  return in.cache->values(CachedAccess::catchment, costs, in.supply, demand, in.access.cutoff,
                          compute);
}

}  // namespace quartier::metrics::rows
