#include "metrics/evenness.h"

#include <array>
#include <cmath>
#include <numeric>

#include "base/number.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {
constexpr double tolerance = 1e-12;
const std::array newcomers{10.0, 20.0, 30.0, 40.0};
const std::array others{40.0, 30.0, 20.0, 10.0};
const std::array nobody{0.0, 0.0, 0.0, 0.0};
}  // namespace

TEST_CASE("dissimilarity index", "[metrics][evenness]") {
  SECTION("worked example: |.1-.4| + |.2-.3| + |.3-.2| + |.4-.1| = 0.8, halved") {
    CHECK_THAT(dissimilarity_index(newcomers, others), WithinAbs(0.4, tolerance));
  }
  SECTION("is 0 for a group spread like the other, whatever its size") {
    CHECK_THAT(dissimilarity_index(newcomers, std::array{1.0, 2.0, 3.0, 4.0}),
               WithinAbs(0.0, tolerance));
  }
  SECTION("is 1 for groups without a district in common") {
    CHECK(dissimilarity_index(std::array{5.0, 0.0}, std::array{0.0, 7.0}) == 1.0);
  }
  SECTION("is undefined for a group that nobody belongs to") {
    CHECK(std::isnan(dissimilarity_index(newcomers, nobody)));
    CHECK(std::isnan(dissimilarity_index(nobody, newcomers)));
    CHECK(std::isnan(dissimilarity_index({}, {})));
  }
  SECTION("refuses columns of different cities") {
    CHECK_THROWS_AS(dissimilarity_index(newcomers, std::array{1.0}), std::logic_error);
  }
}

TEST_CASE("contributions to dissimilarity", "[metrics][evenness]") {
  SECTION("worked example: half of .3, .1, .1, .3, adding up to D") {
    const std::vector<double> parts = dissimilarity_contributions(newcomers, others);
    CHECK_THAT(parts[0], WithinAbs(0.15, tolerance));
    CHECK_THAT(parts[1], WithinAbs(0.05, tolerance));
    CHECK_THAT(std::accumulate(parts.begin(), parts.end(), 0.0), WithinAbs(0.4, tolerance));
  }
  SECTION("are undefined for a group that nobody belongs to") {
    for (const double part : dissimilarity_contributions(nobody, others)) CHECK(std::isnan(part));
  }
}

TEST_CASE("dissimilarity that chance alone would bring", "[metrics][evenness]") {
  SECTION("worked example: two districts of one person, one of each group") {
    // each |b - 1/2| is 1/2, so D* = (1/2 + 1/2) / (2 * 2 * 1/4) = 1
    CHECK_THAT(expected_dissimilarity(std::array{1.0, 0.0}, std::array{0.0, 1.0}),
               WithinAbs(1.0, tolerance));
  }
  SECTION("worked example: two districts of two persons") {
    // b is 0, 1, 2 with 1/4, 1/2, 1/4: E|b - 1| = 1/2 twice, over 2 * 4 * 1/4
    CHECK_THAT(expected_dissimilarity(std::array{2.0, 0.0}, std::array{0.0, 2.0}),
               WithinAbs(0.5, tolerance));
  }
  SECTION("shrinks as districts grow") {
    const std::array many{1000.0, 1000.0};
    CHECK(expected_dissimilarity(many, many) < 0.03);
  }
  SECTION("is undefined for nobody and for parts of persons") {
    CHECK(std::isnan(expected_dissimilarity(newcomers, nobody)));
    CHECK(std::isnan(expected_dissimilarity(std::array{0.5, 1.0}, std::array{1.0, 1.0})));
  }
}

TEST_CASE("Gini index", "[metrics][evenness]") {
  SECTION("worked example: shares 0 and 1/2 in districts of 10 and 20") {
    // X = 10, Y = 20: x * (y below) - y * (x below) = 10 * 10, over 200
    CHECK_THAT(gini_index(std::array{0.0, 10.0}, std::array{10.0, 10.0}),
               WithinAbs(0.5, tolerance));
  }
  SECTION("equals the double sum over pairs of districts") {
    double pairs = 0.0;
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) {
        pairs += 50.0 * 50.0 * std::abs(newcomers[i] - newcomers[j]) / 50.0;
      }
    }
    CHECK_THAT(gini_index(newcomers, others),
               WithinAbs(pairs / (2.0 * 200.0 * 200.0 * 0.25), tolerance));
  }
  SECTION("is 0 for even spread, 1 for none in common, undefined for nobody") {
    CHECK(gini_index(newcomers, newcomers) == 0.0);
    CHECK(gini_index(std::array{5.0, 0.0}, std::array{0.0, 7.0}) == 1.0);
    CHECK(std::isnan(gini_index(newcomers, nobody)));
  }
}

TEST_CASE("Theil entropy index", "[metrics][evenness]") {
  SECTION("worked example: half the city mixed, half apart") {
    // E = ln 2; two districts of 10 with 0, one of 20 with ln 2: (40 - 20) / 40
    CHECK_THAT(theil_entropy_index(std::array{10.0, 0.0, 10.0}, std::array{0.0, 10.0, 10.0}),
               WithinAbs(0.5, tolerance));
  }
  SECTION("is 0 for even spread, 1 for none in common, undefined for nobody") {
    CHECK_THAT(theil_entropy_index(newcomers, newcomers), WithinAbs(0.0, tolerance));
    CHECK_THAT(theil_entropy_index(std::array{5.0, 0.0}, std::array{0.0, 7.0}),
               WithinAbs(1.0, tolerance));
    CHECK(std::isnan(theil_entropy_index(newcomers, nobody)));
  }
}

