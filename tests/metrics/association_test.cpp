#include "metrics/association.h"

#include <array>

#include "metrics/association_tables.h"
#include "metrics/clustering.h"
#include "metrics/geary.h"
#include "metrics/getis_ord.h"
#include "metrics/join_count.h"
#include "metrics/lee.h"
#include "metrics/losh.h"
#include "metrics/moran_variants.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

/// Beyond this distance from uniform lie 0.1 % of samples of n (Kolmogorov's limit).
double ks_limit(std::size_t n) { return 1.95 / std::sqrt(static_cast<double>(n)); }

/// p-values of districts so far apart on a lattice of 60 x 60 that they share no neighbours.
std::vector<double> scattered(const std::vector<double>& p_values) {
  std::vector<double> some;
  for (std::size_t y = 1; y < 60; y += 3) {
    for (std::size_t x = 1; x < 60; x += 3) some.push_back(p_values[y * 60 + x]);
  }
  return some;
}

}  // namespace

TEST_CASE("significance among many tests", "[metrics][association]") {
  const std::array p{0.9, 0.01, 0.04, 0.02, undefined};
  SECTION("Bonferroni: 0.05 / 4 of four tests; false discovery: 0.02") {
    CHECK(bonferroni_level(p, 0.05) == 0.0125);
    CHECK(significance_level(p, 0.05, Correction::bonferroni) == 0.0125);
    CHECK(significance_level(p, 0.05, Correction::false_discovery) == 0.02);
    CHECK(significance_level(p, 0.05, Correction::none) == 0.05);
    CHECK(bonferroni_level({}, 0.05) == 0.05);
  }
  SECTION("patterns beyond the level are none, those without a p-value too") {
    LocalAssociation local;
    local.p_values.assign(p.begin(), p.end());
    local.patterns.assign(5, Pattern::high_high);
    const auto count = [&](Correction correction) {
      const std::vector<Pattern> found = significant_patterns(local, 0.05, correction);
      return std::count(found.begin(), found.end(), Pattern::high_high);
    };
    CHECK(count(Correction::none) == 3);
    CHECK(count(Correction::false_discovery) == 2);
    CHECK(count(Correction::bonferroni) == 1);
  }
  SECTION("p-values by tail: 3 draws at least, 17 at most of 19") {
    CHECK(permutation_p(3, 17, 19, Tail::upper) == 0.2);
    CHECK(permutation_p(3, 17, 19, Tail::lower) == 0.9);
    CHECK(permutation_p(3, 17, 19, Tail::folded) == 0.2);
    CHECK(permutation_p(3, 17, 19, Tail::two_sided) == 0.4);
    CHECK(permutation_p(19, 19, 19, Tail::two_sided) == 1.0);
  }
  SECTION("patterns have names") {
    CHECK(name_of(Pattern::high_low) == "high-low");
    CHECK(name_of(Pattern::dissimilar) == "dissimilar");
  }
}

TEST_CASE("p-values are uniform where there is nothing to find", "[metrics][association]") {
  const SpatialWeights queen = test::queen_lattice(60);
  const std::vector<double> values = test::random_values(3600, 21);
  AssociationSettings settings{.permutations = 499, .seed = 17};
  settings.tail = Tail::upper;
  const auto check = [](const char* name, const LocalAssociation& local) {
    INFO(name);
    const std::vector<double> p = scattered(local.p_values);
    CHECK(test::distance_from_uniform(p) < ks_limit(p.size()));
  };
  check("local Moran", local_moran(values, queen, settings));
  check("local Geary", local_geary(values, queen, settings));
  check("local G", local_getis_ord(values, queen, OwnValue::left_out, settings));
  const std::vector<double> other = test::random_values(3600, 22);
  check("bivariate", bivariate_local_moran(values, other, queen, settings));
  check("two variables",
        local_geary(std::array<std::span<const double>, 2>{values, other}, queen, settings));
  check("Lee", local_lee(values, other, queen, settings));
  settings.tail = Tail::two_sided;
  check("two-sided", local_moran(values, queen, settings));

  SECTION("and those of the city over many cities") {
    std::vector<double> p;
    const SpatialWeights small = test::queen_lattice(8);
    for (std::uint64_t city = 1; city <= 200; ++city) {
      const AssociationSettings draws{.permutations = 99, .seed = city, .tail = Tail::upper};
      p.push_back(moran_test(test::random_values(64, 1000 + city), small, draws).p_value);
    }
    CHECK(test::distance_from_uniform(p) < ks_limit(p.size()) + 0.01);
  }
}

