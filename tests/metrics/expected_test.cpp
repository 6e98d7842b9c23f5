#include "metrics/expected.h"

#include <rapidcheck.h>

#include <array>
#include <cmath>
#include <functional>
#include <numeric>

#include "base/number.h"
#include "base/parallel.h"
#include "metrics/composition.h"
#include "metrics/evenness.h"
#include "metrics/expected_mass.h"
#include "metrics/exposure.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

using Columns = std::vector<std::vector<double>>;

std::vector<std::span<const double>> spans(const Columns& columns) {
  return {columns.begin(), columns.end()};
}

double log_choose(double n, double k) {
  double sum = 0.0;
  for (double j = 1.0; j <= k; j += 1.0) sum += std::log((n - k + j) / j);
  return sum;
}

/// The mean of `index` over every table with the margins of `columns`, each with its probability
/// under random relabelling: one cell after the other, by recursion.
struct Enumeration {
  std::vector<double> sizes;
  std::vector<double> left;
  Columns table;
  std::function<double(const Columns&)> index;
  double log_weight = 0.0;
  double weight = 0.0;
  double sum = 0.0;

  void fill(std::size_t district, std::size_t group, double room) {
    if (district == sizes.size()) {
      const double probability = std::exp(log_weight);
      weight += probability;
      sum += probability * index(table);
      return;
    }
    if (group + 1 == left.size()) {
      if (room <= left[group]) place(district, group, room, room);
      return;
    }
    for (double x = 0.0; x <= std::min(room, left[group]); x += 1.0)
      place(district, group, room, x);
  }
  void place(std::size_t district, std::size_t group, double room, double x) {
    const double before = log_weight;
    log_weight += log_choose(room, x);
    table[group][district] = x;
    left[group] -= x;
    if (group + 1 == left.size()) {
      fill(district + 1, 0, district + 1 < sizes.size() ? sizes[district + 1] : 0.0);
    } else {
      fill(district, group + 1, room - x);
    }
    left[group] += x;
    log_weight = before;
  }
};

double mean_over_relabellings(const Columns& columns,
                              const std::function<double(const Columns&)>& index) {
  Enumeration all;
  all.sizes = district_totals(spans(columns));
  all.left = group_totals(spans(columns));
  all.table = columns;
  all.index = index;
  all.fill(0, 0, all.sizes.front());
  return all.sum / all.weight;
}

/// A city of 2 to 4 districts of up to 6 residents; every group has members.
Columns tiny_city(std::size_t group_count) {
  const auto n = static_cast<std::size_t>(*rc::gen::inRange(2, 5));
  Columns columns(group_count, std::vector<double>(n, 0.0));
  for (auto& column : columns) {
    for (double& x : column) x = *rc::gen::inRange(0, 7 - 2 * static_cast<int>(group_count));
    column[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(n)))] += 1.0;
  }
  return columns;
}

bool near(double a, double b) { return std::abs(a - b) <= 1e-11; }

std::vector<double> rest_of(const Columns& columns, std::size_t k) {
  std::vector<double> rest = district_totals(spans(columns));
  for (std::size_t i = 0; i < rest.size(); ++i) rest[i] -= columns[k][i];
  return rest;
}

}  // namespace

