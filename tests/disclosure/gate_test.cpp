#include "disclosure/gate.h"

#include <fstream>
#include <set>
#include <sstream>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/text.h"
#include "disclosure/attacker.h"
#include "disclosure/audit.h"
#include "disclosure/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::disclosure;
using quartier::test::attack;
using quartier::test::counts_of;
using quartier::test::level;
using quartier::test::random_table;
using quartier::test::Range;
using quartier::test::Table;
using quartier::test::tree;

namespace {

constexpr GroupIndex root = no_index;

/// Everything that must hold of a protected table, with the exact attacker.
void check_protected(const Table& table, const Policy& policy) {
  const Protection protection = protect(table.counts, table.groups, table.levels, policy);
  const std::vector<Range> ranges = attack(table.counts, table.groups, table.levels, protection);
  for (const Range& range : ranges) {
    const double width = range.greatest - range.least;
    const std::size_t place = range.cell % protection.place_count();
    const GroupIndex parent = table.groups.nodes[range.cell / protection.place_count()].parent;
    if (range.state == CellState::primary ||
        (range.state == CellState::publisher && range.value > 0.0)) {
      CHECK(width >= policy.width() - 1e-6);
    } else if (range.state == CellState::complementary) {
      CHECK(width > 1e-6);
    } else if (place < protection.district_count && parent != root &&
               table.counts.groups[parent].known(place)) {
      CHECK(width > 1e-6);
    }
  }
  const Audit result = audit(table.counts, table.groups, table.levels, policy, protection);
  CHECK(result.passed());
  // No count below the threshold is shown, in any district.
  for (GroupIndex g = 0; g < table.groups.size(); ++g) {
    for (std::size_t i = 0; i < protection.district_count; ++i) {
      if (policy.hides(table.counts.groups[g].readable[i])) {
        CHECK_FALSE(may_show(protection.at(g, i)));
      }
    }
  }
}

}  // namespace

