#include "metrics/marginal_value.h"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/random.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

using Columns = std::vector<std::span<const double>>;

TravelCosts metres(const std::vector<std::vector<double>>& cost) {
  return test::impedance_of(cost).costs;
}

Decay decay_up_to(DecayShape shape, double cutoff) {
  Decay decay;
  decay.shape = shape;
  decay.cutoff = cutoff;
  return decay;
}

Decay up_to(double cutoff) { return decay_up_to(DecayShape::binary, cutoff); }

/// Existing sites, candidates, people and a group; whole costs and people, so that sums are exact.
struct City {
  TravelCosts existing;
  TravelCosts candidates;
  std::vector<double> supply;
  std::vector<double> people;
  std::vector<double> group;
  SitingSettings settings;

  [[nodiscard]] SitingState state() const {
    return siting_state(existing, supply, people, settings);
  }
  /// The city with candidate c among the existing sites.
  [[nodiscard]] City with(std::size_t c) const {
    City city = *this;
    candidates.visit(c, [&](std::size_t i, std::uint32_t whole) {
      city.existing.origin.push_back(static_cast<std::uint32_t>(i));
      city.existing.cost.push_back(whole);
    });
    city.existing.start.push_back(city.existing.origin.size());
    ++city.existing.site_count;
    city.supply.push_back(settings.places.empty() ? 1.0 : settings.places[c]);
    return city;
  }
};

TravelCosts sparse_costs(std::size_t n, std::size_t m) {
  TravelCosts costs;
  costs.unit = CostUnit::metre;
  costs.origin_count = n;
  costs.site_count = m;
  for (std::size_t j = 0; j < m; ++j) {
    for (std::uint32_t i = 0; i < n; ++i) {
      if (*rc::gen::inRange(0, 3) == 0) continue;
      costs.origin.push_back(i);
      costs.cost.push_back(*rc::gen::inRange(0U, 2000U));
    }
    costs.start.push_back(costs.origin.size());
  }
  return costs;
}

City any_city() {
  City city;
  const auto n = static_cast<std::size_t>(*rc::gen::inRange(1, 25));
  const auto m = static_cast<std::size_t>(*rc::gen::inRange(0, 4));
  const auto c = static_cast<std::size_t>(*rc::gen::inRange(1, 8));
  city.existing = sparse_costs(n, m);
  city.candidates = sparse_costs(n, c);
  for (std::size_t j = 0; j < m; ++j) city.supply.push_back(*rc::gen::inRange(0, 5));
  for (std::size_t i = 0; i < n; ++i) {
    city.people.push_back(*rc::gen::inRange(0, 100));
    city.group.push_back(std::floor(city.people.back() / 3.0));
  }
  for (std::size_t k = 0; k < c; ++k) city.settings.places.push_back(*rc::gen::inRange(1, 9));
  city.settings.cutoff = 800.0;
  city.settings.beyond = 1500.0;
  city.settings.decay = decay_up_to(DecayShape::linear, 1200.0);
  city.settings.target_access = 0.05;
  return city;
}

struct Totals {
  double covered = 0.0;
  double reached = 0.0;
  double cost = 0.0;
  double shortfall = 0.0;
};

/// The goals from their definitions.
Totals totals_of(const SitingState& state, std::span<const double> g) {
  Totals totals;
  for (std::size_t i = 0; i < g.size(); ++i) {
    totals.covered += state.nearest[i] <= 800U ? g[i] : 0.0;
    totals.reached += state.nearest[i] <= 1500U ? g[i] : 0.0;
    totals.cost += g[i] * std::min(state.nearest[i], 1500U);
    totals.shortfall += g[i] * std::max(0.0, state.target_access - state.access[i]);
  }
  return totals;
}

bool near(double a, double b) { return std::abs(a - b) <= 1e-10 * std::max(1.0, std::abs(a)); }

double gain_of_plan(const City& city, const std::vector<std::uint32_t>& sites, SitingGoal goal) {
  SitingState state = city.state();
  const Totals before = totals_of(state, city.people);
  for (const std::uint32_t c : sites) {
    open_site(state, city.candidates, c, city.people, city.settings);
  }
  const Totals after = totals_of(state, city.people);
  if (goal == SitingGoal::cover) return after.covered - before.covered;
  if (goal == SitingGoal::cost) return before.cost - after.cost;
  return before.shortfall - after.shortfall;
}

}  // namespace

