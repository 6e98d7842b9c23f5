#include "metrics/compression.h"

#include <rapidcheck.h>

#include <array>
#include <cmath>

#include "base/error.h"
#include "base/parallel.h"
#include "base/random.h"
#include "metrics/evenness.h"
#include "metrics/random_counts.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

Contiguity contiguity_of(std::size_t n,
                         const std::vector<std::pair<std::size_t, std::size_t>>& links) {
  const SpatialWeights weights = test::weights_of(n, links, false);
  return {weights.start, weights.neighbour, std::vector<double>(weights.neighbour.size(), 1.0)};
}

Contiguity in_a_row(std::size_t n) {
  std::vector<std::pair<std::size_t, std::size_t>> links;
  for (std::size_t i = 0; i + 1 < n; ++i) links.emplace_back(i, i + 1);
  return contiguity_of(n, links);
}

/// M of the areas of a cut.
double information_of(std::span<const std::span<const double>> groups,
                      const std::vector<std::uint32_t>& areas) {
  std::vector<std::vector<double>> sums(groups.size(), std::vector<double>(areas.size(), 0.0));
  for (std::size_t k = 0; k < groups.size(); ++k) {
    for (std::size_t i = 0; i < areas.size(); ++i) sums[k][areas[i]] += groups[k][i];
  }
  const std::vector<std::span<const double>> views(sums.begin(), sums.end());
  return mutual_information(views);
}

}  // namespace

TEST_CASE("districts merged where that loses least", "[metrics][compression]") {
  // Alike, alike, unlike, empty; the last touches nobody but the third.
  const std::vector<double> a{30, 15, 5, 0};
  const std::vector<double> b{10, 5, 15, 0};
  const std::array<std::span<const double>, 2> groups{a, b};

  SECTION("worked example: districts alike and empty ones first, at no loss") {
    const Compression made = compress_neighbours(groups, in_a_row(4));
    REQUIRE(made.steps.size() == 3);
    CHECK(made.steps[0].kept == 0);
    CHECK(made.steps[0].absorbed == 1);
    CHECK(made.steps[0].loss == 0.0);
    CHECK(made.steps[1].kept == 2);
    CHECK(made.steps[1].absorbed == 3);
    CHECK_THAT(made.steps[2].loss, WithinAbs(mutual_information(groups), 1e-15));
    CHECK_THAT(made.steps[2].left, WithinAbs(0.0, 1e-15));
    CHECK(areas_after(made, 2) == std::vector<std::uint32_t>{0, 0, 1, 1});
    CHECK(areas_after(made, 0) == std::vector<std::uint32_t>{0, 1, 2, 3});
    CHECK(merges_keeping(made, 0.9) == 2);
    CHECK(merges_keeping(made, 0.0) == 3);
    CHECK(share_kept(made).front() == 1.0);
  }
  SECTION("the loss of a merge is a weighted divergence") {
    const double loss = merging_loss(std::array{30.0, 10.0}, std::array{10.0, 30.0}, 80.0);
    CHECK_THAT(loss, WithinAbs(0.75 * std::log(1.5) + 0.25 * std::log(0.5), 1e-15));
    CHECK(merging_loss(std::array{30.0, 10.0}, std::array{0.0, 0.0}, 80.0) == 0.0);
    CHECK(std::isnan(merging_loss(std::array{0.0}, std::array{0.0}, 0.0)));
  }
  SECTION("parts of the city that do not touch stay apart") {
    const Compression made = compress_neighbours(groups, contiguity_of(4, {{0, 1}}));
    REQUIRE(made.steps.size() == 1);
    CHECK_THAT(made.steps[0].left, WithinAbs(mutual_information(groups), 1e-15));
  }
  SECTION("a single district, nobody at all, too many districts") {
    const std::vector<double> one{5};
    const std::array<std::span<const double>, 2> single{one, one};
    CHECK(compress_any(single).steps.empty());
    CHECK(compress_neighbours(single, in_a_row(1)).steps.empty());
    const std::vector<double> none{0, 0};
    const std::array<std::span<const double>, 2> nobody{none, none};
    CHECK(compress_any(nobody).steps.empty());
    CHECK(std::isnan(share_kept(compress_any(nobody)).front()));
    const std::vector<double> many(compress_any_limit + 1, 1.0);
    const std::array<std::span<const double>, 2> large{many, many};
    CHECK_THROWS_AS(compress_any(large), Error);
    CHECK_THROWS_AS(compress_neighbours(groups, in_a_row(3)), std::logic_error);
    CHECK_THROWS_AS(areas_after(compress_any(single), 1), std::logic_error);
  }
}

