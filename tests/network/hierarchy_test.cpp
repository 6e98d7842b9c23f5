#include "network/hierarchy.h"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <functional>
#include <queue>
#include <utility>

#include "base/parallel.h"
#include "base/random.h"
#include "support/catch.h"
#include "support/formula_network.h"

using namespace quartier;
using namespace quartier::network;
using quartier::test::formula_network;
using quartier::test::formula_services;
using quartier::test::FormulaProfile;

namespace {

/// Costs from a node up to a limit (Dijkstra 1959), else `no_cost`.
std::vector<std::uint32_t> costs_from(const StreetGraph& graph, std::uint32_t source,
                                      std::uint32_t limit) {
  using Label = std::pair<std::uint64_t, std::uint32_t>;
  std::vector<std::uint32_t> cost(graph.size(), no_cost);
  std::priority_queue<Label, std::vector<Label>, std::greater<>> queue;
  cost[source] = 0;
  queue.push({0, source});
  while (!queue.empty()) {
    const auto [at, node] = queue.top();
    queue.pop();
    if (at != cost[node]) continue;
    for (const StreetArc arc : graph.arcs_of(node)) {
      const std::uint64_t further = at + arc.cost;
      if (further > limit || further >= cost[arc.to]) continue;
      cost[arc.to] = static_cast<std::uint32_t>(further);
      queue.push({further, arc.to});
    }
  }
  return cost;
}

/// The pairs listed by a search from every origin, as (site, origin, cost).
using Pairs = std::vector<std::array<std::uint32_t, 3>>;

Pairs pairs_by_search(const StreetGraph& graph, std::span<const std::uint32_t> origins,
                      std::span<const std::uint32_t> sites, std::uint32_t limit) {
  Pairs pairs;
  for (std::uint32_t i = 0; i < origins.size(); ++i) {
    if (origins[i] == no_index) continue;
    const std::vector<std::uint32_t> cost = costs_from(graph, origins[i], limit);
    for (std::uint32_t j = 0; j < sites.size(); ++j) {
      if (sites[j] != no_index && cost[sites[j]] != no_cost) {
        pairs.push_back({j, i, cost[sites[j]]});
      }
    }
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

Pairs pairs_of(const TravelCosts& costs) {
  Pairs pairs;
  for (std::uint32_t j = 0; j < costs.site_count; ++j) {
    costs.visit(j, [&](std::size_t i, std::uint32_t cost) {
      pairs.push_back({j, static_cast<std::uint32_t>(i), cost});
    });
  }
  return pairs;
}

/// Directed streets at random: hardly connected, with arcs of cost 0, one-way arcs and nodes alone.
StreetGraph random_arcs(std::uint64_t seed, std::uint32_t node_count, std::uint32_t arc_count,
                        std::uint32_t dearest, bool both_ways) {
  RandomStream stream(seed, 31);
  std::vector<Point> nodes;
  for (std::uint32_t k = 0; k < node_count; ++k) {
    nodes.push_back({stream.uniform() * 900.0, stream.uniform() * 900.0});
  }
  std::vector<std::uint32_t> tails;
  std::vector<StreetArc> arcs;
  for (std::uint32_t k = 0; k < arc_count; ++k) {
    const std::uint32_t from = stream.below(node_count);
    const StreetArc arc{stream.below(node_count), stream.below(5) == 0 ? 0 : stream.below(dearest)};
    tails.push_back(from);
    arcs.push_back(arc);
    if (both_ways) {
      tails.push_back(arc.to);
      arcs.push_back({from, arc.cost});
    }
  }
  return StreetGraph::of_arcs(nodes, tails, arcs, CostUnit::second);
}

std::vector<std::uint32_t> places_at_random(RandomStream& stream, std::uint32_t count,
                                            std::uint32_t node_count) {
  std::vector<std::uint32_t> places;
  for (std::uint32_t k = 0; k < count; ++k) {
    places.push_back(stream.below(10) == 0 ? no_index : stream.below(node_count));
  }
  return places;
}

bool same(const ArcRows& a, const ArcRows& b) {
  return a.start == b.start && std::equal(a.arcs.begin(), a.arcs.end(), b.arcs.begin(),
                                          b.arcs.end(), [](const StreetArc& x, const StreetArc& y) {
                                            return x.to == y.to && x.cost == y.cost;
                                          });
}

/// The grid of the formula with one in five arcs missing in one direction.
StreetGraph one_way_grid() {
  const StreetGraph grid = formula_network(60, FormulaProfile::drive);
  std::vector<std::uint32_t> tails;
  std::vector<StreetArc> arcs;
  for (std::uint32_t node = 0; node < grid.size(); ++node) {
    for (const StreetArc arc : grid.arcs_of(node)) {
      if (mix64(arc.to * grid.size() + node) % 5 == 0) continue;
      tails.push_back(node);
      arcs.push_back(arc);
    }
  }
  return StreetGraph::of_arcs(grid.nodes, tails, arcs, CostUnit::second);
}

StreetGraph one_way_square() {
  // 0 -> 1 -> 2 -> 3 -> 0 one way, 2 - 0 both ways at 9; 4 stands alone.
  const std::vector<Point> nodes{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {5, 5}};
  const std::vector<std::uint32_t> tails{0, 1, 2, 3, 2, 0};
  const std::vector<StreetArc> arcs{{1, 2}, {2, 3}, {3, 4}, {0, 1}, {0, 9}, {2, 9}};
  return StreetGraph::of_arcs(nodes, tails, arcs, CostUnit::second);
}

}  // namespace

TEST_CASE("hierarchy by hand", "[network][hierarchy]") {
  const StreetGraph graph = one_way_square();
  const Hierarchy hierarchy = Hierarchy::of(graph, 20);
  const std::array<std::uint32_t, 3> origins{0, 3, 4};
  const std::array<std::uint32_t, 2> sites{2, 4};

  SECTION("rows are by site, ways lead from the origin to the site") {
    const TravelCosts costs = hierarchy_costs(hierarchy, origins, sites, 20);
    REQUIRE(costs.is_dense());
    CHECK(costs.unit == CostUnit::second);
    CHECK(costs.rows == std::vector<std::uint16_t>{5, 6, no_cost_16, no_cost_16, no_cost_16, 0});
  }
  SECTION("the same in the other direction: 2 to 0 over 3, not straight") {
    const std::array<std::uint32_t, 1> from{2};
    CHECK(hierarchy_costs(hierarchy, from, origins, 20).rows ==
          std::vector<std::uint16_t>{5, 4, no_cost_16});
  }
  SECTION("the limit is inclusive") {
    CHECK(hierarchy_costs(hierarchy, origins, sites, 5).rows ==
          std::vector<std::uint16_t>{5, no_cost_16, no_cost_16, no_cost_16, no_cost_16, 0});
    CHECK(pairs_of(hierarchy_costs(hierarchy, origins, sites, 0)) == Pairs{{1, 2, 0}});
    CHECK_THROWS_AS(hierarchy_costs(hierarchy, origins, sites, 21), std::logic_error);
  }
  SECTION("places that stand on no street reach nothing") {
    const std::array<std::uint32_t, 2> nowhere{no_index, 1};
    CHECK(pairs_of(hierarchy_costs(hierarchy, nowhere, sites, 20)) == Pairs{{0, 1, 3}});
    CHECK(pairs_of(hierarchy_costs(hierarchy, origins, nowhere, 20)) ==
          Pairs{{1, 0, 2}, {1, 1, 3}});
  }
  SECTION("nodes that the graph does not have are a broken promise") {
    const std::array<std::uint32_t, 1> beyond{5};
    CHECK_THROWS_AS(hierarchy_costs(hierarchy, beyond, sites, 20), std::logic_error);
    CHECK_THROWS_AS(hierarchy_costs(hierarchy, origins, beyond, 20), std::logic_error);
  }
  SECTION("no places and no streets") {
    const std::span<const std::uint32_t> none;
    CHECK(hierarchy_costs(hierarchy, none, sites, 20).rows.empty());
    CHECK(hierarchy_costs(hierarchy, origins, none, 20).rows.empty());
    const Hierarchy nothing = Hierarchy::of(StreetGraph(), 20);
    CHECK(nothing.size() == 0);
    CHECK(hierarchy_costs(nothing, none, none, 20).rows.empty());
  }
}

TEST_CASE("every climb leads to a smaller place", "[network][hierarchy]") {
  const Hierarchy hierarchy = Hierarchy::of(random_arcs(5, 300, 900, 40, false), 1000);
  for (const ArcRows* rows : {&hierarchy.up, &hierarchy.down}) {
    REQUIRE(rows->size() == 300);
    for (std::uint32_t place = 0; place < 300; ++place) {
      for (const StreetArc arc : rows->of(place)) REQUIRE(arc.to < place);
    }
  }
}

TEST_CASE("costs by hierarchy are those of searches", "[network][hierarchy][property]") {
  CHECK(rc::check([] {
    const auto nodes = *rc::gen::inRange<std::uint32_t>(1, 120);
    const auto arcs = *rc::gen::inRange<std::uint32_t>(0, 4 * nodes);
    const bool both_ways = *rc::gen::arbitrary<bool>();
    const bool wide = *rc::gen::arbitrary<bool>();  // costs that do not fit into 16 bits
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const StreetGraph graph = random_arcs(seed, nodes, arcs, wide ? 60'000 : 12, both_ways);
    RC_ASSERT(!both_ways || graph.symmetric);

    RandomStream stream(seed, 5);
    const std::uint32_t hierarchy_limit = wide ? 100'000 + stream.below(200'000) : stream.below(80);
    const Hierarchy hierarchy = Hierarchy::of(graph, hierarchy_limit);
    const auto origins = places_at_random(stream, stream.below(90), nodes);
    const auto sites = places_at_random(stream, stream.below(90), nodes);
    for (const std::uint32_t limit : {hierarchy_limit, hierarchy_limit / 2}) {
      const TravelCosts costs = hierarchy_costs(hierarchy, origins, sites, limit);
      RC_ASSERT(costs.start.size() == sites.size() + 1);
      RC_ASSERT(costs.limit == limit);
      RC_ASSERT(pairs_of(costs) == pairs_by_search(graph, origins, sites, limit));
    }
  }));
}

TEST_CASE("costs without a limit", "[network][hierarchy]") {
  const StreetGraph graph = random_arcs(8, 80, 260, 2'000'000'000, false);
  const Hierarchy hierarchy = Hierarchy::of(graph, greatest_cost);
  std::vector<std::uint32_t> all(graph.size());
  for (std::uint32_t v = 0; v < all.size(); ++v) all[v] = v;
  const TravelCosts costs = hierarchy_costs(hierarchy, all, all, greatest_cost);
  CHECK_FALSE(costs.is_dense());
  CHECK(pairs_of(costs) == pairs_by_search(graph, all, all, greatest_cost));
}

TEST_CASE("legs are part of the cost", "[network][hierarchy]") {
  const bool wide = GENERATE(false, true);
  const StreetGraph graph = random_arcs(21, 90, 260, wide ? 40'000 : 12, false);
  const std::uint32_t limit = wide ? 90'000 : 40;
  const Hierarchy hierarchy = Hierarchy::of(graph, limit);
  RandomStream stream(22);
  const auto places = [&](std::uint32_t count) {
    SnappedPlaces snapped;
    snapped.node = places_at_random(stream, count, 90);
    for (std::uint32_t k = 0; k < count; ++k) {
      snapped.leg.push_back(stream.below(9) == 0 ? greatest_cost : stream.below(limit / 2));
    }
    return snapped;
  };
  for (const std::uint32_t origin_count : {40U, 130U}) {
    const SnappedPlaces origins = places(origin_count);
    const SnappedPlaces sites = places(70);
    Pairs expected;
    for (const auto& [j, i, path] : pairs_by_search(graph, origins.node, sites.node, limit)) {
      const std::uint64_t cost = std::uint64_t{path} + origins.leg[i] + sites.leg[j];
      if (cost <= limit) expected.push_back({j, i, static_cast<std::uint32_t>(cost)});
    }
    CHECK(expected.size() > 20);
    CHECK(pairs_of(hierarchy_costs(hierarchy, origins, sites, limit)) == expected);
  }
}

TEST_CASE("the network of the formula by hierarchy", "[network][hierarchy]") {
  const auto side = GENERATE(64U, 200U);
  const auto profile = GENERATE(FormulaProfile::walk, FormulaProfile::drive);
  const std::uint32_t limit = profile == FormulaProfile::walk ? 900 : 600;
  const StreetGraph graph = formula_network(side, profile);
  const Hierarchy hierarchy = Hierarchy::of(graph, limit);
  const std::vector<std::uint32_t> services = formula_services(graph.size(), 150);
  const std::span<const std::uint32_t> few = std::span(services).first(20);
  CHECK(pairs_of(hierarchy_costs(hierarchy, few, services, limit)) ==
        pairs_by_search(graph, few, services, limit));
  CHECK(pairs_of(hierarchy_costs(hierarchy, services, few, limit)) ==
        pairs_by_search(graph, services, few, limit));
}

TEST_CASE("the hierarchy and its costs have the same bits for any number of threads",
          "[network][hierarchy][same_bits]") {
  const StreetGraph graph = one_way_grid();
  const auto nodes = static_cast<std::uint32_t>(graph.size());
  RandomStream stream(4);
  const auto origins = places_at_random(stream, 150, nodes);
  const auto sites = places_at_random(stream, 400, nodes);
  set_thread_count(1);
  const Hierarchy one = Hierarchy::of(graph, 70'000);
  const TravelCosts rows = hierarchy_costs(one, origins, sites, 500);
  const TravelCosts lists = hierarchy_costs(one, origins, sites, 70'000);
  for (const std::size_t threads : {2, 7}) {
    set_thread_count(threads);
    const Hierarchy several = Hierarchy::of(graph, 70'000);
    CHECK(several.place == one.place);
    CHECK(same(several.up, one.up));
    CHECK(same(several.down, one.down));
    CHECK(hierarchy_costs(several, origins, sites, 500).rows == rows.rows);
    const TravelCosts again = hierarchy_costs(several, origins, sites, 70'000);
    CHECK(again.start == lists.start);
    CHECK(again.origin == lists.origin);
    CHECK(again.cost == lists.cost);
  }
  set_thread_count(0);
}

TEST_CASE("making a hierarchy tells how far it is and can be stopped", "[network][hierarchy]") {
  const StreetGraph graph = random_arcs(6, 500, 1500, 50, true);
  Progress progress;
  double last = -1.0;
  std::size_t steps = 0;
  progress.on_step([&](const Progress::State& state) {
    CHECK(state.fraction >= last);
    CHECK(state.fraction < 1.0);
    last = state.fraction;
    ++steps;
  });
  static_cast<void>(Hierarchy::of(graph, 1000, &progress));
  CHECK(steps > 3);
  progress.cancel();
  CHECK_THROWS_AS(Hierarchy::of(graph, 1000, &progress), Cancelled);
}
