#include "metrics/gini.h"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/parallel.h"
#include "base/random.h"
#include "metrics/evenness.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;
using Counts = std::vector<std::uint32_t>;

namespace {

/// Σ_i Σ_j |x_i y_j − x_j y_i| / (2 X Y), every pair of districts.
double gini_of_pairs(const Counts& x, const Counts& y) {
  long double area = 0.0L;
  long double group = 0.0L;
  long double reference = 0.0L;
  for (std::size_t i = 0; i < x.size(); ++i) {
    group += x[i];
    reference += y[i];
    for (std::size_t j = 0; j < i; ++j) {
      area +=
          std::abs(static_cast<long double>(x[i]) * y[j] - static_cast<long double>(x[j]) * y[i]);
    }
  }
  return static_cast<double>(area / (group * reference));
}

bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= 4e-16;
}

/// Counts up to `largest`, among them many equal shares and empty districts.
Counts any_counts(std::size_t n, std::uint32_t largest) {
  Counts counts(n);
  for (std::uint32_t& count : counts) {
    const int kind = *rc::gen::inRange(0, 4);
    count = kind == 0 ? 0U : kind == 1 ? 3U : *rc::gen::inRange(0U, largest);
  }
  return counts;
}

}  // namespace

TEST_CASE("exact Gini index", "[metrics][gini]") {
  SECTION("worked example: 10 · 10 / (10 · 20) = 0.5") {
    CHECK(exact_gini_index(Counts{0, 10}, Counts{10, 10}) == 0.5);
  }
  SECTION("is 0 for equal shares whatever the size of districts, 1 where nobody shares one") {
    CHECK(exact_gini_index(Counts{1, 20, 300}, Counts{2, 40, 600}) == 0.0);
    CHECK(exact_gini_index(Counts{7, 0, 0}, Counts{0, 0, 9}) == 1.0);
  }
  SECTION("is undefined where one of the two has no members") {
    CHECK(std::isnan(exact_gini_index(Counts{0, 0}, Counts{1, 2})));
    CHECK(std::isnan(exact_gini_index(Counts{1, 2}, Counts{0, 0})));
    CHECK(std::isnan(exact_gini_index({}, {})));
  }
  SECTION("tells apart shares that differ by the least: 65534/65535 and 65533/65534") {
    CHECK(exact_gini_index(Counts{65534, 65533}, Counts{1, 1}) == 1.0 / (131067.0 * 2.0));
    CHECK(exact_gini_index(Counts{65533, 65534}, Counts{1, 1}) == 1.0 / (131067.0 * 2.0));
    CHECK(exact_gini_index(Counts{4294967293U, 4294967292U}, Counts{1, 1}) ==
          1.0 / (8589934585.0 * 2.0));
  }
  SECTION("holds sums beyond 64 bits") {
    const Counts x{4000000000U, 4000000000U, 0, 4000000000U, 4000000000U};
    const Counts y{0, 200000000U, 4000000000U, 100000000U, 0};
    CHECK(same(exact_gini_index(x, y), gini_of_pairs(x, y)));
    Counts many(200000, 60000);
    Counts rest(200000, 5000);
    rest.front() = 0;
    CHECK(exact_gini_index(many, rest) == Approx(1.0 / 200000.0).epsilon(1e-12));
  }
  SECTION("refuses districts of 2^32 persons and columns of other cities") {
    CHECK_THROWS_AS(exact_gini_index(Counts{4294967295U}, Counts{1}), std::logic_error);
    CHECK_THROWS_AS(exact_gini_index(Counts{1}, Counts{1, 2}), std::logic_error);
  }
}

TEST_CASE("exact Gini index equals the sum over all pairs", "[metrics][gini][property]") {
  CHECK(rc::check([] {
    const auto n = static_cast<std::size_t>(*rc::gen::inRange(1, 40));
    const std::uint32_t largest = *rc::gen::element(5U, 300U, 30000U, 80000U, 3000000U);
    const Counts x = any_counts(n, largest);
    const Counts y = any_counts(n, largest);
    RC_ASSERT(same(exact_gini_index(x, y), gini_of_pairs(x, y)));
    RC_ASSERT(same(exact_gini_index(x, y), exact_gini_index(y, x)));
    const std::vector<double> group(x.begin(), x.end());
    const std::vector<double> reference(y.begin(), y.end());
    RC_ASSERT(same(exact_gini_index(x, y), gini_index(group, reference)));
    std::vector<double> halves = group;
    for (double& count : halves) count /= 2.0;
    std::vector<double> other_halves = reference;
    for (double& count : other_halves) count /= 2.0;
    const double halved = gini_index(halves, other_halves);
    RC_ASSERT(std::isnan(halved) || std::abs(halved - exact_gini_index(x, y)) <= 1e-12);
  }));
}

TEST_CASE("Gini indices of all groups", "[metrics][gini]") {
  std::vector<Counts> columns(4, Counts(30000, 0));
  for (std::size_t i = 0; i < columns[0].size(); ++i) {
    RandomStream random(5, i);
    for (std::size_t k = 0; k < 3; ++k) columns[k][i] = random.below(100U >> k);
  }
  const std::vector<std::span<const std::uint32_t>> groups(columns.begin(), columns.end());
  std::vector<GiniOfGroups> seen;
  for (const std::size_t threads : {1U, 2U, 7U}) {
    set_thread_count(threads);
    seen.push_back(gini_of_groups(groups));
  }
  set_thread_count(0);

  SECTION("are the same for any number of threads") {
    for (const GiniOfGroups& gini : seen) {
      CHECK(gini.multigroup == seen[0].multigroup);
      for (std::size_t k = 0; k < 3; ++k) CHECK(gini.against_rest[k] == seen[0].against_rest[k]);
    }
  }
  SECTION("are those of each group against the rest; undefined for nobody") {
    for (std::size_t k = 0; k < 3; ++k) {
      Counts rest(columns[0].size(), 0);
      for (std::size_t l = 0; l < 3; ++l) {
        for (std::size_t i = 0; l != k && i < rest.size(); ++i) rest[i] += columns[l][i];
      }
      CHECK(seen[0].against_rest[k] == exact_gini_index(columns[k], rest));
    }
    CHECK(std::isnan(seen[0].against_rest[3]));
  }
  SECTION("do not exist for a city of one group") {
    const std::array<std::span<const std::uint32_t>, 2> alone{columns[0], columns[3]};
    CHECK(std::isnan(gini_of_groups(alone).multigroup));
    CHECK(std::isnan(gini_of_groups({}).multigroup));
  }
}