TEST_CASE("compression loses segregation step by step down to nothing",
          "[metrics][compression][property]") {
  CHECK(rc::check([] {
    const test::RandomCounts counts = test::any_counts();
    const auto groups = counts.views();
    const std::size_t n = counts.districts();
    const bool any = *rc::gen::inRange(0, 2) == 1;
    const Compression made = any ? compress_any(groups) : compress_neighbours(groups, in_a_row(n));
    RC_ASSERT(made.steps.size() == n - 1);
    double left = made.mutual_information;
    for (std::size_t s = 0; s < made.steps.size(); ++s) {
      const MergeStep& step = made.steps[s];
      RC_ASSERT(step.kept < step.absorbed);
      RC_ASSERT(step.loss >= 0.0 && step.left <= left);
      left = step.left;
      RC_ASSERT(std::abs(left - information_of(groups, areas_after(made, s + 1))) <= 1e-13);
    }
    RC_ASSERT(n == 1 || std::abs(left) <= 1e-13);
  }));
}

TEST_CASE("every merge is the cheapest of those that are open",
          "[metrics][compression][property]") {
  CHECK(rc::check([] {
    const test::RandomCounts counts = test::any_counts(2);
    const auto groups = counts.views();
    const std::size_t n = counts.districts();
    const bool any = *rc::gen::inRange(0, 2) == 1;
    const Compression made = any ? compress_any(groups) : compress_neighbours(groups, in_a_row(n));
    for (std::size_t s = 0; s < made.steps.size(); ++s) {
      const std::vector<std::uint32_t> areas = areas_after(made, s);
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = i + 1; j < (any ? n : std::min(n, i + 2)); ++j) {
          if (areas[i] == areas[j]) continue;
          std::vector<double> first(groups.size(), 0.0);
          std::vector<double> second(groups.size(), 0.0);
          double everyone = 0.0;
          for (std::size_t k = 0; k < groups.size(); ++k) {
            for (std::size_t d = 0; d < n; ++d) {
              everyone += groups[k][d];
              if (areas[d] == areas[i]) first[k] += groups[k][d];
              if (areas[d] == areas[j]) second[k] += groups[k][d];
            }
          }
          RC_ASSERT(merging_loss(first, second, everyone) >= made.steps[s].loss - 1e-15);
        }
      }
    }
  }));
}

TEST_CASE("compression gives the same steps for any number of threads",
          "[metrics][compression][property]") {
  constexpr std::size_t side = 70;
  std::vector<double> a;
  std::vector<double> b;
  for (std::size_t i = 0; i < side * side; ++i) {
    RandomStream random(11, i);
    a.push_back(std::floor(200.0 * random.uniform()));
    b.push_back(std::floor(200.0 * random.uniform()));
  }
  const std::array<std::span<const double>, 2> groups{a, b};
  const Contiguity lattice = contiguity_of(side * side, test::lattice_links(side, false));
  std::vector<std::vector<double>> results;
  for (const std::size_t threads : {1, 2, 7}) {
    set_thread_count(threads);
    std::vector<double> figures;
    for (const MergeStep& step : compress_neighbours(groups, lattice).steps) {
      figures.insert(figures.end(), {static_cast<double>(step.absorbed), step.loss, step.left});
    }
    results.push_back(figures);
    set_thread_count(0);
  }
  CHECK(results[0].size() == 3 * (side * side - 1));
  CHECK(results[0] == results[1]);
  CHECK(results[0] == results[2]);
}
