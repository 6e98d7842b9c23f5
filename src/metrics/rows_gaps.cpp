#include <functional>

#include "base/error.h"
#include "base/text.h"
#include "metrics/access.h"
#include "metrics/gaps.h"
#include "metrics/rows.h"
#include "metrics/travel_rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs group_service{.group = true, .service = true};
constexpr Needs group_service_in_reach{.group = true, .service = true, .cutoff = true};
constexpr Needs pair_service{.group = true, .reference = true, .service = true};
constexpr Needs pair_service_in_reach{
    .group = true, .reference = true, .service = true, .cutoff = true};

std::string persons_text(double persons) { return exact_text(persons) + " persons"; }

void say_of_unreachable(std::string& status, const GroupAccess& access, const std::string& who) {
  if (access.unreachable > 0.0) {
    add_reason(status, persons_text(access.unreachable) + " of " + who + " reach none");
  }
  if (access.unknown > 0.0) {
    add_reason(status, persons_text(access.unknown) + " of " + who + " have unknown access");
  }
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
    return share_within(c[0], cost, in.access.cutoff);
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

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "access_mean",
     .label = "Mean way to the nearest service",
     .symbol = "mean t",
     .family = "gaps",
     .unit = "m",
     .needs = group_service,
     .highest = no_limit,
     .spatial = true,
     .source = "",
     .meaning = "Way to the nearest service of the group's average member who can reach one.",
     .city = access_mean},
    {.id = "access_gap",
     .label = "Access gap",
     .symbol = "Δt",
     .family = "gaps",
     .unit = "m",
     .needs = pair_service,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "",
     .meaning = "How much farther the group is from the nearest service than the reference.",
     .city = access_gap},
    {.id = "access_ratio",
     .label = "Access ratio",
     .symbol = "t/t",
     .family = "gaps",
     .unit = "ratio",
     .needs = pair_service,
     .highest = no_limit,
     .neutral = 1.0,
     .spatial = true,
     .source = "",
     .meaning = "The group's mean way to the nearest service over that of the reference.",
     .city = access_ratio},
    {.id = "access_share_within",
     .label = "Share within the cutoff",
     .symbol = "share",
     .family = "gaps",
     .unit = "share",
     .needs = group_service_in_reach,
     .spatial = true,
     .source = "",
     .meaning = "Share of the group that has a service within the cutoff.",
     .city = access_share_within},
    {.id = "access_unreachable",
     .label = "Persons who reach none",
     .symbol = "n",
     .family = "gaps",
     .unit = "persons",
     .needs = group_service,
     .highest = no_limit,
     .spatial = true,
     .source = "",
     .meaning = "Persons of the group for whom no service can be reached at all.",
     .city = access_unreachable},
    {.id = "places_mean",
     .label = "Mean places per head",
     .symbol = "mean 2SFCA",
     .family = "gaps",
     .unit = "places per 1000 people",
     .needs = group_service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .source = "Luo & Wang 2003",
     .meaning = "Places per head, with competition, of the group's average member.",
     .city = places_mean},
    {.id = "places_gap",
     .label = "Gap in places per head",
     .symbol = "Δ2SFCA",
     .family = "gaps",
     .unit = "places per 1000 people",
     .needs = pair_service_in_reach,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "Luo & Wang 2003",
     .meaning = "How many more places per head the group has than the reference.",
     .city = places_gap},
});

}  // namespace

std::span<const MetricEntry> gaps() { return table; }

}  // namespace quartier::metrics::rows
