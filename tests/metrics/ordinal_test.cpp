#include "metrics/ordinal.h"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/number.h"
#include "base/parallel.h"
#include "metrics/evenness.h"
#include "metrics/registry.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;
constexpr std::array spreads{OrdinalSpread::entropy, OrdinalSpread::variation,
                             OrdinalSpread::square_root, OrdinalSpread::absolute};

using Columns = std::vector<std::vector<double>>;

std::vector<std::span<const double>> spans(const Columns& columns) {
  return {columns.begin(), columns.end()};
}

/// Two to eight groups in 2 to 20 districts; everyone's district has somebody.
Columns any_city() {
  const int n = *rc::gen::inRange(2, 20);
  const int groups = *rc::gen::inRange(2, 9);
  Columns columns(static_cast<std::size_t>(groups));
  for (auto& column : columns) {
    for (int i = 0; i < n; ++i) column.push_back(*rc::gen::inRange(0, 100));
  }
  columns.front()[0] += 1.0;
  columns.back()[0] += 1.0;
  return columns;
}

double entropy_bits(double p) { return -p * std::log2(p) - (1.0 - p) * std::log2(1.0 - p); }

double choose(int n, int k) { return k == 0 ? 1.0 : choose(n - 1, k - 1) * n / k; }

/// H^R as written in the paper: powers of p, normal equations, the sums δ_m.
double as_published(const RankOrder& points, int order) {
  const auto size = static_cast<std::size_t>(order) + 1;
  std::vector<std::vector<long double>> a(size, std::vector<long double>(size + 1, 0.0L));
  for (std::size_t j = 0; j < points.percentiles.size(); ++j) {
    const long double p = points.percentiles[j];
    const long double weight = std::pow(entropy_bits(points.percentiles[j]), 2.0);
    for (std::size_t r = 0; r < size; ++r) {
      for (std::size_t c = 0; c < size; ++c) {
        a[r][c] += weight * std::pow(p, static_cast<long double>(r + c));
      }
      a[r][size] += weight * std::pow(p, static_cast<long double>(r)) * points.segregation[j];
    }
  }
  for (std::size_t r = 0; r < size; ++r) {
    for (std::size_t below = 0; below < size; ++below) {
      if (below == r) continue;
      const long double factor = a[below][r] / a[r][r];
      for (std::size_t c = 0; c <= size; ++c) a[below][c] -= factor * a[r][c];
    }
  }
  long double sum = 0.0L;
  for (int m = 0; m <= order; ++m) {
    double delta = 2.0 / ((m + 2) * (m + 2));
    for (int n = 0; n <= m; ++n) {
      const double sign = (m - n) % 2 == 0 ? 1.0 : -1.0;
      delta += 2.0 * sign * choose(m, n) / ((m - n + 2) * (m - n + 2));
    }
    const auto r = static_cast<std::size_t>(m);
    sum += a[r][size] / a[r][r] * delta;
  }
  return static_cast<double>(sum);
}

// Four districts of 30 people, three groups; the example of the package OasisR.
const Columns by_rank{{0.0, 0.0, 10.0, 30.0}, {0.0, 20.0, 20.0, 0.0}, {30.0, 10.0, 0.0, 0.0}};
const Columns against_rank{{0.0, 0.0, 10.0, 30.0}, {30.0, 10.0, 0.0, 0.0}, {0.0, 20.0, 20.0, 0.0}};

}  // namespace

