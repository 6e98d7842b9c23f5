#include "io/gtfs_stop_times.h"

#include <rapidcheck.h>

#include "io/gtfs_support.h"
#include "io/layer_support.h"

using namespace quartier;
using namespace quartier::io;

namespace {

/// Calls of which the first leaves at `departure` and the last arrives at `arrival`.
std::vector<GtfsCall> stretch(std::int32_t departure, std::int32_t arrival, std::size_t stretches) {
  std::vector<GtfsCall> calls(stretches + 1);
  calls.front().arrival_s = calls.front().departure_s = departure;
  calls.back().arrival_s = calls.back().departure_s = arrival;
  return calls;
}

}  // namespace

TEST_CASE("blank times are shared out by stops: 10 s over three stretches", "[io][gtfs]") {
  std::vector<GtfsCall> calls = stretch(43200, 43210, 3);
  CHECK(fill_blank_times(calls, BlankTimes::by_stop) == 2);
  CHECK(calls[1].arrival_s == 43203);
  CHECK(calls[1].departure_s == 43203);
  CHECK(calls[2].arrival_s == 43207);
  CHECK(fill_blank_times(calls, BlankTimes::by_stop) == 0);
}

TEST_CASE("each stretch between given times is filled by itself", "[io][gtfs]") {
  // Leaves 0, waits from 100 to 200 at the third stop, arrives 203 at the sixth.
  std::vector<GtfsCall> calls = stretch(0, 203, 5);
  calls[2].arrival_s = 100;
  calls[2].departure_s = 200;
  CHECK(fill_blank_times(calls, BlankTimes::by_stop) == 3);
  CHECK(calls[1].departure_s == 50);
  CHECK(calls[3].arrival_s == 201);
  CHECK(calls[4].arrival_s == 202);
}

TEST_CASE("by distance, where distances are there", "[io][gtfs]") {
  std::vector<GtfsCall> calls = stretch(0, 100, 3);
  const double along[] = {2.0, 2.5, 3.0, 4.0};
  for (std::size_t i = 0; i < 4; ++i) calls[i].distance = along[i];
  std::vector<GtfsCall> missing = calls;
  std::vector<GtfsCall> falling = calls;
  std::vector<GtfsCall> nowhere = calls;
  fill_blank_times(calls, BlankTimes::by_distance);
  CHECK(calls[1].arrival_s == 25);
  CHECK(calls[2].arrival_s == 50);
  missing[1].distance = -1.0;
  falling[1].distance = 3.5;
  for (GtfsCall& call : nowhere) call.distance = 7.0;
  for (std::vector<GtfsCall>* other : {&missing, &falling, &nowhere}) {
    fill_blank_times(*other, BlankTimes::by_distance);
    CHECK((*other)[1].arrival_s == 33);
    CHECK((*other)[2].arrival_s == 67);
  }
}

TEST_CASE("interpolated times never fall and hit both ends", "[io][gtfs]") {
  rc::check([] {
    const auto departure = *rc::gen::inRange(0, 800000);
    const auto time = *rc::gen::inRange(0, 20000);
    const auto stretches = *rc::gen::inRange<std::size_t>(1, 120);
    std::vector<GtfsCall> by_stop = stretch(departure, departure + time, stretches);
    std::vector<GtfsCall> by_distance = by_stop;
    double along = 0.0;
    for (GtfsCall& call : by_distance) {
      call.distance = along;
      along += *rc::gen::inRange(0, 3000);
    }
    RC_ASSERT(fill_blank_times(by_stop, BlankTimes::by_stop) == stretches - 1);
    fill_blank_times(by_distance, BlankTimes::by_distance);
    const auto count = static_cast<std::int64_t>(stretches);
    for (std::int64_t k = 1; k < count; ++k) {
      RC_ASSERT(by_stop[static_cast<std::size_t>(k)].arrival_s ==
                departure + (k * time + count / 2) / count);
    }
    for (std::size_t i = 1; i <= stretches; ++i) {
      RC_ASSERT(by_stop[i - 1].departure_s <= by_stop[i].arrival_s);
      RC_ASSERT(by_distance[i - 1].departure_s <= by_distance[i].arrival_s);
    }
    RC_ASSERT(by_distance.back().arrival_s == departure + time);
  });
}

TEST_CASE("shape_dist_traveled is used where the study asks for it", "[io][gtfs]") {
  test::FeedText feed = test::small_feed();
  feed["stop_times.txt"] =
      "trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled\n"
      "t1,08:00:00,08:00:00,A,1,0\nt1,,,B,2,0.3\nt1,08:10:00,08:10:00,C,3,1.2\n"
      "t2,09:00:00,09:00:00,A,1,\nt2,09:10:00,09:10:00,C,3,\n";
  TimetableLayout layout = test::one_day();
  const auto at_b = [&] { return test::read_feed(feed, layout).value.timetable.calls.at(1); };
  CHECK(at_b().arrival_s == 8 * 3600 + 300);
  layout.blank_times = BlankTimes::by_distance;
  CHECK(at_b().arrival_s == 8 * 3600 + 150);
}

TEST_CASE("a stop that cannot be used takes its share of the time all the same", "[io][gtfs]") {
  test::FeedText feed = test::small_feed();
  feed["stop_times.txt"] =
      "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
      "t1,08:00:00,08:00:00,A,1\nt1,,,gone,2\nt1,,,B,3\nt1,08:09:00,08:09:00,C,4\n";
  const Loaded<RawTimetable> read = test::read_feed(feed);
  const Timetable& timetable = read.value.timetable;
  CHECK(test::calls_text(timetable, timetable.trips.at(0)) == "A 08:00:00 B 08:06:00 C 08:09:00");
  CHECK(read.value.feeds.at(0).stop_times == 3);
  const Finding* told = test::find_kind(read.findings, "timetable_unknown_reference");
  REQUIRE(told != nullptr);
  CHECK(told->rows.at(0) == "row 3, trip t1");
}
