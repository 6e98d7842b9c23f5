#include "metrics/raam.h"

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/parallel.h"
#include "base/random.h"
#include "metrics/registry.h"
#include "metrics/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::metrics;
using Json = nlohmann::json;

namespace {

constexpr CongestionSettings near_exact{.scale = 10.0, .gap = 1e-13};

TravelCosts metres(const std::vector<std::vector<double>>& cost) {
  return test::impedance_of(cost).costs;
}

struct City {
  TravelCosts costs;
  std::vector<double> supply;
  std::vector<double> people;
};

/// A city of up to 30 origins and 12 sites; small whole costs, so that many ways tie.
City any_city() {
  City city;
  const auto n = static_cast<std::size_t>(*rc::gen::inRange(1, 30));
  const auto m = static_cast<std::size_t>(*rc::gen::inRange(1, 12));
  const auto dearest = *rc::gen::element(2U, 20U, 3000U);
  const int listed = *rc::gen::element(20, 70, 100);
  std::vector<std::uint32_t> table;
  for (std::size_t k = 0; k < n * m; ++k) {
    const bool is_listed = *rc::gen::inRange(0, 100) < listed;
    table.push_back(is_listed ? *rc::gen::inRange(0U, dearest) : no_cost);
  }
  city.costs = TravelCosts::of_table(CostUnit::metre, n, m, table);
  for (std::size_t i = 0; i < n; ++i) city.people.push_back(*rc::gen::inRange(0, 500));
  for (std::size_t j = 0; j < m; ++j) city.supply.push_back(*rc::gen::inRange(0, 9));
  return city;
}

/// Sites of a square city by formula: planar distances in seconds.
City square_city(std::size_t n, std::size_t m) {
  City city;
  RandomStream random(5, n, m);
  std::vector<double> x;
  std::vector<double> y;
  for (std::size_t k = 0; k < n + m; ++k) {
    x.push_back(10'000.0 * random.uniform());
    y.push_back(10'000.0 * random.uniform());
  }
  for (std::size_t i = 0; i < n; ++i) city.people.push_back(random.below(1000));
  for (std::size_t j = 0; j < m; ++j) city.supply.push_back(1 + random.below(20));
  std::vector<std::uint32_t> table;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < m; ++j) {
      const double metres_away = std::hypot(x[i] - x[n + j], y[i] - y[n + j]);
      table.push_back(static_cast<std::uint32_t>(std::lround(metres_away / 5.0)));
    }
  }
  city.costs = TravelCosts::of_table(CostUnit::second, n, m, table);
  return city;
}

bool close(double a, double b, double tolerance) {
  return a == b || std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b)) ||
         (std::isnan(a) && std::isnan(b));
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

}  // namespace

TEST_CASE("congestion: worked examples", "[metrics][raam]") {
  SECTION("waiting and a way: 60 and 40 people, each with a site of their own") {
    const CongestionEquilibrium found =
        congestion_equilibrium(metres({{0.0, 10.0}, {10.0, 0.0}}), std::array{1.0, 1.0},
                               std::array{60.0, 40.0}, near_exact);
    CHECK(found.people_per_place == 50.0);
    CHECK_THAT(found.cost[0], WithinRel(1.2, 1e-14));
    CHECK_THAT(found.cost[1], WithinRel(0.8, 1e-14));
    CHECK(found.flows.size() == 2);
    CHECK_THAT(found.mean_cost, WithinRel(1.04, 1e-14));
    CHECK_THAT(found.mean_travel, WithinAbs(0.0, 1e-14));
    CHECK(found.end == CongestionEnd::gap_reached);
  }
  SECTION("of 90 people 27.5 go elsewhere until nobody gains") {
    const CongestionEquilibrium found = congestion_equilibrium(
        metres({{0.0, 5.0}, {5.0, 0.0}}), std::array{1.0, 1.0}, std::array{90.0, 10.0}, near_exact);
    CHECK_THAT(found.cost[0], WithinRel(1.25, 1e-14));
    CHECK_THAT(found.cost[1], WithinRel(0.75, 1e-14));
    REQUIRE(found.flows.size() == 3);
    CHECK_THAT(found.flows[1].people, WithinRel(27.5, 1e-13));
    CHECK_THAT(found.load[0], WithinRel(62.5, 1e-13));
    CHECK_THAT(found.waiting[1], WithinRel(0.75, 1e-13));
    CHECK_THAT(found.mean_travel, WithinRel(27.5 * 0.5 / 100.0, 1e-13));
  }
}

