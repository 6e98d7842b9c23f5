#pragma once
/// The timetable of one day: stops, and the trips that run that day with every call they make.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/units.h"
#include "domain/polygons.h"

namespace quartier {

/// Whether a stop can be boarded, or a vehicle ridden, in a wheelchair.
enum class WheelchairUse : std::uint8_t { unknown, possible, impossible };

struct TimetableStop {
  std::string id;  ///< prefixed by its feed where a study has several
  std::string name;
  Point place;  ///< as published (longitude, latitude), or in the study's CRS past the door
  WheelchairUse wheelchair = WheelchairUse::unknown;  ///< its own, else that of its station
  std::uint32_t station = no_index;  ///< position in `Timetable::stations`; no_index: none
};

/// A station that groups stops (platforms). Vehicles call at its stops, never at the station.
struct TimetableStation {
  std::string id;
  std::string name;
  Point place;
};

struct TimetableRoute {
  std::string id;
  std::string name;        ///< short name, else long name
  std::uint16_t type = 3;  ///< GTFS route type, basic or extended; 1700 where it is unreadable
};

/// A vehicle at a stop. Seconds after midnight of the timetable's day, over 86,400 after midnight.
/// Within a trip arrival <= departure <= the next arrival.
struct TimetableCall {
  std::uint32_t stop = 0;
  std::int32_t arrival_s = 0;
  std::int32_t departure_s = 0;
  bool pickup = true;    ///< passengers may board
  bool drop_off = true;  ///< passengers may alight
};

/// A vehicle's run along its stops, two calls or more; trips that repeat by headway are written out
/// one by one.
struct TimetableTrip {
  std::string id;
  std::uint32_t route = 0;
  std::uint32_t first_call = 0;
  std::uint32_t call_count = 0;
  WheelchairUse wheelchair = WheelchairUse::unknown;
};

/// A walk between two stops that the publisher gives a time for; from a stop to itself: the time
/// that changing there takes.
struct TimetableTransfer {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint32_t seconds = 0;
  bool possible = true;  ///< false: changing here is not possible
};

struct Timetable {
  std::string date;  ///< ISO 8601
  std::vector<TimetableStop> stops;
  std::vector<TimetableStation> stations;
  std::vector<TimetableRoute> routes;
  std::vector<TimetableTrip> trips;
  std::vector<TimetableCall> calls;          ///< of trip t: [first_call, first_call + call_count)
  std::vector<TimetableTransfer> transfers;  ///< by (from, to), each pair once

  [[nodiscard]] std::span<const TimetableCall> calls_of(const TimetableTrip& trip) const {
    return std::span(calls).subspan(trip.first_call, trip.call_count);
  }
};

}  // namespace quartier
