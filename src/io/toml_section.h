#pragma once
/// Private to io: a TOML table read strictly. Every key is asked for once; what nobody asked for is
/// an error that names file, line, key and the nearest known one.

#include <toml++/toml.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quartier::io {

/// Parses a TOML file. @throws InputError with file, line and the parser's own words
toml::table parse_toml(const std::filesystem::path& file);

/// One table of the file, with its place ("[[services]] 2") for messages.
class TomlSection {
 public:
  TomlSection(const std::filesystem::path& file, const toml::table& table, std::string place)
      : file_(file), table_(&table), place_(std::move(place)) {}

  /// The value of a key, or `fallback` where the key is absent.
  /// @throws InputError where it has another type
  std::string text(std::string_view key, std::string fallback = {});
  bool flag(std::string_view key, bool fallback);
  /// A finite number in [lowest, highest].
  double number(std::string_view key, double fallback, double lowest, double highest);
  std::uint64_t whole(std::string_view key, std::uint64_t fallback, std::uint64_t lowest,
                      std::uint64_t highest);
  std::vector<std::string> texts(std::string_view key);
  /// A number, or a list of numbers; all finite.
  std::vector<double> numbers(std::string_view key);

  /// As above, but the key must be there and not empty.
  std::string required_text(std::string_view key);
  /// One of `choices`; the first is the default.
  std::string choice(std::string_view key, const std::vector<std::string>& choices);

  /// A table or an array of tables below this one; nothing where the key is absent.
  std::optional<TomlSection> section(std::string_view key);
  std::vector<TomlSection> sections(std::string_view key);

  [[nodiscard]] bool has(std::string_view key) const { return table_->contains(key); }
  /// The keys present, in file order of their names.
  [[nodiscard]] std::vector<std::string> keys() const;
  /// @throws InputError where the table holds a key that nobody asked for
  void finish() const;
  /// An error at `key` of this table.
  [[noreturn]] void fail(std::string_view key, const std::string& message,
                         const std::string& way_out = {}) const;

 private:
  const toml::node* get(std::string_view key);
  [[nodiscard]] std::string line_of(std::string_view key) const;

  std::filesystem::path file_;
  const toml::table* table_;
  std::string place_;
  std::vector<std::string> known_;
};

}  // namespace quartier::io
