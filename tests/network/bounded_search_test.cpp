#include "network/bounded_search.h"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/parallel.h"
#include "network/graphs.h"
#include "network/nearest_search.h"
#include "network/node_order.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::network;
using quartier::test::costs_by_heap;
using quartier::test::random_arcs;
using quartier::test::RandomArcs;

namespace {

/// Costs by source and node, `no_cost` where a node is not in the ball.
using Table = std::vector<std::vector<std::uint32_t>>;

Table table_of_balls(const SearchGraph& graph, std::span<const std::uint32_t> sources,
                     std::uint32_t limit) {
  Table table(sources.size());
  visit_balls(graph, sources, limit, [&](const Ball& ball) {
    std::vector<std::uint32_t>& row = table[ball.source];
    if (!row.empty()) throw std::logic_error("a source was visited twice");
    row.assign(graph.size(), no_cost);
    for (std::size_t k = 0; k < ball.node.size(); ++k) {
      if (row[ball.node[k]] != no_cost) throw std::logic_error("a node is twice in a ball");
      row[ball.node[k]] = ball.cost[k];
    }
  });
  return table;
}

Table table_by_heap(const StreetGraph& graph, std::span<const std::uint32_t> sources,
                    std::uint32_t limit) {
  Table table;
  for (const std::uint32_t source : sources) table.push_back(costs_by_heap(graph, source, limit));
  return table;
}

std::vector<std::uint32_t> every_node(std::size_t count) {
  std::vector<std::uint32_t> nodes(count);
  std::iota(nodes.begin(), nodes.end(), 0U);
  return nodes;
}

std::vector<double> values_at_random(std::uint64_t seed, std::size_t count) {
  RandomStream stream(seed, 31);
  std::vector<double> values(count);
  for (double& value : values) value = stream.uniform() * 100.0;
  return values;
}

}  // namespace

TEST_CASE("balls along one-way streets, by hand", "[network]") {
  // 0 -> 1 -> 2 -> 0 round the block, and 2 <-> 3
  RandomArcs streets;
  streets.nodes = {{0, 0}, {1, 0}, {1, 1}, {2, 1}};
  streets.add(0, {1, 10});
  streets.add(1, {2, 20});
  streets.add(2, {0, 30});
  streets.add(2, {3, 5});
  streets.add(3, {2, 5});
  const StreetGraph graph = streets.graph();
  CHECK_FALSE(graph.symmetric);
  const std::array sources{0U, 3U};
  CHECK(table_of_balls(SearchGraph(graph, SearchDirection::from_sources), sources, 35) ==
        Table{{0, 10, 30, 35}, {35, no_cost, 5, 0}});
  CHECK(table_of_balls(SearchGraph(graph, SearchDirection::to_sources), sources, 35) ==
        Table{{0, no_cost, 30, 35}, {35, 25, 5, 0}});
  const SearchGraph to_sources(graph, SearchDirection::to_sources);
  CHECK(table_of_balls(to_sources, sources, 0) ==
        Table{{0, no_cost, no_cost, no_cost}, {no_cost, no_cost, no_cost, 0}});
  CHECK(sums_at_nodes(to_sources, sources, 35, std::array{2.0, 7.0}) ==
        std::vector{9.0, 7.0, 9.0, 9.0});
  CHECK(sums_at_sources(to_sources, sources, 35, std::array{1.0, 2.0, 4.0, 8.0}) ==
        std::vector{13.0, 15.0});
  const NearestSites nearest =
      nearest_sources(to_sources, std::array{SearchSource{0, 0, 0}, SearchSource{3, 1, 1}});
  CHECK(nearest.cost == std::vector<std::uint32_t>{0, 26, 6, 1});
  CHECK(nearest.site == std::vector<std::uint32_t>{0, 1, 1, 1});
  CHECK(table_of_balls(to_sources, {}, 35).empty());
  CHECK_THROWS_AS(table_of_balls(to_sources, std::array{4U}, 35), std::logic_error);
}

TEST_CASE("balls agree with a search by heap on directed streets", "[network]") {
  CHECK(rc::check([] {
    const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1'000'000);
    const auto n = *rc::gen::inRange<std::uint32_t>(1, 90);
    const auto arcs = *rc::gen::inRange<std::uint32_t>(0, 300);
    const auto longest = *rc::gen::element(3U, 60U, 5000U, 2'000'000'000U);
    const StreetGraph graph = random_arcs(seed, n, arcs, longest).graph();
    const auto limit = *rc::gen::element(0U, 5U, longest, 2 * longest, greatest_cost);
    const std::vector<std::uint32_t> sources = every_node(n);
    RC_ASSERT(table_of_balls(SearchGraph(graph, SearchDirection::from_sources), sources, limit) ==
              table_by_heap(graph, sources, limit));
    RC_ASSERT(table_of_balls(SearchGraph(graph, SearchDirection::to_sources), sources, limit) ==
              table_by_heap(graph.reversed(), sources, limit));
  }));
}

