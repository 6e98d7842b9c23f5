#include "domain/timetable_edits.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/random.h"
#include "support/catch.h"

using namespace quartier;

namespace {

constexpr std::int32_t hour = 3600;

/// Adds a trip that departs at `start` and calls at `stops`, `hop_s` apart, waiting 10 s.
void add_trip(Timetable& timetable, std::uint32_t route, std::int32_t start,
              const std::vector<std::uint32_t>& stops, std::int32_t hop_s) {
  TimetableTrip trip;
  trip.id = "t" + std::to_string(timetable.trips.size());
  trip.route = route;
  trip.first_call = static_cast<std::uint32_t>(timetable.calls.size());
  trip.call_count = static_cast<std::uint32_t>(stops.size());
  timetable.trips.push_back(trip);
  std::int32_t time = start;
  for (const std::uint32_t stop : stops) {
    timetable.calls.push_back({stop, time - (time == start ? 0 : 10), time, true, true});
    time += hop_s;
  }
}

/// Route 0 out and back on the hour from 6 to 10, the way out slower at 8; route 1 once.
Timetable hourly() {
  Timetable timetable;
  timetable.date = "2019-05-13";
  for (const char* id : {"a", "b", "c"}) timetable.stops.push_back({id, id, {}});
  timetable.routes = {{"r0", "Ring", 3}, {"r1", "Tram", 0}, {"r2", "Tram", 0}};
  for (std::int32_t h = 6; h <= 10; ++h) {
    add_trip(timetable, 0, h * hour, {0, 1, 2}, h == 8 ? 600 : 300);
    add_trip(timetable, 0, h * hour + 900, {2, 1, 0}, 300);
  }
  add_trip(timetable, 1, 7 * hour, {0, 2}, 100);
  return timetable;
}

/// First departures of the trips of a route that begin at a stop.
std::multiset<std::int32_t> departures(const Timetable& timetable, std::uint32_t route,
                                       std::uint32_t stop) {
  std::multiset<std::int32_t> found;
  for (const TimetableTrip& trip : timetable.trips) {
    const TimetableCall& first = timetable.calls_of(trip).front();
    if (trip.route == route && first.stop == stop) found.insert(first.departure_s);
  }
  return found;
}

}  // namespace

TEST_CASE("a route runs at another headway within a window", "[domain][timetable]") {
  const Timetable before = hourly();
  const Timetable after = with_headway(before, 0, 1200, 7 * hour, 9 * hour);

  const std::multiset<std::int32_t> out{6 * hour,        7 * hour, 7 * hour + 1200,
                                        7 * hour + 2400, 8 * hour, 8 * hour + 1200,
                                        8 * hour + 2400, 9 * hour, 10 * hour};
  CHECK(departures(after, 0, 0) == out);
  // The way back keeps its own phase: 7:15, 7:35, 7:55, ... and none before the window.
  const std::multiset<std::int32_t> back = departures(after, 0, 2);
  CHECK(back.size() == 9);
  CHECK(back.count(7 * hour + 900) == 1);
  CHECK(back.count(7 * hour + 2100) == 1);
  CHECK(back.count(9 * hour - 300) == 1);
  CHECK(departures(after, 1, 0) == departures(before, 1, 0));

  // The trips of 7:00 and 8:00 run 590 and 1190 s: the lower median is typical.
  for (const TimetableTrip& trip : after.trips) {
    if (trip.id.find('+') == std::string::npos) continue;
    const auto calls = after.calls_of(trip);
    REQUIRE(calls.size() == 3);
    CHECK(calls.back().arrival_s - calls.front().departure_s == 590);
    CHECK(calls[1].departure_s - calls[1].arrival_s == 10);
  }
  CHECK(after.trips.back().id == "t3+6");
}

TEST_CASE("a headway that divides the old one keeps every trip there was", "[domain][timetable]") {
  const Timetable before = hourly();
  for (const std::int32_t headway : {3600, 1800, 900, 600, 60}) {
    const Timetable after = with_headway(before, 0, headway, 6 * hour, 11 * hour);
    for (const std::uint32_t stop : {0U, 2U}) {
      const auto old_times = departures(before, 0, stop);
      const auto new_times = departures(after, 0, stop);
      CHECK(std::includes(new_times.begin(), new_times.end(), old_times.begin(), old_times.end()));
    }
  }
  const Timetable same = with_headway(before, 0, 3600, 6 * hour, 11 * hour);
  CHECK(same.trips.size() == before.trips.size());
  CHECK(same.calls.size() == before.calls.size());
}

