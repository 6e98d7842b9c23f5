#include "metrics/access_comparison.h"

#include <rapidcheck.h>

#include <array>
#include <cmath>

#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

using Columns = std::vector<std::span<const double>>;

const std::array everyone{100.0, 300.0, 50.0, 0.0};
const std::array group{20.0, 30.0, 50.0, 0.0};

}  // namespace

TEST_CASE("comparison of access", "[metrics][comparison]") {
  const Columns columns{everyone, group};

  SECTION("worked example: a library opens near the second district and reaches the third") {
    const ScenarioMeasure way{
        "nearest", "min", Better::lower, {10.0, 30.0, unreachable, 5.0}, {10.0, 20.0, 25.0, 5.0}};
    const AccessComparison found = compare_access(way, columns);
    CHECK(found.difference == std::vector<double>{0.0, -10.0, -unreachable, 0.0});
    const GroupChange& all = found.groups[0];
    CHECK(all.persons == 450.0);
    CHECK(all.gain == 350.0);
    CHECK(all.newly_reached == 50.0);
    CHECK(all.keep == 100.0);
    CHECK(all.lose == 0.0);
    CHECK(all.compared == 400.0);
    CHECK(all.mean_before == 25.0);
    CHECK(all.mean_after == 17.5);
    CHECK(all.difference == -7.5);
    CHECK(all.total_after == 7000.0);
    CHECK(found.groups[1].mean_before == 22.0);
    CHECK(found.groups[1].mean_after == 16.0);
    CHECK(found.gaps[1].before == -3.0);
    CHECK(found.gaps[1].after == -1.5);
    CHECK(found.gaps[1].difference == 1.5);
    CHECK(found.gaps[0].difference == 0.0);
  }
  SECTION("a closed site cuts people off; those without a way before and after keep") {
    const ScenarioMeasure way{"nearest",
                              "min",
                              Better::lower,
                              {10.0, 30.0, unreachable, 5.0},
                              {unreachable, 30.0, unreachable, 5.0}};
    const GroupChange all = compare_access(way, columns).groups[0];
    CHECK(all.lose == 100.0);
    CHECK(all.cut_off == 100.0);
    CHECK(all.keep == 350.0);
    CHECK(all.unreachable == 50.0);
    CHECK(all.compared == 300.0);
  }
  SECTION("more is better where the measure says so; what is not known is counted as such") {
    const ScenarioMeasure places{
        "places", "places", Better::higher, {1.0, 2.0, undefined, 0.0}, {2.0, 1.0, 1.0, 0.0}};
    const GroupChange all = compare_access(places, columns).groups[0];
    CHECK(all.gain == 100.0);
    CHECK(all.lose == 300.0);
    CHECK(all.unknown == 50.0);
  }
  SECTION("rounding is no gain") {
    const ScenarioMeasure places{"places",
                                 "places",
                                 Better::higher,
                                 {1.0, 1.0, 1.0, 1.0},
                                 {1.0 + 1e-15, 1.0 - 1e-15, 1.0, 1.0}};
    CHECK(compare_access(places, columns).groups[0].keep == 450.0);
  }
  SECTION("a group of nobody has no mean and no gap") {
    const std::array nobody{0.0, 0.0, 0.0, 0.0};
    const Columns with_nobody{everyone, nobody};
    const ScenarioMeasure same{
        "places", "places", Better::higher, {1.0, 1.0, 1.0, 1.0}, {1.0, 1.0, 1.0, 1.0}};
    const AccessComparison found = compare_access(same, with_nobody);
    CHECK(std::isnan(found.groups[1].mean_before));
    CHECK(std::isnan(found.gaps[1].difference));
  }
  SECTION("sizes have to match") {
    const ScenarioMeasure uneven{"x", "m", Better::lower, {1.0}, {1.0, 2.0}};
    CHECK_THROWS_AS(compare_access(uneven, columns), std::logic_error);
  }
}

TEST_CASE("comparison of access: everybody is counted once, and back is the opposite",
          "[metrics][comparison][property]") {
  CHECK(rc::check([] {
    const auto n = static_cast<std::size_t>(*rc::gen::inRange(1, 40));
    ScenarioMeasure there{"x", "m", Better::lower, {}, {}};
    std::vector<double> people;
    const auto value = [] {
      const int drawn = *rc::gen::inRange(0, 12);
      if (drawn == 10) return unreachable;
      return drawn == 11 ? undefined : static_cast<double>(drawn);
    };
    for (std::size_t i = 0; i < n; ++i) {
      people.push_back(*rc::gen::inRange(0, 50));
      there.before.push_back(value());
      there.after.push_back(value());
    }
    ScenarioMeasure back = there;
    std::swap(back.before, back.after);
    const Columns columns{people};
    const GroupChange one = compare_access(there, columns).groups[0];
    const GroupChange other = compare_scenarios(std::array{back}, columns)[0].groups[0];
    RC_ASSERT(one.gain + one.lose + one.keep + one.unknown == one.persons);
    RC_ASSERT(one.gain == other.lose);
    RC_ASSERT(one.newly_reached == other.cut_off);
    RC_ASSERT(one.total_before == other.total_after);
    if (one.compared > 0.0) RC_ASSERT(one.difference == -other.difference);
  }));
}
