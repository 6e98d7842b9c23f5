#pragma once
/// Small tables for the tests of this room: reference files, counts and weights.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/number.h"
#include "domain/counts.h"
#include "domain/districts.h"
#include "domain/groups.h"
#include "domain/street_graph.h"

namespace quartier::test {

/// A comma-separated table with a header; cells may be quoted.
struct Table {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;

  [[nodiscard]] std::size_t column(const std::string& name) const {
    for (std::size_t c = 0; c < header.size(); ++c) {
      if (header[c] == name) return c;
    }
    throw std::runtime_error("no column " + name);
  }
  [[nodiscard]] bool has(const std::string& name) const {
    for (const std::string& title : header) {
      if (title == name) return true;
    }
    return false;
  }
  [[nodiscard]] std::vector<std::string> texts(const std::string& name) const {
    const std::size_t c = column(name);
    std::vector<std::string> cells;
    for (const auto& row : rows) cells.push_back(row[c]);
    return cells;
  }
};

/// "nan" and empty cells are undefined.
inline double number(const std::string& cell) {
  return cell.empty() || cell == "nan" ? undefined : std::strtod(cell.c_str(), nullptr);
}

inline std::vector<double> numbers(const Table& table, const std::string& name) {
  std::vector<double> values;
  for (const std::string& cell : table.texts(name)) values.push_back(number(cell));
  return values;
}

inline std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

inline Table read_table(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot open " + file.string());
  Table table;
  std::string line;
  while (std::getline(in, line)) {
    if (table.header.empty()) {
      table.header = cells_of(line);
    } else if (!line.empty()) {
      table.rows.push_back(cells_of(line));
    }
  }
  return table;
}

/// Columns of counts with their names.
struct NamedColumns {
  std::vector<std::string> names;
  std::vector<std::vector<double>> columns;

  [[nodiscard]] std::span<const double> of(const std::string& name) const {
    for (std::size_t k = 0; k < names.size(); ++k) {
      if (names[k] == name) return columns[k];
    }
    throw std::runtime_error("no group " + name);
  }
  [[nodiscard]] std::vector<std::span<const double>> spans() const {
    return {columns.begin(), columns.end()};
  }
};

inline std::vector<double> less(std::span<const double> all, std::span<const double> part) {
  std::vector<double> rest(all.begin(), all.end());
  for (std::size_t i = 0; i < rest.size(); ++i) rest[i] -= part[i];
  return rest;
}

/// A tree of one level: everyone, and `columns` as its leaves, all cells known.
struct Population {
  CountTable counts;
  Groups groups;
};

inline Population population_of(const NamedColumns& table) {
  Population population;
  population.counts.date = "2025-01-01";
  std::vector<double> everyone(table.columns.front().size(), 0.0);
  for (const auto& column : table.columns) {
    for (std::size_t i = 0; i < everyone.size(); ++i) everyone[i] += column[i];
  }
  population.counts.groups.push_back(CountColumn::of(everyone));
  population.groups.nodes.push_back({"everyone", "Everyone", no_index, false});
  for (std::size_t k = 0; k < table.names.size(); ++k) {
    population.counts.groups.push_back(CountColumn::of(table.columns[k]));
    population.groups.nodes.push_back({table.names[k], table.names[k], 0, false});
  }
  return population;
}

/// Weights from links i < j, both ways; rows sorted by neighbour.
inline SpatialWeights weights_of(std::size_t n,
                                 const std::vector<std::pair<std::size_t, std::size_t>>& links,
                                 bool row_standardised) {
  std::vector<std::map<std::size_t, bool>> rows(n);
  for (const auto& [i, j] : links) {
    rows[i][j] = true;
    rows[j][i] = true;
  }
  SpatialWeights weights;
  for (const auto& row : rows) {
    for (const auto& [j, linked] : row) {
      weights.neighbour.push_back(static_cast<DistrictIndex>(j));
      weights.weight.push_back(row_standardised ? 1.0 / static_cast<double>(row.size()) : 1.0);
    }
    weights.start.push_back(static_cast<std::uint32_t>(weights.neighbour.size()));
  }
  return weights;
}

/// Links of a lattice of `side` x `side` squares, row by row.
inline std::vector<std::pair<std::size_t, std::size_t>> lattice_links(std::size_t side,
                                                                      bool queen) {
  std::vector<std::pair<std::size_t, std::size_t>> links;
  for (std::size_t y = 0; y < side; ++y) {
    for (std::size_t x = 0; x < side; ++x) {
      const std::size_t i = y * side + x;
      if (x + 1 < side) links.emplace_back(i, i + 1);
      if (y + 1 < side) links.emplace_back(i, i + side);
      if (queen && y + 1 < side && x + 1 < side) links.emplace_back(i, i + side + 1);
      if (queen && y + 1 < side && x > 0) links.emplace_back(i, i + side - 1);
    }
  }
  return links;
}

/// Impedance in whole metres from a full table of costs [origin][site]; unreachable pairs are not
/// listed.
inline Impedance impedance_of(const std::vector<std::vector<double>>& cost) {
  Impedance impedance;
  impedance.costs.unit = CostUnit::metre;
  impedance.costs.origin_count = cost.size();
  impedance.costs.site_count = cost.front().size();
  impedance.nearest.cost.assign(cost.size(), no_cost);
  impedance.nearest.site.assign(cost.size(), no_index);
  for (std::size_t j = 0; j < cost.front().size(); ++j) {
    for (std::size_t i = 0; i < cost.size(); ++i) {
      if (cost[i][j] == unreachable) continue;
      const auto whole = static_cast<std::uint32_t>(cost[i][j]);
      impedance.costs.origin.push_back(static_cast<std::uint32_t>(i));
      impedance.costs.cost.push_back(whole);
      if (whole < impedance.nearest.cost[i]) {
        impedance.nearest.cost[i] = whole;
        impedance.nearest.site[i] = static_cast<std::uint32_t>(j);
      }
    }
    impedance.costs.start.push_back(impedance.costs.origin.size());
  }
  return impedance;
}

}  // namespace quartier::test
