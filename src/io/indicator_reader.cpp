#include "io/indicator_reader.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "io/table.h"
#include "io/table_findings.h"
#include "io/table_number.h"
#include "io/table_rows.h"

namespace quartier::io {
namespace {

/// One indicator in one district at one date, while rows are added.
struct Sums {
  double value = 0.0;
  double base = undefined;
  std::string reason;
  std::uint32_t hidden = 0;  ///< cells of long tables that could not be added
};

using District = std::string;

class IndicatorCollector {
 public:
  IndicatorCollector(const LayerDefinition& layer, const NumberRules& rules)
      : layer_(layer), rules_(rules) {}

  void read(const LayerFile& file, const RawTable& table);
  RawIndicators finish();
  std::vector<Finding> take_findings() { return std::exchange(findings_, {}); }

 private:
  void read_wide(const LayerFile& file, const RawTable& table, RowReader& rows,
                 FindingTally& tally);
  void read_columns_by_date(const LayerFile& file, const RawTable& table, RowReader& rows,
                            FindingTally& tally);
  void read_long(const LayerFile& file, const RawTable& table, RowReader& rows,
                 FindingTally& tally);
  std::optional<Sums> read_cell(std::string_view cell, const std::string& column,
                                const IndicatorColumn& indicator, const std::string& place,
                                FindingTally& tally) const;
  std::map<District, Sums>& values(const std::string& date, std::size_t indicator) {
    return values_[{date, indicator}];
  }

