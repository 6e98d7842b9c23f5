#pragma once
/// Private to io: counts as they come out of tables, before groups are formed.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/finding.h"
#include "domain/counts.h"
#include "io/layer_definition.h"

namespace quartier::io {

/// Persons in one district under one column or code, summed over the rows of the file.
struct CountCell {
  double readable = 0.0;
  double least = 0.0;     ///< of the hidden part only
  double greatest = 0.0;  ///< of the hidden part only
  std::uint16_t hidden = 0;
  bool present = false;
};

/// A column of a wide table or a code of a long one.
struct CountSource {
  std::string part;
  std::string name;
  bool operator<(const CountSource& other) const {
    return part != other.part ? part < other.part : name < other.name;
  }
};

/// The cells of one date: districts by sources, growing district by district.
class CountCells {
 public:
  explicit CountCells(std::size_t source_count) : source_count_(source_count) {}

  /// Position of a district, added where it is new.
  std::size_t district(const std::string& id, std::string_view name);
  CountCell& cell(std::size_t district, std::size_t source) {
    return cells_[district * source_count_ + source];
  }
  [[nodiscard]] const CountCell& cell(std::size_t district, std::size_t source) const {
    return cells_[district * source_count_ + source];
  }
  /// A row of the file with this position among the ledgers went into a district.
  void count_row(std::size_t district, std::size_t ledger);
  /// Rows that a file brought to a district.
  [[nodiscard]] std::uint32_t rows(std::size_t district, std::size_t ledger) const;
  [[nodiscard]] const std::vector<std::string>& ids() const { return ids_; }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  std::size_t source_count_;
  std::map<std::string, std::size_t, std::less<>> places_;
  std::vector<std::string> ids_;
  std::vector<std::string> names_;
  std::vector<CountCell> cells_;
  std::vector<std::vector<std::uint32_t>> rows_;  ///< [ledger][district], as far as counted
};

/// The columns of the tree of groups at one date, from the cells of its sources.
///
/// @param order  positions of the districts in `cells`, in the order of the result
CountTable grouped_counts(const CountsLayout& layout, const std::vector<CountSource>& sources,
                          const std::string& date, const CountCells& cells,
                          const std::vector<std::size_t>& order);

/// Checks that the children of each node add up to it (within the layout's tolerance where all are
/// known), and mends what rounding did to remainders: below zero becomes zero.
/// @returns findings that name groups, districts and the greatest difference
std::vector<Finding> check_and_mend(const CountsLayout& layout, CountTable& counts,
                                    const std::vector<std::string>& district_ids,
                                    const std::string& layer);

}  // namespace quartier::io
