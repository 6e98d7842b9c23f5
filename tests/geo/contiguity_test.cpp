#include "geo/contiguity.h"

#include <cmath>

#include "geo/build_shapes.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::geo;
using namespace quartier::test;

namespace {

/// Length shared by i and j; -1 where they are no neighbours.
double shared(const Contiguity& contiguity, std::size_t i, DistrictIndex j) {
  for (std::uint32_t k = contiguity.start[i]; k < contiguity.start[i + 1]; ++k) {
    if (contiguity.neighbour[k] == j) return contiguity.shared_m[k];
  }
  return -1.0;
}

void check_symmetric(const Contiguity& contiguity) {
  for (std::size_t i = 0; i < contiguity.size(); ++i) {
    for (std::uint32_t k = contiguity.start[i]; k < contiguity.start[i + 1]; ++k) {
      const DistrictIndex j = contiguity.neighbour[k];
      CHECK(j != i);
      if (k > contiguity.start[i]) CHECK(contiguity.neighbour[k - 1] < j);
      CHECK(shared(contiguity, j, static_cast<DistrictIndex>(i)) == contiguity.shared_m[k]);
    }
  }
}

}  // namespace

TEST_CASE("a board: sides are shared, corners touch", "[geo][contiguity]") {
  const Contiguity c = contiguity_of(board(3, 3));
  CHECK(c.start == std::vector<std::uint32_t>{0, 3, 8, 11, 16, 24, 29, 32, 37, 40});
  CHECK(shared(c, 4, 1) == 1000.0);
  CHECK(shared(c, 4, 0) == 0.0);
  CHECK(shared(c, 0, 8) == -1.0);
  check_symmetric(c);
}

TEST_CASE("edges that meet in a T are shared by their stretch", "[geo][contiguity]") {
  // One long side against two short ones and a stretch of nothing.
  const Polygons shapes = polygons(
      {{{rectangle(0, 0, 10, 30)}}, {{rectangle(10, 0, 20, 10)}}, {{rectangle(10, 10, 20, 25)}}});
  for (const double tolerance : {0.0, 0.5}) {
    const Contiguity c = contiguity_of(shapes, Metres{tolerance});
    CHECK(shared(c, 0, 1) == 10.0);
    CHECK(shared(c, 0, 2) == 15.0);
    CHECK(shared(c, 1, 2) == 10.0);
    check_symmetric(c);
  }
}

TEST_CASE("small gaps and overlaps are survived within the tolerance", "[geo][contiguity]") {
  for (const double shift : {0.3, -0.3}) {
    CAPTURE(shift);
    const Polygons shapes = polygons({{{rectangle(0, 0, 100, 100)}},
                                      {{rectangle(100 + shift, 0, 200, 100)}},
                                      {{rectangle(100 + shift, 100.2, 200, 200)}}});
    const Contiguity exact = contiguity_of(shapes, Metres{0.0});
    // The overlap shares two short stretches of the horizontal sides, the gap nothing.
    if (shift > 0) {
      CHECK(shared(exact, 0, 1) == -1.0);
    } else {
      CHECK_THAT(shared(exact, 0, 1), WithinAbs(0.6, 1e-9));
    }
    CHECK(shared(exact, 1, 2) == -1.0);
    const Contiguity c = contiguity_of(shapes, Metres{1.0});
    CHECK(shared(c, 0, 1) >= 100.0);
    CHECK(shared(c, 0, 1) < 101.0);
    CHECK_THAT(shared(c, 1, 2), WithinAbs(100.0 - shift, 1e-9));
    CHECK(shared(c, 0, 2) == 0.0);  // corner to corner
    check_symmetric(c);
    CHECK(shared(contiguity_of(shapes, Metres{0.1}), 1, 2) == -1.0);
  }
}

TEST_CASE("boundaries that leave a corner side by side are no common boundary",
          "[geo][contiguity]") {
  // Both start at the origin; between them lies a wedge of 14 degrees that nobody fills.
  const Polygons shapes =
      polygons({{{{{0, 0}, {100, -50}, {100, 0}}}}, {{{{0, 0}, {100, 25}, {0, 80}}}}});
  const Contiguity c = contiguity_of(shapes, Metres{1.0});
  CHECK(shared(c, 0, 1) == 0.0);
}

