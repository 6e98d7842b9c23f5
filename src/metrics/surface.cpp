#include "metrics/surface.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/error.h"
#include "base/number.h"
#include "metrics/sums.h"

namespace quartier::metrics {

SurfaceSegregation surface_segregation(GroupColumns surface) {
  const std::vector<double> totals = district_totals(surface);
  const auto counted = [&](std::size_t p) { return totals[p] > 0.0; };
  const double everyone =
      sum_over(totals.size(), [&](std::size_t p) { return counted(p) ? totals[p] : 0.0; });
  if (everyone <= 0.0) return {undefined, undefined, undefined, undefined};

  SurfaceSegregation result;
  for (const std::span<const double> group : surface) {
    const double persons =
        sum_over(group.size(), [&](std::size_t p) { return counted(p) ? group[p] : 0.0; });
    const double city = persons / everyone;
    result.composition += city * city;
    const double unlike = sum_over(group.size(), [&](std::size_t p) {
      if (!counted(p)) return 0.0;
      const double difference = group[p] / totals[p] - city;
      return totals[p] * difference * difference;
    });
    result.location += unlike / everyone;
  }
  result.qualitative = 1.0 / static_cast<double>(surface.size());
  result.composition = std::max(0.0, result.composition - result.qualitative);
  result.total = result.location + result.composition + result.qualitative;
  return result;
}

double surface_difference(std::span<const double> group, std::span<const double> reference) {
  expects(group.size() == reference.size(), "surface_difference: the same points twice");
  const auto known = [&](std::size_t p) {
    return is_defined(group[p]) && is_defined(reference[p]);
  };
  const auto volume_of = [&](std::span<const double> surface) {
    return sum_over(surface.size(), [&](std::size_t p) { return known(p) ? surface[p] : 0.0; });
  };
  const double x = volume_of(group);
  const double y = volume_of(reference);
  if (x <= 0.0 || y <= 0.0) return undefined;
  const double shared = sum_over(group.size(), [&](std::size_t p) {
    return known(p) ? std::min(group[p] / x, reference[p] / y) : 0.0;
  });
  const double covered = sum_over(group.size(), [&](std::size_t p) {
    return known(p) ? std::max(group[p] / x, reference[p] / y) : 0.0;
  });
  return within_unit(1.0 - shared / covered);
}

}  // namespace quartier::metrics
