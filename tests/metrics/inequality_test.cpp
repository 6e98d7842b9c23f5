#include "metrics/inequality.h"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

// 190 people in all; mean access (50 * 0 + 100 * 2 + 40 * 5) / 190 = 40 / 19
const std::array people{50.0, 100.0, 40.0, 0.0};
const std::array has{0.0, 2.0, 5.0, 9.0};

struct City {
  std::vector<double> people;
  std::vector<double> access;
};

/// A city of 1 to 30 districts; somebody lives in the first and has access.
City any_city() {
  City city;
  const int n = *rc::gen::inRange(1, 30);
  for (int i = 0; i < n; ++i) {
    city.people.push_back(*rc::gen::inRange(0, 500));
    city.access.push_back(*rc::gen::inRange(0, 40) / 4.0);
  }
  city.people.front() += 1.0;
  city.access.front() += 0.5;
  return city;
}

/// The Gini index as half the mean difference of all pairs of people over the mean.
double gini_of_pairs(const City& city) {
  double all = 0.0;
  double weighted = 0.0;
  double difference = 0.0;
  for (std::size_t i = 0; i < city.people.size(); ++i) {
    all += city.people[i];
    weighted += city.people[i] * city.access[i];
    for (std::size_t j = 0; j < city.people.size(); ++j) {
      difference += city.people[i] * city.people[j] * std::abs(city.access[i] - city.access[j]);
    }
  }
  return difference / (2.0 * all * weighted);
}

bool near(double a, double b) { return std::abs(a - b) <= 1e-10 * std::max(1.0, std::abs(b)); }

}  // namespace

TEST_CASE("Gini index of access", "[metrics][inequality]") {
  SECTION("worked example: L = 0, 1/2, 1; 1 - (10/19 * 1/2 + 4/19 * 3/2)") {
    CHECK_THAT(access_gini(people, has), WithinAbs(1.0 - 11.0 / 19.0, tolerance));
  }
  SECTION("is 0 where all have the same, and undefined where nobody has anything") {
    CHECK(access_gini(people, std::array{3.0, 3.0, 3.0, 0.0}) == 0.0);
    CHECK(std::isnan(access_gini(people, std::array{0.0, 0.0, 0.0, 9.0})));
    CHECK(std::isnan(access_gini(std::array{0.0, 0.0, 0.0, 0.0}, has)));
  }
  SECTION("an infinite cost has no mean; undefined access takes no part") {
    CHECK(std::isnan(access_gini(people, std::array{1.0, unreachable, 2.0, 0.0})));
    CHECK(access_gini(people, std::array{1.0, undefined, 1.0, 7.0}) == 0.0);
  }
  SECTION("keeps its digits where access is nearly equal") {
    const std::array nearly{1.0, 1.0 + 1e-9, 1.0, 1.0};
    const double step = nearly[1] - 1.0;
    const double exact = 100.0 * 90.0 * step / (190.0 * (190.0 + 100.0 * step));
    CHECK_THAT(access_gini(people, nearly), WithinRel(exact, 1e-6));
  }
  SECTION("refuses fewer than nobody") {
    CHECK_THROWS_AS(access_gini(std::array{-1.0}, std::array{1.0}), std::logic_error);
    CHECK_THROWS_AS(access_gini(std::array{1.0}, std::array{-1.0}), std::logic_error);
    CHECK_THROWS_AS(access_gini(std::array{1.0}, std::array{1.0, 2.0}), std::logic_error);
  }
}

TEST_CASE("concentration index", "[metrics][inequality]") {
  const std::array income{30.0, 10.0, 20.0, 99.0};
  SECTION("worked example: order 2, 3, 1; r = 5/19, 12/19, 33/38") {
    const double mean = 40.0 / 19.0;
    const double sum = 10.0 / 19.0 * (5.0 / 19.0 - 0.5) * (2.0 - mean) +
                       4.0 / 19.0 * (12.0 / 19.0 - 0.5) * (5.0 - mean) +
                       5.0 / 19.0 * (33.0 / 38.0 - 0.5) * (0.0 - mean);
    const Concentration index = access_concentration(people, has, income);
    CHECK_THAT(index.standard, WithinAbs(2.0 / mean * sum, tolerance));
    CHECK_THAT(index.corrected, WithinAbs(4.0 * 2.0 * sum / 5.0, tolerance));
    CHECK(index.standard < 0.0);
  }
  SECTION("is the Gini index where access itself ranks people") {
    CHECK(access_concentration(people, has, has).standard == access_gini(people, has));
  }
  SECTION("ties: the middle of all who share a rank, or the order of rows") {
    const std::array level{7.0, 7.0, 7.0, 7.0};
    CHECK_THAT(access_concentration(people, has, level).standard, WithinAbs(0.0, tolerance));
    CHECK_THAT(access_concentration(people, has, level, RankTies::row_order).standard,
               WithinAbs(access_gini(people, has), tolerance));
  }
  SECTION("the corrected index is undefined where all have the same") {
    const Concentration same = access_concentration(people, std::array{3.0, 3.0, 3.0, 9.0}, income);
    CHECK(same.standard == 0.0);
    CHECK(std::isnan(same.corrected));
  }
  SECTION("people without a rank take no part") {
    const std::array known{undefined, 10.0, 20.0, 1.0};
    CHECK(access_concentration(people, has, known).standard ==
          access_concentration(std::array{0.0, 100.0, 40.0, 0.0}, has, income).standard);
  }
}

