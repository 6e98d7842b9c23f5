/// Costs by hierarchy against the reference values: the walk matrix of Porto Alegre and the sums of
/// the formula network.
#include <cstdint>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>
#include <vector>

#include "base/text.h"
#include "network/hierarchy.h"
#include "support/catch.h"
#include "support/formula_network.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::network;

namespace {

/// Some columns of a table of whole numbers, by their positions.
std::vector<std::vector<std::uint32_t>> columns_of(const std::filesystem::path& file,
                                                   const std::vector<std::size_t>& columns) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  std::vector<std::vector<std::uint32_t>> values(columns.size());
  while (std::getline(in, line)) {
    const auto cells = split(trimmed(line), ',');
    for (std::size_t c = 0; c < columns.size(); ++c) {
      values[c].push_back(static_cast<std::uint32_t>(std::stoul(std::string(cells[columns[c]]))));
    }
  }
  return values;
}

std::vector<std::uint32_t> words_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  std::vector<std::uint32_t> words(bytes.size() / 4, 0);
  for (std::size_t b = 0; b < 4 * words.size(); ++b) {
    words[b / 4] |= std::uint32_t{static_cast<unsigned char>(bytes[b])} << (8 * (b % 4));
  }
  return words;
}

}  // namespace

TEST_CASE("the walk matrix of Porto Alegre by hierarchy", "[network][hierarchy][oracle]") {
  const auto folder = test::shared("oracle/access/poa");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const auto edges = columns_of(folder / "poa_walk_edges.csv", {0, 1, 2});
  const std::vector<std::uint32_t> hexes = columns_of(folder / "poa_hex_snapped.csv", {7})[0];
  const std::vector<std::uint32_t> matrix = words_of(folder / "poa_walk_matrix_first200_u32.bin");
  REQUIRE(matrix.size() == 200 * hexes.size());

  // No coordinates: the order of the nodes in memory is not part of the result.
  std::vector<StreetEdge> streets;
  for (std::size_t e = 0; e < edges[0].size(); ++e) {
    streets.push_back({edges[0][e], edges[1][e], edges[2][e]});
  }
  const StreetGraph graph = StreetGraph::of(std::vector<Point>(37'879), streets);
  const Hierarchy hierarchy = Hierarchy::of(graph, greatest_cost);
  const TravelCosts costs =
      hierarchy_costs(hierarchy, std::span(hexes).first(200), hexes, greatest_cost);
  std::vector<std::uint32_t> found(matrix.size(), no_cost);
  for (std::size_t j = 0; j < hexes.size(); ++j) {
    costs.visit(j, [&](std::size_t i, std::uint32_t cost) { found[i * hexes.size() + j] = cost; });
  }
  CHECK(found == matrix);
  CHECK(matrix.size() == 245'400);
}

TEST_CASE("the sums of the formula network by hierarchy", "[network][hierarchy][oracle]") {
  const auto folder = test::shared("oracle/access/synthetic");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  std::ifstream in(folder / "synthetic_values.json");
  std::size_t compared = 0;
  for (const nlohmann::json& expected : nlohmann::json::parse(in)) {
    const auto side = expected.at("side").get<std::uint64_t>();
    if (side > 200) continue;  // the larger ones take seconds; `bench_hierarchy` has one of them
    const auto profile = static_cast<test::FormulaProfile>(expected.at("profile").get<int>());
    const auto cutoff = expected.at("cutoff").get<std::uint32_t>();
    const StreetGraph graph = test::formula_network(side, profile);
    std::vector<std::uint32_t> nodes(graph.size());
    std::iota(nodes.begin(), nodes.end(), 0U);
    const TravelCosts costs =
        hierarchy_costs(Hierarchy::of(graph, cutoff), nodes,
                        test::formula_services(graph.size(), expected.at("services")), cutoff);
    std::uint64_t pairs = 0;
    std::uint64_t sum = 0;
    for (std::size_t j = 0; j < costs.site_count; ++j) {
      costs.visit(j, [&](std::size_t, std::uint32_t cost) {
        ++pairs;
        sum += cost;
      });
    }
    CHECK(pairs == expected.at("settled_pairs").get<std::uint64_t>());
    CHECK(sum == expected.at("settled_dist_sum").get<std::uint64_t>());
    compared += 2;
  }
  CHECK(compared == 4);
}