TEST_CASE("indices of all groups", "[metrics][evenness]") {
  const std::array a{30.0, 0.0, 0.0};
  const std::array b{0.0, 20.0, 0.0};
  const std::array c{0.0, 0.0, 10.0};
  const std::array<std::span<const double>, 3> apart{a, b, c};

  SECTION("are 1 where no two groups share a district, and M is then the city's entropy") {
    CHECK_THAT(multigroup_dissimilarity(apart), WithinAbs(1.0, tolerance));
    CHECK_THAT(multigroup_gini(apart), WithinAbs(1.0, tolerance));
    CHECK_THAT(multigroup_theil_entropy(apart), WithinAbs(1.0, tolerance));
    const double entropy =
        std::log(2.0) / 2.0 + std::log(3.0) / 3.0 + std::log(6.0) / 6.0;  // 1/2, 1/3, 1/6
    CHECK_THAT(mutual_information(apart), WithinAbs(entropy, tolerance));
  }
  SECTION("equal the two-group indices where there are two groups") {
    const std::array<std::span<const double>, 2> two{newcomers, others};
    CHECK_THAT(multigroup_dissimilarity(two),
               WithinAbs(dissimilarity_index(newcomers, others), tolerance));
    CHECK_THAT(multigroup_gini(two), WithinAbs(gini_index(newcomers, others), tolerance));
    CHECK_THAT(multigroup_theil_entropy(two),
               WithinAbs(theil_entropy_index(newcomers, others), tolerance));
  }
  SECTION("are undefined where fewer than two groups have members") {
    const std::array<std::span<const double>, 2> alone{newcomers, nobody};
    CHECK(std::isnan(multigroup_dissimilarity(alone)));
    CHECK(std::isnan(multigroup_gini(alone)));
    CHECK(std::isnan(multigroup_theil_entropy(alone)));
    CHECK(mutual_information(alone) == 0.0);
    const std::array<std::span<const double>, 2> empty{nobody, nobody};
    CHECK(std::isnan(multigroup_dissimilarity(empty)));
    CHECK(std::isnan(mutual_information(empty)));
    CHECK(std::isnan(mutual_information({})));
  }
}

TEST_CASE("Atkinson, Gorard and Min-Max indices", "[metrics][evenness]") {
  const std::array x{30.0, 10.0, 0.0};
  const std::array y{10.0, 30.0, 0.0};

  SECTION("A(0.5) = 1 - (2 · sqrt(300) / 40)² = 0.25, and the two may change places") {
    CHECK_THAT(atkinson_index(x, y), WithinAbs(0.25, tolerance));
    CHECK_THAT(atkinson_index(y, x), WithinAbs(0.25, tolerance));
  }
  SECTION("b above 1/2 weighs districts where the group prevails") {
    const std::array prevails{20.0, 20.0};
    const std::array absent{0.0, 80.0};
    CHECK(atkinson_index(prevails, absent, 0.9) > atkinson_index(prevails, absent, 0.1));
    CHECK_THAT(atkinson_index(prevails, absent, 0.5), WithinAbs(0.5, tolerance));
  }
  SECTION("GS = 1/2 (|3/4 - 1/2| + |1/4 - 1/2|) = D (1 - P) = 0.25") {
    CHECK_THAT(gorard_index(x, y), WithinAbs(0.25, tolerance));
  }
  SECTION("MM = 1 - (1/4 + 1/4) / (3/4 + 3/4) = 2/3") {
    CHECK_THAT(min_max_index(x, y), WithinAbs(2.0 / 3.0, tolerance));
  }
  SECTION("are undefined where one of the two has no members") {
    const std::array none{0.0, 0.0, 0.0};
    CHECK(std::isnan(atkinson_index(none, y)));
    CHECK(std::isnan(gorard_index(x, none)));
    CHECK(std::isnan(min_max_index(none, none)));
    CHECK_THROWS_AS(atkinson_index(x, y, 0.0), std::logic_error);
    CHECK_THROWS_AS(atkinson_index(x, y, 1.0), std::logic_error);
  }
}

TEST_CASE("relative diversity, squared variation and bits", "[metrics][evenness]") {
  const std::array a{30.0, 10.0};
  const std::array b{10.0, 30.0};
  const std::array<std::span<const double>, 2> two{a, b};

  SECTION("R = 2 · 80 · (1/4)² / (80 · 1/2) = 1/4, and C the same with two equal groups") {
    CHECK_THAT(multigroup_relative_diversity(two), WithinAbs(0.25, tolerance));
    CHECK_THAT(multigroup_squared_variation(two), WithinAbs(0.25, tolerance));
  }
  SECTION("C counts groups as declared: a third without members makes it half") {
    const std::array none{0.0, 0.0};
    const std::array<std::span<const double>, 3> three{a, b, none};
    CHECK_THAT(multigroup_squared_variation(three), WithinAbs(0.125, tolerance));
    CHECK_THAT(multigroup_relative_diversity(three), WithinAbs(0.25, tolerance));
    const std::array<std::span<const double>, 2> alone{a, none};
    CHECK(std::isnan(multigroup_relative_diversity(alone)));
    CHECK(std::isnan(multigroup_squared_variation(alone)));
  }
  SECTION("complete separation of two equal groups tells one bit") {
    const std::array left{8.0, 0.0};
    const std::array right{0.0, 8.0};
    const std::array<std::span<const double>, 2> apart{left, right};
    CHECK_THAT(in_unit(mutual_information(apart), InformationUnit::bits),
               WithinAbs(1.0, tolerance));
    CHECK(in_unit(mutual_information(apart), InformationUnit::nats) == mutual_information(apart));
  }
}
