#include "metrics/join_count.h"

#include <array>

#include "metrics/association_tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

}  // namespace

TEST_CASE("join counts", "[metrics][association]") {
  const SpatialWeights row = test::weights_of(5, {{0, 1}, {1, 2}, {2, 3}, {3, 4}}, true);

  SECTION("worked example: 1 1 0 0 1 in a row: one BB, one WW, two BW of four joins") {
    const JoinCounts joins = join_counts(std::array{1.0, 1.0, 0.0, 0.0, 1.0}, row, {});
    CHECK(joins.marked.value == 1.0);
    CHECK(joins.unmarked.value == 1.0);
    CHECK(joins.mixed.value == 2.0);
    // 4 joins, 3 * 2 / (5 * 4) of them
    CHECK_THAT(joins.marked.expected, WithinAbs(1.2, tolerance));
  }
  SECTION("means and variances are those over all arrangements") {
    const std::vector<double> marks{1.0, 0.0, 1.0, 1.0, 0.0, 0.0};
    const SpatialWeights ring =
        test::weights_of(6, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {0, 5}, {1, 4}}, false);
    const JoinCounts joins = join_counts(marks, ring, {});
    const auto check = [&](const AssociationTest& test, AssociationTest JoinCounts::*kind) {
      const test::MeanAndVariance all = test::over_arrangements(
          marks, [&](std::span<const double> x) { return (join_counts(x, ring, {}).*kind).value; });
      CHECK_THAT(test.expected, WithinAbs(all.mean, tolerance));
      CHECK_THAT(test.variance, WithinAbs(all.variance, tolerance));
    };
    check(joins.marked, &JoinCounts::marked);
    check(joins.unmarked, &JoinCounts::unmarked);
    check(joins.mixed, &JoinCounts::mixed);
  }
  SECTION("a chessboard has more mixed joins than chance, halves fewer") {
    std::vector<double> halves(100, 0.0);
    std::fill(halves.begin(), halves.begin() + 50, 1.0);
    const SpatialWeights rook = test::weights_of(100, test::lattice_links(10, false), false);
    const JoinCounts joins = join_counts(halves, rook, {.permutations = 999, .seed = 1});
    CHECK(joins.mixed.value == 10.0);
    CHECK(joins.mixed.p_value == 0.001);
    CHECK(joins.mixed.z_score < -5.0);
    CHECK(joins.marked.p_value == 0.001);
  }
  SECTION("refuses shares; nobody linked is undefined") {
    CHECK_THROWS_AS(join_counts(std::array{0.5, 0.0, 1.0, 1.0, 1.0}, row, {}), std::logic_error);
    CHECK(std::isnan(
        join_counts(std::array{0.0, 1.0}, test::weights_of(2, {}, true), {}).mixed.value));
  }
}

TEST_CASE("local join count", "[metrics][association]") {
  SECTION("worked example: 1 1 1 0 0 0: BB of the middle one 2; C(2,2) C(3,0) / C(5,2) = 1/10") {
    const SpatialWeights row = test::weights_of(6, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}}, true);
    const LocalAssociation local =
        local_join_count(std::array{1.0, 1.0, 1.0, 0.0, 0.0, 0.0}, row, {});
    CHECK(local.values[1] == 2.0);
    CHECK(local.values[4] == 0.0);
    CHECK_THAT(local.p_values[1], WithinAbs(0.1, tolerance));
    CHECK_THAT(local.expected[1], WithinAbs(0.8, tolerance));
    CHECK(std::isnan(local.p_values[4]));
    CHECK(local.patterns[1] == Pattern::high_high);
    CHECK(local.patterns[4] == Pattern::none);
  }
  SECTION("draws find the exact p-values") {
    std::vector<double> marks = test::random_values(400, 5);
    for (double& mark : marks) mark = mark < 0.3 ? 1.0 : 0.0;
    const SpatialWeights queen = test::queen_lattice(20);
    const LocalAssociation exact = local_join_count(marks, queen, {});
    const LocalAssociation drawn =
        local_join_count(marks, queen, {.permutations = 1999, .seed = 3});
    for (std::size_t i = 0; i < 400; ++i) {
      if (marks[i] == 0.0) continue;
      CHECK_THAT(drawn.p_values[i], WithinAbs(exact.p_values[i], 0.05));
    }
  }
  SECTION("hypergeometric: all terms at least 0 are 1; C(3,2) C(4,1) + C(3,3) of C(7,3) = 13/35") {
    CHECK(hypergeometric_upper(0, 3, 3, 7) == 1.0);
    CHECK_THAT(hypergeometric_upper(2, 3, 3, 7), WithinAbs(13.0 / 35.0, tolerance));
    CHECK(hypergeometric_upper(4, 3, 7, 9) == 0.0);
    CHECK(hypergeometric_upper(2, 4, 5, 7) == 1.0);
    CHECK_THAT(hypergeometric_upper(1, 1000, 1, 2000), WithinAbs(0.5, tolerance));
  }
}

TEST_CASE("quantile LISA", "[metrics][association]") {
  SECTION("worked example: of 1 2 3 4 5 the highest fifth is 5, the lower two halves 1 2 and 3-5") {
    const std::array values{1.0, 2.0, 3.0, 4.0, 5.0};
    CHECK(quantile_marks(values, 5, 5) == std::vector{0.0, 0.0, 0.0, 0.0, 1.0});
    CHECK(quantile_marks(values, 1, 2) == std::vector{1.0, 1.0, 0.0, 0.0, 0.0});
  }
  SECTION("equal values stay together; undefined ones have no mark") {
    const std::vector<double> marks =
        quantile_marks(std::array{2.0, 2.0, 2.0, undefined, 1.0}, 2, 2);
    CHECK(marks[0] == 1.0);
    CHECK(marks[2] == 1.0);
    CHECK(std::isnan(marks[3]));
    CHECK(marks[4] == 0.0);
  }
  SECTION("every value is in one quantile") {
    const std::vector<double> values = test::random_values(101, 3);
    double marked = 0.0;
    for (std::uint32_t q = 1; q <= 7; ++q) {
      for (const double mark : quantile_marks(values, q, 7)) marked += mark;
    }
    CHECK(marked == 101.0);
  }
  SECTION("finds the corner where the highest fifth lies") {
    std::vector<double> values = test::random_values(400, 8);
    for (std::size_t y = 0; y < 6; ++y) {
      for (std::size_t x = 0; x < 6; ++x) values[y * 20 + x] += 1.0;
    }
    const LocalAssociation local = quantile_lisa(values, 5, 5, test::queen_lattice(20), {});
    CHECK(local.values[21] == 8.0);
    CHECK(local.p_values[21] < 1e-4);
  }
  SECTION("refuses a quantile that is none") {
    CHECK_THROWS_AS(quantile_marks(std::array{1.0}, 0, 5), std::logic_error);
    CHECK_THROWS_AS(quantile_marks(std::array{1.0}, 6, 5), std::logic_error);
  }
}
