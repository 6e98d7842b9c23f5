#include "metrics/what_if.h"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "metrics/evenness.h"
#include "metrics/random_counts.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

bool near(double a, double b, double tolerance) { return std::abs(a - b) <= tolerance; }

}  // namespace

TEST_CASE("what if others lived there", "[metrics][what_if]") {
  const std::vector<double> a{30, 10, 0};
  const std::vector<double> b{10, 30, 0};
  const std::array<std::span<const double>, 2> groups{a, b};
  const WhatIf city(groups);
  const double information = mutual_information(groups);

  SECTION("worked example: shares of 3/4 and 1/4 in a city of 80, half and half") {
    const std::vector<double> slope = city.mutual_information_derivatives(0);
    CHECK_THAT(slope[0], WithinAbs((std::log(1.5) - information) / 80.0, 1e-16));
    CHECK_THAT(slope[1], WithinAbs((std::log(0.5) - information) / 80.0, 1e-16));
    CHECK(std::isnan(slope[2]));
    const double index = information / std::log(2.0);
    CHECK_THAT(city.theil_entropy_derivatives(0)[0],
               WithinAbs((std::log(1.5) - index * std::log(2.0)) / (80.0 * std::log(2.0)), 1e-16));
  }
  SECTION("ten who change places: 20 and 20 in both districts after as many of the other group") {
    const IndexEffect effect = city.move(0, 0, 1, 10.0);
    const std::vector<double> moved{20, 20, 0};
    const std::array<std::span<const double>, 2> after{moved, b};
    CHECK_THAT(effect.mutual_information,
               WithinAbs(mutual_information(after) - information, 1e-15));
  }
  SECTION("the whole group of a district, into an empty one") {
    const IndexEffect effect = city.move(0, 1, 2, 10.0);
    const std::vector<double> moved{30, 0, 10};
    const std::array<std::span<const double>, 2> after{moved, b};
    CHECK_THAT(effect.mutual_information,
               WithinAbs(mutual_information(after) - information, 1e-15));
    CHECK_THAT(
        effect.theil_entropy,
        WithinAbs(multigroup_theil_entropy(after) - multigroup_theil_entropy(groups), 1e-15));
  }
  SECTION("nobody moves, or nowhere") {
    CHECK(city.move(0, 0, 1, 0.0).mutual_information == 0.0);
    CHECK(city.move(0, 0, 0, 5.0).mutual_information == 0.0);
    CHECK_THROWS_AS(city.move(0, 1, 0, 11.0), std::logic_error);
  }
  SECTION("one more in an empty district") {
    const std::vector<double> more{30, 10, 1};
    const std::array<std::span<const double>, 2> after{more, b};
    const IndexEffect effect = city.one_more(0, 2);
    CHECK_THAT(effect.mutual_information,
               WithinAbs(mutual_information(after) - information, 1e-15));
    CHECK_THAT(
        effect.theil_entropy,
        WithinAbs(multigroup_theil_entropy(after) - multigroup_theil_entropy(groups), 1e-15));
  }
  SECTION("all districts mixed: nothing is left") {
    const std::array<DistrictIndex, 3> all{0, 1, 2};
    CHECK_THAT(city.mix(all).mutual_information, WithinAbs(-information, 1e-16));
    CHECK(city.mix({}).mutual_information == 0.0);
  }
  SECTION("a city of nobody, and one of a single group") {
    const std::vector<double> nobody{0, 0};
    const std::array<std::span<const double>, 2> empty{nobody, nobody};
    CHECK(std::isnan(WhatIf(empty).one_more(0, 0).mutual_information));
    const std::vector<double> some{5, 5};
    const std::array<std::span<const double>, 2> alike{some, nobody};
    CHECK(std::isnan(WhatIf(alike).theil_entropy_derivatives(0)[0]));
    CHECK(WhatIf(alike).mutual_information_derivatives(0)[0] == 0.0);
  }
}

TEST_CASE("derivatives are limits of differences and add up", "[metrics][what_if][property]") {
  CHECK(rc::check([] {
    test::RandomCounts counts = test::any_counts(2);
    const auto k =
        static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(counts.columns.size())));
    const auto n = static_cast<int>(counts.districts());
    const auto i = static_cast<std::size_t>(*rc::gen::inRange(0, n));
    counts.columns[k][i] += 5.0;
    const auto groups = counts.views();
    const WhatIf city(groups);
    const double information = city.mutual_information();
    const double index = city.theil_entropy();
    const double slope = city.mutual_information_derivatives(k)[i];
    const double theil_slope = city.theil_entropy_derivatives(k)[i];

    double balance = 0.0;
    double theil_balance = 0.0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const std::vector<double> of_m = city.mutual_information_derivatives(g);
      const std::vector<double> of_h = city.theil_entropy_derivatives(g);
      for (std::size_t d = 0; d < of_m.size(); ++d) {
        if (groups[g][d] <= 0.0) continue;
        balance += groups[g][d] * of_m[d];
        theil_balance += groups[g][d] * of_h[d];
      }
    }
    RC_ASSERT(near(balance, 0.0, 1e-12));
    RC_ASSERT(near(theil_balance, 0.0, 1e-12));

    test::RandomCounts more = counts;
    test::RandomCounts fewer = counts;
    const double step = 1e-3;
    more.columns[k][i] += step;
    fewer.columns[k][i] -= step;
    const auto up = more.views();
    const auto down = fewer.views();
    RC_ASSERT(
        near((mutual_information(up) - mutual_information(down)) / (2.0 * step), slope, 1e-8));
    RC_ASSERT(near((multigroup_theil_entropy(up) - multigroup_theil_entropy(down)) / (2.0 * step),
                   theil_slope, 1e-8));

    test::RandomCounts one = counts;
    one.columns[k][i] += 1.0;
    const auto with_one = one.views();
    const IndexEffect added = city.one_more(k, static_cast<DistrictIndex>(i));
    RC_ASSERT(near(added.mutual_information, mutual_information(with_one) - information, 1e-13));
    RC_ASSERT(near(added.theil_entropy, multigroup_theil_entropy(with_one) - index, 1e-13));

    const auto j = static_cast<std::size_t>(*rc::gen::inRange(0, n));
    const double persons = std::floor(counts.columns[k][i] * *rc::gen::inRange(0, 5) / 4.0);
    test::RandomCounts moved = counts;
    moved.columns[k][i] -= persons;
    moved.columns[k][j] += persons;
    const auto after = moved.views();
    const IndexEffect effect =
        city.move(k, static_cast<DistrictIndex>(i), static_cast<DistrictIndex>(j), persons);
    RC_ASSERT(near(effect.mutual_information, mutual_information(after) - information, 1e-13));
    RC_ASSERT(near(effect.theil_entropy, multigroup_theil_entropy(after) - index, 1e-13));
  }));
}

TEST_CASE("mixing districts takes away what lies between them", "[metrics][what_if][property]") {
  CHECK(rc::check([] {
    const test::RandomCounts counts = test::any_counts(2);
    const auto groups = counts.views();
    const std::array<DistrictIndex, 2> both{0, 1};
    test::RandomCounts merged = counts;
    for (auto& column : merged.columns) {
      column[0] += column[1];
      column[1] = 0.0;
    }
    const auto after = merged.views();
    const IndexEffect effect = WhatIf(groups).mix(both);
    RC_ASSERT(effect.mutual_information <= 0.0);
    RC_ASSERT(near(effect.mutual_information,
                   mutual_information(after) - mutual_information(groups), 1e-13));
  }));
}