TEST_CASE("expected values: worked examples", "[metrics][expected]") {
  const std::array left{2.0, 0.0};
  const std::array right{0.0, 2.0};
  SECTION("two of each in two districts of two: apart with 1/3, mixed with 2/3, so D is 1/3") {
    const ExpectedPair pair = expected_pair(left, right, NullModel::permutation);
    CHECK_THAT(pair.dissimilarity, WithinAbs(1.0 / 3.0, 1e-15));
    CHECK_THAT(pair.theil_h, WithinAbs(1.0 / 3.0, 1e-15));
    CHECK_THAT(pair.correlation_ratio, WithinAbs(1.0 / 3.0, 1e-15));
    CHECK_THAT(pair.isolation, WithinAbs(2.0 / 3.0, 1e-15));
    CHECK_THAT(expected_gini(left, right, NullModel::permutation), WithinAbs(1.0 / 3.0, 1e-15));
    CHECK_THAT(expected_dissimilarity(left, right, NullModel::permutation),
               WithinAbs(1.0 / 3.0, 1e-15));
  }
  SECTION("each resident tossing a coin: E|b - 1| = 1/2 twice, over 2 * 4 * 1/4") {
    CHECK_THAT(expected_dissimilarity(left, right, NullModel::evenness), WithinAbs(0.5, 1e-15));
    CHECK_THAT(expected_pair(left, right, NullModel::evenness).correlation_ratio,
               WithinAbs(0.5, 1e-15));
    // G: E|b1 - b2| = 1/2·0·... of (0,1,2 with 1/4,1/2,1/4): 3/4; 2 · 2·2 · (3/4)/2 / (2·16/4)
    CHECK_THAT(expected_gini(left, right, NullModel::evenness), WithinAbs(0.375, 1e-15));
  }
  SECTION("agrees with the closed form of evenness.h") {
    const std::array a{10.0, 220.0, 30.0, 4.0};
    const std::array b{140.0, 30.0, 20.0, 17.0};
    CHECK_THAT(expected_dissimilarity(a, b, NullModel::evenness),
               WithinAbs(expected_dissimilarity(a, b), 1e-13));
  }
  SECTION("nobody, one group only, parts of persons: undefined") {
    const std::array nobody{0.0, 0.0};
    const std::array half{0.5, 1.0};
    for (const NullModel model : {NullModel::evenness, NullModel::permutation}) {
      CHECK(std::isnan(expected_dissimilarity(left, nobody, model)));
      CHECK(std::isnan(expected_dissimilarity(half, left, model)));
      CHECK(std::isnan(expected_gini(nobody, left, model)));
      CHECK(std::isnan(expected_atkinson(nobody, left, 0.5, model)));
      CHECK(std::isnan(expected_pair(nobody, nobody, model).theil_h));
      const std::array<std::span<const double>, 2> alone{left, nobody};
      CHECK(std::isnan(expected_indices(alone, model).theil_h));
      CHECK(expected_indices(alone, model).mutual_information == 0.0);
      CHECK(std::isnan(expected_indices({}, model).mutual_information));
    }
    CHECK_THROWS_AS(expected_dissimilarity(left, right, NullModel::systematic), std::logic_error);
    CHECK_THROWS_AS(expected_dissimilarity(left, std::array{1.0}, NullModel::evenness),
                    std::logic_error);
  }
  SECTION("one district: nothing to expect") {
    CHECK(expected_dissimilarity(std::array{3.0}, std::array{5.0}, NullModel::permutation) == 0.0);
    CHECK_THAT(expected_pair(std::array{3.0}, std::array{5.0}, NullModel::permutation).theil_h,
               WithinAbs(0.0, 1e-15));
    CHECK(expected_gini(std::array{3.0}, std::array{5.0}, NullModel::permutation) == 0.0);
  }
}

TEST_CASE("expected values are means over every relabelling of two groups", "[metrics][expected]") {
  CHECK(rc::check([] {
    const Columns city = tiny_city(2);
    const ExpectedPair pair = expected_pair(city[0], city[1], NullModel::permutation);
    const auto mean = [&](double (*index)(std::span<const double>, std::span<const double>)) {
      return mean_over_relabellings(city, [&](const Columns& c) { return index(c[0], c[1]); });
    };
    RC_ASSERT(near(pair.dissimilarity, mean(dissimilarity_index)));
    RC_ASSERT(near(pair.theil_h, mean(theil_entropy_index)));
    RC_ASSERT(near(expected_gini(city[0], city[1], NullModel::permutation), mean(gini_index)));
    RC_ASSERT(near(pair.isolation, mean_over_relabellings(city, [](const Columns& c) {
                     return isolation_index(c[0], district_totals(spans(c)));
                   })));
    RC_ASSERT(
        near(pair.dissimilarity, expected_dissimilarity(city[0], city[1], NullModel::permutation)));
    // Atkinson, b = 1/2: the mean of the sum, then squared
    const std::vector<double> groups = group_totals(spans(city));
    const double sum = mean_over_relabellings(city, [](const Columns& c) {
      double s = 0.0;
      for (std::size_t i = 0; i < c[0].size(); ++i) s += std::sqrt(c[0][i] * c[1][i]);
      return s;
    });
    RC_ASSERT(near(expected_atkinson(city[0], city[1], 0.5, NullModel::permutation),
                   1.0 - sum * sum / groups[0] / groups[1]));
  }));
}

