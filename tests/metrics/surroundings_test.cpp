#include "metrics/surroundings.h"

#include <rapidcheck.h>

#include <array>
#include <cmath>

#include "base/number.h"
#include "base/parallel.h"
#include "base/random.h"
#include "metrics/composition.h"
#include "metrics/evenness.h"
#include "metrics/exposure.h"
#include "metrics/logarithm.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

constexpr double tolerance = 1e-12;

/// Two districts of 40: 30 and 10, 10 and 30; each sees three parts of itself and one of the other.
Surroundings two_mixing_districts() {
  return {{40.0, 40.0}, {{0.625, 0.375}, {0.375, 0.625}}, {0.5, 0.5}};
}

bool near(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= tolerance;
}

}  // namespace

TEST_CASE("the logarithm of the hot loops", "[metrics][surroundings]") {
  RandomStream random(1, 2);
  for (int i = 0; i < 20000; ++i) {
    const double x = std::ldexp(0.5 + random.uniform(), i % 60 - 40);
    CHECK_THAT(logarithm(x), WithinRel(std::log(x), 1e-15));
  }
  CHECK(logarithm(1.0) == 0.0);
  CHECK(0.0 * logarithm(0.0) == 0.0);
}

TEST_CASE("indices over surroundings, by hand", "[metrics][surroundings]") {
  const Surroundings s = two_mixing_districts();
  const SurroundingsSums sums = surroundings_sums(s);

  SECTION("D~ = 2 · (80 · 0.125) / (2 · 80 · 0.5) = 0.25") {
    CHECK_THAT(spatial_dissimilarity(sums), WithinAbs(0.25, tolerance));
    CHECK_THAT(spatial_dissimilarity(sums, 0), WithinAbs(0.25, tolerance));
  }
  SECTION("R~ = 1 - (2 · 0.625 · 0.375) / 0.5 = 0.0625") {
    CHECK_THAT(spatial_relative_diversity(sums), WithinAbs(0.0625, tolerance));
    CHECK_THAT(spatial_relative_diversity(sums, 1), WithinAbs(0.0625, tolerance));
    CHECK_THAT(spatial_squared_variation(sums), WithinAbs(0.0625, tolerance));
  }
  SECTION("H~ = 1 - E(0.625) / ln 2, M~ = H~ ln 2 as both districts see P on average") {
    const double entropy = -0.625 * std::log(0.625) - 0.375 * std::log(0.375);
    CHECK_THAT(spatial_theil_entropy(sums), WithinAbs(1.0 - entropy / std::log(2.0), tolerance));
    CHECK_THAT(spatial_theil_entropy(sums, 0), WithinAbs(1.0 - entropy / std::log(2.0), tolerance));
    CHECK_THAT(spatial_divergence(sums), WithinAbs(std::log(2.0) - entropy, tolerance));
    CHECK_THAT(spatial_divergence(sums, 0), WithinAbs(std::log(2.0) - entropy, tolerance));
  }
  SECTION("G~ of two districts is D~; A~(0.5) = 1 - (2 sqrt(0.625 · 0.375))² = 0.0625") {
    CHECK_THAT(spatial_gini(s, 0), WithinAbs(0.25, tolerance));
    CHECK_THAT(spatial_gini(s), WithinAbs(0.25, tolerance));
    CHECK_THAT(spatial_atkinson(s, 0), WithinAbs(0.0625, tolerance));
  }
  SECTION("P~ = (30 · 0.625 + 10 · 0.375) / 40 = 0.5625, V~ = 0.0625 / 0.5 = 0.125") {
    const std::array x{30.0, 10.0};
    const std::array y{10.0, 30.0};
    const std::array<std::span<const double>, 2> groups{x, y};
    const std::vector<double> exposures = spatial_exposures(groups, s);
    CHECK_THAT(exposures[0], WithinAbs(0.5625, tolerance));
    CHECK_THAT(exposures[1], WithinAbs(0.4375, tolerance));
    CHECK_THAT(spatial_correlation_ratio(exposures, s.composition, 0), WithinAbs(0.125, tolerance));
    CHECK_THAT(spatial_normalised_exposure(exposures, s.composition), WithinAbs(0.125, tolerance));
  }
}

