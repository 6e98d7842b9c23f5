#include "metrics/null_test.h"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include "base/parallel.h"
#include "base/random.h"
#include "metrics/count_draws.h"
#include "metrics/evenness.h"
#include "metrics/expected.h"
#include "metrics/null_draws.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

using Columns = std::vector<std::vector<double>>;

std::vector<std::span<const double>> spans(const Columns& columns) {
  return {columns.begin(), columns.end()};
}

/// Residents of `n` districts with shares that do not depend on the district.
Columns even_city(std::size_t n, std::uint32_t largest, std::uint64_t seed) {
  const std::array<double, 4> shares{0.5, 0.3, 0.15, 0.05};
  Columns columns(shares.size(), std::vector<double>(n, 0.0));
  for (std::size_t i = 0; i < n; ++i) {
    RandomStream random(seed, i);
    for (std::uint32_t left = random.below(largest + 1); left > 0; --left) {
      double u = random.uniform();
      std::size_t k = 0;
      while (k + 1 < shares.size() && u >= shares[k]) u -= shares[k++];
      columns[k][i] += 1.0;
    }
  }
  return columns;
}

/// Σ (seen − expected)² / expected over the counts that are expected 5 times or more, and the
/// number of those counts.
std::pair<double, int> chi_square(const std::map<double, int>& seen, const MassTable& mass,
                                  int draws) {
  double sum = 0.0;
  int classes = 0;
  for (std::size_t j = 0; j < mass.mass.size(); ++j) {
    const double expected = mass.mass[j] * draws;
    if (expected < 5.0) continue;
    const auto at = seen.find(mass.first + static_cast<double>(j));
    const double count = at == seen.end() ? 0.0 : at->second;
    sum += (count - expected) * (count - expected) / expected;
    ++classes;
  }
  return {sum, classes};
}

}  // namespace

