// Saved ways: what is written is read, and nothing else is.

#include "io/cost_file.h"

#include <algorithm>
#include <array>
#include <random>

#include "base/error.h"
#include "io/checksum.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::io;

namespace {

const std::string key(64, 'a');
constexpr std::size_t header_size = 8 + 4 + 4 + 8 + 64 + 64;

/// Random costs, sparse or dense, with nearest sites.
Impedance random_ways(std::mt19937& random, std::size_t origins, std::size_t sites, double listed) {
  std::vector<std::uint32_t> table;
  for (std::size_t k = 0; k < origins * sites; ++k) {
    const bool way = static_cast<double>(random() % 1000) < listed * 1000.0;
    const bool large = listed < 0.5 && random() % 4 == 0;
    table.push_back(!way    ? no_cost
                    : large ? static_cast<std::uint32_t>(random() % greatest_cost)
                            : static_cast<std::uint32_t>(random() % 5000));
  }
  Impedance ways;
  ways.costs = TravelCosts::of_table(CostUnit::second, origins, sites, table);
  ways.costs.limit = greatest_cost;
  for (std::size_t i = 0; i < origins; ++i) {
    const bool reached = sites > 0 && random() % 5 != 0;
    ways.nearest.cost.push_back(reached ? static_cast<std::uint32_t>(random() % 90000) : no_cost);
    ways.nearest.site.push_back(reached ? static_cast<std::uint32_t>(random() % sites) : no_index);
  }
  if (listed >= 0.5) {
    ways.window = {60, 1800, std::vector<std::uint8_t>(origins * sites)};
    for (std::uint8_t& count : ways.window.within) count = static_cast<std::uint8_t>(random() % 61);
  }
  return ways;
}

bool same(const Impedance& a, const Impedance& b) {
  return a.costs.unit == b.costs.unit && a.costs.origin_count == b.costs.origin_count &&
         a.costs.site_count == b.costs.site_count && a.costs.limit == b.costs.limit &&
         a.costs.start.size() == b.costs.start.size() &&
         (a.costs.is_dense() || a.costs.start == b.costs.start) &&
         a.costs.origin == b.costs.origin && a.costs.cost == b.costs.cost &&
         a.costs.rows == b.costs.rows && a.nearest.cost == b.nearest.cost &&
         a.nearest.site == b.nearest.site && a.window.departures == b.window.departures &&
         a.window.cutoff == b.window.cutoff && a.window.within == b.window.within;
}

/// The file with a checksum that fits its content again.
std::string sealed(std::string bytes) {
  return bytes.replace(header_size - 64, 64, sha256_of_text(bytes.substr(header_size)));
}

std::vector<Impedance> sample() {
  std::mt19937 random(7);
  return {random_ways(random, 40, 6, 0.2), random_ways(random, 30, 5, 0.9)};
}

}  // namespace

TEST_CASE("saved ways are read as they were written", "[io][cost_file]") {
  std::mt19937 random(1);
  std::vector<Impedance> ways;
  for (const double listed : {0.0, 0.01, 0.3, 0.6, 1.0}) {
    for (const std::size_t sites : {std::size_t{0}, std::size_t{1}, std::size_t{9}}) {
      for (const std::size_t origins : {std::size_t{0}, std::size_t{1}, std::size_t{70}}) {
        ways.push_back(random_ways(random, origins, sites, listed));
      }
    }
  }
  CHECK(std::any_of(ways.begin(), ways.end(), [](const auto& w) { return w.costs.is_dense(); }));
  ways.emplace_back();
  ways.back().costs = ways.front().costs;
  const std::vector<Impedance> read = ways_of_cost_file(cost_file_bytes(key, ways), key, "ways");
  REQUIRE(read.size() == ways.size());
  for (std::size_t k = 0; k < ways.size(); ++k) {
    INFO(k);
    CHECK(same(read[k], ways[k]));
  }
  CHECK(ways_of_cost_file(cost_file_bytes(key, {}), key, "ways").empty());

  const test::ScratchFolder folder;
  const std::filesystem::path file = folder.path() / "a.qcost";
  write_cost_file(file, key, ways);
  CHECK(read_cost_file(file, key).size() == ways.size());
  CHECK_THROWS_AS(read_cost_file(folder.path() / "b.qcost", key), InputError);
  CHECK_THROWS_WITH(read_cost_file(file, std::string(64, 'b')),
                    Catch::Matchers::Contains("other inputs or settings"));
}

