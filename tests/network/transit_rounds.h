#pragma once
/// Travel by timetable computed another way, and timetables at random to compare the two on.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/random.h"
#include "domain/timetable.h"
#include "network/transit.h"

namespace quartier::test {

/// Walks and a timetable, all in tables.
struct TransitCase {
  Timetable timetable;
  network::TransitOptions options;
  std::size_t origins = 0;
  std::size_t destinations = 0;
  std::vector<std::uint32_t> access;  ///< origin · stops + stop, as TravelCosts::of_table
  std::vector<std::uint32_t> egress;  ///< stop · destinations + destination
  std::vector<std::uint32_t> direct;  ///< origin · destinations + destination
  std::vector<std::uint32_t> foot;    ///< stop from · stops + stop to

  [[nodiscard]] std::size_t stops() const { return timetable.stops.size(); }
  [[nodiscard]] network::TransitWalks walks() const {
    return {costs(origins, stops(), access), costs(stops(), destinations, egress),
            costs(origins, destinations, direct)};
  }
  [[nodiscard]] network::TransitSchedule schedule() const {
    return network::transit_schedule(timetable, costs(stops(), stops(), foot), options);
  }
  static TravelCosts costs(std::size_t from, std::size_t to,
                           const std::vector<std::uint32_t>& table) {
    return TravelCosts::of_table(CostUnit::second, from, to, table);
  }
};

/// Label correcting by rounds: in each, every trip is ridden from its first call at which somebody
/// can board; one departure at a time, straight from the timetable.
/// @returns seconds to each destination, or `no_cost`
inline std::vector<std::uint32_t> times_by_rounds(const TransitCase& in, std::size_t origin,
                                                  std::int32_t departure_s) {
  constexpr std::int64_t never = 1'000'000'000'000;
  const network::TransitOptions& options = in.options;
  const std::size_t n = in.stops();
  const auto sum = [&](std::int64_t time, std::uint32_t seconds) {
    return time >= never || seconds == no_cost ? never : time + seconds;
  };
  const auto usable = [&](WheelchairUse mark) {
    return !options.wheelchair || mark == WheelchairUse::possible ||
           (mark == WheelchairUse::unknown && options.unknown_is_possible);
  };
  const std::int64_t last = options.last_departure_s >= 0
                                ? options.last_departure_s
                                : std::int64_t{options.to_s} + options.longest_s;
  std::vector<std::int64_t> alighted(n, never);
  for (std::uint32_t round = 0; round < options.most_rides; ++round) {
    std::vector<std::int64_t> ready(n, never);
    for (std::size_t s = 0; s < n; ++s) {
      ready[s] = sum(departure_s, in.access[origin * n + s]);
      for (std::size_t p = 0; p < n; ++p) {
        ready[s] = std::min(ready[s], sum(sum(alighted[p], in.foot[p * n + s]), options.change_s));
      }
    }
    std::vector<std::int64_t> next = alighted;
    for (const TimetableTrip& trip : in.timetable.trips) {
      if (!usable(trip.wheelchair)) continue;
      bool riding = false;
      for (const TimetableCall& call : in.timetable.calls_of(trip)) {
        const bool open = usable(in.timetable.stops[call.stop].wheelchair);
        if (riding && open && call.drop_off) {
          next[call.stop] = std::min(next[call.stop], std::int64_t{call.arrival_s});
        }
        if (open && call.pickup && ready[call.stop] <= call.departure_s) riding = true;
        if (call.departure_s < options.from_s || call.departure_s > last) riding = false;
      }
    }
    if (next == alighted) break;
    alighted = next;
  }
  std::vector<std::uint32_t> times;
  for (std::size_t j = 0; j < in.destinations; ++j) {
    std::int64_t best = sum(departure_s, in.direct[origin * in.destinations + j]);
    for (std::size_t s = 0; s < n; ++s) {
      const std::uint32_t walk = in.egress[s * in.destinations + j];
      best = std::min(best, sum(alighted[s], walk));
      for (std::size_t p = 0; p < n; ++p) {
        best = std::min(best, sum(sum(alighted[p], in.foot[p * n + s]), walk));
      }
    }
    const std::int64_t travel = best - departure_s;
    times.push_back(travel <= options.longest_s ? static_cast<std::uint32_t>(travel) : no_cost);
  }
  return times;
}

/// A small random city. Times are multiples of `grain_s`: the coarser, the more vehicles take no
/// time and meet in one second.
inline TransitCase random_transit(std::uint64_t seed) {
  RandomStream random(seed, 41);
  TransitCase out;
  const std::uint32_t n = 2 + random.below(9);
  const auto grain = static_cast<std::int32_t>(random.below(3) == 0 ? 60 : 1 + random.below(40));
  const std::int32_t base = random.below(2) == 0 ? 36'000 : 85'800;  // the latter over midnight
  out.options.from_s = base + static_cast<std::int32_t>(random.below(100));
  out.options.step_s = 1 + static_cast<std::int32_t>(random.below(90));
  out.options.to_s =
      out.options.from_s + 1 +
      out.options.step_s * static_cast<std::int32_t>(random.below(random.below(8) == 0 ? 254 : 30));
  out.options.longest_s = random.below(4) == 0 ? 400 : 3600;
  out.options.change_s = random.below(2) == 0 ? 0 : random.below(120);
  out.options.most_rides = random.below(2) == 0 ? network::any_rides : random.below(4);
  out.options.wheelchair = random.below(4) == 0;
  out.options.unknown_is_possible = random.below(2) == 0;
  if (random.below(3) == 0) out.options.last_departure_s = out.options.to_s + 600;
  const auto mark = [&] { return static_cast<WheelchairUse>(random.below(3)); };
  for (std::uint32_t s = 0; s < n; ++s) {
    out.timetable.stops.emplace_back();
    out.timetable.stops.back().wheelchair = mark();
  }
  out.timetable.routes.emplace_back();
  const std::uint32_t trips = random.below(30);
  for (std::uint32_t t = 0; t < trips; ++t) {
    TimetableTrip trip;
    trip.first_call = static_cast<std::uint32_t>(out.timetable.calls.size());
    trip.call_count = 1 + random.below(6);
    trip.wheelchair = mark();
    std::int32_t time = base / grain * grain +
                        grain * static_cast<std::int32_t>(
                                    random.below(static_cast<std::uint32_t>(2400 / grain + 1)));
    for (std::uint32_t k = 0; k < trip.call_count; ++k) {
      TimetableCall call;
      call.stop = random.below(n);
      time += grain * static_cast<std::int32_t>(random.below(4));
      call.arrival_s = time;
      if (random.below(3) == 0) time += grain * static_cast<std::int32_t>(random.below(3));
      call.departure_s = time;
      call.pickup = random.below(6) != 0;
      call.drop_off = random.below(6) != 0;
      out.timetable.calls.push_back(call);
    }
    out.timetable.trips.push_back(trip);
  }
  out.origins = 1 + random.below(random.below(4) == 0 ? 150 : 6);
  out.destinations = 1 + random.below(6);
  const auto table = [&](std::size_t size, std::uint32_t one_in, std::uint32_t longest) {
    std::vector<std::uint32_t> seconds(size, no_cost);
    for (std::uint32_t& cell : seconds) {
      if (random.below(one_in) == 0) cell = random.below(longest + 1);
    }
    return seconds;
  };
  out.access = table(out.origins * n, 3, 300);
  out.egress = table(n * out.destinations, 3, 300);
  out.direct = table(out.origins * out.destinations, 4, 900);
  out.foot = table(std::size_t{n} * n, 4, random.below(2) == 0 ? 0 : 120);
  for (std::uint32_t s = 0; s < n; ++s) {
    if (random.below(8) != 0) out.foot[s * n + s] = 0;
  }
  return out;
}

/// All times of a case, at (destination · origins + origin) · departures + departure.
inline std::vector<std::uint16_t> all_times(const TransitCase& in) {
  const network::TransitSchedule schedule = in.schedule();
  const std::size_t departures = in.options.departure_count();
  std::vector<std::uint16_t> all(in.origins * in.destinations * departures, 0);
  network::for_each_times(schedule, in.walks(), [&](const network::TransitTimes& times) {
    for (std::size_t l = 0; l < times.origin_count; ++l) {
      const std::size_t pair = times.destination * in.origins + times.first_origin + l;
      for (std::size_t d = 0; d < departures; ++d) all[pair * departures + d] = times.at(d, l);
    }
  });
  return all;
}

}  // namespace quartier::test
