#pragma once
/// Cells of comma-separated values as others read them, and safe to open in a spreadsheet.

#include <string>
#include <string_view>
#include <vector>

namespace quartier::io {

/// A text cell after RFC 4180: quoted where it holds a comma, a quote or a line end. A text that a
/// spreadsheet would run as a formula (it begins with = + - @, TAB or CR) gets an apostrophe in
/// front, which is shown as part of the text and undoes nothing in the numbers.
std::string csv_text_cell(std::string_view text);

/// A number cell: the shortest text that reads back as the same double; empty where undefined.
std::string csv_number_cell(double value);

/// Cells joined by commas, with a line feed. Cells are taken as they are.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace quartier::io
