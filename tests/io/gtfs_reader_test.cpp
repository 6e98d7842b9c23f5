#include "io/gtfs_reader.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "io/gtfs_support.h"
#include "io/layer_support.h"

using namespace quartier;
using namespace quartier::io;
using test::calls_text;
using test::find_kind;
using test::one_day;
using test::read_feed;
using test::small_feed;
using test::with;

namespace {

/// Every trip as its id and its calls, in the order of the ids.
std::set<std::string> trips_text(const Timetable& timetable) {
  std::set<std::string> texts;
  for (const TimetableTrip& trip : timetable.trips) {
    texts.insert(trip.id + ": " + calls_text(timetable, trip));
  }
  return texts;
}

using Texts = std::set<std::string>;

}  // namespace

TEST_CASE("a small feed gives the trips of its day", "[io][gtfs]") {
  const Loaded<RawTimetable> read = read_feed(small_feed());
  const Timetable& timetable = read.value.timetable;
  CHECK(timetable.date == "2019-05-13");
  CHECK(trips_text(timetable) == Texts{"t1: A 08:00:00 B 08:05:00 C 08:10:00"});
  REQUIRE(timetable.stops.size() == 3);
  CHECK(timetable.stops[1].name == "Birch");
  CHECK(timetable.stops[1].place.x == 2.1);
  CHECK(timetable.stops[1].place.y == 41.409);
  CHECK(timetable.routes.at(0).name == "10");
  CHECK(read.value.feeds.at(0).first_day == "2019-01-01");
  CHECK(read.value.feeds.at(0).blank_times == 1);

  const std::vector<Ledger>& ledgers = read.value.ledgers;
  test::check_ledgers(ledgers);
  const auto trips = std::find_if(ledgers.begin(), ledgers.end(), [](const Ledger& ledger) {
    return ledger.file == "feed/trips.txt";
  });
  REQUIRE(trips != ledgers.end());
  CHECK(trips->used == 1);
  CHECK(trips->excluded == 1);
  REQUIRE(read.findings.size() == 1);
  CHECK(read.findings[0].kind == "timetable_times_filled");

  CHECK(trips_text(read_feed(small_feed(), one_day(), "2019-05-18").value.timetable) ==
        Texts{"t2: C 09:00:00 B 09:05:00 A 09:10:00"});
  const Loaded<RawTimetable> sunday = read_feed(small_feed(), one_day(), "2019-05-19");
  CHECK(sunday.value.timetable.trips.empty());
  CHECK(find_kind(sunday.findings, "timetable_empty_day") != nullptr);
}

TEST_CASE("tables are read however their text is laid out", "[io][gtfs]") {
  const Texts expected = trips_text(read_feed(small_feed()).value.timetable);
  test::FeedText feed = small_feed();
  feed["stops.txt"] =
      "\xEF\xBB\xBF\"stop_id\" , zone ,stop_lon, stop_lat,stop_name\r\n"
      "A,1,2.1,41.400,\"Alder, old\"\r\nC,1,2.1,41.418,Cedar\r\nB,,2.1,41.409,\"Bi\"\"rch\"\r\n";
  feed["stop_times.txt"] =
      "stop_sequence,stop_id,departure_time,arrival_time,trip_id,note\n"
      "30,C,8:10:00,8:10:00,t1,x\n10,A,8:00:00,,t1,x\n20,B,\"\",\"\",t1,x\n";
  feed["trips.txt"] = with(feed["trips.txt"], "trip_id\n", "trip_id\n\n");
  feed["shapes.txt"] = "what,ever\n1\n";
  const Loaded<RawTimetable> read = read_feed(feed);
  CHECK(trips_text(read.value.timetable) == expected);
  CHECK(read.value.timetable.stops[0].name == "Alder, old");
  CHECK(read.value.timetable.stops[2].name == "Bi\"rch");
}

