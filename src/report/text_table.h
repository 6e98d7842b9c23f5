#pragma once
/// Tables for the terminal: columns aligned by what the eye sees, in any script.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quartier::report {

/// Columns of a terminal that `text` takes (UTF-8): 0 for combining marks, 2 for wide East Asian
/// characters, 1 for all else; a byte that is not UTF-8 counts 1.
std::size_t display_width(std::string_view text);

/// `text` in at most `width` columns, with an ellipsis where something was cut.
std::string clipped(std::string_view text, std::size_t width);

enum class Align : std::uint8_t { left, right };

struct TextColumn {
  std::string title;
  Align align = Align::left;
  std::size_t widest = 60;  ///< longer cells are cut, with an ellipsis
};

/// An aligned table: a title row, a rule, then the rows; two blanks between columns, none at the
/// end of a line. Cells are made `display_safe` first, so that no name can move the cursor.
/// @param rows  each with one cell per column @throws std::logic_error where one has not
/// @returns lines that end in LF; the titles and rule alone where there are no rows
std::string text_table(const std::vector<TextColumn>& columns,
                       const std::vector<std::vector<std::string>>& rows);

}  // namespace quartier::report
