/// Timetables with values: travel times over a departure window, and what lies within them.
#include "network/transit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "io/gtfs_reader.h"
#include "metrics/access.h"
#include "network/transit_walks.h"
#include "oracle/access/checks.h"
#include "oracle/access/json.h"

namespace quartier::oracle {

using namespace network;

namespace {

/// The model of transit_meta.json; without it that of the layout.
struct Model {
  std::string date = "2019-05-13";
  TransitOptions options{.from_s = 14 * 3600, .to_s = 15 * 3600};
  double speed_m_s = 1.2;
  double access_m = 800.0;
  double footpath_m = 300.0;
  double direct_m = 2000.0;
};

/// "20190513" as "2019-05-13".
std::string iso_date(const std::string& date) {
  if (date.size() != 8) return date;
  return date.substr(0, 4) + '-' + date.substr(4, 2) + '-' + date.substr(6);
}

Model model_of(const Json& meta) {
  Model model;
  model.date = iso_date(meta.value("date", model.date));
  model.speed_m_s = meta.value("walk_speed_mps", model.speed_m_s);
  model.access_m = meta.value("access_egress_max_m", model.access_m);
  model.footpath_m = meta.value("footpath_max_m", model.footpath_m);
  model.direct_m = meta.value("direct_walk_max_m", model.direct_m);
  TransitOptions& options = model.options;
  options.longest_s = meta.value("max_travel_s", options.longest_s);
  if (meta.contains("window")) {
    options.from_s = meta.at("window").at(0);
    options.to_s = meta.at("window").at(1);
  }
  const std::string words = meta.value("departures", "");
  const std::string every = "every ";
  if (words.starts_with(every)) {
    const std::size_t end = words.find(' ', every.size());
    const auto step = parse_number(words.substr(every.size(), end - every.size()));
    if (step) options.step_s = static_cast<std::int32_t>(*step);
  }
  if (meta.contains("conn_dep_range_s")) {
    options.last_departure_s = meta.at("conn_dep_range_s").at(1);
  }
  return model;
}

/// Journeys from the points that are asked for to all hexagons.
struct Journeys {
  Places hexes;
  std::vector<std::string> from;  ///< names of the origins
  std::vector<io::GtfsFeedSummary> feeds;
  TransitSchedule schedule;
  TravelCosts footpaths;
  TransitPercentiles found;

  [[nodiscard]] std::size_t origin(const std::string& name) const {
    const auto at = std::find(from.begin(), from.end(), name);
    if (at == from.end()) throw Uncovered("no point of interest " + name);
    return static_cast<std::size_t>(at - from.begin());
  }
  [[nodiscard]] std::size_t pair(const std::string& name, std::size_t hex) const {
    return hex * from.size() + origin(name);
  }
  /// Times of a percentile such as "p50".
  [[nodiscard]] const TravelCosts& time(const std::string& percentile) const {
    const std::optional<double> p =
        percentile.starts_with("p") ? parse_number(percentile.substr(1)) : std::nullopt;
    for (std::size_t k = 0; p && k < found.percent.size(); ++k) {
      if (found.percent[k] == *p) return found.time[k];
    }
    throw Uncovered("no percentile " + percentile);
  }
};

double signed_seconds(std::uint16_t seconds) { return seconds == no_cost_16 ? -1.0 : seconds; }

/// What the files of values ask for.
struct Asked {
  std::set<std::string> points;
  std::set<double> percent{50.0};

