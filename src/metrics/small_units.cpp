#include "metrics/small_units.h"

#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "metrics/sums.h"

namespace quartier::metrics {

double carrington_troske(double index, double mean) {
  if (!is_defined(index) || !is_defined(mean)) return undefined;
  const double range = index >= mean ? 1.0 - mean : mean;
  if (range <= 0.0) return undefined;
  return (index - mean) / range;
}

double likeliest_difference(double z) {
  if (!(z > 1.0)) return 0.0;
  // θ − z tanh(zθ) is convex for θ > 0 and positive at θ = z, so Newton's steps fall to the root
  double theta = z;
  for (int step = 0; step < 200; ++step) {
    const double t = std::tanh(z * theta);
    const double slope = 1.0 - z * z * (1.0 - t * t);
    if (slope <= 0.0) break;
    const double next = theta - (theta - z * t) / slope;
    if (!(next < theta)) break;
    if (next <= 0.0) return 0.0;
    theta = next;
  }
  return theta;
}

double density_corrected_dissimilarity(std::span<const double> group,
                                       std::span<const double> reference) {
  expects(group.size() == reference.size(), "density_corrected_dissimilarity: the same districts");
  const double x = total_of(group);
  const double y = total_of(reference);
  if (x <= 0.0 || y <= 0.0) return undefined;
  const double sum = sum_over(group.size(), [&](std::size_t i) {
    const double in_group = group[i] / x;
    const double in_reference = reference[i] / y;
    const double error =
        std::sqrt(in_group * (1.0 - in_group) / x + in_reference * (1.0 - in_reference) / y);
    if (error <= 0.0) return 0.0;
    return error * likeliest_difference(std::abs(in_group - in_reference) / error);
  });
  return within_unit(sum / 2.0);
}

}  // namespace quartier::metrics
