// An attacker who knows the program, the streets and every number of `quartier access`: of all
// measures, at two cutoffs, of every group, today and under a plan. He tries every city that he
// cannot tell from the true one by its counts, and drops those whose access differs anywhere from
// what was published. What is left brackets each hidden count.

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>

#include "disclosure/city.h"
#include "disclosure/seen.h"
#include "disclosure/twins.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::disclosure;
using quartier::test::city_of;
using quartier::test::counts_of;
using quartier::test::published_access;
using quartier::test::random_table;
using quartier::test::random_ways;
using quartier::test::Table;
using quartier::test::tree;
using quartier::test::Twins;
using quartier::test::Ways;

namespace {

constexpr GroupIndex root = no_index;

/// What the attacker asks the program for.
struct Questions {
  std::vector<double> cutoffs_m;
  bool all = false;       ///< measures made on request, too
  bool guarded = true;    ///< false: access made from the full counts, to see the attack work
  std::size_t cells = 1;  ///< hidden counts to bracket
};

/// Which counts are hidden is part of what the attacker knows: it stays that of the true city.
std::string told_of(const Table& table, const CountTable& counts, const Ways& ways,
                    const Protection& protection, const Policy& policy,
                    const Questions& questions) {
  std::string text;
  for (const double cutoff_m : questions.cutoffs_m) {
    study::Study city = city_of(table, ways, cutoff_m, policy.threshold);
    study::StudyEdition& edition = city.editions.front();
    edition.counts = {counts};
    city.gate.policy = policy;
    city.gate.tables = {{protection}};
    edition.seen = {seen_counts(counts, table.groups, protection)};
    if (!questions.guarded) {
      edition.seen.front().fills.assign(fill_count, counts);
      edition.seen.front().hides.assign(table.groups.size(), 0);
    }
    text += published_access(std::move(city), questions.all);
  }
  return text;
}

struct Attack {
  std::size_t cells = 0;      ///< below the threshold
  std::size_t narrow = 0;     ///< of them, placed more narrowly than the policy allows
  std::size_t by_access = 0;  ///< of them, narrower than by counts alone
};

/// Brackets hidden small counts of a city, each by the twins that lie farthest from the truth.
Attack attack_city(const Table& table, const Ways& ways, const Policy& policy,
                   const Questions& questions, std::uint64_t seed) {
  const Protection p = protect(table.counts, table.groups, table.levels, policy);
  const Twins twins(table, p);
  const std::string truth = told_of(table, table.counts, ways, p, policy, questions);
  Attack attack;
  const int steps = static_cast<int>(policy.threshold) + 1;
  for (GroupIndex g = 0; g < table.groups.size(); ++g) {
    for (std::size_t i = 0; i < p.district_count && attack.cells < questions.cells; ++i) {
      if (p.at(g, i) != CellState::primary) continue;
      ++attack.cells;
      double by_counts = 0.0;
      double bracket = 0.0;
      for (const double by : {1.0, -1.0}) {
        const CountTable twin = twins.pushed(g, i, by, seed, steps);
        const double away =
            std::abs(twin.groups[g].readable[i] - table.counts.groups[g].readable[i]);
        by_counts += away;
        const bool told_apart =
            away > 0.0 && told_of(table, twin, ways, p, policy, questions) != truth;
        if (!told_apart) bracket += away;
      }
      if (bracket < policy.width()) ++attack.narrow;
      if (bracket < by_counts) ++attack.by_access;
    }
  }
  return attack;
}

}  // namespace