TEST_CASE("sources side by side find what each finds alone", "[network]") {
  // 32766 is the last limit of narrow lanes, 2147483646 of wide ones.
  struct Case {
    std::uint32_t longest, limit;
  };
  for (const Case& one : {Case{60, 700}, Case{9000, 32766}, Case{9000, 32767}, Case{90000, 400000},
                          Case{900000000, 2147483646}, Case{900000000, 2147483647}}) {
    const StreetGraph graph = random_arcs(one.longest, 400, 1300, one.longest).graph();
    const std::vector<std::uint32_t> sources = every_node(400);
    const SearchGraph search(graph, SearchDirection::to_sources);
    const Table together = table_of_balls(search, sources, one.limit);
    INFO("limit " << one.limit);
    CHECK(together == table_by_heap(graph.reversed(), sources, one.limit));
    const std::array alone{399U, 7U, 7U};
    const Table few = table_of_balls(search, alone, one.limit);
    CHECK(few[0] == together[399]);
    CHECK(few[1] == together[7]);
    CHECK(few[2] == together[7]);
  }
}

TEST_CASE("sums over balls are those of a plain loop, for any number of threads", "[network]") {
  const StreetGraph graph = random_arcs(4, 500, 1500, 60).graph();
  const SearchGraph search(graph, SearchDirection::to_sources);
  constexpr std::uint32_t limit = 150;
  const std::vector<double> at_nodes = values_at_random(1, 500);
  std::vector<double> weights;
  for (std::uint32_t t = 0; t <= limit; ++t) weights.push_back(std::exp(-0.01 * t));
  RandomStream stream(8);
  std::vector<std::uint32_t> sources;
  for (int k = 0; k < 700; ++k) sources.push_back(stream.below(500));
  const std::vector<double> at_sources = values_at_random(2, sources.size());
  const Table table = table_of_balls(search, sources, limit);
  const auto sums = [&](std::span<const double> by_cost) {
    return std::pair(sums_at_sources(search, sources, limit, at_nodes, by_cost),
                     sums_at_nodes(search, sources, limit, at_sources, by_cost));
  };
  for (const bool weighted : {false, true}) {
    const auto by_cost = weighted ? std::span<const double>(weights) : std::span<const double>();
    const auto found = sums(by_cost);
    std::vector<double> received(500, 0.0);
    for (std::size_t k = 0; k < sources.size(); ++k) {
      double sum = 0.0;
      for (std::size_t v = 0; v < 500; ++v) {
        if (table[k][v] == no_cost) continue;
        const double weight = weighted ? weights[table[k][v]] : 1.0;
        sum += at_nodes[v] * weight;
        received[v] += at_sources[k] * weight;
      }
      REQUIRE_THAT(found.first[k], WithinRel(sum, 1e-13));
    }
    CHECK(found.second == received);  // in the order of the sources: the same bits
    for (const std::size_t threads : {1, 2, 7}) {
      set_thread_count(threads);
      const auto again = sums(by_cost);
      set_thread_count(0);
      CHECK(again.first == found.first);
      CHECK(again.second == found.second);
    }
  }
  CHECK_THROWS_AS(sums(std::span(weights).first(limit)), std::logic_error);
}

