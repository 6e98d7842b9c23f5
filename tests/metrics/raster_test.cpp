#include "metrics/raster.h"

#include <rapidcheck.h>

#include <array>
#include <cmath>

#include "base/parallel.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

struct Picture {
  std::size_t width = 0;
  std::size_t kinds = 0;
  std::vector<std::int32_t> cells;
  std::vector<double> density{};

  [[nodiscard]] CategoryRaster raster() const {
    return {width, cells.size() / width, kinds, cells, density};
  }
  [[nodiscard]] std::vector<double> pairs() const {
    return co_occurrences(raster(), {0, 0, cells.size() / width, width});
  }
};

const Picture halves{4, 2, {0, 0, 1, 1, 0, 0, 1, 1}};
const Picture chequered{2, 2, {0, 1, 1, 0}};

}  // namespace

TEST_CASE("pairs of adjacent cells", "[metrics][raster]") {
  SECTION("worked example: four edges of 0-0, four of 1-1, two between, each from both sides") {
    CHECK(halves.pairs() == std::vector<double>{8.0, 2.0, 2.0, 8.0});
  }
  SECTION("no data breaks the pairs") {
    const Picture gap{3, 2, {0, no_category, 1}};
    CHECK(gap.pairs() == std::vector<double>{0.0, 0.0, 0.0, 0.0});
    CHECK(std::isnan(pair_information(gap.pairs()).entropy));
  }
  SECTION("with densities each side counts as the mean of the two cells") {
    const Picture dense{3, 2, {0, 0, 1}, {1.0, 3.0, 6.0}};
    CHECK(dense.pairs() == std::vector<double>{4.0, 4.5, 4.5, 0.0});
  }
  SECTION("within a window only") {
    CHECK(co_occurrences(halves.raster(), {0, 1, 2, 2}) == std::vector<double>{2.0, 2.0, 2.0, 2.0});
  }
  SECTION("broken promises") {
    CHECK_THROWS_AS(co_occurrences(halves.raster(), {0, 3, 2, 2}), std::logic_error);
    const Picture wrong{2, 2, {0, 2}};
    CHECK_THROWS_AS(wrong.pairs(), std::logic_error);
    CHECK_THROWS_AS(pair_information(std::array{1.0, 2.0}), std::logic_error);
  }
}

TEST_CASE("information in pairs", "[metrics][raster]") {
  SECTION("worked example: 0.4, 0.1, 0.1, 0.4") {
    const PairInformation found = pair_information(halves.pairs());
    const double joint = -0.8 * std::log(0.4) - 0.2 * std::log(0.1);
    CHECK_THAT(found.entropy, WithinAbs(std::log(2.0), tolerance));
    CHECK_THAT(found.joint, WithinAbs(joint, tolerance));
    CHECK_THAT(found.conditional, WithinAbs(joint - std::log(2.0), tolerance));
    CHECK_THAT(found.mutual, WithinAbs(2.0 * std::log(2.0) - joint, tolerance));
    CHECK_THAT(found.relative, WithinAbs(2.0 - joint / std::log(2.0), tolerance));
  }
  SECTION("neighbours no more alike than by chance: 0") {
    const Picture rows{2, 2, {0, 0, 1, 1}};
    const PairInformation found = pair_information(rows.pairs());
    CHECK_THAT(found.mutual, WithinAbs(0.0, tolerance));
    CHECK_THAT(found.relative, WithinAbs(0.0, tolerance));
  }
  SECTION("a chequerboard: the neighbour is known, whichever way pairs are read") {
    const PairInformation ordered = pair_information(chequered.pairs());
    CHECK_THAT(ordered.relative, WithinAbs(1.0, tolerance));
    const PairInformation merged = pair_information(chequered.pairs(), PairOrder::unordered);
    CHECK_THAT(merged.joint, WithinAbs(0.0, tolerance));
    CHECK_THAT(merged.mutual, WithinAbs(2.0 * std::log(2.0), tolerance));
  }
  SECTION("one category: no diversity, and no relative information") {
    const Picture plain{2, 3, {1, 1, 1, 1}};
    const PairInformation found = pair_information(plain.pairs());
    CHECK(found.entropy == 0.0);
    CHECK(found.mutual == 0.0);
    CHECK(std::isnan(found.relative));
  }
}

