#include "geo/predicates.h"

#include <vector>

#include "support/catch.h"

using namespace quartier;
using namespace quartier::geo;

TEST_CASE("the side of a point is exact where doubles round", "[geo]") {
  CHECK(side_of({0, 0}, {1, 0}, {0, 1}) == 1);
  CHECK(side_of({0, 0}, {1, 0}, {0, -1}) == -1);
  CHECK(side_of({0, 0}, {1, 1}, {7, 7}) == 0);
  // 12 + k ulp on the line through (0.5, 0.5) and (12, 12): in double the sign goes astray.
  const double ulp = 0x1.0p-53;
  for (int k = 0; k < 64; ++k) {
    const Point p{0.5 + k * ulp, 0.5};
    CHECK(side_of({12, 12}, {24, 24}, p) == (k == 0 ? 0 : -1));
    CHECK(side_of({24, 24}, {12, 12}, p) == (k == 0 ? 0 : 1));
  }
  // UTM coordinates with a decimetre: 0.1 is no double, so the middle is off the line or on it as
  // the doubles are; both directions agree.
  const Point a{297679.6, 4633575.7};
  const Point b{297639.7, 4633556.2};
  const Point m{(a.x + b.x) / 2, (a.y + b.y) / 2};
  CHECK(side_of(a, b, m) == -side_of(b, a, m));
}

TEST_CASE("segments meet at points, along lines, and by crossing", "[geo]") {
  CHECK(segments_meet({0, 0}, {2, 2}, {0, 2}, {2, 0}));
  CHECK(segments_cross({0, 0}, {2, 2}, {0, 2}, {2, 0}));
  CHECK(segments_meet({0, 0}, {2, 0}, {1, 0}, {1, 5}));
  CHECK_FALSE(segments_cross({0, 0}, {2, 0}, {1, 0}, {1, 5}));
  CHECK(segments_meet({0, 0}, {2, 0}, {2, 0}, {3, 0}));
  CHECK(segments_meet({0, 0}, {2, 0}, {1, 0}, {3, 0}));
  CHECK_FALSE(segments_meet({0, 0}, {2, 0}, {2.5, 0}, {3, 0}));
  CHECK_FALSE(segments_meet({0, 0}, {2, 0}, {0, 1}, {2, 1}));
  CHECK_FALSE(segments_meet({0, 0}, {2, 2}, {3, 2.5}, {2, 3}));
}

TEST_CASE("inside, on and outside a ring", "[geo]") {
  const std::vector<Point> ring{{0, 0}, {4, 0}, {4, 4}, {2, 2}, {0, 4}};
  CHECK(place_in_ring(ring, {1, 1}) == 1);
  CHECK(place_in_ring(ring, {2, 3}) == -1);
  CHECK(place_in_ring(ring, {2, 2}) == 0);
  CHECK(place_in_ring(ring, {2, 0}) == 0);
  CHECK(place_in_ring(ring, {0, 3}) == 0);
  CHECK(place_in_ring(ring, {1, 3}) == 0);
  CHECK(place_in_ring(ring, {4, 4}) == 0);
  CHECK(place_in_ring(ring, {5, 4}) == -1);
  CHECK(place_in_ring(ring, {-1, 0}) == -1);
  CHECK(place_in_ring(ring, {5, 0}) == -1);
}
