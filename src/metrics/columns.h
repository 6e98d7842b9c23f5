#pragma once
/// Several groups side by side: how measures of all groups are handed their counts.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace quartier::metrics {

/// Counts of K groups that together are everyone: one column per group, each [n], same districts.
/// K is the declared number of groups: a group that nobody belongs to still counts.
using GroupColumns = std::span<const std::span<const double>>;

/// Number of districts of the columns; 0 where there is no group.
/// @throws std::logic_error where the columns differ in length
std::size_t district_count(GroupColumns groups);

/// t_i = Σ_k x_ik, persons of all groups per district [n].
std::vector<double> district_totals(GroupColumns groups);

/// X_k = Σ_i x_ik, persons of each group in the city [K].
std::vector<double> group_totals(GroupColumns groups);

/// P_k = X_k / T, composition of the city [K]; all undefined where nobody is counted.
std::vector<double> city_composition(GroupColumns groups);

/// The same as whole numbers, for the hot loops: half the memory, and sums without rounding.
using PersonColumns = std::span<const std::span<const std::uint32_t>>;

/// Number of districts of the columns; 0 where there is no group.
/// @throws std::logic_error where the columns differ in length
std::size_t person_district_count(PersonColumns groups);

/// Σ_i x_i.
std::uint64_t persons_of(std::span<const std::uint32_t> group);

/// Columns of whole persons that own their memory.
struct WholeCounts {
  std::vector<std::vector<std::uint32_t>> columns;  ///< [K][n]
  [[nodiscard]] std::vector<std::span<const std::uint32_t>> spans() const {
    return {columns.begin(), columns.end()};
  }
};

/// The counts as whole numbers.
/// @returns nothing where a count is no whole number from 0 to 2^32 − 1, or a district has 2^32
///          persons or more
std::optional<WholeCounts> whole_counts(GroupColumns groups);

}  // namespace quartier::metrics
