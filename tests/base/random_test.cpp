#include "base/random.h"

#include <array>

#include "support/catch.h"

using namespace quartier;

TEST_CASE("a random stream depends on its keys alone", "[base]") {
  RandomStream a(1, 2, 3);
  RandomStream b(1, 2, 3);
  RandomStream c(1, 3, 2);
  CHECK(a.next() == b.next());
  CHECK(a.next() != c.next());
}

TEST_CASE("uniform stays in [0, 1) with mean one half", "[base]") {
  RandomStream stream(42);
  double sum = 0.0;
  for (int i = 0; i < 100000; ++i) {
    const double u = stream.uniform();
    REQUIRE(u >= 0.0);
    REQUIRE(u < 1.0);
    sum += u;
  }
  CHECK_THAT(sum / 100000, WithinAbs(0.5, 0.005));
}

TEST_CASE("below is uniform over its range", "[base]") {
  RandomStream stream(7);
  std::array<int, 6> seen{};
  for (int i = 0; i < 60000; ++i) ++seen[stream.below(6)];
  for (const int count : seen) CHECK(std::abs(count - 10000) < 500);
  CHECK(stream.below(1) == 0);
}