TEST_CASE("the layout is that of docs/formats/travel_costs.md", "[io][cost_file]") {
  Impedance ways;
  ways.costs.unit = CostUnit::metre;
  ways.costs.origin_count = 300;
  ways.costs.site_count = 1;
  ways.costs.limit = 800;
  ways.costs.start = {0, 2};
  ways.costs.origin = {3, 299};
  ways.costs.cost = {5, 128};
  const std::string bytes = cost_file_bytes(key, std::vector{ways});
  const std::string expected{1,   0, 0, 0,    0x20, 3, 0, 0, 0x2C, 1, 0, 0, 0, 0, 0, 0, 1,
                             0,   0, 0, 0,    0,    0, 0, 2, 0,    0, 0, 0, 0, 0, 0, 2, 3,
                             -89, 2, 5, -128, 1,    0, 0, 0, 0,    0, 0, 0, 0, 0, 0, 0, 0};
  CHECK(bytes.substr(header_size) == expected);
  CHECK(bytes.substr(0, 16) == std::string("QCOST\r\n\x1a\2\0\0\0\1\0\0\0", 16));
  ways.costs = TravelCosts::of_table(CostUnit::second, 2, 1, std::array{7U, no_cost});
  ways.window = {60, 900, {60, 3}};
  const std::string counted = cost_file_bytes(key, std::vector{ways});
  CHECK(counted.substr(counted.size() - 10) ==
        std::string{60, 0, 0, 0, static_cast<char>(0x84), 3, 0, 0, 60, 3});
}

TEST_CASE("a damaged file is refused", "[io][cost_file]") {
  const std::vector<Impedance> ways = sample();
  const std::string whole = cost_file_bytes(key, ways);
  for (std::size_t size = 0; size < whole.size(); size += size < 200 ? 1 : 13) {
    CHECK_THROWS_AS(ways_of_cost_file(std::string_view(whole).substr(0, size), key, "w"),
                    InputError);
  }
  CHECK_THROWS_AS(ways_of_cost_file(whole + "x", key, "w"), InputError);
  std::mt19937 random(3);
  for (int round = 0; round < 500; ++round) {
    std::string bytes = whole;
    const std::size_t at =
        round < 200 ? static_cast<std::size_t>(round) % bytes.size() : random() % bytes.size();
    bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1u << (random() % 8)));
    INFO(at);
    CHECK_THROWS_AS(ways_of_cost_file(bytes, key, "w"), InputError);
  }
}

TEST_CASE("a hostile file with a checksum of its own is refused, or holds sound ways",
          "[io][cost_file]") {
  const std::string whole = cost_file_bytes(key, sample());
  std::mt19937 random(5);
  std::size_t refused = 0;
  for (int round = 0; round < 1000; ++round) {
    std::string bytes = whole;
    for (auto change = random() % 3 + 1; change > 0; --change) {
      const std::size_t at =
          header_size + random() % (round % 2 == 0 ? 60 : bytes.size() - header_size);
      bytes[at] = static_cast<char>(random());
    }
    try {
      for (const Impedance& way : ways_of_cost_file(sealed(bytes), key, "w")) {
        const TravelCosts& costs = way.costs;
        REQUIRE(costs.start.size() == costs.site_count + 1);
        REQUIRE(costs.origin.size() == costs.cost.size());
        REQUIRE(costs.start.back() == costs.origin.size());
        for (std::size_t j = 0; j < costs.site_count && !costs.is_dense(); ++j) {
          std::size_t next = 0;
          for (const std::uint32_t origin : costs.origins_of(j)) {
            REQUIRE(origin >= next);
            REQUIRE(origin < costs.origin_count);
            next = origin + 1;
          }
        }
      }
    } catch (const InputError&) {
      ++refused;
    }
  }
  CHECK(refused > 100);

  SECTION("counts beyond the file make no room for themselves") {
    for (const std::size_t at : {8u, 16u, 24u}) {
      std::string bytes = whole;
      for (std::size_t byte = 0; byte < 8; ++byte) bytes[header_size + at + byte] = '\x7f';
      CHECK_THROWS_AS(ways_of_cost_file(sealed(bytes), key, "w"), InputError);
    }
    std::string bytes = whole;
    bytes[12] = '\x7f';
    CHECK_THROWS_AS(ways_of_cost_file(bytes, key, "w"), InputError);
  }
}
