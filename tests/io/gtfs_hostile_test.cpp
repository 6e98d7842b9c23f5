// Broken and hostile feeds: each is a named error or a finding, never a wrong number, never a
// crash.

#include <functional>

#include "base/error.h"
#include "base/random.h"
#include "io/gtfs_support.h"
#include "io/layer_support.h"

using namespace quartier;
using namespace quartier::io;
using test::FeedText;
using test::small_feed;
using test::with;

namespace {

/// What becomes of a feed: an error with these words, or a finding of this kind and so many trips.
struct Case {
  std::string name;
  std::function<void(FeedText&)> harm;
  std::string error;
  std::string kind;
  std::size_t trips = 0;
};

/// Changes the first `from` of a table to `to`.
std::function<void(FeedText&)> change(const std::string& table, const std::string& from,
                                      const std::string& to) {
  return [=](FeedText& feed) { feed[table] = with(feed[table], from, to); };
}
std::function<void(FeedText&)> add(const std::string& table, const std::string& text) {
  return [=](FeedText& feed) { feed[table] += text; };
}
std::function<void(FeedText&)> without(const std::string& table) {
  return [=](FeedText& feed) { feed.erase(table); };
}

const std::string times = "stop_times.txt";
const std::string second_trip = "t1,08:10:00,08:10:00,C,3\n";

std::vector<Case> broken_feeds() {
  std::vector<Case> cases{
      // missing tables and columns
      {"no stops", without("stops.txt"), "no table stops.txt", "", 0},
      {"no routes", without("routes.txt"), "no table routes.txt", "", 0},
      {"no trips", without("trips.txt"), "no table trips.txt", "", 0},
      {"no stop times", without(times), "stop_times.txt", "", 0},
      {"no calendar", without("calendar.txt"), "no table calendar.txt", "", 0},
      {"empty table", [](FeedText& feed) { feed["stops.txt"].clear(); }, "the table is empty", "",
       0},
      {"no longitude", change("stops.txt", "stop_lon", "lon"), "no column 'stop_lon'", "", 0},
      {"no sequence", change(times, "stop_sequence", "seq"), "no column 'stop_sequence'", "", 0},
      {"no departure", change(times, "departure_time", "dep"), "no column 'departure_time'", "", 0},
      {"no Sunday", change("calendar.txt", "sunday", "domingo"), "no column 'sunday'", "", 0},
      {"no service of trips", change("trips.txt", "service_id", "s"), "no column 'service_id'", "",
       0},
      {"a column twice", change("stops.txt", "stop_name", "stop_id"), "occurs twice", "", 0},
      {"NUL characters", [](FeedText& feed) { feed["stops.txt"] += std::string(3, '\0'); },
       "stops.txt", "", 0},
      {"headers only",
       [](FeedText& feed) {
         for (auto& [name, text] : feed) text = text.substr(0, text.find('\n') + 1);
       },
       "no service runs on any day", "", 0},
      // calendars
      {"another year", change("calendar.txt", "20190101,20191231\nrest", "20180101,20181231\nrest"),
       "", "timetable_empty_day", 0},
      {"a day covered by none",
       [](FeedText& feed) {
         for (const char* from : {"20190101,20191231\nrest", "20190101,20191231\n"}) {
           std::string to = from;
           to.replace(0, 17, "20180101,20181231");
           feed["calendar.txt"] = with(feed["calendar.txt"], from, to);
         }
       },
       "the feed covers 2018-01-01 to 2018-12-31, not 2019-05-13", "", 0},
      {"a service that ends before it begins",
       change("calendar.txt", "20190101,20191231", "20191231,20190101"), "", "timetable_calendar",
       0},
      {"30 February", change("calendar.txt", "20190101", "20190230"), "", "timetable_calendar", 0},
      {"half a Monday", change("calendar.txt", "work,1", "work,0.5"), "", "timetable_calendar", 0},
      {"a service twice", add("calendar.txt", "work,0,0,0,0,0,0,1,20190101,20191231\n"), "",
       "timetable_duplicate", 1},
      {"an exception of no known type",
       add("calendar_dates.txt", "service_id,date,exception_type\nwork,20190513,3\n"), "",
       "timetable_calendar", 1},
      {"an exception both ways",
       add("calendar_dates.txt",
           "service_id,date,exception_type\nwork,20190513,2\nwork,20190513,1\n"),
       "", "timetable_duplicate", 0},
      // times
      {"a negative time", change(times, "08:00:00,08:00:00", "-8:00:00,08:00:00"), "",
       "timetable_bad_time", 0},
      {"a time of words", change(times, "08:00:00,08:00:00", "8 o'clock,8"), "",
       "timetable_bad_time", 0},
      {"61 minutes", change(times, "08:10:00,", "08:61:00,"), "", "timetable_bad_time", 0},
      {"a time without seconds", change(times, "08:10:00,", "08:10,"), "", "timetable_bad_time", 0},
      {"999 hours", change(times, "08:10:00,08:10:00", "999:10:00,999:10:00"), "",
       "timetable_bad_time", 0},
      {"a negative duration", change(times, "08:10:00,08:10:00", "07:10:00,07:10:00"), "",
       "timetable_out_of_order", 0},
      {"leaves before it arrives", change(times, "08:10:00,08:10:00", "08:10:00,08:09:00"), "",
       "timetable_out_of_order", 0},
      {"over midnight without counting on", change(times, "08:10:00,08:10:00", "00:10:00,00:10:00"),
       "", "timetable_out_of_order", 0},
      {"no first time", change(times, "08:00:00,08:00:00", ","), "", "timetable_without_times", 0},
      {"no last time", change(times, "08:10:00,08:10:00", ","), "", "timetable_without_times", 0},
      {"a trip without stop times", add("trips.txt", "R,work,t3\n"), "", "timetable_without_times",
       1},
      {"one stop",
       [](FeedText& feed) {
         feed[times] = with(feed[times], second_trip, "");
         feed[times] = with(feed[times], "t1,,,B,2\n", "");
       },
       "", "timetable_single_stop", 0},
      {"an order told twice", change(times, "C,3", "C,2"), "", "timetable_duplicate", 0},
      {"a negative order", change(times, "A,1", "A,-1"), "", "timetable_bad_value", 0},
      {"an absurd order", change(times, "A,1", "A,99999999999999999999"), "", "timetable_bad_value",
       0},
      {"faster than any train", change("stops.txt", "41.418,2.100", "48.418,2.100"), "",
       "timetable_too_fast", 1},
      // references and keys
      {"a trip of no route", change("trips.txt", "R,work", "Q,work"), "",
       "timetable_unknown_reference", 0},
      {"a trip of no service", change("trips.txt", "R,work", "R,werk"), "",
       "timetable_unknown_reference", 0},
      {"stop times of no trip", add(times, "t9,08:00:00,08:00:00,A,1\n"), "",
       "timetable_unknown_reference", 1},
      {"a call at no stop", change(times, "B,2", "X,2"), "", "timetable_unknown_reference", 1},
      {"a parent that is not there",
       [](FeedText& feed) {
         feed["stops.txt"] =
             "stop_id,stop_lat,stop_lon,parent_station\nA,41.4,2.1,S\nB,41.409,2.1,\nC,41.418,2.1,"
             "\n";
       },
       "", "timetable_unknown_reference", 1},
      {"a parent that is a stop",
       [](FeedText& feed) {
         feed["stops.txt"] =
             "stop_id,stop_lat,stop_lon,parent_station\nA,41.4,2.1,A\nB,41.409,2.1,A\nC,41.418,2.1,"
             "B\n";
       },
       "", "timetable_unknown_reference", 1},
      {"a stop twice", add("stops.txt", "A,Elsewhere,1,1\n"), "", "timetable_duplicate", 1},
      {"a route twice", add("routes.txt", "R,11,Other,0\n"), "", "timetable_duplicate", 1},
      {"a trip twice", add("trips.txt", "R,rest,t1\n"), "", "timetable_duplicate", 1},
      {"ids of nothing", add("stops.txt", ",Nameless,41.4,2.1\n"), "", "timetable_bad_value", 1},
      {"a route of no known type", change("routes.txt", "Trees,3", "Trees,-3"), "",
       "timetable_bad_value", 1},
      // places
      {"a stop without coordinates", change("stops.txt", "41.409,2.100", ","), "",
       "timetable_stop_without_place", 1},
      {"a stop at 0, 0", change("stops.txt", "41.409,2.100", "0.0,0"), "",
       "timetable_stop_without_place", 1},
      {"a stop off the globe", change("stops.txt", "41.409", "141.409"), "",
       "timetable_stop_without_place", 1},
      {"a stop at nan", change("stops.txt", "41.409,2.100", "nan,inf"), "",
       "timetable_stop_without_place", 1},
      {"no place at either end",
       [](FeedText& feed) {
         feed["stops.txt"] = "stop_id,stop_lat,stop_lon\nA,,\nB,41.409,2.1\nC,,\n";
       },
       "", "timetable_single_stop", 0},
      // headways
      {"a headway of 0",
       add("frequencies.txt", "trip_id,start_time,end_time,headway_secs\nt1,07:00:00,08:00:00,0\n"),
       "", "timetable_headway", 0},
      {"a headway below 0",
       add("frequencies.txt",
           "trip_id,start_time,end_time,headway_secs\nt1,07:00:00,08:00:00,-60\n"),
       "", "timetable_headway", 0},
      {"a headway back in time",
       add("frequencies.txt",
           "trip_id,start_time,end_time,headway_secs\nt1,09:00:00,08:00:00,60\n"),
       "", "timetable_headway", 0},
      {"headways over one another",
       add("frequencies.txt",
           "trip_id,start_time,end_time,headway_secs\nt1,07:00:00,08:00:00,1800\n"
           "t1,07:30:00,09:00:00,60\n"),
       "", "timetable_headway", 2},
      {"a headway of no trip",
       add("frequencies.txt",
           "trip_id,start_time,end_time,headway_secs\nt9,07:00:00,08:00:00,60\n"),
       "", "timetable_unknown_reference", 1},
      // text
      {"rows cut short", add(times, "t1,08:20:00\n"), "", "ragged_row", 1},
      {"an open quote", add("stops.txt", "\"D,41,2\n"), "", "unterminated_quote", 1},
      {"a pick-up of no known type",
       [](FeedText& feed) {
         feed[times] =
             "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type\n"
             "t1,08:00:00,08:00:00,A,1,7\nt1,08:10:00,08:10:00,C,3,x\n";
       },
       "", "timetable_bad_value", 1},
      {"an empty table that is not needed", [](FeedText& feed) { feed["transfers.txt"].clear(); },
       "", "no_rows", 1},
  };
  return cases;
}

/// Whatever a feed holds, these are true of its timetable.
void check_sound(const RawTimetable& raw) {
  const Timetable& timetable = raw.timetable;
  test::check_ledgers(raw.ledgers);
  for (const TimetableTrip& trip : timetable.trips) {
    CHECK(trip.route < timetable.routes.size());
    CHECK(trip.call_count >= 2);
    std::int32_t latest = 0;
    for (const TimetableCall& call : timetable.calls_of(trip)) {
      CHECK(call.stop < timetable.stops.size());
      CHECK(latest <= call.arrival_s);
      CHECK(call.arrival_s <= call.departure_s);
      latest = call.departure_s;
    }
  }
  for (const TimetableTransfer& transfer : timetable.transfers) {
    CHECK((transfer.from < timetable.stops.size() && transfer.to < timetable.stops.size()));
  }
}

void check_case(const Case& broken, const std::filesystem::path& path) {
  const std::vector<GtfsFeed> feeds{{path}};
  try {
    const Loaded<RawTimetable> read = read_timetable(feeds, "2019-05-13", test::one_day());
    CHECK(broken.error == "");
    CHECK(read.value.timetable.trips.size() == broken.trips);
    CHECK(test::find_kind(read.findings, broken.kind) != nullptr);
    test::check_kinds(read.findings);
    check_sound(read.value);
  } catch (const InputError& error) {
    CAPTURE(error.what());
    CHECK(broken.error != "");
    CHECK_THAT(error.what(), Catch::Contains(broken.error));
  }
}

}  // namespace

