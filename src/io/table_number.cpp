#include "io/table_number.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/number.h"
#include "base/text.h"

namespace quartier::io {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool only_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

CellNumber refused(std::string_view kind, std::string_view message, std::string_view way_out) {
  CellNumber number;
  number.kind = kind;
  number.message = message;
  number.way_out = way_out;
  return number;
}

CellNumber undeclared_mark() {
  return refused("undeclared_mark",
                 "a cell without a number, and no declared mark: it may be suppressed, missing or "
                 "nothing at all, so it is not read as 0",
                 "declare the mark and what it stands for (--missing, or [[mark]] in a layer "
                 "definition)");
}

CellNumber ambiguous() {
  return refused("ambiguous_number", "a point, comma or blank that may part thousands or decimals",
                 "say which it is (--decimal, --thousands, or [text] in a layer definition)");
}

/// Marks that statistics offices use for "not told".
bool is_known_mark(std::string_view cell) {
  if (cell.size() <= 3 && std::none_of(cell.begin(), cell.end(), is_digit)) {
    const std::string lower = lower_ascii(cell);
    return lower != "nan" && lower != "inf";
  }
  return cell.front() == '<' || cell.front() == '>' || lower_ascii(cell) == "n/a";
}

/// The number without its thousands marks; nothing where they do not part it in threes.
std::optional<std::string> without_thousands(std::string_view cell, const NumberRules& rules) {
  const std::size_t point = std::min(cell.find(rules.decimal), cell.size());
  std::string_view whole = cell.substr(0, point);
  std::string plain;
  if (!whole.empty() && (whole.front() == '-' || whole.front() == '+')) {
    plain += whole.front();
    whole.remove_prefix(1);
  }
  bool first = true;
  for (;;) {
    const std::size_t mark = whole.find(rules.thousands);
    const std::string_view group = whole.substr(0, mark);
    const bool last_alone = first && mark == std::string_view::npos;
    if (!last_alone && (!only_digits(group) || group.size() > 3 || (!first && group.size() != 3))) {
      return std::nullopt;
    }
    plain += group;
    if (mark == std::string_view::npos) break;
    whole.remove_prefix(mark + rules.thousands.size());
    first = false;
  }
  plain += cell.substr(point);
  return plain;
}

/// "1.234" or "12,345": one mark, and three digits behind it.
bool may_be_thousands(std::string_view cell) {
  const std::size_t mark = cell.find_first_of(".,");
  return mark != std::string_view::npos && mark >= 1 && mark <= 3 && cell.size() == mark + 4 &&
         only_digits(cell.substr(0, mark)) && only_digits(cell.substr(mark + 1));
}

bool has_foreign_mark(std::string_view cell, char decimal) {
  bool digit = false;
  bool mark = false;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const auto byte = static_cast<unsigned char>(cell[i]);
    digit = digit || is_digit(cell[i]);
    mark = mark || ((cell[i] == ',' || cell[i] == '.') && cell[i] != decimal) || cell[i] == ' ' ||
           cell[i] == '\'' || byte >= 0x80;
    if (byte < 0x80 && !is_digit(cell[i]) &&
        std::string_view(",. '-+").find(cell[i]) == std::string_view::npos) {
      return false;
    }
  }
  return digit && mark;
}

CellNumber checked(double value, const NumberRules& rules) {
  if (rules.counts) {
    if (value < 0.0) {
      return refused("negative_count", "a negative count",
                     "declare it where it stands for a missing count (--missing=-9999)");
    }
    if (value > exact_integer_limit) {
      return refused("count_overflow", "a count above 2^53, which cannot be added exactly", "");
    }
    if (!rules.estimated && value != std::floor(value)) {
      return refused("fractional_count", "a count that is not whole",
                     "declare the layer as estimated (--estimated, or `estimated = true`)");
    }
  }
  CellNumber number;
  number.state = CellState::number;
  number.value = value;
  return number;
}

}  // namespace

CellNumber cell_number(std::string_view cell, std::string_view column, const NumberRules& rules) {
  for (const CellMark& mark : rules.marks) {
    if (mark.text != cell) continue;
    if (!mark.columns.empty() &&
        std::find(mark.columns.begin(), mark.columns.end(), column) == mark.columns.end()) {
      continue;
    }
    CellNumber number;
    number.state = CellState::marked;
    number.mark = &mark;
    return number;
  }
  if (cell.empty()) return undeclared_mark();
  if (only_digits(cell) && cell.size() <= 15) {
    double value = 0.0;
    for (const char digit : cell) value = value * 10.0 + (digit - '0');
    return checked(value, rules);
  }
  if (!rules.decimal_stated && may_be_thousands(cell)) return ambiguous();
  std::string plain(cell);
  if (!rules.thousands.empty()) {
    std::optional<std::string> merged = without_thousands(cell, rules);
    if (!merged) {
      return refused("not_a_number", "a cell that is no number", "correct it in the file");
    }
    plain = std::move(*merged);
  }
  if (has_foreign_mark(plain, rules.decimal)) return ambiguous();
  if (rules.decimal != '.') {
    if (plain.find('.') != std::string::npos) return ambiguous();
    const std::size_t mark = plain.find(rules.decimal);
    if (mark != std::string::npos) plain[mark] = '.';
  }
  const std::optional<double> value = parse_number(plain);
  if (value) return checked(*value, rules);
  if (is_known_mark(cell)) return undeclared_mark();
  return refused("not_a_number", "a cell that is no number (NaN is not a mark for missing)",
                 "correct it in the file, or declare it as a mark");
}

}  // namespace quartier::io
