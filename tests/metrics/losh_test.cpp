#include "metrics/losh.h"

#include <array>

#include "metrics/association_tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

}  // namespace

TEST_CASE("local spatial heteroscedasticity", "[metrics][association]") {
  const SpatialWeights row = test::weights_of(4, {{0, 1}, {1, 2}, {2, 3}}, true);
  const std::array values{0.0, 0.0, 0.0, 4.0};

  SECTION("worked example: residuals 0 0 -2 4, squares 0 0 4 16, mean 5") {
    const Losh result = losh(values, row, {}, {});
    const std::vector<double>& h = result.local.values;
    CHECK_THAT(h[0], WithinAbs(0.0, tolerance));
    CHECK_THAT(h[1], WithinAbs(0.4, tolerance));
    CHECK_THAT(h[2], WithinAbs(1.6, tolerance));
    CHECK_THAT(h[3], WithinAbs(0.8, tolerance));
    CHECK(result.local.patterns[2] == Pattern::dissimilar);
    // Var of district 0: (4 * 1 - 1) (272 / 4 - 25) / (3 * 25) = 1.72
    CHECK_THAT(result.local.z_scores[0], WithinAbs(-1.0 / std::sqrt(1.72), tolerance));
    CHECK_THAT(result.chi_square_p[3],
               WithinAbs(chi_square_upper(2.0 * 0.8 / 1.72, 2.0 / 1.72), tolerance));
  }
  SECTION("absolute residuals 0 0 2 4, mean 3/2") {
    CHECK_THAT(losh(values, row, {.exponent = 1.0}, {}).local.values[2],
               WithinAbs(4.0 / 3.0, tolerance));
  }
  SECTION("with itself: means 0 0 4/3 2, residuals 0 0 -4/3 2, squares 0 0 16/9 4, mean 13/9") {
    const Losh result = losh(values, row, {.own_included = true}, {});
    CHECK_THAT(result.local.values[3], WithinAbs(2.0, tolerance));  // (16/9 + 36/9) / 2 * 9/13
  }
  SECTION("islands take no part; equal values have none") {
    const SpatialWeights some = test::weights_of(5, {{0, 1}, {1, 2}, {2, 3}}, true);
    const Losh result = losh(std::array{0.0, 0.0, 0.0, 4.0, 99.0}, some, {}, {});
    CHECK_THAT(result.local.values[2], WithinAbs(1.6, tolerance));
    CHECK(std::isnan(result.local.values[4]));
    CHECK(result.local.island_count == 1);
    CHECK(std::isnan(losh(std::array{1.0, 1.0, 1.0, 1.0}, row, {}, {}).local.values[0]));
    CHECK(std::isnan(
        losh(std::array{1.0, 1.0}, test::weights_of(2, {}, true), {}, {}).chi_square_p[0]));
  }
  SECTION("a noisy quarter of the city is found") {
    std::vector<double> noisy = test::random_values(400, 6);
    for (std::size_t i = 0; i < 400; ++i) {
      if (i / 20 < 10 && i % 20 < 10) noisy[i] *= 10.0;
    }
    const Losh result = losh(noisy, test::queen_lattice(20), {}, {.permutations = 999, .seed = 1});
    CHECK(result.local.p_values[5 * 20 + 5] < 0.05);
    CHECK(result.local.patterns[5 * 20 + 5] == Pattern::dissimilar);
    CHECK(result.local.patterns[15 * 20 + 15] == Pattern::similar);
  }
  SECTION("refuses an exponent that is not positive") {
    CHECK_THROWS_AS(losh(values, row, {.exponent = 0.0}, {}), std::logic_error);
  }
}

TEST_CASE("chi-square distribution", "[metrics][association]") {
  SECTION("two degrees: exp(-x/2); one: erfc(sqrt(x/2)); four: (1 + x/2) exp(-x/2)") {
    for (const double x : {0.001, 0.3, 1.0, 2.7, 3.0, 9.0, 40.0, 300.0}) {
      CHECK_THAT(chi_square_upper(x, 2.0), WithinAbs(std::exp(-x / 2.0), tolerance));
      CHECK_THAT(chi_square_upper(x, 1.0), WithinAbs(std::erfc(std::sqrt(x / 2.0)), tolerance));
      CHECK_THAT(chi_square_upper(x, 4.0),
                 WithinAbs((1.0 + x / 2.0) * std::exp(-x / 2.0), tolerance));
    }
  }
  SECTION("textbook: 5 % beyond 3.841458820694124, 11.070497693516351, 124.34211340400407") {
    CHECK_THAT(chi_square_upper(3.841458820694124, 1.0), WithinAbs(0.05, tolerance));
    CHECK_THAT(chi_square_upper(11.070497693516351, 5.0), WithinAbs(0.05, tolerance));
    CHECK_THAT(chi_square_upper(124.34211340400407, 100.0), WithinAbs(0.05, 1e-11));
  }
  SECTION("nothing is below 0") { CHECK(chi_square_upper(0.0, 3.0) == 1.0); }
}
