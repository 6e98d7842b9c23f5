#include "metrics/change.h"

#include <rapidcheck.h>

#include <array>
#include <cmath>
#include <numeric>

#include "base/parallel.h"
#include "metrics/evenness.h"
#include "metrics/random_counts.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-11;

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

bool near(double a, double b) { return std::abs(a - b) <= tolerance; }

std::array<const ChangePart*, 6> parts_of(const SegregationChange& change) {
  return {&change.units,       &change.groups,    &change.structure,
          &change.interaction, &change.additions, &change.removals};
}

}  // namespace

TEST_CASE("change of segregation between two dates", "[metrics][change]") {
  const std::vector<double> a{30, 10};
  const std::vector<double> b{10, 30};
  const std::array<std::span<const double>, 2> before{a, b};

  SECTION("worked example: only structure changes where all totals stay") {
    const std::vector<double> mixed_a{20, 20};
    const std::array<std::span<const double>, 2> after{mixed_a, mixed_a};
    const SegregationChange change = segregation_change(before, after);
    const double information = 0.75 * std::log(1.5) + 0.25 * std::log(0.5);
    CHECK_THAT(change.before, WithinAbs(information, 1e-15));
    CHECK_THAT(change.structure.value, WithinAbs(-information, 1e-12));
    CHECK_THAT(change.units.value, WithinAbs(0.0, 1e-12));
    CHECK_THAT(change.groups.value, WithinAbs(0.0, 1e-12));
    CHECK_THAT(change.structure.by_district[0], WithinAbs(-information / 2.0, 1e-12));
    CHECK_THAT(change.structure.by_group[1], WithinAbs(-information / 2.0, 1e-12));
    CHECK(change.additions.value == 0.0);
  }
  SECTION("a city twice as large has not changed") {
    const std::vector<double> twice_a{60, 20};
    const std::vector<double> twice_b{20, 60};
    const std::array<std::span<const double>, 2> after{twice_a, twice_b};
    const SegregationChange change = segregation_change(before, after);
    for (const ChangePart* part : parts_of(change)) {
      CHECK_THAT(part->value, WithinAbs(0.0, 1e-12));
    }
  }
  SECTION("a group three times as large: a matter of groups and of the sizes that follow") {
    const std::vector<double> more_a{90, 30};
    const std::array<std::span<const double>, 2> after{more_a, b};
    const SegregationChange change = segregation_change(before, after);
    CHECK_THAT(change.structure.value, WithinAbs(0.0, 1e-12));
    CHECK_THAT(change.units.value + change.groups.value, WithinAbs(change.total(), 1e-12));
    const SegregationChange by_km = segregation_change(before, after, ChangeOf::mutual_information,
                                                       ChangeMethod::karmel_maclachlan);
    CHECK_THAT(by_km.groups.value, WithinAbs(change.total(), 1e-12));
    CHECK_THAT(by_km.structure.value, WithinAbs(0.0, 1e-12));
  }
  SECTION("a district of the later date only is an addition") {
    const std::vector<double> early_a{30, 10, 0};
    const std::vector<double> early_b{10, 30, 0};
    const std::vector<double> late_a{30, 10, 40};
    const std::vector<double> late_b{10, 30, 0};
    const std::array<std::span<const double>, 2> early{early_a, early_b};
    const std::array<std::span<const double>, 2> late{late_a, late_b};
    const SegregationChange change = segregation_change(early, late);
    CHECK(change.districts_added == 1);
    CHECK(change.districts_removed == 0);
    CHECK_THAT(change.additions.value, WithinAbs(change.total(), 1e-12));
    CHECK_THAT(change.structure.value, WithinAbs(0.0, 1e-12));
    CHECK(change.additions.by_district[2] > 0.0);
    const SegregationChange back = segregation_change(late, early);
    CHECK(back.districts_removed == 1);
    CHECK_THAT(back.removals.value, WithinAbs(-change.additions.value, 1e-15));
  }
  SECTION("leaving out a group can empty a district") {
    const std::vector<double> none{0, 0, 0};
    const std::vector<double> early_a{30, 10, 0};
    const std::vector<double> early_b{10, 30, 0};
    const std::vector<double> early_c{0, 0, 8};
    const std::vector<double> late_a{30, 10, 5};
    const std::array<std::span<const double>, 3> early{early_a, early_b, early_c};
    const std::array<std::span<const double>, 3> late{late_a, early_b, none};
    const SegregationChange change = segregation_change(early, late);
    CHECK(change.groups_removed == 1);
    CHECK_THAT(change.all().value, WithinAbs(change.total(), 1e-12));
    CHECK_THAT(change.structure.value, WithinAbs(0.0, 1e-12));
  }
  SECTION("no district in common: no parts, and the change is known all the same") {
    const std::vector<double> early_a{30, 0};
    const std::vector<double> late_a{0, 30};
    const std::array<std::span<const double>, 2> early{early_a, early_a};
    const std::array<std::span<const double>, 2> late{late_a, late_a};
    const SegregationChange change = segregation_change(early, late);
    CHECK(std::isnan(change.structure.value));
    CHECK(change.total() == 0.0);
  }
  SECTION("a city of nobody") {
    const std::vector<double> nobody{0, 0};
    const std::array<std::span<const double>, 2> after{nobody, nobody};
    CHECK(std::isnan(segregation_change(before, after).total()));
    CHECK(std::isnan(entropy_change(before, after).units));
  }
}