TEST_CASE("binomial and Poisson draws have their probabilities", "[metrics][null]") {
  constexpr int draws = 100'000;
  struct Case {
    double n;
    double p;
  };
  for (const Case& c :
       {Case{5, 0.3}, Case{40, 0.1}, Case{60, 0.5}, Case{500, 0.93}, Case{100'000, 0.02}}) {
    MassTable mass;
    fill_mass({1e6, c.p * 1e6, c.n, NullModel::evenness}, mass);
    std::map<double, int> one_by_one;
    std::map<double, int> tabled;
    CountTables tables;
    tables.add({3.0, {1.0}});
    const std::size_t table = tables.add(mass);
    for (int d = 0; d < draws; ++d) {
      RandomStream random(11, static_cast<std::uint64_t>(d));
      ++one_by_one[binomial_draw(random, c.n, c.p)];
      ++tabled[tables.draw(table, random.next())];
    }
    INFO(c.n << " " << c.p);
    for (const auto& seen : {one_by_one, tabled}) {
      const auto [sum, classes] = chi_square(seen, mass, draws);
      CHECK(sum < classes + 4.0 * std::sqrt(2.0 * classes));
    }
    CHECK(tables.draw(0, 12345) == 3);
  }
  for (const double mean : {0.5, 9.0, 12.0, 2000.0}) {
    MassTable mass;
    for (double x = 0.0; x < mean * 2.0 + 20.0; x += 1.0) {
      mass.mass.push_back(poisson_probability(x, mean));
    }
    std::map<double, int> seen;
    for (int d = 0; d < draws; ++d) {
      RandomStream random(12, static_cast<std::uint64_t>(d));
      ++seen[poisson_draw(random, mean)];
    }
    INFO(mean);
    const auto [sum, classes] = chi_square(seen, mass, draws);
    CHECK(sum < classes + 4.0 * std::sqrt(2.0 * classes));
  }
  RandomStream random(1);
  CHECK(binomial_draw(random, 7.0, 0.0) == 0.0);
  CHECK(binomial_draw(random, 7.0, 1.0) == 7.0);
  CHECK(binomial_draw(random, 0.0, 0.4) == 0.0);
  CHECK(poisson_draw(random, 0.0) == 0.0);
}

TEST_CASE("random cities keep the totals of their model", "[metrics][null]") {
  Columns city = even_city(300, 60, 5);
  city[0][7] = 5000.0;  // above the size of tables
  city[2][7] = 400.0;
  const std::vector<double> sizes = district_totals(spans(city));
  const std::vector<double> groups = group_totals(spans(city));
  for (const NullModel model :
       {NullModel::systematic, NullModel::evenness, NullModel::permutation}) {
    const NullDraws source(spans(city), model, 9);
    DrawnCity drawn;
    Columns columns;
    for (std::uint32_t d = 0; d < 20; ++d) {
      source.draw(d, drawn);
      source.unpack(drawn, columns);
      INFO(id_of(model));
      CHECK((group_totals(spans(columns)) == groups) == (model != NullModel::evenness));
      CHECK((district_totals(spans(columns)) == sizes) == (model != NullModel::systematic));
      for (std::size_t i = 0; i < drawn.totals.size(); ++i) {
        std::uint32_t sum = 0;
        for (std::size_t k = 0; k < 4; ++k) sum += drawn.counts[k * drawn.totals.size() + i];
        REQUIRE(sum == drawn.totals[i]);
      }
    }
    source.unpack(source.observed(), columns);
    CHECK(columns == city);
  }
}

TEST_CASE("permuted tables come with their probabilities", "[metrics][null]") {
  // Two districts of 3 and 2 residents; groups of 2, 2 and 1: every table with its number of ways.
  const Columns city{{2.0, 0.0}, {1.0, 1.0}, {0.0, 1.0}};
  const NullDraws source(spans(city), NullModel::permutation, 3);
  std::map<std::vector<std::uint32_t>, int> seen;
  constexpr int draws = 60'000;
  DrawnCity drawn;
  for (std::uint32_t d = 0; d < draws; ++d) {
    source.draw(d, drawn);
    ++seen[drawn.counts];
  }
  const auto choose = [](int n, int k) { return n == 2 && k == 1 ? 2.0 : (k <= n ? 1.0 : 0.0); };
  double sum = 0.0;
  int classes = 0;
  for (int a = 0; a <= 2; ++a) {
    for (int b = 0; b <= 2; ++b) {
      for (int c = 0; c <= 1; ++c) {
        if (a + b + c != 2) continue;  // the smaller district comes first
        const double expected = draws * choose(2, a) * choose(2, b) * choose(1, c) / 10.0;
        const std::vector<std::uint32_t> table{
            static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(2 - a),
            static_cast<std::uint32_t>(b), static_cast<std::uint32_t>(2 - b),
            static_cast<std::uint32_t>(c), static_cast<std::uint32_t>(1 - c)};
        sum += (seen[table] - expected) * (seen[table] - expected) / expected;
        ++classes;
      }
    }
  }
  CHECK(classes == static_cast<int>(seen.size()));
  CHECK(sum < 16.8);  // 1 % of chi-square with at most 5 degrees of freedom lies above 15.1
}

TEST_CASE("systematic tables come with their probabilities", "[metrics][null]") {
  // One group of 3 in districts of weight 1/4 and 3/4, and one of 1: two independent binomials.
  const Columns city{{1.0, 2.0}, {0.0, 1.0}};
  const NullDraws source(spans(city), NullModel::systematic, 4);
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> seen;
  constexpr int draws = 60'000;
  DrawnCity drawn;
  for (std::uint32_t d = 0; d < draws; ++d) {
    source.draw(d, drawn);
    ++seen[{drawn.counts[0], drawn.counts[2]}];
  }
  double sum = 0.0;
  for (std::uint32_t a = 0; a <= 3; ++a) {
    for (std::uint32_t b = 0; b <= 1; ++b) {
      const double expected =
          draws * binomial_probability(a, 3.0, 0.25) * binomial_probability(b, 1.0, 0.25);
      sum += (seen[{a, b}] - expected) * (seen[{a, b}] - expected) / expected;
    }
  }
  CHECK(seen.size() == 8);
  CHECK(sum < 20.0);  // 7 degrees of freedom
}

TEST_CASE("simulated means agree with exact ones", "[metrics][null]") {
  const Columns city = even_city(400, 30, 1);
  for (const NullModel model : {NullModel::evenness, NullModel::permutation}) {
    const NullTests tests = null_tests(spans(city), model, 2000, 17);
    const ExpectedIndices exact = expected_indices(spans(city), model);
    const auto agree = [&](const NullDistribution& simulated, double mean, double bias) {
      INFO(id_of(model) << " " << simulated.mean << " " << mean);
      CHECK(std::abs(simulated.mean - mean) <
            4.5 * simulated.standard_deviation / std::sqrt(2000.0) + bias);
    };
    // under evenness the exact mean keeps P in its formula, the simulated index uses its own
    const double bias = model == NullModel::evenness ? 0.002 : 0.0;
    for (std::size_t k = 0; k < city.size(); ++k) {
      agree(tests.dissimilarity[k], exact.groups[k].dissimilarity, bias);
      agree(tests.theil_h[k], exact.groups[k].theil_h, bias);
    }
    agree(tests.multigroup_dissimilarity, exact.dissimilarity, bias);
    agree(tests.multigroup_theil_h, exact.theil_h, bias);
    agree(tests.mutual_information, exact.mutual_information, bias);
  }
}

TEST_CASE("the two ways to test agree draw by draw", "[metrics][null]") {
  const Columns city = even_city(200, 40, 2);
  for (const NullModel model :
       {NullModel::systematic, NullModel::evenness, NullModel::permutation}) {
    const NullTests all = null_tests(spans(city), model, 30, 8);
    const auto rest_index = [](auto index, std::size_t k) {
      return [=](GroupColumns c) {
        std::vector<double> rest = district_totals(c);
        for (std::size_t i = 0; i < rest.size(); ++i) rest[i] -= c[k][i];
        return index(c[k], rest);
      };
    };
    const auto same = [](const NullDistribution& a, const NullDistribution& b) {
      CHECK_THAT(a.observed, WithinAbs(b.observed, 1e-12));
      CHECK(a.p_greater == b.p_greater);
      for (std::size_t d = 0; d < a.draws.size(); ++d) {
        CHECK_THAT(a.draws[d], WithinAbs(b.draws[d], 1e-12));
      }
    };
    same(all.dissimilarity[2],
         null_test(spans(city), model, 30, 8, rest_index(dissimilarity_index, 2)));
    same(all.theil_h[3], null_test(spans(city), model, 30, 8, rest_index(theil_entropy_index, 3)));
    same(all.multigroup_dissimilarity,
         null_test(spans(city), model, 30, 8, multigroup_dissimilarity));
    same(all.multigroup_theil_h, null_test(spans(city), model, 30, 8, multigroup_theil_entropy));
    same(all.mutual_information, null_test(spans(city), model, 30, 8, mutual_information));
  }
}

TEST_CASE("p-values are uniform where nobody is segregated", "[metrics][null]") {
  constexpr int cities = 200;
  const Columns margins = even_city(40, 30, 77);
  const NullDraws source(spans(margins), NullModel::permutation, 31);
  std::vector<double> p;
  DrawnCity drawn;
  Columns city;
  for (std::uint32_t c = 0; c < cities; ++c) {
    source.draw(c, drawn);
    source.unpack(drawn, city);
    p.push_back(
        null_tests(spans(city), NullModel::permutation, 99, 1000 + c).multigroup_theil_h.p_greater);
  }
  std::sort(p.begin(), p.end());
  double distance = 0.0;  // Kolmogorov and Smirnov, from the uniform distribution on 0.01 .. 1
  for (std::size_t c = 0; c < p.size(); ++c) {
    distance = std::max(distance, std::abs(p[c] - (static_cast<double>(c) + 1.0) / cities));
  }
  CHECK(distance < 1.63 / std::sqrt(static_cast<double>(cities)) + 0.01);  // 1 % level
}

TEST_CASE("tests of segregated and of tiny cities", "[metrics][null]") {
  SECTION("complete segregation: the smallest p there is") {
    const Columns apart{{30.0, 0.0, 20.0, 0.0}, {0.0, 25.0, 0.0, 30.0}};
    const NullTests tests = null_tests(spans(apart), NullModel::permutation, 199, 1);
    CHECK(tests.dissimilarity[0].observed == 1.0);
    CHECK(tests.dissimilarity[0].p_greater == 1.0 / 200.0);
    CHECK(tests.dissimilarity[0].p_two_sided == 2.0 / 200.0);
    CHECK(tests.dissimilarity[0].lower <= tests.dissimilarity[0].mean);
    CHECK(tests.dissimilarity[0].upper < 1.0);
  }
  SECTION("one district: every draw is the city itself") {
    const Columns one{{3.0}, {4.0}};
    const NullDistribution test =
        null_tests(spans(one), NullModel::permutation, 19, 1).multigroup_theil_h;
    CHECK(test.observed == 0.0);
    CHECK(test.p_greater == 1.0);
    CHECK(test.p_two_sided == 1.0);
  }
  SECTION("nobody, one group: undefined") {
    const Columns nobody{{0.0, 0.0}, {0.0, 0.0}};
    for (const NullModel model :
         {NullModel::systematic, NullModel::evenness, NullModel::permutation}) {
      CHECK(std::isnan(null_tests(spans(nobody), model, 9, 1).mutual_information.p_greater));
      const Columns alone{{2.0, 5.0}, {0.0, 0.0}};
      CHECK(std::isnan(null_tests(spans(alone), model, 9, 1).dissimilarity[0].mean));
    }
  }
  SECTION("draws in which a small group is missing do not count") {
    const Columns rare{{1.0, 0.0, 0.0}, {9.0, 10.0, 10.0}};
    const NullDistribution test =
        null_tests(spans(rare), NullModel::evenness, 200, 1).dissimilarity[0];
    CHECK(test.draw_count < 200);
    CHECK(test.draw_count > 80);
  }
  SECTION("parts of persons are refused") {
    const Columns parts{{1.5, 0.0}, {1.0, 2.0}};
    CHECK_THROWS_AS(null_tests(spans(parts), NullModel::evenness, 9, 1), std::logic_error);
  }
}

TEST_CASE("quantiles", "[metrics][null]") {
  const std::array values{1.0, 2.0, 4.0};
  CHECK(quantile(values, 0.0) == 1.0);
  CHECK(quantile(values, 0.5) == 2.0);
  CHECK(quantile(values, 0.75) == 3.0);
  CHECK(quantile(values, 1.0) == 4.0);
  CHECK(std::isnan(quantile({}, 0.5)));
}

TEST_CASE("geographic permutation", "[metrics][null]") {
  const std::vector<double> row{5.0, 4.0, 3.0, 2.0, 1.0, 0.0};
  const auto neighbours_alike = [&](std::span<const DistrictIndex> from) {
    double sum = 0.0;
    for (std::size_t i = 0; i + 1 < from.size(); ++i) {
      sum -= std::abs(row[from[i]] - row[from[i + 1]]);
    }
    return sum;
  };
  const NullDistribution test = geographic_permutation_test(6, 999, 5, neighbours_alike);
  CHECK(test.observed == -5.0);
  CHECK(test.p_greater < 0.02);  // 2 of 720 orders are as smooth
  // mean |a − b| of two different of 0..5 is 7/3, five times
  CHECK_THAT(test.mean, WithinAbs(-35.0 / 3.0, 5.0 * test.standard_deviation / std::sqrt(999.0)));
}

TEST_CASE("null distributions have the same bits for any number of threads", "[metrics][null]") {
  const Columns city = even_city(500, 50, 3);
  for (const NullModel model :
       {NullModel::systematic, NullModel::evenness, NullModel::permutation}) {
    std::vector<std::vector<double>> draws;
    for (const std::size_t threads : {1U, 2U, 7U}) {
      set_thread_count(threads);
      draws.push_back(null_tests(spans(city), model, 40, 6).multigroup_theil_h.draws);
    }
    set_thread_count(0);
    CHECK(draws[0] == draws[1]);
    CHECK(draws[0] == draws[2]);
    CHECK(draws[0][0] != draws[0][1]);
  }
}
