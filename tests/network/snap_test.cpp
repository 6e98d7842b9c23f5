#include "network/snap.h"

#include <array>
#include <stdexcept>

#include "base/number.h"
#include "network/graphs.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::network;

TEST_CASE("places enter the streets at the nearest node of the largest component", "[network]") {
  // A street 0-1-2 along x, and a stranded pair 3-4 in the middle of it.
  const StreetGraph graph = StreetGraph::of(
      {{0, 0}, {100, 0}, {200, 0}, {50, 1}, {51, 1}},
      std::array{StreetEdge{0, 1, 100000}, StreetEdge{1, 2, 100000}, StreetEdge{3, 4, 1000}});
  const Components components = connected_components(graph);
  const std::array places{Point{50, 1},        Point{120, 0},      Point{150, 20},
                          Point{undefined, 0}, Point{200, 0.0004}, Point{200, 0.0006},
                          Point{1e12, 0}};
  const SnappedPlaces snapped = snap(graph, components, places);
  CHECK(snapped.node == std::vector<std::uint32_t>{0, 1, 1, no_index, 2, 2, no_index});
  CHECK(snapped.leg[0] == 50010);  // sqrt(2501) m
  CHECK(snapped.leg[1] == 20000);
  CHECK(snapped.leg[2] == 53852);  // both 1 and 2 are sqrt(2900) m away: the lower
  CHECK(snapped.leg[4] == 0);
  CHECK(snapped.leg[5] == 1);

  SECTION("several sets at once are the same") {
    const std::array<std::span<const Point>, 2> sets{std::span<const Point>(places).first(2),
                                                     std::span<const Point>(places)};
    const auto both = snap_all(graph, components, sets);
    REQUIRE(both.size() == 2);
    CHECK(both[1].node == snapped.node);
    CHECK(both[0].leg == std::vector<std::uint32_t>{50010, 20000});
  }
  SECTION("at the nearest node of all, where that is asked for") {
    SnapOptions options;
    options.target = SnapOptions::Target::nearest_node;
    const SnappedPlaces any = snap(graph, Components{}, places, options);
    CHECK(any.node == std::vector<std::uint32_t>{3, 1, 1, no_index, 2, 2, no_index});
    CHECK(any.leg[0] == 0);
  }
  SECTION("without the leg") {
    SnapOptions options;
    options.count_leg = false;
    const SnappedPlaces free = snap(graph, components, places, options);
    CHECK(free.node == std::vector<std::uint32_t>{0, 1, 1, no_index, 2, 2, 2});
    CHECK(free.leg == std::vector<std::uint32_t>(7, 0));
  }
  SECTION("in the unit of the graph") {
    StreetGraph timed = graph;
    timed.unit = CostUnit::second;
    CHECK_THROWS_AS(snap(timed, components, places), std::logic_error);
    SnapOptions options;
    options.units_per_metre = 0.75;  // 80 m a minute
    CHECK(snap(timed, components, places, options).leg[1] == 15);
    timed.unit = CostUnit::metre;
    CHECK(snap(timed, components, places).leg[2] == 54);
  }
  SECTION("no streets") {
    const StreetGraph none;
    CHECK(snap(none, connected_components(none), places).node[0] == no_index);
  }
}