TEST_CASE("quantile of values that stand for many people", "[metrics][inequality]") {
  SECTION("worked example: 1 1 1 4 6: position 1 + 4 p") {
    const std::array persons{1.0, 3.0, 1.0};
    const std::array values{4.0, 1.0, 6.0};
    CHECK(people_quantile(persons, values, 0.0) == 1.0);
    CHECK(people_quantile(persons, values, 0.5) == 1.0);
    CHECK_THAT(people_quantile(persons, values, 0.625), WithinAbs(2.5, tolerance));
    CHECK(people_quantile(persons, values, 0.75) == 4.0);
    CHECK_THAT(people_quantile(persons, values, 0.9), WithinAbs(5.2, tolerance));
    CHECK(people_quantile(persons, values, 1.0) == 6.0);
  }
  SECTION("a value between equal neighbours is that value, to the last bit") {
    const std::array persons{1000.0};
    const std::array values{0.1};
    for (int k = 0; k <= 100; ++k) CHECK(people_quantile(persons, values, k / 100.0) == 0.1);
  }
  SECTION("is undefined for nobody") {
    CHECK(std::isnan(people_quantile(std::array{0.0}, std::array{1.0}, 0.5)));
  }
}

TEST_CASE("Palma ratio of access", "[metrics][inequality]") {
  const std::array tenths{10.0, 30.0, 50.0, 9.0, 1.0};
  const std::array income{1.0, 2.0, 3.0, 4.0, 5.0};
  const std::array places{2.0, 6.0, 7.0, 10.0, 20.0};
  SECTION("worked example: q40 = 2.6, q90 = 3.1: (9 * 10 + 20) / 10 over (10 * 2 + 30 * 6) / 40") {
    CHECK_THAT(people_quantile(tenths, income, 0.4), WithinAbs(2.6, tolerance));
    CHECK_THAT(people_quantile(tenths, income, 0.9), WithinAbs(3.1, tolerance));
    CHECK_THAT(access_palma(tenths, places, income), WithinAbs(11.0 / 5.0, tolerance));
  }
  SECTION("is undefined without a highest tenth, or where the lowest have nothing") {
    CHECK(std::isnan(access_palma(people, has, std::array{1.0, 1.0, 1.0, 1.0})));
    CHECK(std::isnan(access_palma(tenths, std::array{0.0, 0.0, 7.0, 8.0, 9.0}, income)));
    CHECK(std::isnan(access_palma(std::array{0.0}, std::array{1.0}, std::array{1.0})));
  }
}

TEST_CASE("Theil index of access", "[metrics][inequality]") {
  SECTION("worked example: half have 1, half have 3, mean 2") {
    const std::array halves{10.0, 5.0, 5.0};
    const std::array places{1.0, 3.0, 3.0};
    const double exact = 0.25 * std::log(0.5) + 0.75 * std::log(1.5);
    const std::array<std::uint32_t, 3> whole{0, 1, 1};
    const TheilParts between = access_theil(halves, places, whole);
    CHECK_THAT(between.total, WithinAbs(exact, tolerance));
    CHECK_THAT(between.between, WithinAbs(exact, tolerance));
    CHECK_THAT(between.within, WithinAbs(0.0, tolerance));
    // categories of means 5/3 and 3: 15 people with 1 or 3, 5 people with 3
    const std::array<std::uint32_t, 3> mixed{0, 0, 1};
    const TheilParts parts = access_theil(halves, places, mixed);
    const double across = 0.625 * std::log(5.0 / 6.0) + 0.375 * std::log(1.5);
    CHECK_THAT(parts.between, WithinAbs(across, tolerance));
    CHECK_THAT(parts.between + parts.within, WithinAbs(exact, tolerance));
  }
  SECTION("no access is 0 ln 0 = 0 and stays in the mean: ln of one over the share who have any") {
    CHECK_THAT(access_theil(std::array{30.0, 10.0}, std::array{0.0, 5.0}, {}).total,
               WithinAbs(std::log(4.0), tolerance));
  }
  SECTION("without categories all of it is within") {
    const TheilParts parts = access_theil(people, has, {});
    CHECK(parts.within == parts.total);
    CHECK(parts.between == 0.0);
  }
  SECTION("a category of people without access has no inequality of its own") {
    const std::array<std::uint32_t, 4> category{1, 0, 0, 3};
    const TheilParts parts = access_theil(people, has, category);
    CHECK_THAT(parts.between + parts.within, WithinAbs(parts.total, tolerance));
  }
  SECTION("is undefined where nobody has anything") {
    const TheilParts parts = access_theil(people, std::array{0.0, 0.0, 0.0, 0.0}, {});
    CHECK((std::isnan(parts.total) && std::isnan(parts.between) && std::isnan(parts.within)));
  }
}

