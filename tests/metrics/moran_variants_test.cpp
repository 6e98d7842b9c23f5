#include "metrics/moran_variants.h"

#include <array>

#include "metrics/association_tables.h"
#include "metrics/clustering.h"
#include "metrics/lee.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;
const std::vector<double> six{3.0, 1.0, 4.0, 1.5, 9.0, 2.6};
const std::vector<double> other{1.0, 2.0, 2.0, 8.0, 3.0, 3.5};

SpatialWeights ring_of_six() {
  return test::weights_of(6, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {0, 5}, {1, 4}}, true);
}

}  // namespace

TEST_CASE("bivariate Moran", "[metrics][association]") {
  const SpatialWeights row = test::weights_of(4, {{0, 1}, {1, 2}, {2, 3}}, true);

  SECTION("worked example: x 1 1 0 0, y 0 0 1 1: 3 * 1/2 * lag / 1, lags -1/2 0 0 1/2") {
    const LocalAssociation local = bivariate_local_moran(std::array{1.0, 1.0, 0.0, 0.0},
                                                         std::array{0.0, 0.0, 1.0, 1.0}, row, {});
    CHECK_THAT(local.values[0], WithinAbs(-0.75, tolerance));
    CHECK_THAT(local.values[1], WithinAbs(0.0, tolerance));
    CHECK(local.patterns[0] == Pattern::high_low);
    CHECK(local.patterns[3] == Pattern::low_high);
  }
  SECTION("of a variable with itself it is Moran's") {
    const SpatialWeights ring = ring_of_six();
    CHECK_THAT(bivariate_moran(six, six, ring, {}).value, WithinAbs(moran_i(six, ring), tolerance));
    const LocalAssociation a = bivariate_local_moran(six, six, ring, {.permutations = 99});
    const LocalAssociation b = local_moran(six, ring, {.permutations = 99});
    CHECK(test::same_bits(a.p_values, b.p_values));
    for (std::size_t i = 0; i < 6; ++i) CHECK_THAT(a.values[i], WithinAbs(b.values[i], tolerance));
  }
  SECTION("mean and variance are those over all arrangements of x") {
    const SpatialWeights ring = ring_of_six();
    const AssociationTest test = bivariate_moran(six, other, ring, {});
    const test::MeanAndVariance all = test::over_arrangements(
        six, [&](std::span<const double> x) { return bivariate_moran(x, other, ring, {}).value; });
    CHECK_THAT(all.mean, WithinAbs(test.expected, tolerance));
    CHECK_THAT(all.variance, WithinAbs(test.variance, tolerance));
  }
  SECTION("local mean and variance are those over all draws of the neighbours") {
    const SpatialWeights ring = ring_of_six();
    const LocalAssociation local = bivariate_local_moran(six, other, ring, {});
    for (std::size_t i = 0; i < 6; ++i) {
      const test::MeanAndVariance all = test::over_arrangements(
          other,
          [&](std::span<const double> y) {
            return bivariate_local_moran(six, y, ring, {}).values[i];
          },
          i);
      CHECK_THAT(local.expected[i], WithinAbs(all.mean, tolerance));
      CHECK_THAT(local.z_scores[i],
                 WithinAbs((local.values[i] - all.mean) / std::sqrt(all.variance), 1e-9));
    }
  }
  SECTION("is undefined where one of the two is the same everywhere") {
    const std::vector<double> flat(6, 1.0);
    CHECK(std::isnan(bivariate_moran(six, flat, ring_of_six(), {}).value));
    CHECK(std::isnan(bivariate_local_moran(flat, six, ring_of_six(), {}).values[0]));
  }
}

