#include "priority/ranking.h"

#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/random.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::priority;

namespace {

PriorityItem item(const std::string& id, double weight, Direction direction, Domain domain) {
  PriorityItem made;
  made.indicator = id;
  made.label = id;
  made.weight = weight;
  made.direction = direction;
  made.domain = domain;
  return made;
}

Ranking rank(const PriorityProfile& profile, const std::vector<std::vector<double>>& values) {
  const std::vector<std::span<const double>> columns(values.begin(), values.end());
  return rank_districts(profile, columns);
}

/// Unemployment counts twice, school places once (few are urgent), voting rights are asked for.
PriorityProfile example() {
  PriorityProfile profile;
  profile.id = "example";
  profile.items = {item("unemployment", 2.0, Direction::high_is_urgent, Domain::labour),
                   item("school_places", 1.0, Direction::low_is_urgent, Domain::education),
                   item("voting_rights", 5.0, Direction::low_is_urgent, Domain::legal_political)};
  profile.items[2].lever = Lever::nation;
  return profile;
}

}  // namespace

TEST_CASE("a ranking checkable by hand", "[priority]") {
  //                      unemployment  places  voting
  //   A                       5          10      0.9    (2·0   + 1·1)   / 3 = 1/3
  //   B                      15          30      0.5    (2·1   + 1·0)   / 3 = 2/3
  //   C                      10          20      0.1    (2·1/2 + 1·1/2) / 3 = 1/2
  const Ranking r = rank(example(), {{5, 15, 10}, {10, 30, 20}, {0.9, 0.5, 0.1}});
  CHECK_THAT(r.score[0], WithinAbs(1.0 / 3.0, 1e-15));
  CHECK_THAT(r.score[1], WithinAbs(2.0 / 3.0, 1e-15));
  CHECK_THAT(r.score[2], WithinAbs(0.5, 1e-15));
  CHECK(r.rank == std::vector<std::uint32_t>{3, 1, 2});
  CHECK(r.order() == std::vector<DistrictIndex>{1, 2, 0});
  CHECK_THAT(r.contribution[0][1], WithinAbs(2.0 / 3.0, 1e-15));
  CHECK(r.contribution[1][1] == 0.0);
  CHECK(r.coverage == std::vector{1.0, 1.0, 1.0});

  SECTION("what the nation holds is asked for, not ranked") {
    CHECK(r.asked == std::vector<std::size_t>{2});
    CHECK(std::isnan(r.contribution[2][0]));
    CHECK(r.normalised[2][2] == 1.0);
  }
}

TEST_CASE("missing values", "[priority]") {
  PriorityProfile profile = example();
  //   B without unemployment: only a third of the weight; C without places: two thirds
  const Ranking r = rank(profile, {{5, undefined, 15}, {10, 30, undefined}, {0.9, 0.5, 0.1}});
  CHECK_THAT(r.coverage[1], WithinAbs(1.0 / 3.0, 1e-15));
  CHECK(std::isnan(r.score[1]));
  CHECK(r.rank[1] == unranked);
  CHECK(std::isnan(r.contribution[1][1]));
  CHECK(r.score[2] == 1.0);
  CHECK(r.contribution[0][2] == 1.0);
  CHECK(std::isnan(r.contribution[1][2]));
  CHECK(r.ranked_count == 2);
  CHECK(r.order() == std::vector<DistrictIndex>{2, 0, 1});

  SECTION("a lower minimum lets B in") {
    profile.minimum_coverage = 0.3;
    CHECK(rank(profile, {{5, undefined, 15}, {10, 30, undefined}, {0.9, 0.5, 0.1}}).score[1] ==
          0.0);
  }
  SECTION("half of the weight in tenths is half") {
    PriorityProfile tenths;
    tenths.id = "tenths";
    for (const char* id : {"a", "b", "c", "d"}) {
      tenths.items.push_back(item(id, 0.1, Direction::high_is_urgent, Domain::labour));
    }
    tenths.items[2].weight = 0.3;
    tenths.items[3].weight = 0.1;
    const Ranking half = rank(tenths, {{1, 2}, {1, 2}, {undefined, 2}, {1, 2}});
    CHECK(half.rank[0] == 2);
  }
  SECTION("nothing known anywhere") {
    const Ranking none = rank(example(), {{undefined}, {undefined}, {1.0}});
    CHECK(none.ranked_count == 0);
    CHECK(none.coverage[0] == 0.0);
  }
}

