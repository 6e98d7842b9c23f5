#include "metrics/levels.h"

#include <rapidcheck.h>

#include <array>
#include <cmath>

#include "base/parallel.h"
#include "base/units.h"
#include "metrics/evenness.h"
#include "metrics/random_counts.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

std::vector<std::uint32_t> any_parents(std::size_t n, int parent_count, bool orphans) {
  std::vector<std::uint32_t> parents;
  for (std::size_t i = 0; i < n; ++i) {
    const int drawn = *rc::gen::inRange(orphans ? -1 : 0, parent_count);
    parents.push_back(drawn < 0 ? no_index : static_cast<std::uint32_t>(drawn));
  }
  return parents;
}

}  // namespace

TEST_CASE("segregation between and within boroughs", "[metrics][levels]") {
  // Four districts of 20 in two boroughs: the west is a and half of b, the east the reverse.
  const std::vector<double> a{20, 10, 0, 10};
  const std::vector<double> b{0, 10, 20, 10};
  const std::array<std::span<const double>, 2> groups{a, b};
  const std::array<std::uint32_t, 4> borough{0, 0, 1, 1};

  SECTION("worked example: boroughs of 30 and 10; districts of 20 and 0, 10 and 10") {
    const LevelSplit split = level_split(groups, borough, 2);
    const double between = 0.75 * std::log(1.5) + 0.25 * std::log(0.5);
    const double one = 0.5 * std::log(1.0 / 0.75) +
                       0.5 * (0.5 * std::log(0.5 / 0.75) + 0.5 * std::log(0.5 / 0.25));
    CHECK_THAT(split.between, WithinAbs(between, 1e-15));
    CHECK_THAT(split.within, WithinAbs(one, 1e-15));
    CHECK_THAT(split.mutual_information, WithinAbs(mutual_information(groups), 1e-15));
    CHECK_THAT(split.theil_between, WithinAbs(between / std::log(2.0), 1e-15));
    CHECK_THAT(split.theil_entropy, WithinAbs(0.5, 1e-15));
    REQUIRE(split.parents.size() == 2);
    CHECK_THAT(split.parents[0].population_share, WithinAbs(0.5, 0));
    CHECK_THAT(split.parents[0].mutual_information, WithinAbs(one, 1e-15));
    const double entropy = -0.75 * std::log(0.75) - 0.25 * std::log(0.25);
    CHECK_THAT(split.parents[0].entropy_ratio, WithinAbs(entropy / std::log(2.0), 1e-15));
    CHECK_THAT(split.parents[0].theil_entropy, WithinAbs(one / entropy, 1e-15));
    CHECK(split.without_parent == 0);
  }
  SECTION("districts without a parent stand for themselves") {
    const LevelSplit split =
        level_split(groups, std::array{no_index, no_index, no_index, no_index}, 0);
    CHECK(split.without_parent == 4);
    CHECK(split.within == 0.0);
    CHECK_THAT(split.between, WithinAbs(mutual_information(groups), 1e-15));
  }
  SECTION("one parent holds everything within") {
    const LevelSplit split = level_split(groups, std::array{0u, 0u, 0u, 0u}, 1);
    CHECK(split.between == 0.0);
    CHECK_THAT(split.within, WithinAbs(mutual_information(groups), 1e-15));
  }
  SECTION("a parent where nobody lives has no index, one with a single group no H") {
    const std::vector<double> none{20, 0, 0, 0};
    const std::vector<double> others{0, 0, 20, 20};
    const std::array<std::span<const double>, 2> counts{none, others};
    const LevelSplit split = level_split(counts, std::array{0u, 1u, 2u, 2u}, 3);
    CHECK(std::isnan(split.parents[1].mutual_information));
    CHECK(split.parents[1].population_share == 0.0);
    CHECK(split.parents[2].mutual_information == 0.0);
    CHECK(std::isnan(split.parents[2].theil_entropy));
    CHECK(split.parents[2].entropy_ratio == 0.0);
  }
  SECTION("a city without people or without diversity") {
    const std::vector<double> nobody{0, 0, 0, 0};
    const std::array<std::span<const double>, 2> empty{nobody, nobody};
    CHECK(std::isnan(level_split(empty, borough, 2).between));
    const std::array<std::span<const double>, 2> alike{a, nobody};
    const LevelSplit split = level_split(alike, borough, 2);
    CHECK(split.between == 0.0);
    CHECK(std::isnan(split.theil_between));
  }
  SECTION("wrong lengths and positions are the caller's fault") {
    CHECK_THROWS_AS(level_split(groups, std::array{0u}, 1), std::logic_error);
    CHECK_THROWS_AS(level_split(groups, borough, 1), std::logic_error);
  }
}

