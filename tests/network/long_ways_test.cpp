#include "network/long_ways.h"

#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "network/graphs.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::network;
using namespace quartier::test;

namespace {

SnappedPlaces places_at_random(RandomStream& stream, std::uint32_t count, std::uint32_t node_count,
                               std::uint32_t longest_leg) {
  SnappedPlaces places;
  for (std::uint32_t k = 0; k < count; ++k) {
    places.node.push_back(stream.below(12) == 0 ? no_index : stream.below(node_count));
    places.leg.push_back(stream.below(20) == 0 ? greatest_cost : stream.below(longest_leg + 1));
  }
  return places;
}

bool same(const TravelCosts& a, const TravelCosts& b) {
  return a.unit == b.unit && a.origin_count == b.origin_count && a.site_count == b.site_count &&
         a.limit == b.limit && a.start == b.start && a.origin == b.origin && a.cost == b.cost &&
         a.rows == b.rows;
}
bool same(const Impedance& a, const Impedance& b) {
  return same(a.costs, b.costs) && a.nearest.cost == b.nearest.cost &&
         a.nearest.site == b.nearest.site;
}

/// A grid of streets both ways, one second each.
StreetGraph grid(std::uint32_t side) {
  RandomArcs streets;
  for (std::uint32_t v = 0; v < side * side; ++v) {
    const std::uint32_t row = v / side;
    streets.nodes.push_back({static_cast<double>(v % side), static_cast<double>(row)});
    const auto join = [&](std::uint32_t to) {
      streets.add(v, {to, 1});
      streets.add(to, {v, 1});
    };
    if (v % side + 1 < side) join(v + 1);
    if (v / side + 1 < side) join(v + side);
  }
  return streets.graph();
}

SnappedPlaces every_node(const StreetGraph& graph) {
  std::vector<std::uint32_t> nodes(graph.size());
  for (std::uint32_t v = 0; v < nodes.size(); ++v) nodes[v] = v;
  return on_nodes(std::move(nodes));
}

}  // namespace

TEST_CASE("tables are the same by hierarchy and by search", "[network][long_ways][property]") {
  CHECK(rc::check([] {
    const auto nodes = *rc::gen::inRange<std::uint32_t>(1, 150);
    const auto arcs = *rc::gen::inRange<std::uint32_t>(0, 3 * nodes);
    const bool wide = *rc::gen::arbitrary<bool>();  // costs that do not fit into 16 bits
    const bool few_origins = *rc::gen::arbitrary<bool>();
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const StreetGraph graph = random_arcs(seed, nodes, arcs, wide ? 40'000 : 12).graph();
    RandomStream stream(seed, 41);
    const std::uint32_t farthest = wide ? 100'000 + stream.below(200'000) : 1 + stream.below(120);

    const SearchableStreets searched(graph);
    SearchableStreets read(graph);
    read.use(Hierarchy::of(graph, farthest));
    RC_ASSERT(read.hierarchy_up_to(farthest) != nullptr);
    RC_ASSERT(read.hierarchy_up_to(farthest + 1) == nullptr);

    const SnappedPlaces origins =
        places_at_random(stream, stream.below(few_origins ? 10 : 120), nodes, farthest / 4);
    const SnappedPlaces sites = places_at_random(stream, stream.below(70), nodes, farthest / 4);
    const SnappedPlaces others = places_at_random(stream, stream.below(30), nodes, 0);
    std::vector<double> supply;  // terms of services: some sites do not serve
    for (std::size_t j = 0; j < sites.size(); ++j) supply.push_back(stream.below(3));
    const SiteSet services[] = {{&sites, supply}, {&others, {}}};
    for (const std::uint32_t limit : {farthest, farthest / 2, 0U}) {
      const auto expected = street_impedances(searched, origins, services, limit);
      const auto found = street_impedances(read, origins, services, limit);
      for (std::size_t s = 0; s < 2; ++s) RC_ASSERT(same(found[s], expected[s]));
    }
  }));
}

