#include "metrics/concentration_profile.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "metrics/sums.h"

namespace quartier::metrics {

std::vector<double> concentration_profile(std::span<const double> group,
                                          std::span<const double> total, std::uint32_t thresholds) {
  expects(group.size() == total.size(), "concentration_profile: the same districts twice");
  expects(thresholds >= 2, "concentration_profile: at least two thresholds");
  const double persons = total_of(group);
  if (persons <= 0.0) return std::vector<double>(thresholds, undefined);
  // A district counts up to the last threshold that its share reaches. The rounded division is
  // right for whole counts: a quotient that is not whole is 1 / t_i away from the next one.
  const double steps = thresholds - 1.0;
  std::vector<double> profile(thresholds, 0.0);
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (group[i] <= 0.0) continue;
    const double last = std::min(std::floor(group[i] * steps / total[i]), steps);
    profile[static_cast<std::size_t>(last)] += group[i];
  }
  double reached = 0.0;
  for (std::size_t l = profile.size(); l-- > 0;) {
    reached += profile[l];
    profile[l] = reached / persons;
  }
  return profile;
}

double concentration_profile_index(std::span<const double> group, std::span<const double> total,
                                   std::uint32_t thresholds) {
  const std::vector<double> profile = concentration_profile(group, total, thresholds);
  const double persons = total_of(group);
  const double everyone = total_of(total);
  if (persons <= 0.0 || persons >= everyone) return undefined;
  double area = 0.0;
  for (std::size_t l = 0; l < profile.size(); ++l) {
    const bool below = static_cast<double>(l) * everyone < persons * (thresholds - 1.0);
    area += below ? profile[l] : -profile[l];
  }
  const double in_city = persons / everyone;
  return (in_city - area / static_cast<double>(thresholds)) / (1.0 - in_city);
}

}  // namespace quartier::metrics
