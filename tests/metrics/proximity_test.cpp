#include "metrics/proximity.h"

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/parallel.h"
#include "base/random.h"
#include "metrics/decay_pairs.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

struct City {
  std::vector<Point> centroids;
  std::vector<double> area_m2;
  std::vector<double> group;
  std::vector<double> total;

  void add(double x, double y, double area, double members, double everyone) {
    centroids.push_back({x, y});
    area_m2.push_back(area);
    group.push_back(members);
    total.push_back(everyone);
  }
  [[nodiscard]] Proximity indices(const ProximityOptions& options = {}) const {
    return proximity(centroids, area_m2, std::vector<std::span<const double>>{group}, total,
                     options);
  }
};

/// 10 x 10 squares of 1 km; each holds 100 persons, all of the group or none.
template <typename Rule>
City lattice_where(const Rule& lives_here) {
  City city;
  for (int y = 0; y < 10; ++y) {
    for (int x = 0; x < 10; ++x) {
      city.add(1000.0 * x, 1000.0 * y, 1e6, lives_here(x, y) ? 100.0 : 0.0, 100.0);
    }
  }
  return city;
}

/// Districts at random places of a square, some in dense knots, some empty.
City scattered(std::size_t n, double side_m, std::uint64_t seed) {
  City city;
  RandomStream random(seed, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const double spread = random.below(3) == 0 ? 0.05 : 1.0;
    const double total = random.below(8) == 0 ? 0.0 : random.below(300);
    city.add(500'000.0 + spread * side_m * random.uniform(),
             5'800'000.0 + spread * side_m * random.uniform(), 1e4 + 1e6 * random.uniform(),
             std::floor(total * random.uniform()), total);
  }
  city.add(500'000.0, 5'800'000.0, 1e5, 40.0, 70.0);
  return city;
}

/// Σ_i Σ_j a_i b_j c_ij, term by term.
double double_sum(const City& city, const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < a.size(); ++j) {
      const double d_km = i == j ? 0.6 * std::sqrt(city.area_m2[i] / 1e6)
                                 : std::hypot(city.centroids[i].x - city.centroids[j].x,
                                              city.centroids[i].y - city.centroids[j].y) /
                                       1000.0;
      sum += a[i] * b[j] * std::exp(-d_km);
    }
  }
  return sum;
}

double sum_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum;
}

std::vector<Bounded> all_of(const Proximity& found) {
  const GroupProximity& g = found.groups[0];
  return {g.within_group,      g.within_rest,         g.between,
          g.spatial_proximity, g.absolute_clustering, g.relative_clustering,
          g.isolation,         g.interaction,         found.everyone};
}

}  // namespace

TEST_CASE("closeness halves as it should", "[metrics][proximity]") {
  std::vector<double> exponents;
  for (double t = 0.0; t < 1020.0; t += 0.0137) exponents.push_back(t);
  exponents.push_back(1020.0);
  exponents.push_back(1e9);
  std::vector<double> powers(exponents.size());
  powers_of_half(exponents, powers);
  double worst = 0.0;
  for (std::size_t i = 0; i + 2 < exponents.size(); ++i) {
    worst = std::max(worst, std::abs(powers[i] / std::exp2(-exponents[i]) - 1.0));
  }
  CHECK(worst <= 0x1p-51);
  CHECK(powers[0] == 1.0);
  CHECK(powers[powers.size() - 2] == 0.0);
  CHECK(powers.back() == 0.0);
}

TEST_CASE("a solid cluster is clustered, a checkerboard is not", "[metrics][proximity]") {
  ProximityOptions options;
  options.self_distance = SelfDistance::root_of_part;
  const GroupProximity board =
      lattice_where([](int x, int y) { return (x + y) % 2 == 0; }).indices(options).groups[0];
  const GroupProximity cluster =
      lattice_where([](int x, int) { return x < 5; }).indices(options).groups[0];

  CHECK_THAT(board.absolute_clustering.value, WithinAbs(-0.028, 0.0005));
  CHECK_THAT(cluster.absolute_clustering.value, WithinAbs(0.720, 0.0005));
  CHECK_THAT(board.spatial_proximity.value, WithinAbs(0.97, 0.005));
  CHECK_THAT(cluster.spatial_proximity.value, WithinAbs(1.72, 0.005));
  CHECK_THAT(cluster.relative_clustering.value, WithinAbs(0.0, tolerance));
  CHECK(cluster.isolation.value > 0.8);
  CHECK(board.isolation.value < 0.5);
}