TEST_CASE("a feed is a folder, an archive, or an archive with a folder", "[io][gtfs]") {
  const test::ScratchFolder scratch;
  const test::FeedText feed = small_feed();
  const auto folder = test::written_folder(scratch.path() / "x", feed);
  const auto flat = test::written_zip(scratch.path() / "flat.zip", feed);
  const auto deep = test::written_zip(scratch.path() / "deep.zip", feed, "gtfs/2019/");
  const Texts expected = trips_text(read_feed(feed).value.timetable);
  for (const auto& path : {folder, flat, deep}) {
    const std::vector<GtfsFeed> one{{path}};
    CHECK(trips_text(read_timetable(one, "2019-05-13", one_day()).value.timetable) == expected);
  }

  const std::vector<GtfsFeed> two{{flat}, {deep, "", "night"}};
  const Loaded<RawTimetable> both = read_timetable(two, "2019-05-13", one_day());
  CHECK(trips_text(both.value.timetable) ==
        Texts{"flat:t1: flat:A 08:00:00 flat:B 08:05:00 flat:C 08:10:00",
              "night:t1: night:A 08:00:00 night:B 08:05:00 night:C 08:10:00"});
  CHECK(both.value.timetable.routes[1].id == "night:R");
  CHECK(both.value.timetable.trips[1].route == 1);
  CHECK(both.value.ledgers.size() == 10);
  CHECK_THROWS_WITH(read_timetable(std::vector<GtfsFeed>{{flat}, {flat}}, "2019-05-13"),
                    Catch::Contains("two feeds have the prefix 'flat:'"));
  CHECK(read_timetable(std::vector<GtfsFeed>{}, "2019-05-13").value.timetable.trips.empty());
}

TEST_CASE("exceptions go before weekdays, and are enough alone", "[io][gtfs]") {
  test::FeedText feed = small_feed();
  feed["calendar_dates.txt"] =
      "service_id,date,exception_type\nwork,20190513,2\nrest,20190513,1\nwork,20200229,1\n";
  CHECK(read_feed(feed).value.timetable.trips.at(0).id == "t2");
  const Loaded<RawTimetable> leap = read_feed(feed, one_day(), "2020-02-29");
  CHECK(leap.value.timetable.trips.at(0).id == "t1");
  CHECK(leap.value.feeds.at(0).last_day == "2020-02-29");
  CHECK(read_feed(feed, one_day(), "2019-05-14").value.timetable.trips.at(0).id == "t1");
  feed.erase("calendar.txt");
  CHECK(read_feed(feed).value.timetable.trips.at(0).id == "t2");
  CHECK_THROWS_WITH(read_feed(feed, one_day(), "2019-05-12"),
                    Catch::Contains("the feed covers 2019-05-13 to 2020-02-29, not 2019-05-12"));
  for (const char* date : {"2019-02-29", "20190513", "2019-5-13", "", "tomorrow"}) {
    CHECK_THROWS_AS(read_feed(feed, one_day(), date), InputError);
  }
}

TEST_CASE("service days run on past midnight", "[io][gtfs]") {
  test::FeedText feed = small_feed();
  feed["stop_times.txt"] =
      "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
      "t1,23:50:00,23:50:00,A,1\nt1,23:59:00,24:01:00,B,2\nt1,24:10:00,24:10:00,C,3\n"
      "t2,47:50:00,47:50:00,C,1\nt2,48:00:00,48:00:00,B,2\nt2,48:10:00,48:10:00,A,3\n";
  TimetableLayout layout;
  CHECK(trips_text(read_feed(feed, layout, "2019-05-14").value.timetable) ==
        Texts{"t1: A 23:50:00 B 23:59:00/24:01:00 C 24:10:00",
              "t1@2019-05-13: B 00:00:00/00:01:00 C 00:10:00"});
  // Saturday's trip of two nights ago.
  layout.days_before = 2;
  CHECK(trips_text(read_feed(feed, layout, "2019-05-13").value.timetable) ==
        Texts{"t1: A 23:50:00 B 23:59:00/24:01:00 C 24:10:00",
              "t2@2019-05-11: B 00:00:00 A 00:10:00"});
  // On Sunday, what begins on Monday before six.
  feed["stop_times.txt"] = with(with(feed["stop_times.txt"], "23:50:00,23:50", "05:59:00,05:59"),
                                "47:50:00,47:50", "06:00:00,06:00");
  layout.days_before = 0;
  layout.hours_after = 6;
  const Loaded<RawTimetable> sunday = read_feed(feed, layout, "2019-05-12");
  CHECK(trips_text(sunday.value.timetable) ==
        Texts{"t1@2019-05-13: A 29:59:00 B 47:59:00/48:01:00 C 48:10:00"});
  CHECK(find_kind(sunday.findings, "timetable_other_day") != nullptr);
  layout.hours_after = 5;
  CHECK(read_feed(feed, layout, "2019-05-12").value.timetable.trips.empty());
}

