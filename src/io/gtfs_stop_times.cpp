#include "io/gtfs_stop_times.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "io/gtfs_values.h"

namespace quartier::io {
namespace {

/// True where every call of a stretch says how far along it lies, never backwards, and its ends lie
/// apart.
bool has_distances(std::span<const GtfsCall> calls) {
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (calls[i].distance < 0.0) return false;
    if (i > 0 && calls[i].distance < calls[i - 1].distance) return false;
  }
  return calls.back().distance > calls.front().distance;
}

/// Fills the calls between the first and the last of a stretch.
void fill_stretch(std::span<GtfsCall> calls, BlankTimes by) {
  const auto count = static_cast<std::int64_t>(calls.size()) - 1;
  const std::int64_t departure = calls.front().departure_s;
  const std::int64_t time = calls.back().arrival_s - departure;
  const bool by_distance = by == BlankTimes::by_distance && has_distances(calls);
  const double from = calls.front().distance;
  const double length = calls.back().distance - from;
  for (std::int64_t k = 1; k < count; ++k) {
    GtfsCall& call = calls[static_cast<std::size_t>(k)];
    const std::int64_t passed =
        by_distance ? std::llround(static_cast<double>(time) * ((call.distance - from) / length))
                    : (k * time + count / 2) / count;
    call.arrival_s = static_cast<std::int32_t>(departure + passed);
    call.departure_s = call.arrival_s;
  }
}

}  // namespace

std::size_t fill_blank_times(std::span<GtfsCall> calls, BlankTimes by) {
  std::size_t blank_count = 0;
  std::size_t given = 0;
  for (std::size_t i = 1; i < calls.size(); ++i) {
    if (calls[i].arrival_s == GtfsCall::blank) {
      ++blank_count;
      continue;
    }
    if (i > given + 1) fill_stretch(calls.subspan(given, i - given + 1), by);
    given = i;
  }
  return blank_count;
}

GtfsStopTimes::GtfsStopTimes(GtfsTable& table, const GtfsTrips& trips, const GtfsPlaces& places,
                             BlankTimes by)
    : table_(table),
      places_(places),
      by_(by),
      stop_(table.required("stop_id")),
      sequence_(table.required("stop_sequence")),
      arrival_(table.required("arrival_time")),
      departure_(table.required("departure_time")),
      pickup_(table.optional("pickup_type")),
      drop_off_(table.optional("drop_off_type")),
      distance_(table.optional("shape_dist_traveled")),
      first_(trips.trips.size() + 1, 0) {
  const std::size_t id = table.required("trip_id");
  std::vector<std::uint32_t> trip_of(table.row_count());
  std::string_view last_name;
  std::uint32_t last = no_index;
  for (std::size_t row = 0; row < trip_of.size(); ++row) {
    const std::string_view name = table.cell(row, id);
    // Rows of one trip stand together in nearly every feed.
    if (row == 0 || name != last_name) {
      last = position_of(trips.ids, name);
      last_name = name;
    }
    trip_of[row] = last;
    if (last != no_index) {
      ++first_[last + 1];
    } else {
      table.reject("timetable_unknown_reference",
                   "stop times of a trip that is not there, or could not be used",
                   table.place(row, "trip", name));
    }
  }
  for (std::size_t t = 0; t < trips.trips.size(); ++t) first_[t + 1] += first_[t];
  rows_.resize(first_.back());
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (std::size_t row = 0; row < trip_of.size(); ++row) {
    if (trip_of[row] != no_index) rows_[next[trip_of[row]]++] = static_cast<std::uint32_t>(row);
  }
}

void GtfsStopTimes::tell(std::string_view kind, std::string_view message, std::size_t row,
                         const GtfsTrip& trip) {
  table_.add(kind, Severity::rejected, message, table_.place(row, "trip", trip.id));
}

