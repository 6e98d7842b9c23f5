// The tables of the chapter on segregation.

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "base/text.h"
#include "metrics/registry.h"
#include "report/html_parts.h"
#include "report/markup.h"
#include "report/segregation_parts.h"

namespace quartier::report {
namespace {

using metrics::ResultRow;

constexpr std::size_t columns_of_table = 7;
constexpr std::size_t dates_of_city = 6;
constexpr std::size_t narrow_columns = 3;

/// One metric of a table; its parameters only where several sets of them are told apart.
struct Key {
  std::string metric;
  std::string reference;
  std::string parameters;
};

/// Rows as a table: metrics by slots (groups, or dates).
struct Grid {
  std::vector<Key> keys;
  std::vector<std::string> slots;
  std::map<std::pair<std::string, std::size_t>, const ResultRow*> cells;

  [[nodiscard]] const ResultRow* at(const std::string& slot, std::size_t key) const {
    const auto found = cells.find({slot, key});
    return found == cells.end() ? nullptr : found->second;
  }
  [[nodiscard]] bool any(std::size_t key, double ResultRow::*number) const {
    return std::any_of(cells.begin(), cells.end(), [&](const auto& cell) {
      return cell.first.second == key && is_defined(cell.second->*number);
    });
  }
};

Grid grid_of(const ResultRows& rows, std::string ResultRow::*slot) {
  // A metric with at most one row for each slot is one column, whatever its parameters say.
  std::map<std::array<std::string, 3>, std::size_t> count;
  std::map<std::array<std::string, 2>, bool> several;
  for (const ResultRow* row : rows) {
    if (++count[{row->metric, row->reference, row->*slot}] > 1) {
      several[{row->metric, row->reference}] = true;
    }
  }
  Grid grid;
  for (const ResultRow* row : rows) {
    const bool apart = several.count({row->metric, row->reference}) > 0;
    const Key key{row->metric, row->reference, apart ? row->parameters : std::string()};
    std::size_t k = 0;
    while (k < grid.keys.size() &&
           (grid.keys[k].metric != key.metric || grid.keys[k].reference != key.reference ||
            grid.keys[k].parameters != key.parameters)) {
      ++k;
    }
    if (k == grid.keys.size()) grid.keys.push_back(key);
    if (std::find(grid.slots.begin(), grid.slots.end(), row->*slot) == grid.slots.end()) {
      grid.slots.push_back(row->*slot);
    }
    grid.cells.emplace(std::pair{row->*slot, k}, row);
  }
  return grid;
}

/// What tells one set of parameters of a metric from its others.
std::string distinction(const Grid& grid, std::size_t key) {
  const Key& own = grid.keys[key];
  std::string told;
  for (const auto& pair : parameter_pairs(own.parameters)) {
    const auto& name = pair.first;
    const auto& value = pair.second;
    const bool differs = std::any_of(grid.keys.begin(), grid.keys.end(), [&](const Key& other) {
      return other.metric == own.metric && parameter_of(other.parameters, name) != value;
    });
    if (!differs) continue;
    if (!told.empty()) told += "; ";
    told += name;
    told += "=";
    told += value;
  }
  return parameters_in_words(told);
}

HtmlCell value_cell(const ResultRow* row, const std::string& unit, Footnotes& notes) {
  HtmlCell cell = result_cell(row, unit, false, notes);
  if (row == nullptr) return cell;
  const std::string p = p_text(row->p_value);
  if (!p.empty()) cell.html += "<span class=\"p\">" + escaped(p) + "</span>";
  return cell;
}

HtmlCell chance_cell(const ResultRow* row, const std::string& unit) {
  const double expected = row == nullptr ? undefined : row->expected;
  if (!is_defined(expected)) {
    return {.html = "<span class=\"na\">\xE2\x80\x93</span>", .number = true};
  }
  return number_cell(shown_value(expected, unit, false));
}

/// Columns cut into tables of about the same width; a value and its "by chance" stay together.
std::vector<std::vector<std::size_t>> tables_of(const Grid& grid) {
  std::size_t width = 0;
  for (std::size_t k = 0; k < grid.keys.size(); ++k) {
    width += grid.any(k, &ResultRow::expected) ? 2U : 1U;
  }
  const std::size_t tables = (width + columns_of_table - 1) / columns_of_table;
  const std::size_t wanted = tables == 0 ? 0 : (width + tables - 1) / tables;
  std::vector<std::vector<std::size_t>> cut;
  std::size_t used = 0;
  for (std::size_t k = 0; k < grid.keys.size(); ++k) {
    const std::size_t taken = grid.any(k, &ResultRow::expected) ? 2U : 1U;
    if (cut.empty() || used >= wanted || used + taken > columns_of_table) {
      cut.emplace_back();
      used = 0;
    }
    cut.back().push_back(k);
    used += taken;
  }
  return cut;
}

std::string shown_unit(const std::string& unit) {
  return unit == "share" || unit == "index" ? std::string() : unit;
}

void join(std::string& text, const std::string& more) {
  if (more.empty()) return;
  if (!text.empty()) text += "; ";
  text += more;
}

std::string group_tables(const ReportContent& content, const std::string& label,
                         const ResultRows& rows) {
  const Grid grid = grid_of(rows, &ResultRow::group);
  if (grid.keys.empty()) return {};
  std::vector<std::string> references;
  for (const Key& key : grid.keys) {
    if (!key.reference.empty() &&
        std::find(references.begin(), references.end(), key.reference) == references.end()) {
      references.push_back(key.reference);
    }
  }
  std::vector<std::pair<std::string, std::size_t>> groups;
  for (const ReportGroup& group : content.groups) {
    if (std::find(grid.slots.begin(), grid.slots.end(), group.label) != grid.slots.end()) {
      groups.emplace_back(group.label, group.depth > 0 ? group.depth - 1 : 0);
    }
  }
  for (const std::string& group : grid.slots) {
    const bool told = std::any_of(groups.begin(), groups.end(),
                                  [&](const auto& one) { return one.first == group; });
    if (!told) groups.emplace_back(group, 0);
  }
  std::string html;
  bool first = true;
  for (const std::vector<std::size_t>& keys : tables_of(grid)) {
    std::vector<HtmlColumn> columns{{"Group"}};
    for (const std::size_t k : keys) {
      const Key& key = grid.keys[k];
      std::string hint = shown_unit(metric_unit(key.metric));
      if (references.size() > 1 && !key.reference.empty()) {
        join(hint, "against " + in_words(key.reference));
      }
      join(hint, distinction(grid, k));
      columns.push_back({metric_label(key.metric), true, hint});
      if (grid.any(k, &ResultRow::expected)) columns.push_back({"by chance", true, {}});
    }
    Footnotes notes;
    std::vector<std::vector<HtmlCell>> table;
    for (const auto& [group, depth] : groups) {
      std::vector<HtmlCell> row{head_cell(group, depth)};
      for (const std::size_t k : keys) {
        const std::string unit = metric_unit(grid.keys[k].metric);
        row.push_back(value_cell(grid.at(group, k), unit, notes));
        if (grid.any(k, &ResultRow::expected)) row.push_back(chance_cell(grid.at(group, k), unit));
      }
      // A group beside nothing but gaps is the reference itself.
      const bool any = std::any_of(keys.begin(), keys.end(), [&, name = group](std::size_t k) {
        return grid.at(name, k) != nullptr;
      });
      if (any) table.push_back(std::move(row));
    }
    std::string caption = label + " by group, " + rows.front()->date;
    if (references.size() == 1) {
      caption += ", against " + in_words(references.front());
    }
    if (!first) caption += ", continued";
    const std::string one = html_table(caption, columns, table) + notes.list();
    html += columns.size() > narrow_columns ? one : "<div class=\"narrow\">" + one + "</div>\n";
    first = false;
  }
  return html;
}

std::string city_table(const std::string& label, const ResultRows& rows) {
  const Grid grid = grid_of(rows, &ResultRow::date);
  if (grid.keys.empty()) return {};
  std::vector<std::string> dates = grid.slots;
  std::sort(dates.begin(), dates.end());
  const std::vector<std::size_t> shown = evenly_chosen(dates.size(), dates_of_city);
  bool chance = false;
  for (std::size_t k = 0; k < grid.keys.size(); ++k) {
    const ResultRow* last = grid.at(dates.back(), k);
    chance = chance || (last != nullptr && is_defined(last->expected));
  }
  std::vector<HtmlColumn> columns{{"All groups together"}};
  for (const std::size_t t : shown) columns.push_back({dates[t], true, {}});
  if (chance) columns.push_back({"by chance", true, dates.back()});
  Footnotes notes;
  std::vector<std::vector<HtmlCell>> table;
  for (std::size_t k = 0; k < grid.keys.size(); ++k) {
    const std::string unit = metric_unit(grid.keys[k].metric);
    HtmlCell name = head_cell(metric_label(grid.keys[k].metric));
    std::string hint = shown_unit(unit);
    join(hint, distinction(grid, k));
    if (!hint.empty()) name.html += "<span class=\"p\">" + escaped(hint) + "</span>";
    std::vector<HtmlCell> row{name};
    for (const std::size_t t : shown) row.push_back(value_cell(grid.at(dates[t], k), unit, notes));
    if (chance) row.push_back(chance_cell(grid.at(dates.back(), k), unit));
    table.push_back(std::move(row));
  }
  std::string html = html_table(label + ", the city as a whole", columns, table) + notes.list();
  if (shown.size() < dates.size()) {
    html += paragraph("Dates between those shown stand in segregation.csv.", "small");
  }
  return html;
}

}  // namespace

std::string family_tables(const ReportContent& content, const std::string& label,
                          const ResultRows& rows) {
  std::string latest;
  for (const ResultRow* row : rows) {
    if (!row->group.empty()) latest = std::max(latest, row->date);
  }
  ResultRows of_groups;
  ResultRows of_city;
  for (const ResultRow* row : rows) {
    if (row->group.empty()) {
      of_city.push_back(row);
    } else if (row->date == latest) {
      of_groups.push_back(row);
    }
  }
  ResultRows told = of_groups;
  told.insert(told.end(), of_city.begin(), of_city.end());
  return group_tables(content, label, of_groups) + city_table(label, of_city) + computed_how(told);
}

}  // namespace quartier::report
