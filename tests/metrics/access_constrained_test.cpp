#include "metrics/access_constrained.h"

#include <array>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "metrics/access_catchment.h"
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
const Decay steps = decay_of("step:200=1,500=0.5", 500.0);
}  // namespace

TEST_CASE("spatial availability", "[metrics][access]") {
  SECTION("worked example: 3.1 and 6.9 of 10 places") {
    const std::vector<double> places = spatial_availability(city.costs, supply, people, steps);
    CHECK_THAT(places[0], WithinAbs(3.1, tolerance));
    CHECK_THAT(places[1], WithinAbs(6.9, tolerance));
    CHECK(places[2] == 0.0);
  }
  SECTION("with exponent 0 people do not count, only origins: 4 · 2/3 + 6/2, 4/3 + 6/2") {
    const std::vector<double> places = spatial_availability(city.costs, supply, people, steps, 0.0);
    CHECK_THAT(places[0], WithinAbs(17.0 / 3.0, tolerance));
    CHECK_THAT(places[1], WithinAbs(13.0 / 3.0, tolerance));
  }
  SECTION("where nobody lives, nothing is available: 0 / 0 is 0") {
    const std::vector<double> places =
        spatial_availability(city.costs, supply, std::array{0.0, 0.0, 50.0}, steps);
    CHECK(places == std::vector<double>{0.0, 0.0, 0.0});
    CHECK_THROWS_AS(spatial_availability(city.costs, supply, people, steps, -1.0), InputError);
  }
}

TEST_CASE("total constrained access", "[metrics][access]") {
  SECTION("worked example: gravity 7 and 5, scaled to 10") {
    const std::vector<double> access = total_constrained_access(city.costs, supply, steps);
    CHECK_THAT(access[0], WithinAbs(70.0 / 12.0, tolerance));
    CHECK_THAT(access[1], WithinAbs(50.0 / 12.0, tolerance));
    CHECK(access[2] == 0.0);
  }
  SECTION("is undefined where nothing can be reached") {
    CHECK(
        std::isnan(total_constrained_access(city.costs, supply, decay_of("binary", 50.0)).front()));
  }
}

TEST_CASE("doubly constrained flows", "[metrics][access]") {
  const Impedance two = test::impedance_of({{0.0, 10.0}, {10.0, 0.0}});
  const Decay decay = decay_of("step:5=1,20=0.5", unreachable);
  SECTION("worked example: symmetric, 2 : 1 on the diagonal") {
    const std::array both{30.0, 30.0};
    const DoublyConstrained fit = doubly_constrained(two.costs, both, both, decay);
    CHECK(fit.converged);
    const SiteFlows flows = flows_to(two.costs, fit, decay, 0);
    REQUIRE(flows.origin == std::vector<std::uint32_t>{0, 1});
    CHECK_THAT(flows.flow[0], WithinAbs(20.0, tolerance));
    CHECK_THAT(flows.flow[1], WithinAbs(10.0, tolerance));
    CHECK_THAT(fit.mean_cost[0], WithinAbs(10.0 / 3.0, tolerance));
  }
  SECTION("both sums are kept, and who is nobody goes nowhere") {
    const std::array origins{50.0, 0.0};
    const std::array sites{20.0, 30.0};
    const DoublyConstrained fit = doubly_constrained(two.costs, origins, sites, decay);
    CHECK(fit.largest_miss <= tolerance);
    CHECK_THAT(flows_to(two.costs, fit, decay, 0).flow[0], WithinAbs(20.0, tolerance));
    CHECK_THAT(flows_to(two.costs, fit, decay, 1).flow[0], WithinAbs(30.0, tolerance));
    CHECK(flows_to(two.costs, fit, decay, 1).flow[1] == 0.0);
    CHECK(std::isnan(fit.mean_cost[1]));
  }
  SECTION("people and places must be as many, and have ways") {
    CHECK_THROWS_AS(
        doubly_constrained(two.costs, std::array{1.0, 1.0}, std::array{1.0, 2.0}, decay),
        InputError);
    CHECK_THROWS_AS(
        doubly_constrained(two.costs, std::array{0.0, 0.0}, std::array{0.0, 0.0}, decay),
        InputError);
    CHECK_THROWS_AS(doubly_constrained(city.costs, people, std::array{200.0, 250.0}, steps),
                    InputError);
  }
  SECTION("ways that cannot carry the sums are told, not forced") {
    const Impedance apart = test::impedance_of({{0.0, unreachable}, {unreachable, 0.0}});
    const DoublyConstrained fit = doubly_constrained(apart.costs, std::array{3.0, 1.0},
                                                     std::array{1.0, 3.0}, decay, {1e-12, 50});
    CHECK_FALSE(fit.converged);
    CHECK(fit.iterations == 50);
    CHECK(fit.largest_miss > 0.5);
  }
}

TEST_CASE("balancing cost", "[metrics][access]") {
  SECTION("worked example: more than 3 places are at 100 m, more than 4 only at 500 m") {
    CHECK(balancing_cost(city.costs, supply, std::array{3.0, 0.0, 1.0}, 50.0)[0] == 100.0);
    CHECK(balancing_cost(city.costs, supply, std::array{4.0, 0.0, 1.0}, 50.0)[0] == 500.0);
  }
  SECTION("costs are rounded up to the grid") {
    CHECK(balancing_cost(city.costs, supply, std::array{3.0, 1.0, 1.0}, 70.0)[0] == 140.0);
    CHECK(balancing_cost(city.costs, supply, std::array{3.0, 1.0, 1.0}, 0.1)[1] == 300.0);
  }
  SECTION("nobody needs no way; never is undefined") {
    const std::vector<double> cost =
        balancing_cost(city.costs, supply, std::array{10.0, 0.0, 1.0}, 50.0);
    CHECK(std::isnan(cost[0]));
    CHECK(cost[1] == 0.0);
    CHECK(std::isnan(cost[2]));
    CHECK_THROWS_AS(balancing_cost(city.costs, supply, people, 0.0), InputError);
  }
}
