#include "network/snap.h"

#include <algorithm>
#include <array>
#include <cmath>
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

TEST_CASE("places on the globe enter at the nearest node by great circle", "[network]") {
  // At 60 degrees north a degree of longitude is half as long as one of latitude.
  const StreetGraph graph =
      StreetGraph::of({{10.0, 60.0}, {10.015, 60.0}, {10.0, 60.01}, {-179.999, 60.0}},
                      std::array{StreetEdge{0, 1, 1}, StreetEdge{1, 2, 1}, StreetEdge{2, 3, 1}});
  const Components components = connected_components(graph);
  SnapOptions options;
  options.straight = Straight::sphere;
  const std::array places{Point{10.009, 60.005}, Point{10.0005, 60.006}, Point{179.999, 60.0},
                          Point{undefined, 60.0}};
  const SnappedPlaces snapped = snap(graph, components, places, options);
  CHECK(snapped.node == std::vector<std::uint32_t>{1, 2, 3, no_index});
  for (std::size_t i = 0; i < 3; ++i) {
    double nearest = 1e9;
    for (const Point node : graph.nodes) {
      nearest = std::min(nearest, straight_m(node, places[i], Straight::sphere));
    }
    CHECK(snapped.leg[i] == static_cast<std::uint32_t>(std::floor(nearest * 1000.0 + 0.5)));
  }
  CHECK_THAT(straight_m({10.0, 60.0}, {10.0, 61.0}, Straight::sphere),
             WithinRel(metres_per_y(Straight::sphere), 1e-12));
  CHECK(straight_m({3.0, 0.0}, {0.0, 4.0}, Straight::plane) == 5.0);
}
