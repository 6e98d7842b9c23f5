#include "metrics/gap_rows.h"

#include "base/error.h"
#include "base/text.h"
#include "metrics/access.h"
#include "metrics/gaps.h"
#include "metrics/travel_rows.h"

namespace quartier::metrics::rows {
namespace {

std::string persons_text(double persons) { return exact_text(persons) + " persons"; }

void say_of_unreachable(std::string& status, const GroupAccess& access, const std::string& who) {
  if (access.unreachable > 0.0) {
    add_reason(status, persons_text(access.unreachable) + " of " + who + " reach none");
  }
  if (access.unknown > 0.0) {
    add_reason(status, persons_text(access.unknown) + " of " + who + " have unknown access");
  }
}

/// Hands over the columns as they are spread over the origins of the ways.
template <typename Use>
auto with_origins(const MetricInput& in, GroupColumns columns, const Use& use) {
  if (!has_points(in)) return use(columns);
  std::vector<std::vector<double>> persons;
  for (const std::span<const double> column : columns) persons.push_back(at_origins(in, column));
  const std::vector<std::span<const double>> spans(persons.begin(), persons.end());
  return use(GroupColumns(spans));
}

}  // namespace

std::vector<ColumnRef> group_only(const MetricInput& in) {
  expects(in.group != no_index, "metric: a group");
  return {{in.group, false}};
}

CityValue cost_index(const MetricInput& in, const std::vector<ColumnRef>& columns, bool with_cutoff,
                     const AccessIndex& index, CostsAt at) {
  const std::vector<double> cost = metrics::nearest_service(impedance_of(in), in.supply);
  const std::vector<double> means = district_means(in, cost).values;
  CityValue result = city_index(in, columns, [&](GroupColumns of_districts) {
    if (at == CostsAt::districts) return index(of_districts, means);
    return with_origins(in, of_districts, [&](GroupColumns c) { return index(c, cost); });
  });
  result.parameters = travel_parameters(in, with_cutoff);
  with_readable(in, columns, [&](GroupColumns of_districts) {
    with_origins(in, of_districts, [&](GroupColumns c) {
      say_of_unreachable(result.status, group_access(c[0], cost), "the group");
      if (columns.size() > 1) {
        say_of_unreachable(result.status, group_access(c[1], cost), "the reference");
      }
    });
  });
  return result;
}

CityValue places_index(const MetricInput& in, std::vector<ColumnRef> columns,
                       const AccessIndex& index) {
  if (!own_demand(in)) columns.push_back({0, false});
  CityValue result = city_index(in, columns, [&](GroupColumns c) {
    return index(c, catchment_access(in, demand_of(in, c)));
  });
  result.parameters = travel_parameters(in, true);
  return result;
}

CityValue opportunities_index(const MetricInput& in, const std::vector<ColumnRef>& columns,
                              const AccessIndex& index) {
  const std::vector<double> places = places_in_reach(in);
  CityValue result = city_index(in, columns, [&](GroupColumns c) { return index(c, places); });
  result.parameters = travel_parameters(in, true);
  return result;
}

std::vector<double> places_in_reach(const MetricInput& in) {
  return district_means(
             in, metrics::services_within(impedance_of(in).costs, in.supply, in.access.cutoff))
      .values;
}

std::span<const double> demand_of(const MetricInput& in, GroupColumns columns) {
  return own_demand(in) ? in.demand : columns.back();
}

double poverty_line(const MetricInput& in, std::span<const double> people,
                    std::span<const double> access) {
  if (in.access.poverty_line > 0.0) return in.access.poverty_line;
  return group_access(people, access).mean / 2.0;
}

void name_poverty_line(const MetricInput& in, std::string& parameters) {
  add_parameter(
      parameters, "poverty_line",
      in.access.poverty_line > 0.0 ? exact_text(in.access.poverty_line) : "half the mean");
}

}  // namespace quartier::metrics::rows