TEST_CASE("ordinal segregation", "[metrics][ordinal]") {
  SECTION("worked example: one district of four is split at each threshold, as the city is") {
    for (const OrdinalSpread spread : spreads) {
      CHECK_THAT(ordinal_segregation(spans(by_rank), spread), WithinAbs(0.75, tolerance));
    }
  }
  SECTION(
      "the same districts with groups in another order: 3/4 at one threshold, 1/2 at the other") {
    for (const OrdinalSpread spread : spreads) {
      CHECK_THAT(ordinal_segregation(spans(against_rank), spread), WithinAbs(0.625, tolerance));
    }
  }
  SECTION("two groups: the entropy spread is Theil's index, the variation is V") {
    const Columns two{{30.0, 10.0, 5.0}, {10.0, 30.0, 15.0}};
    CHECK_THAT(ordinal_segregation(spans(two), OrdinalSpread::entropy),
               WithinAbs(theil_entropy_index(two[0], two[1]), tolerance));
  }
  SECTION("the absolute spread sees nothing where no district crosses one half") {
    const Columns two{{10.0, 20.0}, {90.0, 80.0}};
    CHECK_THAT(ordinal_segregation(spans(two), OrdinalSpread::absolute), WithinAbs(0.0, tolerance));
    CHECK(ordinal_segregation(spans(two), OrdinalSpread::entropy) > 0.01);
  }
  SECTION("is undefined where one group has everyone or nobody is counted") {
    for (const Columns& nobody : {Columns{{0.0, 0.0}, {3.0, 4.0}, {0.0, 0.0}},
                                  Columns{{0.0, 0.0}, {0.0, 0.0}}, Columns{{3.0, 4.0}}}) {
      CHECK(std::isnan(ordinal_segregation(spans(nobody), OrdinalSpread::variation)));
      CHECK(std::isnan(rank_order_segregation(spans(nobody)).index));
    }
  }
}

TEST_CASE("rank-order segregation", "[metrics][ordinal]") {
  SECTION("worked example: 3/4 at both thirds is 3/4 at every percentile") {
    const RankOrder order = rank_order_segregation(spans(by_rank));
    CHECK(order.order == 1);
    CHECK_THAT(order.percentiles[0], WithinAbs(1.0 / 3.0, tolerance));
    CHECK_THAT(order.segregation[1], WithinAbs(0.75, tolerance));
    CHECK_THAT(order.index, WithinAbs(0.75, tolerance));
  }
  SECTION("a line through two points that lie alike about the middle: their mean") {
    CHECK_THAT(rank_order_segregation(spans(against_rank)).index, WithinAbs(0.625, tolerance));
    CHECK_THAT(rank_order_segregation(spans(against_rank), RankOrderIndex::variation).index,
               WithinAbs(0.625, tolerance));
  }
  SECTION("one threshold: the index there") {
    const Columns two{{30.0, 10.0, 5.0}, {10.0, 30.0, 15.0}};
    CHECK_THAT(rank_order_segregation(spans(two)).index,
               WithinAbs(theil_entropy_index(two[0], two[1]), tolerance));
  }
  SECTION("a group without members adds no threshold") {
    Columns with_empty = against_rank;
    with_empty.insert(with_empty.begin() + 1, std::vector<double>(4, 0.0));
    with_empty.emplace_back(4, 0.0);
    const RankOrder order = rank_order_segregation(spans(with_empty));
    CHECK(order.percentiles.size() == 2);
    CHECK_THAT(order.index, WithinAbs(0.625, tolerance));
  }
  SECTION("refuses an order above ten") {
    CHECK_THROWS_AS(rank_order_segregation(spans(by_rank), RankOrderIndex::theil, 11),
                    std::logic_error);
  }
}

TEST_CASE("the orthogonal fit is the published one", "[metrics][ordinal][property]") {
  CHECK(rc::check([] {
    const Columns city = any_city();
    for (const std::size_t order : {0U, 1U, 2U, 4U}) {
      const RankOrder fit = rank_order_segregation(spans(city), RankOrderIndex::theil, order);
      bool crowded = false;
      for (std::size_t j = 0; j + 1 < fit.percentiles.size(); ++j) {
        crowded = crowded || fit.percentiles[j + 1] - fit.percentiles[j] < 0.02;
      }
      if (crowded) continue;
      RC_ASSERT(std::abs(fit.index - as_published(fit, static_cast<int>(fit.order))) < 1e-9);
    }
  }));
}

