#include "base/csv_text.h"

#include <utility>

#include "base/error.h"
#include "base/text.h"

namespace quartier {

void append_csv_text(std::string& out, std::string_view text) {
  constexpr std::string_view formula_starts = "=+-@\t\r\n";
  const bool guarded = !text.empty() && formula_starts.find(text.front()) != std::string_view::npos;
  const bool quoted = text.find_first_of(",\"\r\n") != std::string_view::npos;
  if (quoted) out += '"';
  if (guarded) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  if (quoted) out += '"';
}

void append_csv_number(std::string& out, double value) {
  out += exact_text(value == 0.0 ? 0.0 : value);  // never -0
}

CsvText::CsvText(const std::vector<std::string_view>& columns) : column_count_(columns.size()) {
  for (const std::string_view column : columns) text(column);
  end_row();
}

void CsvText::next_cell() {
  if (cells_in_row_ > 0) out_ += ',';
  ++cells_in_row_;
}

CsvText& CsvText::text(std::string_view value) {
  next_cell();
  append_csv_text(out_, value);
  return *this;
}

CsvText& CsvText::number(double value) {
  next_cell();
  append_csv_number(out_, value);
  return *this;
}

CsvText& CsvText::integer(std::uint64_t value) {
  next_cell();
  out_ += std::to_string(value);
  return *this;
}

CsvText& CsvText::empty() {
  next_cell();
  return *this;
}

CsvText& CsvText::end_row() {
  expects(cells_in_row_ == column_count_, "CsvText: one cell for each column");
  out_ += '\n';
  cells_in_row_ = 0;
  return *this;
}

std::string CsvText::take() {
  expects(cells_in_row_ == 0, "CsvText: whole rows only");
  return std::exchange(out_, {});
}

}  // namespace quartier
