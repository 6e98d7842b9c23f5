#pragma once
/// Tables: delimited text as decoded cells, with the line each row began on.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "io/layer_definition.h"

namespace quartier::io {

/// Files larger than this are refused.
inline constexpr std::uintmax_t table_bytes_limit = std::uintmax_t{2} << 30U;
/// Tables with more columns than this are refused.
inline constexpr std::size_t table_columns_limit = 4096;

/// A row that could not be split into the columns of the header.
struct BrokenRow {
  std::size_t line = 0;
  std::size_t cells = 0;
  bool unterminated = false;  ///< a quote was opened and never closed
};

/// Cells as UTF-8 text in one buffer, row by row. Cells are trimmed of blanks and of byte order
/// marks; quoting is undone.
class RawTable {
 public:
  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] std::size_t column_count() const { return header_.size(); }
  [[nodiscard]] std::size_t row_count() const { return lines_.size(); }
  [[nodiscard]] std::string_view cell(std::size_t row, std::size_t column) const {
    const Cell place = cells_[row * header_.size() + column];
    return {text_.data() + place.begin, place.size};
  }
  /// The line of the file that the row begins on, from 1. In a vector layer: the feature.
  [[nodiscard]] std::size_t line(std::size_t row) const { return lines_[row]; }
  /// "row 12", for findings.
  [[nodiscard]] std::string place(std::size_t row) const;
  [[nodiscard]] const std::vector<BrokenRow>& broken() const { return broken_; }
  /// Rows read, the broken ones among them.
  [[nodiscard]] std::size_t rows_read() const { return lines_.size() + broken_.size(); }
  /// Position of a column, or header().size().
  [[nodiscard]] std::size_t find(std::string_view column) const;
  /// Position of a column. @throws InputError that names the nearest one
  [[nodiscard]] std::size_t at(std::string_view column) const;
  /// The file, as it is called in findings.
  [[nodiscard]] const std::string& file() const { return file_; }

  /// Building a table from elsewhere (the features of a vector layer, a test).
  RawTable() = default;
  RawTable(std::string file, std::vector<std::string> header);
  void add_row(std::size_t line, const std::vector<std::string>& cells);
  /// Text to be split into cells; used by parse_table.
  void take_text(std::string text) { text_ = std::move(text); }

 private:
  friend class TableParser;
  struct Cell {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
  };
  std::string file_;
  std::string text_;
  std::vector<std::string> header_;
  std::vector<Cell> cells_;
  std::vector<std::uint32_t> lines_;
  std::vector<BrokenRow> broken_;
};

/// Reads a delimited file. `name` is what findings call it. Rows with another number of cells than
/// the header are left out and stand in `broken()`, with a rejected finding that names their lines.
/// Line ends may be CR, LF or CRLF; blank lines are no rows.
/// @throws InputError for a file that cannot be read, is too large, holds NUL characters, is not
///         in the stated encoding, has no header, a column twice, or too many columns
Loaded<RawTable> read_table(const std::filesystem::path& file, const std::string& name,
                            const TextLayout& layout);

/// The same from text in memory, already in UTF-8.
Loaded<RawTable> parse_table(std::string text, const std::string& name, const TextLayout& layout);

}  // namespace quartier::io
