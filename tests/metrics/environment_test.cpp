#include "metrics/environment.h"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/error.h"
#include "base/parallel.h"
#include "base/random.h"
#include "metrics/evenness.h"
#include "metrics/profile.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr std::array all_shapes{KernelShape::uniform,      KernelShape::triangular,
                                KernelShape::epanechnikov, KernelShape::biweight,
                                KernelShape::gaussian,     KernelShape::exponential};

struct City {
  std::vector<std::vector<double>> counts;
  std::vector<Point> places;
  [[nodiscard]] std::vector<std::span<const double>> groups() const {
    return {counts.begin(), counts.end()};
  }
};

/// Random districts in a box of 5 km, some of them empty, some at the same place.
City random_city(std::uint64_t seed, std::size_t n, std::size_t groups) {
  City city;
  city.counts.assign(groups, std::vector<double>(n));
  for (std::size_t i = 0; i < n; ++i) {
    RandomStream random(seed, i);
    city.places.push_back(
        {400'000.0 + 5000.0 * random.uniform(), 5'800'000.0 + 5000.0 * random.uniform()});
    if (i > 0 && random.below(20) == 0) city.places[i] = city.places[i - 1];
    const bool empty = random.below(8) == 0;
    for (auto& column : city.counts) {
      column[i] = empty ? 0.0 : static_cast<double>(random.below(100));
    }
  }
  return city;
}

/// c_ik straight from the formula.
double directly(const City& city, const Kernel& kernel, std::size_t i, std::size_t k) {
  double sum = 0.0;
  for (std::size_t j = 0; j < city.places.size(); ++j) {
    const double z =
        std::hypot(city.places[i].x - city.places[j].x, city.places[i].y - city.places[j].y) /
        kernel.bandwidth_m;
    double weight = 0.0;
    switch (kernel.shape) {
      case KernelShape::uniform:
        weight = z <= 1.0 ? 1.0 : 0.0;
        break;
      case KernelShape::triangular:
        weight = std::max(0.0, 1.0 - z);
        break;
      case KernelShape::epanechnikov:
        weight = std::max(0.0, 1.0 - z * z);
        break;
      case KernelShape::biweight:
        weight = std::pow(std::max(0.0, 1.0 - z * z), 2);
        break;
      case KernelShape::gaussian:
        weight = std::exp(-z * z / 2.0);
        break;
      case KernelShape::exponential:
        weight = std::exp(-z);
        break;
    }
    sum += weight * city.counts[k][j];
  }
  return sum;
}

/// Four districts on a line, 100 m apart, of 10, 20, 0 and 40 persons.
const City line{{{10.0, 0.0, 0.0, 10.0}, {0.0, 20.0, 0.0, 30.0}},
                {{0.0, 0.0}, {100.0, 0.0}, {200.0, 0.0}, {300.0, 0.0}}};

std::vector<EnvironmentSpec> some_environments() {
  std::vector<EnvironmentSpec> specs{own_environment(), nearest_people(500.0),
                                     nearest_people(500.0, TieRule::row_order),
                                     nearest_districts(7.0)};
  for (const KernelShape shape : all_shapes) specs.push_back(kernel_environment({shape, 600.0}));
  return specs;
}

}  // namespace

TEST_CASE("environments of four districts on a line", "[metrics][environment]") {
  const auto groups = line.groups();
  SECTION("triangular, 200 m: neighbours count half, districts 200 m away not at all") {
    const auto counts = environment_counts(groups, line.places,
                                           kernel_environment({KernelShape::triangular, 200.0}));
    CHECK_THAT(counts[0][0], WithinAbs(10.0, 1e-12));
    CHECK_THAT(counts[1][0], WithinAbs(10.0, 1e-12));
    CHECK_THAT(counts[0][2], WithinAbs(5.0, 1e-12));
    CHECK_THAT(counts[1][2], WithinAbs(25.0, 1e-12));
  }
  SECTION("uniform: a district at the bandwidth is inside") {
    const auto counts =
        environment_counts(groups, line.places, kernel_environment({KernelShape::uniform, 100.0}));
    CHECK(counts[1] == std::vector{20.0, 20.0, 50.0, 30.0});
  }
  SECTION("an empty district has an environment") {
    const auto shares = compositions_of(
        environment_counts(groups, line.places, kernel_environment({KernelShape::uniform, 100.0})));
    CHECK_THAT(shares[0][2], WithinAbs(10.0 / 60.0, 1e-15));
  }
  SECTION("nearest people: whole districts, own first, until k is reached or passed") {
    CHECK(environment_counts(groups, line.places, nearest_people(10.0))[1] ==
          std::vector{0.0, 20.0, 50.0, 30.0});
    CHECK(environment_counts(groups, line.places, nearest_people(11.0))[1] ==
          std::vector{20.0, 20.0, 50.0, 30.0});
  }
  SECTION("ties: a ring enters as a whole, or row by row") {
    CHECK(environment_counts(groups, line.places, nearest_people(20.0))[1][2] == 50.0);
    CHECK(environment_counts(groups, line.places, nearest_people(20.0, TieRule::row_order))[1][2] ==
          20.0);
    CHECK(environment_counts(groups, line.places, nearest_districts(2.0))[1][2] == 50.0);
    CHECK(environment_counts(groups, line.places,
                             nearest_districts(2.0, TieRule::row_order))[1][2] == 20.0);
  }
  SECTION("own first, even where another district lies at the same place") {
    City twins = line;
    twins.places[1] = twins.places[0];
    CHECK(environment_counts(twins.groups(), twins.places, nearest_people(5.0))[0] ==
          std::vector{10.0, 0.0, 10.0, 10.0});
  }
  SECTION("exponential by power per km, cut at a distance") {
    const auto counts =
        environment_counts(groups, line.places, kernel_environment(decay_per_km(2.0, 0.1)));
    CHECK_THAT(counts[1][0], WithinAbs(20.0 * std::exp(-0.2), 1e-13));
  }
}

TEST_CASE("environments along streets", "[metrics][environment]") {
  const auto groups = line.groups();
  StreetReach reach;
  reach.limit_m = 400.0;
  // A river between the second and the third district: 400 m round by the bridge.
  const std::vector<std::vector<std::pair<DistrictIndex, double>>> rows{
      {{0, 0.0}, {1, 100.0}}, {{0, 100.0}, {2, 400.0}}, {{3, 100.0}, {1, 400.0}}, {{2, 100.0}}};
  for (const auto& row : rows) {
    for (const auto& [district, metres] : row) {
      reach.district.push_back(district);
      reach.metres.push_back(metres);
    }
    reach.start.push_back(reach.district.size());
  }
  const auto within = [&](double metres) {
    return environment_counts(groups, {},
                              street_environment(reach, {KernelShape::uniform, metres}));
  };
  CHECK(within(400.0)[1] == std::vector{20.0, 20.0, 50.0, 30.0});
  CHECK(within(100.0)[1] == std::vector{20.0, 20.0, 30.0, 30.0});
  const auto nearer =
      environment_counts(groups, {}, street_environment(reach, {KernelShape::triangular, 200.0}));
  CHECK_THAT(nearer[1][0], WithinAbs(10.0, 1e-12));
  CHECK_THROWS_AS(within(500.0), InputError);
  EnvironmentSpec unsearched;
  unsearched.kind = EnvironmentKind::street;
  CHECK_THROWS_AS(environment_counts(groups, {}, unsearched), InputError);
}

TEST_CASE("sizes that cannot be used are refused, with a way out", "[metrics][environment]") {
  const auto groups = line.groups();
  const auto refuses = [&](const EnvironmentSpec& spec) {
    try {
      environment_counts(groups, line.places, spec);
    } catch (const InputError& error) {
      return !error.way_out().empty();
    }
    return false;
  };
  for (const double wrong : {0.0, -1.0, undefined, unreachable}) {
    CHECK(refuses(kernel_environment({KernelShape::uniform, wrong})));
    CHECK(refuses(nearest_people(wrong)));
    CHECK(refuses(nearest_districts(wrong)));
  }
  CHECK(refuses(nearest_districts(2.5)));
  CHECK(refuses(kernel_environment({KernelShape::gaussian, 100.0, -1.0})));
  CHECK(refuses(kernel_environment({KernelShape::gaussian, 100.0, 500.0, 1.0})));
  CHECK_THROWS_AS(environment_counts(groups, {}, nearest_people(5.0)), InputError);
}

TEST_CASE("sizes larger than the city can be used, with a caution", "[metrics][environment]") {
  const auto groups = line.groups();
  const auto caution = [&](const EnvironmentSpec& spec) {
    return environment_caution(groups, line.places, spec);
  };
  CHECK(caution(nearest_people(70.0)).empty());
  CHECK(caution(nearest_people(71.0)).find("whole city") != std::string::npos);
  CHECK(environment_counts(groups, line.places, nearest_people(71.0))[0] == std::vector(4, 20.0));
  CHECK(caution(nearest_districts(5.0)).find("whole city") != std::string::npos);
  CHECK(caution(kernel_environment({KernelShape::biweight, 200.0})).empty());
  CHECK(caution(kernel_environment({KernelShape::biweight, 400.0})).find("larger than the city") !=
        std::string::npos);
}

TEST_CASE("a district without a position is in nobody's environment", "[metrics][environment]") {
  City city = line;
  city.places[1] = {undefined, undefined};
  const EnvironmentSpec spec = kernel_environment({KernelShape::uniform, 150.0});
  const auto counts = environment_counts(city.groups(), city.places, spec);
  CHECK(counts[1][0] == 0.0);
  CHECK(!is_defined(counts[1][1]));
  CHECK(environment_caution(city.groups(), city.places, spec) ==
        "1 districts without a position left out");
  const auto profile = environment_profile(city.groups(), city.places, spec, std::array{150.0});
  CHECK(profile[0].sums.residents == 50.0);
  city.places.assign(4, {undefined, undefined});
  CHECK(!is_defined(environment_counts(city.groups(), city.places, nearest_people(5.0))[0][0]));
}

TEST_CASE("kernels agree with their formulas", "[metrics][environment]") {
  const City city = random_city(11, 300, 3);
  for (const KernelShape shape : all_shapes) {
    const Kernel kernel{shape, 700.0};
    INFO(id_of(shape));
    const auto counts = environment_counts(city.groups(), city.places, kernel_environment(kernel));
    for (std::size_t i = 0; i < city.places.size(); ++i) {
      CHECK_THAT(counts[1][i], WithinRel(directly(city, kernel, i, 1), 1e-12));
    }
  }
  for (const double metres : {0.0, 1.0, 250.0, 7000.0, 340'000.0}) {
    const double z = metres / 500.0;
    CHECK_THAT(kernel_weight({KernelShape::exponential, 500.0}, metres),
               WithinAbs(std::exp(-z), 4e-16 * std::exp(-z)));
    CHECK_THAT(kernel_weight({KernelShape::gaussian, 500.0}, metres),
               WithinAbs(std::exp(-z * z / 2), 4e-16 * (1.0 + z * z) * std::exp(-z * z / 2)));
  }
  CHECK(kernel_weight({KernelShape::exponential, 1.0}, 1e9) == 0.0);
}

TEST_CASE("kernels that never end are cut where a city is large", "[metrics][environment]") {
  const Kernel gaussian{KernelShape::gaussian, 100.0};
  CHECK(kernel_reach(gaussian, exact_kernel_districts) == unreachable);
  const double reach = kernel_reach(gaussian, exact_kernel_districts + 1);
  CHECK_THAT(std::exp(-reach * reach / 2e4), WithinRel(1e-12, 1e-9));
  CHECK(kernel_reach({KernelShape::exponential, 100.0, unreachable, 0.0}, 1'000'000) ==
        unreachable);
  CHECK(kernel_reach({KernelShape::gaussian, 100.0, 50.0}, 1'000'000) == 50.0);
}

TEST_CASE("properties of environments", "[metrics][environment][property]") {
  // Compositions sum to 1 and rows in any order, moved anywhere, give the same
  CHECK(rc::check([] {
    const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1'000'000);
    const std::size_t n = *rc::gen::inRange<std::size_t>(1, 60);
    const City city = random_city(seed, n, 3);
    City moved;
    moved.counts.assign(3, std::vector<double>(n));
    moved.places.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t to = n - 1 - i;
      for (std::size_t k = 0; k < 3; ++k) moved.counts[k][to] = city.counts[k][i];
      moved.places[to] = {city.places[i].x - 390'000.0, city.places[i].y + 12'345.5};
    }
    for (const EnvironmentSpec& spec : some_environments()) {
      if (spec.ties == TieRule::row_order) continue;
      const auto counts = environment_counts(city.groups(), city.places, spec);
      const auto again = environment_counts(moved.groups(), moved.places, spec);
      const auto shares = compositions_of(counts);
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < 3; ++k) {
          RC_ASSERT(std::abs(counts[k][i] - again[k][n - 1 - i]) <= 1e-7);
        }
        const double sum = shares[0][i] + shares[1][i] + shares[2][i];
        RC_ASSERT(!is_defined(sum) || std::abs(sum - 1.0) <= 1e-12);
      }
    }
  }));
  // More people wanted, never fewer of any group found
  CHECK(rc::check([] {
    const City city = random_city(*rc::gen::inRange<std::uint64_t>(0, 1'000'000), 80, 2);
    for (const TieRule ties : {TieRule::ring_atomic, TieRule::row_order}) {
      std::vector<double> before(80, 0.0);
      for (const double k : {1.0, 50.0, 300.0, 301.0, 2000.0, 1e6}) {
        const auto counts = environment_counts(city.groups(), city.places, nearest_people(k, ties));
        for (std::size_t i = 0; i < 80; ++i) {
          RC_ASSERT(counts[0][i] >= before[i]);
          before[i] = counts[0][i];
        }
      }
    }
  }));
}

TEST_CASE("environments have the same bits on any number of threads", "[metrics][environment]") {
  const City city = random_city(5, 3000, 9);
  std::vector<std::vector<std::vector<double>>> first;
  for (const std::size_t threads : {1, 2, 7}) {
    set_thread_count(threads);
    std::size_t s = 0;
    for (const EnvironmentSpec& spec : some_environments()) {
      if (spec.kernel.shape == KernelShape::gaussian) continue;
      const auto counts = environment_counts(city.groups(), city.places, spec);
      if (threads == 1) first.push_back(counts);
      CHECK(counts == first[s++]);
    }
  }
  set_thread_count(0);
}
