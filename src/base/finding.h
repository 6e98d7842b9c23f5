#pragma once
/// Findings: oddities in the data that travel beside the value they were found with, and the ledger
/// that accounts for everything read from a file.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quartier {

/// How much a finding weighs.
enum class Severity : std::uint8_t {
  note,      ///< handled as the layer definition says; told for the record
  warning,   ///< usable, but the reader should know
  rejected,  ///< a file, layer, feature, row or value was refused
};

std::string_view name_of(Severity severity);

/// One oddity, or many of the same kind in the same file (`count`).
struct Finding {
  std::string kind{};  ///< id in the table of finding kinds (`quartier list findings`)
  Severity severity = Severity::warning;
  std::string file{};               ///< file name as the user knows it, without the data folder
  std::string layer{};              ///< layer, table or column; empty where there is only one
  std::vector<std::string> rows{};  ///< the first few places: "row 12", "id 0101", "feature 3"
  std::uint64_t count = 1;          ///< how often it occurs
  std::string message{};            ///< one plain sentence
  std::string way_out{};  ///< what the reader can do about it; empty where nothing is owed
};

/// At most this many places are named in one finding; `count` still counts all.
inline constexpr std::size_t named_rows_limit = 5;

/// A value, and the oddities found on the way to it.
template <typename T>
struct Loaded {
  T value;
  std::vector<Finding> findings;
};

/// What became of everything read from one file: read = used + excluded + rejected.
struct Ledger {
  std::string file;
  std::string layer;
  std::string unit = "rows";  ///< what is counted: rows, features, nodes, edges
  std::uint64_t read = 0;
  std::uint64_t used = 0;
  std::uint64_t excluded = 0;  ///< left out by a rule of the study or the layer definition
  std::uint64_t rejected = 0;  ///< could not be used
  [[nodiscard]] bool closes() const { return read == used + excluded + rejected; }
};

/// A row of the table of finding kinds.
struct FindingKind {
  std::string_view id;
  std::string_view label;
  std::string_view meaning;
};

/// Every kind of finding there is, in the order of the rooms that report them.
/// `quartier list findings` and docs/findings.md read this table.
const std::vector<FindingKind>& finding_kinds();

/// Adds `extra` at the end of `findings`.
void append(std::vector<Finding>& findings, std::vector<Finding> extra);

/// True where any of the findings refuses something.
bool any_rejected(const std::vector<Finding>& findings);

}  // namespace quartier
