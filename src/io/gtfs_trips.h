#pragma once
/// Private to io: routes and trips of a GTFS feed, and the headways at which trips repeat.

#include <cstdint>
#include <string>
#include <vector>

#include "io/gtfs_calendar.h"
#include "io/gtfs_table.h"

namespace quartier::io {

/// A service day beside the timetable's own.
struct GtfsServiceDay {
  std::int32_t shift_s = 0;  ///< added to its times
  std::string suffix;        ///< of trip ids: "@2019-05-12"; empty for the day itself
  std::chrono::sys_days day;
  bool every_day = false;  ///< all trips are taken for its own, whatever their days
};

/// A row of frequencies.txt: departures at from_s, from_s + headway_s, ... before until_s.
struct GtfsHeadway {
  std::int32_t from_s = 0;
  std::int32_t until_s = 0;
  std::int32_t headway_s = 0;
};

struct GtfsTrip {
  std::string id;
  std::uint32_t route = 0;  ///< position in `Timetable::routes`
  std::uint32_t days = 0;   ///< bit d: it runs on service day d
  WheelchairUse wheelchair = WheelchairUse::unknown;
  bool by_headway = false;            ///< frequencies.txt names it
  std::vector<GtfsHeadway> headways;  ///< usable rows, by time
};

/// Usable rows of trips.txt, those of other days among them.
struct GtfsTrips {
  GtfsIds ids;
  std::vector<GtfsTrip> trips;
};

/// Adds the routes of a feed. @returns their ids with positions in `Timetable::routes`
/// @throws InputError where a column is missing
GtfsIds read_gtfs_routes(GtfsTable& table, const std::string& prefix, Timetable& timetable);

/// Reads the trips; the ledger of the table counts only refused rows yet.
/// @param days  the timetable's own first
/// @throws InputError where a column is missing
GtfsTrips read_gtfs_trips(GtfsTable& table, const GtfsIds& routes, const GtfsCalendar& calendar,
                          const std::vector<GtfsServiceDay>& days);

/// Gives trips their headways. @throws InputError where a column is missing
void read_gtfs_frequencies(GtfsTable& table, GtfsTrips& trips);

}  // namespace quartier::io
