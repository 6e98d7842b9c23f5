#include "carto/classify.h"

#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/error.h"
#include "base/number.h"
#include "base/random.h"
#include "support/catch.h"

using namespace quartier::carto;
using quartier::RandomStream;
using quartier::undefined;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

std::vector<double> random_values(std::size_t count, std::uint64_t seed) {
  RandomStream random(seed);
  std::vector<double> values(count);
  for (double& value : values) value = std::exp(3.0 * random.uniform());
  return values;
}

}  // namespace

TEST_CASE("class of a value", "[carto][classify]") {
  const Breaks breaks{{0.0, 1.0, 2.0, 5.0}};
  CHECK(breaks.class_count() == 3);
  CHECK(breaks.class_of(0.0) == 0);
  CHECK(breaks.class_of(1.0) == 0);
  CHECK(breaks.class_of(1.0000001) == 1);
  CHECK(breaks.class_of(2.0) == 1);
  CHECK(breaks.class_of(5.0) == 2);
  SECTION("outside belongs to the end classes") {
    CHECK(breaks.class_of(-7.0) == 0);
    CHECK(breaks.class_of(7.0) == 2);
  }
  SECTION("undefined and infinite have none") {
    CHECK(breaks.class_of(undefined) == no_class);
    CHECK(breaks.class_of(infinite) == no_class);
    CHECK(breaks.class_of(-infinite) == no_class);
    CHECK(Breaks{}.class_of(1.0) == no_class);
  }
  SECTION("all at once is one by one") {
    std::vector<double> values = random_values(1001, 5);
    values[3] = undefined;
    values[4] = infinite;
    values[5] = -infinite;
    const Breaks seven = quantile_breaks(values, 7);
    const std::vector<std::uint8_t> classes = classes_of(seven, values);
    for (std::size_t i = 0; i < values.size(); ++i) CHECK(classes[i] == seven.class_of(values[i]));
    CHECK(classes_of(Breaks{}, values) == std::vector<std::uint8_t>(values.size(), no_class));
  }
}

TEST_CASE("equal intervals", "[carto][classify]") {
  const std::array values{3.0, 7.0, undefined, 11.0, 5.0};
  CHECK(equal_interval_breaks(values, 4).edges == std::vector{3.0, 5.0, 7.0, 9.0, 11.0});
}

TEST_CASE("quantiles", "[carto][classify]") {
  SECTION("worked example: ranks 2, 3, 5 of five values are edges at ceil(i 5 / 3)") {
    const std::array values{50.0, 10.0, 40.0, 20.0, 30.0};
    CHECK(quantile_breaks(values, 3).edges == std::vector{10.0, 20.0, 40.0, 50.0});
  }
  SECTION("classes are as even as can be") {
    const std::vector<double> values = random_values(1000, 1);
    const Breaks breaks = quantile_breaks(values, 7);
    std::array<std::size_t, 7> counts{};
    for (const double value : values) ++counts[breaks.class_of(value)];
    for (const std::size_t count : counts) CHECK((count == 142 || count == 143));
  }
  SECTION("ties are never parted: fewer classes") {
    const std::array values{0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0};
    CHECK(quantile_breaks(values, 4).edges == std::vector{0.0, 0.0, 2.0});
  }
}

TEST_CASE("head and tail", "[carto][classify]") {
  SECTION(
      "worked example: mean of all 3.7 with 2 above, mean of those 12 with 1 above, half: stop") {
    const std::array values{1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 2.0, 8.0, 16.0};
    CHECK(head_tail_breaks(values, 5).edges == std::vector{1.0, 3.7, 16.0});
  }
  SECTION("not more classes than asked for") {
    std::vector<double> values;
    for (int i = 1; i <= 2000; ++i) values.push_back(1.0 / i);
    CHECK(head_tail_breaks(values, 3).class_count() == 3);
    CHECK(head_tail_breaks(values, 5).class_count() == 5);
  }
  SECTION("a light tail is not cut") {
    const std::array values{1.0, 2.0, 3.0, 4.0};
    CHECK(head_tail_breaks(values, 5).edges == std::vector{1.0, 4.0});
  }
}

