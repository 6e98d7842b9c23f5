#include "metrics/gaps.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/random.h"
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
  const double within =
      sum_over(group.size(), [&](std::size_t i) { return cost[i] <= cutoff ? group[i] : 0.0; });
  return asked > 0.0 ? within / asked : undefined;
}

AccessGap access_gap(std::span<const double> group, std::span<const double> reference,
                     std::span<const double> access) {
  AccessGap gap{group_access(group, access), group_access(reference, access), undefined, undefined};
  gap.difference = gap.group.mean - gap.reference.mean;
  if (gap.reference.mean != 0.0) gap.ratio = gap.group.mean / gap.reference.mean;
  return gap;
}

BootstrapResult bootstrap_districts(GroupColumns groups, std::uint32_t draws, std::uint64_t seed,
                                    double level, const CountIndex& index) {
  constexpr std::size_t draws_per_chunk = 8;
  std::vector<std::uint32_t> lived_in;
  for (std::size_t i = 0; i < district_count(groups); ++i) {
    const bool anybody = std::any_of(groups.begin(), groups.end(),
                                     [&](const auto& group) { return group[i] > 0.0; });
    if (anybody) lived_in.push_back(static_cast<std::uint32_t>(i));
  }
  const auto count = static_cast<std::uint32_t>(lived_in.size());
  std::vector<double> values(count > 0 ? draws : 0);
  for_chunks(values.size(), draws_per_chunk, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::vector<double> times(district_count(groups));
    std::vector<std::vector<double>> columns(groups.size(), std::vector<double>(times.size(), 0.0));
    for (std::size_t draw = begin; draw < end; ++draw) {
      RandomStream random(seed, draw);
      std::fill(times.begin(), times.end(), 0.0);
      for (std::uint32_t k = 0; k < count; ++k) times[lived_in[random.below(count)]] += 1.0;
      for (std::size_t g = 0; g < groups.size(); ++g) {
        for (const std::uint32_t i : lived_in) columns[g][i] = times[i] * groups[g][i];
      }
      values[draw] = index(std::vector<std::span<const double>>(columns.begin(), columns.end()));
    }
  });
  return bootstrap_of(index(groups), std::move(values), seed, level);
}

std::vector<DistrictShortfall> largest_shortfalls(std::span<const double> group,
                                                  std::span<const double> access, double line,
                                                  PoorSide side, std::size_t count) {
  expects(group.size() == access.size(), "largest_shortfalls: the same districts twice");
  std::vector<DistrictShortfall> found;
  for (std::size_t i = 0; i < group.size(); ++i) {
    const double each = side == PoorSide::below ? line - access[i] : access[i] - line;
    if (!(group[i] > 0.0) || !(each > 0.0)) continue;
    found.push_back({static_cast<DistrictIndex>(i), group[i], each, group[i] * each});
  }
  std::sort(found.begin(), found.end(), [](const DistrictShortfall& a, const DistrictShortfall& b) {
    if (a.together != b.together) return a.together > b.together;
    return a.persons != b.persons ? a.persons > b.persons : a.district < b.district;
  });
  if (found.size() > count) found.resize(count);
  return found;
}

}  // namespace quartier::metrics
