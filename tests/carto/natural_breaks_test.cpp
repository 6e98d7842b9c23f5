#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/number.h"
#include "base/random.h"
#include "carto/classify.h"
#include "support/catch.h"

using namespace quartier::carto;

namespace {

double deviation(std::span<const double> part) {
  double mean = 0.0;
  for (const double value : part) mean += value / static_cast<double>(part.size());
  double sum = 0.0;
  for (const double value : part) sum += (value - mean) * (value - mean);
  return sum;
}

/// The least sum of squares over every way to cut, one by one.
double least_by_trial(std::span<const double> sorted, std::size_t class_count) {
  if (class_count == 1) return deviation(sorted);
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t cut = 1; cut + class_count - 1 <= sorted.size(); ++cut) {
    least = std::min(
        least, deviation(sorted.first(cut)) + least_by_trial(sorted.subspan(cut), class_count - 1));
  }
  return least;
}

double sum_of(const Breaks& breaks, std::span<const double> sorted) {
  double sum = 0.0;
  for (std::size_t begin = 0; begin < sorted.size();) {
    std::size_t end = begin;
    while (end < sorted.size() && breaks.class_of(sorted[end]) == breaks.class_of(sorted[begin]))
      ++end;
    sum += deviation(sorted.subspan(begin, end - begin));
    begin = end;
  }
  return sum;
}

}  // namespace

TEST_CASE("natural breaks", "[carto][natural]") {
  SECTION("worked example: three clumps") {
    const std::array values{1.0, 2.0, 3.0, 10.0, 11.0, 12.0, 100.0, 101.0};
    CHECK(natural_breaks(values, 3).edges == std::vector{1.0, 3.0, 12.0, 101.0});
  }
  SECTION("weights of repeated values count: with 4 zeros the cut is after them") {
    const std::array values{0.0, 0.0, 0.0, 0.0, 4.0, 9.0};
    CHECK(natural_breaks(values, 2).edges == std::vector{0.0, 0.0, 9.0});
  }
  SECTION("of equally good cuts the lowest") {
    const std::array values{0.0, 1.0, 2.0};
    CHECK(natural_breaks(values, 2).edges == std::vector{0.0, 0.0, 2.0});
  }
  SECTION("no more distinct values than classes: each on its own") {
    const std::array values{5.0, 1.0, 5.0, 3.0};
    CHECK(natural_breaks(values, 7).edges == std::vector{1.0, 1.0, 3.0, 5.0});
    CHECK(natural_breaks(values, 1).edges == std::vector{1.0, 5.0});
  }
}

TEST_CASE("natural breaks are the optimum", "[carto][natural]") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    quartier::RandomStream random(seed);
    std::vector<double> values(4 + seed % 11);
    for (double& value : values) {
      // Ties in every third case.
      value = seed % 3 == 0 ? std::floor(8.0 * random.uniform()) : std::exp(4.0 * random.uniform());
    }
    std::sort(values.begin(), values.end());
    for (std::size_t count = 1; count <= 4; ++count) {
      INFO("seed " << seed << ", " << count << " classes");
      const double least = least_by_trial(values, count);
      CHECK_THAT(sum_of(natural_breaks(values, count), values), WithinAbs(least, 1e-9));
    }
  }
}

TEST_CASE("natural breaks do not depend on order, place or scale", "[carto][natural]") {
  quartier::RandomStream random(3);
  std::vector<double> values(3000);
  for (double& value : values) value = std::floor(1e6 * random.uniform() * random.uniform());
  const Breaks breaks = natural_breaks(values, 7);
  std::reverse(values.begin(), values.end());
  CHECK(natural_breaks(values, 7) == breaks);
  for (double& value : values) value += 1073741824.0;
  const Breaks moved = natural_breaks(values, 7);
  for (std::size_t i = 0; i < breaks.edges.size(); ++i) {
    CHECK(moved.edges[i] - 1073741824.0 == breaks.edges[i]);
  }
}