TEST_CASE("marginal value: worked example", "[metrics][siting]") {
  // one site near the first district; candidates near the second and between second and third
  const TravelCosts existing = metres({{100.0}, {900.0}, {unreachable}});
  const TravelCosts candidates = metres({{900.0, unreachable}, {0.0, 300.0}, {500.0, 200.0}});
  const std::array everyone{100.0, 200.0, 50.0};
  const std::array group{10.0, 0.0, 40.0};
  const Columns columns{everyone, group};
  SitingSettings settings;
  settings.cutoff = 400.0;
  settings.beyond = 1000.0;
  settings.decay = up_to(400.0);
  settings.target_access = 0.01;
  settings.places = {4.0, 2.0};
  const SitingState state = siting_state(existing, std::array{2.0}, everyone, settings);
  CHECK(state.nearest == std::vector<std::uint32_t>{100, 900, no_cost});
  CHECK(state.access == std::vector<double>{0.02, 0.0, 0.0});

  const MarginalValues gain = marginal_values(state, candidates, columns, everyone, settings);
  CHECK(gain.covered == std::vector<double>{200.0, 250.0, 0.0, 40.0});
  CHECK(gain.reached == std::vector<double>{50.0, 50.0, 40.0, 40.0});
  // 200 · 900 + 50 · (1000 − 500), 200 · 600 + 50 · 800; the group: 40 · 500, 40 · 800
  CHECK(gain.saved == std::vector<double>{205000.0, 160000.0, 20000.0, 32000.0});
  // 4 places for 200 people lift them to the target; 2 for 250 give 0.008 each
  CHECK_THAT(gain.shortfall[0], WithinAbs(2.0, 1e-12));
  CHECK_THAT(gain.shortfall[1], WithinAbs(2.0, 1e-12));
  CHECK_THAT(gain.shortfall[gain.at(1, 1)], WithinAbs(0.32, 1e-12));

  SECTION("the target is the city's mean where none is given") {
    settings.target_access = 0.0;
    CHECK_THAT(siting_state(existing, std::array{2.0}, everyone, settings).target_access,
               WithinAbs(2.0 / 350.0, 1e-15));
  }
  SECTION("a plan takes the candidate that gains most, then the next") {
    const SitePlan plan =
        plan_sites(state, candidates, everyone, everyone, SitingGoal::cover, 2, false, settings);
    REQUIRE(plan.sites.size() == 1);  // the other candidate covers nobody new
    CHECK(plan.sites[0].candidate == 1);
    CHECK(plan.total == 250.0);
    CHECK(plan.most == 250.0);
    const SitePlan saving =
        plan_sites(state, candidates, everyone, everyone, SitingGoal::cost, 2, false, settings);
    REQUIRE(saving.sites.size() == 2);
    CHECK(saving.sites[0].candidate == 0);
    CHECK(saving.sites[1].gain == 15000.0);
  }
}

TEST_CASE("siting: exchange mends a greedy choice", "[metrics][siting]") {
  // The middle candidate covers most at first; the two outer ones together cover all.
  const double no = unreachable;
  const TravelCosts candidates =
      metres({{1.0, 1.0, no}, {1.0, no, 1.0}, {no, 1.0, no}, {no, no, 1.0}});
  const std::array people{30.0, 30.0, 20.0, 20.0};
  const TravelCosts nothing = metres({{no}, {no}, {no}, {no}});
  SitingSettings settings;
  settings.cutoff = 5.0;
  settings.decay = up_to(5.0);
  const SitingState state = siting_state(nothing, std::array{0.0}, people, settings);
  const SitePlan greedy =
      plan_sites(state, candidates, people, people, SitingGoal::cover, 2, false, settings);
  CHECK(greedy.total == 80.0);
  CHECK(greedy.most == 100.0);  // after the first site: 60, and 20 for each of the others
  const SitePlan mended =
      plan_sites(state, candidates, people, people, SitingGoal::cover, 2, true, settings);
  CHECK(mended.total == 100.0);
  CHECK(mended.exchanges == 1);
  REQUIRE(mended.sites.size() == 2);
  CHECK(mended.sites[0].candidate == 1);  // a tie: the lower position first
  CHECK(mended.sites[1].candidate == 2);
}

TEST_CASE("siting: edges", "[metrics][siting]") {
  const TravelCosts none = metres({{unreachable}});
  SitingSettings settings;
  settings.decay = up_to(800.0);
  const std::array people{5.0};
  const SitingState state = siting_state(none, std::array{1.0}, people, settings);
  CHECK(state.nearest[0] == no_cost);
  CHECK(plan_sites(state, none, people, people, SitingGoal::cost, 3, true, settings).sites.empty());
  CHECK(siting_goal_of("shortfall") == SitingGoal::shortfall);
  CHECK_THROWS_AS(siting_goal_of("median"), InputError);
  CHECK_THROWS_AS(siting_state(none, {}, people, settings), std::logic_error);
  settings.places = {1.0, 2.0};
  CHECK_THROWS_AS(marginal_values(state, none, {}, people, settings), std::logic_error);
}