TEST_CASE("surroundings at the edge", "[metrics][surroundings]") {
  SECTION("residents with nobody around take no part, nor do empty districts with surroundings") {
    Surroundings s = two_mixing_districts();
    s.residents.insert(s.residents.end(), {500.0, 0.0});
    s.shares[0].insert(s.shares[0].end(), {undefined, 1.0});
    s.shares[1].insert(s.shares[1].end(), {undefined, 0.0});
    const SurroundingsSums sums = surroundings_sums(s);
    CHECK(sums.residents == 80.0);
    CHECK_THAT(spatial_dissimilarity(sums), WithinAbs(0.25, tolerance));
    CHECK_THAT(spatial_gini(s, 0), WithinAbs(0.25, tolerance));
    CHECK_THAT(spatial_atkinson(s, 0), WithinAbs(0.0625, tolerance));
  }
  SECTION("a city of one group or of nobody has no index") {
    for (const double persons : {0.0, 10.0}) {
      const std::vector<double> x{persons, persons};
      const std::vector<double> none{0.0, 0.0};
      const std::array<std::span<const double>, 2> groups{x, none};
      const Surroundings s = own_districts(groups);
      const SurroundingsSums sums = surroundings_sums(s);
      CHECK(std::isnan(spatial_dissimilarity(sums)));
      CHECK(std::isnan(spatial_theil_entropy(sums)));
      CHECK(std::isnan(spatial_relative_diversity(sums)));
      CHECK(std::isnan(spatial_squared_variation(sums)));
      CHECK(std::isnan(spatial_gini(s)));
      for (const std::size_t k : {0U, 1U}) {
        CHECK(std::isnan(spatial_dissimilarity(sums, k)));
        CHECK(std::isnan(spatial_theil_entropy(sums, k)));
        CHECK(std::isnan(spatial_relative_diversity(sums, k)));
        CHECK(std::isnan(spatial_divergence(sums, k)));
        CHECK(std::isnan(spatial_gini(s, k)));
        CHECK(std::isnan(spatial_atkinson(s, k)));
      }
      const std::vector<double> exposures = spatial_exposures(groups, s);
      CHECK(std::isnan(exposures[2]));
      CHECK(std::isnan(spatial_correlation_ratio(exposures, s.composition, 0)));
      CHECK(std::isnan(spatial_normalised_exposure(exposures, s.composition)));
      CHECK(std::isnan(spatial_divergence(sums)) == (persons == 0.0));
    }
  }
  SECTION("broken promises") {
    Surroundings s = two_mixing_districts();
    CHECK_THROWS_AS(spatial_atkinson(s, 0, 1.0), std::logic_error);
    CHECK_THROWS_AS(spatial_gini(s, 2), std::logic_error);
    s.shares[1].pop_back();
    CHECK_THROWS_AS(surroundings_sums(s), std::logic_error);
  }
}

TEST_CASE("districts as their own surroundings give the aspatial indices",
          "[metrics][surroundings][property]") {
  CHECK(rc::check([] {
    const auto n = static_cast<std::size_t>(*rc::gen::inRange(1, 30));
    const auto group_count = static_cast<std::size_t>(*rc::gen::inRange(2, 5));
    std::vector<std::vector<double>> columns(group_count, std::vector<double>(n));
    for (auto& column : columns) {
      for (double& count : column) count = *rc::gen::inRange(0, 60);
    }
    const std::vector<std::span<const double>> groups(columns.begin(), columns.end());
    const std::vector<double> total = district_totals(groups);
    const Surroundings s = own_districts(groups);
    const SurroundingsSums sums = surroundings_sums(s);
    RC_ASSERT(near(spatial_dissimilarity(sums), multigroup_dissimilarity(groups)));
    RC_ASSERT(near(spatial_theil_entropy(sums), multigroup_theil_entropy(groups)));
    RC_ASSERT(near(spatial_divergence(sums), mutual_information(groups)));
    RC_ASSERT(near(spatial_gini(s), multigroup_gini(groups)));
    const std::vector<double> exposures = spatial_exposures(groups, s);
    for (std::size_t k = 0; k < group_count; ++k) {
      std::vector<double> rest = total;
      for (std::size_t i = 0; i < n; ++i) rest[i] -= columns[k][i];
      RC_ASSERT(near(spatial_dissimilarity(sums, k), dissimilarity_index(columns[k], rest)));
      RC_ASSERT(near(spatial_theil_entropy(sums, k), theil_entropy_index(columns[k], rest)));
      RC_ASSERT(near(spatial_gini(s, k), gini_index(columns[k], rest)));
      RC_ASSERT(near(exposures[k * group_count + k], isolation_index(columns[k], total)));
      RC_ASSERT(near(spatial_relative_diversity(sums, k),
                     spatial_correlation_ratio(exposures, s.composition, k)));
      double around = 0.0;
      for (std::size_t l = 0; l < group_count; ++l) around += exposures[k * group_count + l];
      RC_ASSERT(std::isnan(around) || near(around, 1.0));
    }
  }));
}

TEST_CASE("sums over surroundings do not depend on the number of threads",
          "[metrics][surroundings]") {
  Surroundings s;
  s.composition = {0.5, 0.5};
  s.shares.resize(2);
  RandomStream random(3, 4);
  for (int i = 0; i < 40000; ++i) {
    s.residents.push_back(std::floor(400.0 * random.uniform()));
    s.shares[0].push_back(random.uniform());
    s.shares[1].push_back(1.0 - s.shares[0].back());
  }
  std::vector<double> seen;
  for (const std::size_t threads : {1U, 2U, 7U}) {
    set_thread_count(threads);
    const SurroundingsSums sums = surroundings_sums(s);
    seen.push_back(spatial_theil_entropy(sums) + spatial_gini(s) + spatial_atkinson(s, 1, 0.3));
  }
  set_thread_count(0);
  CHECK(seen[0] == seen[1]);
  CHECK(seen[0] == seen[2]);
}
