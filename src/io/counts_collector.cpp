#include "io/counts_collector.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/text.h"

namespace quartier::io {
namespace {

/// Every column or code that a group of the layer needs, sorted.
std::vector<CountSource> sources_of(const LayerDefinition& layer) {
  std::set<CountSource> sources;
  for (const LayerGroup& group : layer.counts.groups) {
    for (const GroupSource& source : group.sources) {
      for (const std::string& column : source.columns) sources.insert({source.part, column});
      for (const std::string& column : source.less) sources.insert({source.part, column});
      for (const std::string& code : source.codes) sources.insert({source.part, code});
    }
  }
  return {sources.begin(), sources.end()};
}

Groups tree_of(const CountsLayout& layout, const CodeList* codes) {
  Groups groups;
  for (const LayerGroup& node : layout.groups) {
    Group group;
    group.id = node.id;
    group.label = node.label;
    const bool one_code = node.sources.size() == 1 && node.sources.front().codes.size() == 1;
    if (group.label.empty() && codes != nullptr && one_code) {
      group.label = codes->label(layout.dimension, node.sources.front().codes.front());
    }
    if (group.label.empty()) group.label = node.id;
    group.parent = groups.find(node.parent);
    group.remainder = node.remainder;
    group.overlapping = node.overlapping;
    groups.nodes.push_back(std::move(group));
  }
  return groups;
}

}  // namespace

CountsCollector::CountsCollector(const LayerDefinition& layer, const NumberRules& rules)
    : layer_(layer),
      rules_(rules),
      sources_(sources_of(layer)),
      occurring_(sources_.size(), false) {}

/// Adds what the cell says to `cell`; false where it is refused.
bool CountsCollector::take_cell(std::string_view text, const std::string& column,
                                const std::string& place, CountCell& cell,
                                FindingTally& tally) const {
  const CellNumber number = cell_number(text, column, rules_);
  switch (number.state) {
    case CellState::number:
      cell.readable += number.value;
      break;
    case CellState::marked:
      ++cell.hidden;
      cell.least += number.mark->least;
      cell.greatest += number.mark->greatest;
      tally.add(number.mark->suppressed ? "suppressed_cell" : "missing_cell", Severity::note,
                "'" + number.mark->text + "': " + number.mark->reason, place);
      break;
    case CellState::refused:
      tally.add(number.kind, Severity::rejected, number.message,
                place + ", column " + display_safe(column) + " '" +
                    display_safe(text.substr(0, 40)) + "'",
                1, number.way_out);
      return false;
  }
  cell.present = true;
  return true;
}

void CountsCollector::read_long(const LayerFile& file, const RawTable& table, RowReader& rows,
                                FindingTally& tally) {
  const std::size_t value = table.at(layer_.counts.value);
  const std::size_t code_column = table.at(layer_.counts.code);
  std::vector<std::size_t> summed;
  for (const std::string& column : layer_.counts.sum_over) summed.push_back(table.at(column));
  std::string identity;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    RowFate fate = rows.read(row);
    if (fate == RowFate::used) {
      const std::string_view code = table.cell(row, code_column);
      identity = rows.date() + '\x1F' + rows.id() + '\x1F';
      identity += code;
      for (const std::size_t column : summed) {
        identity += '\x1F';
        identity += table.cell(row, column);
      }
      const auto place = std::lower_bound(sources_.begin(), sources_.end(),
                                          CountSource{file.part, std::string(code)});
      if (place == sources_.end() || place->name != code || place->part != file.part) {
        tally.add("unknown_code", Severity::rejected,
                  "rows with a code that no group has are not used",
                  table.place(row) + ", code " + display_safe(code), 1,
                  "add the code to a [[group]] of the layer definition");
        fate = RowFate::rejected;
      } else if (!seen_.insert(identity).second) {
        tally.add("repeated_row", Severity::rejected,
                  "rows that say the same cell a second time are not used", table.place(row));
        fate = RowFate::rejected;
      } else {
        const auto source = static_cast<std::size_t>(place - sources_.begin());
        occurring_[source] = true;
        CountCells& cells = cells_of(rows.date());
        const std::size_t district = cells.district(rows.id(), rows.name());
        CountCell& cell = cells.cell(district, source);
        if (take_cell(table.cell(row, value), layer_.counts.value, table.place(row), cell, tally)) {
          cells.count_row(district, ledgers_.size());
        } else {
          fate = RowFate::rejected;
          ++cell.hidden;
          cell.greatest = std::numeric_limits<double>::infinity();
          cell.present = true;
        }
      }
    }
    rows.settle(fate);
  }
}

