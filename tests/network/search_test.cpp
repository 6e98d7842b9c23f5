#include "network/search.h"

#include <array>
#include <cmath>

#include "base/error.h"
#include "base/parallel.h"
#include "network/graphs.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::network;
using quartier::test::costs_by_relaxing;
using quartier::test::on_nodes;
using quartier::test::random_streets;

namespace {

SnappedPlaces places_at_random(std::uint64_t seed, std::size_t count, std::uint32_t nodes,
                               std::uint32_t longest_leg) {
  RandomStream stream(seed, 17);
  SnappedPlaces places;
  for (std::size_t k = 0; k < count; ++k) {
    places.node.push_back(stream.below(12) == 0 ? no_index : stream.below(nodes));
    places.leg.push_back(stream.below(longest_leg));
  }
  return places;
}

void check_same(const Impedance& impedance, const Impedance& other) {
  const test::Ways a = test::ways_of(impedance);
  const test::Ways b = test::ways_of(other);
  CHECK(impedance.costs.start == other.costs.start);
  REQUIRE(a.reaches.size() == b.reaches.size());
  for (std::size_t k = 0; k < a.reaches.size(); ++k) {
    REQUIRE(a.reaches[k].origin == b.reaches[k].origin);
    REQUIRE(a.reaches[k].metres == b.reaches[k].metres);
  }
  CHECK(a.nearest == b.nearest);
  CHECK(a.nearest_m == b.nearest_m);
}

/// Every cost against relaxation, with legs, cutoff and ties.
void check_all(const StreetGraph& graph, const SnappedPlaces& origins, const SnappedPlaces& sites,
               const std::vector<double>& supply, double cutoff_m) {
  const test::Ways t =
      test::ways_of(street_impedance(graph, origins, {&sites, supply}, Metres{cutoff_m}));
  std::vector<double> nearest(origins.size(), unreachable);
  std::vector<std::uint32_t> site(origins.size(), no_index);
  REQUIRE(t.site_count() == sites.size());
  for (std::uint32_t s = 0; s < sites.size(); ++s) {
    std::size_t k = 0;
    if (sites.node[s] != no_index) {
      const auto costs = costs_by_relaxing(graph, sites.node[s]);
      for (std::uint32_t i = 0; i < origins.size(); ++i) {
        if (origins.node[i] == no_index) continue;
        const double mm = costs[origins.node[i]] + origins.leg[i] + sites.leg[s];
        if (!std::isfinite(mm)) continue;
        if ((supply.empty() || supply[s] != 0.0) && mm / 1000.0 < nearest[i]) {
          nearest[i] = mm / 1000.0;
          site[i] = s;
        }
        if (mm > cutoff_m * 1000.0) continue;
        REQUIRE(k < t.site(s).size());
        REQUIRE(t.site(s)[k].origin == i);
        REQUIRE(t.site(s)[k].metres == mm / 1000.0);
        ++k;
      }
    }
    REQUIRE(k == t.site(s).size());
  }
  CHECK(t.nearest_m == nearest);
  CHECK(t.nearest == site);
}

}  // namespace

TEST_CASE("ways along a street checkable by hand", "[network]") {
  // 0 --300-- 1 --400-- 2 --100-- 3, and the long way 0 --1000-- 3
  const StreetGraph graph = StreetGraph::of(
      std::vector<Point>(4), std::array{StreetEdge{0, 1, 300000}, StreetEdge{1, 2, 400000},
                                        StreetEdge{0, 3, 1000000}, StreetEdge{2, 3, 100000}});
  SnappedPlaces origins = on_nodes({0, 2, 3});
  origins.leg = {0, 50000, 0};
  SnappedPlaces sites = on_nodes({0, 3});
  sites.leg = {20000, 0};
  const test::Ways t = test::ways_of(street_impedance(graph, origins, {&sites, {}}, Metres{770}));
  // To site 0 (leg 20): 20, 700 + 50 + 20 = 770, 800 + 20 = 820. To site 1: 800, 150, 0.
  REQUIRE(t.site(0).size() == 2);
  CHECK(t.site(0)[1].origin == 1);
  CHECK(t.site(0)[1].metres == 770.0);
  REQUIRE(t.site(1).size() == 2);
  CHECK(t.site(1)[0].metres == 150.0);
  CHECK(t.nearest_m == std::vector{20.0, 150.0, 0.0});
  CHECK(t.nearest == std::vector<std::uint32_t>{0, 1, 1});

  SECTION("a cutoff a millimetre short leaves the pair out") {
    CHECK(test::ways_of(street_impedance(graph, origins, {&sites, {}}, Metres{769.999}))
              .site(0)
              .size() == 1);
  }
  SECTION("a cutoff in decimals means what it says") {
    const StreetGraph street =
        StreetGraph::of(std::vector<Point>(2), std::array{StreetEdge{0, 1, 4350}});
    const SnappedPlaces ends = on_nodes({0, 1});
    CHECK(test::ways_of(street_impedance(street, ends, {&ends, {}}, Metres{4.35})).reaches.size() ==
          4);
  }
  SECTION("without supply a site is passed over, but keeps its row") {
    const std::array supply{4.0, 0.0};
    const test::Ways s =
        test::ways_of(street_impedance(graph, origins, {&sites, supply}, Metres{770}));
    CHECK(s.nearest == std::vector<std::uint32_t>{0, 0, 0});
    CHECK(s.nearest_m[2] == 820.0);
    CHECK(s.site(1).size() == 2);
  }
  SECTION("refused") {
    CHECK_THROWS_AS(street_impedance(graph, origins, {&sites, {}}, Metres{-1}), InputError);
    CHECK_THROWS_AS(street_impedance(graph, origins, {&sites, {}}, Metres{undefined}), InputError);
  }
  SECTION("nothing to go to, nowhere to come from") {
    const SnappedPlaces none;
    CHECK(street_impedance(graph, origins, {&none, {}}, Metres{770}).nearest.cost[0] == no_cost);
    CHECK(street_impedance(graph, none, {&sites, {}}, Metres{770}).costs.site_count == 2);
    CHECK(street_impedances(graph, origins, {}, Metres{770}).empty());
  }
}

