#include "metrics/gaps.h"

#include <array>
#include <cmath>

#include "base/number.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {
constexpr double tolerance = 1e-12;
const std::array group{10.0, 30.0, 5.0, 1.0};
const std::array reference{30.0, 10.0, 0.0, 0.0};
const std::array cost{200.0, 600.0, unreachable, undefined};
}  // namespace

TEST_CASE("access of a group", "[metrics][gaps]") {
  SECTION("worked example: (10 * 200 + 30 * 600) / 40, five persons beside it, one unknown") {
    const GroupAccess access = group_access(group, cost);
    CHECK_THAT(access.mean, WithinAbs(500.0, tolerance));
    CHECK(access.persons == 46.0);
    CHECK(access.unreachable == 5.0);
    CHECK(access.unknown == 1.0);
  }
  SECTION("has no mean where nobody reaches anything") {
    CHECK(std::isnan(group_access(std::array{0.0, 0.0, 5.0, 0.0}, cost).mean));
    CHECK(std::isnan(group_access(std::array{0.0, 0.0, 0.0, 0.0}, cost).mean));
  }
}

TEST_CASE("share within a cutoff", "[metrics][gaps]") {
  SECTION("worked example: 10 of 45; who cannot reach anything is not within, not left out") {
    CHECK_THAT(share_within(group, cost, 200.0), WithinAbs(10.0 / 45.0, tolerance));
    CHECK_THAT(share_within(group, cost, 1e9), WithinAbs(40.0 / 45.0, tolerance));
  }
  SECTION("is undefined for nobody") {
    CHECK(std::isnan(share_within(std::array{0.0, 0.0, 0.0, 9.0}, cost, 1.0)));
  }
}

TEST_CASE("access gap", "[metrics][gaps]") {
  SECTION("worked example: 500 m against 300 m") {
    const AccessGap gap = access_gap(group, reference, cost);
    CHECK_THAT(gap.difference, WithinAbs(200.0, tolerance));
    CHECK_THAT(gap.ratio, WithinAbs(5.0 / 3.0, tolerance));
  }
  SECTION("changes sign with the sides") {
    CHECK_THAT(access_gap(reference, group, cost).difference, WithinAbs(-200.0, tolerance));
  }
  SECTION("has no ratio to a mean of zero, and nothing where either mean is missing") {
    const std::array nothing{0.0, 0.0, 0.0, 0.0};
    CHECK(std::isnan(access_gap(group, reference, nothing).ratio));
    CHECK(access_gap(group, reference, nothing).difference == 0.0);
    CHECK(std::isnan(access_gap(group, nothing, cost).difference));
    CHECK(std::isnan(access_gap(group, nothing, cost).ratio));
  }
}
