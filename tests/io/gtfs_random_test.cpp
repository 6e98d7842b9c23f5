// Random feeds, their rows in random order, against a second and plainer way to say which trips
// run on a day and when.

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <vector>

#include "base/error.h"
#include "base/random.h"
#include "io/gtfs_support.h"
#include "io/gtfs_values.h"
#include "io/layer_support.h"

using namespace quartier;
using namespace quartier::io;

namespace {

const std::chrono::sys_days today = *iso_day("2019-05-15");

struct Service {
  std::optional<std::pair<int, int>> time;  ///< first and last day, days from today
  std::uint32_t weekdays = 0;               ///< bit 0: Monday
  std::vector<std::pair<int, bool>> exceptions;
};
struct Call {
  std::uint32_t stop = 0;
  int arrival = 0, departure = 0;
  bool blank = false;
};
struct Trip {
  std::uint32_t service = 0;
  std::vector<Call> calls;
  std::vector<std::array<int, 3>> headways;  ///< from, until, every
};
struct Feed {
  std::vector<Service> services;
  std::vector<Trip> trips;
};

bool chance(RandomStream& random, std::uint32_t percent) { return random.below(100) < percent; }
int between(RandomStream& random, int low, int high) {
  return low + static_cast<int>(random.below(static_cast<std::uint32_t>(high - low + 1)));
}

Feed random_feed(RandomStream& random) {
  Feed feed;
  for (int s = 0; s < 3; ++s) {
    Service service;
    if (chance(random, 70)) {
      const int first = between(random, -4, 3);
      service.time = {first, between(random, first, first + 5)};
      service.weekdays = random.below(128);
    }
    for (int day = -4; day <= 4; ++day) {
      if (chance(random, 15)) service.exceptions.emplace_back(day, chance(random, 60));
    }
    feed.services.push_back(service);
  }
  const int trip_count = between(random, 1, 10);
  for (int t = 0; t < trip_count; ++t) {
    Trip trip;
    trip.service = random.below(3);
    int time = between(random, 0, 30 * 3600);
    const int call_count = between(random, 2, 8);
    for (int c = 0; c < call_count; ++c) {
      Call call;
      call.stop = random.below(6);
      call.arrival = time;
      call.departure = time + (chance(random, 30) ? 45 : 0);
      call.blank = c > 0 && c + 1 < call_count && chance(random, 50);
      time = call.departure + between(random, 0, 4000);
      trip.calls.push_back(call);
    }
    if (chance(random, 25)) {
      const int from = between(random, 0, 26 * 3600);
      trip.headways.push_back({from, from + between(random, 1, 9000), between(random, 300, 3000)});
    }
    feed.trips.push_back(trip);
  }
  return feed;
}

std::string shuffled(RandomStream& random, const std::string& header,
                     std::vector<std::string> rows) {
  for (std::size_t i = rows.size(); i > 1; --i) {
    std::swap(rows[i - 1], rows[random.below(static_cast<std::uint32_t>(i))]);
  }
  const std::string end = chance(random, 50) ? "\r\n" : "\n";
  std::string text = header + end;
  for (const std::string& row : rows) text += row + end;
  return text;
}

std::string day_text(int day) {
  std::string text = iso_text(today + std::chrono::days(day));
  std::erase(text, '-');
  return text;
}

test::FeedText tables_of(const Feed& feed, RandomStream& random) {
  std::vector<std::string> weeks, dates, trips, times, headways, stops;
  for (int s = 0; s < 6; ++s) {
    stops.push_back("s" + std::to_string(s) + ",41." + std::to_string(40 + s) + ",2.1");
  }
  for (std::size_t s = 0; s < feed.services.size(); ++s) {
    const Service& service = feed.services[s];
    const std::string id = "v" + std::to_string(s);
    // Every service has a row, so that no trip is refused.
    std::string row = id;
    for (std::uint32_t d = 0; d < 7; ++d) {
      row += service.time && (service.weekdays >> d & 1U) != 0 ? ",1" : ",0";
    }
    const auto [first, last] = service.time.value_or(std::pair(0, 0));
    weeks.push_back(row + "," + day_text(first) + "," + day_text(last));
    for (const auto& [day, runs] : service.exceptions) {
      dates.push_back(id + "," + day_text(day) + (runs ? ",1" : ",2"));
    }
  }
  for (std::size_t t = 0; t < feed.trips.size(); ++t) {
    const std::string id = "t" + std::to_string(t);
    const Trip& trip = feed.trips[t];
    trips.push_back("r,v" + std::to_string(trip.service) + "," + id);
    for (std::size_t c = 0; c < trip.calls.size(); ++c) {
      const Call& call = trip.calls[c];
      const std::string clock =
          call.blank ? "," : clock_text(call.arrival) + "," + clock_text(call.departure);
      times.push_back(id + "," + clock + ",s" + std::to_string(call.stop) + "," +
                      std::to_string(7 * c));
    }
    for (const auto& [from, until, every] : trip.headways) {
      headways.push_back(id + "," + clock_text(from) + "," + clock_text(until) + "," +
                         std::to_string(every));
    }
  }
  return {
      {"routes.txt", "route_id,route_type\nr,3\n"},
      {"stops.txt", shuffled(random, "stop_id,stop_lat,stop_lon", stops)},
      {"calendar.txt",
       shuffled(random,
                "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,"
                "start_date,end_date",
                weeks)},
      {"calendar_dates.txt", shuffled(random, "service_id,date,exception_type", dates)},
      {"trips.txt", shuffled(random, "route_id,service_id,trip_id", trips)},
      {"stop_times.txt",
       shuffled(random, "trip_id,arrival_time,departure_time,stop_id,stop_sequence", times)},
      {"frequencies.txt", shuffled(random, "trip_id,start_time,end_time,headway_secs", headways)}};
}

bool runs(const Service& service, int day) {
  for (const auto& [exception, added] : service.exceptions) {
    if (exception == day) return added;
  }
  if (!service.time || day < service.time->first || day > service.time->second) return false;
  const std::chrono::weekday weekday(today + std::chrono::days(day));
  return (service.weekdays >> (weekday.iso_encoding() - 1) & 1U) != 0;
}

/// Whether today lies between the first and the last day of anything.
bool covers_today(const Feed& feed) {
  int first = 99;
  int last = -99;
  for (const Service& service : feed.services) {
    if (service.time && service.weekdays != 0) {
      first = std::min(first, service.time->first);
      last = std::max(last, service.time->second);
    }
    for (const auto& [day, added] : service.exceptions) {
      if (!added) continue;
      first = std::min(first, day);
      last = std::max(last, day);
    }
  }
  return first <= 0 && last >= 0;
}

/// The times of a call, blank ones looked up from the calls around it.
std::pair<int, int> times_of(const Trip& trip, std::size_t place) {
  const Call& call = trip.calls[place];
  if (!call.blank) return {call.arrival, call.departure};
  std::size_t before = place;
  std::size_t after = place;
  while (trip.calls[before].blank) --before;
  while (trip.calls[after].blank) ++after;
  const int n = static_cast<int>(after - before);
  const int k = static_cast<int>(place - before);
  const int departure = trip.calls[before].departure;
  const int time = departure + (k * (trip.calls[after].arrival - departure) + n / 2) / n;
  return {time, time};
}

std::string call_text(std::uint32_t stop, int arrival, int departure) {
  return " s" + std::to_string(stop) + " " + std::to_string(arrival) + " " +
         std::to_string(departure);
}

/// One run of a trip with its times moved; empty where nothing of it is today.
std::string run_text(const Trip& trip, int shift, int day, int hours_after) {
  std::string text;
  int count = 0;
  for (std::size_t c = 0; c < trip.calls.size(); ++c) {
    const auto [arrival, departure] = times_of(trip, c);
    if (day < 0 && departure + shift < 0) continue;
    if (day > 0 && c == 0 && departure + shift >= 86400 + hours_after * 3600) return {};
    text +=
        call_text(trip.calls[c].stop, count == 0 ? std::max(arrival + shift, 0) : arrival + shift,
                  departure + shift);
    ++count;
  }
  return count < 2 ? std::string() : text;
}

std::multiset<std::string> expected_trips(const Feed& feed, const TimetableLayout& layout) {
  std::multiset<std::string> texts;
  const int hours_after = static_cast<int>(layout.hours_after);
  for (int day = -static_cast<int>(layout.days_before); day <= (hours_after > 0 ? 1 : 0); ++day) {
    for (const Trip& trip : feed.trips) {
      if (!runs(feed.services[trip.service], day)) continue;
      std::vector<int> shifts;
      if (trip.headways.empty()) shifts.push_back(86400 * day);
      for (const auto& [from, until, every] : trip.headways) {
        for (int start = from; start < until; start += every) {
          shifts.push_back(86400 * day + start - trip.calls.front().departure);
        }
      }
      for (const int shift : shifts) {
        const std::string text = run_text(trip, shift, day, hours_after);
        if (!text.empty()) texts.insert(text);
      }
    }
  }
  return texts;
}

}  // namespace