  const LayerDefinition& layer_;
  const NumberRules& rules_;
  std::map<std::pair<std::string, std::size_t>, std::map<District, Sums>> values_;
  std::set<std::string> seen_;
  std::vector<Ledger> ledgers_;
  std::vector<Finding> findings_;
};

/// A value, an undefined value with its reason, or nothing where the cell is refused.
std::optional<Sums> IndicatorCollector::read_cell(std::string_view cell, const std::string& column,
                                                  const IndicatorColumn& indicator,
                                                  const std::string& place,
                                                  FindingTally& tally) const {
  Sums sums;
  for (const auto& [text, value] : indicator.values) {
    if (text != cell) continue;
    sums.value = value;
    return sums;
  }
  const CellNumber number = cell_number(cell, column, rules_);
  switch (number.state) {
    case CellState::number:
      sums.value = number.value;
      return sums;
    case CellState::marked:
      tally.add(number.mark->suppressed ? "suppressed_cell" : "missing_cell", Severity::note,
                "'" + number.mark->text + "': " + number.mark->reason,
                place + ", column " + display_safe(column));
      sums.value = undefined;
      sums.reason = number.mark->reason;
      return sums;
    case CellState::refused:
      break;
  }
  tally.add(
      number.kind, Severity::rejected, number.message,
      place + ", column " + display_safe(column) + " '" + display_safe(cell.substr(0, 40)) + "'", 1,
      number.way_out);
  return std::nullopt;
}

void IndicatorCollector::read_wide(const LayerFile& file, const RawTable& table, RowReader& rows,
                                   FindingTally& tally) {
  const auto& indicators = layer_.indicators.indicators;
  std::vector<std::size_t> columns;
  std::vector<std::size_t> bases;
  for (const IndicatorColumn& indicator : indicators) {
    columns.push_back(table.at(indicator.column));
    bases.push_back(indicator.base.empty() ? table.column_count() : table.at(indicator.base));
  }
  std::vector<Sums> of_row(indicators.size());
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    RowFate fate = rows.read(row);
    bool all_zero = true;
    for (std::size_t i = 0; fate == RowFate::used && i < indicators.size(); ++i) {
      std::optional<Sums> sums = read_cell(table.cell(row, columns[i]), indicators[i].column,
                                           indicators[i], table.place(row), tally);
      if (!sums) {
        fate = RowFate::rejected;
        break;
      }
      all_zero = all_zero && (sums->value == 0.0 || std::isnan(sums->value));
      if (bases[i] < table.column_count()) {
        const CellNumber base = cell_number(table.cell(row, bases[i]), indicators[i].base, rules_);
        if (base.state == CellState::number) sums->base = base.value;
      }
      of_row[i] = std::move(*sums);
    }
    if (fate == RowFate::used && !seen_.insert(rows.date() + '\x1F' + rows.id()).second) {
      tally.add("repeated_row", Severity::rejected,
                "rows of a district that already had one are not used",
                table.place(row) + ", id " + display_safe(rows.id()));
      fate = RowFate::rejected;
    }
    if (fate == RowFate::used) {
      const bool suppressed = all_zero && layer_.indicators.row_of_zeros_is_suppressed;
      if (suppressed) {
        tally.add(
            "suppressed_cell", Severity::note,
            "rows in which every value is 0 are suppressed areas, as the layer definition says",
            table.place(row) + ", id " + rows.id());
      }
      for (std::size_t i = 0; i < indicators.size(); ++i) {
        if (suppressed && !std::isnan(of_row[i].value)) {
          of_row[i].value = undefined;
          of_row[i].reason = "suppressed by the publisher (written as 0)";
        }
        values(rows.date(), i)[rows.id()] = of_row[i];
      }
    }
    rows.settle(fate);
  }
  (void)file;
}

bool is_year(std::string_view text) {
  return text.size() == 4 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// One indicator whose columns are called by the year: its first definition holds for all.
void IndicatorCollector::read_columns_by_date(const LayerFile& file, const RawTable& table,
                                              RowReader& rows, FindingTally& tally) {
  struct Year {
    std::size_t column;
    std::string date;
  };
  std::vector<Year> years;
  for (std::size_t c = 0; c < table.column_count(); ++c) {
    if (!is_year(table.header()[c])) continue;
    std::string date = layer_.indicators.column_date;
    const std::size_t place = date.find("{year}");
    if (place != std::string::npos) date.replace(place, 6, table.header()[c]);
    years.push_back({c, std::move(date)});
  }
  if (years.empty())
    throw InputError(std::filesystem::path(file.name), "no column is called by a year");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    RowFate fate = rows.read(row);
    std::vector<Sums> of_row;
    for (const Year& year : years) {
      if (fate != RowFate::used) break;
      std::optional<Sums> sums =
          read_cell(table.cell(row, year.column), table.header()[year.column],
                    layer_.indicators.indicators.front(), table.place(row), tally);
      if (sums) {
        of_row.push_back(std::move(*sums));
      } else {
        fate = RowFate::rejected;
      }
    }
    if (fate == RowFate::used && !seen_.insert(rows.id()).second) {
      tally.add("repeated_row", Severity::rejected,
                "rows of a district that already had one are not used",
                table.place(row) + ", id " + display_safe(rows.id()));
      fate = RowFate::rejected;
    }
    for (std::size_t y = 0; fate == RowFate::used && y < years.size(); ++y) {
      values(years[y].date, 0)[rows.id()] = of_row[y];
    }
    rows.settle(fate);
  }
}

/// Filters of one indicator with their columns found.
struct Filters {
  std::vector<std::pair<std::size_t, const std::vector<std::string>*>> columns;
  Filters(const std::vector<CodeFilter>& filters, const RawTable& table) {
    for (const CodeFilter& filter : filters) {
      columns.emplace_back(table.at(filter.column), &filter.values);
    }
  }
  [[nodiscard]] bool pass(const RawTable& table, std::size_t row) const {
    for (const auto& [column, values] : columns) {
      if (std::find(values->begin(), values->end(), table.cell(row, column)) == values->end()) {
        return false;
      }
    }
    return true;
  }
};

void IndicatorCollector::read_long(const LayerFile& file, const RawTable& table, RowReader& rows,
                                   FindingTally& tally) {
  const auto& indicators = layer_.indicators.indicators;
  const std::size_t value = table.at(layer_.indicators.value);
  std::vector<Filters> where;
  std::vector<Filters> out_of;
  for (const IndicatorColumn& indicator : indicators) {
    where.emplace_back(indicator.where, table);
    out_of.emplace_back(indicator.out_of, table);
  }
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    RowFate fate = rows.read(row);
    if (fate != RowFate::used) {
      rows.settle(fate);
      continue;
    }
    const CellNumber number = cell_number(table.cell(row, value), layer_.indicators.value, rules_);
    if (number.state == CellState::refused) {
      tally.add(number.kind, Severity::rejected, number.message,
                table.place(row) + ", column " + layer_.indicators.value, 1, number.way_out);
      rows.settle(RowFate::rejected);
      continue;
    }
    bool wanted = false;
    for (std::size_t i = 0; i < indicators.size(); ++i) {
      const bool share = !indicators[i].out_of.empty();
      const bool above = where[i].pass(table, row);
      const bool below = share && out_of[i].pass(table, row);
      if (!above && !below) continue;
      wanted = true;
      Sums& sums = values(rows.date(), i)[rows.id()];
      if (number.state == CellState::marked) {
        ++sums.hidden;
        continue;
      }
      if (above) sums.value += number.value;
      if (below) sums.base = (std::isnan(sums.base) ? 0.0 : sums.base) + number.value;
    }
    if (wanted && number.state == CellState::marked) {
      tally.add(number.mark->suppressed ? "suppressed_cell" : "missing_cell", Severity::note,
                "'" + number.mark->text + "': " + number.mark->reason +
                    "; left out of both sums of a share, and a plain sum with one is undefined",
                table.place(row));
    }
    if (!wanted) {
      tally.add("row_excluded", Severity::note, "rows that no indicator of the layer asks for",
                table.place(row));
    }
    rows.settle(wanted ? RowFate::used : RowFate::excluded);
  }
  (void)file;
}