TEST_CASE("trips by headway are written out", "[io][gtfs]") {
  test::FeedText feed = small_feed();
  feed["frequencies.txt"] =
      "trip_id,start_time,end_time,headway_secs,exact_times\n"
      "t1,07:00:00,07:30:00,600,1\nt1,07:30:00,07:30:01,600,\nt1,23:55:00,24:15:00,600,0\n";
  const Loaded<RawTimetable> read = read_feed(feed);
  CHECK(trips_text(read.value.timetable) == Texts{"t1#07:00:00: A 07:00:00 B 07:05:00 C 07:10:00",
                                                  "t1#07:10:00: A 07:10:00 B 07:15:00 C 07:20:00",
                                                  "t1#07:20:00: A 07:20:00 B 07:25:00 C 07:30:00",
                                                  "t1#07:30:00: A 07:30:00 B 07:35:00 C 07:40:00",
                                                  "t1#23:55:00: A 23:55:00 B 24:00:00 C 24:05:00",
                                                  "t1#24:05:00: A 24:05:00 B 24:10:00 C 24:15:00"});
  const Finding* told = find_kind(read.findings, "timetable_headway");
  REQUIRE(told != nullptr);
  CHECK(told->count == 2);
  CHECK(told->severity == Severity::note);

  const Timetable tuesday = read_feed(feed, {}, "2019-05-14").value.timetable;
  const Texts night = trips_text(tuesday);
  CHECK(tuesday.trips.size() == 8);
  CHECK(night.contains("t1#23:55:00@2019-05-13: B 00:00:00 C 00:05:00"));
  CHECK(night.contains("t1#24:05:00@2019-05-13: A 00:05:00 B 00:10:00 C 00:15:00"));
}

TEST_CASE("a whole feed is read for those who check it", "[io][gtfs]") {
  const test::ScratchFolder scratch;
  test::FeedText feed = small_feed();
  feed["trips.txt"] += "R,gone,t3\n";
  const Loaded<RawTimetable> read =
      read_whole_timetable({test::written_folder(scratch.path() / "feed", feed)});
  CHECK(read.value.timetable.date.empty());
  CHECK(trips_text(read.value.timetable) ==
        Texts{"t1: A 08:00:00 B 08:05:00 C 08:10:00", "t2: C 09:00:00 B 09:05:00 A 09:10:00"});
  CHECK(find_kind(read.findings, "timetable_unknown_reference") != nullptr);
  for (const Ledger& ledger : read.value.ledgers) {
    CHECK(ledger.closes());
    CHECK(ledger.excluded == 0);
  }
}

TEST_CASE("what may be done at a stop, and in a wheelchair", "[io][gtfs]") {
  test::FeedText feed = small_feed();
  feed["stops.txt"] =
      "stop_id,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding\n"
      "A,41.400,2.1,0,S,\nB,41.409,2.1,,S,2\nC,41.418,2.1,0,,0\n"
      "S,41.404,2.1,1,,1\nE,41.404,2.1,2,S,\n";
  feed["trips.txt"] =
      "route_id,service_id,trip_id,wheelchair_accessible\nR,work,t1,1\nR,work,t2,2\n";
  feed["routes.txt"] = "route_id,route_long_name,route_type\nR,Trees,700\n";
  feed["stop_times.txt"] =
      "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\n"
      "t1,08:00:00,08:00:00,A,1,0,1\nt1,,,B,2,3,2\nt1,08:10:00,08:10:00,C,3,1,\n"
      "t2,09:00:00,09:00:00,C,1,,\nt2,09:10:00,09:10:00,A,3,,\n";
  const Loaded<RawTimetable> read = read_feed(feed);
  const Timetable& timetable = read.value.timetable;
  REQUIRE(timetable.stops.size() == 3);
  REQUIRE(timetable.stations.size() == 1);
  CHECK(timetable.stops[0].wheelchair == WheelchairUse::possible);
  CHECK(timetable.stops[1].wheelchair == WheelchairUse::impossible);
  CHECK(timetable.stops[2].wheelchair == WheelchairUse::unknown);
  CHECK(timetable.stops[1].station == 0);
  CHECK(timetable.stops[2].station == no_index);
  CHECK(timetable.trips[0].wheelchair == WheelchairUse::possible);
  CHECK(timetable.trips[1].wheelchair == WheelchairUse::impossible);
  CHECK(timetable.routes[0].type == 700);
  CHECK(timetable.routes[0].name == "Trees");
  const auto calls = timetable.calls_of(timetable.trips[0]);
  CHECK((calls[0].pickup && !calls[0].drop_off));
  CHECK((calls[1].pickup && calls[1].drop_off));
  CHECK((!calls[2].pickup && calls[2].drop_off));
  CHECK(read.value.ledgers[1].excluded == 1);
  test::check_ledgers(read.value.ledgers);
}

