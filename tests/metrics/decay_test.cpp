#include "metrics/decay.h"

#include <cmath>
#include <numbers>

#include "base/error.h"
#include "base/number.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {
constexpr double tolerance = 1e-15;
}

TEST_CASE("decays at chosen costs", "[metrics][decay]") {
  SECTION("binary: 1 up to the cutoff, which belongs to it") {
    const Decay decay = decay_of("binary", 800.0);
    CHECK(decay.weight(0.0) == 1.0);
    CHECK(decay.weight(800.0) == 1.0);
    CHECK(decay.weight(800.1) == 0.0);
  }
  SECTION("linear") {
    const Decay decay = decay_of("linear", 30.0);
    CHECK(decay.weight(0.0) == 1.0);
    CHECK_THAT(decay.weight(7.5), WithinAbs(0.75, tolerance));
    CHECK(decay.weight(30.0) == 0.0);
    CHECK(decay_of("linear", 0.0).weight(0.0) == 1.0);
  }
  SECTION("power is 1 at the door and never more") {
    const Decay decay = decay_of("power:2", unreachable);
    CHECK(decay.weight(0.0) == 1.0);
    CHECK(decay.weight(0.5) == 1.0);
    CHECK_THAT(decay.weight(4.0), WithinAbs(1.0 / 16.0, tolerance));
  }
  SECTION("exponential and Gaussian") {
    CHECK_THAT(decay_of("exponential:0.1", 60.0).weight(10.0),
               WithinAbs(0.36787944117144233, tolerance));
    CHECK_THAT(decay_of("gaussian:20", 60.0).weight(20.0),
               WithinAbs(0.60653065971263342, tolerance));
    CHECK(decay_of("gaussian:20", 60.0).weight(60.5) == 0.0);
  }
  SECTION("steps: a cost on a boundary lies in the inner band, or in the outer one if so said") {
    const Decay inner = decay_of("step:10=1,20=0.5,30=0.25", unreachable);
    const Decay outer = decay_of("step:10=1,20=0.5,30=0.25,outer", unreachable);
    CHECK(inner.weight(10.0) == 1.0);
    CHECK(outer.weight(10.0) == 0.5);
    CHECK(inner.weight(10.1) == 0.5);
    CHECK(inner.weight(30.0) == 0.25);
    CHECK(outer.weight(30.0) == 0.0);
    CHECK(inner.weight(31.0) == 0.0);
  }
  SECTION("logistic is 1 at 0 and about a half at the median") {
    const Decay decay = decay_of("logistic:30,10", unreachable);
    CHECK(decay.weight(0.0) == 1.0);
    const double g0 = 1.0 + std::exp(-30.0 * std::numbers::pi / (10.0 * std::sqrt(3.0)));
    CHECK_THAT(decay.weight(30.0), WithinAbs(g0 / 2.0, tolerance));
    CHECK(decay.weight(1e9) == 0.0);
  }
  SECTION("Epanechnikov") {
    const Decay decay = decay_of("epanechnikov", 30.0);
    CHECK(decay.weight(0.0) == 0.75);
    CHECK_THAT(decay.weight(15.0), WithinAbs(0.5625, tolerance));
    CHECK(decay.weight(30.0) == 0.0);
  }
}

TEST_CASE("tables of decays", "[metrics][decay]") {
  SECTION("whole costs are seen in the unit shown to people") {
    const std::vector<double> table = decay_table(decay_of("linear", 0.5), CostUnit::second, 40);
    REQUIRE(table.size() == 41);
    CHECK(table[0] == 1.0);
    CHECK(table[15] == 0.5);
    CHECK(table[30] == 0.0);
    CHECK(table[31] == 0.0);
  }
  SECTION("a cutoff that binary cannot hold is reached") {
    const Decay decay = decay_of("binary", 4.35);
    const std::vector<double> table = decay_table(decay, CostUnit::millimetre, 5000);
    CHECK(table[4350] == 1.0);
    CHECK(table[4351] == 0.0);
    for (std::uint32_t whole = 4340; whole < 4360; ++whole) {
      CHECK(table[whole] == whole_weight(decay, CostUnit::millimetre, whole));
    }
  }
}

TEST_CASE("words of decays", "[metrics][decay]") {
  SECTION("what is written says what was computed") {
    CHECK(text_of(decay_of("gaussian:1000", 3200.0), CostUnit::millimetre) ==
          "gaussian(s=1000), cutoff=3200 m");
    CHECK(text_of(decay_of("exponential:0.1", unreachable), CostUnit::second) ==
          "exponential(b=0.1)");
    CHECK(text_of(decay_of("logistic:30,10", 60.0), CostUnit::second) ==
          "logistic(m=30, s=10), cutoff=60 min");
    CHECK(text_of(decay_of("step:10=1,20=0.5", 20.0), CostUnit::second) ==
          "step(1 for <=10, 0.5 for <=20), cutoff=20 min");
    CHECK(text_of(decay_of("step:10=1,outer", 20.0), CostUnit::second) ==
          "step(1 for <10), cutoff=20 min");
    CHECK(text_of(decay_of("Binary", 15.0), CostUnit::second) == "binary, cutoff=15 min");
  }
  SECTION("a shape without parameters takes its width from the cutoff") {
    CHECK_THAT(decay_of("gaussian", 800.0).weight(800.0), WithinAbs(0.01, 1e-15));
    CHECK_THAT(decay_of("exponential", 800.0).weight(800.0), WithinAbs(0.01, 1e-15));
    CHECK(decay_of("logistic", 60.0).median == 30.0);
    CHECK(decay_of("logistic", 60.0).parameter == 10.0);
    CHECK(decay_of("power", 60.0).weight(4.0) == 0.25);
  }
  SECTION("what cannot be meant is refused, by name") {
    CHECK_THROWS_WITH(decay_of("gausian:10", 30.0), Catch::Contains("gausian"));
    CHECK_THROWS_AS(decay_of("gaussian", unreachable), InputError);
    CHECK_THROWS_AS(decay_of("step", 30.0), InputError);
    CHECK_THROWS_AS(decay_of("gaussian:0", 30.0), InputError);
    CHECK_THROWS_AS(decay_of("gaussian:a", 30.0), InputError);
    CHECK_THROWS_AS(decay_of("power:-1", 30.0), InputError);
    CHECK_THROWS_AS(decay_of("binary:1", 30.0), InputError);
    CHECK_THROWS_AS(decay_of("linear", unreachable), InputError);
    CHECK_THROWS_AS(decay_of("binary", -1.0), InputError);
    CHECK_THROWS_AS(decay_of("logistic:30", 60.0), InputError);
    CHECK_THROWS_AS(decay_of("step:10", 60.0), InputError);
    CHECK_THROWS_AS(decay_of("step:20=1,10=0.5", 60.0), InputError);
    CHECK_THROWS_AS(decay_of("step:10=-1", 60.0), InputError);
    CHECK_THROWS_AS(decay_of("", 60.0), InputError);
  }
}
