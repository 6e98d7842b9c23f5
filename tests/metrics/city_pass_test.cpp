#include "metrics/city_pass.h"

#include <rapidcheck.h>

#include <array>
#include <cmath>

#include "base/number.h"
#include "base/parallel.h"
#include "base/random.h"
#include "metrics/composition.h"
#include "metrics/evenness.h"
#include "metrics/exposure.h"
#include "metrics/local.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;
using Counts = std::vector<std::uint32_t>;

namespace {

constexpr double tolerance = 1e-12;

bool near(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) ||
         std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

bool near(std::span<const double> a, const std::vector<double>& b) {
  for (std::size_t i = 0; i < b.size(); ++i) {
    if (!near(a[i], b[i])) return false;
  }
  return a.size() == b.size();
}

/// Counts as whole numbers and as numbers, and room for the local values.
struct City {
  explicit City(std::vector<Counts> table) : columns(std::move(table)) {
    for (const Counts& column : columns) doubles.emplace_back(column.begin(), column.end());
    whole.assign(columns.begin(), columns.end());
    groups.assign(doubles.begin(), doubles.end());
    values.assign(3 + columns.size(), std::vector<double>(columns.front().size(), -1.0));
  }
  LocalValues room() {
    LocalValues local{values[0], values[1], values[2], {}};
    for (std::size_t k = 0; k < columns.size(); ++k) {
      local.location_quotients.emplace_back(values[3 + k]);
    }
    return local;
  }
  std::vector<Counts> columns;
  std::vector<std::vector<double>> doubles;
  std::vector<std::span<const std::uint32_t>> whole;
  std::vector<std::span<const double>> groups;
  std::vector<std::vector<double>> values;
};

City large_city(std::uint32_t largest) {
  std::vector<Counts> columns(3, Counts(40000, 0));
  for (std::size_t i = 0; i < columns[0].size(); ++i) {
    RandomStream random(6, i);
    for (std::uint32_t k = 0; k < 3; ++k) columns[k][i] = random.below(1 + largest / (1 + 9 * k));
  }
  return City(columns);
}

void check_groups(const City& city, const CityIndices& pass) {
  const std::vector<double> total = district_totals(city.groups);
  for (std::size_t k = 0; k < city.groups.size(); ++k) {
    const auto x = city.groups[k];
    std::vector<double> y = total;
    for (std::size_t i = 0; i < y.size(); ++i) y[i] -= x[i];
    RC_ASSERT(near(pass.groups[k].dissimilarity, dissimilarity_index(x, y)));
    RC_ASSERT(near(pass.groups[k].theil_entropy, theil_entropy_index(x, y)));
    RC_ASSERT(near(pass.groups[k].correlation_ratio, correlation_ratio(x, y)));
    RC_ASSERT(near(pass.groups[k].isolation, isolation_index(x, total)));
    RC_ASSERT(near(pass.groups[k].interaction, interaction_index(x, y, total)));
    RC_ASSERT(near(pass.groups[k].gorard, gorard_index(x, y)));
    RC_ASSERT(near(pass.groups[k].min_max, min_max_index(x, y)));
    RC_ASSERT(near(pass.groups[k].atkinson, atkinson_index(x, y)));
  }
}

void check_all(City& city) {
  const CityIndices pass = city_indices(city.whole, city.room());
  check_groups(city, pass);
  RC_ASSERT(near(pass.dissimilarity, multigroup_dissimilarity(city.groups)));
  RC_ASSERT(near(pass.theil_entropy, multigroup_theil_entropy(city.groups)));
  RC_ASSERT(near(pass.mutual_information, mutual_information(city.groups)));
  RC_ASSERT(near(pass.relative_diversity, multigroup_relative_diversity(city.groups)));
  RC_ASSERT(near(pass.squared_variation, multigroup_squared_variation(city.groups)));
  RC_ASSERT(near(pass.normalised_exposure, normalised_exposure(city.groups)));
  RC_ASSERT(near(pass.entropy, city_entropy(city.groups)));
  RC_ASSERT(near(pass.simpson_concentration, city_simpson_concentration(city.groups)));
  RC_ASSERT(near(city.values[0], district_entropies(city.groups)));
  RC_ASSERT(near(city.values[1], local_divergences(city.groups)));
  RC_ASSERT(near(city.values[2], simpson_diversities(city.groups)));
  const std::vector<double> total = district_totals(city.groups);
  for (std::size_t k = 0; k < city.groups.size(); ++k) {
    RC_ASSERT(near(city.values[3 + k], location_quotients(city.groups[k], total)));
  }
}

}  // namespace

TEST_CASE("one pass over a city, by hand", "[metrics][city_pass]") {
  City city({{30, 10, 0}, {10, 30, 0}});
  const CityIndices pass = city_indices(city.whole, city.room());
  CHECK(pass.persons == 80);
  CHECK(pass.groups[0].persons == 40);
  CHECK_THAT(pass.dissimilarity, WithinAbs(0.5, tolerance));
  CHECK_THAT(pass.groups[0].dissimilarity, WithinAbs(0.5, tolerance));
  CHECK_THAT(pass.groups[0].gorard, WithinAbs(0.25, tolerance));
  CHECK_THAT(pass.groups[0].min_max, WithinAbs(2.0 / 3.0, tolerance));
  CHECK_THAT(pass.groups[0].isolation, WithinAbs(0.625, tolerance));
  CHECK_THAT(pass.groups[0].interaction, WithinAbs(0.375, tolerance));
  CHECK_THAT(pass.groups[0].correlation_ratio, WithinAbs(0.25, tolerance));
  CHECK_THAT(pass.groups[0].atkinson, WithinAbs(0.25, tolerance));
  CHECK_THAT(pass.entropy, WithinAbs(std::log(2.0), tolerance));
  CHECK_THAT(pass.simpson_concentration, WithinAbs(0.5, tolerance));
  CHECK_THAT(city.values[2][0], WithinAbs(0.375, tolerance));
  CHECK_THAT(city.values[3][0], WithinAbs(1.5, tolerance));
  for (const auto& values : city.values) CHECK(std::isnan(values[2]));
}