TEST_CASE("diverging classes", "[carto][classify]") {
  SECTION("equal steps, even: the midpoint is an edge") {
    const std::array values{-1.0, 0.0, 4.0};
    CHECK(diverging_breaks(values, 0.0, 4, DivergingSteps::equal).edges ==
          std::vector{-4.0, -2.0, 0.0, 2.0, 4.0});
  }
  SECTION("equal steps, odd: the middle class lies round the midpoint") {
    const std::array values{-5.0, 0.0, 1.0};
    CHECK(diverging_breaks(values, 0.0, 5, DivergingSteps::equal).edges ==
          std::vector{-5.0, -3.0, -1.0, 1.0, 3.0, 5.0});
  }
  SECTION("ratio steps mirror in the logarithm") {
    const std::array values{0.0, 0.5, 1.0, 4.0};
    const Breaks breaks = diverging_breaks(values, 1.0, 4, DivergingSteps::ratio);
    REQUIRE(breaks.edges.size() == 5);
    CHECK_THAT(breaks.edges[0], WithinRel(0.25, 1e-12));
    CHECK_THAT(breaks.edges[1], WithinRel(0.5, 1e-12));
    CHECK(breaks.edges[2] == 1.0);
    CHECK_THAT(breaks.edges[3], WithinRel(2.0, 1e-12));
    CHECK_THAT(breaks.edges[4], WithinRel(4.0, 1e-12));
    CHECK(breaks.class_of(0.0) == 0);
  }
  SECTION("quantile steps: an outlier does not empty the middle, edges still mirror") {
    const std::array values{-1.0, 1.0, -2.0, 2.0, 3.0, -3.0, 4.0, 1000.0};
    const Breaks breaks = diverging_breaks(values, 0.0, 4, DivergingSteps::quantile);
    CHECK(breaks.edges == std::vector{-1000.0, -2.0, 0.0, 2.0, 1000.0});
  }
  SECTION("nothing deviates") {
    CHECK(diverging_breaks(std::array{1.0, 1.0}, 1.0, 6, DivergingSteps::ratio).edges ==
          std::vector{1.0, 1.0});
  }
  SECTION("one class holds the midpoint") {
    CHECK(diverging_breaks(std::array{2.0, 3.0}, 1.0, 1, DivergingSteps::equal).edges ==
          std::vector{1.0, 3.0});
  }
  SECTION("a ratio needs a positive midpoint") {
    CHECK_THROWS_AS(diverging_breaks(std::array{1.0}, 0.0, 4, DivergingSteps::ratio),
                    std::logic_error);
  }
}

TEST_CASE("breaks of little or nothing", "[carto][classify]") {
  for (const BreakMethodEntry& entry : break_methods()) {
    INFO(entry.id);
    CHECK(make_breaks(entry.method, {}, 5).edges.empty());
    CHECK(make_breaks(entry.method, std::array{undefined, infinite}, 5).edges.empty());
    const Breaks same = make_breaks(entry.method, std::array{3.0, undefined, 3.0}, 5, 3.0);
    CHECK(same.edges == std::vector{3.0, 3.0});
    CHECK(same.class_of(3.0) == 0);
    CHECK_THROWS_AS(make_breaks(entry.method, std::array{1.0}, 0), std::logic_error);
    CHECK_THROWS_AS(make_breaks(entry.method, std::array{1.0}, 33), std::logic_error);
    CHECK(break_method(entry.id) == entry.method);
  }
  CHECK_THROWS_AS(break_method("naturl"), quartier::InputError);
}

TEST_CASE("every method gives ascending edges that hold all values", "[carto][classify]") {
  const std::vector<double> values = random_values(500, 9);
  for (const BreakMethodEntry& entry : break_methods()) {
    for (std::size_t count = 1; count <= 12; ++count) {
      const Breaks breaks = make_breaks(entry.method, values, count, 5.0);
      INFO(entry.id << " " << count);
      CHECK(breaks.class_count() <= count);
      for (std::size_t i = 1; i < breaks.edges.size(); ++i) {
        if (i > 1) CHECK(breaks.edges[i] > breaks.edges[i - 1]);
        CHECK(breaks.edges[i] >= breaks.edges[i - 1]);
      }
      for (const double value : values) CHECK(breaks.class_of(value) < count);
    }
  }
}

TEST_CASE("breaks by hand", "[carto][classify]") {
  CHECK(manual_breaks({0.0, 0.5, 1.0}).class_count() == 2);
  CHECK_THROWS_AS(manual_breaks({1.0}), quartier::InputError);
  CHECK_THROWS_AS(manual_breaks({1.0, 1.0}), quartier::InputError);
  CHECK_THROWS_AS(manual_breaks({2.0, 1.0}), quartier::InputError);
  CHECK_THROWS_AS(manual_breaks({0.0, undefined}), quartier::InputError);
}
