#include "study/means.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "network/long_ways.h"
#include "network/straight_line.h"
#include "network/transit.h"
#include "network/transit_walks.h"
#include "study/street_ways.h"

namespace quartier::study {
namespace {

constexpr double seconds_per_minute = 60.0;
constexpr double metres_per_km = 1000.0;
constexpr double seconds_per_hour = 3600.0;

double walking_kmh(const io::StudyTravel& travel) {
  const bool on_foot = travel.mode == "walk" || travel.mode == "transit";
  return on_foot && travel.speed_kmh > 0.0 ? travel.speed_kmh
                                           : network::default_speed_kmh(TravelMode::walk);
}

std::vector<std::vector<Impedance>> along_streets(const Means& means, const StreetEdits& edits,
                                                  std::span<const Journeys> journeys,
                                                  Progress& progress) {
  StreetWays streets(network::graph_of(means.streets, profile_of(means.travel), edits),
                     means.travel);
  std::vector<std::vector<network::SnappedPlaces>> snapped;  // [journeys], the origins first
  std::vector<network::WayTable> tables;
  for (const Journeys& some : journeys) {
    std::vector<std::span<const Point>> sets{some.origins};
    for (const Destinations& service : some.services) sets.push_back(service.places);
    snapped.push_back(streets.snapped(sets));
    const std::vector<network::SnappedPlaces>& places = snapped.back();
    for (std::size_t s = 0; s < some.services.size(); ++s) {
      tables.push_back(
          {places.data(), &places[s + 1], whole_cost(some.services[s].cutoff, streets.graph.unit)});
    }
  }
  network::prepare_long_ways(streets.graph, tables, streets.searchable, progress);
  std::vector<std::vector<Impedance>> ways(journeys.size());
  auto table = tables.begin();
  for (std::size_t j = 0; j < journeys.size(); ++j) {
    for (const Destinations& service : journeys[j].services) {
      progress.check();
      ways[j].push_back(network::street_impedance(streets.searchable, *table->origins,
                                                  {table->sites, service.offered}, table->limit));
      ++table;
    }
  }
  return ways;
}

std::vector<Impedance> straight(const Means& means, std::span<const Point> origins,
                                std::span<const Destinations> services) {
  std::vector<Impedance> ways;
  for (const Destinations& service : services) {
    ways.push_back(network::straight_line_impedance(origins, service.places, service.offered,
                                                    Metres{service.cutoff}, means.detour_factor));
  }
  return ways;
}

std::int32_t seconds_of_clock(const std::string& clock) {
  const auto digit = [&](std::size_t k) { return clock[k] - '0'; };
  return ((digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4)) * 60;
}

/// The walks of a timetable: along streets where there are any, else straight lines.
class Walks {
 public:
  Walks(const Means& means, const StreetEdits& edits, std::span<const Point> origins)
      : means_(means),
        origins_(origins),
        stops_(network::places_of(means.timetable)),
        metres_per_second_(walking_kmh(means.travel) * metres_per_km / seconds_per_hour) {
    if (!means.has_streets) return;
    io::StudyTravel walking = means.travel;
    walking.mode = "walk";
    walking.cost = "distance";
    streets_.emplace(network::graph_of(means.streets, profile_of(walking), edits), walking);
    std::vector<network::SnappedPlaces> snapped = streets_->snapped(
        std::array{std::span<const Point>(origins_), std::span<const Point>(stops_)});
    snapped_origins_ = std::move(snapped[0]);
    snapped_stops_ = std::move(snapped[1]);
  }

  [[nodiscard]] TravelCosts footpaths() const {
    TravelCosts paths =
        between(stops_, snapped_stops_, stops_, snapped_stops_, means_.transit.change_walk_m);
    return network::with_transfers(paths, means_.timetable);
  }
  [[nodiscard]] TravelCosts access() const {
    return between(origins_, snapped_origins_, stops_, snapped_stops_, means_.transit.walk_m);
  }
  /// To the sites of a service: from the stops, and all the way.
  [[nodiscard]] std::pair<TravelCosts, TravelCosts> to_sites(std::span<const Point> sites) const {
    network::SnappedPlaces snapped;
    if (streets_) snapped = std::move(streets_->snapped(std::array{sites})[0]);
    return {between(stops_, snapped_stops_, sites, snapped, means_.transit.walk_m),
            between(origins_, snapped_origins_, sites, snapped, means_.transit.direct_walk_m)};
  }

 private:
  [[nodiscard]] TravelCosts between(std::span<const Point> from,
                                    const network::SnappedPlaces& snapped_from,
                                    std::span<const Point> to,
                                    const network::SnappedPlaces& snapped_to,
                                    double limit_m) const {
    if (!streets_) {
      return network::straight_walks(from, to, limit_m / means_.detour_factor,
                                     metres_per_second_ / means_.detour_factor,
                                     network::Straight::plane);
    }
    return network::in_seconds(network::street_costs(streets_->searchable, snapped_from, snapped_to,
                                                     whole_cost(limit_m, CostUnit::millimetre)),
                               metres_per_second_);
  }

