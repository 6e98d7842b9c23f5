#include "io/cost_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "io/table_findings.h"
#include "io/table_number.h"

namespace quartier::io {
namespace {

/// How costs of a stated unit become whole.
struct Scale {
  std::string_view id;
  CostUnit unit = CostUnit::second;
  double factor = 1.0;
  double tolerance = 1e-9;  ///< of the whole unit
};

constexpr auto scales = std::to_array<Scale>({
    {"mm", CostUnit::millimetre, 1.0},
    {"m", CostUnit::metre, 1.0},
    {"s", CostUnit::second, 1.0},
    {"min10", CostUnit::tenth_of_minute, 1.0},
    {"min", CostUnit::tenth_of_minute, 10.0, 1e-6},
    {"min", CostUnit::second, 60.0, 1e-3},
});

constexpr std::size_t most_sites_or_origins = 0xFFFFFFFEu;

using Positions = std::unordered_map<std::string_view, std::uint32_t>;

Positions positions_of(std::span<const std::string> ids) {
  expects(ids.size() <= most_sites_or_origins, "costs: positions of 32 bits");
  Positions positions;
  positions.reserve(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    positions.emplace(ids[i], static_cast<std::uint32_t>(i));
  }
  return positions;
}

std::uint32_t position(const Positions& positions, std::string_view id) {
  const auto found = positions.find(id);
  return found == positions.end() ? no_index : found->second;
}

/// One cost of the table.
struct Entry {
  std::uint32_t site = 0;
  std::uint32_t origin = 0;
  std::uint32_t row = 0;
  double cost = 0.0;
};

class CostReader {
 public:
  CostReader(const RawTable& table, const CostTableLayout& layout,
             std::span<const std::string> origins, std::span<const std::string> sites)
      : table_(table),
        layout_(layout),
        origin_ids_(origins),
        site_ids_(sites),
        origins_(positions_of(origins)),
        sites_(positions_of(sites)),
        tally_(table.file(), "") {
    rules_.decimal = layout.text.decimal;
    rules_.thousands = layout.text.thousands;
    rules_.counts = false;
    rules_.decimal_stated = layout.decimal_stated;
    rules_.marks = layout.marks;
    ledger_.file = table.file();
    ledger_.read = table.rows_read();
    ledger_.rejected = table.broken().size();
  }

  Loaded<CostTable> read() {
    refuse_unknown_unit();
    if (layout_.wide) {
      read_wide();
    } else {
      read_long();
    }
    Loaded<CostTable> result;
    result.value.costs = costs();
    result.value.ways = entries_.size();
    result.value.ledger = std::move(ledger_);
    result.findings = tally_.take();
    return result;
  }

 private:
  void refuse_unknown_unit() const {
    for (const Scale& scale : scales) {
      if (scale.id == layout_.unit) return;
    }
    throw InputError(table_.file(), "'" + layout_.unit + "' is no unit of costs",
                     "units are mm, m, s, min10 (tenths of a minute) and min");
  }

  void reject(std::string_view kind, std::string_view message, std::string place,
              std::uint64_t count = 1, std::string_view way_out = {}) {
    tally_.add(kind, Severity::rejected, message, std::move(place), count, way_out);
    ledger_.rejected += count;
  }

  void read_long() {
    const std::size_t from = table_.at(layout_.from);
    const std::size_t to = table_.at(layout_.to);
    const std::size_t cost = table_.at(layout_.cost);
    for (std::size_t row = 0; row < table_.row_count(); ++row) {
      const std::string_view origin = table_.cell(row, from);
      const std::string_view site = table_.cell(row, to);
      if (origin.empty() || site.empty()) {
        reject("empty_id", "rows without the id of an origin or a site", table_.place(row));
        continue;
      }
      const std::uint32_t i = position(origins_, origin);
      const std::uint32_t j = position(sites_, site);
      if (i != no_index && j != no_index) {
        read_cost(row, cost, i, j);
      } else if (position(sites_, origin) != no_index && position(origins_, site) != no_index) {
        tally_.add("other_direction", Severity::note,
                   "rows that lead from a site to an origin are left out: costs are those from "
                   "origin to site",
                   table_.place(row));
        ++ledger_.excluded;
      } else if (i == no_index) {
        reject("unknown_id", "costs from an id that is no origin", place(row, origin));
      } else {
        reject("unknown_id", "costs to an id that is no site", place(row, site));
      }
    }
  }

