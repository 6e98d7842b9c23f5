#pragma once
/// Small GTFS feeds, written by the tests as a folder and as a zip archive.

#include <zip.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "io/gtfs_reader.h"
#include "support/catch.h"
#include "support/paths.h"

namespace quartier::test {

/// Tables of a feed, by file name.
using FeedText = std::map<std::string, std::string>;

/// Three stops in a row a kilometre apart, one bus from A to C at 8:00 on working days of 2019,
/// without a time at B, and one from C to A on Saturdays.
inline FeedText small_feed() {
  return {
      {"stops.txt",
       "stop_id,stop_name,stop_lat,stop_lon\n"
       "A,Alder,41.400,2.100\nB,Birch,41.409,2.100\nC,Cedar,41.418,2.100\n"},
      {"routes.txt", "route_id,route_short_name,route_long_name,route_type\nR,10,Trees,3\n"},
      {"trips.txt", "route_id,service_id,trip_id\nR,work,t1\nR,rest,t2\n"},
      {"stop_times.txt",
       "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
       "t1,08:00:00,08:00:00,A,1\nt1,,,B,2\nt1,08:10:00,08:10:00,C,3\n"
       "t2,09:00:00,09:00:00,C,1\nt2,,,B,2\nt2,09:10:00,09:10:00,A,3\n"},
      {"calendar.txt",
       "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
       "work,1,1,1,1,1,0,0,20190101,20191231\nrest,0,0,0,0,0,1,0,20190101,20191231\n"}};
}

/// `text` with the first `from` in it changed to `to`.
inline std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t place = text.find(from);
  REQUIRE(place != std::string::npos);
  return text.replace(place, from.size(), to);
}

inline std::filesystem::path written_folder(const std::filesystem::path& folder,
                                            const FeedText& feed) {
  std::filesystem::create_directories(folder);
  for (const auto& [name, text] : feed) {
    std::ofstream(folder / name, std::ios::binary) << text;
  }
  return folder;
}

/// @param inside  folder within the archive, with "/" at its end
inline std::filesystem::path written_zip(const std::filesystem::path& file, const FeedText& feed,
                                         const std::string& inside = {}) {
  std::filesystem::remove(file);
  zip_t* archive = zip_open(file.c_str(), ZIP_CREATE, nullptr);
  for (const auto& [name, text] : feed) {
    zip_source_t* source = zip_source_buffer(archive, text.data(), text.size(), 0);
    zip_file_add(archive, (inside + name).c_str(), source, ZIP_FL_ENC_UTF_8);
  }
  REQUIRE(zip_close(archive) == 0);
  return file;
}

inline io::TimetableLayout one_day() {
  io::TimetableLayout layout;
  layout.days_before = 0;
  return layout;
}

/// Reads one feed from a folder that is gone afterwards. 13 May 2019 is a Monday.
inline Loaded<io::RawTimetable> read_feed(const FeedText& feed,
                                          const io::TimetableLayout& layout = one_day(),
                                          std::string_view date = "2019-05-13") {
  const ScratchFolder scratch;
  const std::vector<io::GtfsFeed> feeds{{written_folder(scratch.path() / "feed", feed)}};
  return io::read_timetable(feeds, date, layout);
}

/// "A 08:00:00 B 08:05:00 ...", departures; arrivals before a "/" where they differ.
inline std::string calls_text(const Timetable& timetable, const TimetableTrip& trip) {
  const auto clock = [](std::int32_t s) {
    const auto two = [](std::int32_t v) {
      return std::string(v < 10 ? "0" : "") + std::to_string(v);
    };
    return two(s / 3600) + ":" + two(s / 60 % 60) + ":" + two(s % 60);
  };
  std::string text;
  for (const TimetableCall& call : timetable.calls_of(trip)) {
    text += (text.empty() ? "" : " ") + timetable.stops[call.stop].id + " ";
    if (call.arrival_s != call.departure_s) text += clock(call.arrival_s) + "/";
    text += clock(call.departure_s);
  }
  return text;
}

}  // namespace quartier::test
