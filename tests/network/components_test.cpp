#include "network/components.h"

#include <algorithm>
#include <array>

#include "network/graphs.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::network;

TEST_CASE("connected components", "[network]") {
  SECTION("two parts and a lone node") {
    const StreetGraph graph =
        StreetGraph::of(std::vector<Point>(6),
                        std::array{StreetEdge{1, 2, 5}, StreetEdge{4, 5, 5}, StreetEdge{2, 3, 5}});
    const Components c = connected_components(graph);
    CHECK(c.of_node == std::vector<std::uint32_t>{0, 1, 1, 1, 2, 2});
    CHECK(c.size == std::vector<std::uint32_t>{1, 3, 2});
    CHECK(c.largest == 1);
    CHECK(c.stranded_count() == 3);
    CHECK(c.in_largest(3));
    CHECK_FALSE(c.in_largest(0));
  }
  SECTION("of equally large ones the first is the largest") {
    const StreetGraph graph = StreetGraph::of(std::vector<Point>(4),
                                              std::array{StreetEdge{0, 3, 5}, StreetEdge{1, 2, 5}});
    CHECK(connected_components(graph).largest == 0);
  }
  SECTION("no nodes") {
    const Components c = connected_components(StreetGraph{});
    CHECK(c.count() == 0);
    CHECK(c.largest == no_index);
    CHECK(c.stranded_count() == 0);
  }
  SECTION("nodes share a component exactly where a way leads") {
    const StreetGraph graph = quartier::test::random_streets(5, 60, 45, 1000).graph();
    const Components c = connected_components(graph);
    for (std::uint32_t a = 0; a < 60; ++a) {
      const auto costs = quartier::test::costs_by_relaxing(graph, a);
      for (std::uint32_t b = 0; b < 60; ++b) {
        CHECK((c.of_node[a] == c.of_node[b]) == std::isfinite(costs[b]));
      }
    }
  }
}

TEST_CASE("components of directed streets can be both reached and left", "[network]") {
  SECTION("a block of one-way streets, a street that only leads in, one that only leads out") {
    quartier::test::RandomArcs streets;
    streets.nodes.resize(6);
    streets.add(4, {3, 10});
    streets.add(3, {1, 10});
    streets.add(1, {2, 10});
    streets.add(2, {3, 10});
    streets.add(2, {5, 10});
    const Components c = connected_components(streets.graph());
    CHECK(c.of_node == std::vector<std::uint32_t>{0, 1, 1, 1, 2, 3});
    CHECK(c.size == std::vector<std::uint32_t>{1, 3, 1, 1});
    CHECK(c.largest == 1);
    CHECK(c.stranded_count() == 3);
  }
  SECTION("nodes share a component exactly where ways lead there and back") {
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      const StreetGraph graph = quartier::test::random_arcs(seed, 70, 80, 9).graph();
      REQUIRE_FALSE(graph.symmetric);
      const Components c = connected_components(graph);
      std::vector<std::vector<std::uint32_t>> costs;
      for (std::uint32_t a = 0; a < 70; ++a) {
        costs.push_back(quartier::test::costs_by_heap(graph, a, greatest_cost));
      }
      std::uint32_t numbered = 0;
      for (std::uint32_t a = 0; a < 70; ++a) {
        CHECK(c.of_node[a] <= numbered);
        numbered = std::max(numbered, c.of_node[a] + 1);
        for (std::uint32_t b = 0; b < 70; ++b) {
          const bool both = costs[a][b] != no_cost && costs[b][a] != no_cost;
          REQUIRE((c.of_node[a] == c.of_node[b]) == both);
        }
      }
    }
  }
  SECTION("a street a million nodes long") {
    quartier::test::RandomArcs streets;
    streets.nodes.resize(1'000'000);
    for (std::uint32_t k = 0; k < 1'000'000; ++k) streets.add(k, {(k + 1) % 1'000'000, 1});
    CHECK(connected_components(streets.graph()).count() == 1);
  }
}