TEST_CASE("proximity: worked example", "[metrics][proximity]") {
  // Two districts 1 km apart, self distance 0: c = 1 within, 1/e between. x = 3 and 1, t = 4 and 4.
  City city;
  city.add(0.0, 0.0, 1e6, 3.0, 4.0);
  city.add(1000.0, 0.0, 1e6, 1.0, 4.0);
  ProximityOptions options;
  options.self_distance = SelfDistance::zero;
  const Proximity found = city.indices(options);
  const GroupProximity& g = found.groups[0];
  const double c = std::exp(-1.0);
  CHECK_THAT(g.within_group.value, WithinAbs((9.0 + 1.0 + 6.0 * c) / 16.0, tolerance));
  CHECK_THAT(g.between.value, WithinAbs((3.0 + 3.0 + 10.0 * c) / 16.0, tolerance));
  CHECK_THAT(found.everyone.value, WithinAbs((1.0 + c) / 2.0, tolerance));
  CHECK_THAT(g.spatial_proximity.value,
             WithinAbs((10.0 + 6.0 * c) / 16.0 / ((1.0 + c) / 2.0), tolerance));
  // Of those near a resident of the first district 4 of 4 + 4c live there, three quarters members.
  const double first = (0.75 + 0.25 * c) / (1.0 + c);
  const double second = (0.25 + 0.75 * c) / (1.0 + c);
  CHECK_THAT(g.isolation.value, WithinAbs(0.75 * first + 0.25 * second, tolerance));
  // Σc / n² = (1 + c) / 2; times X = 4.
  const double even = 2.0 * (1.0 + c);
  CHECK_THAT(g.absolute_clustering.value,
             WithinAbs(((10.0 + 6.0 * c) / 4.0 - even) / (4.0 * (1.0 + c) - even), tolerance));
  CHECK_THAT(g.relative_clustering.value, WithinAbs(0.0, tolerance));
}

TEST_CASE("proximity is undefined where it does not exist", "[metrics][proximity]") {
  City city;
  city.add(0.0, 0.0, 1e6, 3.0, 4.0);

  SECTION("a single district") {
    for (const Bounded& index : all_of(city.indices())) CHECK(std::isnan(index.value));
  }
  SECTION("a group nobody belongs to") {
    city.group[0] = 0.0;
    city.add(1000.0, 0.0, 1e6, 0.0, 4.0);
    const Proximity found = city.indices();
    CHECK(std::isnan(found.groups[0].within_group.value));
    CHECK(std::isnan(found.groups[0].spatial_proximity.value));
    CHECK(std::isnan(found.groups[0].isolation.value));
    CHECK(found.groups[0].within_rest.value == found.everyone.value);
  }
  SECTION("nobody else") {
    city.group[0] = 4.0;
    city.add(1000.0, 0.0, 1e6, 4.0, 4.0);
    const GroupProximity g = city.indices().groups[0];
    CHECK(std::isnan(g.between.value));
    CHECK(std::isnan(g.spatial_proximity.value));
    CHECK(std::isnan(g.absolute_clustering.value));
    CHECK(std::isnan(g.relative_clustering.value));
    CHECK(g.isolation.value == 1.0);
    CHECK(g.interaction.value == 0.0);
  }
  SECTION("all districts empty") {
    city.group[0] = city.total[0] = 0.0;
    city.add(1000.0, 0.0, 1e6, 0.0, 0.0);
    ProximityOptions options;
    for (const auto choice : {EmptyDistricts::kept, EmptyDistricts::dropped}) {
      options.empty_districts = choice;
      for (const Bounded& index : all_of(city.indices(options))) CHECK(std::isnan(index.value));
    }
  }
  SECTION("closeness that vanishes everywhere") {
    city.add(1000.0, 0.0, 1e6, 1.0, 4.0);
    ProximityOptions options;
    options.decay_per_km = 1e6;
    CHECK(std::isnan(city.indices(options).groups[0].spatial_proximity.value));
    CHECK(std::isnan(city.indices(options).groups[0].isolation.value));
  }
  SECTION("a district without a place is left out and counted") {
    city.add(1000.0, 0.0, 1e6, 1.0, 4.0);
    const Proximity before = city.indices();
    city.add(undefined, undefined, 1e6, 5.0, 9.0);
    city.add(3000.0, 0.0, undefined, 5.0, 9.0);
    const Proximity after = city.indices();
    CHECK(after.without_place == 2);
    CHECK(after.persons_without_place == 18.0);
    CHECK(after.groups[0].spatial_proximity.value == before.groups[0].spatial_proximity.value);
    ProximityOptions options;
    options.self_distance = SelfDistance::zero;
    CHECK(city.indices(options).without_place == 1);
  }
  SECTION("a decay that is none") {
    ProximityOptions options;
    options.decay_per_km = 0.0;
    CHECK_THROWS_AS(city.indices(options), std::logic_error);
  }
}

TEST_CASE("empty districts change absolute clustering alone", "[metrics][proximity]") {
  const City city = scattered(200, 8000.0, 5);
  ProximityOptions options;
  const std::vector<Bounded> dropped = all_of(city.indices(options));
  CHECK(city.indices(options).empty_dropped > 10);
  options.empty_districts = EmptyDistricts::kept;
  const std::vector<Bounded> kept = all_of(city.indices(options));
  for (std::size_t k = 0; k < kept.size(); ++k) {
    INFO(k);
    CHECK((std::abs(kept[k].value - dropped[k].value) > 1e-3) == (k == 4));
  }
}

