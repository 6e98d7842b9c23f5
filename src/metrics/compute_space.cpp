#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "metrics/access.h"
#include "metrics/cells.h"
#include "metrics/clustering.h"
#include "metrics/composition.h"
#include "metrics/compute.h"
#include "metrics/gaps.h"

namespace quartier::metrics::compute {
namespace {

constexpr double per_thousand = 1000.0;

void add_parameter(std::string& parameters, const std::string& name, std::string_view value) {
  if (value.empty()) return;
  if (!parameters.empty()) parameters += "; ";
  parameters += name + "=" + std::string(value);
}

std::string permutation_parameters(const MetricInput& in) {
  std::string parameters;
  add_parameter(parameters, "weights", in.weights_label);
  add_parameter(parameters, "permutations", std::to_string(in.permutations));
  add_parameter(parameters, "seed", std::to_string(in.seed));
  return parameters;
}

std::string travel_parameters(const MetricInput& in, bool with_cutoff) {
  std::string parameters;
  add_parameter(parameters, "impedance", in.impedance_label);
  if (with_cutoff) add_parameter(parameters, "cutoff_m", exact_text(in.cutoff.value));
  return parameters;
}

const SpatialWeights& weights_of(const MetricInput& in) {
  expects(in.weights != nullptr, "metric: spatial weights");
  return *in.weights;
}

const Impedance& impedance_of(const MetricInput& in) {
  expects(in.impedance != nullptr, "metric: an impedance");
  return *in.impedance;
}

std::string number_of(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string persons_text(double persons) { return exact_text(persons) + " persons"; }

void say_of_unreachable(std::string& status, const GroupAccess& access, const std::string& who) {
  if (access.unreachable > 0.0) {
    add_reason(status, persons_text(access.unreachable) + " of " + who + " reach none");
  }
  if (access.unknown > 0.0) {
    add_reason(status, persons_text(access.unknown) + " of " + who + " have unknown access");
  }
}

/// Demand for 2SFCA: the input's own, or a column of everyone.
bool own_demand(const MetricInput& in) { return !in.demand.empty(); }

std::vector<double> catchment_access(const MetricInput& in, std::span<const double> demand) {
  std::vector<double> access =
      metrics::two_step_floating_catchment(impedance_of(in), in.supply, demand, in.cutoff).access;
  for (double& value : access) value *= per_thousand;
  return access;
}

/// An index of the costs to the nearest service, for columns of persons.
CityValue cost_index(const MetricInput& in, const std::vector<ColumnRef>& columns, bool with_cutoff,
                     const std::function<double(GroupColumns, std::span<const double>)>& index) {
  const std::vector<double> cost = metrics::nearest_service(impedance_of(in), in.supply);
  CityValue result = city_index(in, columns, [&](GroupColumns c) { return index(c, cost); });
  result.parameters = travel_parameters(in, with_cutoff);
  with_readable(in, columns, [&](GroupColumns c) {
    say_of_unreachable(result.status, group_access(c[0], cost), "the group");
    if (columns.size() > 1) {
      say_of_unreachable(result.status, group_access(c[1], cost), "the reference");
    }
  });
  return result;
}

std::vector<ColumnRef> group_only(const MetricInput& in) {
  expects(in.group != no_index, "metric: a group");
  return {{in.group, false}};
}

/// An index of places per head, for columns of persons followed by everyone.
CityValue places_index(const MetricInput& in, std::vector<ColumnRef> columns,
                       const std::function<double(GroupColumns, std::span<const double>)>& index) {
  if (!own_demand(in)) columns.push_back({0, false});
  CityValue result = city_index(in, columns, [&](GroupColumns c) {
    return index(c, catchment_access(in, own_demand(in) ? in.demand : c.back()));
  });
  result.parameters = travel_parameters(in, true);
  return result;
}

}  // namespace

CityValue moran_i(const MetricInput& in) {
  const SpatialWeights& weights = weights_of(in);
  const std::vector<ColumnRef> columns = group_and_everyone(in);
  CityValue result = city_index(
      in, columns, [&](GroupColumns c) { return metrics::moran_i(shares(c[0], c[1]), weights); });
  result.parameters = permutation_parameters(in);
  if (!is_defined(result.value)) return result;
  with_readable(in, columns, [&](GroupColumns c) {
    const MoranTest test = moran_test(shares(c[0], c[1]), weights, in.permutations, in.seed);
    result.p_value = test.p_value;
    result.expected = test.expected;
    if (test.island_count > 0) {
      add_reason(result.status, number_of(test.island_count, "district", "districts") +
                                    " without neighbours kept in n");
    }
    const std::size_t left_out = c[0].size() - test.district_count;
    if (left_out > 0) {
      add_reason(result.status, number_of(left_out, "district", "districts") + " without a share");
    }
  });
  return result;
}

DistrictValues local_moran(const MetricInput& in) {
  const SpatialWeights& weights = weights_of(in);
  DistrictValues result;
  result.values.assign(weights.size(), undefined);
  result.p_values.assign(weights.size(), undefined);
  result.categories.assign(weights.size(), 0);
  result.parameters = permutation_parameters(in);
  add_parameter(result.parameters, "level", exact_text(in.level));
  result.status = with_readable(in, group_and_everyone(in), [&](GroupColumns c) {
    LocalMoran local = metrics::local_moran(shares(c[0], c[1]), weights, in.permutations, in.seed);
    const std::vector<Quadrant> quadrants = significant_quadrants(local, in.level);
    for (std::size_t i = 0; i < quadrants.size(); ++i) {
      result.categories[i] = static_cast<std::uint8_t>(quadrants[i]);
    }
    result.values = std::move(local.values);
    result.p_values = std::move(local.p_values);
  });
  return result;
}

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
  result.values = metrics::services_within(impedance_of(in), open, in.cutoff);
  result.parameters = travel_parameters(in, true);
  return result;
}

DistrictValues places_within(const MetricInput& in) {
  DistrictValues result;
  result.values = metrics::services_within(impedance_of(in), in.supply, in.cutoff);
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
    return metrics::two_step_floating_catchment(impedance_of(in), in.supply, demand, in.cutoff)
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

CityValue access_mean(const MetricInput& in) {
  return cost_index(in, group_only(in), false, [](GroupColumns c, std::span<const double> cost) {
    return group_access(c[0], cost).mean;
  });
}

CityValue access_gap(const MetricInput& in) {
  return cost_index(in, group_and_reference(in), false,
                    [](GroupColumns c, std::span<const double> cost) {
                      return metrics::access_gap(c[0], c[1], cost).difference;
                    });
}

CityValue access_ratio(const MetricInput& in) {
  return cost_index(in, group_and_reference(in), false,
                    [](GroupColumns c, std::span<const double> cost) {
                      return metrics::access_gap(c[0], c[1], cost).ratio;
                    });
}

CityValue access_share_within(const MetricInput& in) {
  return cost_index(in, group_only(in), true, [&](GroupColumns c, std::span<const double> cost) {
    return share_within(c[0], cost, in.cutoff);
  });
}

CityValue access_unreachable(const MetricInput& in) {
  return cost_index(in, group_only(in), false, [](GroupColumns c, std::span<const double> cost) {
    return group_access(c[0], cost).unreachable;
  });
}

CityValue places_mean(const MetricInput& in) {
  return places_index(in, group_only(in), [](GroupColumns c, std::span<const double> access) {
    return group_access(c[0], access).mean;
  });
}

CityValue places_gap(const MetricInput& in) {
  return places_index(in, group_and_reference(in),
                      [](GroupColumns c, std::span<const double> access) {
                        return metrics::access_gap(c[0], c[1], access).difference;
                      });
}

}  // namespace quartier::metrics::compute