  void read_wide() {
    const std::size_t columns = table_.column_count() - 1;
    ledger_.unit = "cells";
    ledger_.read *= columns;
    ledger_.rejected *= columns;
    std::vector<std::uint32_t> site_of;
    for (std::size_t c = 1; c < table_.column_count(); ++c) {
      site_of.push_back(position(sites_, table_.header()[c]));
    }
    const auto strange = static_cast<std::uint64_t>(
        std::count(site_of.begin(), site_of.end(), std::uint32_t{no_index}));
    for (std::size_t c = 0; c < columns; ++c) {
      if (site_of[c] != no_index || table_.row_count() == 0) continue;
      reject("unknown_id", "costs to an id that is no site",
             "column " + display_safe(table_.header()[c + 1]), table_.row_count());
    }
    for (std::size_t row = 0; row < table_.row_count(); ++row) {
      const std::string_view origin = table_.cell(row, 0);
      const std::uint32_t i = position(origins_, origin);
      if (i == no_index) {
        if (columns > strange) {
          reject("unknown_id", "costs from an id that is no origin", place(row, origin),
                 columns - strange);
        }
        continue;
      }
      for (std::size_t c = 0; c < columns; ++c) {
        if (site_of[c] != no_index) read_cost(row, c + 1, i, site_of[c]);
      }
    }
  }

  void read_cost(std::size_t row, std::size_t column, std::uint32_t origin, std::uint32_t site) {
    const std::string_view cell = table_.cell(row, column);
    if (cell.empty()) {
      ++ledger_.excluded;
      return;
    }
    const CellNumber number = cell_number(cell, table_.header()[column], rules_);
    if (number.state == CellState::marked) {
      ++ledger_.excluded;
    } else if (number.kind == "ambiguous_number") {
      // Left out row by row, it would be a way that is missing here and there.
      throw InputError(table_.file(),
                       cell_place(row, column) + ": a cost of " + display_safe(cell) +
                           " has a mark that may part thousands or decimals",
                       "say which it is with --decimal or --thousands");
    } else if (number.state == CellState::refused) {
      const bool mark = number.kind == "undeclared_mark";
      reject(number.kind, mark ? "costs that are no number and no declared mark" : number.message,
             cell_place(row, column), 1,
             mark ? "leave the cell empty, or declare the mark with --missing" : number.way_out);
    } else if (number.value < 0.0) {
      reject("negative_cost", "costs below 0", cell_place(row, column));
    } else if (!(number.value * finest_factor() <= static_cast<double>(greatest_cost))) {
      reject("number_out_of_range", "costs above 4,294,967,294 whole units",
             cell_place(row, column));
    } else {
      entries_.push_back({site, origin, static_cast<std::uint32_t>(row), number.value});
      ++ledger_.used;
    }
  }

  /// The largest factor by which a cost of the unit may become whole.
  [[nodiscard]] double finest_factor() const {
    double factor = 1.0;
    for (const Scale& scale : scales) {
      if (scale.id == layout_.unit) factor = std::max(factor, scale.factor);
    }
    return factor;
  }

  [[nodiscard]] std::string place(std::size_t row, std::string_view id) const {
    return table_.place(row) + ", id " + display_safe(id);
  }
  [[nodiscard]] std::string cell_place(std::size_t row, std::size_t column) const {
    return layout_.wide ? table_.place(row) + ", column " + display_safe(table_.header()[column])
                        : table_.place(row);
  }

