#include "io/table_rows.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace quartier::io {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int days_in(int year, int month) {
  static constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[static_cast<std::size_t>(month - 1)];
}

int digits_of(std::string_view text) {
  int value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  return value;
}

/// "3" and "March" as "03"; anything longer is taken as it stands.
std::string date_part(std::string_view text) {
  static constexpr std::array<std::string_view, 12> months{
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  const std::string lower = lower_ascii(text);
  const auto month = std::find(months.begin(), months.end(), lower);
  std::string part = month != months.end() ? std::to_string(month - months.begin() + 1) : lower;
  if (part.size() == 1) part.insert(part.begin(), '0');
  return part;
}

bool contains(const std::vector<std::string>& values, std::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (!is_digit(text[i])) return false;
  }
  const int month = digits_of(text.substr(5, 2));
  const int day = digits_of(text.substr(8, 2));
  return month >= 1 && month <= 12 && day >= 1 &&
         day <= days_in(digits_of(text.substr(0, 4)), month);
}

bool is_scientific_id(std::string_view id) {
  const std::size_t e = id.find_first_of("eE");
  if (e == std::string_view::npos || e == 0 || id.find('.') > e || e + 2 >= id.size()) return false;
  return (id[e + 1] == '+' || id[e + 1] == '-') && parse_number(id).has_value();
}

RowReader::RowReader(const LayerDefinition& layer, const LayerFile& file, const RawTable& table,
                     FindingTally& tally)
    : layer_(layer), file_(file), table_(table), tally_(tally) {
  for (const RowRule& rule : layer.rows) rules_.push_back({&rule, table.at(rule.column)});
  if (!layer.key.column.empty()) key_ = table.at(layer.key.column);
  if (!layer.key.name.empty()) name_column_ = table.at(layer.key.name);
  if (!layer.date.column.empty()) date_column_ = table.at(layer.date.column);
  std::string_view text = layer.date.fixed;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    if (open != 0) date_pieces_.push_back({std::string(text.substr(0, open)), no_column});
    if (open == std::string_view::npos) break;
    const std::size_t close = std::min(text.find('}', open), text.size());
    date_pieces_.push_back({{}, table.at(text.substr(open + 1, close - open - 1))});
    text.remove_prefix(std::min(close + 1, text.size()));
  }
  ledger_.file = file.name;
  ledger_.layer = file.part.empty() ? layer.id : layer.id + " " + file.part;
  ledger_.read = table.rows_read();
  ledger_.rejected = table.broken().size();
}

void RowReader::settle(RowFate fate) {
  switch (fate) {
    case RowFate::used:
      ++ledger_.used;
      break;
    case RowFate::excluded:
      ++ledger_.excluded;
      break;
    case RowFate::rejected:
      ++ledger_.rejected;
      break;
  }
}

RowFate RowReader::read(std::size_t row) {
  for (const Rule& rule : rules_) {
    const std::string_view value = table_.cell(row, rule.column);
    const bool out = rule.rule->keep.empty() ? contains(rule.rule->exclude, value)
                                             : !contains(rule.rule->keep, value);
    if (!out) continue;
    tally_.add("row_excluded", Severity::note, rule.rule->reason, table_.place(row));
    return RowFate::excluded;
  }
  if (!read_id(row) || !read_date(row)) return RowFate::rejected;
  if (name_column_ != no_column) name_ = table_.cell(row, name_column_);
  return RowFate::used;
}

bool RowReader::read_id(std::size_t row) {
  if (key_ == no_column) return true;
  const std::string_view cell = table_.cell(row, key_);
  if (cell.empty()) {
    tally_.add("empty_id", Severity::rejected, "rows without a district id are not used",
               table_.place(row));
    return false;
  }
  id_ = cell;
  if (!layer_.key.by_name && is_scientific_id(cell)) {
    tally_.add("scientific_id", Severity::warning,
               "an id looks like a number that a spreadsheet has rounded; it is kept as it stands",
               table_.place(row) + ", id " + display_safe(cell), 1,
               "export the table again with its ids as text");
  }
  if (id_.size() < layer_.key.width) {
    id_.insert(0, layer_.key.width - id_.size(), layer_.key.fill);
    tally_.add("id_padded", Severity::note,
               "ids that are too short are filled up on the left to " +
                   std::to_string(layer_.key.width) + " characters",
               table_.place(row));
  }
  return true;
}

bool RowReader::read_date(std::size_t row) {
  if (date_column_ != no_column) {
    date_ = table_.cell(row, date_column_);
  } else if (!date_pieces_.empty()) {
    date_.clear();
    for (const DatePiece& piece : date_pieces_) {
      date_ += piece.column == no_column ? piece.text : date_part(table_.cell(row, piece.column));
    }
    if (date_.size() == 12 && date_.ends_with("-last") && is_digit(date_[5]) &&
        is_digit(date_[6])) {
      const int month = digits_of(std::string_view(date_).substr(5, 2));
      if (month >= 1 && month <= 12) {
        const int year = digits_of(std::string_view(date_).substr(0, 4));
        date_ = date_.substr(0, 8) + std::to_string(days_in(year, month));
      }
    }
  } else {
    date_ = file_.date;
    return true;
  }
  if (is_date(date_)) return true;
  tally_.add("bad_date", Severity::rejected, "rows without a readable date are not used",
             table_.place(row));
  return false;
}

void RowReader::check_expected() const {
  for (const ExpectedRows& expected : layer_.expected) {
    if (expected.date != file_.date || expected.rows == table_.rows_read()) continue;
    tally_.add("rows_missing", Severity::warning,
               "the file holds " + std::to_string(table_.rows_read()) + " rows, this edition has " +
                   std::to_string(expected.rows) + "; the others are missing, not zero",
               {});
  }
}

}  // namespace quartier::io
