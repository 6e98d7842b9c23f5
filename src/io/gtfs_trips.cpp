#include "io/gtfs_trips.h"

#include <algorithm>

#include "io/gtfs_values.h"

namespace quartier::io {
namespace {

constexpr std::uint32_t miscellaneous_type = 1700;

/// Basic types 0 to 7, 11 and 12, and the extended ones.
bool is_route_type(std::uint32_t type) {
  return type <= 7 || type == 11 || type == 12 || (type >= 100 && type < 1800);
}

WheelchairUse wheelchair_use(std::uint32_t code) {
  if (code == 0) return WheelchairUse::unknown;
  return code == 1 ? WheelchairUse::possible : WheelchairUse::impossible;
}

/// The bits of the days on which a service runs.
std::uint32_t days_of(const GtfsCalendar& calendar, std::uint32_t service,
                      const std::vector<GtfsServiceDay>& days) {
  std::uint32_t bits = 0;
  for (std::size_t d = 0; d < days.size(); ++d) {
    if (days[d].every_day || calendar.runs(service, days[d].day)) bits |= 1U << d;
  }
  return bits;
}

}  // namespace

GtfsIds read_gtfs_routes(GtfsTable& table, const std::string& prefix, Timetable& timetable) {
  const std::size_t id = table.required("route_id");
  const std::size_t type = table.required("route_type");
  const std::size_t short_name = table.optional("route_short_name");
  const std::size_t long_name = table.optional("route_long_name");
  GtfsIds ids;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string_view name = table.cell(row, id);
    if (name.empty()) {
      table.reject("timetable_bad_value", "routes without an id", table.place(row));
      continue;
    }
    const auto place = static_cast<std::uint32_t>(timetable.routes.size());
    if (!ids.try_emplace(std::string(name), place).second) {
      table.reject("timetable_duplicate", "routes whose id is there already; the first one counts",
                   table.place(row, "route", name));
      continue;
    }
    std::uint32_t mode = gtfs_whole(table.cell(row, type)).value_or(no_index);
    if (!is_route_type(mode)) {
      table.add("timetable_bad_value", Severity::warning,
                "routes of an unknown type are used as miscellaneous (1700)",
                table.place(row, "route", name));
      mode = miscellaneous_type;
    }
    const std::string_view brief = table.cell(row, short_name);
    timetable.routes.push_back({prefix + std::string(name),
                                std::string(brief.empty() ? table.cell(row, long_name) : brief),
                                static_cast<std::uint16_t>(mode)});
    table.use();
  }
  return ids;
}

GtfsTrips read_gtfs_trips(GtfsTable& table, const GtfsIds& routes, const GtfsCalendar& calendar,
                          const std::vector<GtfsServiceDay>& days) {
  const std::size_t id = table.required("trip_id");
  const std::size_t route = table.required("route_id");
  const std::size_t service = table.required("service_id");
  const std::size_t wheelchair = table.optional("wheelchair_accessible");
  GtfsTrips found;
  found.trips.reserve(table.row_count());
  found.ids.reserve(table.row_count());
  std::vector<std::uint32_t> days_by_service;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string_view name = table.cell(row, id);
    const std::uint32_t its_route = position_of(routes, table.cell(row, route));
    const std::uint32_t its_service = calendar.find(table.cell(row, service));
    if (name.empty()) {
      table.reject("timetable_bad_value", "trips without an id", table.place(row));
      continue;
    }
    if (its_route == no_index || its_service == no_index) {
      table.reject("timetable_unknown_reference",
                   its_route == no_index
                       ? "trips of a route that is not there"
                       : "trips of a service that no usable row of the calendars names",
                   table.place(row, "trip", name));
      continue;
    }
    const auto place = static_cast<std::uint32_t>(found.trips.size());
    if (!found.ids.try_emplace(std::string(name), place).second) {
      table.reject("timetable_duplicate", "trips whose id is there already; the first one counts",
                   table.place(row, "trip", name));
      continue;
    }
    while (days_by_service.size() <= its_service) {
      const auto next = static_cast<std::uint32_t>(days_by_service.size());
      days_by_service.push_back(days_of(calendar, next, days));
    }
    GtfsTrip trip;
    trip.id = name;
    trip.route = its_route;
    trip.days = days_by_service[its_service];
    trip.wheelchair = wheelchair_use(table.code(row, wheelchair, 2));
    found.trips.push_back(std::move(trip));
  }
  return found;
}

void read_gtfs_frequencies(GtfsTable& table, GtfsTrips& trips) {
  const std::size_t id = table.required("trip_id");
  const std::size_t start = table.required("start_time");
  const std::size_t end = table.required("end_time");
  const std::size_t headway = table.required("headway_secs");
  const std::size_t exact = table.optional("exact_times");
  std::size_t inexact_count = 0;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string_view name = table.cell(row, id);
    const std::uint32_t place = position_of(trips.ids, name);
    if (place == no_index) {
      table.reject("timetable_unknown_reference",
                   "headways of a trip that is not there, or could not be used",
                   table.place(row, "trip", name));
      continue;
    }
    GtfsTrip& trip = trips.trips[place];
    trip.by_headway = true;
    const auto from = gtfs_time(table.cell(row, start));
    const auto until = gtfs_time(table.cell(row, end));
    const auto seconds = gtfs_whole(table.cell(row, headway));
    if (!from || !until || *from >= *until || !seconds || *seconds == 0 || *seconds > 86400) {
      table.reject("timetable_headway",
                   "headways that are not 1 to 86400 s, or whose times are unreadable or end "
                   "before they begin",
                   table.place(row, "trip", name));
      continue;
    }
    const GtfsHeadway found{*from, *until, static_cast<std::int32_t>(*seconds)};
    const auto next = std::lower_bound(
        trip.headways.begin(), trip.headways.end(), found,
        [](const GtfsHeadway& a, const GtfsHeadway& b) { return a.from_s < b.from_s; });
    if ((next != trip.headways.end() && next->from_s < found.until_s) ||
        (next != trip.headways.begin() && std::prev(next)->until_s > found.from_s)) {
      table.reject("timetable_headway",
                   "headways whose time overlaps with an earlier row of the trip",
                   table.place(row, "trip", name));
      continue;
    }
    if (table.code(row, exact, 1) == 0) ++inexact_count;
    trip.headways.insert(next, found);
    if (trip.days == 0) {
      table.exclude();
    } else {
      table.use();
    }
  }
  if (inexact_count > 0) {
    table.add("timetable_headway", Severity::note,
              "headways whose times are not exact (exact_times 0) are written out as if they were",
              {}, inexact_count);
  }
}

}  // namespace quartier::io