bool GtfsStopTimes::read_row(std::size_t row, const GtfsTrip& trip) {
  GtfsCall call;
  call.row = row;
  const auto sequence = gtfs_whole(table_.cell(row, sequence_));
  if (!sequence) {
    tell("timetable_bad_value", "trips with a stop_sequence that is no whole number are not used",
         row, trip);
    return false;
  }
  call.sequence = *sequence;
  const std::string_view arrival = table_.cell(row, arrival_);
  const std::string_view departure = table_.cell(row, departure_);
  if (!arrival.empty() || !departure.empty()) {
    const auto arrives = gtfs_time(arrival.empty() ? departure : arrival);
    const auto departs = gtfs_time(departure.empty() ? arrival : departure);
    if (!arrives || !departs) {
      tell("timetable_bad_time",
           "trips with a time that is negative or not of the form HH:MM:SS are not used", row,
           trip);
      return false;
    }
    call.arrival_s = *arrives;
    call.departure_s = *departs;
  }
  if (distance_ != GtfsTable::no_column && by_ == BlankTimes::by_distance) {
    call.distance = parse_number(table_.cell(row, distance_)).value_or(-1.0);
  }
  call.stop = places_.stop(table_.cell(row, stop_));
  call.pickup = table_.code(row, pickup_, 3) != 1;
  call.drop_off = table_.code(row, drop_off_, 3) != 1;
  calls_.push_back(call);
  return true;
}

bool GtfsStopTimes::put_in_order(const GtfsTrip& trip) {
  const auto by_sequence = [](const GtfsCall& a, const GtfsCall& b) {
    return a.sequence < b.sequence;
  };
  if (!std::is_sorted(calls_.begin(), calls_.end(), by_sequence)) {
    std::stable_sort(calls_.begin(), calls_.end(), by_sequence);
  }
  for (std::size_t i = 1; i < calls_.size(); ++i) {
    if (calls_[i].sequence != calls_[i - 1].sequence) continue;
    tell("timetable_duplicate",
         "trips with a stop_sequence that is there twice are not used: their order is not known",
         calls_[i].row, trip);
    return false;
  }
  return true;
}

bool GtfsStopTimes::check_times(const GtfsTrip& trip) {
  for (const GtfsCall* end : {&calls_.front(), &calls_.back()}) {
    if (end->arrival_s != GtfsCall::blank) continue;
    tell("timetable_without_times", "trips without a time at their first or last stop are not used",
         end->row, trip);
    return false;
  }
  std::int32_t latest = 0;
  for (const GtfsCall& call : calls_) {
    if (call.arrival_s == GtfsCall::blank) continue;
    if (call.arrival_s < latest || call.departure_s < call.arrival_s) {
      tell("timetable_out_of_order",
           "trips that leave before they arrive, or arrive before they left the stop before, are "
           "not used",
           call.row, trip);
      return false;
    }
    latest = call.departure_s;
  }
  return true;
}

void GtfsStopTimes::drop_lost(const GtfsTrip& trip) {
  const auto is_lost = [](const GtfsCall& call) { return call.stop == no_index; };
  for (const GtfsCall& call : calls_) {
    if (!is_lost(call)) continue;
    ++lost_count_;
    tell("timetable_unknown_reference",
         "calls at a stop that is not there, or could not be used, are left out of their trip",
         call.row, trip);
  }
  if (lost_count_ > 0) std::erase_if(calls_, is_lost);
}

std::span<const GtfsCall> GtfsStopTimes::read(const GtfsTrip& trip, std::uint32_t index) {
  calls_.clear();
  blank_count_ = 0;
  lost_count_ = 0;
  const std::span<const std::uint32_t> rows =
      std::span(rows_).subspan(first_[index], first_[index + 1] - first_[index]);
  bool usable = !rows.empty();
  for (std::size_t i = 0; i < rows.size() && usable; ++i) usable = read_row(rows[i], trip);
  usable = usable && put_in_order(trip) && check_times(trip);
  if (usable) {
    blank_count_ = fill_blank_times(calls_, by_);
    // Only now: what lies between two stops takes its share of the time, usable or not.
    drop_lost(trip);
    if (calls_.size() < 2) {
      tell("timetable_single_stop", "trips with fewer than two usable stops lead nowhere", rows[0],
           trip);
      usable = false;
    }
  }
  if (usable) return calls_;
  table_.refuse(rows.size());
  return {};
}

}  // namespace quartier::io
