#pragma once
/// Comma-separated text as every table of the program is written: RFC 4180 quoting, UTF-8 without a
/// byte-order mark, comma, point, full double precision, one LF at the end of every row.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quartier {

/// Appends one text cell: quoted where it holds a comma, a quote or a line break, quotes doubled.
///
/// A text that begins with = + - @, a tab, a CR or an LF is written with an apostrophe before it,
/// so that no spreadsheet runs it as a formula (OWASP, "CSV injection"). Only texts are changed,
/// never numbers; a reader that needs the text itself removes one leading apostrophe before such a
/// sign.
void append_csv_text(std::string& out, std::string_view text);

/// Appends one number that reads back as the same double; nothing for undefined, "inf" and "-inf"
/// for the infinities.
void append_csv_number(std::string& out, double value);

/// A table written cell by cell, row by row.
class CsvText {
 public:
  /// Begins with a header row of these column names.
  explicit CsvText(const std::vector<std::string_view>& columns);

  CsvText& text(std::string_view value);
  CsvText& number(double value);
  CsvText& integer(std::uint64_t value);
  /// A cell without a value: unknown, undefined or hidden; the table says which beside it.
  CsvText& empty();
  /// Ends the row. @throws std::logic_error unless it has one cell for each column
  CsvText& end_row();

  /// Everything written so far.
  [[nodiscard]] const std::string& written() const { return out_; }
  /// What was written since the last call, for writing a long table in pieces; ends with a whole
  /// row. @throws std::logic_error inside a row
  [[nodiscard]] std::string take();

 private:
  void next_cell();
  std::string out_;
  std::size_t column_count_ = 0;
  std::size_t cells_in_row_ = 0;
};

}  // namespace quartier
