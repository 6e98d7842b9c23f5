#pragma once
/// Private to io: cells to numbers, by declared marks only. What is not declared is refused, never
/// guessed.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "io/layer_definition.h"

namespace quartier::io {

enum class CellState : std::uint8_t { number, marked, refused };

/// What a cell says.
struct CellNumber {
  CellState state = CellState::refused;
  double value = 0.0;
  const CellMark* mark = nullptr;  ///< where marked
  std::string_view kind;           ///< of the finding, where refused
  std::string_view message;
  std::string_view way_out;
};

/// How cells of one table are read.
struct NumberRules {
  char decimal = '.';
  std::string thousands;
  bool counts = true;          ///< whole, not negative, below 2^53
  bool estimated = false;      ///< fractional counts are accepted
  bool decimal_stated = true;  ///< false: "1.234" and "1,234" are ambiguous and refused
  std::vector<CellMark> marks;
};

/// Reads one cell of `column`. Digits may be grouped by the declared thousands mark, in threes
/// only.
CellNumber cell_number(std::string_view cell, std::string_view column, const NumberRules& rules);

}  // namespace quartier::io
