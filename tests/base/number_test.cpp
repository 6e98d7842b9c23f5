#include "base/number.h"

#include <array>

#include "support/catch.h"

using namespace quartier;

TEST_CASE("a compensated sum keeps what a plain sum loses", "[base]") {
  const std::array terms{1.0, 1e100, 1.0, -1e100};
  CHECK(compensated_sum(terms) == 2.0);
}

TEST_CASE("undefined is not a number, and unreachable is", "[base]") {
  CHECK_FALSE(is_defined(undefined));
  CHECK(is_defined(unreachable));
}
