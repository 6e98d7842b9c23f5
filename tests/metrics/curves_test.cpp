#include "metrics/curves.h"

#include <rapidcheck.h>

#include <cmath>

#include "base/number.h"
#include "metrics/evenness.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

TEST_CASE("a segregation curve worked out by hand", "[curves]") {
  // Shares of the group: 0, 1/4, 1. A quarter of the reference lives where nobody of the group
  // does, then three quarters beside one third of it, then two thirds alone.
  const std::vector<double> group{1, 2, 0};
  const std::vector<double> reference{3, 0, 1};
  const std::vector<double> curve = segregation_curve(group, reference, 5);
  REQUIRE(curve.size() == 5);
  CHECK(curve[0] == 0.0);
  CHECK(curve[1] == 0.0);
  CHECK(curve[2] == Approx(1.0 / 9));
  CHECK(curve[3] == Approx(2.0 / 9));
  CHECK(curve[4] == 1.0);
}

TEST_CASE("an even spread is the diagonal, and nobody has no curve", "[curves]") {
  const std::vector<double> curve =
      segregation_curve(std::vector<double>{2, 4}, std::vector<double>{3, 6}, 3);
  CHECK(curve[0] == 0.0);
  CHECK(curve[1] == Approx(0.5));
  CHECK(curve[2] == 1.0);
  for (const double y :
       segregation_curve(std::vector<double>{0, 0}, std::vector<double>{3, 6}, 3)) {
    CHECK(std::isnan(y));
  }
}

TEST_CASE("curves rise, stay below the diagonal, and come no farther from it than D", "[curves]") {
  rc::check("segregation curves", [] {
    const auto n = *rc::gen::inRange<std::size_t>(1, 12);
    const auto counts = rc::gen::container<std::vector<int>>(n, rc::gen::inRange(0, 60));
    const std::vector<int> xs = *counts;
    const std::vector<int> ys = *counts;
    const std::vector<double> x(xs.begin(), xs.end());
    const std::vector<double> y(ys.begin(), ys.end());
    const std::vector<double> curve = segregation_curve(x, y, 21);
    const double d = dissimilarity_index(x, y);
    if (!is_defined(d)) {
      for (const double value : curve) RC_ASSERT(std::isnan(value));
      return;
    }
    for (std::size_t l = 0; l + 1 < curve.size(); ++l) {
      const double diagonal = static_cast<double>(l) / 20.0;
      RC_ASSERT(curve[l] <= curve[l + 1]);
      RC_ASSERT(curve[l] <= diagonal + 1e-12);
      RC_ASSERT(diagonal - curve[l] <= d + 1e-12);
    }
  });
}