  const Means& means_;
  std::span<const Point> origins_;
  std::vector<Point> stops_;
  double metres_per_second_;
  std::optional<StreetWays> streets_;
  network::SnappedPlaces snapped_origins_;
  network::SnappedPlaces snapped_stops_;
};

std::vector<Impedance> by_timetable(const Means& means, const StreetEdits& edits,
                                    std::span<const Point> origins,
                                    std::span<const Destinations> services, Progress& progress) {
  const Walks walks(means, edits, origins);
  network::TransitOptions options;
  options.from_s = seconds_of_clock(means.transit.from);
  options.to_s = seconds_of_clock(means.transit.until);
  options.step_s = static_cast<std::int32_t>(means.transit.step_s);
  options.longest_s = static_cast<std::int32_t>(means.transit.limit_min * seconds_per_minute);
  options.most_rides = means.transit.rides == 0 ? network::any_rides : means.transit.rides;
  options.change_s = means.transit.change_s;
  options.wheelchair = means.travel.wheelchair;
  options.unknown_is_possible = means.transit.wheelchair_unknown == "usable";
  const network::TransitSchedule schedule =
      network::transit_schedule(means.timetable, walks.footpaths(), options);
  network::TransitWalks around{walks.access(), {}, {}};
  std::vector<Impedance> ways;
  for (const Destinations& service : services) {
    std::tie(around.egress, around.direct) = walks.to_sites(service.places);
    Impedance way;
    if (service.counted_within > 0.0) {
      way.window.departures = static_cast<std::uint32_t>(options.departure_count());
      way.window.cutoff = whole_cost(service.counted_within, CostUnit::second);
    }
    network::TransitPercentiles times = network::transit_percentiles(
        schedule, around, std::array{means.transit.percentile}, &progress, way.window.cutoff);
    way.costs = std::move(times.time.front());
    way.costs.limit = static_cast<std::uint32_t>(options.longest_s);
    way.window.within = std::move(times.within);
    way.nearest = nearest_listed(way.costs, service.offered);
    ways.push_back(std::move(way));
  }
  return ways;
}

}  // namespace

NearestSites nearest_listed(const TravelCosts& costs, std::span<const double> offered) {
  NearestSites nearest;
  nearest.cost.assign(costs.origin_count, no_cost);
  nearest.site.assign(costs.origin_count, no_index);
  for (std::size_t j = 0; j < costs.site_count; ++j) {
    if (offered[j] == 0.0) continue;
    costs.visit(j, [&](std::size_t i, std::uint32_t cost) {
      if (cost >= nearest.cost[i]) return;
      nearest.cost[i] = cost;
      nearest.site[i] = static_cast<std::uint32_t>(j);
    });
  }
  return nearest;
}

network::SnapOptions::Target snap_target(const io::StudyTravel& travel) {
  using Target = network::SnapOptions::Target;
  return travel.snap == "nearest node" ? Target::nearest_node : Target::largest_component;
}

StreetWays::StreetWays(StreetGraph streets, const io::StudyTravel& travel)
    : graph(std::move(streets)),
      components(network::connected_components(graph)),
      searchable(graph) {
  snapping.target = snap_target(travel);
  snapping.count_leg = travel.snap_leg;
  // The way from a door to the street is walked, whatever comes after it.
  if (graph.unit == CostUnit::second) {
    snapping.units_per_metre = seconds_per_hour / (walking_kmh(travel) * metres_per_km);
  }
}

CostUnit Means::unit() const {
  if (!table.empty()) return table_unit;
  return by_timetable() || (has_streets && io::counts_time(travel)) ? CostUnit::second
                                                                    : CostUnit::millimetre;
}

std::string Means::label() const {
  if (!table.empty()) return "costs of " + table + ", origin to site";
  if (by_timetable()) {
    return "timetable of " + transit.date + ", " + transit.from + " to " + transit.until +
           ", percentile " + exact_text(transit.percentile) +
           (travel.wheelchair ? ", wheelchair" : "");
  }
  if (!has_streets) return "straight line times detour factor";
  std::string label = "streets";
  if (travel.mode == "cycle") label += ", cycling";
  if (travel.mode == "drive") label += ", driving";
  if (travel.mode == "walk" && io::counts_time(travel)) label += ", walking time";
  if (travel.wheelchair) label += ", wheelchair";
  if (profile_of(travel).slope) label += ", with slopes";
  if (travel.speed_kmh > 0.0 && io::counts_time(travel)) {
    label += ", " + exact_text(travel.speed_kmh) + " km/h";
  }
  return label;
}

network::TravelProfile profile_of(const io::StudyTravel& travel) {
  network::TravelProfile profile;
  if (travel.mode == "cycle") profile.mode = TravelMode::cycle;
  if (travel.mode == "drive") profile.mode = TravelMode::drive;
  profile.unit = io::counts_time(travel) ? CostUnit::second : CostUnit::millimetre;
  profile.speed_kmh = travel.speed_kmh;
  profile.slope = !travel.elevation.empty() && profile.unit == CostUnit::second;
  profile.wheelchair = travel.wheelchair;
  return profile;
}

std::vector<std::vector<Impedance>> ways_of(const Means& means, const StreetEdits& edits,
                                            std::span<const Journeys> journeys,
                                            Progress& progress) {
  if (means.has_streets && !means.by_timetable()) {
    return along_streets(means, edits, journeys, progress);
  }
  std::vector<std::vector<Impedance>> ways;
  for (const Journeys& some : journeys) {
    progress.check();
    ways.push_back(means.by_timetable()
                       ? by_timetable(means, edits, some.origins, some.services, progress)
                       : straight(means, some.origins, some.services));
  }
  return ways;
}

}  // namespace quartier::study