  void add_percentile(const std::string& name) {
    const auto p = name.starts_with("p") ? parse_number(name.substr(1)) : std::nullopt;
    if (p && *p > 0.0 && *p <= 100.0) percent.insert(*p);
  }
  void add(const Table& table) {
    for (const std::string& column : table.header) add_percentile(column);
    for (const auto& row : table.rows) {
      points.insert(row[table.column("poi")]);
      if (table.has("percentile")) add_percentile(row[table.column("percentile")]);
    }
  }
};

Timetable read_day(const AccessFolder& folder, const Model& model, Journeys& journeys) {
  std::vector<io::GtfsFeed> feeds;
  for (const std::filesystem::path& file : folder.files(".zip")) feeds.push_back({file});
  io::TimetableLayout layout;
  layout.days_before = 0;
  io::RawTimetable raw = io::read_timetable(feeds, model.date, layout).value;
  journeys.feeds = std::move(raw.feeds);
  return std::move(raw.timetable);
}

/// The places; on the streets they are the same.
std::optional<std::filesystem::path> hexes_of(const AccessFolder& folder) {
  const auto grid = folder.file("hexgrid.csv");
  return grid ? grid : folder.file("hex_snapped.csv");
}

Journeys search(const AccessFolder& folder, const Model& model, const Asked& asked) {
  Journeys journeys;
  journeys.hexes = read_places(*hexes_of(folder));
  const Timetable timetable = read_day(folder, model, journeys);
  const Places points = read_places(*folder.file("points_of_interest.csv"));
  std::vector<Point> origins;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!asked.points.contains(points.ids[i])) continue;
    journeys.from.push_back(points.ids[i]);
    origins.push_back(points.points.at(i));
  }
  const auto walk = [&](std::span<const Point> from, std::span<const Point> to, double limit_m) {
    return straight_walks(from, to, limit_m, model.speed_m_s, Straight::sphere);
  };
  const std::vector<Point> stops = places_of(timetable);
  journeys.footpaths = walk(stops, stops, model.footpath_m);
  journeys.schedule = transit_schedule(timetable, journeys.footpaths, model.options);
  const TransitWalks walks{walk(origins, stops, model.access_m),
                           walk(stops, journeys.hexes.points, model.access_m),
                           walk(origins, journeys.hexes.points, model.direct_m)};
  const std::vector<double> percent(asked.percent.begin(), asked.percent.end());
  journeys.found = transit_percentiles(journeys.schedule, walks, percent);
  return journeys;
}

/// One row for each point of interest and column.
void check_values(const Table& table, const Journeys& journeys, Tally& tally) {
  const std::size_t poi = table.column("poi");
  const std::size_t hex = table.column("hex");
  std::map<std::string, std::vector<std::size_t>> rows_of;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    rows_of[table.rows[row][poi]].push_back(row);
  }
  for (const auto& [point, rows] : rows_of) {
    for (std::size_t c = 0; c < table.header.size(); ++c) {
      if (c == poi || c == hex) continue;
      const std::string& column = table.header[c];
      Expected expected{{}, Closeness::whole, WhereEmpty::never};
      for (const std::size_t row : rows) {
        const double value = table.number(row, c);
        expected.values.push_back({table.rows[row][hex], value, !is_defined(value)});
      }
      const std::string& name = point;
      const std::vector<std::size_t>& rows_here = rows;
      compare(tally, "transit " + column,
              table.file.filename().string() + ' ' + name + ' ' + column, expected, [&] {
                std::vector<double> ours;
                for (const std::size_t row : rows_here) {
                  const std::size_t pair =
                      journeys.pair(name, journeys.hexes.position(table.rows[row][hex]));
                  if (column == "n_reached") {
                    ours.push_back(journeys.found.reached[pair]);
                  } else if (column == "dep_first") {
                    ours.push_back(signed_seconds(journeys.found.first[pair]));
                  } else {
                    ours.push_back(signed_seconds(journeys.time(column).rows[pair]));
                  }
                }
                return ours;
              });
    }
  }
}

/// Rows of poi, cutoff_s, percentile and the opportunities that the last column is called after.
void check_access(const Table& table, const Journeys& journeys, Tally& tally) {
  const std::set<std::string> keys{"poi", "cutoff_s", "percentile"};
  for (std::size_t c = 0; c < table.header.size(); ++c) {
    const std::string& opportunity = table.header[c];
    if (keys.contains(opportunity)) continue;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      const std::string& point = table.rows[row][table.column("poi")];
      const std::string& percentile = table.rows[row][table.column("percentile")];
      const double cutoff_s = table.number(row, table.column("cutoff_s"));
      const std::string name = table.file.filename().string() + ' ' + point + ' ' +
                               table.rows[row][table.column("cutoff_s")] + " s " + percentile +
                               ' ' + opportunity;
      compare(tally, "transit access", name, table.number(row, c), Closeness::whole, [&] {
        const TravelCosts& time = journeys.time(percentile);
        const std::vector<double> supply = journeys.hexes.counts(opportunity);
        return metrics::services_within(time, supply, cutoff_s / units_per_shown(time.unit))
            .at(journeys.origin(point));
      });
    }
  }
}