TEST_CASE("congestion: edges", "[metrics][raam]") {
  const double none = unreachable;
  SECTION("a closed site is not used, people without a site are counted, nobody has no cost") {
    const CongestionEquilibrium found =
        congestion_equilibrium(metres({{0.0, 5.0}, {none, 3.0}, {7.0, none}, {1.0, 1.0}}),
                               std::array{0.0, 2.0}, std::array{30.0, 20.0, 10.0, 0.0}, near_exact);
    CHECK(found.waiting[0] != found.waiting[0]);
    CHECK(found.load[0] == 0.0);
    CHECK(found.load[1] == 50.0);
    CHECK(found.served == 50.0);
    CHECK(found.unserved == 10.0);
    CHECK(found.people_per_place == 30.0);
    CHECK_THAT(found.cost[0], WithinRel(50.0 / 60.0 + 0.5, 1e-14));
    CHECK(found.cost[2] == unreachable);
    CHECK(std::isnan(found.cost[3]));
  }
  SECTION("no supply, no people") {
    const TravelCosts costs = metres({{1.0}, {none}});
    const CongestionEquilibrium closed =
        congestion_equilibrium(costs, std::array{0.0}, std::array{5.0, 5.0}, near_exact);
    CHECK(closed.end == CongestionEnd::nobody);
    CHECK(closed.cost == std::vector<double>{unreachable, unreachable});
    CHECK(closed.unserved == 10.0);
    CHECK(std::isnan(closed.mean_cost));
    const CongestionEquilibrium empty =
        congestion_equilibrium(costs, std::array{3.0}, std::array{0.0, 0.0}, near_exact);
    CHECK(empty.end == CongestionEnd::nobody);
    CHECK(std::isnan(empty.cost[0]));
    CHECK(empty.cost[1] == unreachable);
  }
  SECTION("ends after the steps allowed and says so, with flows of everyone") {
    const City city = square_city(200, 20);
    const CongestionEquilibrium found = congestion_equilibrium(
        city.costs, city.supply, city.people, {.scale = 10.0, .gap = 1e-13, .steps = 2});
    CHECK(found.end == CongestionEnd::steps_used);
    CHECK(found.gap > 1e-13);
    double sum = 0.0;
    for (const SiteFlow& flow : found.flows) sum += flow.people;
    CHECK_THAT(sum, WithinRel(found.served, 1e-12));
  }
  SECTION("a gap of 0 ends at the rounding of the numbers") {
    const City city = square_city(200, 20);
    const CongestionEquilibrium found =
        congestion_equilibrium(city.costs, city.supply, city.people, {.scale = 10.0, .gap = 0.0});
    CHECK(found.end != CongestionEnd::steps_used);
    CHECK(found.gap < 1e-14);
  }
  SECTION("asks for sizes and numbers that fit") {
    const TravelCosts costs = metres({{1.0}});
    CHECK_THROWS_AS(congestion_equilibrium(costs, {}, std::array{1.0}, {}), std::logic_error);
    CHECK_THROWS_AS(congestion_equilibrium(costs, std::array{-1.0}, std::array{1.0}, {}),
                    std::logic_error);
    CHECK_THROWS_AS(congestion_equilibrium(costs, std::array{1.0}, std::array{1.0}, {.scale = 0.0}),
                    std::logic_error);
  }
}

TEST_CASE("congestion: equilibrium, conservation, scale", "[metrics][raam][property]") {
  CHECK(rc::check([] {
    const City city = any_city();
    const CongestionEquilibrium found =
        congestion_equilibrium(city.costs, city.supply, city.people, near_exact);
    RC_ASSERT(found.end != CongestionEnd::steps_used);
    RC_ASSERT(found.gap <= 1e-12);
    // nobody gains by going elsewhere
    std::vector<double> cheapest(city.people.size(), unreachable);
    for (std::size_t j = 0; j < city.supply.size(); ++j) {
      if (!(city.supply[j] > 0.0)) continue;
      city.costs.visit(j, [&](std::size_t i, std::uint32_t whole) {
        const double wait = std::isnan(found.waiting[j]) ? 0.0 : found.waiting[j];
        cheapest[i] = std::min(cheapest[i], wait + whole / near_exact.scale);
      });
    }
    for (std::size_t i = 0; i < cheapest.size(); ++i) {
      if (city.people[i] > 0.0) RC_ASSERT(close(found.cost[i], cheapest[i], 1e-9));
    }
    // people of origins and loads of sites add up
    std::vector<double> left = city.people;
    std::vector<double> load(city.supply.size(), 0.0);
    for (const SiteFlow& flow : found.flows) {
      RC_ASSERT(flow.people > 0.0);
      left[flow.origin] -= flow.people;
      load[flow.site] += flow.people;
    }
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (found.cost[i] < unreachable) RC_ASSERT(std::abs(left[i]) <= 1e-9);
    }
    for (std::size_t j = 0; j < load.size(); ++j) RC_ASSERT(close(load[j], found.load[j], 1e-9));
    // people and places in other units
    City scaled = city;
    for (double& people : scaled.people) people *= 8.0;
    for (double& places : scaled.supply) places *= 0.25;
    const CongestionEquilibrium again =
        congestion_equilibrium(scaled.costs, scaled.supply, scaled.people, near_exact);
    for (std::size_t i = 0; i < left.size(); ++i) {
      RC_ASSERT(close(again.cost[i], found.cost[i], 1e-9));
    }
  }));
}

