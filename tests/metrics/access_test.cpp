#include "metrics/access.h"

#include <cmath>

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
}  // namespace

TEST_CASE("nearest service", "[metrics][access]") {
  SECTION("worked example; a district that is cut off has +inf") {
    CHECK(nearest_service(city, std::array{1.0, 1.0}) ==
          std::vector<double>{100.0, 300.0, unreachable});
  }
  SECTION("a site without supply is closed") {
    CHECK(nearest_service(city, std::array{0.0, 1.0}) ==
          std::vector<double>{500.0, 300.0, unreachable});
  }
  SECTION("where the only open site lies beyond the search limit, nothing is claimed") {
    Impedance searched = city;
    searched.costs.start = {0, 2, 2};  // nothing listed for the second site
    searched.costs.origin.resize(2);
    searched.costs.cost.resize(2);
    const std::vector<double> nearest = nearest_service(searched, std::array{0.0, 1.0});
    CHECK(std::isnan(nearest[0]));
    CHECK(std::isnan(nearest[1]));
    CHECK(nearest[2] == unreachable);
  }
  SECTION("asks for a supply of each site") {
    CHECK_THROWS_AS(nearest_service(city, std::array{1.0}), std::logic_error);
  }
}

TEST_CASE("services within a cutoff", "[metrics][access]") {
  SECTION("worked example: the cutoff is inclusive") {
    CHECK(services_within(city, std::array{4.0, 6.0}, 300.0) ==
          std::vector<double>{4.0, 10.0, 0.0});
    CHECK(services_within(city, std::array{4.0, 6.0}, 299.9) == std::vector<double>{4.0, 0.0, 0.0});
  }
}

TEST_CASE("two-step floating catchment", "[metrics][access]") {
  const std::array people{100.0, 300.0, 50.0};

  SECTION("worked example: 4 places for 400 people, 6 places for 300") {
    const FloatingCatchment catchment =
        two_step_floating_catchment(city, std::array{4.0, 6.0}, people, 300.0);
    CHECK_THAT(catchment.ratio[0], WithinAbs(0.01, tolerance));
    CHECK_THAT(catchment.ratio[1], WithinAbs(0.02, tolerance));
    CHECK_THAT(catchment.access[0], WithinAbs(0.01, tolerance));
    CHECK_THAT(catchment.access[1], WithinAbs(0.03, tolerance));
    CHECK(catchment.access[2] == 0.0);
    CHECK(catchment.unused_sites.empty());
  }
  SECTION("supply that nobody is near is reported, not divided by zero") {
    const FloatingCatchment catchment =
        two_step_floating_catchment(city, std::array{4.0, 6.0}, people, 200.0);
    CHECK(catchment.ratio[1] == 0.0);
    CHECK(catchment.unused_sites == std::vector<std::uint32_t>{1});
    CHECK(catchment.unused_supply == 6.0);
    CHECK_THAT(catchment.access[0] * 100.0 + catchment.unused_supply, WithinAbs(10.0, tolerance));
  }
  SECTION("asks for a demand of each district") {
    CHECK_THROWS_AS(two_step_floating_catchment(city, std::array{4.0, 6.0}, std::array{1.0}, 1.0),
                    std::logic_error);
  }
}
