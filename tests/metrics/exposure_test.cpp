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

TEST_CASE("isolation without the own presence", "[metrics][exposure]") {
  SECTION("worked example: 1/4 · 9/49 + 3/4 · 29/49") {
    CHECK_THAT(isolation_without_self(group, everyone),
               WithinAbs(0.25 * 9.0 / 49.0 + 0.75 * 29.0 / 49.0, tolerance));
  }
  SECTION("someone alone in a district has nobody of the own group around") {
    CHECK(isolation_without_self(std::array{1.0, 1.0}, std::array{1.0, 1.0}) == 0.0);
    CHECK_THAT(isolation_without_self(std::array{1.0, 2.0}, std::array{1.0, 3.0}),
               WithinAbs(1.0 / 3.0, tolerance));
  }
  SECTION("is undefined for nobody") {
    CHECK(std::isnan(isolation_without_self(std::array{0.0}, std::array{3.0})));
  }
}

TEST_CASE("correlation ratio", "[metrics][exposure]") {
  const std::array x{30.0, 10.0, 0.0};
  const std::array y{10.0, 30.0, 0.0};
  SECTION("worked example: xPx = 0.625, P = 0.5: V = 0.125 / 0.5 = 0.25, the same both ways") {
    CHECK_THAT(correlation_ratio(x, y), WithinAbs(0.25, tolerance));
    CHECK_THAT(correlation_ratio(y, x), WithinAbs(0.25, tolerance));
  }
  SECTION("is 0 where the group is spread evenly, 1 where it shares no district") {
    CHECK_THAT(correlation_ratio(std::array{1.0, 2.0}, std::array{3.0, 6.0}),
               WithinAbs(0.0, tolerance));
    CHECK(correlation_ratio(std::array{1.0, 0.0}, std::array{0.0, 6.0}) == 1.0);
  }
  SECTION("is undefined where one of the two has no members") {
    CHECK(std::isnan(correlation_ratio(x, std::array{0.0, 0.0, 0.0})));
  }
}

TEST_CASE("exposure of every group to every group", "[metrics][exposure]") {
  const std::array rest{20.0, 10.0, 0.0};
  const std::array nobody{0.0, 0.0, 0.0};
  const std::array<std::span<const double>, 4> groups{group, reference, rest, nobody};
  const std::vector<double> matrix = exposure_matrix(groups, everyone);
  CHECK_THAT(matrix[0], WithinAbs(isolation_index(group, everyone), tolerance));
  CHECK_THAT(matrix[1], WithinAbs(0.25, tolerance));
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK_THAT(matrix[4 * k] + matrix[4 * k + 1] + matrix[4 * k + 2] + matrix[4 * k + 3],
               WithinAbs(1.0, tolerance));
  }
  CHECK(std::isnan(matrix[12]));
}

TEST_CASE("normalised exposure", "[metrics][exposure]") {
  const std::array x{30.0, 10.0, 0.0};
  const std::array y{10.0, 30.0, 0.0};
  const std::array<std::span<const double>, 2> two{x, y};
  SECTION("worked example: 1/2 · 0.25 + 1/2 · 0.25") {
    CHECK_THAT(normalised_exposure(two), WithinAbs(0.25, tolerance));
  }
  SECTION("is undefined where fewer than two groups have members") {
    const std::array none{0.0, 0.0, 0.0};
    const std::array<std::span<const double>, 2> alone{x, none};
    CHECK(std::isnan(normalised_exposure(alone)));
    CHECK(std::isnan(normalised_exposure({})));
  }
}
