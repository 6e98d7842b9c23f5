#include "metrics/access_opportunities.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
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
    searched.costs.limit = 400;
    const std::vector<double> nearest = nearest_service(searched, std::array{0.0, 1.0});
    CHECK(std::isnan(nearest[0]));
    CHECK(std::isnan(nearest[1]));
    CHECK(nearest[2] == unreachable);
  }
  SECTION("where all ways were searched, a closed site alone leaves none") {
    CHECK(nearest_service(city, std::array{0.0, 0.0})[0] == unreachable);
  }
  SECTION("asks for a supply of each site") {
    CHECK_THROWS_AS(nearest_service(city, std::array{1.0}), std::logic_error);
  }
}

TEST_CASE("services within a cutoff", "[metrics][access]") {
  SECTION("worked example: the cutoff is inclusive") {
    CHECK(services_within(city.costs, std::array{4.0, 6.0}, 300.0) ==
          std::vector<double>{4.0, 10.0, 0.0});
    CHECK(services_within(city.costs, std::array{4.0, 6.0}, 299.9) ==
          std::vector<double>{4.0, 0.0, 0.0});
  }
}

TEST_CASE("the k-th nearest service", "[metrics][access]") {
  SECTION("worked example: the second choice") {
    CHECK(kth_nearest_service(city.costs, std::array{1.0, 1.0}, 1) ==
          std::vector<double>{100.0, 300.0, unreachable});
    CHECK(kth_nearest_service(city.costs, std::array{1.0, 1.0}, 2) ==
          std::vector<double>{500.0, 300.0, unreachable});
  }
  SECTION("a closed site is no choice") {
    CHECK(kth_nearest_service(city.costs, std::array{0.0, 1.0}, 1)[0] == 500.0);
    CHECK(kth_nearest_service(city.costs, std::array{0.0, 1.0}, 2)[0] == unreachable);
  }
  SECTION("nothing is claimed beyond the limit of a search") {
    TravelCosts searched = city.costs;
    searched.limit = 500;
    CHECK(std::isnan(kth_nearest_service(searched, std::array{1.0, 1.0}, 3)[0]));
  }
}

TEST_CASE("cost to a number of opportunities", "[metrics][access]") {
  const std::array supply{4.0, 6.0};
  SECTION("worked example: 4 places at the first site, 10 at both") {
    CHECK(cost_to_opportunities(city.costs, supply, 4.0)[0] == 100.0);
    CHECK(cost_to_opportunities(city.costs, supply, 4.5)[0] == 500.0);
    CHECK(cost_to_opportunities(city.costs, supply, 10.0) ==
          std::vector<double>{500.0, 300.0, unreachable});
    CHECK(cost_to_opportunities(city.costs, supply, 11.0)[1] == unreachable);
  }
  SECTION("of one place it is the nearest service") {
    CHECK(cost_to_opportunities(city.costs, std::array{1.0, 1.0}, 1.0) ==
          nearest_service(city, std::array{1.0, 1.0}));
  }
  SECTION("nothing is asked of no opportunities") {
    CHECK_THROWS_AS(cost_to_opportunities(city.costs, supply, 0.0), InputError);
  }
}

TEST_CASE("cumulative opportunities over an interval of cutoffs", "[metrics][access]") {
  const std::array supply{4.0, 6.0};
  SECTION("both ends belong to the interval") {
    CHECK(cutoffs_of({10.0, 30.0, 10.0}) == std::vector<double>{10.0, 20.0, 30.0});
    CHECK(cutoffs_of({10.0, 25.0, 10.0}) == std::vector<double>{10.0, 20.0, 25.0});
    CHECK(cutoffs_of({0.3, 0.3, 0.1}) == std::vector<double>{0.3});
    CHECK(cutoffs_of({0.0, 0.3, 0.1}).size() == 4);
  }
  SECTION("worked example: cutoffs 200, 400, 600 give 4, 4, 10; 200 to 500 by 300 give 4, 10") {
    CHECK(services_within_interval(city.costs, supply, {200.0, 600.0, 200.0})[0] == 4.0);
    CHECK(services_within_interval(city.costs, supply, {200.0, 500.0, 300.0})[0] == 7.0);
  }
  SECTION("is the median of the single cutoffs") {
    const CutoffInterval interval{50.0, 550.0, 50.0};
    std::vector<double> single;
    for (const double cutoff : cutoffs_of(interval)) {
      single.push_back(services_within(city.costs, supply, cutoff)[0]);
    }
    std::sort(single.begin(), single.end());
    CHECK(services_within_interval(city.costs, supply, interval)[0] == single[5]);
  }
  SECTION("truncation drops what is behind the point") {
    const CutoffInterval interval{200.0, 500.0, 300.0};
    const std::array half{1.0, 1.0};
    CHECK(services_within_interval(city.costs, half, interval)[0] == 1.5);
    CHECK(services_within_interval(city.costs, half, interval, true)[0] == 1.0);
  }
  SECTION("an interval that is none is refused") {
    CHECK_THROWS_AS(cutoffs_of({10.0, 5.0, 1.0}), InputError);
    CHECK_THROWS_AS(cutoffs_of({0.0, 5.0, 0.0}), InputError);
    CHECK_THROWS_AS(cutoffs_of({0.0, 1e9, 0.1}), InputError);
  }
}

TEST_CASE("gravity and passive access", "[metrics][access]") {
  const Decay linear = decay_of("linear", 1000.0);
  SECTION("worked example: 4 · 0.9 + 6 · 0.5, 4 · 0.7 + 6 · 0.7") {
    const std::vector<double> access = gravity_access(city.costs, std::array{4.0, 6.0}, linear);
    CHECK_THAT(access[0], WithinAbs(6.6, tolerance));
    CHECK_THAT(access[1], WithinAbs(7.0, tolerance));
    CHECK(access[2] == 0.0);
  }
  SECTION("passive: 100 · 0.9 + 300 · 0.7, 100 · 0.5 + 300 · 0.7") {
    const std::vector<double> people =
        passive_access(city.costs, std::array{100.0, 300.0, 50.0}, linear);
    CHECK_THAT(people[0], WithinAbs(300.0, tolerance));
    CHECK_THAT(people[1], WithinAbs(260.0, tolerance));
  }
  SECTION("a cutoff beyond the search is refused, not answered from half of the ways") {
    TravelCosts searched = city.costs;
    searched.limit = 500;
    CHECK_THROWS_AS(gravity_access(searched, std::array{4.0, 6.0}, linear), InputError);
    CHECK_THROWS_AS(services_within(searched, std::array{4.0, 6.0}, 501.0), InputError);
    CHECK(services_within(searched, std::array{4.0, 6.0}, 500.0)[0] == 10.0);
  }
}