TEST_CASE("broken feeds are named errors or findings, in a folder and in a zip", "[io][gtfs]") {
  const test::ScratchFolder scratch;
  const std::vector<Case> cases = broken_feeds();
  CHECK(cases.size() >= 60);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    CAPTURE(cases[i].name);
    FeedText feed = small_feed();
    cases[i].harm(feed);
    const std::string name = "feed" + std::to_string(i);
    check_case(cases[i], test::written_folder(scratch.path() / name, feed));
    check_case(cases[i], test::written_zip(scratch.path() / (name + ".zip"), feed));
  }
}

TEST_CASE("hostile places are refused before they are read", "[io][gtfs]") {
  const test::ScratchFolder scratch;
  const auto said = [](const std::filesystem::path& path) {
    try {
      (void)read_timetable(std::vector<GtfsFeed>{{path}}, "2019-05-13");
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK_THAT(said("/vsicurl/http://x/y.zip"), Catch::Contains("refused"));
  CHECK_THAT(said("PG:dbname=x"), Catch::Contains("refused"));
  CHECK(said(scratch.path() / "none.zip") != "");
  CHECK_THAT(said("/dev/null"), Catch::Contains("device"));
  std::ofstream(scratch.path() / "text.zip") << "no archive";
  CHECK_THAT(said(scratch.path() / "text.zip"), Catch::Contains("no readable zip archive"));
  CHECK_THAT(said(test::written_zip(scratch.path() / "out.zip", small_feed(), "../")),
             Catch::Contains("leaves the archive"));
  CHECK_THAT(said(test::written_zip(scratch.path() / "other.zip", {{"a.txt", "b"}})),
             Catch::Contains("no GTFS feed"));
  FeedText two;
  for (const auto& [name, text] : small_feed()) {
    two["a/" + name] = text;
    two["b/" + name] = text;
  }
  CHECK_THAT(said(test::written_zip(scratch.path() / "two.zip", two)),
             Catch::Contains("several feeds"));

  // A table that is a link out of the folder, or a folder itself.
  const auto folder = test::written_folder(scratch.path() / "feed", small_feed());
  test::written_folder(scratch.path() / "elsewhere", small_feed());
  std::filesystem::remove(folder / "stops.txt");
  std::filesystem::create_symlink(scratch.path() / "elsewhere" / "stops.txt", folder / "stops.txt");
  CHECK_THAT(said(folder), Catch::Contains("outside the folder"));
  std::filesystem::remove(folder / "stops.txt");
  std::filesystem::create_directory(folder / "stops.txt");
  CHECK_THAT(said(folder), Catch::Contains("is a folder"));
}

TEST_CASE("a few rows cannot fill the memory", "[io][gtfs]") {
  FeedText feed = small_feed();
  feed["frequencies.txt"] = "trip_id,start_time,end_time,headway_secs\n";
  for (int i = 0; i < 8; ++i) {
    feed["trips.txt"] += "R,work,x" + std::to_string(i) + "\n";
    feed["frequencies.txt"] += "x" + std::to_string(i) + ",00:00:00,240:00:00,1\n";
    feed["stop_times.txt"] += "x" + std::to_string(i) + ",00:00:00,00:00:00,A,1\n";
    feed["stop_times.txt"] += "x" + std::to_string(i) + ",00:10:00,00:10:00,B,2\n";
  }
  CHECK_THROWS_WITH(test::read_feed(feed), Catch::Contains("more than 5000000 trips"));

  // Every pair of the stops of one station: 4,000 stops are 16 million.
  feed = small_feed();
  feed["stops.txt"] = "stop_id,stop_lat,stop_lon,location_type,parent_station\nS,41,2,1,\n";
  for (int i = 0; i < 4000; ++i) {
    feed["stops.txt"] += "p" + std::to_string(i) + ",41,2,0,S\n";
  }
  feed["transfers.txt"] = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nS,S,2,60\n";
  CHECK_THROWS_WITH(test::read_feed(feed), Catch::Contains("pairs of stops"));
}

TEST_CASE("feeds with bytes changed at random are read or refused, never wrong", "[io][gtfs]") {
  const test::ScratchFolder scratch;
  std::size_t refused = 0;
  for (std::uint64_t draw = 0; draw < 150; ++draw) {
    RandomStream random(5, draw);
    FeedText feed = small_feed();
    feed["calendar_dates.txt"] = "service_id,date,exception_type\nwork,20190514,2\n";
    feed["frequencies.txt"] =
        "trip_id,start_time,end_time,headway_secs\nt1,07:00:00,08:00:00,600\n";
    feed["transfers.txt"] = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nA,B,2,60\n";
    for (auto& [name, text] : feed) {
      if (random.below(3) != 0) continue;
      const std::string bytes = ",\n\"0-:9\xEF";
      text[random.below(static_cast<std::uint32_t>(text.size()))] =
          bytes[random.below(static_cast<std::uint32_t>(bytes.size()))];
      if (random.below(8) == 0) text.resize(random.below(static_cast<std::uint32_t>(text.size())));
    }
    const auto folder = scratch.path() / std::to_string(draw);
    try {
      const std::vector<GtfsFeed> feeds{{test::written_folder(folder, feed)}};
      check_sound(read_timetable(feeds, "2019-05-13").value);
    } catch (const InputError&) {
      ++refused;
    }
  }
  CHECK(refused > 5);
  CHECK(refused < 140);
}
