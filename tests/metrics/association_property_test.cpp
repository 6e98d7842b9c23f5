#include <rapidcheck.h>

#include <array>
#include <cmath>

#include "base/number.h"
#include "metrics/association_tables.h"
#include "metrics/clustering.h"
#include "metrics/geary.h"
#include "metrics/getis_ord.h"
#include "metrics/join_count.h"
#include "metrics/lee.h"
#include "metrics/losh.h"
#include "metrics/moran_variants.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

/// 3 to 20 districts with whole values and any links.
struct City {
  std::vector<double> values;
  std::vector<std::pair<std::size_t, std::size_t>> links;
  [[nodiscard]] SpatialWeights weights(bool row_standardised) const {
    return test::weights_of(values.size(), links, row_standardised);
  }
};

City any_city() {
  City city;
  const int n = *rc::gen::inRange(3, 21);
  for (int i = 0; i < n; ++i) city.values.push_back(*rc::gen::inRange(0, 30));
  const int link_count = *rc::gen::inRange(0, 3 * n);
  for (int l = 0; l < link_count; ++l) {
    const int i = *rc::gen::inRange(0, n);
    const int j = *rc::gen::inRange(0, n);
    if (i != j) city.links.emplace_back(i, j);
  }
  return city;
}

bool near(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

bool near(const std::vector<double>& a, const std::vector<double>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!near(a[i], b[i])) return false;
  }
  return a.size() == b.size();
}

std::vector<double> rescaled(std::vector<double> values, double factor, double shift) {
  for (double& value : values) value = factor * value + shift;
  return values;
}

double sum_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += is_defined(value) ? value : 0.0;
  return sum;
}

}  // namespace

TEST_CASE("association does not change with the unit of the values", "[metrics][property]") {
  CHECK(rc::check([] {
    const City city = any_city();
    const SpatialWeights w = city.weights(*rc::gen::arbitrary<bool>());
    const std::vector<double> other = rescaled(city.values, 4.0, -8.0);
    // Draws as far out as what is seen are told from the rest to one part in 2^25, so they are the
    // same for certain only where the change of unit is exact.
    const std::vector<double> exactly = rescaled(city.values, 4.0, 0.0);
    const AssociationSettings settings{.permutations = 19, .seed = 2};
    RC_ASSERT(near(moran_i(city.values, w), moran_i(other, w)));
    RC_ASSERT(near(geary_c(city.values, w), geary_c(other, w)));
    const auto same = [](const LocalAssociation& a, const LocalAssociation& b) {
      return near(a.values, b.values) && near(a.expected, b.expected) &&
             near(a.p_values, b.p_values) && a.patterns == b.patterns;
    };
    RC_ASSERT(same(local_moran(city.values, w, settings), local_moran(exactly, w, settings)));
    RC_ASSERT(
        near(local_moran(city.values, w, settings).values, local_moran(other, w, settings).values));
    RC_ASSERT(
        near(local_geary(city.values, w, settings).values, local_geary(other, w, settings).values));
    for (const OwnValue own : {OwnValue::left_out, OwnValue::included}) {
      RC_ASSERT(near(local_getis_ord(city.values, w, own, settings).values,
                     local_getis_ord(other, w, own, settings).values));
    }
    RC_ASSERT(near(losh(city.values, w, {}, settings).local.values,
                   losh(other, w, {}, settings).local.values));
  }));
}

TEST_CASE("local values add up to those of the city", "[metrics][property]") {
  CHECK(rc::check([] {
    const City city = any_city();
    const SpatialWeights w = city.weights(*rc::gen::arbitrary<bool>());
    double s0 = 0.0;
    for (const double weight : w.weight) s0 += weight;
    const double i = moran_i(city.values, w);
    if (!is_defined(i)) return;
    AssociationSettings n;
    n.factor = LocalFactor::n;
    RC_ASSERT(near(sum_of(local_moran(city.values, w, n).values), s0 * i));
    RC_ASSERT(
        near(sum_of(local_geary(city.values, w, {}).values), 2.0 * s0 * geary_c(city.values, w)));
    RC_ASSERT(near(sum_of(bivariate_local_moran(city.values, city.values, w, n).values), s0 * i));
    const auto count = static_cast<double>(city.values.size());
    RC_ASSERT(near(sum_of(local_lee(city.values, city.values, w, {}).values),
                   count * lee_l(city.values, city.values, w, {}).value));
  }));
}