  /// The coarsest scale of the unit in which every cost is whole.
  [[nodiscard]] Scale scale() const {
    const Entry* odd = nullptr;
    for (const Scale& candidate : scales) {
      if (candidate.id != layout_.unit) continue;
      const auto fraction = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
        const double whole = entry.cost * candidate.factor;
        return std::abs(whole - std::round(whole)) > candidate.tolerance;
      });
      if (fraction == entries_.end()) return candidate;
      odd = &*fraction;
    }
    const bool minutes = layout_.unit == "min";
    throw InputError(
        table_.file(),
        table_.place(odd->row) + ": a cost of " + exact_text(odd->cost) + " " + layout_.unit +
            (minutes ? " is whole neither in tenths of a minute nor in seconds" : " is not whole"),
        minutes               ? "round costs to seconds, or give them so (unit s)"
        : layout_.unit == "m" ? "give millimetres (unit mm), or round to metres"
                              : "round costs to whole units");
  }

  TravelCosts costs() {
    const Scale chosen = scale();
    const auto whole = [&](const Entry& entry) {
      return static_cast<std::uint32_t>(std::llround(entry.cost * chosen.factor));
    };
    const auto before = [](const Entry& a, const Entry& b) {
      return std::pair(a.site, a.origin) < std::pair(b.site, b.origin);
    };
    if (!std::is_sorted(entries_.begin(), entries_.end(), before)) {
      std::stable_sort(entries_.begin(), entries_.end(), before);
    }
    std::size_t kept = 0;
    for (std::size_t k = 0; k < entries_.size(); ++k) {
      const Entry& entry = entries_[k];
      if (kept > 0 && !before(entries_[kept - 1], entry)) {
        settle_repeated(entries_[kept - 1], entry, whole(entries_[kept - 1]) == whole(entry));
      } else {
        entries_[kept++] = entry;
      }
    }
    entries_.resize(kept);
    refuse_nothing();

    TravelCosts costs;
    costs.unit = chosen.unit;
    costs.origin_count = origin_ids_.size();
    costs.site_count = site_ids_.size();
    std::uint32_t greatest = 0;
    for (const Entry& entry : entries_) greatest = std::max(greatest, whole(entry));
    const bool dense =
        greatest < no_cost_16 && 2 * entries_.size() >= costs.origin_count * costs.site_count;
    if (dense) {
      costs.rows.assign(costs.origin_count * costs.site_count, no_cost_16);
      for (const Entry& entry : entries_) {
        costs.rows[entry.site * costs.origin_count + entry.origin] =
            static_cast<std::uint16_t>(whole(entry));
      }
      costs.start.assign(costs.site_count + 1, 0);
      return costs;
    }
    costs.start.assign(costs.site_count + 1, 0);
    for (const Entry& entry : entries_) {
      ++costs.start[entry.site + 1];
      costs.origin.push_back(entry.origin);
      costs.cost.push_back(whole(entry));
    }
    for (std::size_t j = 0; j < costs.site_count; ++j) costs.start[j + 1] += costs.start[j];
    return costs;
  }

  void settle_repeated(const Entry& first, const Entry& again, bool agree) {
    const std::string pair =
        display_safe(origin_ids_[first.origin]) + " to " + display_safe(site_ids_[first.site]);
    if (!agree) {
      throw InputError(table_.file(),
                       table_.place(first.row) + " and " + table_.place(again.row) +
                           " give two costs from " + pair + ": " + exact_text(first.cost) +
                           " and " + exact_text(again.cost),
                       "leave the wrong one out");
    }
    tally_.add("repeated_row", Severity::note, "pairs that are listed again with the same cost",
               table_.place(again.row) + ", " + pair);
    --ledger_.used;
    ++ledger_.excluded;
  }

  void refuse_nothing() {
    if (!entries_.empty()) return;
    const std::vector<Finding> findings = tally_.take();
    throw InputError(
        table_.file(), "holds no cost from an origin to a site",
        findings.empty()
            ? "a row for each pair with its cost is needed, or --wide for a matrix"
            : findings.front().message + " (" + joined(findings.front().rows, "; ") + ")");
  }