TEST_CASE("the gate hides small counts and what would give them away", "[disclosure]") {
  Table table;
  table.groups = tree({root, 0, 0});
  Policy policy;  // 5, zeros shown

  SECTION("worked example: 3 of 100 hides its complement, and both in the cheapest other row") {
    //              district   A    B    C
    //              group 1    3   50   20
    //              group 2   97   90   80
    table.counts = counts_of(table.groups, {{3, 50, 20}, {97, 90, 80}});
    const Protection p = protect(table.counts, table.groups, {}, policy);
    CHECK(p.at(1, 0) == CellState::primary);
    CHECK(p.at(2, 0) == CellState::complementary);
    CHECK(p.at(1, 1) == CellState::shown);
    CHECK(p.at(1, 2) == CellState::complementary);
    CHECK(p.at(2, 2) == CellState::complementary);
    CHECK(p.at(0, 0) == CellState::shown);
    CHECK(p.city(1) == CellState::shown);
    check_protected(table, policy);
  }
  SECTION("shows everything where nothing is small") {
    table.counts = counts_of(table.groups, {{30, 50, 0}, {97, 90, 80}});
    const Protection p = protect(table.counts, table.groups, {}, policy);
    CHECK(p.count(CellState::shown) == p.states.size());
  }
  SECTION("zeros are hidden where the policy says so") {
    table.counts = counts_of(table.groups, {{30, 50, 0}, {97, 90, 80}});
    policy.zeros = ZeroRule::hide;
    const Protection p = protect(table.counts, table.groups, {}, policy);
    CHECK(p.at(1, 2) == CellState::primary);
    CHECK(p.at(2, 2) == CellState::complementary);
    check_protected(table, policy);
  }
  SECTION("a hidden sum below the threshold is widened: 1 + 1 + 1 is not enough") {
    table.counts = counts_of(table.groups, {{1, 1, 1, 60, 40}, {90, 91, 92, 93, 94}});
    policy.threshold = 10;
    const Protection p = protect(table.counts, table.groups, {}, policy);
    CHECK_FALSE(may_show(p.at(1, 4)));
    check_protected(table, policy);
  }
  SECTION("a zero is no partner while there is another") {
    table.counts = counts_of(table.groups, {{3, 0, 20}, {97, 90, 80}});
    const Protection p = protect(table.counts, table.groups, {}, policy);
    CHECK(p.at(1, 1) == CellState::shown);
    CHECK_FALSE(may_show(p.at(1, 2)));
  }
  SECTION("the everyone count of a tiny district is hidden, with another one") {
    table.counts = counts_of(table.groups, {{1, 50, 20}, {2, 90, 80}});
    const Protection p = protect(table.counts, table.groups, {}, policy);
    CHECK(p.at(0, 0) == CellState::primary);
    CHECK_FALSE(may_show(p.at(0, 2)));
    CHECK(may_show(p.at(0, 1)));
    check_protected(table, policy);
  }
  SECTION("a group of four in the whole city is hidden in its total too") {
    table.groups = tree({root, 0, 0, 0});
    table.counts = counts_of(table.groups, {{2, 0, 2}, {97, 90, 80}, {10, 20, 30}});
    const Protection p = protect(table.counts, table.groups, {}, policy);
    CHECK(p.city(1) == CellState::primary);
    CHECK(p.city(0) == CellState::shown);
    check_protected(table, policy);
  }
  SECTION("a whole city below the threshold keeps everything to itself") {
    table.counts = counts_of(table.groups, {{1, 0}, {0, 2}});
    const Protection p = protect(table.counts, table.groups, {}, policy);
    CHECK(p.city(0) == CellState::primary);
    check_protected(table, policy);
  }
  SECTION("a threshold of 1 hides nothing") {
    table.counts = counts_of(table.groups, {{1, 0}, {1, 2}});
    policy.threshold = 1;
    const Protection p = protect(table.counts, table.groups, {}, policy);
    CHECK(p.count(CellState::shown) == p.states.size());
  }
  SECTION("no districts, no cells hidden") {
    table.counts = counts_of(table.groups, {{}, {}});
    CHECK(protect(table.counts, table.groups, {}, policy).count(CellState::primary) == 0);
  }
  SECTION("parents and nested groups") {
    table.groups = tree({root, 0, 1, 1, 0, 4, 4});
    table.counts = counts_of(table.groups, {{3, 8, 9, 20, 0, 40},
                                            {9, 12, 7, 6, 30, 3},
                                            {8, 40, 2, 60, 11, 7},
                                            {70, 10, 9, 80, 31, 26}});
    table.levels = {level("borough", {0, 0, 0, 1, 1, 1})};
    check_protected(table, policy);
  }
  SECTION("a parent with one district") {
    table.counts = counts_of(table.groups, {{3, 8, 9}, {9, 12, 70}});
    table.levels = {level("borough", {0, 1, 1})};
    const Protection p = protect(table.counts, table.groups, table.levels, policy);
    CHECK(p.parent(0, 1, 0) == CellState::primary);
    check_protected(table, policy);
  }
}

