#pragma once
/// Counts of persons: districts by groups at one date, stored column by column.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/units.h"

namespace quartier {

/// Persons of one group in every district. A published cell may be a sum of finer cells (both
/// sexes) of which some are hidden: `readable` is the sum of those that can be read, `hidden` how
/// many cannot, and the true count lies in [least, greatest].
struct CountColumn {
  std::vector<double> readable;       ///< [n] what can be read, 0 where nothing can
  std::vector<std::uint16_t> hidden;  ///< [n] finer cells that cannot be read; empty where all can
  std::vector<double> least;          ///< [n] bounds; empty where all can be read
  std::vector<double> greatest;       ///< [n]; may be +inf

  [[nodiscard]] bool known(std::size_t district) const {
    return hidden.empty() || hidden[district] == 0;
  }
  [[nodiscard]] bool all_known() const;
  /// Districts whose cell is not fully known.
  [[nodiscard]] std::size_t unknown_count() const;
  /// Every cell known, with these values.
  static CountColumn of(std::vector<double> values) { return {std::move(values), {}, {}, {}}; }
};

/// One date: a column for every node of the study's tree of groups, in tree order (column 0 is
/// everyone), each [district count].
struct CountTable {
  std::string date;                 ///< ISO 8601, "2025-01-01"
  std::vector<CountColumn> groups;  ///< [group count]
  std::vector<std::uint8_t>
      absent;  ///< [n] 1 where the sources have no row for the district at this
               ///< date (its counts are 0 and it is shown as "no data"); empty: none

  [[nodiscard]] std::span<const double> group(GroupIndex g) const { return groups[g].readable; }
  [[nodiscard]] std::span<const double> everyone() const { return groups.front().readable; }
  [[nodiscard]] std::size_t district_count() const {
    return groups.empty() ? 0 : groups.front().readable.size();
  }
};

}  // namespace quartier