TEST_CASE("change parts and contributions add up", "[metrics][change][property]") {
  CHECK(rc::check([] {
    test::RandomCounts first = test::full_counts(test::any_counts());
    test::RandomCounts second = test::full_counts(first);
    // A district and a group of one date only, now and then.
    if (*rc::gen::inRange(0, 2) == 1) {
      for (auto& column : first.columns) column[0] = 0.0;
    }
    if (*rc::gen::inRange(0, 2) == 1 && second.columns.size() > 2) {
      for (double& cell : second.columns[0]) cell = 0.0;
    }
    const auto before = first.views();
    const auto after = second.views();
    const auto of = *rc::gen::element(ChangeOf::mutual_information, ChangeOf::theil_entropy);
    const auto method = *rc::gen::element(ChangeMethod::elbers, ChangeMethod::karmel_maclachlan);
    const SegregationChange change = segregation_change(before, after, of, method);
    RC_PRE(!std::isnan(change.before) && !std::isnan(change.structure.value));
    RC_ASSERT(near(change.after, of == ChangeOf::mutual_information
                                     ? mutual_information(after)
                                     : multigroup_theil_entropy(after)));
    const ChangePart all = change.all();
    RC_ASSERT(near(all.value, change.total()));
    RC_ASSERT(near(sum(all.by_district), change.total()));
    RC_ASSERT(near(sum(all.by_group), change.total()));
    for (const ChangePart* part : parts_of(change)) {
      RC_ASSERT(near(sum(part->by_district), part->value));
      RC_ASSERT(near(sum(part->by_group), part->value));
    }
    const EntropyChange entropies = entropy_change(before, after);
    RC_ASSERT(near(entropies.units + entropies.groups + entropies.structure,
                   mutual_information(after) - mutual_information(before)));
  }));
}

TEST_CASE("dates the other way round change every sign", "[metrics][change][property]") {
  CHECK(rc::check([] {
    const test::RandomCounts first = test::full_counts(test::any_counts());
    const test::RandomCounts second = test::full_counts(first);
    const auto before = first.views();
    const auto after = second.views();
    const SegregationChange there = segregation_change(before, after);
    const SegregationChange back = segregation_change(after, before);
    RC_ASSERT(near(there.structure.value, -back.structure.value));
    RC_ASSERT(near(there.units.value, -back.units.value));
    RC_ASSERT(near(there.groups.value, -back.groups.value));
    for (std::size_t i = 0; i < first.districts(); ++i) {
      RC_ASSERT(near(there.structure.by_district[i], -back.structure.by_district[i]));
      RC_ASSERT(near(there.units.by_district[i], -back.units.by_district[i]));
    }
  }));
}

TEST_CASE("changes give the same bits for any number of threads", "[metrics][change][property]") {
  std::vector<std::vector<double>> columns(4);
  for (std::int64_t i = 0; i < 40'000; ++i) {
    columns[0].push_back(static_cast<double>(i * 7919 % 101 + 1));
    columns[1].push_back(static_cast<double>(i * 104'729 % 211 + 1));
    columns[2].push_back(static_cast<double>(i * 7907 % 103 + 1));
    columns[3].push_back(static_cast<double>(i * 104'723 % 223 + 1));
  }
  const std::array<std::span<const double>, 2> before{columns[0], columns[1]};
  const std::array<std::span<const double>, 2> after{columns[2], columns[3]};
  std::vector<std::vector<double>> results;
  for (const std::size_t threads : {1, 2, 7}) {
    set_thread_count(threads);
    const SegregationChange change = segregation_change(before, after);
    std::vector<double> figures = change.all().by_district;
    figures.insert(figures.end(), {change.structure.value, change.units.value, change.groups.value,
                                   change.structure.by_group[1]});
    results.push_back(figures);
    set_thread_count(0);
  }
  CHECK(results[0] == results[1]);
  CHECK(results[0] == results[2]);
}