  const RawTable& table_;
  const CostTableLayout& layout_;
  std::span<const std::string> origin_ids_;
  std::span<const std::string> site_ids_;
  Positions origins_;
  Positions sites_;
  FindingTally tally_;
  NumberRules rules_;
  Ledger ledger_;
  std::vector<Entry> entries_;
};

}  // namespace

Loaded<CostTable> costs_of_table(const RawTable& table, const CostTableLayout& layout,
                                 std::span<const std::string> origins,
                                 std::span<const std::string> sites) {
  return CostReader(table, layout, origins, sites).read();
}

Loaded<CostTable> read_cost_table(const std::filesystem::path& file, const std::string& name,
                                  const CostTableLayout& layout,
                                  std::span<const std::string> origins,
                                  std::span<const std::string> sites) {
  Loaded<RawTable> table = read_table(file, name, layout.text);
  Loaded<CostTable> result = costs_of_table(table.value, layout, origins, sites);
  append(table.findings, std::move(result.findings));
  result.findings = std::move(table.findings);
  return result;
}

Loaded<SiteTable> read_site_table(const std::filesystem::path& file, const std::string& name,
                                  const SiteTableLayout& layout) {
  Loaded<RawTable> loaded = read_table(file, name, layout.text);
  const RawTable& table = loaded.value;
  const std::size_t name_column = table.find("name");
  const std::size_t supply_column =
      layout.supply.empty() ? table.column_count() : table.at(layout.supply);
  NumberRules rules;
  rules.decimal = layout.text.decimal;
  rules.thousands = layout.text.thousands;
  rules.counts = false;
  rules.decimal_stated = layout.decimal_stated;

  Loaded<SiteTable> result;
  result.findings = std::move(loaded.findings);
  FindingTally tally(name, "");
  Services& services = result.value.services;
  Ledger& ledger = result.value.ledger;
  ledger.file = name;
  ledger.read = table.rows_read();
  ledger.rejected = table.broken().size();
  services.supply_published = !layout.supply.empty();
  std::unordered_map<std::string_view, std::size_t> row_of;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string_view id = table.cell(row, 0);
    if (id.empty()) {
      tally.add("empty_id", Severity::rejected, "rows without the id of a site", table.place(row));
      ++ledger.rejected;
      continue;
    }
    const auto [first, is_new] = row_of.emplace(id, row);
    if (!is_new) {
      for (std::size_t c = 1; c < table.column_count(); ++c) {
        if (table.cell(row, c) == table.cell(first->second, c)) continue;
        throw InputError(name,
                         table.place(first->second) + " and " + table.place(row) +
                             " say different things of site " + display_safe(id),
                         "give each site an id of its own");
      }
      tally.add("service_repeated", Severity::note, "sites that are there again",
                table.place(row) + ", id " + display_safe(id));
      ++ledger.excluded;
      continue;
    }
    double supply = 1.0;
    if (supply_column < table.column_count()) {
      const CellNumber number = cell_number(table.cell(row, supply_column), layout.supply, rules);
      supply = number.state == CellState::number ? number.value : -1.0;
      if (supply < 0.0) {
        supply = 0.0;
        tally.add("capacity_missing", Severity::warning,
                  "sites without a readable number of places; counted as having none",
                  table.place(row) + ", id " + display_safe(id));
      }
    }
    services.ids.emplace_back(id);
    services.names.emplace_back(name_column < table.column_count() ? table.cell(row, name_column)
                                                                   : id);
    services.places.push_back({undefined, undefined});
    services.supply.push_back(supply);
    ++ledger.used;
  }
  append(result.findings, tally.take());
  if (services.ids.empty()) {
    throw InputError(name, "holds no site", "a row for each site is needed, its id first");
  }
  return result;
}

}  // namespace quartier::io