TEST_CASE("the nearest of many sources, with starts, ties and parts of the graph", "[network]") {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    // Above 8,192 nodes and four sources to the part the search runs in parts.
    const std::uint32_t n = seed < 10 ? 150 : 20000;
    const std::uint32_t count = 12;
    const std::uint32_t longest = seed % 2 == 0 ? 4 : 900;
    const StreetGraph graph = random_arcs(seed, n, 3 * n, longest).graph();
    RandomStream stream(seed, 3);
    std::vector<SearchSource> sources;
    for (std::uint32_t k = 0; k < count; ++k) {
      sources.push_back({stream.below(n), seed % 3 == 0 ? 0 : stream.below(30), count - 1 - k});
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> best(n, {no_cost, no_index});
    for (const SearchSource& source : sources) {
      const auto costs = costs_by_heap(graph, source.node, greatest_cost);
      for (std::size_t v = 0; v < n; ++v) {
        if (costs[v] == no_cost) continue;
        best[v] = std::min(best[v], {costs[v] + source.cost, source.number});
      }
    }
    const SearchGraph search(graph, SearchDirection::from_sources);
    const NearestSites nearest = nearest_sources(search, sources);
    std::size_t wrong = 0;
    for (std::size_t v = 0; v < n; ++v) {
      if (std::pair(nearest.cost[v], nearest.site[v]) != best[v]) ++wrong;
    }
    CHECK(wrong == 0);
    for (const std::size_t threads : {1, 2, 7}) {
      set_thread_count(threads);
      const NearestSites again = nearest_sources(search, sources);
      set_thread_count(0);
      CHECK(again.cost == nearest.cost);
      CHECK(again.site == nearest.site);
    }
  }
}

TEST_CASE("a new arc never raises a cost", "[network]") {
  CHECK(rc::check([] {
    const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1'000'000);
    RandomArcs streets = random_arcs(seed, 60, 90, 50);
    const std::vector<std::uint32_t> sources = every_node(60);
    Table before =
        table_of_balls(SearchGraph(streets.graph(), SearchDirection::to_sources), sources, 120);
    const auto from = *rc::gen::inRange<std::uint32_t>(0, 60);
    const auto to = *rc::gen::inRange<std::uint32_t>(0, 60);
    streets.add(from, {to, *rc::gen::inRange<std::uint32_t>(1, 80)});
    const Table after =
        table_of_balls(SearchGraph(streets.graph(), SearchDirection::to_sources), sources, 120);
    for (std::size_t k = 0; k < 60; ++k) {
      for (std::size_t v = 0; v < 60; ++v) RC_ASSERT(after[k][v] <= before[k][v]);
    }
  }));
}

TEST_CASE("other numbers for the nodes, the same costs", "[network]") {
  const RandomArcs streets = random_arcs(6, 400, 1200, 70);
  RandomStream stream(12);
  std::vector<std::uint32_t> number = every_node(400);
  for (std::uint32_t k = 399; k > 0; --k) std::swap(number[k], number[stream.below(k + 1)]);
  RandomArcs renamed = streets;
  for (std::size_t v = 0; v < 400; ++v) renamed.nodes[number[v]] = streets.nodes[v];
  for (std::size_t a = 0; a < streets.arcs.size(); ++a) {
    renamed.tails[a] = number[streets.tails[a]];
    renamed.arcs[a].to = number[streets.arcs[a].to];
  }
  const std::vector<std::uint32_t> sources = every_node(400);
  const Table table =
      table_of_balls(SearchGraph(streets.graph(), SearchDirection::to_sources), number, 300);
  std::vector<std::uint32_t> back(400);
  for (std::uint32_t v = 0; v < 400; ++v) back[number[v]] = v;
  const Table other =
      table_of_balls(SearchGraph(renamed.graph(), SearchDirection::to_sources), sources, 300);
  const Table own =
      table_of_balls(SearchGraph(streets.graph(), SearchDirection::to_sources), back, 300);
  std::size_t wrong = 0;
  for (std::size_t k = 0; k < 400; ++k) {
    for (std::size_t v = 0; v < 400; ++v) {
      if (other[k][number[v]] != own[k][v]) ++wrong;
    }
  }
  CHECK(wrong == 0);
  CHECK(table.size() == 400);
}

TEST_CASE("the curve passes every point once, neighbours close together", "[network]") {
  std::vector<Point> points;
  for (int k = 0; k < 256; ++k) {
    points.push_back({10.0 * (k % 16), 10.0 * static_cast<double>(k / 16)});
  }
  points.push_back({std::nan(""), 3.0});
  std::vector<std::uint32_t> order = order_along_curve(points);
  REQUIRE(order.size() == 257);
  CHECK(order.back() == 256);
  double longest = 0.0;
  for (std::size_t k = 0; k + 2 < order.size(); ++k) {
    const Point a = points[order[k]];
    const Point b = points[order[k + 1]];
    longest = std::max(longest, std::abs(a.x - b.x) + std::abs(a.y - b.y));
  }
  CHECK(longest == 10.0);
  std::sort(order.begin(), order.end());
  CHECK(order == every_node(257));
  CHECK(order_along_curve(std::vector<Point>(3)) == every_node(3));
  CHECK(order_along_curve({}).empty());
}