TEST_CASE("rates with unequal populations", "[metrics][association]") {
  SECTION("worked example: 1 of 10, 6 of 20: b 7/30, a = .008888.. - b/15, z of both") {
    const std::vector<double> z = standardised_rates(std::array{1.0, 6.0}, std::array{10.0, 20.0});
    const double b = 7.0 / 30.0;
    const double s = (10.0 * (0.1 - b) * (0.1 - b) + 20.0 * (0.3 - b) * (0.3 - b)) / 30.0;
    const double a = s - b / 15.0;
    CHECK_THAT(z[0], WithinAbs((0.1 - b) / std::sqrt(a + b / 10.0), tolerance));
    // a + b/20 is positive as well
    CHECK_THAT(z[1], WithinAbs((0.3 - b) / std::sqrt(a + b / 20.0), tolerance));
  }
  SECTION("where the variance between districts is less than chance, b / t_i stands alone") {
    const std::vector<double> z =
        standardised_rates(std::array{10.0, 10.0, 1.0}, std::array{100.0, 100.0, 11.0});
    const double b = 21.0 / 211.0;
    CHECK_THAT(z[0], WithinAbs((0.1 - b) / std::sqrt(b / 100.0), tolerance));
  }
  SECTION("nobody lives there: no rate; nobody of the group: none at all") {
    CHECK(std::isnan(standardised_rates(std::array{0.0, 6.0}, std::array{0.0, 20.0})[0]));
    CHECK(std::isnan(standardised_rates(std::array{0.0, 0.0}, std::array{5.0, 20.0})[1]));
  }
  SECTION("equal populations: the same statistic and draws as of the shares") {
    std::vector<double> events;
    for (const double value : test::random_values(144, 2)) events.push_back(std::round(50 * value));
    const std::vector<double> everyone(144, 100.0);
    const SpatialWeights queen = test::queen_lattice(12);
    const AssociationSettings settings{.permutations = 99, .seed = 5};
    CHECK_THAT(rates_moran(events, everyone, queen, settings).value,
               WithinAbs(moran_i(events, queen), 1e-10));
    const LocalAssociation a = local_rates_moran(events, everyone, queen, settings);
    const LocalAssociation b = local_moran(events, queen, settings);
    for (std::size_t i = 0; i < 144; ++i) {
      CHECK_THAT(a.values[i], WithinAbs(b.values[i], 1e-10));
      CHECK(a.p_values[i] == b.p_values[i]);
    }
  }
}

TEST_CASE("differential local Moran", "[metrics][association]") {
  const SpatialWeights row = test::weights_of(4, {{0, 1}, {1, 2}, {2, 3}}, true);
  const std::array earlier{5.0, 1.0, 2.0, undefined};
  const std::array later{7.0, 3.0, 2.0, 1.0};
  const LocalAssociation local = differential_local_moran(earlier, later, row, {});
  const LocalAssociation change = local_moran(std::array{2.0, 2.0, 0.0, undefined}, row, {});
  CHECK(test::same_bits(local.values, change.values));
  CHECK(local.district_count == 3);
}

TEST_CASE("Lee's L", "[metrics][association]") {
  const SpatialWeights row = test::weights_of(4, {{0, 1}, {1, 2}, {2, 3}}, true);
  const std::array x{1.0, 1.0, 0.0, 0.0};

  SECTION("worked example: lags 1/2 0 0 -1/2 of x with itself: (1/4 + 1/4) / 1") {
    CHECK_THAT(lee_l(x, x, row, {}).value, WithinAbs(0.5, tolerance));
    const LocalAssociation local = local_lee(x, x, row, {});
    CHECK_THAT(local.values[0], WithinAbs(1.0, tolerance));
    CHECK_THAT(local.values[1], WithinAbs(0.0, tolerance));
    CHECK(local.patterns[0] == Pattern::high_high);
  }
  SECTION("symmetric; the mean of the local values") {
    const SpatialWeights ring = ring_of_six();
    const double l = lee_l(six, other, ring, {}).value;
    CHECK_THAT(lee_l(other, six, ring, {}).value, WithinAbs(l, tolerance));
    double sum = 0.0;
    for (const double value : local_lee(six, other, ring, {}).values) sum += value;
    CHECK_THAT(sum / 6.0, WithinAbs(l, tolerance));
  }
  SECTION("expected is the mean over all arrangements of the pairs") {
    const SpatialWeights ring = ring_of_six();
    const std::vector<double> places{0.0, 1.0, 2.0, 3.0, 4.0, 5.0};
    const test::MeanAndVariance all =
        test::over_arrangements(places, [&](std::span<const double> place) {
          std::vector<double> a;
          std::vector<double> b;
          for (const double p : place) {
            a.push_back(six[static_cast<std::size_t>(p)]);
            b.push_back(other[static_cast<std::size_t>(p)]);
          }
          return lee_l(a, b, ring, {}).value;
        });
    CHECK_THAT(lee_l(six, other, ring, {}).expected, WithinAbs(all.mean, tolerance));
  }
  SECTION("two gradients are never matched by chance") {
    std::vector<double> west;
    std::vector<double> noisy = test::random_values(400, 3);
    for (std::size_t i = 0; i < 400; ++i) {
      west.push_back(static_cast<double>(i % 20));
      noisy[i] += static_cast<double>(i % 20) / 10.0;
    }
    const AssociationSettings settings{.permutations = 199, .seed = 1};
    const SpatialWeights queen = test::queen_lattice(20);
    CHECK(lee_l(west, noisy, queen, settings).p_value == 0.005);
    CHECK(local_lee(west, noisy, queen, settings).p_values[0] <= 0.05);
  }
  SECTION("is undefined where one of the two is the same everywhere") {
    CHECK(std::isnan(lee_l(x, std::array{2.0, 2.0, 2.0, 2.0}, row, {}).value));
    CHECK(std::isnan(local_lee(x, std::array{2.0, 2.0, 2.0, 2.0}, row, {}).values[0]));
  }
}
