#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "base/number.h"
#include "base/parallel.h"
#include "metrics/composition.h"
#include "metrics/evenness.h"
#include "metrics/exposure.h"
#include "metrics/local.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-10;

struct City {
  std::vector<double> group;
  std::vector<double> reference;
  [[nodiscard]] std::vector<double> total() const {
    std::vector<double> sums = group;
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += reference[i];
    return sums;
  }
};

/// A city of 1 to 40 districts in which both groups have members.
City any_city() {
  City city;
  const int n = *rc::gen::inRange(1, 40);
  for (int i = 0; i < n; ++i) {
    city.group.push_back(*rc::gen::inRange(0, 200));
    city.reference.push_back(*rc::gen::inRange(0, 200));
  }
  const auto populated = static_cast<std::size_t>(*rc::gen::inRange(0, n));
  city.group[populated] += 1.0;
  city.reference[static_cast<std::size_t>(*rc::gen::inRange(0, n))] += 1.0;
  return city;
}

using Index = double (*)(std::span<const double>, std::span<const double>);
constexpr std::array<Index, 3> evenness{dissimilarity_index, gini_index, theil_entropy_index};

bool near(double a, double b) { return std::abs(a - b) <= tolerance; }

std::vector<double> scaled(std::vector<double> values, double factor) {
  for (double& value : values) value *= factor;
  return values;
}

}  // namespace

TEST_CASE("evenness indices lie in [0, 1], in a known order", "[metrics][property]") {
  CHECK(rc::check([] {
    const City city = any_city();
    const double d = dissimilarity_index(city.group, city.reference);
    const double g = gini_index(city.group, city.reference);
    const double h = theil_entropy_index(city.group, city.reference);
    RC_ASSERT(d >= 0.0 && d <= 1.0);
    RC_ASSERT(h >= 0.0 && h <= 1.0);
    RC_ASSERT(d <= g + tolerance);
    RC_ASSERT(g <= 2.0 * d - d * d + tolerance);
  }));
}

TEST_CASE("evenness indices are symmetric and do not depend on sizes", "[metrics][property]") {
  CHECK(rc::check([] {
    const City city = any_city();
    for (const Index index : evenness) {
      const double value = index(city.group, city.reference);
      RC_ASSERT(near(value, index(city.reference, city.group)));
      RC_ASSERT(near(value, index(scaled(city.group, 7.0), scaled(city.reference, 7.0))));
    }
    // composition invariance holds for D and G, not for H
    RC_ASSERT(near(dissimilarity_index(city.group, city.reference),
                   dissimilarity_index(scaled(city.group, 5.0), city.reference)));
    RC_ASSERT(near(gini_index(city.group, city.reference),
                   gini_index(scaled(city.group, 5.0), city.reference)));
  }));
}

TEST_CASE("organisational equivalence: a district cut in like parts changes nothing",
          "[metrics][property]") {
  CHECK(rc::check([] {
    const City city = any_city();
    City cut{scaled(city.group, 0.5), scaled(city.reference, 0.5)};
    cut.group.insert(cut.group.end(), cut.group.begin(), cut.group.end());
    cut.reference.insert(cut.reference.end(), cut.reference.begin(), cut.reference.end());
    for (const Index index : evenness) {
      RC_ASSERT(near(index(city.group, city.reference), index(cut.group, cut.reference)));
    }
    RC_ASSERT(
        near(isolation_index(city.group, city.total()), isolation_index(cut.group, cut.total())));
  }));
}

TEST_CASE("empty districts and the order of districts change nothing", "[metrics][property]") {
  CHECK(rc::check([] {
    const City city = any_city();
    City other = city;
    std::reverse(other.group.begin(), other.group.end());
    std::reverse(other.reference.begin(), other.reference.end());
    other.group.push_back(0.0);
    other.reference.push_back(0.0);
    for (const Index index : evenness) {
      RC_ASSERT(near(index(city.group, city.reference), index(other.group, other.reference)));
    }
  }));
}

TEST_CASE("merging two districts never adds segregation", "[metrics][property]") {
  CHECK(rc::check([] {
    City city = any_city();
    RC_PRE(city.group.size() > 1);
    const City before = city;
    city.group[0] += city.group.back();
    city.reference[0] += city.reference.back();
    city.group.pop_back();
    city.reference.pop_back();
    for (const Index index : evenness) {
      RC_ASSERT(index(city.group, city.reference) <=
                index(before.group, before.reference) + tolerance);
    }
  }));
}

TEST_CASE("parts add up to their wholes", "[metrics][property]") {
  CHECK(rc::check([] {
    const City city = any_city();
    const std::vector<double> total = city.total();
    const std::vector<double> parts = dissimilarity_contributions(city.group, city.reference);
    RC_ASSERT(near(std::accumulate(parts.begin(), parts.end(), 0.0),
                   dissimilarity_index(city.group, city.reference)));
    RC_ASSERT(near(
        isolation_index(city.group, total) + interaction_index(city.group, city.reference, total),
        1.0));
    RC_ASSERT(isolation_index(city.group, total) + tolerance >= city_share(city.group, total));

    const std::array<std::span<const double>, 2> groups{city.group, city.reference};
    const std::vector<double> local = local_divergences(groups);
    const double all = std::accumulate(total.begin(), total.end(), 0.0);
    double mean = 0.0;
    for (std::size_t i = 0; i < local.size(); ++i) {
      if (total[i] > 0.0) mean += total[i] / all * local[i];
    }
    RC_ASSERT(near(mean, mutual_information(groups)));
    const double share = city_share(city.group, total);
    RC_ASSERT(near(share * group_divergence(city.group, total) +
                       (1.0 - share) * group_divergence(city.reference, total),
                   mutual_information(groups)));
    RC_ASSERT(
        near(multigroup_theil_entropy(groups), theil_entropy_index(city.group, city.reference)));
  }));
}

TEST_CASE("indices give the same bits for any number of threads", "[metrics][property]") {
  std::vector<double> group;
  std::vector<double> reference;
  for (std::int64_t i = 0; i < 100'000; ++i) {  // several chunks
    group.push_back(static_cast<double>(i * 7919 % 101) / 3.0);
    reference.push_back(static_cast<double>(i * 104'729 % 211) / 7.0);
  }
  const std::array<std::span<const double>, 2> groups{group, reference};
  std::vector<std::vector<double>> results;
  for (const std::size_t threads : {1, 2, 7}) {
    set_thread_count(threads);
    results.push_back({dissimilarity_index(group, reference), gini_index(group, reference),
                       theil_entropy_index(group, reference), isolation_index(group, reference),
                       multigroup_dissimilarity(groups), multigroup_gini(groups),
                       mutual_information(groups), city_entropy(groups)});
    set_thread_count(0);
  }
  CHECK(results[0] == results[1]);
  CHECK(results[0] == results[2]);
}
