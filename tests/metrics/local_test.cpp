#include "metrics/local.h"

#include <array>
#include <cmath>

#include "metrics/evenness.h"
#include "support/catch.h"

using namespace quartier::metrics;

namespace {
constexpr double tolerance = 1e-12;
const std::array a{30.0, 10.0, 0.0};
const std::array b{10.0, 30.0, 0.0};
const std::array<std::span<const double>, 2> groups{a, b};
}  // namespace

TEST_CASE("local divergence", "[metrics][local]") {
  const double expected = 0.75 * std::log(1.5) + 0.25 * std::log(0.5);

  SECTION("worked example: shares of 3/4 and 1/4 in a city of halves") {
    const std::vector<double> divergence = local_divergences(groups);
    CHECK_THAT(divergence[0], WithinAbs(expected, tolerance));
    CHECK_THAT(divergence[1], WithinAbs(expected, tolerance));
    CHECK(std::isnan(divergence[2]));
  }
  SECTION("its mean over residents is the mutual information") {
    CHECK_THAT(mutual_information(groups), WithinAbs(expected, tolerance));
  }
  SECTION("is 0 in a district with the composition of the city") {
    const std::array c{20.0, 40.0};
    const std::array d{10.0, 20.0};
    const std::array<std::span<const double>, 2> even{c, d};
    for (const double divergence : local_divergences(even)) {
      CHECK_THAT(divergence, WithinAbs(0.0, tolerance));
    }
  }
}

TEST_CASE("divergence of a group", "[metrics][local]") {
  const std::array everyone{40.0, 40.0, 0.0};

  SECTION("worked example: 3/4 and 1/4 of the group where half of everyone lives") {
    const double expected = 0.75 * std::log(1.5) + 0.25 * std::log(0.5);
    CHECK_THAT(group_divergence(a, everyone), WithinAbs(expected, tolerance));
  }
  SECTION("weighted by the groups' shares it is the mutual information") {
    CHECK_THAT(0.5 * group_divergence(a, everyone) + 0.5 * group_divergence(b, everyone),
               WithinAbs(mutual_information(groups), tolerance));
  }
  SECTION("is undefined for nobody") {
    CHECK(std::isnan(group_divergence(std::array{0.0, 0.0, 0.0}, everyone)));
  }
}
