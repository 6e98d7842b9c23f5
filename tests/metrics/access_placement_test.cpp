#include "metrics/access_placement.h"

#include <array>
#include <cmath>

#include "base/number.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

Decay up_to(double cutoff) {
  Decay decay;
  decay.cutoff = cutoff;
  return decay;
}

}  // namespace

TEST_CASE("everybody takes one place", "[metrics][access]") {
  // The first district reaches the first site only; the third has no way.
  const Impedance ways = test::impedance_of({{100.0, unreachable, unreachable},
                                             {200.0, 500.0, unreachable},
                                             {unreachable, unreachable, unreachable}});
  const TravelCosts& costs = ways.costs;
  const Decay all = up_to(1000.0);

  SECTION("worked example: 30 of 40 take the first site's 50 places less 20") {
    // 20 people fill 20 of 50 places of the first site; of the second district's 40, 30 take the
    // rest and 10 the second site: (30 · 200 + 10 · 500) / 40 = 275
    const Placement placed =
        place_everyone(costs, std::array{20.0, 40.0, 0.0}, std::array{50.0, 10.0, 0.0}, all,
                       PlaceTotals::as_given);
    CHECK(placed.refusal.empty());
    CHECK_THAT(placed.mean_cost[0], WithinAbs(100.0, 1e-9));
    CHECK_THAT(placed.mean_cost[1], WithinAbs(275.0, 1e-6));
    CHECK(std::isnan(placed.mean_cost[2]));
    CHECK(placed.origins_left_out == 0);
    CHECK(placed.largest_miss <= 1e-9);
  }
  SECTION("who has no way, and places nobody has a way to, are left out and counted") {
    const Placement placed =
        place_everyone(costs, std::array{20.0, 40.0, 7.0}, std::array{50.0, 10.0, 90.0}, all,
                       PlaceTotals::as_given);
    CHECK(placed.refusal.empty());
    CHECK(placed.origins_left_out == 1);
    CHECK(placed.sites_left_out == 1);
    CHECK_THAT(placed.mean_cost[1], WithinAbs(275.0, 1e-6));
  }
  SECTION("as given, there must be as many places as people; scaled, any number is taken") {
    const std::array people{20.0, 40.0, 0.0};
    const auto placed = [&](const std::array<double, 3>& places, PlaceTotals totals) {
      return place_everyone(costs, people, places, all, totals);
    };
    CHECK(placed({5.0, 1.0, 0.0}, PlaceTotals::as_given).refusal == "fewer places than people");
    CHECK(placed({90.0, 1.0, 0.0}, PlaceTotals::as_given).refusal == "more places than people");
    const Placement scaled = placed({5.0, 1.0, 0.0}, PlaceTotals::scaled);
    CHECK(scaled.refusal.empty());
    CHECK_THAT(scaled.mean_cost[1], WithinAbs(275.0, 1e-6));
  }
  SECTION("ways that cannot carry the sums") {
    // The first district's 20 have the first site only, which has 10 places.
    const Placement placed =
        place_everyone(costs, std::array{20.0, 40.0, 0.0}, std::array{10.0, 50.0, 0.0}, all,
                       PlaceTotals::as_given, {1e-9, 50});
    CHECK(placed.refusal.find("after 50 rounds") != std::string::npos);
    for (const double cost : placed.mean_cost) CHECK(std::isnan(cost));
  }
  SECTION("nobody, no places, and nothing within the cutoff") {
    const std::array places{50.0, 10.0, 0.0};
    const std::array people{20.0, 40.0, 0.0};
    const std::string refusal = "nobody has a way to a place";
    CHECK(place_everyone(costs, std::array{0.0, 0.0, 3.0}, places, all, PlaceTotals::scaled)
              .refusal == refusal);
    CHECK(place_everyone(costs, people, std::array{0.0, 0.0, 9.0}, all, PlaceTotals::scaled)
              .refusal == refusal);
    CHECK(place_everyone(costs, people, places, up_to(50.0), PlaceTotals::scaled).refusal ==
          refusal);
  }
}