TEST_CASE("transfers of stations hold for their stops", "[io][gtfs]") {
  test::FeedText feed = small_feed();
  feed["stops.txt"] =
      "stop_id,stop_lat,stop_lon,location_type,parent_station\n"
      "A,41.400,2.1,0,S\nB,41.409,2.1,0,S\nC,41.418,2.1,0,\nS,41.404,2.1,1,\n";
  feed["transfers.txt"] =
      "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id\n"
      "S,S,2,180,\nA,B,2,60,\nB,A,3,,\nC,A,1,,\nA,C,0,,\nC,B,0,90,\nC,C,2,30,t1\nC,A,2,5,\n"
      "C,X,2,5,\nA,C,2,,\nA,C,9,1,\nA,C,2,-5,\n";
  const Loaded<RawTimetable> read = read_feed(feed);
  const std::vector<TimetableTransfer>& transfers = read.value.timetable.transfers;
  std::vector<std::string> found;
  for (const TimetableTransfer& transfer : transfers) {
    const auto& stops = read.value.timetable.stops;
    found.push_back(stops[transfer.from].id + stops[transfer.to].id + " " +
                    (transfer.possible ? std::to_string(transfer.seconds) : "no"));
  }
  CHECK(found == std::vector<std::string>{"AA 180", "AB 60", "BA no", "BB 180", "CA 0", "CB 90"});
  test::check_ledgers(read.value.ledgers);
  const Ledger& ledger = read.value.ledgers.back();
  CHECK(ledger.file == "feed/transfers.txt");
  CHECK(ledger.used == 5);
  CHECK(ledger.excluded == 2);
  CHECK(ledger.rejected == 5);
}

TEST_CASE("a layer of timetables is described once", "[io][gtfs][layers]") {
  const test::ScratchFolder scratch;
  test::written_folder(scratch.path() / "transport" / "bus", small_feed());
  test::written_zip(scratch.path() / "transport" / "tram.zip", small_feed());
  const std::string head =
      "id = \"city-transport\"\ntitle = \"T\"\nkind = \"timetable\"\nformat = \"gtfs\"\n"
      "publisher = \"P\"\nlicence = \"CC0\"\nattribution = \"P\"\n"
      "[[file]]\npart = \"b\"\npattern = \"transport/bus\"\n"
      "[[file]]\npart = \"t\"\npattern = \"transport/tram.zip\"\n";
  const auto definition = [&](const std::string& text) {
    const auto file = scratch.path() / "layer.toml";
    std::ofstream(file) << text;
    return load_layer_definition(file);
  };
  const LayerDefinition layer =
      definition(head + "[timetable]\nblank_times = \"distance\"\ndays_before = 2\n");
  CHECK(layer.kind == LayerKind::timetable);
  CHECK(layer.timetable.blank_times == BlankTimes::by_distance);
  CHECK(layer.timetable.days_before == 2);
  const Loaded<RawTimetable> read =
      read_timetable(layer, find_layer_files(layer, scratch.path()), "2019-05-13");
  CHECK(read.value.timetable.trips.at(0).id == "b:t1");
  CHECK(read.value.timetable.trips.at(1).id == "t:t1");
  CHECK(read.value.ledgers.at(0).layer == "city-transport");
  CHECK(read.value.ledgers.at(0).file == "transport/bus/calendar.txt");

  CHECK(definition(head).timetable.days_before == 1);
  CHECK_THROWS_WITH(definition(head + "[timetable]\ndays_before = 8\n"),
                    Catch::Contains("days_before"));
  CHECK_THROWS_WITH(definition(with(head, "\"gtfs\"", "\"csv\"")), Catch::Contains("\"gtfs\""));
  CHECK_THROWS_AS(definition(with(head, "\"timetable\"", "\"codes\"")), InputError);
}
