#include "network/components.h"

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
