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

}  // namespace quartier::metrics
