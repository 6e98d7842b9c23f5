#include "metrics/clustering.h"

#include <cmath>

#include "base/number.h"
#include "metrics/association_tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;
using test::random_values;
using test::same_bits;
using test::ThreadsOf;

namespace {

constexpr double tolerance = 1e-12;

/// Values on a 20 x 20 lattice that rise from west to east.
std::vector<double> gradient() {
  std::vector<double> values;
  for (int i = 0; i < 400; ++i) values.push_back(i % 20);
  return values;
}

}  // namespace

TEST_CASE("Moran's I", "[metrics][clustering]") {
  const SpatialWeights row = test::weights_of(4, {{0, 1}, {1, 2}, {2, 3}}, false);

  SECTION("worked example: 1 1 0 0 in a row: 4/6 * (1/4 - 1/4 + 1/4) * 2 / 1 = 1/3") {
    CHECK_THAT(moran_i(std::array{1.0, 1.0, 0.0, 0.0}, row), WithinAbs(1.0 / 3.0, tolerance));
  }
  SECTION("worked example: 1 0 1 0 in a row is -1") {
    CHECK_THAT(moran_i(std::array{1.0, 0.0, 1.0, 0.0}, row), WithinAbs(-1.0, tolerance));
  }
  SECTION("is undefined where all values are equal or nobody has a neighbour") {
    CHECK(std::isnan(moran_i(std::array{0.1, 0.1, 0.1, 0.1}, row)));
    CHECK(std::isnan(moran_i(std::array{1.0, 2.0}, test::weights_of(2, {}, false))));
    CHECK(std::isnan(moran_i({}, SpatialWeights{})));
  }
  SECTION("a district without value takes no part, its links neither") {
    const SpatialWeights five = test::weights_of(5, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {0, 4}}, true);
    const SpatialWeights four = test::weights_of(4, {{0, 1}, {1, 2}, {2, 3}}, true);
    const AssociationTest part =
        moran_test(std::array{1.0, 3.0, 2.0, 7.0, undefined}, five, {.permutations = 0, .seed = 1});
    CHECK_THAT(part.value, WithinAbs(moran_i(std::array{1.0, 3.0, 2.0, 7.0}, four), tolerance));
    CHECK(part.district_count == 4);
    CHECK_THAT(part.expected, WithinAbs(-1.0 / 3.0, tolerance));
    CHECK(std::isnan(part.p_value));
  }
  SECTION("an island stays in n and in the mean") {
    // mean 1, z = 0 1 -1 0: 4/2 * 2 * (0 * 1) / 2 = 0 with the island, not what three give
    const SpatialWeights pair = test::weights_of(4, {{0, 1}}, false);
    const AssociationTest island =
        moran_test(std::array{1.0, 2.0, 0.0, 1.0}, pair, {.permutations = 0, .seed = 1});
    CHECK_THAT(island.value, WithinAbs(0.0, tolerance));
    CHECK(island.island_count == 2);
  }
  SECTION("refuses weights of other districts") {
    CHECK_THROWS_AS(moran_i(std::array{1.0, 2.0}, row), std::logic_error);
  }
}

TEST_CASE("permutation test of Moran's I", "[metrics][clustering]") {
  const SpatialWeights queen = test::weights_of(400, test::lattice_links(20, true), true);

  SECTION("a gradient is never matched by chance: p = 1 / (999 + 1)") {
    const AssociationTest test = moran_test(gradient(), queen, {.permutations = 999, .seed = 1});
    CHECK(test.value > 0.8);
    CHECK(test.p_value == 0.001);
  }
  SECTION("random values are mostly unremarkable") {
    int remarkable = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      remarkable += moran_test(random_values(400, seed), queen, {.permutations = 199, .seed = seed})
                                .p_value <= 0.05
                        ? 1
                        : 0;
    }
    CHECK(remarkable <= 6);  // 2 expected: one-sided 0.05 in either direction
  }
  SECTION("weights that differ within a row are handled like those that do not") {
    SpatialWeights uneven = queen;
    uneven.weight[0] *= 1.0000001;
    const std::vector<double> values = random_values(400, 3);
    CHECK_THAT(
        moran_test(values, uneven, {.permutations = 199, .seed = 5}).p_value,
        WithinAbs(moran_test(values, queen, {.permutations = 199, .seed = 5}).p_value, 0.011));
  }
}

