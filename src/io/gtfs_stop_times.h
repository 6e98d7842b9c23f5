#pragma once
/// Private to io: the calls of each trip of a GTFS feed, in order, complete and checked.

#include <cstdint>
#include <span>
#include <vector>

#include "io/gtfs_stops.h"
#include "io/gtfs_table.h"
#include "io/gtfs_trips.h"

namespace quartier::io {

/// A call as its row gives it.
struct GtfsCall {
  static constexpr std::int32_t blank = -1;
  std::uint32_t sequence = 0;
  std::uint32_t stop = no_index;  ///< no_index: at a place that cannot be used
  std::int32_t arrival_s = blank;
  std::int32_t departure_s = blank;
  double distance = -1.0;  ///< along the trip, in the publisher's unit; below 0: not given
  bool pickup = true;
  bool drop_off = true;
  std::size_t row = 0;
};

/// Fills blank times between given ones, as read_timetable says. The first and the last call have
/// times; times never fall.
/// @returns how many calls were blank
std::size_t fill_blank_times(std::span<GtfsCall> calls, BlankTimes by);

/// The rows of stop_times.txt by trip.
class GtfsStopTimes {
 public:
  /// @throws InputError where a column is missing
  GtfsStopTimes(GtfsTable& table, const GtfsTrips& trips, const GtfsPlaces& places, BlankTimes by);

  /// Rows of a trip in the table.
  [[nodiscard]] std::size_t row_count(std::uint32_t trip) const {
    return first_[trip + 1] - first_[trip];
  }
  /// The calls of a trip at usable stops, two or more, in order, with all times; valid until the
  /// next call of this function. Empty where the trip cannot be used: then all its rows are
  /// refused, and it is told why.
  std::span<const GtfsCall> read(const GtfsTrip& trip, std::uint32_t index);
  /// Of the trip read last: rows without a time, and rows at places that cannot be used.
  [[nodiscard]] std::size_t blank_count() const { return blank_count_; }
  [[nodiscard]] std::size_t lost_count() const { return lost_count_; }

 private:
  bool read_row(std::size_t row, const GtfsTrip& trip);
  bool put_in_order(const GtfsTrip& trip);
  bool check_times(const GtfsTrip& trip);
  void drop_lost(const GtfsTrip& trip);
  void tell(std::string_view kind, std::string_view message, std::size_t row, const GtfsTrip& trip);

  GtfsTable& table_;
  const GtfsPlaces& places_;
  BlankTimes by_;
  std::size_t stop_, sequence_, arrival_, departure_, pickup_, drop_off_, distance_;
  std::vector<std::uint32_t> first_;  ///< [trips + 1] into rows_
  std::vector<std::uint32_t> rows_;   ///< of the table, by trip
  std::vector<GtfsCall> calls_;       ///< of the trip read last
  std::size_t blank_count_ = 0;
  std::size_t lost_count_ = 0;
};

}  // namespace quartier::io
