#include "network/transit.h"

#include <array>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "network/transit_journey.h"
#include "network/transit_reasons.h"
#include "network/transit_walks.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::network;

namespace {

constexpr std::int32_t eight = 8 * 3600;

/// Stops A, B, C, D. Line 1 leaves A at 8:10, 8:20, ... 8:50 and is at B 5 minutes later; line 2
/// leaves C at 8:17 and 8:47 and is at D 10 minutes later. From B to C one walks 2 minutes.
/// The origin is 1 minute from A, the destination 3 minutes from D; walking all the way takes 50.
struct Town {
  Timetable timetable;
  TravelCosts footpaths;
  TransitWalks walks;
  TransitOptions options;

  void add_trip(std::uint32_t route, std::vector<TimetableCall> calls) {
    TimetableTrip trip;
    trip.route = route;
    trip.first_call = static_cast<std::uint32_t>(timetable.calls.size());
    trip.call_count = static_cast<std::uint32_t>(calls.size());
    timetable.trips.push_back(trip);
    timetable.calls.insert(timetable.calls.end(), calls.begin(), calls.end());
  }

  Town() {
    timetable.stops.resize(4);
    timetable.routes.resize(2);
    for (std::int32_t m = 10; m <= 50; m += 10) {
      add_trip(0, {{0, eight + m * 60, eight + m * 60},
                   {1, eight + m * 60 + 300, eight + m * 60 + 300}});
    }
    for (const std::int32_t m : {17, 47}) {
      add_trip(1, {{2, eight + m * 60, eight + m * 60},
                   {3, eight + m * 60 + 600, eight + m * 60 + 600}});
    }
    std::vector<std::uint32_t> foot(16, no_cost);
    for (std::size_t s = 0; s < 4; ++s) foot[5 * s] = 0;
    foot[1 * 4 + 2] = 120;
    footpaths = TravelCosts::of_table(CostUnit::second, 4, 4, foot);
    walks.access =
        TravelCosts::of_table(CostUnit::second, 1, 4, std::array{60U, no_cost, no_cost, no_cost});
    walks.egress =
        TravelCosts::of_table(CostUnit::second, 4, 1, std::array{no_cost, no_cost, no_cost, 180U});
    walks.direct = TravelCosts::of_table(CostUnit::second, 1, 1, std::array{3000U});
    options.from_s = eight;
    options.to_s = eight + 3600;
    options.step_s = 600;
  }

  [[nodiscard]] TransitSchedule schedule() const {
    return transit_schedule(timetable, footpaths, options);
  }
  [[nodiscard]] std::vector<std::uint32_t> minutes() const {
    std::vector<std::uint32_t> found;
    for_each_times(schedule(), walks, [&](const TransitTimes& times) {
      for (std::size_t d = 0; d < times.departure_count; ++d) {
        found.push_back(times.at(d, 0) == no_cost_16 ? no_cost : times.at(d, 0) / 60U);
      }
    });
    return found;
  }
};

}  // namespace

