#include "metrics/composition.h"

#include <array>
#include <cmath>

#include "base/number.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {
constexpr double tolerance = 1e-12;
}

TEST_CASE("shares and location quotients", "[metrics][composition]") {
  const std::array newcomers{10.0, 30.0, 0.0, 0.0};
  const std::array everyone{100.0, 60.0, 40.0, 0.0};

  SECTION("worked example: 40 of 200 in the city, 10 of 100 and 30 of 60 in two districts") {
    CHECK_THAT(city_share(newcomers, everyone), WithinAbs(0.2, tolerance));
    const std::vector<double> share = shares(newcomers, everyone);
    CHECK_THAT(share[0], WithinAbs(0.1, tolerance));
    CHECK_THAT(share[1], WithinAbs(0.5, tolerance));
    CHECK(share[2] == 0.0);
    const std::vector<double> quotient = location_quotients(newcomers, everyone);
    CHECK_THAT(quotient[0], WithinAbs(0.5, tolerance));
    CHECK_THAT(quotient[1], WithinAbs(2.5, tolerance));
    CHECK(quotient[2] == 0.0);
  }
  SECTION("a district without people has neither") {
    CHECK(std::isnan(shares(newcomers, everyone)[3]));
    CHECK(std::isnan(location_quotients(newcomers, everyone)[3]));
  }
  SECTION("a group that nobody belongs to has a share of 0 and no quotient") {
    const std::array nobody{0.0, 0.0, 0.0, 0.0};
    CHECK(city_share(nobody, everyone) == 0.0);
    CHECK(std::isnan(location_quotients(nobody, everyone)[0]));
    CHECK(std::isnan(city_share(nobody, nobody)));
  }
  SECTION("columns of different cities are a mistake of the caller") {
    CHECK_THROWS_AS(shares(newcomers, std::array{1.0}), std::logic_error);
    CHECK_THROWS_AS(city_share(newcomers, std::array{1.0}), std::logic_error);
  }
}

TEST_CASE("entropy and Simpson diversity", "[metrics][composition]") {
  const std::array a{50.0, 100.0, 0.0};
  const std::array b{50.0, 0.0, 0.0};
  const std::array<std::span<const double>, 2> groups{a, b};

  SECTION("worked example: two equal halves have ln 2, one group alone has 0") {
    const std::vector<double> entropy = district_entropies(groups);
    CHECK_THAT(entropy[0], WithinAbs(std::log(2.0), tolerance));
    CHECK(entropy[1] == 0.0);
    CHECK_THAT(normalised_district_entropies(groups)[0], WithinAbs(1.0, tolerance));
    const double expected = -0.75 * std::log(0.75) - 0.25 * std::log(0.25);
    CHECK_THAT(city_entropy(groups), WithinAbs(expected, tolerance));
    CHECK_THAT(normalised_city_entropy(groups), WithinAbs(expected / std::log(2.0), tolerance));
  }
  SECTION("worked example: 1 - (1/2)² - (1/2)²; in the city 1 - (3/4)² - (1/4)²") {
    const std::vector<double> diversity = simpson_diversities(groups);
    CHECK_THAT(diversity[0], WithinAbs(0.5, tolerance));
    CHECK(diversity[1] == 0.0);
    CHECK_THAT(city_simpson_diversity(groups), WithinAbs(0.375, tolerance));
  }
  SECTION("a district without people is undefined") {
    CHECK(std::isnan(district_entropies(groups)[2]));
    CHECK(std::isnan(normalised_district_entropies(groups)[2]));
    CHECK(std::isnan(simpson_diversities(groups)[2]));
  }
  SECTION("one group alone cannot be normalised, no group has no entropy") {
    CHECK(std::isnan(normalised_city_entropy(std::span(groups).first(1))));
    CHECK(std::isnan(city_entropy({})));
    CHECK(district_entropies({}).empty());
  }
  SECTION("a city without people is undefined") {
    const std::array nobody{0.0, 0.0};
    const std::array<std::span<const double>, 2> empty{nobody, nobody};
    CHECK(std::isnan(city_entropy(empty)));
    CHECK(std::isnan(city_simpson_diversity(empty)));
  }
  SECTION("columns of different lengths are a mistake of the caller") {
    const std::array short_column{1.0};
    const std::array<std::span<const double>, 2> uneven{a, short_column};
    CHECK_THROWS_AS(district_entropies(uneven), std::logic_error);
  }
}