TEST_CASE("chains of levels", "[metrics][levels]") {
  const std::vector<double> a{20, 10, 0, 10, 5};
  const std::vector<double> b{0, 10, 20, 10, 5};
  const std::array<std::span<const double>, 2> groups{a, b};
  const std::array<std::uint32_t, 5> quarter{0, 0, 1, no_index, 2};
  const std::array<std::uint32_t, 5> borough{0, 0, 1, 1, no_index};

  SECTION("an area without a parent stands for itself") {
    const std::array<ParentOf, 2> levels{quarter, borough};
    CHECK(first_not_nested(5, levels) == no_index);
    const std::vector<NestedStep> steps = nested_split(groups, levels);
    REQUIRE(steps.size() == 3);
    CHECK(steps[0].area_count == 5);
    CHECK(steps[1].area_count == 4);
    CHECK(steps[2].area_count == 3);
    CHECK_THAT(steps[0].mutual_information,
               WithinAbs(level_split(groups, quarter, 3).within, 1e-15));
    CHECK_THAT(steps[2].mutual_information,
               WithinAbs(level_split(groups, borough, 2).between, 1e-15));
  }
  SECTION("levels that do not nest are refused, and the district is named") {
    const std::array<ParentOf, 2> levels{borough, quarter};
    CHECK(first_not_nested(5, levels) == 3);
    CHECK_THROWS_AS(nested_split(groups, levels), std::logic_error);
  }
  SECTION("no level: districts in the city") {
    const std::vector<NestedStep> steps = nested_split(groups, {});
    REQUIRE(steps.size() == 1);
    CHECK_THAT(steps[0].mutual_information, WithinAbs(mutual_information(groups), 1e-15));
  }
}

TEST_CASE("within and between add up for any levels", "[metrics][levels][property]") {
  CHECK(rc::check([] {
    const test::RandomCounts counts = test::any_counts();
    const auto groups = counts.views();
    const std::size_t n = counts.districts();
    const std::vector<std::uint32_t> inner = any_parents(n, 6, true);
    const std::vector<std::uint32_t> outer_of_inner = any_parents(6, 3, false);
    std::vector<std::uint32_t> outer;
    for (const std::uint32_t parent : inner) {
      outer.push_back(parent == no_index ? no_index : outer_of_inner[parent]);
    }
    const double information = mutual_information(groups);
    const double index = multigroup_theil_entropy(groups);
    const LevelSplit split = level_split(groups, inner, 6);
    RC_ASSERT(std::abs(split.between + split.within - information) <= 1e-13);
    RC_ASSERT(std::abs(split.theil_between + split.theil_within - index) <= 1e-13);
    double within = 0.0;
    double theil_within = 0.0;
    for (const ParentPart& part : split.parents) {
      RC_ASSERT(part.population_share >= 0.0 && part.population_share <= 1.0);
      if (std::isnan(part.theil_entropy)) continue;
      RC_ASSERT(part.theil_entropy >= 0.0 && part.theil_entropy <= 1.0);
      within += part.population_share * part.mutual_information;
      theil_within += part.population_share * part.entropy_ratio * part.theil_entropy;
    }
    RC_ASSERT(std::abs(within - split.within) <= 1e-13);
    RC_ASSERT(std::abs(theil_within - split.theil_within) <= 1e-13);

    const std::array<ParentOf, 2> levels{inner, outer};
    double sum = 0.0;
    for (const NestedStep& step : nested_split(groups, levels)) {
      RC_ASSERT(step.mutual_information >= 0.0);
      sum += step.mutual_information;
    }
    RC_ASSERT(std::abs(sum - information) <= 1e-13);
  }));
}

TEST_CASE("levels give the same bits for any number of threads", "[metrics][levels][property]") {
  std::vector<double> a;
  std::vector<double> b;
  std::vector<std::uint32_t> parents;
  for (std::int64_t i = 0; i < 50'000; ++i) {
    a.push_back(static_cast<double>(i * 7919 % 101));
    b.push_back(static_cast<double>(i * 104'729 % 211));
    parents.push_back(static_cast<std::uint32_t>(i / 20));
  }
  const std::array<std::span<const double>, 2> groups{a, b};
  std::vector<std::vector<double>> results;
  for (const std::size_t threads : {1, 2, 7}) {
    set_thread_count(threads);
    const LevelSplit split = level_split(groups, parents, 2500);
    results.push_back({split.between, split.within, split.parents[77].theil_entropy});
    set_thread_count(0);
  }
  CHECK(results[0] == results[1]);
  CHECK(results[0] == results[2]);
}
