#include "metrics/gap_rows.h"

#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "metrics/access.h"
#include "metrics/composite_rows.h"
#include "metrics/gaps.h"
#include "metrics/travel_rows.h"

namespace quartier::metrics::rows {
namespace {

std::string persons_text(double persons) { return exact_text(persons) + " persons"; }

/// @param persons  per district
void say_of_unreachable(std::string& status, std::span<const double> persons,
                        const DistrictMeans& means, const std::string& who) {
  CompensatedSum none;
  CompensatedSum unknown;
  for (std::size_t i = 0; i < persons.size(); ++i) {
    none.add(persons[i] * means.unreached[i]);
    unknown.add(persons[i] * means.unknown[i]);
  }
  if (none.value() > 0.0) {
    add_reason(status, persons_text(none.value()) + " of " + who + " reach none");
  }
  if (unknown.value() > 0.0) {
    add_reason(status, persons_text(unknown.value()) + " of " + who + " have unknown access");
  }
}

/// Those in each district who reach a site.
PeopleColumns reached_of(const DistrictMeans& means, GroupColumns districts) {
  std::vector<std::vector<double>> persons;
  for (const std::span<const double> column : districts) {
    persons.emplace_back(column.begin(), column.end());
    for (std::size_t i = 0; i < column.size(); ++i) {
      persons.back()[i] *= 1.0 - means.unreached[i] - means.unknown[i];
    }
  }
  return PeopleColumns::of(std::move(persons));
}

/// An index of districts' values that are the same whoever asks.
CityValue index_of_values(const MetricInput& in, const std::vector<ColumnRef>& columns,
                          const std::vector<double>& values, std::string parameters,
                          const AccessIndex& index) {
  CityValue result = city_index(in, columns, [&](GroupColumns c) { return index(c, values); });
  result.parameters = std::move(parameters);
  return result;
}

}  // namespace

double mean_of(GroupColumns columns, std::span<const double> access) {
  return group_access(columns[0], access).mean;
}

double gap_of(GroupColumns columns, std::span<const double> access) {
  return access_gap(columns[0], columns[1], access).difference;
}

std::vector<ColumnRef> group_only(const MetricInput& in) {
  expects(in.group != no_index, "metric: a group");
  return {{in.group, false}};
}

CityValue cost_index(const MetricInput& in, const std::vector<ColumnRef>& columns, bool with_cutoff,
                     const AccessIndex& index, CostsAt at) {
  const std::vector<double> cost = nearest_costs(in);
  const DistrictMeans means = district_means(in, cost);
  CityValue result = city_index(in, columns, [&](GroupColumns c) {
    if (!has_points(in)) return index(c, cost);
    const PeopleColumns people =
        at == CostsAt::origins ? people_at_origins(in, c) : reached_of(means, c);
    return index(people.columns(), at == CostsAt::origins ? cost : means.values);
  });
  result.parameters = travel_parameters(in, with_cutoff);
  with_readable(in, columns, [&](GroupColumns c) {
    say_of_unreachable(result.status, c[0], means, "the group");
    if (columns.size() > 1) say_of_unreachable(result.status, c[1], means, "the reference");
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
  return index_of_values(in, columns, places_in_reach(in), travel_parameters(in, true), index);
}

CityValue gravity_index(const MetricInput& in, const std::vector<ColumnRef>& columns,
                        const AccessIndex& index) {
  return index_of_values(in, columns, gravity_in_reach(in), decay_parameters(in), index);
}

CityValue window_index(const MetricInput& in, const std::vector<ColumnRef>& columns,
                       const AccessIndex& index) {
  return index_of_values(in, columns, places_over_window(in), window_parameters(in), index);
}

CityValue composite_index(const MetricInput& in, std::vector<ColumnRef> columns,
                          const AccessIndex& index) {
  const CompositeInput input = composite_input(in);
  columns.push_back({0, false});
  CityValue result = city_index(in, columns, [&](GroupColumns c) {
    return index(c, relative_composite(input.parts(), c.back()));
  });
  result.parameters = composite_parameters(in);
  return result;
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
