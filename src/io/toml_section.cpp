#include "io/toml_section.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"

namespace quartier::io {
namespace {

/// Beyond this a bound only says that a number has to be finite.
constexpr double any_bound = 1e300;

/// "a number from 0 to 200", "a number of 0 or more", "a finite number".
std::string range_text(double lowest, double highest) {
  const bool below = lowest > -any_bound;
  const bool above = highest < any_bound;
  if (below && above) return "a number from " + exact_text(lowest) + " to " + exact_text(highest);
  if (below) return "a number of " + exact_text(lowest) + " or more";
  return above ? "a number of at most " + exact_text(highest) : "a finite number";
}

}  // namespace

toml::table parse_toml(const std::filesystem::path& file) {
  try {
    return toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    const auto line = error.source().begin.line;
    throw InputError(file,
                     (line > 0 ? "line " + std::to_string(line) + ": " : std::string()) +
                         std::string(error.description()),
                     "the file has to be TOML (https://toml.io)");
  }
}

const toml::node* TomlSection::get(std::string_view key) {
  known_.emplace_back(key);
  return table_->get(key);
}

std::string TomlSection::line_of(std::string_view key) const {
  const toml::node* node = table_->get(key);
  const auto line = node != nullptr ? node->source().begin.line : table_->source().begin.line;
  return line > 0 ? "line " + std::to_string(line) + ", " : "";
}

void TomlSection::fail(std::string_view key, const std::string& message,
                       const std::string& way_out) const {
  const std::string where = place_.empty() ? "" : place_ + " ";
  throw InputError(file_, line_of(key) + where + "key '" + std::string(key) + "': " + message,
                   way_out);
}

std::string TomlSection::text(std::string_view key, std::string fallback) {
  const toml::node* node = get(key);
  if (node == nullptr) return fallback;
  if (const auto* value = node->as_string()) return value->get();
  if (const auto* date = node->as_date()) {
    const toml::date d = date->get();
    const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::to_string(d.year) + "-" + two(d.month) + "-" + two(d.day);
  }
  fail(key, "must be text in quotes");
}

std::string TomlSection::required_text(std::string_view key) {
  std::string value = text(key);
  if (value.empty()) fail(key, "is missing or empty");
  return value;
}

std::string TomlSection::choice(std::string_view key, const std::vector<std::string>& choices) {
  std::string value = text(key, choices.front());
  if (std::find(choices.begin(), choices.end(), value) == choices.end()) {
    const std::string near = nearest_word(value, choices);
    fail(key, "'" + value + "' is not one of " + joined(choices, ", "),
         near.empty() ? "" : "did you mean '" + near + "'?");
  }
  return value;
}

bool TomlSection::flag(std::string_view key, bool fallback) {
  const toml::node* node = get(key);
  if (node == nullptr) return fallback;
  if (const auto* value = node->as_boolean()) return value->get();
  fail(key, "must be true or false");
}

double TomlSection::number(std::string_view key, double fallback, double lowest, double highest) {
  const toml::node* node = get(key);
  if (node == nullptr) return fallback;
  double value = 0.0;
  if (const auto* whole_value = node->as_integer()) {
    value = static_cast<double>(whole_value->get());
  } else if (const auto* real = node->as_floating_point()) {
    value = real->get();
  } else {
    fail(key, "must be a number");
  }
  if (!std::isfinite(value) || value < lowest || value > highest) {
    fail(key, "must be " + range_text(lowest, highest));
  }
  return value;
}

std::uint64_t TomlSection::whole(std::string_view key, std::uint64_t fallback, std::uint64_t lowest,
                                 std::uint64_t highest) {
  const toml::node* node = get(key);
  if (node == nullptr) return fallback;
  const auto* value = node->as_integer();
  if (value == nullptr || value->get() < 0 || static_cast<std::uint64_t>(value->get()) < lowest ||
      static_cast<std::uint64_t>(value->get()) > highest) {
    fail(key, "must be a whole number from " + std::to_string(lowest) + " to " +
                  std::to_string(highest));
  }
  return static_cast<std::uint64_t>(value->get());
}

std::vector<std::string> TomlSection::texts(std::string_view key) {
  const toml::node* node = get(key);
  if (node == nullptr) return {};
  const toml::array* array = node->as_array();
  if (array == nullptr) fail(key, "must be a list of texts: [\"a\", \"b\"]");
  std::vector<std::string> values;
  for (const toml::node& item : *array) {
    const auto* value = item.as_string();
    if (value == nullptr) fail(key, "must be a list of texts: [\"a\", \"b\"]");
    values.push_back(value->get());
  }
  return values;
}

std::vector<double> TomlSection::numbers(std::string_view key) {
  const toml::node* node = get(key);
  if (node == nullptr) return {};
  std::vector<double> values;
  const auto take = [&](const toml::node& item) {
    const auto value = item.value<double>();
    if (!item.is_number() || !value || !std::isfinite(*value)) {
      fail(key, "must be a number, or a list of numbers: [500, 1000]");
    }
    values.push_back(*value);
  };
  if (const toml::array* list = node->as_array()) {
    for (const toml::node& item : *list) take(item);
  } else {
    take(*node);
  }
  return values;
}

std::optional<TomlSection> TomlSection::section(std::string_view key) {
  const toml::node* node = get(key);
  if (node == nullptr) return std::nullopt;
  const toml::table* table = node->as_table();
  if (table == nullptr) fail(key, "must be a table: [" + std::string(key) + "]");
  const std::string prefix = place_.empty() ? "" : place_ + ".";
  return TomlSection(file_, *table, prefix + "[" + std::string(key) + "]");
}

std::vector<TomlSection> TomlSection::sections(std::string_view key) {
  const toml::node* node = get(key);
  std::vector<TomlSection> found;
  if (node == nullptr) return found;
  const toml::array* array = node->as_array();
  const std::string name = "[[" + std::string(key) + "]]";
  if (array == nullptr) fail(key, "must be a list of tables: " + name);
  const std::string prefix = place_.empty() ? "" : place_ + ".";
  for (std::size_t i = 0; i < array->size(); ++i) {
    const toml::table* table = (*array)[i].as_table();
    if (table == nullptr) fail(key, "must be a list of tables: " + name);
    found.emplace_back(file_, *table, prefix + name + " " + std::to_string(i + 1));
  }
  return found;
}

std::vector<std::string> TomlSection::keys() const {
  std::vector<std::string> names;
  for (const auto& entry : *table_) names.emplace_back(entry.first.str());
  return names;
}

void TomlSection::finish() const {
  for (const auto& entry : *table_) {
    const std::string key(entry.first.str());
    if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
    const std::string near = nearest_word(key, known_);
    fail(key, "is not known here",
         near.empty() ? "known keys: " + joined(known_, ", ") : "did you mean '" + near + "'?");
  }
}

}  // namespace quartier::io
