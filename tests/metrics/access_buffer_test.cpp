#include "metrics/access_buffer.h"

#include <array>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "metrics/access_multicost.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {
constexpr double tolerance = 1e-12;
const Impedance city = test::impedance_of(
    {{100.0, 500.0, 200.0}, {300.0, 300.0, 900.0}, {unreachable, unreachable, unreachable}});
const std::array supply{4.0, 6.0, 8.0};
}  // namespace

TEST_CASE("statistics within the cutoff", "[metrics][access]") {
  SECTION("worked example: places 4, 6, 8 and 4, 6") {
    const BufferStatistics found =
        buffer_statistics(city.costs, supply, supply, 500.0, std::array{0.0, 0.25, 0.5, 1.0});
    CHECK(found.sites == std::vector<std::uint32_t>{3, 2, 0});
    CHECK_THAT(found.mean[0], WithinAbs(6.0, tolerance));
    CHECK_THAT(found.deviation[0], WithinAbs(std::sqrt(8.0 / 3.0), tolerance));
    CHECK_THAT(found.quantiles[1][0], WithinAbs(5.0, tolerance));
    CHECK_THAT(found.quantiles[2][0], WithinAbs(6.0, tolerance));
    CHECK_THAT(found.quantiles[2][1], WithinAbs(5.0, tolerance));
    CHECK(found.quantiles[0][1] == 4.0);
    CHECK(found.quantiles[3][1] == 6.0);
    CHECK(std::isnan(found.mean[2]));
    CHECK(std::isnan(found.quantiles[0][2]));
  }
  SECTION("of costs, over the open sites") {
    const BufferStatistics found =
        buffer_statistics(city.costs, std::array{4.0, 6.0, 0.0}, {}, 500.0, {});
    CHECK(found.sites == std::vector<std::uint32_t>{2, 2, 0});
    CHECK_THAT(found.mean[0], WithinAbs(300.0, tolerance));
    CHECK_THAT(found.deviation[0], WithinAbs(200.0, tolerance));
    CHECK(found.deviation[1] == 0.0);
  }
  SECTION("a level is a share") {
    CHECK_THROWS_AS(buffer_statistics(city.costs, supply, {}, 500.0, std::array{1.5}), InputError);
  }
}

TEST_CASE("composite access", "[metrics][access]") {
  CompositePart schools{&city.costs, supply, 1.0, {1.0, 0.5}, decay_of("linear", 1000.0)};
  CompositePart parks{&city.costs, supply, 3.0, {1.0}, decay_of("binary", 250.0)};
  SECTION("worked example: (0.9 + 0.5 · 0.8) / 1.5 and (0.7 + 0.5 · 0.7) / 1.5") {
    const std::vector<double> score = composite_access(std::array{schools});
    CHECK_THAT(score[0], WithinAbs(1.3 / 1.5, tolerance));
    CHECK_THAT(score[1], WithinAbs(1.05 / 1.5, tolerance));
    CHECK(score[2] == 0.0);
  }
  SECTION("services weigh by their importance: (1.3 + 3) / 4.5 and 1.05 / 4.5") {
    const std::vector<double> score = composite_access(std::array{schools, parks});
    CHECK_THAT(score[0], WithinAbs(4.3 / 4.5, tolerance));
    CHECK_THAT(score[1], WithinAbs(1.05 / 4.5, tolerance));
  }
  SECTION("a choice that is not there counts 0") {
    schools.choices = {1.0, 1.0, 1.0, 1.0};
    CHECK_THAT(composite_access(std::array{schools})[0], WithinAbs(2.2 / 4.0, tolerance));
  }
  SECTION("weights that rise, or are all 0, are refused") {
    schools.choices = {0.5, 1.0};
    CHECK_THROWS_AS(composite_access(std::array{schools}), InputError);
    schools.choices = {0.0};
    CHECK_THROWS_AS(composite_access(std::array{schools}), InputError);
  }
}

TEST_CASE("two costs at once", "[metrics][access]") {
  const Impedance money =
      test::impedance_of({{5.0, 1.0, 3.0}, {2.0, 2.0, unreachable}, {0.0, 0.0, 0.0}});
  SECTION("supply within both cutoffs") {
    CHECK(services_within_both(city.costs, money.costs, supply, 500.0, 3.0) ==
          std::vector<double>{14.0, 10.0, 0.0});
    CHECK(services_within_both(city.costs, money.costs, supply, unreachable, unreachable) ==
          std::vector<double>{18.0, 10.0, 0.0});
  }
  SECTION("the sites that no other beats: farther is worth it where it is cheaper") {
    const ParetoSites front = pareto_sites(city.costs, money.costs, supply);
    CHECK(front.start == std::vector<std::uint64_t>{0, 3, 4, 4});
    CHECK(front.site == std::vector<std::uint32_t>{0, 2, 1, 0});
    CHECK(front.first == std::vector<double>{100.0, 200.0, 500.0, 300.0});
    CHECK(front.second == std::vector<double>{5.0, 3.0, 1.0, 2.0});
  }
  SECTION("closed sites beat nobody") {
    const ParetoSites front = pareto_sites(city.costs, money.costs, std::array{0.0, 6.0, 8.0});
    CHECK(front.site == std::vector<std::uint32_t>{2, 1, 1});
  }
}