TEST_CASE("large tables have the same form by hierarchy and by search", "[network][long_ways]") {
  // 2,100 places a side stand on 90 nodes: more pairs than a table that is judged when it is full.
  const StreetGraph graph = random_arcs(17, 90, 260, 12).graph();
  RandomStream stream(18);
  const SnappedPlaces origins = places_at_random(stream, 2'100, 90, 4);
  const SnappedPlaces sites = places_at_random(stream, 2'100, 90, 4);
  const SearchableStreets searched(graph);
  SearchableStreets read(graph);
  read.use(Hierarchy::of(graph, 60));
  std::size_t dense = 0;
  for (const std::uint32_t limit : {60U, 9U}) {
    const TravelCosts expected = street_costs(searched, origins, sites, limit);
    CHECK(same(street_costs(read, origins, sites, limit), expected));
    dense += expected.is_dense() ? 1 : 0;
  }
  CHECK(dense == 1);
}

TEST_CASE("the same tables by hierarchy for any number of threads",
          "[network][long_ways][same_bits]") {
  const StreetGraph graph = random_arcs(3, 1'200, 2'600, 30).graph();
  SearchableStreets read(graph);
  read.use(Hierarchy::of(graph, 400));
  RandomStream stream(19);
  const SnappedPlaces origins = places_at_random(stream, 500, 1'200, 9);
  const SnappedPlaces sites = places_at_random(stream, 300, 1'200, 9);
  set_thread_count(1);
  const TravelCosts one = street_costs(read, origins, sites, 400);
  for (const std::size_t threads : {2, 7}) {
    set_thread_count(threads);
    CHECK(same(street_costs(read, origins, sites, 400), one));
  }
  set_thread_count(0);
}

TEST_CASE("the work of searches by hand", "[network][long_ways]") {
  const StreetGraph graph = grid(25);
  const SearchableStreets streets(graph);
  const SnappedPlaces all = every_node(graph);
  const SnappedPlaces corner = on_nodes({0, 0, 0});

  SECTION("one search for each distinct node of the smaller side, each of the whole grid") {
    const WayTable tables[] = {{&all, &all, 1'000}, {&all, &corner, 1'000}};
    const SearchWork work = search_work(streets, tables);
    CHECK(work.searches == 625 + 1);
    CHECK(work.settled == 626.0 * 625.0);
    CHECK(hierarchy_pays(work, graph.size()));
  }
  SECTION("legs are taken from the limit") {
    SnappedPlaces far = all;
    far.leg.assign(far.size(), 30);
    const WayTable both[] = {{&far, &far, 60}};
    CHECK(search_work(streets, both).settled == 625.0);
    const WayTable beyond[] = {{&far, &far, 59}};
    CHECK(search_work(streets, beyond).settled == 0.0);
  }
  SECTION("short ways do not pay") {
    const WayTable tables[] = {{&all, &all, 3}};
    const SearchWork work = search_work(streets, tables);
    CHECK(work.searches == 625);
    CHECK(work.settled > 625.0 * 6);
    CHECK(work.settled <= 625.0 * 25);
    CHECK_FALSE(hierarchy_pays(work, graph.size()));
  }
  SECTION("few searches are not looked at") {
    const WayTable tables[] = {{&all, &corner, 1'000}};
    CHECK(search_work(streets, tables).settled == 0.0);
    CHECK_FALSE(hierarchy_pays(search_work(streets, {}), 0));
  }
}

TEST_CASE("a hierarchy is prepared where it pays, told, and can be stopped",
          "[network][long_ways]") {
  const StreetGraph graph = grid(25);
  const SnappedPlaces all = every_node(graph);
  const WayTable long_table[] = {{&all, &all, 1'000}};
  Progress progress;
  std::vector<std::string> told;
  progress.step("Ways to services", 0.7);
  progress.on_step([&](const Progress::State& state) {
    CHECK(state.fraction == 0.7);
    told.push_back(state.label);
  });

  SECTION("for long ways") {
    SearchableStreets streets(graph);
    CHECK(prepare_long_ways(graph, long_table, streets, progress));
    CHECK(streets.hierarchy_up_to(1'000) != nullptr);
    CHECK(told == std::vector<std::string>{"Shortcuts for long ways, in place of 625 searches",
                                           "Ways to services"});
  }
  SECTION("not for short ones") {
    SearchableStreets streets(graph);
    const WayTable tables[] = {{&all, &all, 2}};
    CHECK_FALSE(prepare_long_ways(graph, tables, streets, progress));
    CHECK(streets.hierarchy_up_to(0) == nullptr);
    CHECK(told.empty());
  }
  SECTION("not for arcs between random nodes, which are no streets") {
    RandomArcs web;
    RandomStream stream(8);
    web.nodes.assign(900, {});
    for (std::uint32_t k = 0; k < 5'400; ++k) {
      web.add(stream.below(900), {stream.below(900), 1 + stream.below(50)});
    }
    const StreetGraph no_streets = web.graph();
    CHECK_FALSE(Hierarchy::within(no_streets, 1'000, 2 * no_streets.arcs.size()).has_value());
    CHECK(Hierarchy::within(graph, 1'000, 8 * (graph.arcs.size() + graph.size())).has_value());
  }
  SECTION("stopped") {
    SearchableStreets streets(graph);
    progress.on_step({});
    progress.cancel();
    CHECK_THROWS_AS(prepare_long_ways(graph, long_table, streets, progress), Cancelled);
  }
}

TEST_CASE("a hierarchy of other streets is a broken promise", "[network][long_ways]") {
  SearchableStreets streets(grid(3));
  CHECK_THROWS_AS(streets.use(Hierarchy::of(grid(4), 9)), std::logic_error);
}
