#pragma once
/// Private to io: stops and stations of a GTFS feed, and the transfers between them.

#include <cstdint>
#include <string>
#include <vector>

#include "io/gtfs_table.h"

namespace quartier::io {

/// What an id of stops.txt stands for.
struct GtfsPlace {
  std::uint32_t stop = no_index;     ///< position in `Timetable::stops`
  std::uint32_t station = no_index;  ///< position in `Timetable::stations`, of a station
  std::vector<std::uint32_t> stops;  ///< of a station
};

struct GtfsPlaces {
  GtfsIds ids;  ///< of usable rows
  std::vector<GtfsPlace> places;

  /// The stop with this id, or no_index.
  [[nodiscard]] std::uint32_t stop(std::string_view id) const {
    const std::uint32_t place = position_of(ids, id);
    return place == no_index ? no_index : places[place].stop;
  }
};

/// Adds the stops and stations of a feed. A stop without usable coordinates has those of its
/// station, or is refused; entrances, nodes and boarding areas are excluded.
/// @throws InputError where a column is missing
GtfsPlaces read_gtfs_stops(GtfsTable& table, const std::string& prefix, Timetable& timetable);

/// Adds the transfers of a feed, sorted.
/// @throws InputError where a column is missing, or stations have more pairs of stops than can be
///         held
void read_gtfs_transfers(GtfsTable& table, const GtfsPlaces& places, Timetable& timetable);

}  // namespace quartier::io
