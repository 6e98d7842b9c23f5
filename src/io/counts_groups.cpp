#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "io/counts_cells.h"

namespace quartier::io {
namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();

/// A sum of cells with what is known of it.
struct Known {
  double readable = 0.0;
  double least = 0.0;
  double greatest = 0.0;
  std::uint32_t hidden = 0;

  void add(const Known& other) {
    readable += other.readable;
    least += other.least;
    greatest += other.greatest;
    hidden += other.hidden;
  }
  /// Taking away: what stays is only readable where both are fully known.
  void take(const Known& other) {
    hidden += other.hidden;
    least = std::max(0.0, least - other.greatest);
    greatest = std::max(0.0, greatest - other.least);
    readable = hidden > 0 ? 0.0 : readable - other.readable;
    if (hidden == 0) least = greatest = readable;
  }
};

Known unknown() { return {0.0, 0.0, unbounded, 1}; }

Known known_of(const CountCell& cell) {
  return {cell.readable, cell.readable + cell.least, cell.readable + cell.greatest, cell.hidden};
}

/// Columns while they are built: values of every node, by district.
class Columns {
 public:
  Columns(std::size_t nodes, std::size_t districts)
      : districts_(districts), all_(nodes * districts) {}
  Known& at(std::size_t node, std::size_t district) { return all_[node * districts_ + district]; }

 private:
  std::size_t districts_;
  std::vector<Known> all_;
};

bool covers(const GroupSource& source, const std::string& date) {
  return (source.from.empty() || date >= source.from) &&
         (source.until.empty() || date <= source.until);
}

const GroupSource* source_at(const LayerGroup& group, const std::string& date) {
  for (const GroupSource& source : group.sources) {
    if (covers(source, date)) return &source;
  }
  return nullptr;
}

std::vector<std::size_t> positions(const std::vector<CountSource>& sources, const std::string& part,
                                   const std::vector<std::string>& names) {
  std::vector<std::size_t> found;
  for (const std::string& name : names) {
    const auto place = std::lower_bound(sources.begin(), sources.end(), CountSource{part, name});
    found.push_back(static_cast<std::size_t>(place - sources.begin()));
  }
  return found;
}

std::vector<std::size_t> parents_of(const CountsLayout& layout) {
  std::vector<std::size_t> parents(layout.groups.size(), layout.groups.size());
  for (std::size_t g = 1; g < layout.groups.size(); ++g) {
    for (std::size_t p = 0; p < g; ++p) {
      if (layout.groups[p].id == layout.groups[g].parent) parents[g] = p;
    }
  }
  return parents;
}

CountColumn column_of(Columns& columns, std::size_t node, std::size_t district_count) {
  CountColumn column;
  column.readable.resize(district_count);
  bool any_hidden = false;
  for (std::size_t d = 0; d < district_count; ++d) {
    column.readable[d] = columns.at(node, d).readable;
    any_hidden = any_hidden || columns.at(node, d).hidden > 0;
  }
  if (!any_hidden) return column;
  column.hidden.resize(district_count);
  column.least.resize(district_count);
  column.greatest.resize(district_count);
  for (std::size_t d = 0; d < district_count; ++d) {
    const Known& known = columns.at(node, d);
    column.hidden[d] = static_cast<std::uint16_t>(std::min<std::uint32_t>(known.hidden, 0xFFFF));
    column.least[d] = known.least;
    column.greatest[d] = known.greatest;
  }
  return column;
}

void fill_from_source(const CountsLayout& layout, const GroupSource& source,
                      const std::vector<CountSource>& sources, const CountCells& cells,
                      const std::vector<std::size_t>& order, Columns& columns, std::size_t node) {
  const bool is_long = !layout.code.empty();
  const auto added = positions(sources, source.part, is_long ? source.codes : source.columns);
  const auto taken = positions(sources, source.part, source.less);
  const auto read = [&](std::size_t district, std::size_t place) {
    const CountCell& cell = cells.cell(district, place);
    if (cell.present) return known_of(cell);
    return is_long && layout.absent_is_zero ? Known{} : unknown();
  };
  for (std::size_t d = 0; d < order.size(); ++d) {
    Known& sum = columns.at(node, d);
    for (const std::size_t place : added) sum.add(read(order[d], place));
    for (const std::size_t place : taken) sum.take(read(order[d], place));
  }
}

}  // namespace

void CountCells::count_row(std::size_t district, std::size_t ledger) {
  if (rows_.size() <= ledger) rows_.resize(ledger + 1);
  std::vector<std::uint32_t>& counts = rows_[ledger];
  if (counts.size() <= district) counts.resize(district + 1, 0);
  ++counts[district];
}

std::uint32_t CountCells::rows(std::size_t district, std::size_t ledger) const {
  if (ledger >= rows_.size() || district >= rows_[ledger].size()) return 0;
  return rows_[ledger][district];
}

