/// The grammar: from the name of a column to its parts.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "oracle/access/measure.h"

namespace quartier::oracle {

namespace {

constexpr std::array kinds{"closest", "nearest",     "cum",          "cumint", "passive_cum",
                           "passive", "gravity",     "2sfca",        "e2sfca", "g2sfca",
                           "kd2sfca", "m2sfca",      "3sfca",        "bfca",   "spatav",
                           "balcost", "totalconstr", "singlyconstr", "raam"};

/// `text` without `word` and the stroke behind it; nothing where it does not begin so.
std::optional<std::string_view> after(std::string_view text, std::string_view word) {
  if (!text.starts_with(word)) return std::nullopt;
  text.remove_prefix(word.size());
  if (text.empty()) return text;
  if (text.front() != '_') return std::nullopt;
  return text.substr(1);
}

/// The longest name that `text` begins with.
template <typename Names>
std::string longest_beginning(std::string_view text, const Names& names) {
  std::string longest;
  for (const auto& name : names) {
    const std::string_view candidate = name;
    if (candidate.size() > longest.size() && after(text, candidate)) longest = candidate;
  }
  return longest;
}

/// The one name that begins with a word cut short; empty where none or several do.
std::string name_cut_short(std::string_view word, const std::vector<std::string>& names) {
  std::string found;
  if (word.size() < 3) return found;
  for (const std::string& name : names) {
    if (!name.starts_with(word)) continue;
    if (!found.empty()) return {};
    found = name;
  }
  return found;
}

}  // namespace

Measure measure_of(const std::string& name, const std::vector<std::string>& opportunities) {
  Measure measure;
  measure.name = name;
  measure.kind = longest_beginning(name, kinds);
  if (measure.kind.empty()) throw Uncovered("no known measure");
  std::string_view rest = *after(name, measure.kind);
  measure.opportunity = longest_beginning(rest, opportunities);
  if (!measure.opportunity.empty()) {
    rest = *after(rest, measure.opportunity);
  } else {
    const std::string_view word = rest.substr(0, rest.find('_'));
    measure.opportunity = name_cut_short(word, opportunities);
    if (measure.opportunity.empty()) {
      throw Uncovered("no column is called " + std::string(word));
    }
    rest = *after(rest, word);
  }
  if (!rest.empty()) {
    for (const std::string_view part : split(rest, '_')) measure.parameters.emplace_back(part);
  }
  return measure;
}

double shown_number(std::string_view text, CostUnit unit) {
  if (const std::optional<double> plain = parse_number(text)) return *plain;
  const std::size_t letters = std::min(text.size(), text.find_first_not_of("0123456789.-+"));
  const std::string_view letters_of = text.substr(letters);
  const std::optional<double> number = parse_number(text.substr(0, letters));
  const bool metres = shown_unit(unit) == "m";
  double shown_per_unit = 0.0;
  if (letters_of.empty() || letters_of == shown_unit(unit)) shown_per_unit = 1.0;
  if (metres && letters_of == "km") shown_per_unit = 1000.0;
  if (!metres && letters_of == "h") shown_per_unit = 60.0;
  if (number && shown_per_unit > 0.0) return *number * shown_per_unit;
  if (number && metres && letters_of == "mm") return *number / 1000.0;
  if (number && !metres && letters_of == "s") return *number / 60.0;
  throw Uncovered("cannot read the parameter " + std::string(text));
}

bool counts_whole_units(const Measure& measure) {
  return !measure.parameters.empty() && measure.parameters.back() == "mm";
}

Expected judged(const Measure& measure) {
  const std::string& kind = measure.kind;
  Expected expected;
  if (kind == "raam") {
    expected.closeness = Closeness::equilibrium;
    expected.where_empty = WhereEmpty::either;
  } else if (kind == "closest" || kind == "nearest") {
    expected.closeness = Closeness::whole;
    expected.where_empty = WhereEmpty::unreachable;
  } else if (kind == "balcost") {
    expected.closeness = Closeness::whole;
    expected.where_empty = WhereEmpty::never;
  } else if (kind == "cum" || kind == "cumint" || kind == "passive_cum") {
    expected.closeness = Closeness::whole;
  }
  return expected;
}

}  // namespace quartier::oracle
