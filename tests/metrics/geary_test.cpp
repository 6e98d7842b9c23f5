#include "metrics/geary.h"

#include <array>

#include "metrics/association_tables.h"
#include "metrics/clustering.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;
const std::vector<double> six{3.0, 1.0, 4.0, 1.5, 9.0, 2.6};

SpatialWeights ring_of_six() {
  return test::weights_of(6, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {0, 5}, {1, 4}}, true);
}

}  // namespace

TEST_CASE("Geary's C", "[metrics][association]") {
  const SpatialWeights row = test::weights_of(4, {{0, 1}, {1, 2}, {2, 3}}, false);

  SECTION("worked example: 1 1 0 0 in a row: 3 * 2 * 1 / (2 * 6 * 1) = 1/2") {
    CHECK_THAT(geary_c(std::array{1.0, 1.0, 0.0, 0.0}, row), WithinAbs(0.5, tolerance));
  }
  SECTION("worked example: 1 0 1 0 in a row: 3 * 6 / 12 = 3/2") {
    CHECK_THAT(geary_c(std::array{1.0, 0.0, 1.0, 0.0}, row), WithinAbs(1.5, tolerance));
  }
  SECTION("is undefined where all values are equal or nobody has a neighbour") {
    CHECK(std::isnan(geary_c(std::array{0.1, 0.1, 0.1, 0.1}, row)));
    CHECK(std::isnan(geary_c(std::array{1.0, 2.0}, test::weights_of(2, {}, false))));
    CHECK(std::isnan(geary_c({}, SpatialWeights{})));
  }
  SECTION("islands stay in n and in the variance, or do not") {
    const std::array values{1.0, 1.0, 0.0, 0.0, 7.0};
    const SpatialWeights some = test::weights_of(5, {{0, 1}, {1, 2}, {2, 3}}, false);
    CHECK_THAT(geary_c(values, some, Islands::dropped), WithinAbs(0.5, tolerance));
    CHECK(geary_c(values, some) < 0.1);
  }
}

TEST_CASE("mean and variance of Geary's C and Moran's I are those over all 720 arrangements",
          "[metrics][association]") {
  const SpatialWeights ring = ring_of_six();
  const AssociationTest c = geary_test(six, ring, {});
  const test::MeanAndVariance all =
      test::over_arrangements(six, [&](std::span<const double> y) { return geary_c(y, ring); });
  CHECK_THAT(c.expected, WithinAbs(all.mean, tolerance));
  CHECK_THAT(c.variance, WithinAbs(all.variance, tolerance));
  const AssociationTest i = moran_test(six, ring, {});
  const test::MeanAndVariance every =
      test::over_arrangements(six, [&](std::span<const double> y) { return moran_i(y, ring); });
  CHECK_THAT(i.expected, WithinAbs(every.mean, tolerance));
  CHECK_THAT(i.variance, WithinAbs(every.variance, tolerance));
}

TEST_CASE("local Geary", "[metrics][association]") {
  const SpatialWeights row = test::weights_of(4, {{0, 1}, {1, 2}, {2, 3}}, true);

  SECTION("worked example: 1 1 0 0, factor 3 / 1: 0, 3/2, 3/2, 0") {
    const LocalAssociation local = local_geary(std::array{1.0, 1.0, 0.0, 0.0}, row, {});
    CHECK_THAT(local.values[0], WithinAbs(0.0, tolerance));
    CHECK_THAT(local.values[1], WithinAbs(1.5, tolerance));
    CHECK(local.patterns[0] == Pattern::high_high);
    CHECK(local.patterns[3] == Pattern::low_low);
    // others of district 1: differences 0 1 1, mean 2/3, times 3
    CHECK_THAT(local.expected[1], WithinAbs(2.0, tolerance));
    CHECK_THAT(
        local_geary(std::array{1.0, 1.0, 0.0, 0.0}, row, {.factor = LocalFactor::n}).values[1],
        WithinAbs(2.0, tolerance));
  }
  SECTION("two variables are the mean of each, and equal to one where they are the same") {
    const std::array other{0.0, 5.0, 1.0, 1.0};
    const std::array values{1.0, 1.0, 0.0, 0.0};
    const LocalAssociation both =
        local_geary(std::array<std::span<const double>, 2>{values, other}, row, {});
    const LocalAssociation a = local_geary(values, row, {});
    const LocalAssociation b = local_geary(other, row, {});
    for (std::size_t i = 0; i < 4; ++i) {
      CHECK_THAT(both.values[i], WithinAbs((a.values[i] + b.values[i]) / 2.0, tolerance));
      CHECK_THAT(both.expected[i], WithinAbs((a.expected[i] + b.expected[i]) / 2.0, tolerance));
    }
    CHECK(std::isnan(both.z_scores[0]));
  }
  SECTION("mean and variance are those over all draws of the neighbours") {
    const SpatialWeights ring = ring_of_six();
    const LocalAssociation local = local_geary(six, ring, {});
    for (std::size_t i = 0; i < 6; ++i) {
      const test::MeanAndVariance all = test::over_arrangements(
          six, [&](std::span<const double> y) { return local_geary(y, ring, {}).values[i]; }, i);
      CHECK_THAT(local.expected[i], WithinAbs(all.mean, tolerance));
      CHECK_THAT(local.z_scores[i],
                 WithinAbs((local.values[i] - all.mean) / std::sqrt(all.variance), 1e-9));
    }
  }
  SECTION("permuted p-values agree with the normal ones of 50 neighbours") {
    std::vector<std::pair<std::size_t, std::size_t>> links;
    for (std::size_t i = 0; i < 400; ++i) {
      for (std::size_t k = 1; k <= 25; ++k) links.emplace_back(i, (i + k) % 400);
    }
    const SpatialWeights many = test::weights_of(400, links, true);
    const LocalAssociation local =
        local_geary(test::random_values(400, 3), many, {.permutations = 999, .seed = 4});
    for (std::size_t i = 0; i < 400; ++i) {
      const double normal = std::erfc(std::abs(local.z_scores[i]) / std::sqrt(2.0)) / 2.0;
      CHECK_THAT(local.p_values[i], WithinAbs(normal, 0.09));
    }
  }
  SECTION("islands have none; a gradient is similar all over") {
    const SpatialWeights some = test::weights_of(5, {{0, 1}, {1, 2}, {2, 3}}, true);
    const LocalAssociation local =
        local_geary(std::array{1.0, 2.0, 3.0, 4.0, 9.0}, some, {.permutations = 99, .seed = 1});
    CHECK(std::isnan(local.values[4]));
    CHECK(std::isnan(local.p_values[4]));
    CHECK(local.patterns[4] == Pattern::none);
    CHECK(local.patterns[1] == Pattern::low_low);
  }
  SECTION("refuses no variable at all") {
    CHECK_THROWS_AS(local_geary(std::span<const std::span<const double>>{}, row, {}),
                    std::logic_error);
  }
}
