#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "base/parallel.h"
#include "network/transit.h"
#include "network/transit_journey.h"
#include "network/transit_rounds.h"
#include "network/transit_sweep.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::network;
using quartier::test::all_times;
using quartier::test::random_transit;
using quartier::test::times_by_rounds;
using quartier::test::TransitCase;

namespace {

std::uint64_t any_seed() { return *rc::gen::inRange<std::uint64_t>(0, 1'000'000'000); }

/// Checks what holds for every city on some at random, and then on a hundred that are always the
/// same: what is counted over those does not depend on luck.
template <typename Holds, typename Restart>
void check_cities(const Holds& holds, const Restart& count_from_here) {
  CHECK(rc::check([&] { holds(random_transit(any_seed())); }));
  count_from_here();
  std::uint64_t next = 0;
  CHECK(rc::check([&] {
    for (; next < 100; ++next) holds(random_transit(next));
  }));
}

std::uint32_t wide(std::uint16_t seconds) { return seconds == no_cost_16 ? no_cost : seconds; }

/// Adds a trip with calls of its own.
void add_trip(TransitCase& to, const TransitCase& from) {
  for (const TimetableTrip& trip : from.timetable.trips) {
    TimetableTrip copy = trip;
    copy.first_call = static_cast<std::uint32_t>(to.timetable.calls.size());
    for (TimetableCall call : from.timetable.calls_of(trip)) {
      call.stop %= static_cast<std::uint32_t>(to.stops());
      to.timetable.calls.push_back(call);
    }
    to.timetable.trips.push_back(copy);
    return;
  }
}

}  // namespace

TEST_CASE("the search over the window agrees with label correcting by rounds",
          "[network][transit]") {
  std::size_t loops = 0;
  std::size_t reached = 0;
  const auto holds = [&](const TransitCase& city) {
    const std::vector<std::uint16_t> times = all_times(city);
    loops += city.schedule().loops.size();
    const std::size_t departures = city.options.departure_count();
    for (std::size_t i = 0; i < city.origins; ++i) {
      for (std::size_t d = 0; d < departures; ++d) {
        const auto departure =
            city.options.from_s + static_cast<std::int32_t>(d) * city.options.step_s;
        const std::vector<std::uint32_t> expected = times_by_rounds(city, i, departure);
        for (std::size_t j = 0; j < city.destinations; ++j) {
          RC_ASSERT(wide(times[(j * city.origins + i) * departures + d]) == expected[j]);
          if (expected[j] != no_cost) ++reached;
        }
      }
    }
  };
  check_cities(holds, [&] { loops = reached = 0; });
  CHECK(loops > 0);
  CHECK(reached > 1000);
}

TEST_CASE("a journey takes as long as the search says, and can be travelled",
          "[network][transit]") {
  std::size_t rides = 0;
  std::size_t changes = 0;
  const auto holds = [&](const TransitCase& city) {
    const TransitSchedule schedule = city.schedule();
    const TransitWalks walks = city.walks();
    const std::size_t n = city.stops();
    for (std::size_t i = 0; i < std::min<std::size_t>(city.origins, 4); ++i) {
      const std::int32_t departure = city.options.from_s;
      const std::vector<std::uint32_t> expected = times_by_rounds(city, i, departure);
      for (std::size_t j = 0; j < city.destinations; ++j) {
        const Journey way = journey(city.timetable, schedule, walks, i, j, departure);
        RC_ASSERT(way.found() == (expected[j] != no_cost));
        if (!way.found()) continue;
        RC_ASSERT(static_cast<std::uint32_t>(way.arrival_s - departure) == expected[j]);
        RC_ASSERT(way.rides() <= city.options.most_rides);
        RC_ASSERT(way.legs.front().start_s == departure);
        RC_ASSERT(way.legs.back().end_s == way.arrival_s);
        rides += way.rides();
        if (way.rides() > 1) ++changes;
        for (std::size_t k = 0; k < way.legs.size(); ++k) {
          const JourneyLeg& leg = way.legs[k];
          if (k > 0) {
            RC_ASSERT(leg.from_stop == way.legs[k - 1].to_stop);
            RC_ASSERT(leg.start_s >= way.legs[k - 1].end_s);
          }
          const auto lasts = static_cast<std::uint32_t>(leg.end_s - leg.start_s);
          if (leg.kind == JourneyLeg::Kind::walk) {
            const bool out = leg.from_stop == no_index;
            const bool in = leg.to_stop == no_index;
            const std::uint32_t listed = out && in ? city.direct[i * city.destinations + j]
                                         : out     ? city.access[i * n + leg.to_stop]
                                         : in ? city.egress[leg.from_stop * city.destinations + j]
                                              : city.foot[leg.from_stop * n + leg.to_stop];
            RC_ASSERT(listed == lasts);
            continue;
          }
          bool on = false;
          bool left = false;
          for (const TimetableCall& call :
               city.timetable.calls_of(city.timetable.trips[leg.trip])) {
            if (on && call.stop == leg.to_stop && call.arrival_s == leg.end_s && call.drop_off) {
              left = true;
            }
            if (call.stop == leg.from_stop && call.departure_s == leg.start_s && call.pickup) {
              on = true;
            }
          }
          RC_ASSERT(left);
        }
      }
    }
  };
  check_cities(holds, [&] { rides = changes = 0; });
  CAPTURE(rides, changes);
  CHECK(rides > 50);
  CHECK(changes > 5);
}

TEST_CASE("more is never worse", "[network][transit]") {
  CHECK(rc::check([] {
    TransitCase city = random_transit(any_seed());
    const std::vector<std::uint16_t> before = all_times(city);
    const auto no_worse = [&](const TransitCase& other) {
      const std::vector<std::uint16_t> after = all_times(other);
      for (std::size_t k = 0; k < before.size(); ++k) RC_ASSERT(after[k] <= before[k]);
    };
    {
      TransitCase other = city;
      add_trip(other, random_transit(any_seed()));
      no_worse(other);
    }
    {
      TransitCase other = city;
      const TransitCase more = random_transit(any_seed());
      for (std::size_t k = 0; k < other.access.size(); ++k) {
        other.access[k] = std::min(other.access[k], more.access[k % more.access.size()]);
      }
      for (std::size_t k = 0; k < other.foot.size(); ++k) {
        other.foot[k] = std::min(other.foot[k], more.foot[k % more.foot.size()]);
      }
      no_worse(other);
    }
    if (city.options.most_rides != any_rides) {
      TransitCase other = city;
      ++other.options.most_rides;
      no_worse(other);
      other.options.most_rides = any_rides;
      no_worse(other);
    }
    if (city.options.change_s > 0) {
      TransitCase other = city;
      other.options.change_s /= 2;
      no_worse(other);
    }
  }));
}

TEST_CASE("the numbers of the stops do not matter", "[network][transit]") {
  CHECK(rc::check([] {
    const TransitCase city = random_transit(any_seed());
    const std::size_t n = city.stops();
    RandomStream random(any_seed(), 5);
    std::vector<std::uint32_t> to(n);
    std::iota(to.begin(), to.end(), 0U);
    for (std::size_t k = n; k > 1; --k) {
      std::swap(to[k - 1], to[random.below(static_cast<std::uint32_t>(k))]);
    }
    TransitCase other = city;
    for (std::size_t s = 0; s < n; ++s) {
      other.timetable.stops[to[s]] = city.timetable.stops[s];
      for (std::size_t i = 0; i < city.origins; ++i) {
        other.access[i * n + to[s]] = city.access[i * n + s];
      }
      for (std::size_t j = 0; j < city.destinations; ++j) {
        other.egress[to[s] * city.destinations + j] = city.egress[s * city.destinations + j];
      }
      for (std::size_t p = 0; p < n; ++p) {
        other.foot[to[p] * n + to[s]] = city.foot[p * n + s];
      }
    }
    for (TimetableCall& call : other.timetable.calls) call.stop = to[call.stop];
    RC_ASSERT(all_times(city) == all_times(other));
  }));
}

TEST_CASE("percentiles and access of departures are what the times say", "[network][transit]") {
  const std::array percent{5.0, 25.0, 50.0, 75.0, 95.0, 100.0};
  CHECK(rc::check([&] {
    const TransitCase city = random_transit(any_seed());
    const std::vector<std::uint16_t> times = all_times(city);
    const TransitSchedule schedule = city.schedule();
    const TransitWalks walks = city.walks();
    const std::size_t departures = city.options.departure_count();
    const TransitPercentiles found = transit_percentiles(schedule, walks, percent);
    std::vector<double> supply(city.destinations);
    for (std::size_t j = 0; j < supply.size(); ++j) supply[j] = static_cast<double>(j % 3);
    std::vector<double> weight(static_cast<std::size_t>(city.options.longest_s) + 1, 0.0);
    for (std::size_t t = 0; t <= 300; ++t) weight[t] = 1.0;
    const WindowAccess access = window_access(schedule, walks, supply, weight);
    for (std::size_t i = 0; i < city.origins; ++i) {
      std::vector<double> expected(departures, 0.0);
      for (std::size_t j = 0; j < city.destinations; ++j) {
        const std::size_t pair = j * city.origins + i;
        std::vector<std::uint16_t> sorted(times.begin() + pair * departures,
                                          times.begin() + (pair + 1) * departures);
        for (std::size_t d = 0; d < departures; ++d) {
          if (sorted[d] <= 300) expected[d] += supply[j];
        }
        RC_ASSERT(found.first[pair] == sorted[0]);
        std::sort(sorted.begin(), sorted.end());
        const auto ways = static_cast<std::size_t>(
            std::count_if(sorted.begin(), sorted.end(), [](auto t) { return t != no_cost_16; }));
        RC_ASSERT(std::size_t{found.reached[pair]} == ways);
        for (std::size_t p = 0; p < percent.size(); ++p) {
          std::size_t rank = 0;  // the least with 100 · rank >= p · N
          while (100.0 * static_cast<double>(rank) < percent[p] * static_cast<double>(departures)) {
            ++rank;
          }
          RC_ASSERT(found.time[p].rows[pair] == sorted[std::max<std::size_t>(rank, 1) - 1]);
        }
      }
      double sum = 0.0;
      for (std::size_t d = 0; d < departures; ++d) {
        RC_ASSERT(access.access[i * departures + d] == expected[d]);
        sum += expected[d];
      }
      RC_ASSERT(access.mean[i] == sum / static_cast<double>(departures));
    }
  }));
}

TEST_CASE("sorting networks sort", "[network][transit]") {
  for (std::size_t count = 1; count <= most_departures; ++count) {
    const auto network = sorting_network(count);
    RandomStream random(count);
    std::vector<std::uint16_t> times(count * transit_lanes);
    for (std::uint16_t& time : times) time = static_cast<std::uint16_t>(random.below(2));
    std::vector<std::size_t> ones(transit_lanes, 0);
    for (std::size_t k = 0; k < times.size(); ++k) ones[k % transit_lanes] += times[k];
    sort_departures(network, times);
    std::size_t wrong = 0;
    for (std::size_t k = 0; k < times.size(); ++k) {
      const std::size_t lane = k % transit_lanes;
      if (times[k] != (k / transit_lanes >= count - ones[lane] ? 1 : 0)) ++wrong;
    }
    REQUIRE(wrong == 0);
  }
}

TEST_CASE("travel by timetable is the same for any number of threads", "[network][transit]") {
  TransitCase city = random_transit(2);
  for (std::uint64_t seed = 3; city.origins < 100 || city.timetable.trips.size() < 20; ++seed) {
    city = random_transit(seed);
  }
  const TransitWalks walks = city.walks();
  const std::vector<double> supply(city.destinations, 0.1);
  const std::vector<double> weight(static_cast<std::size_t>(city.options.longest_s) + 1, 0.3);
  std::vector<std::vector<std::uint16_t>> times;
  std::vector<std::vector<std::uint16_t>> medians;
  std::vector<std::vector<double>> access;
  for (const std::size_t threads : {1U, 2U, 7U}) {
    set_thread_count(threads);
    times.push_back(all_times(city));
    const TransitSchedule schedule = city.schedule();
    medians.push_back(transit_percentiles(schedule, walks, std::array{50.0}).time[0].rows);
    access.push_back(window_access(schedule, walks, supply, weight).mean);
  }
  set_thread_count(0);
  for (const std::size_t other : {1U, 2U}) {
    CHECK(times[0] == times[other]);
    CHECK(medians[0] == medians[other]);
    CHECK(access[0] == access[other]);
  }
}

TEST_CASE("destinations may be taken in parts", "[network][transit]") {
  TransitCase city = random_transit(5);
  for (std::uint64_t seed = 6; city.origins < 70 || city.timetable.trips.size() < 20; ++seed) {
    city = random_transit(seed);
  }
  const std::size_t few = city.destinations;
  const std::size_t many = 300;
  const auto repeat = [&](std::vector<std::uint32_t>& table) {
    std::vector<std::uint32_t> wide_table;
    for (std::size_t row = 0; row * few < table.size(); ++row) {
      for (std::size_t j = 0; j < many; ++j) wide_table.push_back(table[row * few + j % few]);
    }
    table = wide_table;
  };
  const std::vector<std::uint16_t> expected = all_times(city);
  repeat(city.egress);
  repeat(city.direct);
  city.destinations = many;
  city.options.held_alightings = 0;
  Progress progress;
  std::vector<double> told;
  progress.on_step([&](const Progress::State& state) { told.push_back(state.fraction); });
  for_each_times(
      city.schedule(), city.walks(), [](const TransitTimes&) {}, &progress);
  CHECK(told.size() >= 6);
  CHECK(std::is_sorted(told.begin(), told.end()));
  CHECK(told.back() == 1.0);
  const std::vector<std::uint16_t> times = all_times(city);
  const std::size_t row = expected.size() / few;
  std::size_t wrong = 0;
  for (std::size_t k = 0; k < times.size(); ++k) {
    if (times[k] != expected[k / row % few * row + k % row]) ++wrong;
  }
  CHECK(wrong == 0);
}