TEST_CASE("congestion: the order of origins and sites does not matter",
          "[metrics][raam][property]") {
  CHECK(rc::check([] {
    const City city = any_city();
    const std::size_t n = city.people.size();
    const std::size_t m = city.supply.size();
    City turned;
    std::vector<std::uint32_t> table(n * m, no_cost);
    for (std::size_t j = 0; j < m; ++j) {
      city.costs.visit(j, [&](std::size_t i, std::uint32_t whole) {
        table[(n - 1 - i) * m + (m - 1 - j)] = whole;
      });
    }
    turned.costs = TravelCosts::of_table(CostUnit::metre, n, m, table);
    turned.people.assign(city.people.rbegin(), city.people.rend());
    turned.supply.assign(city.supply.rbegin(), city.supply.rend());
    const auto found = congestion_equilibrium(city.costs, city.supply, city.people, near_exact);
    const auto other =
        congestion_equilibrium(turned.costs, turned.supply, turned.people, near_exact);
    for (std::size_t i = 0; i < n; ++i) {
      RC_ASSERT(close(found.cost[i], other.cost[n - 1 - i], 1e-9));
    }
  }));
}

TEST_CASE("congestion: dense and sparse costs, 1, 2 and 7 threads give the same bits",
          "[metrics][raam]") {
  const City city = square_city(1500, 120);
  REQUIRE(city.costs.is_dense());
  City sparse = city;
  sparse.costs.rows.clear();
  sparse.costs.start = {0};
  for (std::size_t j = 0; j < city.supply.size(); ++j) {
    city.costs.visit(j, [&](std::size_t i, std::uint32_t whole) {
      sparse.costs.origin.push_back(static_cast<std::uint32_t>(i));
      sparse.costs.cost.push_back(whole);
    });
    sparse.costs.start.push_back(sparse.costs.origin.size());
  }
  const CongestionSettings settings{.scale = 20.0, .gap = 1e-13};
  set_thread_count(1);
  const auto one = congestion_equilibrium(city.costs, city.supply, city.people, settings);
  CHECK(one.end == CongestionEnd::gap_reached);
  for (const std::size_t threads : {1, 2, 7}) {
    set_thread_count(threads);
    const auto dense = congestion_equilibrium(city.costs, city.supply, city.people, settings);
    const auto listed = congestion_equilibrium(sparse.costs, city.supply, city.people, settings);
    CHECK(same_bits(dense.cost, one.cost));
    CHECK(same_bits(listed.cost, one.cost));
    CHECK(dense.load == one.load);
    CHECK(listed.gap == one.gap);
  }
  set_thread_count(0);
}

