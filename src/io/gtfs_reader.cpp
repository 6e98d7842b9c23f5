#include "io/gtfs_reader.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "io/gtfs_calendar.h"
#include "io/gtfs_stop_times.h"
#include "io/gtfs_stops.h"
#include "io/gtfs_table.h"
#include "io/gtfs_trips.h"
#include "io/gtfs_values.h"

namespace quartier::io {
namespace {

constexpr std::int32_t day_s = 86400;
/// Beyond 360 km/h, with a minute to spare for times in whole minutes, a place or a time is wrong.
constexpr double fastest_m_per_s = 100.0;
constexpr std::int32_t spare_s = 60;

/// The day itself, the days before it, then the day after it.
std::vector<GtfsServiceDay> service_days(std::chrono::sys_days date,
                                         const TimetableLayout& layout) {
  std::vector<GtfsServiceDay> days{{0, {}, date, false}};
  for (std::uint32_t back = 1; back <= layout.days_before; ++back) {
    const std::chrono::sys_days day = date - std::chrono::days(back);
    days.push_back({-static_cast<std::int32_t>(back) * day_s, "@" + iso_text(day), day, false});
  }
  if (layout.hours_after > 0) {
    const std::chrono::sys_days day = date + std::chrono::days(1);
    days.push_back({day_s, "@" + iso_text(day), day, false});
  }
  return days;
}

/// Metres between two places in degrees, near enough for a check of speeds.
double rough_distance_m(Point a, Point b) {
  constexpr double metres_per_degree = 111195.0;
  constexpr double radians_per_degree = 0.017453292519943295;
  const double shrink = std::cos(0.5 * (a.y + b.y) * radians_per_degree);
  return metres_per_degree * std::hypot((a.x - b.x) * shrink, a.y - b.y);
}

[[noreturn]] void refuse_size(const std::string& feed) {
  throw InputError(feed + ": the timetable of one day has more than " +
                       std::to_string(timetable_trips_limit) + " trips or " +
                       std::to_string(timetable_calls_limit) + " calls",
                   "look for headways of a few seconds in frequencies.txt");
}

/// Writes trips into the timetable, once for each service day and departure.
class TripWriter {
 public:
  TripWriter(const GtfsFolder& feed, const std::string& prefix, const TimetableLayout& layout,
             const std::vector<GtfsServiceDay>& days, Timetable& timetable)
      : feed_(feed), prefix_(prefix), layout_(layout), days_(days), timetable_(timetable) {}

  /// @returns how often the trip runs on the day
  std::size_t write(const GtfsTrip& trip, std::span<const GtfsCall> calls) {
    const std::size_t before = timetable_.trips.size();
    for (std::size_t d = 0; d < days_.size(); ++d) {
      if ((trip.days >> d & 1U) == 0) continue;
      if (!trip.by_headway) {
        write_run(trip, calls, days_[d], days_[d].shift_s, {});
        continue;
      }
      for (const GtfsHeadway& headway : trip.headways) write_runs(trip, calls, days_[d], headway);
    }
    return timetable_.trips.size() - before;
  }
  [[nodiscard]] std::size_t of_other_days() const { return of_other_days_; }

 private:
  void write_runs(const GtfsTrip& trip, std::span<const GtfsCall> calls, const GtfsServiceDay& day,
                  const GtfsHeadway& headway) {
    for (std::int32_t start = headway.from_s; start < headway.until_s; start += headway.headway_s) {
      write_run(trip, calls, day, start - calls.front().departure_s + day.shift_s,
                "#" + clock_text(start));
    }
  }

