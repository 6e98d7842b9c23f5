#include "metrics/access_catchment.h"

#include <array>

#include "base/number.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {
constexpr double tolerance = 1e-12;
/// Three districts, two sites; the third district is cut off.
const Impedance city =
    test::impedance_of({{100.0, 500.0}, {300.0, 300.0}, {unreachable, unreachable}});
const std::array people{100.0, 300.0, 50.0};
const std::array supply{4.0, 6.0};
}  // namespace

TEST_CASE("two-step floating catchment", "[metrics][access]") {
  SECTION("worked example: 4 places for 400 people, 6 places for 300") {
    const FloatingCatchment catchment =
        two_step_floating_catchment(city.costs, supply, people, 300.0);
    CHECK_THAT(catchment.ratio[0], WithinAbs(0.01, tolerance));
    CHECK_THAT(catchment.ratio[1], WithinAbs(0.02, tolerance));
    CHECK_THAT(catchment.access[0], WithinAbs(0.01, tolerance));
    CHECK_THAT(catchment.access[1], WithinAbs(0.03, tolerance));
    CHECK(catchment.access[2] == 0.0);
    CHECK(catchment.unused_sites.empty());
  }
  SECTION("supply that nobody is near is reported, not divided by zero") {
    const FloatingCatchment catchment =
        two_step_floating_catchment(city.costs, supply, people, 200.0);
    CHECK(catchment.ratio[1] == 0.0);
    CHECK(catchment.unused_sites == std::vector<std::uint32_t>{1});
    CHECK(catchment.unused_supply == 6.0);
    CHECK_THAT(catchment.access[0] * 100.0 + catchment.unused_supply, WithinAbs(10.0, tolerance));
  }
  SECTION("a site that only people of no number reach is unused") {
    const FloatingCatchment catchment =
        two_step_floating_catchment(city.costs, supply, std::array{0.0, 0.0, 50.0}, 500.0);
    CHECK(catchment.unused_supply == 10.0);
    CHECK(catchment.access == std::vector<double>{0.0, 0.0, 0.0});
  }
  SECTION("asks for a demand of each district, 0 or more") {
    CHECK_THROWS_AS(two_step_floating_catchment(city.costs, supply, std::array{1.0}, 1.0),
                    std::logic_error);
    CHECK_THROWS_AS(
        two_step_floating_catchment(city.costs, supply, std::array{1.0, -1.0, 0.0}, 1.0),
        std::logic_error);
    CHECK_THROWS_AS(
        two_step_floating_catchment(city.costs, std::array{1.0, undefined}, people, 1.0),
        std::logic_error);
  }
}

TEST_CASE("weighted floating catchments", "[metrics][access]") {
  const Decay steps = decay_of("step:200=1,500=0.5", 500.0);
  SECTION("E2SFCA: 4 / (100 + 300/2) = 0.016, 6 / (100/2 + 300/2) = 0.03") {
    const FloatingCatchment catchment =
        enhanced_floating_catchment(city.costs, supply, people, steps);
    CHECK_THAT(catchment.ratio[0], WithinAbs(0.016, tolerance));
    CHECK_THAT(catchment.ratio[1], WithinAbs(0.03, tolerance));
    CHECK_THAT(catchment.access[0], WithinAbs(0.031, tolerance));
    CHECK_THAT(catchment.access[1], WithinAbs(0.023, tolerance));
  }
  SECTION("M2SFCA: the same ratios, weights squared: 0.016 + 0.0075, 0.004 + 0.0075") {
    const FloatingCatchment catchment =
        modified_floating_catchment(city.costs, supply, people, steps);
    CHECK_THAT(catchment.access[0], WithinAbs(0.0235, tolerance));
    CHECK_THAT(catchment.access[1], WithinAbs(0.0115, tolerance));
    CHECK(catchment.access[0] * 100.0 + catchment.access[1] * 300.0 < 10.0);
  }
  SECTION("3SFCA: shares 2/3, 1/3 and 1/2, 1/2") {
    // R_0 = 4 / (100 · 2/3 + 300 · 1/2 · 1/2), R_1 = 6 / (100 · 1/3 · 1/2 + 300 · 1/2 · 1/2)
    const double first = 4.0 / (200.0 / 3.0 + 75.0);
    const double second = 6.0 / (100.0 / 6.0 + 75.0);
    const FloatingCatchment catchment =
        three_step_floating_catchment(city.costs, supply, people, steps);
    CHECK_THAT(catchment.access[0], WithinAbs(first * 2.0 / 3.0 + second / 6.0, tolerance));
    CHECK_THAT(catchment.access[1], WithinAbs(first / 4.0 + second / 4.0, tolerance));
    CHECK(catchment.access[2] == 0.0);
  }
  SECTION("3SFCA: a place without supply changes nobody's access") {
    const Impedance wider = test::impedance_of(
        {{100.0, 500.0, 50.0}, {300.0, 300.0, 50.0}, {unreachable, unreachable, unreachable}});
    CHECK(three_step_floating_catchment(wider.costs, std::array{4.0, 6.0, 0.0}, people, steps)
              .access == three_step_floating_catchment(city.costs, supply, people, steps).access);
  }
  SECTION("a weighted demand whose quotient has no double leaves the site unused") {
    const Impedance far = test::impedance_of({{37000.0}});
    const FloatingCatchment catchment = enhanced_floating_catchment(
        far.costs, std::array{1e300}, std::array{1e-5}, decay_of("gaussian:1000", unreachable));
    CHECK(catchment.unused_supply == 1e300);
    CHECK(catchment.access[0] == 0.0);
  }
}

TEST_CASE("balanced floating catchment", "[metrics][access]") {
  const Decay steps = decay_of("step:200=1,500=0.5", 500.0);
  SECTION("worked example: demand 100 · 2/3 + 150 and 100 / 3 + 150, levels shared 2:1 and 1:1") {
    const FloatingCatchment catchment =
        balanced_floating_catchment(city.costs, supply, people, steps, DemandShares::all_sites);
    const double first = 4.0 / (200.0 / 3.0 + 150.0);
    const double second = 6.0 / (100.0 / 3.0 + 150.0);
    CHECK_THAT(catchment.ratio[0], WithinAbs(first, tolerance));
    CHECK_THAT(catchment.ratio[1], WithinAbs(second, tolerance));
    CHECK_THAT(catchment.access[0], WithinAbs(first * 2.0 / 3.0 + second / 2.0, tolerance));
    CHECK_THAT(catchment.access[1], WithinAbs(first / 3.0 + second / 2.0, tolerance));
  }
  SECTION("places without supply take part of the demand, or none, as is chosen") {
    const Impedance wider = test::impedance_of(
        {{100.0, 500.0, 50.0}, {300.0, 300.0, 50.0}, {unreachable, unreachable, unreachable}});
    const std::array with_closed{4.0, 6.0, 0.0};
    const std::vector<double> without =
        balanced_floating_catchment(city.costs, supply, people, steps, DemandShares::all_sites)
            .access;
    CHECK(balanced_floating_catchment(wider.costs, with_closed, people, steps,
                                      DemandShares::open_sites)
              .access == without);
    CHECK(balanced_floating_catchment(wider.costs, with_closed, people, steps,
                                      DemandShares::all_sites)
              .access[0] > without[0]);
  }
}
