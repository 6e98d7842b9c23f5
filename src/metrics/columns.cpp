#include "metrics/columns.h"

#include "base/error.h"
#include "base/number.h"
#include "metrics/sums.h"

namespace quartier::metrics {

std::size_t district_count(GroupColumns groups) {
  if (groups.empty()) return 0;
  for (const auto& group : groups) {
    expects(group.size() == groups.front().size(), "group columns: the same districts in each");
  }
  return groups.front().size();
}

std::vector<double> district_totals(GroupColumns groups) {
  std::vector<double> totals(district_count(groups), 0.0);
  for_chunks(totals.size(), sum_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (const auto& group : groups) {
      for (std::size_t i = begin; i < end; ++i) totals[i] += group[i];
    }
  });
  return totals;
}

std::vector<double> group_totals(GroupColumns groups) {
  std::vector<double> totals;
  totals.reserve(groups.size());
  for (const auto& group : groups) totals.push_back(total_of(group));
  return totals;
}

std::vector<double> city_composition(GroupColumns groups) {
  std::vector<double> shares = group_totals(groups);
  double total = 0.0;
  for (const double persons : shares) total += persons;
  for (double& share : shares) share = total > 0.0 ? share / total : undefined;
  return shares;
}

std::size_t person_district_count(PersonColumns groups) {
  if (groups.empty()) return 0;
  for (const auto& group : groups) {
    expects(group.size() == groups.front().size(), "group columns: the same districts in each");
  }
  return groups.front().size();
}

QUARTIER_HOT std::uint64_t persons_of(std::span<const std::uint32_t> group) {
  std::uint64_t persons = 0;
  for (const std::uint32_t count : group) persons += count;
  return persons;
}

std::optional<WholeCounts> whole_counts(GroupColumns groups) {
  constexpr double largest = 4294967295.0;
  const std::size_t n = district_count(groups);
  std::vector<double> totals(n, 0.0);
  WholeCounts whole;
  for (const auto& group : groups) {
    std::vector<std::uint32_t>& column = whole.columns.emplace_back(n);
    for (std::size_t i = 0; i < n; ++i) {
      totals[i] += group[i];
      if (!(group[i] >= 0.0) || !(totals[i] <= largest)) return std::nullopt;
      column[i] = static_cast<std::uint32_t>(group[i]);
      if (static_cast<double>(column[i]) != group[i]) return std::nullopt;
    }
  }
  return whole;
}

}  // namespace quartier::metrics
