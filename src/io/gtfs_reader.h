#pragma once
/// Timetables from GTFS feeds (the open format of public transport timetables, gtfs.org): several
/// feeds, each a zip archive or a folder, become the timetable of one day. docs/timetables.md says
/// what is read and what becomes of broken rows.

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "domain/timetable.h"
#include "io/layer_definition.h"

namespace quartier::io {

/// Timetables with more calls or trips than this, once trips by headway are written out, are
/// refused.
inline constexpr std::size_t timetable_calls_limit = 100'000'000;
inline constexpr std::size_t timetable_trips_limit = 5'000'000;
/// Longest trip, in hours after the midnight of its service day; a later time is unreadable.
inline constexpr std::int32_t timetable_hours_limit = 240;

/// The tables that are read; others of a feed are never opened.
inline constexpr std::array<std::string_view, 8> gtfs_tables{
    "stops.txt",    "routes.txt",         "trips.txt",       "stop_times.txt",
    "calendar.txt", "calendar_dates.txt", "frequencies.txt", "transfers.txt"};

/// Whether a folder, or an archive unpacked into one, looks like a feed.
bool holds_feed(const std::filesystem::path& folder);

/// A feed: a zip archive, or a folder with the tables.
struct GtfsFeed {
  std::filesystem::path path;
  std::string name = {};    ///< for findings and ledgers; empty: the file's name
  std::string prefix = {};  ///< "NAME:" before its ids; empty: none of one feed, of several the
                            ///< file's name without ending
};

/// What one feed gave to the timetable.
struct GtfsFeedSummary {
  std::string name;
  std::string first_day, last_day;  ///< ISO dates on which any of its services may run
  std::size_t trips = 0;            ///< rows of trips.txt that run on the day
  std::size_t stop_times = 0;       ///< rows of stop_times.txt of these trips, used
  std::size_t blank_times = 0;      ///< of these, rows without a time; interpolated
};

/// The timetable of a day, places in longitude and latitude (EPSG:4326).
struct RawTimetable {
  Timetable timetable;
  std::vector<GtfsFeedSummary> feeds;
  /// One for each table read; rows of trips of other days are excluded.
  std::vector<Ledger> ledgers;
};

/// Reads the trips that run on `date` (ISO 8601).
///
/// Calls without a time between calls with one are interpolated: the k-th of N stretches between
/// departure D and arrival A is reached at D + (k · (A − D) + N div 2) div N, whole seconds; or, by
/// distance, at D + (A − D) · (d_k − d_0) / (d_N − d_0), rounded, where all distances are there and
/// never fall. A trip by headway departs at start, start + headway, ... before end, whatever
/// `exact_times` says. A trip of an earlier service day that runs on past midnight has the calls
/// that depart on `date`, its times less 24 h for each day, its id followed by "@" and that day; of
/// the next day, likewise, times plus 24 h. A trip by headway has its id followed by "#" and its
/// start. Of a transfer between stations, every pair of their stops has the time; one between the
/// stops themselves goes before it.
///
/// @throws InputError naming feed, table and column: a path that is refused, a broken or oversized
///         archive, a missing table or column, a feed whose calendars do not cover `date` (with the
///         days that they do cover), feeds with one prefix, a timetable beyond the limits
Loaded<RawTimetable> read_timetable(std::span<const GtfsFeed> feeds, std::string_view date,
                                    const TimetableLayout& layout = {});

/// Reads every trip of a feed once, whatever its days, for those who check a feed: the date is
/// empty, no trip is excluded. @throws InputError as above, but for the days covered
Loaded<RawTimetable> read_whole_timetable(const GtfsFeed& feed);

/// Reads the files of a layer of kind timetable; its parts are the prefixes; else as
/// read_timetable of feeds.
Loaded<RawTimetable> read_timetable(const LayerDefinition& layer, std::span<const LayerFile> files,
                                    std::string_view date);

}  // namespace quartier::io
