#pragma once
/// Private to io: the rows of a table as its layer definition wants them: kept or left out, with
/// their district id and date.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "io/layer_definition.h"
#include "io/table.h"
#include "io/table_findings.h"

namespace quartier::io {

enum class RowFate : std::uint8_t { used, excluded, rejected };

/// Decides on rows and says why; keeps the ledger of one table.
class RowReader {
 public:
  /// @throws InputError where a column that the definition names is not there
  RowReader(const LayerDefinition& layer, const LayerFile& file, const RawTable& table,
            FindingTally& tally);

  /// Applies the row rules, then reads id and date. Only a used row has them. The caller settles
  /// the row's fate in the ledger with `settle`.
  RowFate read(std::size_t row);
  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] std::string_view name() const { return name_; }
  [[nodiscard]] const std::string& date() const { return date_; }

  void settle(RowFate fate);
  [[nodiscard]] const Ledger& ledger() const { return ledger_; }

  /// Tells where the table has fewer or more rows than its edition should have.
  void check_expected() const;

 private:
  struct Rule {
    const RowRule* rule = nullptr;
    std::size_t column = 0;
  };
  /// A piece of a date template: text, or a column.
  struct DatePiece {
    std::string text;
    std::size_t column = no_column;
  };
  static constexpr std::size_t no_column = static_cast<std::size_t>(-1);

  bool read_id(std::size_t row);
  bool read_date(std::size_t row);

  const LayerDefinition& layer_;
  const LayerFile& file_;
  const RawTable& table_;
  FindingTally& tally_;
  std::vector<Rule> rules_;
  std::size_t key_ = no_column;
  std::size_t name_column_ = no_column;
  std::size_t date_column_ = no_column;
  std::vector<DatePiece> date_pieces_;
  std::string id_;
  std::string_view name_;
  std::string date_;
  Ledger ledger_;
};

/// True for a real day written YYYY-MM-DD.
bool is_date(std::string_view text);

/// An id that a spreadsheet has turned into a number like 1.100102E+06.
bool is_scientific_id(std::string_view id);

}  // namespace quartier::io
