#include "metrics/margins.h"

#include <rapidcheck.h>

#include <array>
#include <cmath>

#include "base/error.h"
#include "base/parallel.h"
#include "metrics/random_counts.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

TEST_CASE("a table fitted to margins", "[metrics][margins]") {
  const std::vector<double> a{1, 1};
  const std::vector<double> b{1, 4};
  const std::array<std::span<const double>, 2> counts{a, b};
  const auto cell = [&](const FittedMargins& fit, std::size_t i, std::size_t k) {
    return fit.unit_factor[i] * fit.group_factor[k] * counts[k][i];
  };

  SECTION("worked example: an odds ratio of 4 with margins of halves is 1/3, 1/6, 1/6, 1/3") {
    const FittedMargins fit = fitted_to_margins(counts, std::array{0.5, 0.5}, std::array{0.5, 0.5});
    CHECK_THAT(cell(fit, 0, 0), WithinAbs(1.0 / 3.0, 1e-12));
    CHECK_THAT(cell(fit, 0, 1), WithinAbs(1.0 / 6.0, 1e-12));
    CHECK_THAT(cell(fit, 1, 0), WithinAbs(1.0 / 6.0, 1e-12));
    CHECK_THAT(cell(fit, 1, 1), WithinAbs(1.0 / 3.0, 1e-12));
    CHECK(fit.largest_error <= 1e-12);
  }
  SECTION("a margin of zero empties its district or group") {
    const FittedMargins fit = fitted_to_margins(counts, std::array{1.0, 0.0}, std::array{0.0, 1.0});
    CHECK(cell(fit, 0, 0) == 0.0);
    CHECK_THAT(cell(fit, 0, 1), WithinAbs(1.0, 1e-12));
    CHECK(fit.unit_factor[1] == 0.0);
  }
  SECTION("empty cells stay empty") {
    const std::vector<double> hole{0, 2};
    const std::array<std::span<const double>, 2> table{hole, b};
    const FittedMargins fit = fitted_to_margins(table, std::array{0.5, 0.5}, std::array{0.2, 0.8});
    const double in_hole = fit.unit_factor[0] * fit.group_factor[0] * hole[0];
    CHECK(in_hole == 0.0);
    CHECK_THAT(fit.unit_factor[1] * fit.group_factor[0] * hole[1], WithinAbs(0.2, 1e-12));
  }
  SECTION("a margin where nobody is counted is an error that says which") {
    const std::vector<double> hole{0, 0};
    const std::array<std::span<const double>, 2> table{hole, b};
    CHECK_THROWS_WITH(fitted_to_margins(table, std::array{0.5, 0.5}, std::array{0.2, 0.8}),
                      Catch::Contains("group 0"));
    const std::vector<double> first{0, 1};
    const std::array<std::span<const double>, 2> rows{first, first};
    CHECK_THROWS_WITH(fitted_to_margins(rows, std::array{0.5, 0.5}, std::array{0.5, 0.5}),
                      Catch::Contains("district 0"));
  }
  SECTION("margins that no table with these holes has are an error, soon") {
    const std::vector<double> left{1, 0};
    const std::vector<double> right{0, 1};
    const std::array<std::span<const double>, 2> table{left, right};
    CHECK_THROWS_AS(fitted_to_margins(table, std::array{0.3, 0.7}, std::array{0.6, 0.4}), Error);
  }
  SECTION("different sums are the caller's fault") {
    CHECK_THROWS_AS(fitted_to_margins(counts, std::array{0.5, 0.5}, std::array{0.5, 0.6}),
                    std::logic_error);
  }
}

TEST_CASE("fitted tables have their margins and their odds ratios",
          "[metrics][margins][property]") {
  CHECK(rc::check([] {
    const test::RandomCounts counts = test::full_counts(test::any_counts());
    const test::RandomCounts other = test::full_counts(counts);
    const auto table = counts.views();
    const std::size_t n = counts.districts();
    std::vector<double> units(n, 0.0);
    std::vector<double> groups(table.size(), 0.0);
    for (std::size_t k = 0; k < table.size(); ++k) {
      for (std::size_t i = 0; i < n; ++i) {
        units[i] += other.columns[k][i];
        groups[k] += other.columns[k][i];
      }
    }
    const FittedMargins fit = fitted_to_margins(table, units, groups);
    for (std::size_t i = 0; i < n; ++i) {
      double sum = 0.0;
      for (std::size_t k = 0; k < table.size(); ++k) {
        sum += fit.unit_factor[i] * fit.group_factor[k] * table[k][i];
      }
      RC_ASSERT(std::abs(sum - units[i]) <= 1e-11 * units[i]);
    }
    for (std::size_t k = 0; k < table.size(); ++k) {
      double sum = 0.0;
      for (std::size_t i = 0; i < n; ++i) {
        sum += fit.unit_factor[i] * fit.group_factor[k] * table[k][i];
      }
      RC_ASSERT(std::abs(sum - groups[k]) <= 1e-11 * groups[k]);
    }
  }));
}

TEST_CASE("tables with empty cells are fitted or refused, never wrong",
          "[metrics][margins][property]") {
  CHECK(rc::check([] {
    const test::RandomCounts counts = test::any_counts();
    const test::RandomCounts other = test::full_counts(counts);
    const auto table = counts.views();
    const std::size_t n = counts.districts();
    std::vector<double> units(n, 0.0);
    std::vector<double> groups(table.size(), 0.0);
    for (std::size_t k = 0; k < table.size(); ++k) {
      for (std::size_t i = 0; i < n; ++i) {
        units[i] += other.columns[k][i];
        groups[k] += other.columns[k][i];
      }
    }
    FittedMargins fit;
    try {
      fit = fitted_to_margins(table, units, groups);
    } catch (const Error&) {
      return;
    }
    for (std::size_t k = 0; k < table.size(); ++k) {
      double sum = 0.0;
      for (std::size_t i = 0; i < n; ++i) {
        const double cell = fit.unit_factor[i] * fit.group_factor[k] * table[k][i];
        RC_ASSERT(cell >= 0.0 && (table[k][i] > 0.0 || cell == 0.0));
        sum += cell;
      }
      RC_ASSERT(std::abs(sum - groups[k]) <= 1e-11 * groups[k]);
    }
  }));
}

TEST_CASE("fits give the same bits for any number of threads", "[metrics][margins][property]") {
  std::vector<double> a;
  std::vector<double> b;
  std::vector<double> units;
  for (std::int64_t i = 0; i < 50'000; ++i) {
    a.push_back(static_cast<double>(i * 7919 % 101 + 1));
    b.push_back(static_cast<double>(i * 104'729 % 211 + 1));
    units.push_back(2.0);
  }
  const std::array<std::span<const double>, 2> table{a, b};
  std::vector<std::vector<double>> results;
  for (const std::size_t threads : {1, 2, 7}) {
    set_thread_count(threads);
    results.push_back(fitted_to_margins(table, units, std::array{30'000.0, 70'000.0}).unit_factor);
    set_thread_count(0);
  }
  CHECK(results[0] == results[1]);
  CHECK(results[0] == results[2]);
}