  void write_run(const GtfsTrip& trip, std::span<const GtfsCall> calls, const GtfsServiceDay& day,
                 std::int32_t shift_s, const std::string& start) {
    if (day.shift_s < 0) {
      // What departs before midnight belongs to the day before.
      while (!calls.empty() && calls.front().departure_s + shift_s < 0) calls = calls.subspan(1);
      if (calls.size() < 2) return;
    }
    if (day.shift_s > 0) {
      const auto end = day_s + static_cast<std::int32_t>(layout_.hours_after) * 3600;
      if (calls.front().departure_s + shift_s >= end) return;
    }
    if (timetable_.trips.size() >= timetable_trips_limit ||
        timetable_.calls.size() + calls.size() > timetable_calls_limit) {
      refuse_size(feed_.name());
    }
    TimetableTrip run;
    run.id = prefix_ + trip.id + start + day.suffix;
    run.route = trip.route;
    run.first_call = static_cast<std::uint32_t>(timetable_.calls.size());
    run.call_count = static_cast<std::uint32_t>(calls.size());
    run.wheelchair = trip.wheelchair;
    timetable_.trips.push_back(std::move(run));
    for (const GtfsCall& call : calls) {
      timetable_.calls.push_back({call.stop, call.arrival_s + shift_s, call.departure_s + shift_s,
                                  call.pickup, call.drop_off});
    }
    // How long a vehicle stood at its first stop before midnight matters to nobody.
    TimetableCall& first = timetable_.calls[timetable_.trips.back().first_call];
    first.arrival_s = std::max(first.arrival_s, 0);
    if (day.shift_s != 0) ++of_other_days_;
  }

  const GtfsFolder& feed_;
  const std::string& prefix_;
  const TimetableLayout& layout_;
  const std::vector<GtfsServiceDay>& days_;
  Timetable& timetable_;
  std::size_t of_other_days_ = 0;
};

/// Reads one feed into the timetable of all.
class FeedReader {
 public:
  FeedReader(const GtfsFeed& feed, std::string prefix, const TimetableLayout& layout,
             const std::vector<GtfsServiceDay>& days, Loaded<RawTimetable>& read)
      : folder_(feed),
        prefix_(std::move(prefix)),
        layout_(layout),
        days_(days),
        raw_(read.value),
        timetable_(read.value.timetable),
        findings_(read.findings) {}

  void read() {
    for (const std::string_view table :
         {"stops.txt", "routes.txt", "trips.txt", "stop_times.txt"}) {
      folder_.require(table);
    }
    const GtfsCalendar calendar = read_calendar();
    GtfsTable stops(folder_, "stops.txt");
    const GtfsPlaces places = read_gtfs_stops(stops, prefix_, timetable_);
    stops.close(raw_, findings_);
    GtfsTable routes(folder_, "routes.txt");
    const GtfsIds route_ids = read_gtfs_routes(routes, prefix_, timetable_);
    routes.close(raw_, findings_);
    GtfsTable trip_table(folder_, "trips.txt");
    GtfsTrips trips = read_gtfs_trips(trip_table, route_ids, calendar, days_);
    GtfsTable headways(folder_, "frequencies.txt");
    read_gtfs_frequencies(headways, trips);
    read_calls(trips, trip_table, places);
    trip_table.close(raw_, findings_);
    headways.close(raw_, findings_);
    GtfsTable transfers(folder_, "transfers.txt");
    read_gtfs_transfers(transfers, places, timetable_);
    transfers.close(raw_, findings_);
  }

 private:
  GtfsCalendar read_calendar() {
    GtfsTable weeks(folder_, "calendar.txt");
    GtfsTable dates(folder_, "calendar_dates.txt");
    if (!weeks.is_there() && !dates.is_there()) folder_.require("calendar.txt");
    GtfsCalendar calendar(weeks, dates);
    weeks.close(raw_, findings_);
    dates.close(raw_, findings_);
    summary_.name = folder_.name();
    summary_.first_day = iso_text(calendar.first_day());
    summary_.last_day = iso_text(calendar.last_day());
    const std::chrono::sys_days day = days_.front().day;
    if (days_.front().every_day) return calendar;
    if (day < calendar.first_day() || day > calendar.last_day()) {
      throw InputError(folder_.name() + ": the feed covers " + summary_.first_day + " to " +
                           summary_.last_day + ", not " + timetable_.date,
                       "choose a day that it covers, or a feed that covers the day");
    }
    return calendar;
  }