TEST_CASE("ties share the lowest rank", "[priority]") {
  PriorityProfile profile = example();
  const Ranking r = rank(profile, {{5, 15, 15, 10}, {10, 10, 10, 10}, {1, 1, 1, 1}});
  CHECK(r.rank == std::vector<std::uint32_t>{4, 1, 1, 3});

  SECTION("rounding does not part what is equal") {
    // 0.1 + 0.2 and 0.3, as weighted means of complementary values.
    PriorityProfile sums;
    sums.id = "sums";
    sums.items = {item("a", 0.1, Direction::high_is_urgent, Domain::labour),
                  item("b", 0.2, Direction::high_is_urgent, Domain::labour),
                  item("c", 0.3, Direction::high_is_urgent, Domain::labour)};
    const Ranking s = rank(sums, {{1, 0, 0}, {1, 0, 0}, {0, 1, 0}});
    CHECK(s.rank == std::vector<std::uint32_t>{1, 1, 3});
  }
}

TEST_CASE("properties of the ranking", "[priority]") {
  for (std::uint64_t seed = 0; seed < 24; ++seed) {
    RandomStream stream(seed, 3);
    PriorityProfile profile;
    profile.id = "random";
    profile.normalisation = normalisation_table[seed % 3].normalisation;
    std::vector<std::vector<double>> values;
    for (std::size_t k = 0; k < 6; ++k) {
      profile.items.push_back(
          item("i" + std::to_string(k), stream.uniform(),
               stream.below(2) == 0 ? Direction::high_is_urgent : Direction::low_is_urgent,
               Domain::housing));
      std::vector<double> column(40);
      for (double& x : column) x = stream.below(6) == 0 ? undefined : stream.uniform() * 100.0;
      values.push_back(std::move(column));
    }
    const Ranking r = rank(profile, values);
    for (std::size_t i = 0; i < 40; ++i) {
      if (!is_defined(r.score[i])) continue;
      double sum = 0.0;
      for (std::size_t k = 0; k < 6; ++k) {
        if (is_defined(r.contribution[k][i])) sum += r.contribution[k][i];
      }
      CHECK(sum == r.score[i]);
      if (profile.normalisation != Normalisation::z_score) {
        CHECK(r.score[i] >= 0.0);
        CHECK(r.score[i] <= 1.0 + 1e-12);
      }
      std::size_t before = 0;
      for (std::size_t j = 0; j < 40; ++j) {
        if (is_defined(r.score[j]) && r.score[j] > r.score[i] + 1e-9) ++before;
      }
      CHECK(r.rank[i] >= before + 1);
    }

    SECTION("weights count relative to one another, seed " + std::to_string(seed)) {
      PriorityProfile scaled = profile;
      for (PriorityItem& one : scaled.items) one.weight *= 8.0;
      CHECK(rank(scaled, values).rank == r.rank);
    }
    SECTION("a worse value never makes a district less urgent, seed " + std::to_string(seed)) {
      profile.items[0].direction = Direction::high_is_urgent;
      const Ranking before = rank(profile, values);
      for (std::size_t i = 0; i < 40; ++i) {
        if (!is_defined(values[0][i]) || before.rank[i] == unranked) continue;
        auto worse = values;
        double most = 0.0;
        for (const double x : values[0]) most = is_defined(x) ? std::max(most, x) : most;
        worse[0][i] = most;
        if (profile.normalisation == Normalisation::min_max) {
          CHECK(rank(profile, worse).rank[i] <= before.rank[i]);
        }
      }
    }
    SECTION("the same bits for any number of threads, seed " + std::to_string(seed)) {
      set_thread_count(1);
      const Ranking one = rank(profile, values);
      set_thread_count(0);
      CHECK(one.rank == r.rank);
    }
  }
}

TEST_CASE("the scorecard drops no dimension", "[priority]") {
  const PriorityProfile profile = example();
  const Ranking r = rank(profile, {{5, 15, 10}, {10, undefined, 20}, {0.9, 0.5, 0.1}});
  const Scorecard card = scorecard(profile, r);

  const Part& social = card.of(Dimension::socio_economic);
  CHECK(social.item_count == 2);
  CHECK(social.with_data == 2);
  CHECK(social.items_with_value == std::vector<std::uint16_t>{2, 1, 2});
  CHECK_THAT(social.mean[0], WithinAbs(1.0 / 3.0, 1e-15));
  CHECK(social.mean[1] == 1.0);

  CHECK(card.of(Dimension::legal_political).mean[2] == 1.0);
  CHECK(card.of(Dimension::cultural_religious).empty());
  CHECK(card.of(Dimension::cultural_religious).item_count == 0);
  CHECK(std::isnan(card.of(Dimension::cultural_religious).mean[0]));
  CHECK(card.of(Domain::health).empty());
  CHECK_FALSE(card.of(Domain::education).empty());
}

TEST_CASE("an infinite indicator is refused by name", "[priority]") {
  const double infinite = std::numeric_limits<double>::infinity();
  CHECK_THROWS_WITH(rank(example(), {{5, infinite}, {1, 2}, {1, 2}}),
                    Catch::Matchers::Contains("unemployment"));
}
