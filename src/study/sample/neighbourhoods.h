#pragma once
/// Neighbourhoods of the sample city: one to five blocks each, never across the river, with the
/// boundary between two of them computed once and used by both.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "domain/polygons.h"
#include "study/sample/blocks.h"

namespace quartier::study::sample {

/// What a neighbourhood is used for; people live in the first kind only.
enum class LandUse : std::uint8_t { residential, park, industry, harbour, airport };

std::string_view name_of(LandUse use);

struct Neighbourhoods {
  std::vector<std::uint32_t> block_start{0};      ///< [n + 1], into blocks
  std::vector<Block> blocks;                      ///< blocks of each, ascending
  std::vector<std::uint32_t> of_block;            ///< [lattice size]; no_index outside the city
  std::vector<PlanPoint> middle;                  ///< [n] mean seat, on the plan
  std::vector<std::uint8_t> north_bank;           ///< [n] 1 north of the river
  std::vector<LandUse> land_use;                  ///< [n]
  std::vector<std::uint32_t> neighbour_start{0};  ///< [n + 1], into neighbours
  std::vector<std::uint32_t> neighbours;          ///< who shares a boundary, ascending

  [[nodiscard]] std::size_t size() const { return middle.size(); }
  [[nodiscard]] std::span<const Block> blocks_of(std::size_t n) const {
    return std::span(blocks).subspan(block_start[n], block_start[n + 1] - block_start[n]);
  }
  [[nodiscard]] std::span<const std::uint32_t> neighbours_of(std::size_t n) const {
    return std::span(neighbours)
        .subspan(neighbour_start[n], neighbour_start[n + 1] - neighbour_start[n]);
  }
};

/// Joins the city's blocks to exactly `count` neighbourhoods: first an airport, a harbour and a
/// large park at their places, then neighbours at random.
///
/// @param count  between a third of the blocks and all of them less the joins of the special units
Neighbourhoods join_blocks(const Blocks& blocks, std::size_t count, std::uint64_t seed);

/// The boundaries in metres, one ring per neighbourhood, counter-clockwise, in the given order. The
/// line between two corners is roughened by midpoint displacement, or follows the river, and has
/// the same vertices for the neighbourhoods on either side.
///
/// @param order   positions of the neighbourhoods to trace, in the order wanted
/// @param halvings  how often each line between two corners is halved, 0 to 3
Polygons traced(const Ground& ground, const Blocks& blocks, const Neighbourhoods& neighbourhoods,
                std::span<const std::uint32_t> order, int halvings, std::uint64_t seed);

}  // namespace quartier::study::sample