std::size_t CountCells::district(const std::string& id, std::string_view name) {
  const auto [place, is_new] = places_.emplace(id, ids_.size());
  if (is_new) {
    ids_.push_back(id);
    names_.emplace_back(name);
    cells_.resize(cells_.size() + source_count_);
  } else if (names_[place->second].empty()) {
    names_[place->second] = name;
  }
  return place->second;
}

CountTable grouped_counts(const CountsLayout& layout, const std::vector<CountSource>& sources,
                          const std::string& date, const CountCells& cells,
                          const std::vector<std::size_t>& order) {
  const std::size_t nodes = layout.groups.size();
  const std::vector<std::size_t> parents = parents_of(layout);
  Columns columns(nodes, order.size());
  for (std::size_t g = 0; g < nodes; ++g) {
    const LayerGroup& group = layout.groups[g];
    if (group.sources.empty()) continue;
    if (const GroupSource* source = source_at(group, date)) {
      fill_from_source(layout, *source, sources, cells, order, columns, g);
    } else {
      for (std::size_t d = 0; d < order.size(); ++d) columns.at(g, d) = unknown();
    }
  }
  const auto counted_child = [&](std::size_t child, std::size_t node) {
    return parents[child] == node && !layout.groups[child].overlapping;
  };
  for (std::size_t g = nodes; g-- > 0;) {
    if (!layout.groups[g].sources.empty() || layout.groups[g].remainder) continue;
    for (std::size_t child = g + 1; child < nodes; ++child) {
      if (!counted_child(child, g)) continue;
      for (std::size_t d = 0; d < order.size(); ++d) columns.at(g, d).add(columns.at(child, d));
    }
  }
  for (std::size_t g = 1; g < nodes; ++g) {
    if (!layout.groups[g].remainder) continue;
    for (std::size_t d = 0; d < order.size(); ++d) {
      Known rest = columns.at(parents[g], d);
      Known siblings;
      for (std::size_t other = 1; other < nodes; ++other) {
        if (other != g && counted_child(other, parents[g])) siblings.add(columns.at(other, d));
      }
      rest.take(siblings);
      columns.at(g, d) = rest;
    }
  }
  CountTable table;
  table.date = date;
  for (std::size_t g = 0; g < nodes; ++g) {
    table.groups.push_back(column_of(columns, g, order.size()));
  }
  return table;
}

std::vector<Finding> check_and_mend(const CountsLayout& layout, CountTable& counts,
                                    const std::vector<std::string>& district_ids,
                                    const std::string& layer) {
  std::vector<Finding> findings;
  const std::vector<std::size_t> parents = parents_of(layout);
  for (std::size_t node = 0; node < layout.groups.size(); ++node) {
    std::vector<std::size_t> children;
    std::size_t remainder = layout.groups.size();
    for (std::size_t g = 1; g < layout.groups.size(); ++g) {
      if (parents[g] != node || layout.groups[g].overlapping) continue;
      (layout.groups[g].remainder ? remainder : children.emplace_back()) = g;
    }
    if (children.empty() || layout.groups[node].sources.empty()) continue;
    const bool exhaustive = remainder == layout.groups.size();
    Finding finding;
    finding.count = 0;
    double worst = 0.0;
    std::size_t rounded = 0;
    for (std::size_t d = 0; d < district_ids.size(); ++d) {
      bool known = counts.groups[node].known(d);
      double sum = 0.0;
      for (const std::size_t child : children) {
        known = known && counts.groups[child].known(d);
        sum += counts.groups[child].readable[d];
      }
      if (!known) continue;
      const double excess = sum - counts.groups[node].readable[d];
      if (!exhaustive && excess > 0.0) {
        counts.groups[remainder].readable[d] = 0.0;
        if (!counts.groups[remainder].hidden.empty()) {
          counts.groups[remainder].least[d] = counts.groups[remainder].greatest[d] = 0.0;
        }
        if (excess <= layout.tolerance) ++rounded;
      }
      if (exhaustive ? std::abs(excess) <= layout.tolerance : excess <= layout.tolerance) continue;
      ++finding.count;
      worst = std::max(worst, std::abs(excess));
      if (finding.rows.size() < named_rows_limit) finding.rows.push_back("id " + district_ids[d]);
    }
    const std::string label =
        layout.groups[node].label.empty() ? layout.groups[node].id : layout.groups[node].label;
    if (finding.count > 0) {
      finding.kind = exhaustive ? "groups_do_not_add_up" : "groups_exceed_total";
      finding.severity = Severity::warning;
      finding.layer = layer;
      finding.message = counts.date + ": the groups of '" + label + "' " +
                        (exhaustive ? "do not add up to it" : "add up to more than it") +
                        ", by up to " + exact_text(worst) + " persons in a district";
      findings.push_back(std::move(finding));
    }
    if (rounded > 0) {
      Finding rounding;
      rounding.kind = "rounded_counts";
      rounding.severity = Severity::note;
      rounding.layer = layer;
      rounding.count = rounded;
      rounding.message = counts.date + ": rounded groups exceed '" + label +
                         "' by no more than the stated tolerance; the remainder is zero there";
      findings.push_back(std::move(rounding));
    }
  }
  return findings;
}

}  // namespace quartier::io