TEST_CASE("congestion oracle: two by two, fractions", "[metrics][oracle][raam]") {
  const auto file = test::shared("oracle/access/tiny/tiny.json");
  if (file.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  std::size_t compared = 0;
  const Json tiny = Json::parse(std::ifstream(file));
  for (const Json& example : tiny.at("raam_two_by_two")) {
    const auto found =
        congestion_equilibrium(metres(example.at("t").get<std::vector<std::vector<double>>>()),
                               example.at("supply").get<std::vector<double>>(),
                               example.at("demand").get<std::vector<double>>(),
                               {.scale = example.at("tau").get<double>(), .gap = 1e-13});
    CHECK(found.people_per_place == example.at("rho").get<double>());
    const auto cost = example.at("cost").get<std::vector<double>>();
    for (std::size_t i = 0; i < cost.size(); ++i, ++compared) {
      CHECK_THAT(found.cost[i], WithinRel(cost[i], 1e-12));
    }
  }
  CHECK(compared == 4);
}

TEST_CASE("congestion oracle: schools of Belo Horizonte", "[metrics][oracle][raam]") {
  const auto folder = test::shared("oracle/access/bho");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const test::Table hexagons = test::read_table(folder / "bho_hex.csv");
  const std::vector<double> people = test::numbers(hexagons, "population");
  const std::vector<double> schools = test::numbers(hexagons, "schools");
  const std::size_t n = people.size();
  std::vector<std::uint16_t> tenths(n * n);
  std::ifstream(folder / "bho_ttm_u16.bin", std::ios::binary)
      .read(reinterpret_cast<char*>(tenths.data()), static_cast<std::streamsize>(2 * n * n));
  std::vector<std::size_t> sites;
  std::vector<double> supply;
  for (std::size_t j = 0; j < n; ++j) {
    if (!(schools[j] > 0.0)) continue;
    sites.push_back(j);
    supply.push_back(schools[j]);
  }
  std::vector<std::uint32_t> table;
  for (std::size_t i = 0; i < n; ++i) {
    for (const std::size_t j : sites) {
      table.push_back(tenths[i * n + j] == no_cost_16 ? no_cost : tenths[i * n + j]);
    }
  }
  const TravelCosts costs =
      TravelCosts::of_table(CostUnit::tenth_of_minute, n, sites.size(), table);
  const test::Table expected = test::read_table(folder / "bho_values_fca_raam.csv");
  std::size_t compared = 0;
  std::size_t without = 0;
  for (const double tau : {30.0, 60.0}) {
    const auto found = congestion_equilibrium(costs, supply, people, {.scale = tau, .gap = 1e-13});
    CHECK(found.end == CongestionEnd::gap_reached);
    const std::vector<double> cost =
        test::numbers(expected, tau == 30.0 ? "ref_raam_schools_tau30" : "ref_raam_schools_tau60");
    for (std::size_t i = 0; i < n; ++i) {
      INFO("tau " << tau << ", hexagon " << i);
      if (std::isnan(cost[i])) {
        CHECK((people[i] == 0.0 || found.cost[i] == unreachable));
        CHECK((std::isnan(found.cost[i]) || found.cost[i] == unreachable));
        ++without;
      } else {
        CHECK_THAT(found.cost[i], WithinRel(cost[i], 1e-9));
        ++compared;
      }
    }
  }
  CHECK(compared == 2 * 814);
  CHECK(without == 2 * 84);
}

TEST_CASE("congestion: rows of the table", "[metrics][raam]") {
  const test::Population population =
      test::population_of({{"here", "there"}, {{80.0, 4.0}, {10.0, 6.0}}});
  const Impedance impedance = test::impedance_of({{0.0, 5.0}, {5.0, 0.0}});
  const std::vector<double> supply{1.0, 1.0};
  MetricInput in;
  in.counts = &population.counts;
  in.groups = &population.groups;
  in.impedance = &impedance;
  in.impedance_label = "streets";
  in.supply = supply;
  in.access.cutoff = 10.0;
  SECTION("everyone is the demand, the cutoff the scale") {
    const DistrictValues cost = find_metric("congestion_cost")->districts(in);
    CHECK_THAT(cost.values[0], WithinRel(1.25, 1e-9));
    CHECK_THAT(cost.values[1], WithinRel(0.75, 1e-9));
    CHECK(cost.parameters == "impedance=streets; tau_m=10; gap=1e-09");
    const double mean = find_metric("congestion_mean")->city(in).value;
    CHECK_THAT(mean, WithinRel(1.2, 1e-9));
    CHECK_THAT(find_metric("congestion_waiting")->city(in).value +
                   find_metric("congestion_travel")->city(in).value,
               WithinRel(mean, 1e-12));
    CHECK(find_metric("congestion_unserved")->city(in).value == 0.0);
  }
  SECTION("points within districts: a district's cost is that of its average member") {
    const OriginPoints points{{0, 0, 1}, {0.5, 0.5, 1.0}};
    const Impedance ways = test::impedance_of({{0.0, 5.0}, {5.0, 0.0}, {5.0, 0.0}});
    in.origins = &points;
    in.impedance = &ways;
    const DistrictValues cost = find_metric("congestion_cost")->districts(in);
    const auto found = congestion_equilibrium(ways.costs, supply, std::array{45.0, 45.0, 10.0},
                                              {.scale = 10.0, .gap = 1e-9});
    CHECK_THAT(cost.values[0], WithinRel((found.cost[0] + found.cost[1]) / 2.0, 1e-12));
    CHECK_THAT(cost.values[1], WithinRel(found.cost[2], 1e-12));
  }
}
