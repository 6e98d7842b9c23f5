#include "priority/normalise.h"

#include <array>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>

#include "base/error.h"
#include "base/number.h"
#include "base/random.h"
#include "base/text.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::priority;

namespace {

constexpr auto high = Direction::high_is_urgent;
constexpr auto low = Direction::low_is_urgent;

}  // namespace

TEST_CASE("normalisation by hand", "[priority]") {
  const std::array values{2.0, 4.0, undefined, 10.0, 4.0};
  SECTION("min-max: (4 - 2) / (10 - 2) = 1/4") {
    const auto v = normalised(values, high, Normalisation::min_max);
    CHECK(v[0] == 0.0);
    CHECK(v[1] == 0.25);
    CHECK(std::isnan(v[2]));
    CHECK(v[3] == 1.0);
    CHECK(normalised(values, low, Normalisation::min_max)[1] == 0.75);
  }
  SECTION("z-score: mean 5, deviations -3 -1 5 -1, squares 36 / 4 = 9, s = 3") {
    const auto v = normalised(values, high, Normalisation::z_score);
    CHECK_THAT(v[0], WithinAbs(-1.0, 1e-15));
    CHECK_THAT(v[3], WithinAbs(5.0 / 3.0, 1e-15));
    CHECK_THAT(normalised(values, low, Normalisation::z_score)[3], WithinAbs(-5.0 / 3.0, 1e-15));
  }
  SECTION("percentile rank: the two 4s share ranks 2 and 3, (2.5 - 1) / 3 = 1/2") {
    const auto v = normalised(values, high, Normalisation::percentile_rank);
    CHECK(v[0] == 0.0);
    CHECK(v[1] == 0.5);
    CHECK(v[4] == 0.5);
    CHECK(v[3] == 1.0);
    CHECK(normalised(values, low, Normalisation::percentile_rank)[3] == 0.0);
  }
}

TEST_CASE("normalisation at its edges", "[priority]") {
  const std::array same{0.1, 0.1, 0.1};
  CHECK(normalised(same, high, Normalisation::min_max) == std::vector{0.5, 0.5, 0.5});
  CHECK(normalised(same, low, Normalisation::z_score) == std::vector{0.0, 0.0, 0.0});
  CHECK(normalised(same, high, Normalisation::percentile_rank) == std::vector{0.5, 0.5, 0.5});
  CHECK(normalised(std::array{7.0}, high, Normalisation::percentile_rank)[0] == 0.5);
  CHECK(std::isnan(normalised(std::array{undefined}, high, Normalisation::min_max)[0]));
  CHECK(normalised({}, high, Normalisation::z_score).empty());
  CHECK(normalised(std::array{-1e308, 1e308}, high, Normalisation::min_max) ==
        std::vector{0.0, 1.0});
  CHECK_THROWS_AS(normalised(std::array{1.0, std::numeric_limits<double>::infinity()}, high,
                             Normalisation::min_max),
                  InputError);
}

TEST_CASE("properties of every normalisation", "[priority]") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    RandomStream stream(seed);
    std::vector<double> values(50);
    for (double& x : values) {
      x = stream.below(8) == 0 ? undefined : std::floor(stream.uniform() * 40.0);
    }
    std::vector<double> scaled = values;
    for (double& x : scaled) x = 4.0 * x + 8.0;
    for (const NormalisationEntry& entry : normalisation_table) {
      const auto v = normalised(values, high, entry.normalisation);
      const auto turned = normalised(values, low, entry.normalisation);
      const auto of_scaled = normalised(scaled, high, entry.normalisation);
      const double flip = entry.normalisation == Normalisation::z_score ? 0.0 : 1.0;
      for (std::size_t i = 0; i < values.size(); ++i) {
        REQUIRE(is_defined(v[i]) == is_defined(values[i]));
        if (!is_defined(v[i])) continue;
        CHECK_THAT(v[i] + turned[i], WithinAbs(flip, 1e-12));
        CHECK_THAT(of_scaled[i], WithinAbs(v[i], 1e-12));
        for (std::size_t j = 0; j < i; ++j) {
          if (values[j] < values[i]) CHECK(v[j] < v[i]);
        }
      }
    }
  }
}

TEST_CASE("values normalised by COINr", "[priority][oracle]") {
  const auto folder = quartier::test::shared("oracle/priority");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  // Columns of the expected values: 1 to 9 of S1, 10 to 18 of KI_16, in the order of the header.
  std::map<std::string, std::vector<std::string>> expected;
  std::ifstream in(folder / "coinr_normalised.csv");
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::string> cells;
    for (const auto cell : split(trimmed(line), ',')) cells.emplace_back(trimmed(cell));
    expected[cells.front()] = cells;
  }
  std::ifstream input(folder / "berlin_mss2021_input.csv");
  std::getline(input, line);
  std::vector<std::size_t> where;
  const std::string header(trimmed(line));
  for (const std::string name : {"PLR_ID", "S1", "KI_16", "valid"}) {
    const auto names = split(header, ',');
    for (std::size_t c = 0; c < names.size(); ++c) {
      if (names[c] == name) where.push_back(c);
    }
  }
  REQUIRE(where.size() == 4);
  std::vector<std::string> ids;
  std::vector<std::vector<double>> values(2);
  while (std::getline(input, line)) {
    const auto cells = split(trimmed(line), ',');
    if (cells[where[3]] != "1") continue;
    ids.emplace_back(cells[where[0]]);
    values[0].push_back(*parse_number(cells[where[1]]));
    values[1].push_back(*parse_number(cells[where[2]]));
  }
  REQUIRE(ids.size() == 536);
  REQUIRE(expected.size() == 536);
  const double to_population = std::sqrt(536.0 / 535.0);
  for (std::size_t k = 0; k < 2; ++k) {
    const auto mm = normalised(values[k], high, Normalisation::min_max);
    const auto z = normalised(values[k], high, Normalisation::z_score);
    const auto rank = normalised(values[k], high, Normalisation::percentile_rank);
    std::map<double, std::size_t> times;
    for (const double x : values[k]) ++times[x];
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const auto& row = expected.at(ids[i]);
      CHECK_THAT(1.0 + 99.0 * mm[i], WithinRel(*parse_number(row[9 * k + 1]), 1e-9));
      CHECK_THAT(z[i], WithinAbs(*parse_number(row[9 * k + 2]) * to_population, 1e-9));
      // COINr gives ties their lowest rank, we their mean rank.
      const double ties = static_cast<double>(times[values[k][i]] - 1) / 2.0 / 535.0;
      CHECK_THAT(rank[i], WithinAbs(*parse_number(row[9 * k + 4]) + ties, 1e-9));
    }
  }
}