TEST_CASE("windows of a raster", "[metrics][raster]") {
  SECTION("the whole raster is one window") {
    const auto whole = window_information(halves.raster(), {});
    REQUIRE(whole.size() == 1);
    CHECK(whole[0].information.mutual == pair_information(halves.pairs()).mutual);
  }
  SECTION("side by side, cut off at the far edge") {
    const auto windows = window_information(halves.raster(), {.size = 3});
    REQUIRE(windows.size() == 2);
    CHECK(windows[0].window.width == 3);
    CHECK(windows[1].window.width == 1);
    CHECK(windows[1].information.entropy == 0.0);
  }
  SECTION("overlapping") {
    CHECK(window_information(halves.raster(), {.size = 2, .shift = 1}).size() == 8);
  }
  SECTION("too little data") {
    const Picture holes{2, 2, {0, no_category, no_category, no_category}};
    const auto windows = window_information(holes.raster(), {});
    CHECK(windows[0].no_data == 0.75);
    CHECK(std::isnan(windows[0].information.entropy));
  }
  SECTION("no cells, no windows") { CHECK(window_information({}, {.size = 4}).empty()); }
}

TEST_CASE("information in pairs: what must hold", "[metrics][raster][property]") {
  CHECK(rc::check([] {
    Picture any;
    any.width = static_cast<std::size_t>(*rc::gen::inRange(1, 12));
    any.kinds = static_cast<std::size_t>(*rc::gen::inRange(1, 5));
    const auto count = any.width * static_cast<std::size_t>(*rc::gen::inRange(1, 12));
    for (std::size_t i = 0; i < count; ++i) {
      any.cells.push_back(*rc::gen::inRange(-1, static_cast<int>(any.kinds)));
    }
    const std::vector<double> pairs = any.pairs();
    double all = 0.0;
    for (std::size_t a = 0; a < any.kinds; ++a) {
      for (std::size_t b = 0; b < any.kinds; ++b) {
        all += pairs[a * any.kinds + b];
        RC_ASSERT(pairs[a * any.kinds + b] == pairs[b * any.kinds + a]);
      }
    }
    const PairInformation found = pair_information(pairs);
    if (all == 0.0) {
      RC_ASSERT(std::isnan(found.mutual));
      return;
    }
    RC_ASSERT(found.entropy >= 0.0);
    RC_ASSERT(found.entropy <= std::log(static_cast<double>(any.kinds)) + tolerance);
    RC_ASSERT(found.joint <= 2.0 * found.entropy + tolerance);
    RC_ASSERT(found.mutual >= 0.0 && found.mutual <= found.entropy);
    RC_ASSERT(std::abs(found.entropy - found.conditional - found.mutual) < tolerance);
    RC_ASSERT(std::abs(found.joint - found.entropy - found.conditional) < tolerance);
    const PairInformation merged = pair_information(pairs, PairOrder::unordered);
    RC_ASSERT(merged.joint <= found.joint + tolerance);
    RC_ASSERT(merged.mutual >= found.mutual - tolerance);
  }));
}

TEST_CASE("windows: the same bits for any number of threads", "[metrics][raster]") {
  Picture large{300, 4, {}};
  for (std::size_t i = 0; i < 90'000; ++i) {
    large.cells.push_back(static_cast<std::int32_t>((i * 7919 / 31) % 4));
  }
  set_thread_count(1);
  const auto once = window_information(large.raster(), {.size = 10});
  REQUIRE(once.size() == 900);
  for (const std::size_t threads : {2U, 7U}) {
    set_thread_count(threads);
    const auto again = window_information(large.raster(), {.size = 10});
    for (std::size_t w = 0; w < once.size(); ++w) {
      CHECK(again[w].information.mutual == once[w].information.mutual);
    }
  }
  set_thread_count(0);
}
