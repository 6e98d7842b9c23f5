#include "network/edits.h"

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "base/number.h"
#include "graphs.h"
#include "network/profile.h"
#include "support/catch.h"
#include "support/random_town.h"

using namespace quartier;
using namespace quartier::network;

namespace {

/// Every way of travelling that the tests look at.
std::vector<TravelProfile> profiles() {
  return {{},
          {.unit = CostUnit::second, .slope = true},
          {.wheelchair = true},
          {.unit = CostUnit::second, .slope = true, .wheelchair = true},
          {.mode = TravelMode::cycle, .unit = CostUnit::second, .slope = true},
          {.mode = TravelMode::drive, .unit = CostUnit::second}};
}

AddedStreet random_street(RandomStream& random, double extent_m) {
  AddedStreet street;
  street.name = "New Street";
  const std::uint32_t places = 2 + random.below(3);
  for (std::uint32_t k = 0; k < places; ++k) {
    street.line.push_back({extent_m * random.uniform(), extent_m * random.uniform()});
  }
  street.use = static_cast<std::uint8_t>(random.below(64));
  street.steps = random.below(5) == 0;
  street.wheelchair = random.below(5) != 0;
  street.join_m = 80.0;
  return street;
}

/// True where no cost of `after` is above that of `before` between nodes that both have.
bool nowhere_dearer(const StreetGraph& before, const StreetGraph& after) {
  for (std::uint32_t source = 0; source < before.size(); source += 7) {
    const auto were = test::costs_by_relaxing(before, source);
    const auto are = test::costs_by_relaxing(after, source);
    for (std::size_t n = 0; n < were.size(); ++n) {
      if (are[n] > were[n]) return false;
    }
  }
  return true;
}

bool same_graph(const StreetGraph& a, const StreetGraph& b) {
  return a.nodes == b.nodes && a.start == b.start &&
         std::equal(a.arcs.begin(), a.arcs.end(), b.arcs.begin(), b.arcs.end(),
                    [](StreetArc x, StreetArc y) { return x.to == y.to && x.cost == y.cost; });
}

std::vector<std::uint8_t> closed_by(const StreetNetwork& town, const StreetClosure& closure) {
  return changes_of(town, {.closures = {closure}}).value.closed;
}

/// 0 -- 1 -- 2 in a row, 100 m each; the second segment is steps.
StreetNetwork row() {
  StreetNetwork town;
  town.nodes = {{0, 0}, {100, 0}, {200, 0}};
  town.segments.resize(2);
  town.segments[0].to = 1;
  town.segments[1] = {.from = 1, .to = 2};
  town.segments[0].length_mm = town.segments[1].length_mm = 100'000;
  town.segments[1].steps = true;
  town.names = {"Row"};
  town.sources = {"w1", "w2"};
  town.segments[0].street = town.segments[1].street = 0;
  town.segments[0].source = 0;
  town.segments[1].source = 1;
  return town;
}

}  // namespace

TEST_CASE("closures: by barrier, area, street and segment", "[network][edits]") {
  const StreetNetwork town = row();
  const std::uint8_t all = street_use::everything;
  using Closed = std::vector<std::uint8_t>;
  CHECK(closed_by(town, {.line = {{50, -1}, {50, 1}}}) == Closed{all, 0});
  CHECK(closed_by(town, {.line = {{100, 0}, {100, 9}}}) == Closed{all, all});  // touches a node
  CHECK(closed_by(town, {.line = {{50, 1}, {60, 2}, {150, 1}}}) == Closed{0, 0});
  CHECK(closed_by(town, {.area = {{120, -9}, {140, -9}, {140, 9}, {120, 9}}}) == Closed{0, all});
  CHECK(closed_by(town, {.area = {{-9, -9}, {99, -9}, {99, 9}, {-9, 9}}}) == Closed{all, 0});
  CHECK(closed_by(town, {.street = "Row"}) == Closed{all, all});
  CHECK(closed_by(town, {.source = "w2"}) == Closed{0, all});

  SECTION("to cars only") {
    const std::uint8_t cars = street_use::drive_forward | street_use::drive_backward;
    const StreetEdits edits = {.closures = {{.street = "Row", .use = cars}}};
    CHECK(graph_of(town, {.mode = TravelMode::drive}, edits).arcs.empty());
    CHECK(graph_of(town, {}, edits).arcs.size() == 4);
  }
  SECTION("a closure that closes nothing is told, a broken one refused") {
    const auto changes =
        changes_of(town, {.closures = {{.street = "Nowhere"}, {.line = {{0, 5}, {9, 5}}}}});
    REQUIRE(changes.findings.size() == 2);
    CHECK(changes.findings[0].kind == "edit_without_effect");
    CHECK(changes.findings[0].layer == "street 'Nowhere'");
    CHECK_THROWS_AS(closed_by(town, {.line = {{0, 0}}}), InputError);
    CHECK_THROWS_AS(closed_by(town, {.area = {{0, 0}, {1, 1}}}), InputError);
    CHECK_THROWS_AS(closed_by(town, {.line = {{0, 0}, {undefined, 1}}}), InputError);
  }
}