TEST_CASE("a town with two lines", "[network][transit]") {
  Town town;
  // 8:00 takes the 8:10, is at C at 8:17 just in time, at D at 8:27, there at 8:30: 30 minutes.
  // 8:10 and 8:20 and 8:30 need the 8:47: there at 9:00, 50, 40 and 30 minutes; from 8:40 on the
  // 8:50 comes too late and one walks 50 minutes.
  CHECK(town.minutes() == std::vector<std::uint32_t>{30, 50, 40, 30, 50, 50});

  SECTION("percentiles: sorted 30 30 40 50 50 50") {
    const TransitPercentiles found =
        transit_percentiles(town.schedule(), town.walks, std::array{33.0, 50.0, 51.0, 100.0});
    CHECK(found.time[0].rows[0] == 1800);  // rank ceil(1.98) = 2
    CHECK(found.time[1].rows[0] == 2400);  // rank 3
    CHECK(found.time[2].rows[0] == 3000);  // rank ceil(3.06) = 4
    CHECK(found.time[3].rows[0] == 3000);
    CHECK(found.reached[0] == 6);
    CHECK(found.first[0] == 1800);
    CHECK(found.time[0].limit == 7200);
    CHECK(found.time[0].unit == CostUnit::second);
  }
  SECTION("access at the median is not the mean access") {
    // 9 places within 40 minutes: at the median of 40 all 9; of the departures only three of six.
    std::vector<double> weight(7201, 0.0);
    for (std::size_t t = 0; t <= 2400; ++t) weight[t] = 1.0;
    const WindowAccess access = window_access(town.schedule(), town.walks, std::array{9.0}, weight);
    CHECK(access.access == std::vector<double>{9.0, 0.0, 9.0, 9.0, 0.0, 0.0});
    CHECK(access.mean == std::vector<double>{4.5});
  }
  SECTION("the journey of 8:00") {
    const Journey way = journey(town.timetable, town.schedule(), town.walks, 0, 0, eight);
    REQUIRE(way.legs.size() == 5);
    CHECK(way.rides() == 2);
    CHECK(way.arrival_s == eight + 1800);
    using Kind = JourneyLeg::Kind;
    CHECK(way.legs[0].kind == Kind::walk);
    CHECK(way.legs[0].from_stop == no_index);
    CHECK(way.legs[0].to_stop == 0);
    CHECK(way.legs[1].kind == Kind::ride);
    CHECK(way.legs[1].route == 0);
    CHECK(way.legs[1].start_s == eight + 600);
    CHECK(way.legs[1].calls == 1);
    CHECK(way.legs[2].kind == Kind::walk);
    CHECK(way.legs[2].end_s == eight + 17 * 60);
    CHECK(way.legs[3].route == 1);
    CHECK(way.legs[3].trip == 5);
    CHECK(way.legs[4].to_stop == no_index);
    CHECK(way.legs[4].end_s == eight + 1800);
  }
  SECTION("the journey of 8:50 is a walk") {
    const Journey way = journey(town.timetable, town.schedule(), town.walks, 0, 0, eight + 3000);
    REQUIRE(way.legs.size() == 1);
    CHECK(way.rides() == 0);
    CHECK(way.arrival_s == eight + 6000);
  }
  SECTION("a second of change time and the 8:17 and the 8:47 are gone") {
    town.options.change_s = 1;
    CHECK(town.minutes() == std::vector<std::uint32_t>{50, 50, 40, 50, 50, 50});
  }
  SECTION("one ride is not enough") {
    town.options.most_rides = 1;
    CHECK(town.minutes() == std::vector<std::uint32_t>(6, 50));
    town.options.most_rides = 2;
    CHECK(town.minutes() == std::vector<std::uint32_t>{30, 50, 40, 30, 50, 50});
    town.options.most_rides = 0;
    CHECK(town.minutes() == std::vector<std::uint32_t>(6, 50));
  }
  SECTION("without a direct walk, late departures have no way") {
    town.walks.direct = {};
    CHECK(town.minutes() == std::vector<std::uint32_t>{30, 50, 40, 30, no_cost, no_cost});
    const TransitPercentiles found =
        transit_percentiles(town.schedule(), town.walks, std::array{50.0, 75.0});
    CHECK(found.time[0].rows[0] == 2400);
    CHECK(found.time[1].rows[0] == no_cost_16);  // rank 5 of four
    CHECK(found.reached[0] == 4);
    CHECK(found.within.empty());
    CHECK_FALSE(journey(town.timetable, town.schedule(), town.walks, 0, 0, eight + 3000).found());
  }
  SECTION("departures within 40 minutes: 8:00, 8:20 and 8:30") {
    const auto within = [&](std::uint32_t seconds) {
      return int{
          transit_percentiles(town.schedule(), town.walks, std::array{50.0}, nullptr, seconds)
              .within[0]};
    };
    CHECK(within(2400) == 3);
    CHECK(within(2399) == 2);
    CHECK(within(1799) == 0);
    CHECK(within(100'000) == 6);
    town.walks.direct = {};
    CHECK(within(100'000) == 4);
  }
  SECTION("the longest travel is inclusive") {
    town.options.longest_s = 1800;
    CHECK(town.minutes() == std::vector<std::uint32_t>{30, no_cost, no_cost, 30, no_cost, no_cost});
    town.options.longest_s = 1799;
    CHECK(town.minutes() == std::vector<std::uint32_t>(6, no_cost));
  }
  SECTION("nobody boards where there is no pickup, nor alights where there is no drop-off") {
    Town other;
    other.timetable.calls[0].pickup = false;
    CHECK(other.minutes()[0] == 50);
    other = town;
    other.timetable.calls[1].drop_off = false;
    CHECK(other.minutes()[0] == 50);
  }
  SECTION("a wheelchair needs marked stops and trips") {
    town.options.wheelchair = true;
    CHECK(town.minutes() == std::vector<std::uint32_t>(6, 50));
    town.options.unknown_is_possible = true;
    CHECK(town.minutes()[0] == 30);
    town.timetable.stops[2].wheelchair = WheelchairUse::impossible;
    CHECK(town.minutes()[0] == 50);
    town.timetable.stops[2].wheelchair = WheelchairUse::possible;
    town.timetable.trips[5].wheelchair = WheelchairUse::impossible;
    CHECK(town.minutes() == std::vector<std::uint32_t>{50, 50, 40, 30, 50, 50});
  }
  SECTION("vehicles after the last departure are not ridden") {
    town.options.last_departure_s = eight + 47 * 60;
    CHECK(town.minutes()[3] == 30);
    town.options.last_departure_s -= 1;
    CHECK(town.minutes()[3] == 50);
  }
  SECTION("the egress walk may follow a footpath, a second footpath may not") {
    // Line 2 ends at C now; from C 2 minutes to D on foot, then 3 to the destination.
    for (std::size_t k = 10; k < 14; ++k) {
      town.timetable.calls[k].stop = town.timetable.calls[k].stop == 2 ? 1 : 2;
    }
    std::vector<std::uint32_t> foot(16, no_cost);
    for (std::size_t s = 0; s < 4; ++s) foot[5 * s] = 0;
    foot[2 * 4 + 3] = 120;
    town.footpaths = TravelCosts::of_table(CostUnit::second, 4, 4, foot);
    CHECK(town.minutes()[0] == 32);
    const Journey way = journey(town.timetable, town.schedule(), town.walks, 0, 0, eight);
    REQUIRE(way.legs.size() == 5);
    CHECK(way.legs[3].from_stop == 2);
    CHECK(way.legs[3].to_stop == 3);
    CHECK(way.legs[4].from_stop == 3);
    foot[2 * 4 + 3] = no_cost;
    foot[2 * 4 + 0] = 60;  // two footpaths, C to A and A to D, do not make a way
    foot[0 * 4 + 3] = 60;
    town.footpaths = TravelCosts::of_table(CostUnit::second, 4, 4, foot);
    CHECK(town.minutes()[0] == 50);
  }
  SECTION("refused") {
    const auto refuse = [&](auto change) {
      Town other = town;
      change(other.options);
      CHECK_THROWS_AS(other.schedule(), InputError);
    };
    refuse([](TransitOptions& o) { o.to_s = o.from_s; });
    refuse([](TransitOptions& o) { o.step_s = 0; });
    refuse([](TransitOptions& o) { o.longest_s = 65535; });
    refuse([](TransitOptions& o) { o.step_s = 14; });  // 258 departures
    CHECK_THROWS_AS(transit_percentiles(town.schedule(), town.walks, std::array{0.0}), InputError);
    CHECK_THROWS_AS(transit_percentiles(town.schedule(), town.walks, std::array{101.0}),
                    InputError);
    Town other = town;
    other.walks.access.site_count = 3;
    CHECK_THROWS_AS(other.minutes(), std::logic_error);
  }
  SECTION("cancelled") {
    Progress progress;
    progress.cancel();
    CHECK_THROWS_AS(transit_percentiles(town.schedule(), town.walks, std::array{50.0}, &progress),
                    Cancelled);
  }
}

TEST_CASE("why there is no way by timetable", "[network][transit]") {
  Town town;
  town.walks.direct = {};
  const auto reason = [&](double percent) {
    const TransitSchedule schedule = town.schedule();
    const TransitPercentiles found = transit_percentiles(schedule, town.walks, std::array{percent});
    return transit_reasons(schedule, town.walks, found, 0).at(0);
  };
  CHECK(reason(50.0) == TransitReason::reached);
  CHECK(reason(75.0) == TransitReason::too_few_departures);
  CHECK_FALSE(text_of(TransitReason::too_few_departures).empty());
  SECTION("too far") {
    town.options.longest_s = 1200;
    CHECK(reason(50.0) == TransitReason::too_far);
  }
  SECTION("nobody may alight near the destination") {
    for (TimetableCall& call : town.timetable.calls) {
      if (call.stop == 3) call.drop_off = false;
    }
    CHECK(reason(50.0) == TransitReason::no_vehicle_at_destination);
  }
  SECTION("no stop near the destination") {
    town.walks.egress =
        TravelCosts::of_table(CostUnit::second, 4, 1, std::vector<std::uint32_t>(4, no_cost));
    CHECK(reason(50.0) == TransitReason::no_stop_at_destination);
  }
  SECTION("everything has left before one is at the stop") {
    town.walks.access =
        TravelCosts::of_table(CostUnit::second, 1, 4, std::array{3001U, no_cost, no_cost, no_cost});
    CHECK(reason(50.0) == TransitReason::no_vehicle_at_origin);
  }
  SECTION("no stop near the origin") {
    town.walks.access =
        TravelCosts::of_table(CostUnit::second, 1, 4, std::vector<std::uint32_t>(4, no_cost));
    CHECK(reason(50.0) == TransitReason::no_stop_at_origin);
  }
}

TEST_CASE("nothing to travel to, nobody to travel", "[network][transit]") {
  Town town;
  town.timetable.trips.clear();
  CHECK(town.minutes() == std::vector<std::uint32_t>(6, 50));
  town.walks.access = TravelCosts::of_table(CostUnit::second, 0, 4, {});
  town.walks.direct = {};
  CHECK(town.minutes().empty());
  town.walks.egress = TravelCosts::of_table(CostUnit::second, 4, 0, {});
  CHECK(town.minutes().empty());
}

TEST_CASE("vehicles that meet within one second", "[network][transit]") {
  // At 8:10 one vehicle goes 1 -> 2 -> 0, another 0 -> 1, a third 2 -> 3, all in no time at all.
  Town town;
  town.timetable.trips.clear();
  town.timetable.calls.clear();
  const std::int32_t t = eight + 600;
  town.add_trip(0, {{1, t, t}, {2, t, t}, {0, t, t}});
  town.add_trip(0, {{0, t, t}, {1, t, t}});
  town.add_trip(1, {{2, t, t}, {3, t, t}});
  CHECK_FALSE(town.schedule().loops.empty());
  CHECK(town.minutes() == std::vector<std::uint32_t>{13, 50, 50, 50, 50, 50});
  CHECK(journey(town.timetable, town.schedule(), town.walks, 0, 0, eight).rides() == 3);
  town.options.most_rides = 2;
  CHECK(town.minutes()[0] == 50);
}

TEST_CASE("straight walks", "[network][transit]") {
  const std::array origins{Point{0, 0}, Point{30, 40}, Point{undefined, 0}};
  const std::array sites{Point{0, 0}, Point{60, 0}};
  const TravelCosts walks = straight_walks(origins, sites, 50.0, 1.2, Straight::plane);
  REQUIRE(walks.site_count == 2);
  CHECK(walks.origins_of(0).size() == 2);
  CHECK(walks.costs_of(0)[0] == 0);
  CHECK(walks.costs_of(0)[1] == 42);  // 50 / 1.2 = 41.7
  REQUIRE(walks.origins_of(1).size() == 1);
  CHECK(walks.origins_of(1)[0] == 1);
  CHECK_THROWS_AS(straight_walks(origins, sites, -1.0, 1.2, Straight::plane), InputError);
  CHECK_THROWS_AS(straight_walks(origins, sites, 1.0, 0.0, Straight::plane), InputError);

  SECTION("on the sphere a degree of latitude is 111,195 m") {
    const std::array poles{Point{10, 50}, Point{10, 51}};
    const TravelCosts far = straight_walks(poles, poles, 111'196.0, 1.0, Straight::sphere);
    CHECK(far.costs_of(0)[1] == 111'196);
    CHECK(straight_walks(poles, poles, 111'195.0, 1.0, Straight::sphere).costs_of(0).size() == 1);
  }
}

TEST_CASE("ways of a street network as walks", "[network][transit]") {
  const std::array table{3600U, 3601U, no_cost, 0U};
  TravelCosts ways = TravelCosts::of_table(CostUnit::millimetre, 2, 2, table);
  ways.limit = 800'000;
  const TravelCosts walks = in_seconds(ways, 1.2);
  CHECK(walks.unit == CostUnit::second);
  CHECK(walks.limit == 667);
  CHECK(walks.costs_of(0).size() == 1);
  CHECK(walks.costs_of(0)[0] == 3);  // 3.6 m at 1.2 m/s, not a second more
  CHECK(walks.costs_of(1)[0] == 4);
  CHECK(walks.costs_of(1)[1] == 0);
  ways.unit = CostUnit::tenth_of_minute;
  CHECK(in_seconds(ways, 1.2).costs_of(0)[0] == 21'600);
  ways.unit = CostUnit::second;
  CHECK(in_seconds(ways, 0.0).costs_of(0)[0] == 3600);
  ways.unit = CostUnit::metre;
  CHECK(in_seconds(ways, 1.2).costs_of(0)[0] == 3000);
  CHECK_THROWS_AS(in_seconds(ways, 0.0), InputError);
}

TEST_CASE("published transfers", "[network][transit]") {
  Town town;
  town.timetable.transfers = {{1, 2, 300, true}, {0, 0, 0, false}, {3, 0, 45, true}};
  const TravelCosts walks = with_transfers(town.footpaths, town.timetable);
  CHECK(walks.costs_of(2)[0] == 300);
  REQUIRE(walks.origins_of(0).size() == 1);
  CHECK(walks.origins_of(0)[0] == 3);
  CHECK(walks.costs_of(0)[0] == 45);
  CHECK(walks.origins_of(1).size() == 1);
}