  /// Refuses headways that would fill the memory before any of them is written out.
  void check_size(const GtfsTrips& trips, const GtfsStopTimes& stop_times) const {
    std::uint64_t trip_count = timetable_.trips.size();
    std::uint64_t call_count = timetable_.calls.size();
    for (std::uint32_t t = 0; t < trips.trips.size(); ++t) {
      const GtfsTrip& trip = trips.trips[t];
      if ((trip.days & 1U) == 0) continue;
      std::uint64_t runs = trip.by_headway ? 0 : 1;
      for (const GtfsHeadway& headway : trip.headways) {
        const std::int32_t time = headway.until_s - headway.from_s;
        runs += static_cast<std::uint64_t>((time + headway.headway_s - 1) / headway.headway_s);
      }
      trip_count += runs;
      call_count += runs * stop_times.row_count(t);
    }
    if (trip_count > timetable_trips_limit || call_count > timetable_calls_limit) {
      refuse_size(folder_.name());
    }
  }

  void read_calls(const GtfsTrips& trips, GtfsTable& trip_table, const GtfsPlaces& places) {
    GtfsTable table(folder_, "stop_times.txt");
    GtfsStopTimes stop_times(table, trips, places, layout_.blank_times);
    check_size(trips, stop_times);
    TripWriter writer(folder_, prefix_, layout_, days_, timetable_);
    for (std::uint32_t t = 0; t < trips.trips.size(); ++t) {
      const GtfsTrip& trip = trips.trips[t];
      const std::size_t row_count = stop_times.row_count(t);
      if (trip.days == 0) {
        trip_table.exclude();
        table.exclude(row_count);
        continue;
      }
      if (row_count == 0) {
        trip_table.reject("timetable_without_times", "trips without any stop times",
                          "trip " + display_safe(trip.id.substr(0, 100)));
        continue;
      }
      if (trip.by_headway && trip.headways.empty()) {
        trip_table.reject("timetable_headway", "trips by headway of which no headway can be used",
                          "trip " + display_safe(trip.id.substr(0, 100)));
        table.refuse(row_count);
        continue;
      }
      const std::span<const GtfsCall> calls = stop_times.read(trip, t);
      if (calls.empty()) {
        trip_table.refuse();
        continue;
      }
      check_speed(table, trip, calls);
      if (writer.write(trip, calls) == 0) {
        trip_table.exclude();
        table.exclude(row_count);
        continue;
      }
      trip_table.use();
      table.use(row_count - stop_times.lost_count());
      table.refuse(stop_times.lost_count());
      ++summary_.trips;
      summary_.stop_times += row_count - stop_times.lost_count();
      summary_.blank_times += stop_times.blank_count();
    }
    tell_summary(table, trip_table, writer.of_other_days());
    table.close(raw_, findings_);
    raw_.feeds.push_back(summary_);
  }

  void check_speed(GtfsTable& table, const GtfsTrip& trip, std::span<const GtfsCall> calls) const {
    for (std::size_t i = 1; i < calls.size(); ++i) {
      const Point from = timetable_.stops[calls[i - 1].stop].place;
      const Point to = timetable_.stops[calls[i].stop].place;
      const auto time =
          static_cast<double>(calls[i].arrival_s - calls[i - 1].departure_s + spare_s);
      if (rough_distance_m(from, to) <= fastest_m_per_s * time) continue;
      table.add("timetable_too_fast", Severity::warning,
                "trips that would have to go faster than 360 km/h are used as they stand",
                table.place(calls[i].row, "trip", trip.id));
      return;
    }
  }