TEST_CASE("a new street is joined to those who may use it", "[network][edits]") {
  StreetNetwork town = row();
  AddedStreet ramp;
  ramp.name = "Ramp";
  ramp.line = {{100, 10}, {200, 10}};

  SECTION("walkers at 10 m on either end; wheelchairs find the last node by it only if they may") {
    const Loaded<StreetChanges> changes = changes_of(town, {.added = {ramp}});
    CHECK(changes.value.nodes.size() == 2);
    // Node 2 lies on steps only: nobody in a wheelchair can be there, and none is joined to it.
    REQUIRE(changes.findings.size() == 1);
    CHECK(changes.findings[0].kind == "street_not_joined");
    const StreetGraph walk = graph_of(town, {}, changes.value);
    CHECK(test::costs_by_relaxing(walk, 1)[2] == 100'000.0);
    CHECK(test::costs_by_relaxing(walk, 1)[4] == 110'000.0);
    // Its graph has nodes 0 and 1, then the two new ones.
    const StreetGraph wheelchair = graph_of(town, {.wheelchair = true}, changes.value);
    REQUIRE(wheelchair.size() == 4);
    CHECK(test::costs_by_relaxing(wheelchair, 0)[3] == 210'000.0);
  }
  SECTION("an end on a node is that node") {
    ramp.line = {{0, 0}, {100, 50}, {200, 0}};
    const Loaded<StreetChanges> changes = changes_of(town, {.added = {ramp}});
    CHECK(changes.value.nodes == std::vector<Point>{{100, 50}});
    CHECK(changes.value.segments.size() == 2);
    CHECK(changes.value.segments.front().from == 0);
    CHECK(changes.findings.size() == 1);  // the steps serve no wheelchair
  }
  SECTION("no node near: told, and of no use") {
    ramp.line = {{100, 1000}, {200, 1000}};
    const auto changes = changes_of(town, {.added = {ramp}});
    CHECK(changes.findings.size() == 2);
    CHECK(graph_of(town, {}, changes.value).size() == 5);
  }
  SECTION("a stated length is kept whole") {
    ramp.line = {{0, 0}, {30, 0}, {60, 0}, {100, 0}};
    ramp.length_mm = 99'999;
    ramp.wheelchair = false;
    std::uint32_t sum = 0;
    const auto changes = changes_of(town, {.added = {ramp}});
    for (const StreetSegment& piece : changes.value.segments) sum += piece.length_mm;
    CHECK(sum == 99'999);
  }
  SECTION("heights run evenly along it") {
    town.height_m = {10.0, 20.0, 30.0};
    ramp.line = {{0, 5}, {50, 5}, {100, 5}};
    const auto changes = changes_of(town, {.added = {ramp}});
    CHECK(changes.value.height_m == std::vector<double>{10.0, 15.0, 20.0});
  }
  SECTION("broken lines are refused") {
    ramp.line = {{1, 1}, {1, 1}};
    CHECK_THROWS_AS(changes_of(town, {.added = {ramp}}), InputError);
    ramp.line = {{1, 1}, {std::numeric_limits<double>::infinity(), 1}};
    CHECK_THROWS_AS(changes_of(town, {.added = {ramp}}), InputError);
    ramp.line = {{1, 1}, {1e9, 1}};
    CHECK_THROWS_AS(changes_of(town, {.added = {ramp}}), InputError);
  }
}

TEST_CASE("a new street never raises a cost, a closure never lowers one", "[network][edits]") {
  for (std::uint64_t seed = 0; seed < 25; ++seed) {
    const StreetNetwork town = test::random_town(seed, 7);
    RandomStream random(seed, 29);
    StreetEdits built;
    for (int k = 0; k < 3; ++k) built.added.push_back(random_street(random, 600.0));
    StreetEdits closed;
    closed.closures.push_back(
        {.line = {{600.0 * random.uniform(), -10.0}, {600.0 * random.uniform(), 610.0}}});
    closed.closures.push_back({.source = "s" + std::to_string(random.below(40)),
                               .use = static_cast<std::uint8_t>(random.below(64))});
    StreetEdits both = closed;
    both.added = built.added;
    for (const TravelProfile& profile : profiles()) {
      CAPTURE(seed, static_cast<int>(profile.mode), profile.wheelchair);
      const StreetGraph base = graph_of(town, profile);
      const StreetGraph more = graph_of(town, profile, built);
      const StreetGraph less = graph_of(town, profile, closed);
      CHECK(nowhere_dearer(base, more));
      CHECK(nowhere_dearer(less, base));
      CHECK(nowhere_dearer(less, graph_of(town, profile, both)));
      CHECK(same_graph(graph_of(town, profile, StreetEdits{}), base));
    }
  }
}

TEST_CASE("a street closed and built again costs what it did", "[network][edits]") {
  const std::uint32_t side = 7;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const StreetNetwork town = test::random_town(seed, side);
    for (std::size_t s = 0; s < town.segments.size(); s += 9) {
      const StreetSegment& old = town.segments[s];
      AddedStreet again;
      again.line = {town.nodes[old.from], town.nodes[old.to]};
      again.use = old.use;
      again.drive_kmh = old.drive_kmh;
      again.steps = old.steps;
      again.wheelchair = old.wheelchair;
      again.length_mm = old.length_mm;
      const StreetEdits edits = {.closures = {{.source = town.sources[old.source]}},
                                 .added = {again}};
      for (const TravelProfile& profile : profiles()) {
        CHECK(same_graph(graph_of(town, profile, edits), graph_of(town, profile)));
      }
    }
  }
}