TEST_CASE("a tolerance never takes away", "[geo][contiguity]") {
  RandomStream random(9);
  std::vector<Shape> shapes;
  for (int y = 0; y < 6; ++y) {
    for (int x = 0; x < 6; ++x) {
      const auto jitter = [&] { return random.uniform() < 0.5 ? 0.0 : random.uniform() - 0.5; };
      shapes.push_back({{{{x * 50 + jitter(), y * 50 + jitter()},
                          {x * 50 + 50 + jitter(), y * 50 + jitter()},
                          {x * 50 + 50 + jitter(), y * 50 + 50 + jitter()},
                          {x * 50 + jitter(), y * 50 + 50 + jitter()}}}});
    }
  }
  const Polygons map = polygons(shapes);
  const Contiguity exact = contiguity_of(map, Metres{0.0});
  check_symmetric(exact);
  for (const double tolerance : {0.01, 0.3, 2.0}) {
    const Contiguity c = contiguity_of(map, Metres{tolerance});
    check_symmetric(c);
    for (std::size_t i = 0; i < exact.size(); ++i) {
      for (std::uint32_t k = exact.start[i]; k < exact.start[i + 1]; ++k) {
        CHECK(shared(c, i, exact.neighbour[k]) >= exact.shared_m[k] - 1e-9);
      }
    }
  }
  // Two metres are more than any jitter: the board is whole again.
  CHECK(contiguity_of(map, Metres{2.0}).start.back() == 4 * 3 + 16 * 5 + 16 * 8);
}

TEST_CASE("contacts of every kind, exact", "[geo][contiguity]") {
  SECTION("a corner on the middle of an edge") {
    const Contiguity c = contiguity_of(
        polygons({{{rectangle(0, 0, 10, 10)}}, {{{{10, 5}, {15, 0}, {15, 10}}}}}), Metres{0.0});
    CHECK(shared(c, 0, 1) == 0.0);
  }
  SECTION("a district in the hole of another") {
    const Contiguity c =
        contiguity_of(polygons({{{rectangle(0, 0, 9, 9), reversed(rectangle(3, 3, 6, 6))}},
                                {{rectangle(3, 3, 6, 6)}}}),
                      Metres{0.0});
    CHECK(shared(c, 0, 1) == 12.0);
  }
  SECTION("the same district twice") {
    const Contiguity c = contiguity_of(
        polygons({{{rectangle(0, 0, 9, 9)}}, {{rectangle(0, 0, 9, 9)}}}), Metres{0.0});
    CHECK(shared(c, 0, 1) == 36.0);
  }
  SECTION("three districts with the same edge") {
    const Contiguity c = contiguity_of(polygons({{{rectangle(0, 0, 10, 10)}},
                                                 {{rectangle(10, 0, 20, 10)}},
                                                 {{rectangle(10, 0, 30, 10)}}}),
                                       Metres{0.0});
    CHECK(shared(c, 0, 1) == 10.0);
    CHECK(shared(c, 0, 2) == 10.0);
    CHECK(shared(c, 1, 2) == 30.0);  // the left edge and both horizontal ones
  }
  SECTION("islands, and districts without shape") {
    const Contiguity c = contiguity_of(
        polygons({{{rectangle(0, 0, 1, 1)}}, {}, {{rectangle(50, 0, 51, 1)}}}), Metres{1.0});
    CHECK(c.start == std::vector<std::uint32_t>{0, 0, 0, 0});
  }
  SECTION("no districts") { CHECK(contiguity_of(Polygons{}).size() == 0); }
  SECTION("a broken promise") {
    CHECK_THROWS_AS(contiguity_of(Polygons{}, Metres{-1.0}), std::logic_error);
    CHECK_THROWS_AS(contiguity_of(Polygons{}, Metres{std::nan("")}), std::logic_error);
  }
}

TEST_CASE("contiguity is the same for any number of threads", "[geo][contiguity]") {
  Polygons shapes = board(70, 70, 1000, 8, 0.2, {280000, 5230000});
  RandomStream random(2);
  for (int i = 0; i < 2000; ++i) {
    Point& p = shapes.vertices[random.below(static_cast<std::uint32_t>(shapes.vertices.size()))];
    p.x += random.uniform();
  }
  CHECK(same_for_any_threads([&] { return contiguity_of(shapes); },
                             [](const Contiguity& a, const Contiguity& b) {
                               return a.start == b.start && a.neighbour == b.neighbour &&
                                      a.shared_m == b.shared_m;
                             }));
}

TEST_CASE("districts meet where a third one touches itself", "[geo][contiguity]") {
  // District 0 surrounds 1 and is itself pinched at (3, 3), where 2 enters from outside.
  const Polygons shapes =
      polygons({{{{{0, 0}, {9, 0}, {9, 9}, {0, 9}, {3, 3}}, {{3, 3}, {6, 6}, {6, 3}}}},
                {{{{3, 3}, {6, 3}, {6, 6}}}},
                {{{{0, 0}, {3, 3}, {0, 9}}}}});
  CHECK(shared(contiguity_of(shapes, Metres{0.0}), 1, 2) == 0.0);
}
