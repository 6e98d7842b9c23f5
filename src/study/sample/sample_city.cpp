#include "study/sample/sample_city.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "geo/crs.h"
#include "geo/measure.h"
#include "study/sample/indicators.h"
#include "study/sample/names.h"
#include "study/sample/numbering.h"
#include "study/sample/people.h"
#include "study/sample/services.h"
#include "study/sample/streets.h"

namespace quartier::study {
namespace {

using namespace sample;

constexpr double blocks_per_district = 2.2;
constexpr std::size_t many_districts = 20'000;        // leaner indicators and streets from here
constexpr std::size_t very_many_districts = 100'000;  // and two dates only
constexpr double largest_radius_m = 60'000.0;
constexpr double largest_population = 12e6;
constexpr double most_junctions = 1e6;

/// A city of 240 districts has about 700,000 residents on 200 square kilometres; a larger one
/// grows until it is a metropolis, from then on its districts become smaller.
double radius_of(std::size_t district_count) {
  return std::min(8'200.0 * std::sqrt(static_cast<double>(district_count) / 240.0),
                  largest_radius_m);
}

int halvings_of(std::size_t district_count) {
  if (district_count <= many_districts) return 3;
  return district_count <= very_many_districts ? 2 : 1;
}

std::vector<CountTable> in_order(const std::vector<CountTable>& tables,
                                 const std::vector<std::uint32_t>& order) {
  std::vector<CountTable> result;
  for (const CountTable& table : tables) {
    CountTable ordered;
    ordered.date = table.date;
    for (const CountColumn& column : table.groups) {
      std::vector<double> values(order.size());
      for (std::size_t i = 0; i < order.size(); ++i) values[i] = column.readable[order[i]];
      ordered.groups.push_back(CountColumn::of(std::move(values)));
    }
    result.push_back(std::move(ordered));
  }
  return result;
}

void name_districts(SampleCity& city, const Neighbourhoods& neighbourhoods,
                    const std::vector<std::uint32_t>& order, std::uint64_t seed) {
  Namer namer(seed);
  for (const std::uint32_t n : order) {
    const LandUse use = neighbourhoods.land_use[n];
    city.districts.names.push_back(namer.next(use));
    city.land_use.emplace_back(name_of(use));
  }
  // The long name goes to the first residential district of the second half.
  for (std::size_t i = order.size() / 2; i < order.size(); ++i) {
    if (neighbourhoods.land_use[order[i]] != LandUse::residential) continue;
    city.districts.names[i] = longest_name;
    break;
  }
  for (ParentLevel& level : city.districts.levels) {
    for (std::size_t p = 0; p < level.ids.size(); ++p) {
      level.names.push_back(namer.next(LandUse::residential));
    }
  }
}

}  // namespace

SampleCity make_sample_city(const SampleOptions& options, Progress& progress) {
  const std::size_t count = options.district_count;
  if (count < least_sample_districts || count > most_sample_districts) {
    throw UsageError("a sample city has " + std::to_string(least_sample_districts) + " to " +
                     std::to_string(most_sample_districts) + " districts, not " +
                     std::to_string(count));
  }
  const std::uint64_t seed = options.seed;
  SampleCity city;
  city.options = options;

  progress.step("Laying out the city", 0.0);
  const Ground ground(radius_of(count), seed);
  const auto block_count =
      static_cast<std::size_t>(std::ceil(blocks_per_district * static_cast<double>(count)));
  const Blocks blocks(ground, block_count, seed);
  const Neighbourhoods neighbourhoods = join_blocks(blocks, count, seed);

  progress.step("Dividing it into boroughs and quarters", 0.2);
  const Numbering numbering = numbered(neighbourhoods);
  const std::vector<std::uint32_t>& order = numbering.order;
  city.districts.ids = numbering.ids;
  city.districts.levels = numbering.levels;
  name_districts(city, neighbourhoods, order, seed);

  progress.step("Drawing boundaries", 0.3);
  city.districts.crs = geo::crs_of_epsg(25831);
  city.districts.shapes = traced(ground, blocks, neighbourhoods, order, halvings_of(count), seed);
  geo::Measures measures = geo::measured(city.districts.shapes);
  city.districts.area_m2 = std::move(measures.area_m2);
  city.districts.perimeter_m = std::move(measures.perimeter_m);
  city.districts.centroids = std::move(measures.centroids);
  city.river = ground.river();

  progress.step("Settling people", 0.5);
  city.groups = sample_groups();
  std::vector<double> area_m2(count);
  for (std::size_t i = 0; i < count; ++i) area_m2[order[i]] = city.districts.area_m2[i];
  std::vector<std::string> dates = sample_dates();
  if (count > very_many_districts) dates = {dates.front(), dates.back()};
  const double population = std::min(3'000.0 * static_cast<double>(count), largest_population);
  city.counts = in_order(settle(neighbourhoods, area_m2, population, dates, seed), order);

  progress.step("Placing services", 0.7);
  city.services = place_services({ground, blocks, neighbourhoods, order, city.districts.names,
                                  city.counts.front(), city.counts.back()},
                                 seed);

  progress.step("Laying streets", 0.75);
  const double junctions = std::clamp(40.0 * static_cast<double>(count), 1'000.0,
                                      std::max(most_junctions, static_cast<double>(count)));
  Streets streets =
      lay_streets(ground, blocks, neighbourhoods, static_cast<std::size_t>(junctions), seed);
  city.street_nodes = std::move(streets.nodes);
  city.street_edges = std::move(streets.edges);

  progress.step("Measuring indicators", 0.9);
  const bool lean = count > many_districts;
  const auto measured_at = std::span(city.counts).last(lean ? 1 : city.counts.size());
  city.indicators =
      measure_indicators(neighbourhoods, order, city.groups, measured_at, !lean, seed);
  return city;
}

}  // namespace quartier::study
