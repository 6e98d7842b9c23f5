#include "metrics/getis_ord.h"

#include <array>

#include "metrics/association_tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;
const std::vector<double> six{3.0, 1.0, 4.0, 1.5, 9.0, 2.6};

}  // namespace

TEST_CASE("general G", "[metrics][association]") {
  const SpatialWeights row = test::weights_of(4, {{0, 1}, {1, 2}, {2, 3}}, false);

  SECTION("worked example: 2 1 0 0 in a row: 2 * (2 * 1) / (3² - 5) = 1, expected 6 / 12") {
    const AssociationTest g = getis_ord_g(std::array{2.0, 1.0, 0.0, 0.0}, row, {});
    CHECK_THAT(g.value, WithinAbs(1.0, tolerance));
    CHECK_THAT(g.expected, WithinAbs(0.5, tolerance));
  }
  SECTION("is undefined where a value is negative or all products are 0") {
    CHECK(std::isnan(getis_ord_g(std::array{2.0, -1.0, 0.0, 0.0}, row, {}).value));
    CHECK(std::isnan(getis_ord_g(std::array{2.0, 0.0, 0.0, 0.0}, row, {}).value));
    CHECK(std::isnan(getis_ord_g({}, SpatialWeights{}, {}).value));
  }
  SECTION("mean and variance are those over all 720 arrangements") {
    const SpatialWeights ring =
        test::weights_of(6, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {0, 5}, {1, 4}}, true);
    const AssociationTest g = getis_ord_g(six, ring, {});
    const test::MeanAndVariance all = test::over_arrangements(
        six, [&](std::span<const double> y) { return getis_ord_g(y, ring, {}).value; });
    CHECK_THAT(g.expected, WithinAbs(all.mean, tolerance));
    CHECK_THAT(g.variance, WithinAbs(all.variance, tolerance));
  }
  SECTION("high values side by side are never matched by chance") {
    std::vector<double> values(400, 1.0);
    for (std::size_t i = 0; i < 40; ++i) values[i] = 5.0;
    const AssociationTest g =
        getis_ord_g(values, test::queen_lattice(20), {.permutations = 999, .seed = 1});
    CHECK(g.p_value == 0.001);
    CHECK(g.z_score > 10.0);
  }
}

TEST_CASE("local G and G*", "[metrics][association]") {
  const SpatialWeights row = test::weights_of(5, {{0, 1}, {1, 2}, {2, 3}, {3, 4}}, false);
  const std::array values{4.0, 2.0, 0.0, 0.0, 4.0};

  SECTION("worked example of G*: district 0: sum 6, mean 2, s² 16/5, (5 * 2 - 4) / 4 = 3/2") {
    const LocalAssociation g = local_getis_ord(values, row, OwnValue::included, {});
    CHECK_THAT(g.values[0], WithinAbs(2.0 / std::sqrt(16.0 / 5.0 * 1.5), tolerance));
    CHECK(g.patterns[0] == Pattern::high_high);
  }
  SECTION("worked example of G: district 0: sum 2, mean 3/2, s² 5 - 9/4, (4 - 1) / 3 = 1") {
    const LocalAssociation g = local_getis_ord(values, row, OwnValue::left_out, {});
    CHECK_THAT(g.values[0], WithinAbs(0.5 / std::sqrt(2.75), tolerance));
    CHECK_THAT(g.expected[0], WithinAbs(0.0, tolerance));
    CHECK_THAT(g.z_scores[0], WithinAbs(g.values[0], tolerance));
  }
  SECTION("row-standardised weights give the same as binary ones") {
    const SpatialWeights shares = test::weights_of(5, {{0, 1}, {1, 2}, {2, 3}, {3, 4}}, true);
    for (const OwnValue own : {OwnValue::left_out, OwnValue::included}) {
      const LocalAssociation a = local_getis_ord(values, row, own, {});
      const LocalAssociation b = local_getis_ord(values, shares, own, {});
      for (std::size_t i = 0; i < 5; ++i)
        CHECK_THAT(a.values[i], WithinAbs(b.values[i], tolerance));
    }
  }
  SECTION("G has mean 0 and variance 1 over all draws of the neighbours") {
    const SpatialWeights ring =
        test::weights_of(6, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {0, 5}, {1, 4}}, true);
    for (std::size_t i = 0; i < 6; ++i) {
      const test::MeanAndVariance all = test::over_arrangements(
          six,
          [&](std::span<const double> y) {
            return local_getis_ord(y, ring, OwnValue::left_out, {}).values[i];
          },
          i);
      CHECK_THAT(all.mean, WithinAbs(0.0, tolerance));
      CHECK_THAT(all.variance, WithinAbs(1.0, 1e-9));
    }
  }
  SECTION("both have the same p-values, those of the sum over the neighbours") {
    const SpatialWeights queen = test::queen_lattice(12);
    const std::vector<double> some = test::random_values(144, 7);
    const LocalAssociation a =
        local_getis_ord(some, queen, OwnValue::left_out, {.permutations = 499, .seed = 2});
    const LocalAssociation b =
        local_getis_ord(some, queen, OwnValue::included, {.permutations = 499, .seed = 2});
    CHECK(test::same_bits(a.p_values, b.p_values));
  }
  SECTION("is undefined where everybody is a neighbour, all values are equal, or on an island") {
    const SpatialWeights all = test::weights_of(3, {{0, 1}, {1, 2}, {0, 2}}, true);
    for (const OwnValue own : {OwnValue::left_out, OwnValue::included}) {
      const LocalAssociation g =
          local_getis_ord(std::array{1.0, 2.0, 4.0}, all, own, {.permutations = 9, .seed = 1});
      CHECK(std::isnan(g.values[0]));
      CHECK(std::isnan(g.p_values[0]));
    }
    CHECK(
        std::isnan(local_getis_ord(std::array{1.0, 1.0, 1.0, 1.0, 1.0}, row, OwnValue::included, {})
                       .values[0]));
    const SpatialWeights some = test::weights_of(5, {{0, 1}, {1, 2}, {2, 3}}, false);
    CHECK(std::isnan(local_getis_ord(values, some, OwnValue::included, {}).values[4]));
  }
}