TEST_CASE("sequential stopping", "[metrics][association]") {
  const SpatialWeights queen = test::queen_lattice(60);
  const std::vector<double> values = test::random_values(3600, 31);
  AssociationSettings all{.permutations = 999, .seed = 3};
  AssociationSettings some = all;
  some.stop_after = 20;

  SECTION("the rule: p = 20 / l, or that of all draws where 20 are not reached") {
    const LocalAssociation full = local_moran(values, queen, all);
    const LocalAssociation stopped = local_moran(values, queen, some);
    CHECK(test::same_bits(full.values, stopped.values));
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (full.p_values[i] < 20.5 / 1000.0) {
        CHECK(stopped.p_values[i] == full.p_values[i]);
      } else {
        const double draws = 20.0 / stopped.p_values[i];
        CHECK_THAT(draws, WithinAbs(std::round(draws), 1e-9));
        CHECK(std::round(draws) <= 999.0);
        // the standard error of p = 20 / l is about p / sqrt(20)
        CHECK(std::abs(stopped.p_values[i] - full.p_values[i]) < 1.4 * full.p_values[i]);
      }
    }
  }
  SECTION("p-values stay uniform where there is nothing to find") {
    some.tail = Tail::upper;
    const std::vector<double> p = scattered(local_moran(values, queen, some).p_values);
    CHECK(test::distance_from_uniform(p) < ks_limit(p.size()) + 0.05);
    some.stop_after = 5;
    some.tail = Tail::two_sided;
    for (const double value : local_geary(values, queen, some).p_values) {
      CHECK(value > 0.0);
      CHECK(value <= 1.0);
    }
  }
  SECTION("more than can be reached changes nothing") {
    some.stop_after = 1000;
    CHECK(test::same_bits(local_moran(values, queen, some).p_values,
                          local_moran(values, queen, all).p_values));
  }
}

TEST_CASE("association gives the same bits for any number of threads", "[metrics][association]") {
  const SpatialWeights queen = test::queen_lattice(30);
  const std::vector<double> x = test::random_values(900, 8);
  const std::vector<double> y = test::random_values(900, 9);
  const AssociationSettings settings{.permutations = 99, .seed = 3, .stop_after = 7};
  std::vector<std::vector<double>> runs;
  for (const std::size_t threads : {1, 2, 7}) {
    const test::ThreadsOf limit(threads);
    std::vector<double> all;
    const auto add = [&](const LocalAssociation& local) {
      for (const auto* part : {&local.values, &local.expected, &local.z_scores, &local.p_values}) {
        all.insert(all.end(), part->begin(), part->end());
      }
    };
    const auto add_test = [&](const AssociationTest& test) {
      all.insert(all.end(), {test.value, test.expected, test.variance, test.p_value});
    };
    add(local_moran(x, queen, settings));
    add(local_geary(std::array<std::span<const double>, 2>{x, y}, queen, settings));
    add(local_getis_ord(x, queen, OwnValue::included, settings));
    add(bivariate_local_moran(x, y, queen, settings));
    add(local_lee(x, y, queen, settings));
    add(quantile_lisa(x, 4, 4, queen, settings));
    add(losh(x, queen, {}, settings).local);
    add_test(geary_test(x, queen, settings));
    add_test(getis_ord_g(x, queen, settings));
    add_test(bivariate_moran(x, y, queen, settings));
    add_test(lee_l(x, y, queen, settings));
    add_test(join_counts(quantile_marks(x, 1, 3), queen, settings).mixed);
    runs.push_back(all);
  }
  CHECK(test::same_bits(runs[0], runs[1]));
  CHECK(test::same_bits(runs[0], runs[2]));
}