void CountsCollector::read_wide(const LayerFile& file, const RawTable& table, RowReader& rows,
                                FindingTally& tally) {
  struct Read {
    std::size_t source;
    std::size_t column;
  };
  std::vector<Read> reads;
  const auto needed_at = [&](const std::string& column) {
    for (const LayerGroup& group : layer_.counts.groups) {
      for (const GroupSource& source : group.sources) {
        if (source.part != file.part) continue;
        const bool named = std::count(source.columns.begin(), source.columns.end(), column) > 0 ||
                           std::count(source.less.begin(), source.less.end(), column) > 0;
        const bool now = (source.from.empty() || file.date >= source.from) &&
                         (source.until.empty() || file.date <= source.until);
        if (named && (now || file.date.empty())) return true;
      }
    }
    return false;
  };
  for (std::size_t s = 0; s < sources_.size(); ++s) {
    if (sources_[s].part != file.part || !needed_at(sources_[s].name)) continue;
    reads.push_back({s, table.at(sources_[s].name)});
  }
  std::vector<CountCell> cells_of_row(reads.size());
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    RowFate fate = rows.read(row);
    if (fate == RowFate::used) {
      const std::string identity = rows.date() + '\x1F' + rows.id() + '\x1F' + file.part;
      std::fill(cells_of_row.begin(), cells_of_row.end(), CountCell{});
      for (std::size_t k = 0; k < reads.size(); ++k) {
        if (!take_cell(table.cell(row, reads[k].column), table.header()[reads[k].column],
                       table.place(row), cells_of_row[k], tally)) {
          fate = RowFate::rejected;
        }
      }
      if (fate == RowFate::used && !seen_.insert(identity).second) {
        tally.add("repeated_row", Severity::rejected,
                  "rows of a district that already had one are not used",
                  table.place(row) + ", id " + display_safe(rows.id()));
        fate = RowFate::rejected;
      }
      if (fate == RowFate::used) {
        CountCells& cells = cells_of(rows.date());
        const std::size_t district = cells.district(rows.id(), rows.name());
        cells.count_row(district, ledgers_.size());
        for (std::size_t k = 0; k < reads.size(); ++k) {
          cells.cell(district, reads[k].source) = cells_of_row[k];
        }
      }
    }
    rows.settle(fate);
  }
}

void CountsCollector::read(const LayerFile& file, const RawTable& table) {
  FindingTally tally(file.name, layer_.id);
  RowReader rows(layer_, file, table, tally);
  rows.check_expected();
  if (layer_.date.column.empty() && layer_.date.fixed.empty()) cells_of(file.date);
  if (layer_.counts.code.empty()) {
    read_wide(file, table, rows, tally);
  } else {
    read_long(file, table, rows, tally);
  }
  ledgers_.push_back(rows.ledger());
  append(findings_, tally.take());
}

/// Long tables leave out what is zero, or what was not counted; either way it is told.
void CountsCollector::tell_absent(const std::string& date, const CountCells& cells) {
  if (layer_.counts.code.empty()) return;
  Finding finding;
  finding.count = 0;
  for (std::size_t s = 0; s < sources_.size(); ++s) {
    if (!occurring_[s]) continue;
    for (std::size_t d = 0; d < cells.ids().size(); ++d) {
      if (cells.cell(d, s).present) continue;
      ++finding.count;
      if (finding.rows.size() < named_rows_limit) {
        finding.rows.push_back("id " + cells.ids()[d] + ", code " + sources_[s].name);
      }
    }
  }
  if (finding.count == 0) return;
  finding.kind = "absent_row";
  finding.severity = Severity::note;
  finding.file = file_of_sums();
  finding.layer = layer_.id;
  finding.message =
      date + ": districts without a row for a group that occurs elsewhere, which means " +
      (layer_.counts.absent_is_zero ? "zero as the layer definition says" : "not known");
  findings_.push_back(std::move(finding));
}

RawCounts CountsCollector::finish(const CodeList* codes) {
  RawCounts counts;
  counts.layer = layer_.id;
  counts.groups = tree_of(layer_.counts, codes);
  for (const auto& [date, cells] : dates_) {
    tell_absent(date, cells);
    const std::vector<std::string>& ids = cells.ids();
    std::vector<std::size_t> order(ids.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&ids](std::size_t a, std::size_t b) { return ids[a] < ids[b]; });
    RawCountsOfDate of_date;
    for (const std::size_t place : order) {
      of_date.district_ids.push_back(ids[place]);
      of_date.district_names.push_back(cells.names()[place]);
    }
    of_date.rows.resize(ledgers_.size());
    for (std::size_t l = 0; l < ledgers_.size(); ++l) {
      for (const std::size_t place : order) of_date.rows[l].push_back(cells.rows(place, l));
    }
    of_date.counts = grouped_counts(layer_.counts, sources_, date, cells, order);
    std::vector<Finding> sums =
        check_and_mend(layer_.counts, of_date.counts, of_date.district_ids, layer_.id);
    for (Finding& finding : sums) finding.file = file_of_sums();
    append(findings_, std::move(sums));
    counts.dates.push_back(std::move(of_date));
  }
  counts.ledgers = std::move(ledgers_);
  return counts;
}

}  // namespace quartier::io