  void tell_summary(GtfsTable& table, GtfsTable& trip_table, std::size_t of_other_days) const {
    if (summary_.blank_times > 0) {
      table.add("timetable_times_filled", Severity::note,
                "calls without a time have one interpolated between the calls before and after "
                "that have one",
                {}, summary_.blank_times);
    }
    if (of_other_days > 0) {
      trip_table.add("timetable_other_day", Severity::note,
                     "trips of the service days before or after that run on the day", {},
                     of_other_days);
    }
    if (summary_.trips == 0) {
      trip_table.add("timetable_empty_day", Severity::warning,
                     days_.front().every_day
                         ? "the feed has no trip that can be used"
                         : "the feed covers " + timetable_.date + " and has no trip on it",
                     {}, 1, days_.front().every_day ? "" : "choose another day");
    }
  }

  GtfsFolder folder_;
  std::string prefix_;
  const TimetableLayout& layout_;
  const std::vector<GtfsServiceDay>& days_;
  RawTimetable& raw_;
  Timetable& timetable_;
  std::vector<Finding>& findings_;
  GtfsFeedSummary summary_;
};

/// What stands before the ids of each feed.
std::vector<std::string> prefixes_of(std::span<const GtfsFeed> feeds) {
  std::vector<std::string> prefixes;
  std::set<std::string> seen;
  for (const GtfsFeed& feed : feeds) {
    std::string prefix = feed.prefix;
    if (prefix.empty() && feeds.size() > 1) prefix = feed.path.stem().string();
    if (!prefix.empty()) prefix += ':';
    if (!seen.insert(prefix).second) {
      throw InputError("two feeds have the prefix '" + display_safe(prefix) + "'",
                       "give each feed a prefix of its own: the ids of both may be the same");
    }
    prefixes.push_back(std::move(prefix));
  }
  return prefixes;
}

}  // namespace

bool holds_feed(const std::filesystem::path& folder) {
  std::error_code ignored;
  return std::filesystem::exists(folder / "stop_times.txt", ignored) &&
         std::filesystem::exists(folder / "trips.txt", ignored);
}

Loaded<RawTimetable> read_timetable(std::span<const GtfsFeed> feeds, std::string_view date,
                                    const TimetableLayout& layout) {
  const std::optional<std::chrono::sys_days> day = iso_day(date);
  if (!day) {
    throw InputError("'" + display_safe(date.substr(0, 40)) + "' is no day",
                     "write it as 2019-05-13");
  }
  expects(layout.days_before <= 7 && layout.hours_after <= 24,
          "read_timetable: at most 7 days before and 24 hours after");
  const std::vector<std::string> prefixes = prefixes_of(feeds);
  const std::vector<GtfsServiceDay> days = service_days(*day, layout);
  Loaded<RawTimetable> read;
  read.value.timetable.date = date;
  for (std::size_t f = 0; f < feeds.size(); ++f) {
    FeedReader(feeds[f], prefixes[f], layout, days, read).read();
  }
  return read;
}

Loaded<RawTimetable> read_whole_timetable(const GtfsFeed& feed) {
  const TimetableLayout layout;
  const std::vector<GtfsServiceDay> every_day{{0, {}, {}, true}};
  Loaded<RawTimetable> read;
  FeedReader(feed, feed.prefix.empty() ? std::string() : feed.prefix + ":", layout, every_day, read)
      .read();
  return read;
}

Loaded<RawTimetable> read_timetable(const LayerDefinition& layer, std::span<const LayerFile> files,
                                    std::string_view date) {
  std::vector<GtfsFeed> feeds;
  feeds.reserve(files.size());
  for (const LayerFile& file : files) feeds.push_back({file.path, file.name, file.part});
  Loaded<RawTimetable> read = read_timetable(feeds, date, layer.timetable);
  for (Ledger& ledger : read.value.ledgers) ledger.layer = layer.id;
  for (Finding& finding : read.findings) finding.layer = layer.id;
  append(read.findings, notices_for(layer, {std::string(date)}));
  return read;
}

}  // namespace quartier::io
