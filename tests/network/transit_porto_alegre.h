#pragma once
/// Porto Alegre by bus and train, as the reference values have it.

#include <fstream>
#include <string>
#include <vector>

#include "base/text.h"
#include "io/gtfs_reader.h"
#include "network/transit.h"
#include "network/transit_walks.h"

namespace quartier::test {

inline std::vector<std::vector<std::string>> rows_of(const std::filesystem::path& file) {
  std::vector<std::vector<std::string>> rows;
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    rows.emplace_back();
    for (const auto cell : split(trimmed(line), ',')) rows.back().emplace_back(cell);
  }
  return rows;
}

/// Departures 14:00 to 14:59 of Monday 13 May 2019, walks as the crow flies at 1.2 m/s.
struct PortoAlegre {
  Timetable timetable;
  TravelCosts footpaths;
  network::TransitOptions options;
  std::vector<std::string> hex, poi;
  std::vector<Point> hexes, pois;
  std::vector<double> jobs;  ///< by hex

  /// @param folder  oracle/access/poa
  explicit PortoAlegre(const std::filesystem::path& folder) {
    io::TimetableLayout layout;
    layout.days_before = 0;
    const std::vector<io::GtfsFeed> feeds{{folder / "poa_eptc.zip"}, {folder / "poa_trensurb.zip"}};
    timetable = io::read_timetable(feeds, "2019-05-13", layout).value.timetable;
    const std::vector<Point> stops = network::places_of(timetable);
    footpaths = walk(stops, stops, 300.0);
    options.from_s = 14 * 3600;
    options.to_s = 15 * 3600;
    for (const auto& row : rows_of(folder / "poa_hexgrid.csv")) {
      hex.push_back(row[0]);
      hexes.push_back({*parse_number(row[1]), *parse_number(row[2])});
      jobs.push_back(row.size() > 5 ? parse_number(row[5]).value_or(0.0) : 0.0);
    }
    for (const auto& row : rows_of(folder / "poa_points_of_interest.csv")) {
      poi.push_back(row[0]);
      pois.push_back({*parse_number(row[2]), *parse_number(row[1])});
    }
  }

  static TravelCosts walk(const std::vector<Point>& from, const std::vector<Point>& to,
                          double limit_m) {
    return network::straight_walks(from, to, limit_m, 1.2, network::Straight::sphere);
  }
  [[nodiscard]] network::TransitWalks walks(const std::vector<Point>& origins) const {
    const std::vector<Point> stops = network::places_of(timetable);
    return {walk(origins, stops, 800.0), walk(stops, hexes, 800.0), walk(origins, hexes, 2000.0)};
  }
};

}  // namespace quartier::test
