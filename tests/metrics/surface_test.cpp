#include "metrics/surface.h"

#include <rapidcheck.h>

#include <array>
#include <cmath>

#include "base/number.h"
#include "base/parallel.h"
#include "metrics/environment.h"
#include "metrics/evenness.h"
#include "metrics/registry.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

using Columns = std::vector<std::vector<double>>;

std::vector<std::span<const double>> spans(const Columns& columns) {
  return {columns.begin(), columns.end()};
}

}  // namespace

TEST_CASE("segregation of surfaces", "[metrics][surface]") {
  SECTION("worked example: 3 and 1, 1 and 3. 5/8 = 1/8 for places, 0 for sizes, 1/2 for two") {
    const SurfaceSegregation s = surface_segregation(spans({{3.0, 1.0}, {1.0, 3.0}}));
    CHECK_THAT(s.total, WithinAbs(0.625, tolerance));
    CHECK_THAT(s.location, WithinAbs(0.125, tolerance));
    CHECK_THAT(s.composition, WithinAbs(0.0, tolerance));
    CHECK_THAT(s.qualitative, WithinAbs(0.5, tolerance));
  }
  SECTION("apart and of 30 and 10: 1 = 1 - 5/8, 5/8 - 1/2 and 1/2") {
    const SurfaceSegregation s = surface_segregation(spans({{30.0, 0.0}, {0.0, 10.0}}));
    CHECK_THAT(s.total, WithinAbs(1.0, tolerance));
    CHECK_THAT(s.location, WithinAbs(0.375, tolerance));
    CHECK_THAT(s.composition, WithinAbs(0.125, tolerance));
  }
  SECTION("empty and unknown points take no part; nobody is undefined") {
    const SurfaceSegregation s =
        surface_segregation(spans({{3.0, undefined, 1.0, 0.0}, {1.0, undefined, 3.0, 0.0}}));
    CHECK_THAT(s.total, WithinAbs(0.625, tolerance));
    CHECK(std::isnan(surface_segregation(spans({{0.0}, {0.0}})).total));
    CHECK(std::isnan(surface_segregation({}).location));
  }
}

TEST_CASE("difference of two surfaces", "[metrics][surface]") {
  const std::array x{3.0, 1.0};
  const std::array y{1.0, 3.0};
  CHECK_THAT(surface_difference(x, y), WithinAbs(2.0 / 3.0, tolerance));
  CHECK_THAT(surface_difference(x, x), WithinAbs(0.0, tolerance));
  CHECK_THAT(surface_difference(std::array{5.0, 0.0}, std::array{0.0, 2.0}),
             WithinAbs(1.0, tolerance));
  CHECK(std::isnan(surface_difference(x, std::array{0.0, 0.0})));
  CHECK_THAT(surface_difference(std::array{3.0, 9.0, 1.0}, std::array{1.0, undefined, 3.0}),
             WithinAbs(2.0 / 3.0, tolerance));
  CHECK_THROWS_AS(surface_difference(x, std::array{1.0}), std::logic_error);
}

TEST_CASE("surfaces: what must hold", "[metrics][surface][property]") {
  CHECK(rc::check([] {
    const int n = *rc::gen::inRange(1, 30);
    Columns city(static_cast<std::size_t>(*rc::gen::inRange(2, 7)));
    for (auto& column : city) {
      for (int i = 0; i < n; ++i) column.push_back(*rc::gen::inRange(0, 50));
    }
    city[0][0] += 1.0;
    city[1][0] += 1.0;
    const SurfaceSegregation s = surface_segregation(spans(city));
    RC_ASSERT(std::abs(s.location + s.composition + s.qualitative - s.total) < tolerance);
    for (const double part : {s.total, s.location, s.composition, s.qualitative}) {
      RC_ASSERT(part >= 0.0 && part <= 1.0 + tolerance);
    }
    double meeting = 0.0;
    double everyone = 0.0;
    for (std::size_t i = 0; i < city[0].size(); ++i) {
      double all = 0.0;
      double squares = 0.0;
      for (const auto& column : city) {
        all += column[i];
        squares += column[i] * column[i];
      }
      everyone += all;
      meeting += all > 0.0 ? squares / all : 0.0;
    }
    RC_ASSERT(std::abs(s.total - meeting / everyone) < tolerance);

    const double d = dissimilarity_index(city[0], city[1]);
    RC_ASSERT(std::abs(surface_difference(city[0], city[1]) - 2.0 * d / (1.0 + d)) < tolerance);
  }));
}

TEST_CASE("surfaces: the same bits for any number of threads", "[metrics][surface]") {
  Columns city(3, std::vector<double>(50'000));
  for (std::size_t k = 0; k < city.size(); ++k) {
    for (std::size_t i = 0; i < city[k].size(); ++i) {
      city[k][i] = static_cast<double>((i * 7919 + k * 104729) % 401);
    }
  }
  set_thread_count(1);
  const double once = surface_segregation(spans(city)).total;
  const double difference = surface_difference(city[0], city[1]);
  for (const std::size_t threads : {2U, 7U}) {
    set_thread_count(threads);
    CHECK(surface_segregation(spans(city)).total == once);
    CHECK(surface_difference(city[0], city[1]) == difference);
  }
  set_thread_count(0);
}

TEST_CASE("the rows of surfaces", "[metrics][surface][registry]") {
  const test::Population city =
      test::population_of({{"newcomers", "others"}, {{3.0, 1.0, 0.0}, {1.0, 3.0, 0.0}}});
  Districts districts;
  districts.centroids = {{0.0, 0.0}, {100.0, 0.0}, {5000.0, 0.0}};
  EnvironmentSpec environment = own_environment();
  MetricInput in;
  in.counts = &city.counts;
  in.groups = &city.groups;
  in.group = 1;
  in.reference = 2;
  in.districts = &districts;
  in.environment = &environment;
  const auto of = [&](std::string_view id) { return find_metric(id)->city(in); };

  SECTION("over the counts themselves the worked example") {
    CHECK_THAT(of("surface_segregation").value, WithinAbs(0.625, tolerance));
    CHECK_THAT(of("surface_location").value, WithinAbs(0.125, tolerance));
    CHECK_THAT(of("surface_composition").value, WithinAbs(0.0, tolerance));
    CHECK_THAT(of("surface_qualitative").value, WithinAbs(0.5, tolerance));
    CHECK_THAT(of("surface_difference").value, WithinAbs(2.0 / 3.0, tolerance));
  }
  SECTION("half of the neighbour counts: 3.5 and 2.5, so 7/12 and 5/12 at both points") {
    environment = kernel_environment({KernelShape::triangular, 200.0});
    const double share = 7.0 / 12.0;
    CHECK_THAT(of("surface_segregation").value,
               WithinAbs(share * share + (1.0 - share) * (1.0 - share), tolerance));
    CHECK_THAT(of("surface_difference").value, WithinAbs(1.0 - 5.0 / 7.0, tolerance));
    CHECK(of("surface_location").parameters ==
          "environment=kernel; kernel=triangular; bandwidth_m=200");
  }
}