TEST_CASE("cells hidden at the source stay hidden", "[disclosure]") {
  Table table;
  table.groups = tree({root, 0, 0});
  table.counts = counts_of(table.groups, {{0, 50, 20}, {97, 90, 80}});
  table.counts.groups[1].hidden = {1, 0, 0};
  table.counts.groups[1].least = {1, 50, 20};
  table.counts.groups[1].greatest = {4, 50, 20};
  const Policy policy;
  const Protection p = protect(table.counts, table.groups, {}, policy);
  CHECK(p.at(1, 0) == CellState::publisher);
  CHECK_FALSE(may_show(p.at(2, 0)));
  CHECK(p.city(1) == CellState::at_least);
  CHECK(may_show(CellState::at_least));
  check_protected(table, policy);

  SECTION("where the total leaves the hidden part out, nothing more need be hidden") {
    table.counts.groups[0].hidden = {1, 0, 0};
    const Protection open = protect(table.counts, table.groups, {}, policy);
    CHECK(open.at(1, 0) == CellState::publisher);
    CHECK(open.at(0, 0) == CellState::at_least);
    CHECK(open.count(CellState::complementary) == 0);
    check_protected(table, policy);
  }
  SECTION("a small part that can be read is protected as any small count") {
    table.counts.groups[0].hidden = {1, 0, 0};
    table.counts.groups[1].readable[0] = 4;
    table.counts.groups[0].readable[0] = 101;
    const Protection part = protect(table.counts, table.groups, {}, policy);
    CHECK(part.at(1, 0) == CellState::publisher);
    CHECK_FALSE(may_show(part.at(2, 0)));
    check_protected(table, policy);
  }
  SECTION("what can be read is shown as at least, where it is no small count") {
    table.counts.groups[1].readable[0] = 12;
    CHECK(protect(table.counts, table.groups, {}, policy).at(1, 0) == CellState::at_least);
  }
}

TEST_CASE("random tables resist a linear programme", "[disclosure][attack]") {
  const std::vector<std::vector<GroupIndex>> trees = {
      {root}, {root, 0, 0}, {root, 0, 0, 0, 0}, {root, 0, 1, 1, 0, 4, 4, 0}, {root, 0, 1, 2, 2, 0}};
  const std::vector<std::vector<std::size_t>> parents = {{}, {2}, {3, 2}, {5}};
  std::size_t tables = 0;
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    for (const auto& shape : trees) {
      for (const auto& above : parents) {
        const Table table = random_table(seed, shape, 4 + seed % 5, above);
        Policy policy;
        policy.threshold = seed % 3 == 0 ? 3 : seed % 3 == 1 ? 5 : 10;
        policy.zeros = seed % 4 == 3 ? ZeroRule::hide : ZeroRule::show;
        INFO("seed " << seed << ", tree of " << shape.size() << ", levels " << above.size());
        check_protected(table, policy);
        ++tables;
      }
    }
  }
  CHECK(tables == 240);
}

TEST_CASE("random tables with cells hidden at the source resist too", "[disclosure][attack]") {
  for (std::uint64_t seed = 100; seed < 140; ++seed) {
    Table table = random_table(seed, {root, 0, 1, 1, 0, 0}, 7, {2});
    RandomStream stream(seed, 9);
    for (CountColumn& column : table.counts.groups) {
      column.hidden.assign(7, 0);
      for (std::size_t i = 0; i < 7; ++i) {
        if (stream.below(6) == 0) column.hidden[i] = 1;
      }
    }
    INFO("seed " << seed);
    check_protected(table, Policy{});
  }
}

TEST_CASE("an attacker that counts finds no single answer", "[disclosure][attack]") {
  // Every table of whole numbers up to 12 that agrees with what is shown, counted by hand: rows
  // of 2 groups and 3 districts with fixed sums have two free numbers.
  const Groups groups = tree({root, 0, 0});
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    RandomStream stream(seed, 5);
    std::vector<std::vector<double>> values(2, std::vector<double>(3));
    for (auto& column : values) {
      for (double& x : column) x = stream.below(13);
    }
    const CountTable counts = counts_of(groups, values);
    const Protection p = protect(counts, groups, {}, Policy{});
    std::vector<std::set<int>> possible(3);
    if (!may_show(p.city(0)) || !may_show(p.city(1)) || !may_show(p.at(0, 0)) ||
        !may_show(p.at(0, 1)) || !may_show(p.at(0, 2))) {
      continue;
    }
    const auto& first = counts.groups[1].readable;
    const auto& total = counts.groups[0].readable;
    for (int a = 0; a <= total[0]; ++a) {
      for (int b = 0; b <= total[1]; ++b) {
        const double c = first[0] + first[1] + first[2] - a - b;
        if (c < 0.0 || c > total[2]) continue;
        const double guess[] = {static_cast<double>(a), static_cast<double>(b), c};
        bool agrees = true;
        for (std::size_t i = 0; i < 3; ++i) {
          const bool told = may_show(p.at(1, i)) || may_show(p.at(2, i));
          agrees = agrees && (!told || guess[i] == first[i]);
        }
        if (!agrees) continue;
        for (std::size_t i = 0; i < 3; ++i) possible[i].insert(static_cast<int>(guess[i]));
      }
    }
    for (std::size_t i = 0; i < 3; ++i) {
      const bool primary = p.at(1, i) == CellState::primary || p.at(2, i) == CellState::primary;
      INFO("seed " << seed << ", district " << i);
      if (primary) CHECK(possible[i].size() >= 5);
    }
  }
}

