#pragma once
/// Small cities in memory, everything about access that is published of them, and an attacker who
/// compares it.

#include <string>
#include <utility>
#include <vector>

#include "base/progress.h"
#include "base/random.h"
#include "base/text.h"
#include "disclosure/tables.h"
#include "study/compute.h"
#include "study/publication.h"
#include "study/study.h"

namespace quartier::test {

/// Where services are in a city, and how far from where people live.
struct Ways {
  std::size_t sites = 3;
  std::size_t points = 1;  ///< per district, at which people set out
  std::vector<double> supply;
  std::vector<std::uint32_t> cost;    ///< [district · points · sites] m
  std::vector<std::uint32_t> later;   ///< the same once a plan is carried out
  std::vector<std::uint32_t> across;  ///< [district · points · districts]
};

inline Ways random_ways(std::uint64_t seed, std::size_t districts, std::size_t points,
                        std::size_t sites) {
  Ways ways;
  ways.sites = sites;
  ways.points = points;
  RandomStream stream(seed, 31);
  for (std::size_t j = 0; j < sites; ++j) ways.supply.push_back(1.0 + stream.below(20));
  for (std::size_t k = 0; k < districts * points * sites; ++k) {
    ways.cost.push_back(stream.below(12) == 0 ? no_cost : 50 + stream.below(1500));
    ways.later.push_back(stream.below(3) == 0 ? 50 + stream.below(1500) : ways.cost.back());
  }
  for (std::size_t k = 0; k < districts * points * districts; ++k) {
    ways.across.push_back(50 + stream.below(1500));
  }
  return ways;
}

inline Impedance impedance(std::size_t origins, std::size_t sites,
                           const std::vector<std::uint32_t>& table,
                           const std::vector<double>& offered) {
  Impedance made;
  made.costs = TravelCosts::of_table(CostUnit::metre, origins, sites, table);
  made.nearest = study::nearest_listed(made.costs, offered);
  return made;
}

/// A city of two services of the same sites: one for everyone, one for the first leaf of the tree;
/// and a plan that changes ways.
inline study::Study city_of(const Table& table, const Ways& ways, double cutoff_m,
                            std::uint32_t threshold) {
  study::Study city;
  city.settings.disclosure.threshold = threshold;
  city.settings.analysis.permutations = 9;
  city.settings.access.equilibrium_gap = 1e-6;
  city.means_label = "table";
  city.groups = table.groups;
  const std::size_t n = table.counts.district_count();
  study::StudyEdition edition;
  edition.area.id = "districts";
  edition.area.dates = {table.counts.date};
  Districts& districts = edition.area.districts;
  for (std::size_t i = 0; i < n; ++i) districts.ids.push_back(std::to_string(i));
  districts.names = districts.ids;
  districts.area_m2.assign(n, undefined);
  districts.perimeter_m.assign(n, undefined);
  districts.centroids.assign(n, Point{undefined, undefined});
  districts.shapes.district_start.assign(n + 1, 0);
  districts.levels = table.levels;
  edition.contiguity.start.assign(n + 1, 0);
  edition.counts = {table.counts};
  for (DistrictIndex i = 0; ways.points > 1 && i < n; ++i) {
    for (std::size_t k = 0; k < ways.points; ++k) {
      edition.origins.points.district.push_back(i);
      edition.origins.points.share.push_back(1.0 / static_cast<double>(ways.points));
    }
  }
  const std::size_t origins = n * ways.points;
  edition.origins.places.assign(origins, Point{0.0, 0.0});
  edition.to_districts = impedance(origins, n, ways.across, std::vector<double>(n, 1.0));
  edition.scenario_to_districts.emplace_back();
  edition.scenario_impedance.emplace_back();
  city.scenarios.emplace_back();
  city.settings.scenarios.emplace_back();
  city.settings.scenarios.back().id = city.settings.scenarios.back().label = "plan";
  for (const std::string id : {"everyone", "group"}) {
    io::StudyService settings;
    settings.id = settings.label = id;
    settings.cutoff_m = cutoff_m;
    if (id == "group") settings.demand = table.groups.nodes[table.groups.leaves().front()].id;
    city.settings.services.push_back(settings);
    Services services;
    services.id = services.label = id;
    for (std::size_t j = 0; j < ways.sites; ++j) services.ids.push_back(std::to_string(j));
    services.names = services.ids;
    services.places.assign(ways.sites, Point{0.0, 0.0});
    services.supply = ways.supply;
    city.site_states.emplace_back(ways.sites, SiteState::serves);
    city.offered.push_back(ways.supply);
    edition.impedance.push_back(impedance(origins, ways.sites, ways.cost, ways.supply));
    edition.scenario_impedance.back().push_back(
        impedance(origins, ways.sites, ways.later, ways.supply));
    city.scenarios.back().services.push_back(services);
    city.scenarios.back().offered.push_back(ways.supply);
    city.services.push_back(std::move(services));
    city.travel_parameters.emplace_back("table");
    city.terms.emplace_back();
  }
  city.editions.push_back(std::move(edition));
  return city;
}

/// What a city shows of access, to the last bit: every measure for the city and for districts, by
/// group, today and with the plan.
/// @param all  measures that take long, too
inline std::string published_access(study::Study city, bool all) {
  Progress progress;
  study::MetricChoice choice;
  choice.all = all;
  choice.only_access = true;
  choice.scenarios = {"plan"};
  study::Results results = study::compute(city, progress, choice);
  const study::Publication shown(std::move(city), std::move(results));
  std::string text;
  const auto write = [&](double value) { text += is_defined(value) ? exact_text(value) : "-"; };
  for (const metrics::ResultRow& row : shown.access()) {
    text += row.metric + ' ' + row.group + ' ' + row.service + ' ' + row.parameters + ": ";
    for (const double value : {row.value, row.lower, row.upper, row.p_value, row.expected}) {
      write(value);
      text += ' ';
    }
    text += row.status + '\n';
  }
  for (const study::ColumnSpec& spec : shown.catalogue()) {
    if (spec.service.empty() || (spec.on_request && !all)) continue;
    text += spec.column + ' ' + spec.service + ": ";
    const study::Column column = shown.column(spec);
    for (std::size_t i = 0; i < column.values.size(); ++i) {
      write(column.values[i]);
      text += std::to_string(static_cast<int>(column.states[i])) + ' ';
    }
    text += column.parameters + '\n';
  }
  return text;
}

}  // namespace quartier::test
