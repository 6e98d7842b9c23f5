#include "io/gtfs_stops.h"

#include <cmath>
#include <optional>

#include "base/text.h"

namespace quartier::io {
namespace {

enum LocationType : std::uint32_t { platform = 0, station = 1, entrance = 2, boarding_area = 4 };

/// Columns of stops.txt.
struct StopColumns {
  std::size_t id, name, x, y, type, parent, wheelchair;
  explicit StopColumns(const GtfsTable& table)
      : id(table.required("stop_id")),
        name(table.optional("stop_name")),
        x(table.required("stop_lon")),
        y(table.required("stop_lat")),
        type(table.optional("location_type")),
        parent(table.optional("parent_station")),
        wheelchair(table.optional("wheelchair_boarding")) {}
};

WheelchairUse wheelchair_use(std::uint32_t code) {
  if (code == 0) return WheelchairUse::unknown;
  return code == 1 ? WheelchairUse::possible : WheelchairUse::impossible;
}

/// Where a row lies; nothing without readable coordinates, off the globe, or at 0, 0, where
/// publishers leave what they do not know.
std::optional<Point> place_of(const GtfsTable& table, const StopColumns& columns, std::size_t row) {
  const std::optional<double> x = parse_number(table.cell(row, columns.x));
  const std::optional<double> y = parse_number(table.cell(row, columns.y));
  if (!x || !y || std::abs(*x) > 180.0 || std::abs(*y) > 90.0) return {};
  if (*x == 0.0 && *y == 0.0) return {};
  return Point{*x, *y};
}

class StopReader {
 public:
  StopReader(GtfsTable& table, const std::string& prefix, Timetable& timetable)
      : table_(table), columns_(table), prefix_(prefix), timetable_(timetable) {}

  GtfsPlaces read() {
    std::vector<std::uint32_t> types(table_.row_count());
    for (std::size_t row = 0; row < types.size(); ++row) {
      types[row] = table_.code(row, columns_.type, boarding_area);
    }
    // Stations first: stops name them, in whatever order the rows stand.
    for (std::size_t row = 0; row < types.size(); ++row) {
      if (types[row] == station) add_station(row);
    }
    for (std::size_t row = 0; row < types.size(); ++row) {
      if (types[row] == platform) add_stop(row);
    }
    for (std::size_t row = 0; row < types.size(); ++row) {
      if (types[row] >= entrance) table_.exclude();
    }
    return std::move(found_);
  }

 private:
  /// Takes the id of a row; false where it has none or is a second row of the same id.
  bool take_id(std::size_t row, std::string_view id) {
    if (id.empty()) {
      table_.reject("timetable_bad_value", "stops without an id", table_.place(row));
      return false;
    }
    const auto place = static_cast<std::uint32_t>(found_.places.size());
    if (!found_.ids.try_emplace(std::string(id), place).second) {
      table_.reject("timetable_duplicate", "stops whose id is there already; the first one counts",
                    table_.place(row, "stop", id));
      return false;
    }
    found_.places.emplace_back();
    return true;
  }

  void add_station(std::size_t row) {
    const std::string_view id = table_.cell(row, columns_.id);
    if (!take_id(row, id)) return;
    GtfsPlace& place = found_.places.back();
    place.station = static_cast<std::uint32_t>(timetable_.stations.size());
    const std::optional<Point> point = place_of(table_, columns_, row);
    const double nowhere = std::numeric_limits<double>::quiet_NaN();
    timetable_.stations.push_back({prefix_ + std::string(id),
                                   std::string(table_.cell(row, columns_.name)),
                                   point.value_or(Point{nowhere, nowhere})});
    station_wheelchair_.push_back(wheelchair_use(table_.code(row, columns_.wheelchair, 2)));
    table_.use();
  }

  /// The place of the station that a stop names, or nothing.
  GtfsPlace* station_of(std::size_t row, std::string_view id) {
    const std::string_view parent = table_.cell(row, columns_.parent);
    if (parent.empty()) return nullptr;
    const std::uint32_t place = position_of(found_.ids, parent);
    if (place != no_index && found_.places[place].station != no_index) {
      return &found_.places[place];
    }
    table_.add("timetable_unknown_reference", Severity::warning,
               "stops whose parent_station is not there stand for themselves",
               table_.place(row, "stop", id));
    return nullptr;
  }

  void add_stop(std::size_t row) {
    const std::string_view id = table_.cell(row, columns_.id);
    if (!take_id(row, id)) return;
    const std::size_t own = found_.places.size() - 1;
    GtfsPlace* parent = station_of(row, id);
    std::optional<Point> point = place_of(table_, columns_, row);
    if (!point && parent != nullptr) {
      const Point centre = timetable_.stations[parent->station].place;
      if (std::isfinite(centre.x)) {
        point = centre;
        table_.add("timetable_stop_without_place", Severity::warning,
                   "stops without usable coordinates have those of their station",
                   table_.place(row, "stop", id));
      }
    }
    if (!point) {
      table_.reject("timetable_stop_without_place",
                    "stops without usable coordinates (none, no numbers, off the globe, or 0, 0) "
                    "are not used: vehicles pass them by",
                    table_.place(row, "stop", id), "add their stop_lat and stop_lon");
      return;
    }
    TimetableStop stop;
    stop.id = prefix_ + std::string(id);
    stop.name = table_.cell(row, columns_.name);
    stop.place = *point;
    stop.wheelchair = wheelchair_use(table_.code(row, columns_.wheelchair, 2));
    const auto index = static_cast<std::uint32_t>(timetable_.stops.size());
    if (parent != nullptr) {
      stop.station = parent->station;
      parent->stops.push_back(index);
      const std::size_t first = timetable_.stations.size() - station_wheelchair_.size();
      if (stop.wheelchair == WheelchairUse::unknown) {
        stop.wheelchair = station_wheelchair_[parent->station - first];
      }
    }
    found_.places[own].stop = index;
    timetable_.stops.push_back(std::move(stop));
    table_.use();
  }

  GtfsTable& table_;
  StopColumns columns_;
  const std::string& prefix_;
  Timetable& timetable_;
  GtfsPlaces found_;
  std::vector<WheelchairUse> station_wheelchair_;  ///< of the feed's stations
};

}  // namespace

GtfsPlaces read_gtfs_stops(GtfsTable& table, const std::string& prefix, Timetable& timetable) {
  return StopReader(table, prefix, timetable).read();
}

}  // namespace quartier::io