TEST_CASE("Geary's C and Moran's I of one city", "[metrics][property]") {
  // Σ w (z_i − z_j)² = Σ_i z_i² (out-weight + in-weight) − 2 Σ w z_i z_j
  CHECK(rc::check([] {
    const City city = any_city();
    const SpatialWeights w = city.weights(*rc::gen::arbitrary<bool>());
    const double i = moran_i(city.values, w);
    if (!is_defined(i)) return;
    const auto n = static_cast<double>(city.values.size());
    const double mean = sum_of(city.values) / n;
    double s0 = 0.0;
    double squares = 0.0;
    double weighted = 0.0;
    for (std::size_t a = 0; a < city.values.size(); ++a) {
      const double za = city.values[a] - mean;
      squares += za * za;
      for (std::uint32_t l = w.start[a]; l < w.start[a + 1]; ++l) {
        const double zb = city.values[w.neighbour[l]] - mean;
        s0 += w.weight[l];
        weighted += w.weight[l] * (za * za + zb * zb);
      }
    }
    const double c = (n - 1.0) / (2.0 * s0) * (weighted / squares - 2.0 * s0 * i / n);
    RC_ASSERT(near(geary_c(city.values, w), c));
  }));
}

TEST_CASE("join counts add up", "[metrics][property]") {
  CHECK(rc::check([] {
    City city = any_city();
    for (double& value : city.values) value = value < 12.0 ? 1.0 : 0.0;
    const SpatialWeights w = city.weights(true);
    const JoinCounts joins = join_counts(city.values, w, {.permutations = 9});
    if (!is_defined(joins.mixed.value)) return;
    const double all = static_cast<double>(w.neighbour.size()) / 2.0;
    RC_ASSERT(near(joins.marked.value + joins.unmarked.value + joins.mixed.value, all));
    RC_ASSERT(near(joins.marked.expected + joins.unmarked.expected + joins.mixed.expected, all));
    const LocalAssociation local = local_join_count(city.values, w, {});
    RC_ASSERT(near(sum_of(local.values), 2.0 * joins.marked.value));
    for (std::size_t i = 0; i < local.p_values.size(); ++i) {
      if (!is_defined(local.p_values[i])) continue;
      RC_ASSERT(local.p_values[i] > 0.0);
      RC_ASSERT(local.p_values[i] <= 1.0);
    }
  }));
}

TEST_CASE("p-values lie on (0, 1]", "[metrics][property]") {
  CHECK(rc::check([] {
    const City city = any_city();
    const SpatialWeights w = city.weights(*rc::gen::arbitrary<bool>());
    AssociationSettings settings{.permutations = 49};
    settings.tail = static_cast<Tail>(*rc::gen::inRange(0, 4));
    settings.stop_after = static_cast<std::uint32_t>(*rc::gen::inRange(0, 9));
    settings.islands = *rc::gen::arbitrary<bool>() ? Islands::kept : Islands::dropped;
    const std::array results{
        local_moran(city.values, w, settings), local_geary(city.values, w, settings),
        local_getis_ord(city.values, w, OwnValue::included, settings),
        local_lee(city.values, city.values, w, settings), losh(city.values, w, {}, settings).local};
    for (const LocalAssociation& local : results) {
      for (std::size_t i = 0; i < city.values.size(); ++i) {
        const double p = local.p_values[i];
        RC_ASSERT(is_defined(p) == is_defined(local.values[i]));
        RC_ASSERT(!is_defined(p) || (p > 0.0 && p <= 1.0));
      }
    }
  }));
}
