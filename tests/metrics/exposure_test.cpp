#include "metrics/exposure.h"

#include <array>
#include <cmath>

#include "support/catch.h"

using namespace quartier::metrics;

namespace {
constexpr double tolerance = 1e-12;
const std::array group{10.0, 30.0, 0.0};
const std::array reference{20.0, 10.0, 5.0};
const std::array everyone{50.0, 50.0, 5.0};
}  // namespace

TEST_CASE("isolation index", "[metrics][exposure]") {
  SECTION("worked example: 1/4 of the group lives at a share of 1/5, 3/4 at 3/5") {
    CHECK_THAT(isolation_index(group, everyone), WithinAbs(0.5, tolerance));
  }
  SECTION("equals the share in the city where the group is spread evenly") {
    CHECK_THAT(isolation_index(std::array{10.0, 10.0, 1.0}, everyone), WithinAbs(0.2, tolerance));
  }
  SECTION("is undefined for nobody; empty districts add nothing") {
    CHECK(std::isnan(isolation_index(std::array{0.0, 0.0, 0.0}, everyone)));
    CHECK(isolation_index(std::array{4.0, 0.0}, std::array{4.0, 0.0}) == 1.0);
  }
}

TEST_CASE("interaction index", "[metrics][exposure]") {
  SECTION("worked example: 1/4 of the group meets 2/5 of the reference, 3/4 meets 1/5") {
    CHECK_THAT(interaction_index(group, reference, everyone), WithinAbs(0.25, tolerance));
  }
  SECTION("the other way round it is another number: 20/35, 10/35, 5/35 at 1/5, 3/5, 0") {
    CHECK_THAT(interaction_index(reference, group, everyone), WithinAbs(10.0 / 35.0, tolerance));
  }
  SECTION("over a partition, the own group included, it adds up to 1") {
    const std::array rest{20.0, 10.0, 0.0};
    CHECK_THAT(isolation_index(group, everyone) + interaction_index(group, reference, everyone) +
                   interaction_index(group, rest, everyone),
               WithinAbs(1.0, tolerance));
  }
  SECTION("refuses columns of different cities") {
    CHECK_THROWS_AS(interaction_index(group, std::array{1.0}, everyone), std::logic_error);
  }
}