TEST_CASE("a headway that cannot be is refused", "[domain][timetable]") {
  const Timetable timetable = hourly();
  const std::pair<std::int32_t, std::int32_t> day{0, 24 * hour};
  CHECK_THROWS_AS(with_headway(timetable, 0, 0, day.first, day.second), InputError);
  CHECK_THROWS_AS(with_headway(timetable, 0, -600, day.first, day.second), InputError);
  CHECK_THROWS_AS(with_headway(timetable, 0, 86401, day.first, day.second), InputError);
  CHECK_THROWS_AS(with_headway(timetable, 0, 600, 9 * hour, 9 * hour), InputError);
  CHECK_THROWS_AS(with_headway(timetable, 0, 600, -1, 9 * hour), InputError);
  CHECK_THROWS_AS(with_headway(timetable, 0, 600, 0, 2'000'000'000), InputError);
  CHECK_THROWS_WITH(with_headway(timetable, 1, 600, 20 * hour, 21 * hour),
                    Catch::Contains("no trip of route 'r1' departs in the window"));
  CHECK_THROWS_AS(with_headway(timetable, 3, 600, day.first, day.second), std::logic_error);
}

TEST_CASE("routes are found by id, or by a name that is theirs alone", "[domain][timetable]") {
  const Timetable timetable = hourly();
  CHECK(find_route(timetable, "r2") == 2);
  CHECK(find_route(timetable, "Ring") == 0);
  CHECK_THROWS_WITH(find_route(timetable, "Tram"), Catch::Contains("2 routes are called 'Tram'"));
  CHECK_THROWS_AS(find_route(timetable, "Rang"), InputError);
  CHECK_THROWS_AS(find_route(Timetable{}, "x"), InputError);
}

TEST_CASE("whatever a route did, it runs every headway through the window", "[domain][timetable]") {
  for (std::uint64_t draw = 0; draw < 200; ++draw) {
    RandomStream random(29, draw);
    Timetable before;
    before.stops.resize(4);
    before.routes.resize(2);
    const auto count = 1 + random.below(12);
    for (std::uint32_t t = 0; t < count; ++t) {
      std::vector<std::uint32_t> stops{random.below(2), 2};
      if (random.below(2) == 0) stops.push_back(3);
      add_trip(before, random.below(2), static_cast<std::int32_t>(random.below(20000)), stops,
               20 + static_cast<std::int32_t>(random.below(900)));
    }
    const auto headway = static_cast<std::int32_t>(1 + random.below(5000));
    const auto from = static_cast<std::int32_t>(random.below(15000));
    const auto until = from + headway + static_cast<std::int32_t>(random.below(9000));
    const auto in_window = [&](const Timetable& timetable, const TimetableTrip& trip) {
      const std::int32_t departure = timetable.calls_of(trip).front().departure_s;
      return trip.route == 0 && departure >= from && departure < until;
    };
    // Departures in the window by pattern: here, the stops tell them apart.
    const auto patterns = [&](const Timetable& timetable) {
      std::map<std::vector<std::uint32_t>, std::vector<std::int32_t>> found;
      for (const TimetableTrip& trip : timetable.trips) {
        if (!in_window(timetable, trip)) continue;
        std::vector<std::uint32_t> stops;
        for (const TimetableCall& call : timetable.calls_of(trip)) stops.push_back(call.stop);
        found[stops].push_back(timetable.calls_of(trip).front().departure_s);
      }
      return found;
    };
    const auto old_patterns = patterns(before);
    if (old_patterns.empty()) {
      CHECK_THROWS_AS(with_headway(before, 0, headway, from, until), InputError);
      continue;
    }
    const Timetable after = with_headway(before, 0, headway, from, until);
    const auto new_patterns = patterns(after);
    REQUIRE(new_patterns.size() == old_patterns.size());
    for (const auto& [stops, times] : new_patterns) {
      CHECK(times.front() - from < headway);
      CHECK(until - times.back() <= headway);
      for (std::size_t i = 1; i < times.size(); ++i) CHECK(times[i] - times[i - 1] == headway);
      const auto& old_times = old_patterns.at(stops);
      const std::int32_t first = *std::min_element(old_times.begin(), old_times.end());
      CHECK(std::find(times.begin(), times.end(), first) != times.end());
    }
    std::vector<std::string> kept;
    for (const TimetableTrip& trip : before.trips) {
      if (!in_window(before, trip)) kept.push_back(trip.id);
    }
    REQUIRE(after.trips.size() >= kept.size());
    for (std::size_t t = 0; t < kept.size(); ++t) CHECK(after.trips[t].id == kept[t]);
  }
}
