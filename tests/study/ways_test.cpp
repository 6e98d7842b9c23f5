/// Ways of a study along streets: many long ones, which are read from a hierarchy of shortcuts, are
/// those that searches find, on streets as they are and as a scenario changes them.
#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"
#include "network/profile.h"
#include "network/search.h"
#include "study/means.h"
#include "study/street_ways.h"
#include "support/catch.h"
#include "support/random_town.h"

using namespace quartier;
using namespace quartier::study;

namespace {

std::vector<Point> places_at_random(std::uint64_t seed, std::size_t count) {
  RandomStream stream(seed, 7);
  std::vector<Point> places;
  for (std::size_t k = 0; k < count; ++k) {
    places.push_back({2'400.0 * stream.uniform() - 200.0, 2'400.0 * stream.uniform() - 200.0});
  }
  return places;
}

bool same(const Impedance& a, const Impedance& b) {
  return a.costs.start == b.costs.start && a.costs.origin == b.costs.origin &&
         a.costs.cost == b.costs.cost && a.costs.rows == b.costs.rows &&
         a.costs.limit == b.costs.limit && a.nearest.cost == b.nearest.cost &&
         a.nearest.site == b.nearest.site;
}

}  // namespace

TEST_CASE("long ways of a study are those of searches", "[study][ways]") {
  Means means;
  means.has_streets = true;
  means.streets = test::random_town(11, 21);
  means.travel.mode = "drive";
  const std::vector<Point> origins = places_at_random(1, 900);
  const std::vector<Point> sites = places_at_random(2, 700);
  const std::vector<Point> centres = places_at_random(3, 600);
  RandomStream stream(5);
  std::vector<double> offered;
  for (std::size_t j = 0; j < sites.size(); ++j) offered.push_back(stream.below(3));
  const std::vector<double> everywhere(centres.size(), 1.0);
  const Journeys journeys[] = {
      {origins, {{sites, offered, 30.0}, {centres, everywhere, 60.0}, {sites, offered, 2.0}}},
      {centres,
       {{sites, offered, 60.0},
        {centres, everywhere, 45.0},
        {sites, offered, 40.0},
        {sites, offered, 50.0}}}};

  StreetEdits closed;
  closed.closures.push_back({.line = {{950.0, -50.0}, {950.0, 1'750.0}}});
  for (const StreetEdits& edits : {StreetEdits{}, closed}) {
    Progress progress;
    std::vector<std::string> told;
    progress.on_step([&](const Progress::State& state) { told.push_back(state.label); });
    const auto found = ways_of(means, edits, journeys, progress);
    REQUIRE(told.size() == 2);
    CHECK(told[0].starts_with("Shortcuts for long ways"));

    const StreetWays streets(network::graph_of(means.streets, profile_of(means.travel), edits),
                             means.travel);
    REQUIRE(found.size() == 2);
    for (std::size_t j = 0; j < 2; ++j) {
      REQUIRE(found[j].size() == journeys[j].services.size());
      for (std::size_t s = 0; s < found[j].size(); ++s) {
        const Destinations& service = journeys[j].services[s];
        const auto snapped = streets.snapped(std::vector{journeys[j].origins, service.places});
        const Impedance expected = network::street_impedance(
            streets.searchable, snapped[0], {&snapped[1], service.offered},
            whole_cost(service.cutoff, streets.graph.unit));
        CHECK(same(found[j][s], expected));
        CHECK(expected.costs.start.size() == service.places.size() + 1);
      }
    }
  }
}

TEST_CASE("short ways of a study are searched", "[study][ways]") {
  Means means;
  means.has_streets = true;
  means.streets = test::random_town(12, 21);
  const std::vector<Point> places = places_at_random(4, 900);
  const std::vector<double> everywhere(places.size(), 1.0);
  const Journeys journeys[] = {{places, {{places, everywhere, 400.0}}}};
  Progress progress;
  progress.on_step([](const Progress::State&) { FAIL("nothing to tell"); });
  CHECK(ways_of(means, {}, journeys, progress)[0][0].costs.cost.size() > places.size());
}