TEST_CASE("the pass agrees with the single indices", "[metrics][city_pass][property]") {
  CHECK(rc::check([] {
    const auto n = static_cast<std::size_t>(*rc::gen::inRange(1, 30));
    const auto group_count = static_cast<std::size_t>(*rc::gen::inRange(1, 5));
    const std::uint32_t largest = *rc::gen::element(2U, 60U, 800U, 3000U, 2000000U);
    std::vector<Counts> columns(group_count, Counts(n));
    for (Counts& column : columns) {
      const bool somebody = *rc::gen::inRange(0, 5) > 0;
      for (std::uint32_t& count : column) count = somebody ? *rc::gen::inRange(0U, largest) : 0U;
    }
    City city(columns);
    check_all(city);
  }));
}

TEST_CASE("the pass keeps the digits of one person among millions", "[metrics][city_pass]") {
  for (const std::uint32_t others : {4000U, 5000U, 4000000U}) {
    Counts rare(300, 0);
    rare[7] = 1;
    const City city({rare, Counts(300, others)});
    const CityIndices pass = city_indices(city.whole);
    // H = 1 − t E_i / (T E): with one person t E_i = ln t + (t − 1) ln(t / (t − 1)), T E likewise.
    const auto of = [](long double t) {
      return static_cast<double>(std::log(t) - (t - 1.0L) * std::log1p(-1.0L / t));
    };
    const long double t = others + 1.0L;
    const double expected = 1.0 - of(t) / of(300.0L * others + 1.0L);
    CHECK_THAT(pass.groups[0].theil_entropy, WithinAbs(expected, tolerance));
    CHECK_THAT(pass.theil_entropy, WithinAbs(expected, tolerance));
    CHECK_THAT(theil_entropy_index(city.groups[0], city.groups[1]), WithinAbs(expected, tolerance));
  }
}

TEST_CASE("the pass at the edge", "[metrics][city_pass]") {
  SECTION("nobody at all") {
    City city({{0, 0}, {0, 0}});
    const CityIndices pass = city_indices(city.whole, city.room());
    CHECK(pass.persons == 0);
    CHECK(std::isnan(pass.entropy));
    CHECK(std::isnan(pass.mutual_information));
    CHECK(std::isnan(pass.groups[0].isolation));
    for (const auto& values : city.values) CHECK(std::isnan(values[1]));
  }
  SECTION("one group alone: exposure exists, evenness does not") {
    City city({{3, 5}, {0, 0}});
    const CityIndices pass = city_indices(city.whole, city.room());
    CHECK(pass.groups[0].isolation == 1.0);
    CHECK(std::isnan(pass.groups[0].dissimilarity));
    CHECK(std::isnan(pass.groups[1].isolation));
    CHECK(std::isnan(pass.theil_entropy));
    CHECK(pass.mutual_information == 0.0);
    CHECK(std::isnan(city.values[4][0]));
  }
  SECTION("no groups, no districts") {
    CHECK(city_indices({}).persons == 0);
    const std::array<std::span<const std::uint32_t>, 1> empty{};
    CHECK(city_indices(empty).groups.size() == 1);
  }
  SECTION("refuses room of another length") {
    City city({{3, 5}, {1, 0}});
    std::vector<double> one(1);
    CHECK_THROWS_AS(city_indices(city.whole, {one, {}, {}, {}}), std::logic_error);
  }
}

TEST_CASE("the pass does not depend on the number of threads", "[metrics][city_pass]") {
  for (const std::uint32_t largest : {300U, 9000U}) {
    City city = large_city(largest);
    std::vector<CityIndices> seen;
    std::vector<std::vector<std::vector<double>>> local;
    for (const std::size_t threads : {1U, 2U, 7U}) {
      set_thread_count(threads);
      seen.push_back(city_indices(city.whole, city.room()));
      local.push_back(city.values);
    }
    set_thread_count(0);
    for (std::size_t run = 1; run < seen.size(); ++run) {
      CHECK(seen[run].theil_entropy == seen[0].theil_entropy);
      CHECK(seen[run].dissimilarity == seen[0].dissimilarity);
      CHECK(seen[run].groups[1].atkinson == seen[0].groups[1].atkinson);
      CHECK(seen[run].groups[2].correlation_ratio == seen[0].groups[2].correlation_ratio);
      bool alike = true;
      for (std::size_t c = 0; c < city.values.size(); ++c) {
        for (std::size_t i = 0; i < city.values[c].size(); ++i) {
          const double a = local[run][c][i];
          const double b = local[0][c][i];
          alike = alike && (a == b || (std::isnan(a) && std::isnan(b)));
        }
      }
      CHECK(alike);
    }
  }
}