TEST_CASE("access poverty", "[metrics][inequality]") {
  SECTION("worked example below 4: 50 people lack all, 100 lack half") {
    const AccessPoverty poverty = access_poverty(people, has, 4.0, PoorSide::below);
    CHECK_THAT(poverty.share, WithinAbs(150.0 / 190.0, tolerance));
    CHECK_THAT(poverty.gap, WithinAbs(100.0 / 190.0, tolerance));
    CHECK_THAT(poverty.severity, WithinAbs(75.0 / 190.0, tolerance));
  }
  SECTION("worked example above 500 m: twice as far is half a shortfall, no way a whole one") {
    const std::array metres{500.0, 1000.0, unreachable, undefined};
    const std::array persons{50.0, 100.0, 40.0, 7.0};
    const AccessPoverty poverty = access_poverty(persons, metres, 500.0, PoorSide::above);
    CHECK_THAT(poverty.share, WithinAbs(140.0 / 190.0, tolerance));
    CHECK_THAT(poverty.gap, WithinAbs(90.0 / 190.0, tolerance));
    CHECK_THAT(poverty.severity, WithinAbs(65.0 / 190.0, tolerance));
  }
  SECTION("on the line is not poor") {
    CHECK(access_poverty(people, has, 2.0, PoorSide::below).share == 50.0 / 190.0);
    CHECK(access_poverty(people, has, 5.0, PoorSide::above).share == 0.0);
  }
  SECTION("is undefined for nobody and for a line that is not above 0") {
    CHECK(std::isnan(access_poverty(people, has, 0.0, PoorSide::below).share));
    CHECK(std::isnan(access_poverty(people, has, undefined, PoorSide::above).gap));
    CHECK(std::isnan(access_poverty(std::array{0.0}, std::array{1.0}, 1.0, PoorSide::below).share));
  }
}

TEST_CASE("inequality: properties", "[metrics][inequality][property]") {
  CHECK(rc::check("Gini is half the mean difference of pairs, from 0 to 1", [] {
    const City city = any_city();
    const double gini = access_gini(city.people, city.access);
    RC_ASSERT(near(gini, gini_of_pairs(city)));
    RC_ASSERT(gini >= -1e-15);
    RC_ASSERT(gini < 1.0);
  }));
  CHECK(rc::check(
      "nothing changes when access is doubled, people are doubled or rows change places", [] {
        const City city = any_city();
        std::vector<std::size_t> order(city.people.size());
        std::iota(order.begin(), order.end(), 0);
        for (std::size_t i = order.size(); i > 1; --i) {
          std::swap(order[i - 1],
                    order[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(i)))]);
        }
        City other;
        std::vector<std::uint32_t> category;
        std::vector<std::uint32_t> permuted;
        for (std::size_t i = 0; i < order.size(); ++i) {
          other.people.push_back(2.0 * city.people[order[i]]);
          other.access.push_back(2.0 * city.access[order[i]]);
          category.push_back(static_cast<std::uint32_t>(i % 3));
        }
        for (const std::size_t i : order) permuted.push_back(category[i]);
        RC_ASSERT(
            near(access_gini(other.people, other.access), access_gini(city.people, city.access)));
        const TheilParts a = access_theil(city.people, city.access, category);
        const TheilParts b = access_theil(other.people, other.access, permuted);
        RC_ASSERT(near(a.total, b.total));
        RC_ASSERT(near(a.between, b.between));
        RC_ASSERT(near(a.within, b.within));
        RC_ASSERT(near(a.between + a.within, a.total));
        RC_ASSERT(a.between >= 0.0);
        RC_ASSERT(a.within >= 0.0);
      }));
  CHECK(rc::check("a concentration index lies between minus and plus the Gini index", [] {
    const City city = any_city();
    std::vector<double> ranking;
    std::vector<double> reversed;
    for (std::size_t i = 0; i < city.people.size(); ++i) {
      ranking.push_back(*rc::gen::inRange(0, 10));
      reversed.push_back(-ranking.back());
    }
    const double gini = access_gini(city.people, city.access);
    const double index = access_concentration(city.people, city.access, ranking).standard;
    RC_ASSERT(std::abs(index) <= gini + 1e-12);
    RC_ASSERT(near(access_concentration(city.people, city.access, reversed).standard, -index));
  }));
  CHECK(
      rc::check("poverty deepens with the line, and its three measures fall with their order", [] {
        const City city = any_city();
        const double line = *rc::gen::inRange(1, 40) / 4.0;
        const AccessPoverty low = access_poverty(city.people, city.access, line, PoorSide::below);
        const AccessPoverty high =
            access_poverty(city.people, city.access, line + 1.0, PoorSide::below);
        RC_ASSERT(low.share <= high.share);
        RC_ASSERT(low.gap <= high.gap + 1e-15);
        RC_ASSERT(low.severity <= low.gap + 1e-15);
        RC_ASSERT(low.gap <= low.share + 1e-15);
      }));
}
