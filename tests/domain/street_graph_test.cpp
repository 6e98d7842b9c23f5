#include "domain/street_graph.h"

#include <array>

#include "support/catch.h"

using namespace quartier;

TEST_CASE("a street graph is walked both ways, without loops or longer parallels", "[domain]") {
  const std::array edges{StreetEdge{0, 1, 5000}, StreetEdge{1, 0, 4000}, StreetEdge{1, 1, 10},
                         StreetEdge{1, 2, 7000}};
  const StreetGraph graph = StreetGraph::of({{0, 0}, {1, 0}, {2, 0}, {3, 0}}, edges);
  REQUIRE(graph.arcs_of(0).size() == 1);
  CHECK(graph.arcs_of(0)[0].cost == 4000);
  CHECK(graph.arcs_of(1).size() == 2);
  CHECK(graph.arcs_of(3).empty());
  CHECK_THROWS_AS(StreetGraph::of({{0, 0}}, edges), std::logic_error);
}
