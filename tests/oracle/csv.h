#pragma once
/// Comma-separated tables with a header, as the reference folders have them.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quartier::oracle {

/// A table; every row has as many cells as the header.
struct Table {
  std::filesystem::path file;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::size_t> lines;  ///< where each row stands in the file, from 1

  [[nodiscard]] bool has(std::string_view name) const;
  /// @throws InputError naming file and column where there is none
  [[nodiscard]] std::size_t column(std::string_view name) const;
  /// @throws InputError naming file and line where a cell is no number
  [[nodiscard]] double number(std::size_t row, std::size_t column) const;
  [[nodiscard]] std::vector<double> numbers(std::size_t column) const;
};

/// Quoted cells may hold commas, line breaks and doubled quotes.
/// @throws InputError naming the file where it cannot be read or a row is too short or too long
Table read_table(const std::filesystem::path& file);

/// The names of the columns of a file.
std::vector<std::string> header_of(const std::filesystem::path& file);

/// The whole of `text` as a number, "p/q" as a fraction; `undefined` for an empty text, "nan" and
/// "null" and "NA". @returns nothing where it is anything else
std::optional<double> number_of(std::string_view text);

}  // namespace quartier::oracle