TEST_CASE("proximity: what must hold in any city", "[metrics][proximity][property]") {
  CHECK(rc::check([] {
    const auto n = static_cast<std::size_t>(*rc::gen::inRange(2, 120));
    const auto seed = static_cast<std::uint64_t>(*rc::gen::inRange(1, 1'000'000));
    City city = scattered(n, 20'000.0, seed);
    const Proximity found = city.indices();
    const GroupProximity& g = found.groups[0];
    // People in a single district have no distances to compare.
    if (!is_defined(g.isolation.value)) return;
    RC_ASSERT(std::abs(g.isolation.value + g.interaction.value - 1.0) <= tolerance);
    RC_ASSERT(g.spatial_proximity.value > 0.0);
    RC_ASSERT(g.relative_clustering.value >= -1.0);

    std::vector<double> rest = city.total;
    for (std::size_t i = 0; i < rest.size(); ++i) rest[i] -= city.group[i];
    const double x = sum_of(city.group);
    const double y = sum_of(rest);
    const double xx = double_sum(city, city.group, city.group);
    const double xy = double_sum(city, city.group, rest);
    const double tt = double_sum(city, city.total, city.total);
    RC_ASSERT(std::abs(g.within_group.value - xx / (x * x)) <= 1e-11);
    RC_ASSERT(std::abs(g.between.value - xy / (x * y)) <= 1e-11);
    RC_ASSERT(std::abs(found.everyone.value - tt / ((x + y) * (x + y))) <= 1e-11);

    // The rest seen as the group: Pxx and Pyy change places, Pxy and SP stay.
    City other = city;
    other.group = rest;
    const GroupProximity h = other.indices().groups[0];
    RC_ASSERT(std::abs(h.within_rest.value - g.within_group.value) <= tolerance);
    RC_ASSERT(std::abs(h.between.value - g.between.value) <= tolerance);
    RC_ASSERT(std::abs(h.spatial_proximity.value - g.spatial_proximity.value) <= 1e-11);

    // Both together are the multigroup index, and each column is what it is alone.
    const Proximity both =
        proximity(city.centroids, city.area_m2,
                  std::vector<std::span<const double>>{city.group, rest}, city.total, {});
    RC_ASSERT(std::abs(both.multigroup_spatial_proximity.value - g.spatial_proximity.value) <=
              1e-11);
    RC_ASSERT(both.groups[0].isolation.value == g.isolation.value);

    // All counts three times as large: nothing changes.
    for (double& persons : other.total) persons *= 3.0;
    for (double& persons : other.group) persons *= 3.0;
    const GroupProximity k = other.indices().groups[0];
    RC_ASSERT(std::abs(k.absolute_clustering.value / h.absolute_clustering.value - 1.0) <= 1e-9);
  }));
}

TEST_CASE("sums by interpolation hold the exact ones in their intervals",
          "[metrics][proximity][property]") {
  CHECK(rc::check([] {
    const auto n = static_cast<std::size_t>(*rc::gen::inRange(1500, 2500));
    const auto seed = static_cast<std::uint64_t>(*rc::gen::inRange(1, 1'000'000));
    const double side_m = 1000.0 * *rc::gen::inRange(2, 200);
    if (*rc::gen::inRange(0, 10) != 0) return;  // one in ten, to be quick
    const City city = scattered(n, side_m, seed);
    ProximityOptions options;
    options.decay_per_km = *rc::gen::element(0.05, 1.0, 3.0);
    options.tolerance = *rc::gen::element(1e-3, 1e-6, 1e-9);
    const Proximity exact = city.indices(options);
    options.exact_up_to = 0;
    const Proximity bounded = city.indices(options);
    RC_ASSERT(!exact.bounded);
    RC_ASSERT(bounded.bounded);
    const std::vector<Bounded> truth = all_of(exact);
    const std::vector<Bounded> found = all_of(bounded);
    for (std::size_t k = 0; k < truth.size(); ++k) {
      RC_ASSERT(found[k].lower <= truth[k].value);
      RC_ASSERT(found[k].upper >= truth[k].value);
      RC_ASSERT(found[k].lower <= found[k].value);
      RC_ASSERT(found[k].upper >= found[k].value);
      RC_ASSERT(truth[k].upper - truth[k].lower <= 1e-11 * std::max(1.0, truth[k].value));
    }
    const Bounded& sp = bounded.groups[0].spatial_proximity;
    RC_ASSERT(sp.upper - sp.lower <= 2.0 * options.tolerance * sp.value + 1e-11);
  }));
}

TEST_CASE("proximity has the same bits for any number of threads", "[metrics][proximity]") {
  const City city = scattered(5000, 20'000.0, 11);
  for (const std::size_t exact_up_to : {std::size_t{0}, std::size_t{20'000}}) {
    ProximityOptions options;
    options.exact_up_to = exact_up_to;
    std::vector<std::vector<Bounded>> found;
    for (const std::size_t threads : {1, 2, 7}) {
      set_thread_count(threads);
      found.push_back(all_of(city.indices(options)));
    }
    set_thread_count(0);
    for (std::size_t k = 0; k < found[0].size(); ++k) {
      CHECK(found[0][k].value == found[1][k].value);
      CHECK(found[0][k].value == found[2][k].value);
      CHECK(found[0][k].lower == found[2][k].lower);
      CHECK(found[0][k].upper == found[2][k].upper);
    }
  }
}
