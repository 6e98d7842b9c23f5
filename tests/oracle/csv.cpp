#include "oracle/csv.h"

#include <fstream>
#include <iterator>
#include <limits>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"

namespace quartier::oracle {

namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file)) throw InputError(file, "cannot be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Reads one record from `at` on, moving `at` and `line` behind it.
std::vector<std::string> next_record(const std::string& text, std::size_t& at, std::size_t& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  while (at < text.size()) {
    const char c = text[at++];
    if (c == '\n') ++line;
    if (quoted && c == '"' && at < text.size() && text[at] == '"') {
      cells.back() += c;
      ++at;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else if (c == '\n' && !quoted) {
      break;
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

}  // namespace

bool Table::has(std::string_view name) const {
  for (const std::string& title : header) {
    if (title == name) return true;
  }
  return false;
}

std::size_t Table::column(std::string_view name) const {
  for (std::size_t c = 0; c < header.size(); ++c) {
    if (header[c] == name) return c;
  }
  throw InputError(file, "no column " + std::string(name));
}

double Table::number(std::size_t row, std::size_t column) const {
  const std::optional<double> value = number_of(rows[row][column]);
  if (!value) {
    throw InputError(file, "line " + std::to_string(lines[row]) + ", " + header[column] +
                               ": no number: " + rows[row][column]);
  }
  return *value;
}

std::vector<double> Table::numbers(std::size_t column) const {
  std::vector<double> values;
  for (std::size_t i = 0; i < rows.size(); ++i) values.push_back(number(i, column));
  return values;
}

Table read_table(const std::filesystem::path& file) {
  const std::string text = text_of(file);
  Table table;
  table.file = file;
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  std::size_t line = 1;
  while (at < text.size()) {
    const std::size_t first_line = line;
    std::vector<std::string> cells = next_record(text, at, line);
    if (cells.size() == 1 && cells.front().empty()) continue;
    if (table.header.empty()) {
      table.header = std::move(cells);
      continue;
    }
    if (cells.size() != table.header.size()) {
      throw InputError(file, "line " + std::to_string(first_line) + ": " +
                                 std::to_string(cells.size()) + " cells under " +
                                 std::to_string(table.header.size()) + " columns");
    }
    table.rows.push_back(std::move(cells));
    table.lines.push_back(first_line);
  }
  if (table.header.empty()) throw InputError(file, "is empty");
  return table;
}

std::vector<std::string> header_of(const std::filesystem::path& file) {
  const std::string text = text_of(file);
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  std::size_t line = 1;
  return next_record(text, at, line);
}

std::optional<double> number_of(std::string_view text) {
  text = trimmed(text);
  const std::string word = lower_ascii(text);
  if (word.empty() || word == "nan" || word == "null" || word == "na") return undefined;
  if (word == "inf") return std::numeric_limits<double>::infinity();
  if (word == "-inf") return -std::numeric_limits<double>::infinity();
  if (const std::size_t stroke = text.find('/'); stroke != std::string_view::npos) {
    const std::optional<double> above = parse_number(text.substr(0, stroke));
    const std::optional<double> below = parse_number(text.substr(stroke + 1));
    if (!above || !below || *below == 0.0) return std::nullopt;
    return *above / *below;
  }
  if (text.ends_with('.')) text.remove_suffix(1);  // "1." of the fixtures
  return parse_number(text);
}

}  // namespace quartier::oracle