TEST_CASE("marginal value: equals opening the site and computing anew, and is never negative",
          "[metrics][siting][property]") {
  CHECK(rc::check([] {
    const City city = any_city();
    const SitingState state = city.state();
    const Columns columns{city.people, city.group};
    const MarginalValues gain =
        marginal_values(state, city.candidates, columns, city.people, city.settings);
    for (std::size_t c = 0; c < city.candidates.site_count; ++c) {
      SitingState opened = state;
      open_site(opened, city.candidates, c, city.people, city.settings);
      const SitingState anew = city.with(c).state();
      RC_ASSERT(opened.nearest == anew.nearest);
      for (std::size_t k = 0; k < 2; ++k) {
        const Totals before = totals_of(state, columns[k]);
        const Totals after = totals_of(anew, columns[k]);
        const std::size_t at = gain.at(k, c);
        RC_ASSERT(gain.covered[at] == after.covered - before.covered);
        RC_ASSERT(gain.reached[at] == after.reached - before.reached);
        RC_ASSERT(gain.saved[at] == before.cost - after.cost);
        RC_ASSERT(near(gain.shortfall[at], before.shortfall - after.shortfall));
        RC_ASSERT(gain.covered[at] >= 0.0 && gain.saved[at] >= 0.0 && gain.shortfall[at] >= 0.0);
      }
    }
  }));
}

TEST_CASE(
    "siting: a plan gains what it says, greedy at least 63 % of the best, none more than "
    "the bound",
    "[metrics][siting][property]") {
  CHECK(rc::check([] {
    const City city = any_city();
    const auto goal = *rc::gen::element(SitingGoal::cover, SitingGoal::cost, SitingGoal::shortfall);
    const auto plan = [&](bool exchange) {
      return plan_sites(city.state(), city.candidates, city.people, city.people, goal, 2, exchange,
                        city.settings);
    };
    double best = 0.0;
    for (std::uint32_t a = 0; a < city.candidates.site_count; ++a) {
      best = std::max(best, gain_of_plan(city, {a}, goal));
      for (std::uint32_t b = 0; b < a; ++b) {
        best = std::max(best, gain_of_plan(city, {a, b}, goal));
      }
    }
    const SitePlan greedy = plan(false);
    const SitePlan mended = plan(true);
    for (const SitePlan& p : {greedy, mended}) {
      std::vector<std::uint32_t> sites;
      for (const PlannedSite& site : p.sites) sites.push_back(site.candidate);
      RC_ASSERT(near(gain_of_plan(city, sites, goal), p.total));
      RC_ASSERT(p.total <= best + 1e-9 * best);
      RC_ASSERT(best <= p.most + 1e-9 * best);
    }
    RC_ASSERT(greedy.total >= (1.0 - std::exp(-1.0)) * best - 1e-9);
    RC_ASSERT(mended.total >= greedy.total - 1e-9 * greedy.total);
  }));
}

TEST_CASE("siting: 1, 2 and 7 threads give the same bits", "[metrics][siting]") {
  constexpr std::size_t n = 400;
  constexpr std::size_t m = 100;
  RandomStream random(11);
  std::vector<std::uint32_t> table;
  for (std::size_t k = 0; k < n * m; ++k) table.push_back(random.below(3000));
  const TravelCosts candidates = TravelCosts::of_table(CostUnit::metre, n, m, table);
  std::vector<double> people;
  for (std::size_t i = 0; i < n; ++i) people.push_back(random.uniform());
  SitingSettings settings;
  settings.decay = up_to(800.0);
  settings.target_access = 0.02;
  const SitingState state = siting_state(candidates, std::vector<double>(m, 0.0), people, settings);
  const Columns columns{people};
  set_thread_count(1);
  const MarginalValues one = marginal_values(state, candidates, columns, people, settings);
  const SitePlan plan =
      plan_sites(state, candidates, people, people, SitingGoal::shortfall, 5, true, settings);
  for (const std::size_t threads : {2, 7}) {
    set_thread_count(threads);
    const MarginalValues many = marginal_values(state, candidates, columns, people, settings);
    CHECK(many.shortfall == one.shortfall);
    CHECK(many.saved == one.saved);
    CHECK(plan_sites(state, candidates, people, people, SitingGoal::shortfall, 5, true, settings)
              .total == plan.total);
  }
  set_thread_count(0);
}
