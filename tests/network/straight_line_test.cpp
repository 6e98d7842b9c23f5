#include "network/straight_line.h"

#include <array>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/random.h"
#include "network/graphs.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::network;

namespace {
double in_whole_mm(double metres) { return std::floor(metres * 1000.0 + 0.5) / 1000.0; }
}  // namespace

TEST_CASE("straight lines by hand", "[network]") {
  const std::array origins{Point{0, 0}, Point{30, 40}, Point{undefined, undefined}};
  const std::array sites{Point{0, 100}, Point{60, 80}, Point{0, 0}};
  // From (0, 0): 100, 100, 0. From (30, 40): sqrt(900 + 3600) = 67.08, 50, 50.
  const test::Ways t = test::ways_of(straight_line_impedance(origins, sites, {}, Metres{65}, 1.3));
  CHECK(t.nearest_m[0] == 0.0);
  CHECK(t.nearest[0] == 2);
  CHECK(t.nearest_m[1] == 65.0);
  CHECK(t.nearest[1] == 1);
  CHECK(t.nearest_m[2] == unreachable);
  CHECK(t.nearest[2] == no_index);
  REQUIRE(t.site_count() == 3);
  CHECK(t.site(0).empty());
  REQUIRE(t.site(1).size() == 1);
  CHECK(t.site(1)[0].origin == 1);
  CHECK(t.site(1)[0].metres == 65.0);
  REQUIRE(t.site(2).size() == 2);
  CHECK(t.site(2)[0].origin == 0);

  SECTION("a site that offers nothing is not the nearest") {
    const std::array supply{1.0, 1.0, 0.0};
    const test::Ways s =
        test::ways_of(straight_line_impedance(origins, sites, supply, Metres{65}, 1.3));
    CHECK(s.nearest[0] == 0);
    CHECK(s.nearest_m[0] == 130.0);
    CHECK(s.site(2).size() == 2);
  }
  SECTION("no sites") {
    const test::Ways s = test::ways_of(straight_line_impedance(origins, {}, {}, Metres{65}, 1.0));
    CHECK(s.nearest_m[0] == unreachable);
    CHECK(s.site_count() == 0);
  }
  SECTION("refused") {
    CHECK_THROWS_AS(straight_line_impedance(origins, sites, {}, Metres{-1}, 1.3), InputError);
    CHECK_THROWS_AS(straight_line_impedance(origins, sites, {}, Metres{undefined}, 1.3),
                    InputError);
    CHECK_THROWS_AS(straight_line_impedance(origins, sites, {}, Metres{1}, 0.9), InputError);
  }
}

TEST_CASE("straight lines agree with trying all pairs, for any number of threads", "[network]") {
  RandomStream stream(4);
  std::vector<Point> origins(3000);
  std::vector<Point> sites(120);
  for (Point& p : origins)
    p = {std::floor(stream.uniform() * 300), std::floor(stream.uniform() * 300)};
  for (Point& p : sites)
    p = {std::floor(stream.uniform() * 300), std::floor(stream.uniform() * 300)};
  const test::Ways t = test::ways_of(straight_line_impedance(origins, sites, {}, Metres{30}, 1.2));
  for (std::size_t i = 0; i < origins.size(); ++i) {
    double best = unreachable;
    std::uint32_t site = no_index;
    for (std::uint32_t s = 0; s < sites.size(); ++s) {
      const double dx = origins[i].x - sites[s].x;
      const double dy = origins[i].y - sites[s].y;
      const double m = 1.2 * std::sqrt(dx * dx + dy * dy);
      if (m < best) {
        best = m;
        site = s;
      }
    }
    REQUIRE(t.nearest_m[i] == in_whole_mm(best));
    REQUIRE(t.nearest[i] == site);
  }
  std::size_t pairs = 0;
  for (std::uint32_t s = 0; s < sites.size(); ++s) {
    std::size_t k = 0;
    for (std::uint32_t i = 0; i < origins.size(); ++i) {
      const double dx = origins[i].x - sites[s].x;
      const double dy = origins[i].y - sites[s].y;
      const double m = in_whole_mm(1.2 * std::sqrt(dx * dx + dy * dy));
      if (m > 30.0) continue;
      REQUIRE(k < t.site(s).size());
      REQUIRE(t.site(s)[k].origin == i);
      REQUIRE(t.site(s)[k].metres == m);
      ++k;
      ++pairs;
    }
  }
  CHECK(pairs == t.reaches.size());
  set_thread_count(1);
  const test::Ways one =
      test::ways_of(straight_line_impedance(origins, sites, {}, Metres{30}, 1.2));
  set_thread_count(0);
  CHECK(one.nearest == t.nearest);
  CHECK(one.nearest_m == t.nearest_m);
}