void IndicatorCollector::read(const LayerFile& file, const RawTable& table) {
  FindingTally tally(file.name, layer_.id);
  RowReader rows(layer_, file, table, tally);
  rows.check_expected();
  if (!layer_.indicators.value.empty()) {
    read_long(file, table, rows, tally);
  } else if (layer_.indicators.columns_by_date) {
    read_columns_by_date(file, table, rows, tally);
  } else {
    read_wide(file, table, rows, tally);
  }
  ledgers_.push_back(rows.ledger());
  append(findings_, tally.take());
}

RawIndicators IndicatorCollector::finish() {
  RawIndicators result;
  result.layer = layer_.id;
  result.by_name = layer_.key.by_name;
  result.ledgers = std::move(ledgers_);
  for (auto& [key, districts] : values_) {
    const IndicatorColumn& column = layer_.indicators.indicators[key.second];
    RawIndicator raw;
    raw.indicator.id = column.id;
    raw.indicator.label = column.label;
    raw.indicator.unit = column.unit;
    raw.indicator.date = key.first;
    raw.indicator.group = column.group;
    raw.indicator.domain = column.domain;
    raw.indicator.composition = column.composition;
    raw.direction = column.direction;
    raw.lever = column.lever;
    bool any_base = false;
    for (auto& [id, sums] : districts) {
      if (!column.out_of.empty()) {
        const bool nobody = std::isnan(sums.base) || sums.base == 0.0;
        sums.value =
            nobody ? undefined : sums.value / sums.base * (column.unit == "%" ? 100.0 : 1.0);
        if (nobody)
          sums.reason = sums.hidden > 0 ? "suppressed by the publisher" : "nobody to count";
      } else if (sums.hidden > 0) {
        sums.value = undefined;
        sums.reason = "suppressed by the publisher";
      }
      raw.district_ids.push_back(id);
      raw.indicator.values.push_back(sums.value);
      raw.indicator.base.push_back(sums.base);
      raw.reasons.push_back(std::move(sums.reason));
      any_base = any_base || !std::isnan(sums.base);
    }
    if (!any_base) raw.indicator.base.clear();
    result.indicators.push_back(std::move(raw));
  }
  return result;
}

}  // namespace

Loaded<RawIndicators> read_indicators(const LayerDefinition& layer,
                                      std::span<const LayerFile> files) {
  NumberRules rules;
  rules.decimal = layer.text.decimal;
  rules.thousands = layer.text.thousands;
  rules.counts = false;
  rules.marks = layer.marks;
  IndicatorCollector collector(layer, rules);
  Loaded<RawIndicators> indicators;
  for (const LayerFile& file : files) {
    Loaded<RawTable> table = read_table(file.path, file.name, layer.text);
    append(indicators.findings, std::move(table.findings));
    collector.read(file, table.value);
    append(indicators.findings, collector.take_findings());
  }
  indicators.value = collector.finish();
  std::vector<std::string> dates;
  for (const RawIndicator& raw : indicators.value.indicators) dates.push_back(raw.indicator.date);
  append(indicators.findings, notices_for(layer, dates));
  return indicators;
}

}  // namespace quartier::io
