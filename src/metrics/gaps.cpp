#include "metrics/gaps.h"

#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "metrics/sums.h"

namespace quartier::metrics {

GroupAccess group_access(std::span<const double> group, std::span<const double> access) {
  expects(group.size() == access.size(), "group_access: the same districts twice");
  const std::size_t n = group.size();
  GroupAccess result;
  result.persons = total_of(group);
  result.unreachable =
      sum_over(n, [&](std::size_t i) { return std::isinf(access[i]) ? group[i] : 0.0; });
  result.unknown =
      sum_over(n, [&](std::size_t i) { return is_defined(access[i]) ? 0.0 : group[i]; });
  const double reached =
      sum_over(n, [&](std::size_t i) { return std::isfinite(access[i]) ? group[i] : 0.0; });
  const double weighted = sum_over(
      n, [&](std::size_t i) { return std::isfinite(access[i]) ? group[i] * access[i] : 0.0; });
  result.mean = reached > 0.0 ? weighted / reached : undefined;
  return result;
}

double share_within(std::span<const double> group, std::span<const double> cost, double cutoff) {
  expects(group.size() == cost.size(), "share_within: the same districts twice");
  const double asked =
      sum_over(group.size(), [&](std::size_t i) { return is_defined(cost[i]) ? group[i] : 0.0; });
  const double within = sum_over(
      group.size(), [&](std::size_t i) { return cost[i] <= cutoff ? group[i] : 0.0; });
  return asked > 0.0 ? within / asked : undefined;
}

AccessGap access_gap(std::span<const double> group, std::span<const double> reference,
                     std::span<const double> access) {
  AccessGap gap{group_access(group, access), group_access(reference, access), undefined, undefined};
  gap.difference = gap.group.mean - gap.reference.mean;
  if (gap.reference.mean != 0.0) gap.ratio = gap.group.mean / gap.reference.mean;
  return gap;
}

}  // namespace quartier::metrics