TEST_CASE("local Moran", "[metrics][clustering]") {
  const SpatialWeights row = test::weights_of(4, {{0, 1}, {1, 2}, {2, 3}}, true);

  SECTION("worked example: z = 1/2 1/2 -1/2 -1/2, factor 3 / 1") {
    const LocalAssociation local =
        local_moran(std::array{1.0, 1.0, 0.0, 0.0}, row, {.permutations = 0, .seed = 1});
    CHECK_THAT(local.values[0], WithinAbs(0.75, tolerance));
    CHECK_THAT(local.values[1], WithinAbs(0.0, tolerance));
    CHECK(local.patterns[0] == Pattern::high_high);
    CHECK(local.patterns[1] == Pattern::high_low);
    CHECK(local.patterns[2] == Pattern::low_low);
    CHECK(std::isnan(local.p_values[0]));
  }
  SECTION("islands and districts without value have none; a value at the mean has p = 1") {
    const SpatialWeights some = test::weights_of(6, {{0, 1}, {1, 2}, {2, 3}}, true);
    const LocalAssociation local = local_moran(std::array{3.0, 1.0, 2.0, 1.0, 3.0, undefined}, some,
                                               {.permutations = 99, .seed = 1});
    CHECK(local.island_count == 1);
    CHECK(local.district_count == 5);
    CHECK(std::isnan(local.values[4]));
    CHECK(std::isnan(local.p_values[4]));
    CHECK(local.patterns[4] == Pattern::none);
    CHECK(std::isnan(local.values[5]));
    CHECK(local.values[2] == 0.0);
    CHECK(local.p_values[2] == 1.0);
  }
  SECTION("of random values, about twice the level are called significant") {
    const SpatialWeights queen = test::weights_of(2500, test::lattice_links(50, true), true);
    const LocalAssociation local =
        local_moran(random_values(2500, 4), queen, {.permutations = 999, .seed = 9});
    int found = 0;
    for (const Pattern q : significant_patterns(local, 0.05)) found += q != Pattern::none;
    CHECK(found > 180);
    CHECK(found < 330);
  }
  SECTION("many neighbours, or most of the city, are drawn without replacement too") {
    // everybody neighbours everybody: the sum of all others is always the one seen
    std::vector<std::pair<std::size_t, std::size_t>> links;
    for (std::size_t i = 0; i < 50; ++i) {
      for (std::size_t j = i + 1; j < 50; ++j) links.emplace_back(i, j);
    }
    const LocalAssociation local = local_moran(
        random_values(50, 5), test::weights_of(50, links, true), {.permutations = 99, .seed = 1});
    for (const double p : local.p_values) CHECK(p == 1.0);
  }
  SECTION("unequal weights give the p-values of equal ones as they approach them") {
    const SpatialWeights queen = test::weights_of(400, test::lattice_links(20, true), true);
    SpatialWeights uneven = queen;
    for (std::size_t l = 0; l < uneven.weight.size(); l += 2) uneven.weight[l] *= 1.0 + 1e-9;
    const std::vector<double> values = random_values(400, 6);
    const LocalAssociation a = local_moran(values, queen, {.permutations = 1999, .seed = 2});
    const LocalAssociation b = local_moran(values, uneven, {.permutations = 1999, .seed = 2});
    for (std::size_t i = 0; i < 400; ++i) CHECK_THAT(a.p_values[i], WithinAbs(b.p_values[i], 0.07));
  }
}

TEST_CASE("clustering gives the same bits for any number of threads", "[metrics][clustering]") {
  const SpatialWeights queen = test::weights_of(1600, test::lattice_links(40, true), true);
  const std::vector<double> values = random_values(1600, 8);
  std::vector<LocalAssociation> locals;
  std::vector<double> p;
  for (const std::size_t threads : {1, 2, 7}) {
    const ThreadsOf limit(threads);
    locals.push_back(local_moran(values, queen, {.permutations = 199, .seed = 3}));
    p.push_back(moran_test(values, queen, {.permutations = 199, .seed = 3}).p_value);
  }
  for (std::size_t t = 1; t < 3; ++t) {
    CHECK(same_bits(locals[0].values, locals[t].values));
    CHECK(same_bits(locals[0].p_values, locals[t].p_values));
    CHECK(p[0] == p[t]);
  }
  SECTION("and other draws for another seed") {
    CHECK(!same_bits(locals[0].p_values,
                     local_moran(values, queen, {.permutations = 199, .seed = 4}).p_values));
  }
}

TEST_CASE("false discovery level", "[metrics][clustering]") {
  SECTION("worked example: of 0.01 0.02 0.04 0.9, allowed 0.0125 0.025 0.0375 0.05") {
    CHECK(false_discovery_level(std::array{0.9, 0.01, 0.04, 0.02}, 0.05) == 0.02);
  }
  SECTION("is 0 where there is no discovery, and passes over undefined values") {
    CHECK(false_discovery_level(std::array{0.5, 0.6}, 0.05) == 0.0);
    CHECK(false_discovery_level(std::array{undefined, 0.05}, 0.05) == 0.05);
    CHECK(false_discovery_level({}, 0.05) == 0.0);
  }
}
