#pragma once
/// Private to io: gathers the tables of a counts layer, cell by cell, and forms its groups.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/counts_cells.h"
#include "io/counts_reader.h"
#include "io/table.h"
#include "io/table_findings.h"
#include "io/table_number.h"
#include "io/table_rows.h"

namespace quartier::io {

/// Reads files into cells by date.
class CountsCollector {
 public:
  /// Both must outlive the collector.
  CountsCollector(const LayerDefinition& layer, const NumberRules& rules);

  void read(const LayerFile& file, const RawTable& table);

  RawCounts finish(const CodeList* codes);
  std::vector<Finding> take_findings() { return std::exchange(findings_, {}); }

 private:
  void read_long(const LayerFile& file, const RawTable& table, RowReader& rows,
                 FindingTally& tally);
  void read_wide(const LayerFile& file, const RawTable& table, RowReader& rows,
                 FindingTally& tally);
  CountCells& cells_of(const std::string& date) {
    return dates_.try_emplace(date, sources_.size()).first->second;
  }
  bool take_cell(std::string_view text, const std::string& column, const std::string& place,
                 CountCell& cell, FindingTally& tally) const;
  void tell_absent(const std::string& date, const CountCells& cells);
  /// What a finding about several rows or files names: the file, or the pattern of them all.
  [[nodiscard]] std::string file_of_sums() const {
    return ledgers_.size() == 1 || layer_.files.empty() ? ledgers_.front().file
                                                        : layer_.files.back().pattern;
  }

  const LayerDefinition& layer_;
  const NumberRules& rules_;
  std::vector<CountSource> sources_;
  std::map<std::string, CountCells> dates_;
  std::vector<bool> occurring_;  ///< sources with a row at any date
  std::set<std::string, std::less<>> seen_;
  std::vector<Ledger> ledgers_;
  std::vector<Finding> findings_;
};

}  // namespace quartier::io