TEST_CASE("random feeds are read as a plainer program reads them", "[io][gtfs]") {
  std::size_t trips = 0;
  std::size_t uncovered = 0;
  for (std::uint64_t draw = 0; draw < 120; ++draw) {
    CAPTURE(draw);
    RandomStream random(19, draw);
    const Feed feed = random_feed(random);
    TimetableLayout layout;
    layout.days_before = random.below(3);
    layout.hours_after = 3 * random.below(2);
    const test::FeedText tables = tables_of(feed, random);
    if (!covers_today(feed)) {
      CHECK_THROWS_AS(test::read_feed(tables, layout, iso_text(today)), InputError);
      ++uncovered;
      continue;
    }
    const Loaded<RawTimetable> read = test::read_feed(tables, layout, iso_text(today));
    const Timetable& timetable = read.value.timetable;
    std::multiset<std::string> found;
    for (const TimetableTrip& trip : timetable.trips) {
      std::string text;
      for (const TimetableCall& call : timetable.calls_of(trip)) {
        text += " " + timetable.stops[call.stop].id + " " + std::to_string(call.arrival_s) + " " +
                std::to_string(call.departure_s);
      }
      found.insert(text);
    }
    CHECK(found == expected_trips(feed, layout));
    trips += found.size();
    for (const Ledger& ledger : read.value.ledgers) {
      CHECK(ledger.closes());
      CHECK(ledger.rejected == 0);
    }
  }
  CHECK(trips > 300);
  CHECK(uncovered < 60);
}