TEST_CASE("searches agree with relaxation on random streets", "[network]") {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const std::uint32_t longest = seed % 3 == 0 ? 50 : seed % 3 == 1 ? 90000 : 4000000000u;
    const auto edge_count = static_cast<std::uint32_t>(60 + 4 * seed);
    const StreetGraph graph = random_streets(seed, 80, edge_count, longest).graph();
    const std::uint32_t leg = seed % 2 == 0 ? 5 : 60000;
    const auto origins = places_at_random(seed, 5 + seed * 2, 80, leg);
    const auto sites = places_at_random(seed + 50, 60 - seed * 2, 80, leg);
    std::vector<double> supply;
    for (std::size_t s = 0; s < sites.size() && seed % 4 == 0; ++s) {
      supply.push_back(s % 5 == 0 ? 0.0 : 2.0);
    }
    const double cutoff = seed % 3 == 0 ? 0.04 : seed % 3 == 1 ? 150.0 : 1e6;
    INFO("seed " << seed);
    // Costs above 4,294 km are unreachable by contract; the checks stay below.
    if (seed % 3 == 2) {
      const StreetGraph shorter = random_streets(seed, 80, edge_count, 40000000u).graph();
      check_all(shorter, origins, sites, supply, 1e7);
      continue;
    }
    check_all(graph, origins, sites, supply, cutoff);
  }
}

TEST_CASE("ways too long to be told are unreachable", "[network]") {
  const StreetGraph graph =
      StreetGraph::of(std::vector<Point>(3),
                      std::array{StreetEdge{0, 1, 4000000000u}, StreetEdge{1, 2, 4000000000u}});
  const SnappedPlaces origins = on_nodes({0, 1, 2});
  const SnappedPlaces sites = on_nodes({0});
  const test::Ways t =
      test::ways_of(street_impedance(graph, origins, {&sites, {}}, Metres{unreachable}));
  CHECK(t.reaches.size() == 2);
  CHECK(t.nearest_m == std::vector{0.0, 4000000.0, unreachable});
}

TEST_CASE("the side from which the search starts does not matter", "[network]") {
  const StreetGraph graph = random_streets(8, 200, 320, 80000).graph();
  const auto few = places_at_random(1, 6, 200, 9000);
  const auto many = places_at_random(2, 150, 200, 9000);
  const test::Ways from_few = test::ways_of(street_impedance(graph, few, {&many, {}}, Metres{120}));
  const test::Ways from_many =
      test::ways_of(street_impedance(graph, many, {&few, {}}, Metres{120}));
  REQUIRE(from_few.reaches.size() == from_many.reaches.size());
  CHECK(from_few.reaches.size() > 50);
  for (std::uint32_t s = 0; s < many.size(); ++s) {
    for (const test::Way& there : from_few.site(s)) {
      bool found = false;
      for (const test::Way& back : from_many.site(there.origin)) {
        found = found || (back.origin == s && back.metres == there.metres);
      }
      CHECK(found);
    }
  }
}

TEST_CASE("several services at once are each as alone, for any number of threads", "[network]") {
  const StreetGraph graph = random_streets(9, 400, 700, 60000).graph();
  const auto origins = places_at_random(3, 90, 400, 20000);
  std::vector<SnappedPlaces> sites;
  for (std::uint64_t k = 0; k < 5; ++k) sites.push_back(places_at_random(k, 10 * k, 400, 20000));
  std::vector<SiteSet> services;
  for (const SnappedPlaces& one : sites) services.push_back({&one, {}});
  const auto together = street_impedances(graph, origins, services, Metres{150});
  REQUIRE(together.size() == 5);
  set_thread_count(1);
  const auto single = street_impedances(graph, origins, services, Metres{150});
  set_thread_count(0);
  for (std::size_t k = 0; k < 5; ++k) {
    check_same(together[k], street_impedance(graph, origins, services[k], Metres{150}));
    check_same(together[k], single[k]);
  }
}

TEST_CASE("a new street never makes access worse", "[network]") {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    auto streets = random_streets(seed, 120, 140, 50000);
    const auto origins = places_at_random(seed, 40, 120, 9000);
    const auto sites = places_at_random(seed + 9, 20, 120, 9000);
    test::Ways before =
        test::ways_of(street_impedance(streets.graph(), origins, {&sites, {}}, Metres{100}));
    RandomStream stream(seed, 4);
    for (int k = 0; k < 6; ++k) {
      streets.edges.push_back({stream.below(120), stream.below(120), stream.below(50000)});
      test::Ways after =
          test::ways_of(street_impedance(streets.graph(), origins, {&sites, {}}, Metres{100}));
      CHECK(after.reaches.size() >= before.reaches.size());
      for (std::size_t i = 0; i < origins.size(); ++i) {
        CHECK(after.nearest_m[i] <= before.nearest_m[i]);
      }
      before = std::move(after);
    }
  }
}