TEST_CASE("the gate gives the same bits for any number of threads", "[disclosure]") {
  const Table table = random_table(7, {root, 0, 1, 1, 1, 0, 5, 5, 0, 0}, 300, {12});
  set_thread_count(1);
  const Protection one = protect(table.counts, table.groups, table.levels, Policy{});
  set_thread_count(4);
  const Protection four = protect(table.counts, table.groups, table.levels, Policy{});
  set_thread_count(0);
  CHECK(one.states == four.states);
  CHECK(audit(table.counts, table.groups, table.levels, Policy{}, one).passed());
}

TEST_CASE("the published suppression problem", "[disclosure][oracle]") {
  const auto file = quartier::test::shared("oracle/priority/sdc_table.csv");
  if (file.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  std::vector<std::vector<double>> values(5);
  while (std::getline(in, line)) {
    const auto cells = split(line, ',');
    if (cells.front() == "total") continue;
    for (std::size_t k = 0; k < 5; ++k) values[k].push_back(*parse_number(trimmed(cells[k + 1])));
  }
  Table table;
  table.groups = tree({root, 0, 0, 0, 0, 0});
  table.counts = counts_of(table.groups, values);
  REQUIRE(table.counts.district_count() == 7);
  Policy policy;
  policy.threshold = 5;
  const Protection p = protect(table.counts, table.groups, {}, policy);
  CHECK(p.count(CellState::primary) == 6);
  double persons = 0.0;
  for (GroupIndex g = 1; g <= 5; ++g) {
    for (std::size_t i = 0; i < 7; ++i) {
      if (p.at(g, i) == CellState::complementary) persons += table.counts.groups[g].readable[i];
    }
  }
  CHECK(p.count(CellState::complementary) >= 1);  // the optimum: one cell of 18 persons
  CHECK(persons >= 18.0);
  CHECK(p.count(CellState::complementary) <= 4);
  check_protected(table, policy);

  SECTION("the audit finds what the threshold alone gives away") {
    Protection bare = p;
    for (CellState& state : bare.states) {
      if (state == CellState::complementary) state = CellState::shown;
    }
    const Audit result = audit(table.counts, table.groups, {}, policy, bare);
    CHECK_FALSE(result.passed());
    std::set<std::pair<GroupIndex, std::size_t>> exact;
    for (const Exposure& leak : result.leaks) {
      if (leak.width() == 0.0) exact.insert({leak.group, leak.place});
    }
    CHECK(exact == std::set<std::pair<GroupIndex, std::size_t>>{{1, 5}, {2, 1}});
  }
}

TEST_CASE("a policy that cannot be meant is refused", "[disclosure]") {
  Policy policy;
  policy.threshold = 2000000;
  CHECK_THROWS_AS(check(policy), InputError);
  policy.threshold = 5;
  policy.required_width = -1.0;
  CHECK_THROWS_AS(check(policy), InputError);
  policy.required_width = undefined;
  CHECK_THROWS_AS(check(policy), InputError);
}