TEST_CASE("expected values are means over every relabelling of three groups",
          "[metrics][expected]") {
  CHECK(rc::check([] {
    const Columns city = tiny_city(3);
    const ExpectedIndices all = expected_indices(spans(city), NullModel::permutation);
    const auto mean = [&](double (*index)(GroupColumns)) {
      return mean_over_relabellings(city, [&](const Columns& c) { return index(spans(c)); });
    };
    RC_ASSERT(near(all.dissimilarity, mean(multigroup_dissimilarity)));
    RC_ASSERT(near(all.theil_h, mean(multigroup_theil_entropy)));
    RC_ASSERT(near(all.mutual_information, mean(mutual_information)));
    const std::vector<double> city_shares = city_composition(spans(city));
    const auto squares = [&](const std::function<double(double, double)>& term) {
      return mean_over_relabellings(city, [&](const Columns& c) {
        const std::vector<double> t = district_totals(spans(c));
        double total = 0.0;
        double s = 0.0;
        for (std::size_t i = 0; i < t.size(); ++i) {
          total += t[i];
          for (std::size_t k = 0; k < c.size() && t[i] > 0.0; ++k) {
            const double off = c[k][i] / t[i] - city_shares[k];
            s += t[i] * term(off * off, city_shares[k]);
          }
        }
        return s / total;
      });
    };
    const double diversity = city_simpson_diversity(spans(city));
    RC_ASSERT(
        near(all.relative_diversity, squares([&](double off, double) { return off / diversity; })));
    RC_ASSERT(
        near(all.squared_variation, squares([](double off, double p) { return off / p / 2.0; })));
    RC_ASSERT(near(all.normalised_exposure,
                   squares([](double off, double p) { return off / (1.0 - p); })));
    for (std::size_t k = 0; k < 3; ++k) {
      const ExpectedPair pair = expected_pair(city[k], rest_of(city, k), NullModel::permutation);
      RC_ASSERT(near(all.groups[k].dissimilarity, pair.dissimilarity));
      RC_ASSERT(near(all.groups[k].theil_h, pair.theil_h));
    }
  }));
}

TEST_CASE("probabilities add up and have the mean deviation of the closed form",
          "[metrics][expected]") {
  CHECK(rc::check([] {
    const double total = *rc::gen::inRange(2, 4000);
    const double group = *rc::gen::inRange(1, static_cast<int>(total));
    const double size = *rc::gen::inRange(1, static_cast<int>(total) + 1);
    for (const NullModel model : {NullModel::evenness, NullModel::permutation}) {
      const ChanceCount count{total, group, size, model};
      MassTable table;
      fill_mass(count, table);
      double mean = 0.0;
      double deviation = 0.0;
      for (std::size_t j = 0; j < table.mass.size(); ++j) {
        const double x = table.first + static_cast<double>(j);
        RC_ASSERT(std::abs(table.mass[j] - probability(count, x)) <= 1e-13 * table.mass[j] + 1e-25);
        mean += x * table.mass[j];
        deviation += std::abs(x - count.mean()) * table.mass[j];
      }
      RC_ASSERT(std::abs(mean - count.mean()) <= 1e-12 * size);
      RC_ASSERT(std::abs(deviation - mean_deviation(count)) <= 1e-12 * size);
    }
  }));
}

TEST_CASE("expected values of districts of a million", "[metrics][expected]") {
  // Normal limit: E|x − t P| = √(2 v / π), v the variance; E[H] from its chi-square limit.
  const std::array group{250'000.0, 250'001.0, 250'000.0, 249'999.0};
  const std::array rest{750'000.0, 750'000.0, 750'002.0, 749'997.0};
  const ExpectedPair pair = expected_pair(group, rest, NullModel::permutation);
  const double variance = 1e6 * 0.25 * 0.75 * 0.75;
  const double deviation = 4.0 * std::sqrt(2.0 * variance / 3.14159265358979);
  CHECK_THAT(pair.dissimilarity, WithinRel(deviation / (2.0 * 4e6 * 0.25 * 0.75), 1e-5));
  const double entropy = -0.25 * std::log(0.25) - 0.75 * std::log(0.75);
  CHECK_THAT(pair.theil_h, WithinRel(3.0 / (2.0 * 4e6 * entropy), 1e-5));
}

TEST_CASE("expected values have the same bits for any number of threads", "[metrics][expected]") {
  Columns city(4, std::vector<double>(3000));
  for (std::size_t i = 0; i < 3000; ++i) {
    for (std::size_t k = 0; k < 4; ++k) {
      city[k][i] = static_cast<double>((i * 7919 + k * 104'729) % (97 + 50 * k));
    }
  }
  std::vector<std::vector<double>> results;
  for (const std::size_t threads : {1U, 2U, 7U}) {
    set_thread_count(threads);
    const ExpectedIndices all = expected_indices(spans(city), NullModel::permutation);
    results.push_back({all.dissimilarity, all.theil_h, all.groups[2].theil_h,
                       expected_gini(city[0], city[1], NullModel::permutation),
                       expected_atkinson(city[0], city[1], 0.3, NullModel::evenness)});
  }
  set_thread_count(0);
  CHECK(results[0] == results[1]);
  CHECK(results[0] == results[2]);
}
