#include "metrics/proximity_profile.h"

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/parallel.h"
#include "metrics/space_tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;
constexpr auto rook = ContiguityRule::rook;
constexpr auto queen = ContiguityRule::queen;

/// The definition, with a table of all pairs.
std::vector<double> by_definition(std::span<const double> group, std::span<const double> total,
                                  const Contiguity& contiguity, std::uint32_t thresholds) {
  const std::size_t n = group.size();
  std::vector<std::vector<double>> steps(n, std::vector<double>(n, unreachable));
  for (std::size_t i = 0; i < n; ++i) {
    steps[i][i] = 0.0;
    for (std::uint32_t l = contiguity.start[i]; l < contiguity.start[i + 1]; ++l) {
      steps[i][contiguity.neighbour[l]] = 1.0;
    }
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        steps[i][j] = std::min(steps[i][j], steps[i][k] + steps[k][j]);
      }
    }
  }
  std::vector<double> profile;
  for (std::uint32_t l = 0; l < thresholds; ++l) {
    const double s = static_cast<double>(l) / static_cast<double>(thresholds - 1);
    double count = 0.0;
    double sum = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      if (!(total[i] > 0.0) || group[i] / total[i] < s) continue;
      count += 1.0;
      for (std::size_t j = 0; j < n; ++j) {
        if (total[j] > 0.0 && group[j] / total[j] >= s) sum += steps[i][j];
      }
    }
    profile.push_back(count < 2.0 ? undefined : count * (count - 1.0) / sum);
  }
  return profile;
}

}  // namespace

TEST_CASE("spatial proximity profile", "[metrics][contiguity]") {
  const std::vector<double> group{9.0, 6.0, 3.0, 0.0};
  const std::vector<double> total(4, 10.0);
  const Contiguity row = test::contiguity_of(4, {{0, 1, 9.0}, {1, 2, 9.0}, {2, 3, 9.0}});

  SECTION("worked example: 12/20 with all four, 6/8 with three, 2/2 with two") {
    const ProximityProfile profile = spatial_proximity_profile(group, total, row, rook, 11);
    REQUIRE(profile.proximity.size() == 11);
    CHECK(profile.thresholds[3] == 0.3);
    CHECK(profile.proximity[0] == 0.6);
    for (const std::size_t l : {1, 2, 3}) CHECK(profile.proximity[l] == 0.75);
    for (const std::size_t l : {4, 5, 6}) CHECK(profile.proximity[l] == 1.0);
    for (const std::size_t l : {7, 8, 9, 10}) CHECK(std::isnan(profile.proximity[l]));
    // P = .45: .6 + 3 x .75 + 1 below, 2 above
    CHECK_THAT(profile.index, WithinAbs((0.45 - 1.85 / 11.0) / 0.55, tolerance));
    CHECK(profile.unreachable_pairs == 0);
  }
  SECTION("a way may lead through an empty district, which is in no set") {
    const std::vector<double> x{9.0, 0.0, 3.0, 0.0};
    const std::vector<double> t{10.0, 0.0, 10.0, 10.0};
    const ProximityProfile profile = spatial_proximity_profile(x, t, row, rook, 11);
    CHECK(profile.proximity[0] == 6.0 / 12.0);
    CHECK(profile.proximity[1] == 0.5);
  }
  SECTION("an island is infinitely far, or left out") {
    const Contiguity cut = test::contiguity_of(4, {{0, 1, 9.0}, {2, 3, 9.0}});
    const ProximityProfile far = spatial_proximity_profile(group, total, cut, rook, 11);
    CHECK(far.proximity[0] == 0.0);
    CHECK(far.proximity[4] == 1.0);
    CHECK(far.unreachable_pairs == 4);
    const ProximityProfile near =
        spatial_proximity_profile(group, total, cut, rook, 11, Unreachable::left_out);
    CHECK(near.proximity[0] == 1.0);
  }
  SECTION("corners count for the queen only") {
    const Contiguity corner = test::contiguity_of(4, {{0, 1, 0.0}, {1, 2, 9.0}, {2, 3, 9.0}});
    CHECK(spatial_proximity_profile(group, total, corner, rook, 11).proximity[0] == 0.0);
    CHECK(spatial_proximity_profile(group, total, corner, queen, 11).proximity[0] == 0.6);
  }
  SECTION("undefined without a group, with nobody else, and with nobody at all") {
    const std::vector<double> nobody(4, 0.0);
    CHECK(std::isnan(spatial_proximity_profile(nobody, total, row, rook).index));
    CHECK(std::isnan(spatial_proximity_profile(total, total, row, rook).index));
    CHECK(std::isnan(spatial_proximity_profile(nobody, nobody, row, rook).index));
    CHECK_THROWS_AS(spatial_proximity_profile(group, total, row, rook, 1), std::logic_error);
  }
}

TEST_CASE("the proximity profile is that of its definition", "[metrics][property]") {
  CHECK(rc::check([] {
    const int n = *rc::gen::inRange(1, 130);  // up to three batches of searches
    std::vector<test::Contact> contacts;
    const int links = *rc::gen::inRange(0, 3 * n);
    for (int l = 0; l < links; ++l) {
      const auto i = static_cast<std::size_t>(*rc::gen::inRange(0, n));
      const auto j = static_cast<std::size_t>(*rc::gen::inRange(0, n));
      if (i != j) contacts.push_back({i, j, 1.0});
    }
    const Contiguity graph = test::contiguity_of(static_cast<std::size_t>(n), contacts);
    std::vector<double> group;
    std::vector<double> total;
    for (int i = 0; i < n; ++i) {
      total.push_back(*rc::gen::inRange(0, 12));
      group.push_back(*rc::gen::inRange(0, static_cast<int>(total.back()) + 1));
    }
    const ProximityProfile profile = spatial_proximity_profile(group, total, graph, queen, 7);
    const std::vector<double> expected = by_definition(group, total, graph, 7);
    for (std::size_t l = 0; l < expected.size(); ++l) {
      RC_ASSERT(is_defined(expected[l]) == is_defined(profile.proximity[l]));
      if (is_defined(expected[l])) RC_ASSERT(expected[l] == profile.proximity[l]);
    }
  }));
}

TEST_CASE("the proximity profile has the same bits for any number of threads",
          "[metrics][contiguity]") {
  const std::size_t side = 50;
  std::vector<double> group;
  const std::vector<double> total(side * side, 100.0);
  for (std::size_t i = 0; i < side * side; ++i) {
    group.push_back(static_cast<double>(i * 7919 % 101));
  }
  const Contiguity lattice = test::lattice_contiguity(side, side);
  std::vector<std::vector<double>> results;
  for (const std::size_t threads : {1, 2, 7}) {
    set_thread_count(threads);
    const ProximityProfile profile = spatial_proximity_profile(group, total, lattice, queen, 50);
    results.push_back(profile.proximity);
    results.back().push_back(profile.index);
    set_thread_count(0);
  }
  CHECK(results[0] == results[1]);
  CHECK(results[0] == results[2]);
}
