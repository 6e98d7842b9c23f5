#include "metrics/gaps.h"

#include <array>
#include <cmath>

#include "base/number.h"
#include "base/parallel.h"
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

TEST_CASE("bootstrap over districts", "[metrics][gaps]") {
  const std::array first{10.0, 30.0, 20.0, 0.0};
  const std::array second{30.0, 10.0, 40.0, 0.0};
  const std::array places{4.0, 2.0, 9.0, 7.0};
  const std::array<std::span<const double>, 2> columns{first, second};
  const auto gap = [&](GroupColumns c) { return access_gap(c[0], c[1], places).difference; };

  SECTION("districts are drawn whole: n of n with replacement, of those where anybody lives") {
    const auto districts = [&](GroupColumns c) {
      double times = 0.0;
      for (std::size_t i = 0; i < 3; ++i) {
        const double drawn = c[0][i] / first[i];
        CHECK(drawn == std::floor(drawn));
        CHECK(c[1][i] == drawn * second[i]);
        times += drawn;
      }
      CHECK(c[0][3] == 0.0);
      return times;
    };
    set_thread_count(1);
    const BootstrapResult result = bootstrap_districts(columns, 50, 1, 0.95, districts);
    set_thread_count(0);
    CHECK(result.lower == 3.0);
    CHECK(result.upper == 3.0);
  }
  SECTION("worked example: two districts, all of the group in one of them") {
    // drawn twice the first: 1/4 of draws; once each: 1/2; twice the second: 1/4
    const std::array one{10.0, 0.0};
    const std::array both{10.0, 10.0};
    const std::array<std::span<const double>, 2> two{one, both};
    const BootstrapResult result = bootstrap_districts(two, 4000, 7, 0.9, [](GroupColumns c) {
      return access_gap(c[0], c[1], std::array{4.0, 2.0}).difference;
    });
    CHECK(result.observed == 1.0);
    CHECK(result.draw_count < 4000);  // nobody of the group is drawn in a quarter of the draws
    CHECK(std::abs(static_cast<double>(result.draw_count) - 3000.0) < 150.0);
    CHECK(std::abs(result.mean - 2.0 / 3.0) < 0.05);
    CHECK(result.lower == 0.0);
    CHECK(result.upper == 1.0);
  }
  SECTION("the same bits for any number of threads, other draws for another seed") {
    const BootstrapResult once = bootstrap_districts(columns, 200, 3, 0.95, gap);
    for (const std::size_t threads : {1U, 2U, 7U}) {
      set_thread_count(threads);
      CHECK(bootstrap_districts(columns, 200, 3, 0.95, gap).draws == once.draws);
    }
    set_thread_count(0);
    CHECK(bootstrap_districts(columns, 200, 4, 0.95, gap).draws != once.draws);
    CHECK(once.lower <= once.observed);
    CHECK(once.observed <= once.upper);
  }
  SECTION("where nobody lives there is nothing to draw") {
    const std::array nobody{0.0, 0.0, 0.0, 0.0};
    const std::array<std::span<const double>, 2> empty{nobody, nobody};
    const BootstrapResult result = bootstrap_districts(empty, 10, 1, 0.95, gap);
    CHECK(result.draw_count == 0);
    CHECK(std::isnan(result.lower));
  }
}

TEST_CASE("districts where a group lacks most", "[metrics][gaps]") {
  SECTION("worked example below 5: 10 lack 4 each, 30 lack 3 each; 4 lack nothing") {
    const std::array persons{10.0, 30.0, 4.0, 0.0, 9.0};
    const std::array places{1.0, 2.0, 5.0, 0.0, undefined};
    const auto found = largest_shortfalls(persons, places, 5.0, PoorSide::below, 10);
    REQUIRE(found.size() == 2);
    CHECK(found[0].district == 1);
    CHECK(found[0].each == 3.0);
    CHECK(found[0].together == 90.0);
    CHECK(found[1].district == 0);
    CHECK(found[1].together == 40.0);
    CHECK(largest_shortfalls(persons, places, 5.0, PoorSide::below, 1).size() == 1);
  }
  SECTION("farther than 500 m: who has no way comes first, more people before fewer") {
    const std::array persons{10.0, 30.0, 5.0, 6.0};
    const auto found = largest_shortfalls(
        persons, std::array{600.0, 500.0, unreachable, unreachable}, 500.0, PoorSide::above, 9);
    REQUIRE(found.size() == 3);
    CHECK(found[0].district == 3);
    CHECK(found[1].district == 2);
    CHECK(std::isinf(found[1].together));
    CHECK(found[2].together == 1000.0);
  }
}