void check_feeds(const Json& feeds, const Journeys& journeys, Tally& tally) {
  for (std::size_t f = 0; f < feeds.size(); ++f) {
    const std::string name =
        "transit meta trips, stop times, blank times of feed " + std::to_string(f);
    compare(tally, "transit meta", name,
            {json_references(feeds.at(f), name, undefined), Closeness::whole}, [&] {
              if (f >= journeys.feeds.size()) throw Uncovered("no such feed in the folder");
              const io::GtfsFeedSummary& feed = journeys.feeds[f];
              return std::vector{static_cast<double>(feed.trips),
                                 static_cast<double>(feed.stop_times),
                                 static_cast<double>(feed.blank_times)};
            });
  }
}

void check_meta(const Json& meta, const Journeys& journeys, Tally& tally) {
  const std::set<std::string> inputs{"date",
                                     "dow",
                                     "window",
                                     "departures",
                                     "conn_dep_range_s",
                                     "walk_speed_mps",
                                     "access_egress_max_m",
                                     "footpath_max_m",
                                     "direct_walk_max_m",
                                     "max_travel_s"};
  for (const auto& item : meta.items()) {
    const std::string& key = item.key();
    if (inputs.contains(key)) continue;
    if (key == "active_trips_stoptimes_blank_per_feed") {
      check_feeds(item.value(), journeys, tally);
      continue;
    }
    compare(tally, "transit meta", "transit meta " + key, json_number(item.value(), key, undefined),
            Closeness::whole, [&] {
              const TransitSchedule& schedule = journeys.schedule;
              if (key == "connections") return static_cast<double>(schedule.hops.size());
              if (key == "stops") return static_cast<double>(schedule.stop_count);
              if (key != "footpaths") throw Uncovered("unknown key");
              // From one stop to another; changing at one and the same stop is not counted there.
              double count = 0.0;
              for (std::size_t s = 0; s < journeys.footpaths.site_count; ++s) {
                journeys.footpaths.visit(s, [&](std::size_t from, std::uint32_t) {
                  if (from != s) count += 1.0;
                });
              }
              return count;
            });
  }
}

}  // namespace

bool check_transit(const AccessFolder& folder, Tally& tally) {
  const auto values = folder.file("transit_values.csv");
  const auto meta_file = folder.file("transit_meta.json");
  const std::vector<std::filesystem::path> access = folder.files("transit_access_", ".csv");
  if (!values && !meta_file && access.empty()) return false;
  if (folder.files(".zip").empty() || !hexes_of(folder) || !folder.file("points_of_interest.csv")) {
    tally.uncovered("transit", "transit",
                    "feeds (*.zip), hexgrid.csv and points_of_interest.csv are not all there");
    return true;
  }
  const Json meta = meta_file ? read_json(*meta_file) : Json::object();
  std::vector<Table> tables;
  Asked asked;
  for (const std::filesystem::path& file : access) tables.push_back(read_table(file));
  if (values) tables.push_back(read_table(*values));
  for (const Table& table : tables) asked.add(table);
  try {
    const Journeys journeys = search(folder, model_of(meta), asked);
    for (const Table& table : tables) {
      if (values && table.file == *values) {
        check_values(table, journeys, tally);
      } else {
        check_access(table, journeys, tally);
      }
    }
    check_meta(meta, journeys, tally);
  } catch (const Json::exception& error) {
    throw InputError(*meta_file, error.what());
  }
  return true;
}

}  // namespace quartier::oracle
