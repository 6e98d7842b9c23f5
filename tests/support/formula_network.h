#pragma once
/// The synthetic street network of the reference values: a square grid whose every street, service
/// and inhabitant is a formula of its number, so that no file is needed. For tests, benchmarks and
/// the program that compares the engine with reference values.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/random.h"
#include "domain/street_graph.h"

namespace quartier::test {

/// The ways of travelling of the formula: on foot, or by car with arterials every 16 lines.
enum class FormulaProfile : std::uint8_t { walk = 0, drive = 1 };

/// The grid of side² nodes, node v = y · side + x; costs are seconds. The nodes stand 100 m apart,
/// which no cost reads. One edge in five is missing.
inline StreetGraph formula_network(std::uint64_t side, FormulaProfile profile) {
  std::vector<Point> nodes;
  std::vector<std::uint32_t> tails;
  std::vector<StreetArc> arcs;
  nodes.reserve(side * side);
  tails.reserve(4 * side * side);
  arcs.reserve(4 * side * side);
  const auto add = [&](std::uint64_t from, std::uint64_t to, std::uint64_t draw, bool arterial) {
    if (draw % 100 < 20) return;
    std::uint64_t cost = 40 + (draw >> 32U) % 61;
    if (profile == FormulaProfile::drive) {
      cost = arterial ? 3 + (draw >> 40U) % 4 : 6 + (draw >> 32U) % 13;
    }
    const auto a = static_cast<std::uint32_t>(from);
    const auto b = static_cast<std::uint32_t>(to);
    tails.push_back(a);
    arcs.push_back({b, static_cast<std::uint32_t>(cost)});
    tails.push_back(b);
    arcs.push_back({a, static_cast<std::uint32_t>(cost)});
  };
  for (std::uint64_t y = 0; y < side; ++y) {
    for (std::uint64_t x = 0; x < side; ++x) {
      const std::uint64_t v = y * side + x;
      nodes.push_back({100.0 * static_cast<double>(x), 100.0 * static_cast<double>(y)});
      if (x + 1 < side) add(v, v + 1, mix64(2 * v), y % 16 == 0);
      if (y + 1 < side) add(v, v + side, mix64(2 * v + 1), x % 16 == 0);
    }
  }
  return StreetGraph::of_arcs(std::move(nodes), tails, arcs, CostUnit::second);
}

/// Where the first `count` services stand on a network of `node_count` nodes.
inline std::vector<std::uint32_t> formula_services(std::size_t node_count, std::size_t count) {
  std::vector<std::uint32_t> nodes;
  for (std::uint64_t k = 0; k < count; ++k) {
    nodes.push_back(static_cast<std::uint32_t>(mix64(1000003 + k) % node_count));
  }
  return nodes;
}

/// What they offer, 1 to 20 each.
inline std::vector<double> formula_supply(std::size_t count) {
  std::vector<double> supply;
  for (std::uint64_t k = 0; k < count; ++k) {
    supply.push_back(static_cast<double>(1 + mix64(2000003 + k) % 20));
  }
  return supply;
}

/// Who lives at each node, 0 to 49.
inline std::vector<double> formula_population(std::size_t node_count) {
  std::vector<double> people;
  for (std::uint64_t v = 0; v < node_count; ++v) {
    people.push_back(static_cast<double>(mix64(3000017 + v) % 50));
  }
  return people;
}

}  // namespace quartier::test
