#pragma once
/// Private to study: tables keyed by district ids, put into district order.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/finding.h"
#include "domain/counts.h"
#include "domain/districts.h"
#include "io/link_table.h"

namespace quartier::study {

/// Where each row of a table goes, and what went nowhere.
struct Join {
  std::vector<DistrictIndex> district_of_row;  ///< no_index: unmatched
  std::vector<std::uint8_t> has_row;           ///< [district count]
  std::vector<std::size_t> unmatched;          ///< rows
  std::size_t by_link = 0;                     ///< rows that came through the link table
  [[nodiscard]] std::size_t matched() const { return district_of_row.size() - unmatched.size(); }
};

/// Looks districts up by id or by name.
class DistrictLookup {
 public:
  explicit DistrictLookup(const Districts& districts);

  /// Joins by id; ids that are not districts are tried through `links` (may be null).
  [[nodiscard]] Join by_id(std::span<const std::string> ids, const io::DistrictLinks* links) const;
  /// Joins by name, blanks at the ends and upper and lower case of ASCII letters aside. A name that
  /// two districts bear matches neither.
  [[nodiscard]] Join by_name(std::span<const std::string> names) const;

 private:
  [[nodiscard]] Join joined_by(std::span<const std::string> keys,
                               const std::unordered_map<std::string, DistrictIndex>& positions,
                               const io::DistrictLinks* links, bool fold) const;
  std::size_t district_count_;
  std::unordered_map<std::string, DistrictIndex> ids_;
  std::unordered_map<std::string, DistrictIndex> names_;
};

/// The column in district order: rows that share a district add up, districts without row are 0.
CountColumn joined_column(const CountColumn& column, const Join& join);

/// What the join left over, as findings: rows without district, districts without row.
/// @param lost  persons in the rows that went nowhere; NaN where the table holds no persons
std::vector<Finding> join_findings(const Join& join, std::span<const std::string> keys,
                                   const Districts& districts, const std::string& file,
                                   const std::string& layer, double total, double lost);

}  // namespace quartier::study