TEST_CASE("a site for three people does not tell that they are three", "[disclosure][attack]") {
  // Ten places for the group's members in the first district, of whom 3 are there: at full length,
  // or to two digits, 3333 places per 1000 people are three people. The last site is for all.
  Table table;
  table.groups = tree({root, 0, 0});
  table.counts = counts_of(table.groups, {{3, 400, 600, 4}, {97, 600, 400, 80}});
  Ways ways;
  ways.sites = 2;
  ways.supply = {10.0, 50.0};
  ways.cost = {100, 2000, 2000, 300, 2000, 200, 2000, 100};
  ways.later = {100, 300, 2000, 300, 2000, 200, 2000, 100};
  ways.across.assign(16, 500);
  const Policy policy;
  const Protection p = protect(table.counts, table.groups, {}, policy);
  REQUIRE(p.at(1, 0) == CellState::primary);

  study::Study city = city_of(table, ways, 600.0, policy.threshold);
  study::guard(city);
  Progress progress;
  study::Results results = study::compute(city, progress, {});
  const study::Publication shown(std::move(city), std::move(results));
  std::size_t columns = 0;
  for (const study::ColumnSpec& spec : shown.catalogue()) {
    if (spec.column != "two_step_floating_catchment") continue;
    const study::Column column = shown.column(spec);
    ++columns;
    if (spec.service == "everyone") {
      CHECK(column.values[0] == 100.0);  // 10 places of 100 people, none of them hidden
    } else {
      CHECK(column.states[0] == study::ValueState::suppressed);  // of 3
      CHECK(column.states[1] == study::ValueState::shown);       // of 1000 and the 4
    }
  }
  CHECK(columns == 2);

  Questions questions{{600.0, 601.0, 1100.0}, true, true, 10};
  const Attack attack = attack_city(table, ways, policy, questions, 1);
  CHECK(attack.cells == 2);
  CHECK(attack.narrow == 0);
  CHECK(attack.by_access == 0);

  SECTION("and the attacker would find out if access were made from the full counts") {
    questions.guarded = false;
    CHECK(attack_city(table, ways, policy, questions, 1).narrow == 2);
  }
}

TEST_CASE("access tells no more of random cities than their counts do", "[disclosure][attack]") {
  const std::vector<std::vector<GroupIndex>> trees = {{root, 0, 0}, {root, 0, 1, 1, 0}};
  std::size_t cells = 0;
  CHECK(rc::check([&] {
    const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1000000);
    const std::size_t n = 4 + seed % 3;
    const Table table = random_table(seed, trees[seed % 2], n, {2});
    const Ways ways = random_ways(seed, n, 1 + seed % 2, 2);
    const Attack attack = attack_city(table, ways, Policy{}, {{600.0, 601.0}}, seed);
    cells += attack.cells;
    RC_ASSERT(attack.by_access == 0u);
    RC_ASSERT(attack.narrow == 0u);
  }));
  CHECK(cells > 50);
}

TEST_CASE("nor do cities cut like Barcelona and Berlin", "[disclosure][attack]") {
  // Barcelona: a region for each of a few leaves, districts in boroughs. Berlin: many origins, of
  // which few live in each of many districts; people set out from several points.
  struct Setting {
    std::vector<GroupIndex> tree;
    std::size_t districts;
    std::vector<std::size_t> boroughs;
    std::size_t points;
    std::uint32_t threshold;
  };
  const std::vector<Setting> settings = {{{root, 0, 1, 1, 0, 4, 4}, 12, {3}, 1, 5},
                                         {{root, 0, 0, 2, 2, 2, 2, 2}, 16, {2, 4}, 3, 3},
                                         {{root, 0, 0, 2, 2}, 8, {2}, 2, 10}};
  for (const Setting& one : settings) {
    const Table table = random_table(11, one.tree, one.districts, one.boroughs);
    const Ways ways = random_ways(11, one.districts, one.points, 4);
    Policy policy;
    policy.threshold = one.threshold;
    const Attack attack = attack_city(table, ways, policy, {{500.0, 900.0}, true, true, 2}, 11);
    INFO(one.districts << " districts");
    CHECK(attack.cells == 2);
    CHECK(attack.by_access == 0);
    CHECK(attack.narrow == 0);
  }
}
