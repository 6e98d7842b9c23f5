// The real feeds of Porto Alegre, against the counts of the reference.

#include <algorithm>
#include <filesystem>

#include "io/gtfs_reader.h"
#include "io/layer_support.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::io;

namespace {

std::vector<GtfsFeed> porto_alegre() {
  const std::filesystem::path folder = test::shared("oracle/access/poa");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return {};
  }
  return {{folder / "poa_eptc.zip"}, {folder / "poa_trensurb.zip"}};
}

TimetableLayout one_day() {
  TimetableLayout layout;
  layout.days_before = 0;
  return layout;
}

/// Pairs of consecutive calls that depart within a time, both ends included.
std::size_t connections(const Timetable& timetable, std::int32_t from, std::int32_t until) {
  std::size_t count = 0;
  for (const TimetableTrip& trip : timetable.trips) {
    const auto calls = timetable.calls_of(trip);
    for (std::size_t i = 0; i + 1 < calls.size(); ++i) {
      if (calls[i].departure_s >= from && calls[i].departure_s <= until) ++count;
    }
  }
  return count;
}

}  // namespace

TEST_CASE("the feeds of Porto Alegre give the counts of the reference", "[io][gtfs]") {
  const std::vector<GtfsFeed> feeds = porto_alegre();
  if (feeds.empty()) return;
  const Loaded<RawTimetable> read = read_timetable(feeds, "2019-05-13", one_day());
  const Timetable& timetable = read.value.timetable;

  REQUIRE(read.value.feeds.size() == 2);
  const GtfsFeedSummary& bus = read.value.feeds[0];
  CHECK(bus.trips == 2374);
  CHECK(bus.stop_times == 130019);
  CHECK(bus.blank_times == 125271);
  const GtfsFeedSummary& train = read.value.feeds[1];
  CHECK(train.trips == 529);
  CHECK(train.stop_times == 6347);
  CHECK(train.blank_times == 0);
  CHECK(timetable.trips.size() == 2374 + 529);
  CHECK(timetable.calls.size() == 130019 + 6347);
  CHECK(timetable.stops.size() == 4010);
  CHECK(connections(timetable, 14 * 3600, 17 * 3600) == 77713);
  CHECK(timetable.stops.front().id == "poa_eptc:4220");
  CHECK(timetable.stops.back().id.starts_with("poa_trensurb:"));

  test::check_ledgers(read.value.ledgers);
  test::check_kinds(read.findings);
  // Sums of all arrivals and departures, and the same times the place in the trip, from 1: found by
  // an independent program that follows the reference's rules.
  std::int64_t sum = 0;
  std::int64_t weighted_sum = 0;
  for (const TimetableTrip& trip : timetable.trips) {
    std::int32_t latest = 0;
    std::int64_t place = 0;
    for (const TimetableCall& call : timetable.calls_of(trip)) {
      const std::int64_t both = std::int64_t{call.arrival_s} + call.departure_s;
      sum += both;
      weighted_sum += ++place * both;
      REQUIRE(call.stop < timetable.stops.size());
      REQUIRE(latest <= call.arrival_s);
      REQUIRE(call.arrival_s <= call.departure_s);
      latest = call.departure_s;
    }
  }
  CHECK(sum == 14174200586);
  CHECK(weighted_sum == 458240258718);
}

TEST_CASE("the night before adds to a day and changes nothing else", "[io][gtfs]") {
  const std::vector<GtfsFeed> feeds = porto_alegre();
  if (feeds.empty()) return;
  const Timetable alone = read_timetable(feeds, "2019-05-14", one_day()).value.timetable;
  const Loaded<RawTimetable> both = read_timetable(feeds, "2019-05-14");
  const Timetable& timetable = both.value.timetable;
  std::size_t of_night = 0;
  for (const TimetableTrip& trip : timetable.trips) {
    if (!trip.id.ends_with("@2019-05-13")) continue;
    ++of_night;
    CHECK(timetable.calls_of(trip).front().departure_s >= 0);
    CHECK(timetable.calls_of(trip).back().arrival_s < 4 * 3600);
  }
  CHECK(timetable.trips.size() == alone.trips.size() + of_night);
  const Finding* told = test::find_kind(both.findings, "timetable_other_day");
  CHECK((told == nullptr) == (of_night == 0));
  test::check_ledgers(both.value.ledgers);
}

TEST_CASE("a day beyond the calendars of Porto Alegre is an error that names them", "[io][gtfs]") {
  const std::vector<GtfsFeed> feeds = porto_alegre();
  if (feeds.empty()) return;
  CHECK_THROWS_WITH(read_timetable(feeds, "2021-05-13"),
                    Catch::Contains("poa_eptc.zip: the feed covers 2019-"));
}
