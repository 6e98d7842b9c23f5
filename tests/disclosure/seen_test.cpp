#include "disclosure/seen.h"

#include <rapidcheck.h>

#include "base/number.h"
#include "disclosure/tables.h"
#include "disclosure/twins.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::disclosure;
using quartier::test::counts_of;
using quartier::test::random_table;
using quartier::test::Table;
using quartier::test::tree;
using quartier::test::Twins;

namespace {

constexpr GroupIndex root = no_index;

bool same_counts(const SeenCounts& a, const SeenCounts& b) {
  for (std::size_t f = 0; f < fill_count; ++f) {
    for (std::size_t g = 0; g < a.fills[f].groups.size(); ++g) {
      if (a.fills[f].groups[g].readable != b.fills[f].groups[g].readable) return false;
    }
  }
  return a.hides == b.hides;
}

}  // namespace

TEST_CASE("a table without hidden counts is seen as it is", "[disclosure]") {
  const Groups groups = tree({root, 0, 0});
  const CountTable counts = counts_of(groups, {{10, 20}, {30, 40}});
  const SeenCounts seen = seen_counts(counts, groups, protect(counts, groups, {}, Policy{}));
  CHECK(seen.hides == std::vector<std::uint8_t>{0, 0, 0});
  for (const CountTable& fill : seen.fills) {
    for (std::size_t g = 0; g < 3; ++g) {
      CHECK(fill.groups[g].readable == counts.groups[g].readable);
    }
  }
}

TEST_CASE("hidden counts are seen as parts of what is left over", "[disclosure]") {
  // Group 1: 2, 10, 90 of 102; groups 2 and 3 share the rest. Counts of 1 and 2 are hidden in the
  // first two districts, those of 3 are shown.
  const Groups groups = tree({root, 0, 0, 0});
  const CountTable counts = counts_of(groups, {{2, 10, 90}, {18, 40, 60}, {80, 50, 50}});
  Protection protection;
  protection.district_count = 3;
  protection.group_count = 4;
  protection.level_start = {3};
  protection.states.assign(16, CellState::shown);
  for (const std::size_t g : {1u, 2u}) {
    protection.states[g * 4] = CellState::primary;
    protection.states[g * 4 + 1] = CellState::complementary;
  }
  const SeenCounts seen = seen_counts(counts, groups, protection);
  // Of group 1, 102 − 90 = 12 are left. 20 and 50 persons are of group 1 or 2: an even half of
  // them is 10 and 25, so that 12 are shared as 10 : 25.
  CHECK(seen.hides == std::vector<std::uint8_t>{0, 1, 1, 0});
  CHECK_THAT(seen.as(Fill::middle).group(1)[0], WithinRel(12.0 * 10.0 / 35.0, 1e-15));
  CHECK_THAT(seen.as(Fill::middle).group(1)[1], WithinRel(12.0 * 25.0 / 35.0, 1e-15));
  CHECK(seen.as(Fill::middle).group(1)[2] == 90.0);
  CHECK(seen.as(Fill::least).group(1)[0] == 0.0);
  CHECK(seen.as(Fill::greatest).group(1)[0] == 12.0);
  CHECK(seen.as(Fill::greatest).group(2)[0] == 20.0);  // of 58 left no more than 20 live there
  CHECK(seen.as(Fill::mixed).group(1)[0] == 12.0);
  CHECK(seen.as(Fill::mixed).group(1)[1] == 0.0);
  CHECK(seen.as(Fill::middle).group(0)[0] == 100.0);

  SECTION("by themselves where the city total is hidden") {
    protection.states[1 * 4 + 3] = CellState::complementary;
    const SeenCounts alone = seen_counts(counts, groups, protection);
    CHECK(alone.as(Fill::middle).group(1)[0] == 10.0);
    CHECK(alone.as(Fill::greatest).group(1)[0] == 20.0);
  }
}

TEST_CASE("the truth lies between what a reader sees at least and at most", "[disclosure]") {
  const std::vector<std::vector<GroupIndex>> trees = {
      {root}, {root, 0, 0}, {root, 0, 1, 1, 0, 4, 4, 0}, {root, 0, 1, 2, 2, 0}};
  CHECK(rc::check([&] {
    const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1000000);
    const Table table = random_table(seed, trees[seed % trees.size()], 4 + seed % 6, {2});
    Policy policy;
    policy.threshold = 3 + seed % 8;
    const Protection p = protect(table.counts, table.groups, table.levels, policy);
    if (!may_show(p.city(0))) return;  // nothing bounds a city that is hidden altogether
    const SeenCounts seen = seen_counts(table.counts, table.groups, p);
    for (GroupIndex g = 0; g < table.groups.size(); ++g) {
      const auto truth = table.counts.group(g);
      for (std::size_t i = 0; i < truth.size(); ++i) {
        const double least = seen.as(Fill::least).group(g)[i];
        const double middle = seen.as(Fill::middle).group(g)[i];
        const double greatest = seen.as(Fill::greatest).group(g)[i];
        RC_ASSERT(least <= truth[i]);
        RC_ASSERT(truth[i] <= greatest);
        RC_ASSERT(least <= middle);
        RC_ASSERT(middle <= greatest);
        if (may_show(p.at(g, i))) RC_ASSERT(middle == truth[i]);
      }
    }
  }));
}

TEST_CASE("tables that show the same are seen as the same", "[disclosure][attack]") {
  const std::vector<std::vector<GroupIndex>> trees = {
      {root, 0, 0}, {root, 0, 0, 0, 0}, {root, 0, 1, 1, 0, 4, 4, 0}};
  std::size_t moved = 0;
  CHECK(rc::check([&] {
    const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1000000);
    const Table table = random_table(seed, trees[seed % trees.size()], 4 + seed % 3, {2});
    const Protection p = protect(table.counts, table.groups, table.levels, Policy{});
    const SeenCounts seen = seen_counts(table.counts, table.groups, p);
    const Twins twins(table, p);
    for (GroupIndex g = 0; g < table.groups.size(); ++g) {
      for (std::size_t i = 0; i < p.district_count; ++i) {
        if (may_show(p.at(g, i))) continue;
        const CountTable twin = twins.pushed(g, i, 1.0, seed, 3);
        if (twin.groups[g].readable[i] != table.counts.groups[g].readable[i]) ++moved;
        RC_ASSERT(same_counts(seen, seen_counts(twin, table.groups, p)));
      }
    }
  }));
  CHECK(moved > 500);
}
