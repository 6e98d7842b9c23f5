#include "metrics/curves.h"

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "base/number.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

/// Districts with anyone of the two, lowest share of the group first; equal shares in row order.
std::vector<std::size_t> by_share(std::span<const double> group,
                                  std::span<const double> reference) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (group[i] + reference[i] > 0.0) order.push_back(i);
  }
  const auto share = [&](std::size_t i) { return group[i] / (group[i] + reference[i]); };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return share(a) < share(b); });
  return order;
}

}  // namespace

std::vector<double> segregation_curve(std::span<const double> group,
                                      std::span<const double> reference, std::size_t points) {
  expects(group.size() == reference.size(), "segregation_curve: the same districts twice");
  expects(points >= 2, "segregation_curve: two points or more");
  const double all_group = total_of(group);
  const double all_reference = total_of(reference);
  std::vector<double> curve(points, undefined);
  if (!(all_group > 0.0) || !(all_reference > 0.0)) return curve;
  double below_group = 0.0;
  double below_reference = 0.0;
  std::size_t next = 0;
  const auto share_at = [&](std::size_t point) {
    return static_cast<double>(point) / static_cast<double>(points - 1) * all_reference;
  };
  for (const std::size_t i : by_share(group, reference)) {
    const double end = below_reference + reference[i];
    while (next + 1 < points && reference[i] > 0.0 && share_at(next) <= end) {
      const double part = (share_at(next) - below_reference) / reference[i];
      curve[next++] = std::min(1.0, (below_group + part * group[i]) / all_group);
    }
    below_group += group[i];
    below_reference = end;
  }
  for (; next < points; ++next) curve[next] = 1.0;
  return curve;
}

}  // namespace quartier::metrics
