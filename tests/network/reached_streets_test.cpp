#include "network/reached_streets.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "network/graphs.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::network;
using quartier::test::on_nodes;

namespace {

/// A cross: node 0 in the middle, arms of 100, 200, 300 and 400 m to the east, north, west, south.
StreetGraph cross() {
  return StreetGraph::of(
      {{0, 0}, {100, 0}, {0, 200}, {-300, 0}, {0, -400}},
      std::vector<StreetEdge>{{0, 1, 100'000}, {0, 2, 200'000}, {0, 3, 300'000}, {0, 4, 400'000}});
}

ReachedStreets reached(const StreetGraph& graph, const SnappedPlaces& sites, std::uint32_t limit) {
  return reached_streets(graph, costs_to_sites(SearchableStreets(graph), sites), limit);
}

bool has_piece(const ReachedStreets& streets, Point a, Point b) {
  for (std::size_t k = 0; k < streets.size(); ++k) {
    const Point from = streets.ends[2 * k];
    const Point to = streets.ends[2 * k + 1];
    const auto near = [](Point p, Point q) { return std::hypot(p.x - q.x, p.y - q.y) < 1e-9; };
    if ((near(from, a) && near(to, b)) || (near(from, b) && near(to, a))) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("reached streets of a cross", "[network][isochrone]") {
  const StreetGraph graph = cross();
  SECTION("250 m from the middle: two arms whole, two cut") {
    const ReachedStreets streets = reached(graph, on_nodes({0}), 250'000);
    REQUIRE(streets.size() == 4);
    CHECK(streets.whole_count == 2);
    CHECK(has_piece(streets, {0, 0}, {100, 0}));
    CHECK(has_piece(streets, {0, 0}, {0, 200}));
    CHECK(has_piece(streets, {0, 0}, {-250, 0}));
    CHECK(has_piece(streets, {0, 0}, {0, -250}));
    CHECK_THAT(streets.total_m, WithinAbs(100 + 200 + 250 + 250, 1e-9));
  }
  SECTION("a leg of 50 m is walked first") {
    SnappedPlaces site = on_nodes({0});
    site.leg = {50'000};
    CHECK_THAT(reached(graph, site, 250'000).total_m, WithinAbs(100 + 3 * 200, 1e-9));
    CHECK(reached(graph, site, 40'000).size() == 0);
    const std::vector<Point> legs =
        reached_legs(graph, std::vector<Point>{{30, 40}}, site, {}, 25'000);
    REQUIRE(legs.size() == 2);
    CHECK(legs[0] == Point{30, 40});
    CHECK(legs[1] == Point{15, 20});
  }
  SECTION("a segment reached from both ends: two parts, then whole") {
    const ReachedStreets apart = reached(graph, on_nodes({0, 4}), 150'000);
    CHECK(has_piece(apart, {0, 0}, {0, -150}));
    CHECK(has_piece(apart, {0, -400}, {0, -250}));
    const ReachedStreets joined = reached(graph, on_nodes({0, 4}), 200'000);
    CHECK(has_piece(joined, {0, 0}, {0, -400}));
    CHECK(joined.whole_count == 3);
  }
  SECTION("sites that offer nothing, or entered nowhere, reach nothing") {
    const SearchableStreets streets(graph);
    const std::vector<double> none{0.0};
    CHECK(reached_streets(graph, costs_to_sites(streets, on_nodes({0}), none), 250'000).size() ==
          0);
    CHECK(reached(graph, on_nodes({no_index}), 250'000).size() == 0);
  }
  SECTION("a limit of nothing is a point without length") {
    CHECK(reached(graph, on_nodes({0}), 0).size() == 0);
  }
}

TEST_CASE("one-way streets are followed towards the site", "[network][isochrone]") {
  // 0 -> 1 (site) -> 2, each 60 s; and 1 <-> 3 with 60 s there, 30 s back.
  const StreetGraph graph = StreetGraph::of_arcs(
      {{0, 0}, {100, 0}, {200, 0}, {100, 100}}, std::vector<std::uint32_t>{0, 1, 1, 3},
      std::vector<StreetArc>{{1, 60}, {2, 60}, {3, 60}, {1, 30}}, CostUnit::second);
  const ReachedStreets streets = reached(graph, on_nodes({1}), 15);
  REQUIRE(streets.size() == 2);
  CHECK(has_piece(streets, {100, 0}, {75, 0}));    // a quarter of the way from 0
  CHECK(has_piece(streets, {100, 0}, {100, 50}));  // half of the way from 3, by the way back
  CHECK_THAT(streets.total_m, WithinAbs(75.0, 1e-9));
}

TEST_CASE("another part of the streets is not reached", "[network][isochrone]") {
  const StreetGraph graph =
      StreetGraph::of({{0, 0}, {100, 0}, {0, 10}, {100, 10}},
                      std::vector<StreetEdge>{{0, 1, 100'000}, {2, 3, 100'000}});
  const ReachedStreets streets = reached(graph, on_nodes({0}), greatest_cost);
  REQUIRE(streets.size() == 1);
  CHECK(has_piece(streets, {0, 0}, {100, 0}));
}

TEST_CASE("reached streets of random towns", "[network][isochrone]") {
  for (const std::uint64_t seed : {1, 2, 3, 4}) {
    const test::RandomArcs town = test::random_arcs(seed, 6000, 9000, 90);
    const StreetGraph graph = town.graph(seed % 2 == 0 ? CostUnit::second : CostUnit::metre);
    const SnappedPlaces sites = on_nodes({17, 901, 4400});
    const std::vector<std::uint32_t> costs = costs_to_sites(SearchableStreets(graph), sites);
    const StreetGraph back = graph.reversed();
    std::vector<std::uint32_t> expected(graph.size(), no_cost);
    for (const std::uint32_t site : sites.node) {
      const std::vector<std::uint32_t> one = test::costs_by_heap(back, site, greatest_cost);
      for (std::size_t v = 0; v < expected.size(); ++v) {
        expected[v] = std::min(expected[v], one[v]);
      }
    }
    CHECK(costs == expected);

    double before = -1.0;
    for (const std::uint32_t limit : {0U, 30U, 75U, 150U, 151U, 400U, 4000U}) {
      const ReachedStreets streets = reached_streets(graph, costs, limit);
      CHECK(streets.total_m >= before - 1e-6);
      CHECK(streets.ends.size() == 2 * streets.size());
      CHECK(streets.whole_count <= streets.size());
      before = streets.total_m;
    }
    std::vector<ReachedStreets> by_threads;
    for (const std::size_t threads : {1, 2, 7}) {
      set_thread_count(threads);
      by_threads.push_back(
          reached_streets(graph, costs_to_sites(SearchableStreets(graph), sites), 150));
    }
    set_thread_count(0);
    for (const ReachedStreets& other : by_threads) {
      CHECK(other.ends == by_threads.front().ends);
      CHECK(other.length_m == by_threads.front().length_m);
      CHECK(other.total_m == by_threads.front().total_m);
    }
  }
}
