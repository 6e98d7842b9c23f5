#include "network/profile.h"

#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/number.h"
#include "support/catch.h"
#include "support/random_town.h"

using namespace quartier;
using namespace quartier::network;

namespace {

/// The cost of the arc a -> b, or `no_cost`.
std::uint32_t cost(const StreetGraph& graph, std::uint32_t a, std::uint32_t b) {
  for (const StreetArc arc : graph.arcs_of(a)) {
    if (arc.to == b) return arc.cost;
  }
  return no_cost;
}

StreetSegment segment(std::uint32_t from, std::uint32_t to, std::uint32_t length_mm) {
  StreetSegment made;
  made.from = from;
  made.to = to;
  made.length_mm = length_mm;
  return made;
}

/// Two nodes 100 m of street apart, the second `rise_m` higher.
StreetNetwork ramp(double rise_m) {
  StreetNetwork network;
  network.nodes = {{0, 0}, {100, 0}};
  network.height_m = {50.0, 50.0 + rise_m};
  network.segments = {segment(0, 1, 100'000)};
  return network;
}

constexpr TravelProfile walk_by_time = {.unit = CostUnit::second, .slope = true};

}  // namespace

TEST_CASE("lengths in millimetres are the plain graph", "[network][profile]") {
  StreetNetwork network;
  network.nodes = {{0, 0}, {10, 0}, {20, 0}, {30, 0}};
  network.segments = {segment(0, 1, 12'000), segment(1, 0, 11'000), segment(1, 2, 0)};
  const StreetGraph graph = graph_of(network, {});
  CHECK(graph.size() == 4);  // a node on no segment stays
  CHECK(graph.symmetric);
  CHECK(cost(graph, 0, 1) == 11'000);
  CHECK(cost(graph, 2, 1) == 1);
  CHECK(graph.unit == CostUnit::millimetre);
}

TEST_CASE("who may pass, in which direction, and how fast", "[network][profile]") {
  using namespace street_use;
  StreetNetwork network;
  network.nodes = {{0, 0}, {100, 0}, {200, 0}, {300, 0}};
  network.segments = {segment(0, 1, 100'000), segment(1, 2, 100'000), segment(2, 3, 100'000)};
  network.segments[0].use =
      walk_forward | walk_backward | cycle_forward | cycle_backward | drive_forward;
  network.segments[0].drive_kmh = 50;
  network.segments[1].use = drive_forward | drive_backward;
  network.segments[2].use = drive_forward | drive_backward;

  const StreetGraph cars =
      graph_of(network, {.mode = TravelMode::drive, .unit = CostUnit::second, .limit_share = 0.5});
  CHECK(cars.size() == 4);
  CHECK_FALSE(cars.symmetric);
  CHECK(cost(cars, 0, 1) == 14);  // 100 m at 25 km/h: 14.4 s
  CHECK(cost(cars, 1, 0) == no_cost);
  CHECK(cost(cars, 1, 2) == 12);  // no speed on record: 30 km/h

  const StreetGraph bicycles =
      graph_of(network, {.mode = TravelMode::cycle, .unit = CostUnit::second});
  CHECK(bicycles.size() == 2);  // nodes that serve cars only are left out
  CHECK(graph_nodes(network, {.mode = TravelMode::cycle}) == std::vector<std::uint32_t>{0, 1});
  CHECK(cost(bicycles, 1, 0) == 24);
  CHECK(cost(graph_of(network, {.unit = CostUnit::second}), 0, 1) == 83);  // 83.3 s at 1.2 m/s
}

TEST_CASE("slopes: Tobler's walking and the rule for cycling", "[network][profile]") {
  CHECK_THAT(slope_factor(TravelMode::walk, -0.05), WithinRel(std::exp(0.175), 1e-12));
  CHECK_THAT(slope_factor(TravelMode::walk, 0.10), WithinRel(std::exp(-0.35), 1e-12));
  CHECK(slope_factor(TravelMode::walk, 0.0) == 1.0);
  CHECK(slope_factor(TravelMode::walk, 9.0) == slope_factor(TravelMode::walk, 1.0));
  CHECK(slope_factor(TravelMode::walk, undefined) == 1.0);
  CHECK_THAT(slope_factor(TravelMode::cycle, 0.06), WithinRel(0.6, 1e-12));
  CHECK(slope_factor(TravelMode::cycle, 0.2) == 0.25);
  CHECK_THAT(slope_factor(TravelMode::cycle, -0.03), WithinRel(1.12, 1e-12));
  CHECK_THAT(slope_factor(TravelMode::cycle, -0.10), WithinRel(0.95, 1e-12));
  CHECK(slope_factor(TravelMode::cycle, -0.5) == 0.5);
  CHECK(slope_factor(TravelMode::drive, 0.2) == 1.0);

  SECTION("100 m with 10 m of climb: 118 s up, 99 s down, 83 s on the flat") {
    // 83.33 / exp(-0.35) = 118.26; down: exp(-3.5·0.05) / exp(-3.5·0.05) = 1, as on the flat.
    const StreetGraph graph = graph_of(ramp(10.0), walk_by_time);
    CHECK(cost(graph, 0, 1) == 118);
    CHECK(cost(graph, 1, 0) == 83);
    CHECK_FALSE(graph.symmetric);
  }
  SECTION("bridges, unknown heights and plain lengths are flat") {
    StreetNetwork bridge = ramp(10.0);
    bridge.segments[0].off_ground = true;
    CHECK(graph_of(bridge, walk_by_time).symmetric);
    CHECK(graph_of(ramp(undefined), walk_by_time).symmetric);
    CHECK(graph_of(ramp(10.0), {}).symmetric);
    CHECK(graph_of(ramp(10.0), {.mode = TravelMode::drive, .unit = CostUnit::second, .slope = true})
              .symmetric);
  }
  SECTION("every ride takes a second at least") {
    StreetNetwork shortest = ramp(0.0);
    shortest.segments[0].length_mm = 10;
    CHECK(cost(graph_of(shortest, walk_by_time), 0, 1) == 1);
  }
}

TEST_CASE("wheelchairs: no steps, nothing barred, nothing steep", "[network][profile]") {
  const TravelProfile wheelchair = {.wheelchair = true};
  const auto passable = [&](const StreetNetwork& network) {
    return !graph_of(network, wheelchair).arcs.empty();
  };
  CHECK(passable(ramp(6.0)));
  CHECK_FALSE(passable(ramp(6.1)));
  CHECK_FALSE(passable(ramp(-6.1)));
  StreetNetwork steps = ramp(0.0);
  steps.segments[0].steps = true;
  CHECK_FALSE(passable(steps));
  CHECK(graph_of(steps, {}).arcs.size() == 2);
  StreetNetwork barred = ramp(0.0);
  barred.segments[0].wheelchair = false;
  CHECK_FALSE(passable(barred));
  StreetNetwork bridge = ramp(10.0);
  bridge.segments[0].off_ground = true;
  CHECK(passable(bridge));
}

TEST_CASE("profiles out of range are refused", "[network][profile]") {
  const StreetNetwork network = ramp(0.0);
  CHECK_THROWS_AS(graph_of(network, {.speed_kmh = -1.0}), InputError);
  CHECK_THROWS_AS(graph_of(network, {.speed_kmh = std::numeric_limits<double>::quiet_NaN()}),
                  InputError);
  CHECK_THROWS_AS(graph_of(network, {.limit_share = 0.0}), InputError);
  CHECK_THROWS_AS(graph_of(network, {.steepest_share = 2.0}), InputError);
  CHECK_THROWS_AS(graph_of(network, {.unit = CostUnit::metre}), std::logic_error);
}

TEST_CASE("graph_nodes names the nodes of graph_of", "[network][profile]") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const StreetNetwork town = test::random_town(seed, 8);
    for (const TravelMode mode : {TravelMode::walk, TravelMode::cycle, TravelMode::drive}) {
      const TravelProfile profile = {.mode = mode, .wheelchair = seed % 2 == 0};
      const std::vector<std::uint32_t> nodes = graph_nodes(town, profile);
      const StreetGraph graph = graph_of(town, profile);
      REQUIRE(graph.size() == nodes.size());
      for (std::size_t g = 0; g < nodes.size(); ++g) {
        CHECK(graph.nodes[g] == town.nodes[nodes[g]]);
      }
    }
  }
}
