#include "metrics/access_composite.h"

#include <rapidcheck.h>

#include <array>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

}  // namespace

TEST_CASE("composite of relative access", "[metrics][access]") {
  // 100, 300 and 0 people
  const std::array people{100.0, 300.0, 0.0};
  const std::array libraries{4.0, 8.0, 2.0};      // mean 7
  const std::array schools{300.0, 100.0, 600.0};  // mean 150

  SECTION("worked example: 3/4 (4/7, 8/7, 2/7) + 1/4 (2, 2/3, 4)") {
    const std::array parts{CompositeService{libraries, 3.0}, CompositeService{schools, 1.0}};
    const std::vector<double> composite = relative_composite(parts, people);
    REQUIRE(composite.size() == 3);
    CHECK_THAT(composite[0], WithinAbs(13.0 / 14.0, tolerance));
    CHECK_THAT(composite[1], WithinAbs(43.0 / 42.0, tolerance));
    CHECK_THAT(composite[2], WithinAbs(17.0 / 14.0, tolerance));
  }
  SECTION("a service that weighs nothing is left out, even where nobody reaches it") {
    const std::array none{0.0, 0.0, undefined};
    const std::array parts{CompositeService{libraries, 2.0}, CompositeService{none, 0.0}};
    CHECK_THAT(relative_composite(parts, people)[1], WithinAbs(8.0 / 7.0, tolerance));
  }
  SECTION("nothing is compared with a service that nobody reaches, or with nobody") {
    const std::array none{0.0, 0.0, 5.0};
    const std::array parts{CompositeService{libraries, 1.0}, CompositeService{none, 1.0}};
    for (const double value : relative_composite(parts, people)) CHECK(std::isnan(value));
    const std::array one{CompositeService{libraries, 1.0}};
    for (const double value : relative_composite(one, std::array{0.0, 0.0, 0.0})) {
      CHECK(std::isnan(value));
    }
  }
  SECTION("unknown access is unknown there, and no part of the mean") {
    const std::array some{4.0, undefined, 2.0};
    const std::array parts{CompositeService{some, 1.0}};
    const std::vector<double> composite = relative_composite(parts, people);
    CHECK(composite[0] == 1.0);
    CHECK(std::isnan(composite[1]));
    CHECK(composite[2] == 0.5);
  }
  SECTION("weights that are none") {
    const std::array negative{CompositeService{libraries, -1.0}};
    CHECK_THROWS_AS(relative_composite(negative, people), InputError);
    const std::array nothing{CompositeService{libraries, 0.0}};
    CHECK_THROWS_AS(relative_composite(nothing, people), InputError);
    CHECK_THROWS_AS(relative_composite(std::array{CompositeService{libraries, 1.0}},
                                       std::span(people).first(2)),
                    std::logic_error);
  }
}

TEST_CASE("properties of the composite", "[metrics][access][property]") {
  CHECK(rc::check("its mean over people is 1, in whatever unit access is", [] {
    const auto n = static_cast<std::size_t>(*rc::gen::inRange(1, 30));
    const auto numbers = [&](int least) {
      std::vector<double> values(n);
      for (double& value : values) value = *rc::gen::inRange(least, 1000);
      return values;
    };
    const std::vector<double> people = numbers(1);
    const std::vector<double> first = numbers(1);
    std::vector<double> second = numbers(0);
    second[0] += 1.0;
    const double weight = *rc::gen::inRange(0, 10);
    const std::array parts{CompositeService{first, 1.0}, CompositeService{second, weight}};
    const std::vector<double> composite = relative_composite(parts, people);
    double sum = 0.0;
    double persons = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      sum += people[i] * composite[i];
      persons += people[i];
    }
    RC_ASSERT(std::abs(sum / persons - 1.0) < 1e-12);
    for (double& value : second) value *= 1000.0;
    const std::vector<double> scaled = relative_composite(parts, people);
    for (std::size_t i = 0; i < n; ++i) {
      RC_ASSERT(std::abs(scaled[i] - composite[i]) <= 1e-12 * composite[i]);
    }
  }));
}