TEST_CASE("segregation of ordered groups: what must hold", "[metrics][ordinal][property]") {
  CHECK(rc::check([] {
    const Columns city = any_city();
    Columns reversed = city;
    std::reverse(reversed.begin(), reversed.end());
    Columns alike = city;
    Columns sorted = city;
    Columns doubled = city;
    for (std::size_t k = 0; k < city.size(); ++k) {
      for (std::size_t i = 0; i < city[k].size(); ++i) {
        alike[k][i] = static_cast<double>((i + 1) * (k + 1));
        sorted[k][i] = i % city.size() == k ? 10.0 : 0.0;
        doubled[k][i] *= 2.0;
      }
    }
    for (const OrdinalSpread spread : spreads) {
      const double index = ordinal_segregation(spans(city), spread);
      RC_ASSERT(index >= 0.0 && index <= 1.0);
      RC_ASSERT(std::abs(ordinal_segregation(spans(reversed), spread) - index) < 1e-10);
      RC_ASSERT(std::abs(ordinal_segregation(spans(doubled), spread) - index) < 1e-12);
      RC_ASSERT(ordinal_segregation(spans(alike), spread) < 1e-12);
      const double complete = ordinal_segregation(spans(sorted), spread);
      RC_ASSERT(!is_defined(complete) || std::abs(complete - 1.0) < 1e-12);
    }
    for (const RankOrderIndex index : {RankOrderIndex::theil, RankOrderIndex::variation}) {
      const auto of = [&](const Columns& c) {
        return rank_order_segregation(spans(c), index, 2).index;
      };
      RC_ASSERT(std::abs(of(reversed) - of(city)) < 1e-8);
      RC_ASSERT(std::abs(of(doubled) - of(city)) < 1e-12);
      RC_ASSERT(std::abs(of(alike)) < 1e-10);
      RC_ASSERT(!is_defined(of(sorted)) || std::abs(of(sorted) - 1.0) < 1e-10);
    }
  }));
}

TEST_CASE("ordered groups: the same bits for any number of threads", "[metrics][ordinal]") {
  Columns city(5, std::vector<double>(40'000));
  for (std::size_t k = 0; k < city.size(); ++k) {
    for (std::size_t i = 0; i < city[k].size(); ++i) {
      city[k][i] = static_cast<double>((i * 7919 + k * 104729) % 401);
    }
  }
  set_thread_count(1);
  const double once = ordinal_segregation(spans(city), OrdinalSpread::entropy);
  const double ranked = rank_order_segregation(spans(city)).index;
  for (const std::size_t threads : {2U, 7U}) {
    set_thread_count(threads);
    CHECK(ordinal_segregation(spans(city), OrdinalSpread::entropy) == once);
    CHECK(rank_order_segregation(spans(city)).index == ranked);
  }
  set_thread_count(0);
}

TEST_CASE("the rows of ordered groups", "[metrics][ordinal][registry]") {
  const test::Population city = test::population_of({{"low", "middle", "high"}, against_rank});
  MetricInput in;
  in.counts = &city.counts;
  in.groups = &city.groups;
  for (const std::string_view id :
       {"ordinal_entropy", "ordinal_variation", "ordinal_square_root", "ordinal_absolute"}) {
    INFO(id);
    const CityValue value = find_metric(id)->city(in);
    CHECK_THAT(value.value, WithinAbs(0.625, tolerance));
    CHECK(value.parameters == "groups=low < middle < high");
    CHECK(find_metric(id)->on_request);
  }
  for (const std::string_view id : {"rank_order_theil", "rank_order_variation"}) {
    const CityValue value = find_metric(id)->city(in);
    CHECK_THAT(value.value, WithinAbs(0.625, tolerance));
    CHECK(value.parameters == "groups=low < middle < high; order=1");
    CHECK(value.status == "2 thresholds allow a polynomial of order 1");
  }
  const std::array<GroupIndex, 3> other_order{1, 3, 2};
  in.partition = other_order;
  CHECK_THAT(find_metric("ordinal_entropy")->city(in).value, WithinAbs(0.75, tolerance));
}
