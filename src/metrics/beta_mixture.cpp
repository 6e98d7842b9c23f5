#include "metrics/beta_mixture.h"

#include <algorithm>
#include <cmath>

#include "metrics/sums.h"

namespace quartier::metrics {

double incomplete_beta(double x, double a, double b) {
  if (x <= 0.0) return 0.0;
  if (x >= 1.0) return 1.0;
  if (x > (a + 1.0) / (a + b + 2.0)) return 1.0 - incomplete_beta(1.0 - x, b, a);
  int sign = 0;
  const double front = std::exp(::lgamma_r(a + b, &sign) - ::lgamma_r(a, &sign) -
                                ::lgamma_r(b, &sign) + a * std::log(x) + b * std::log1p(-x)) /
                       a;
  // Lentz's evaluation of the continued fraction, from the top
  constexpr double tiny = 1e-300;
  double c = 1.0;
  double d = 1.0 / std::max(1.0 - (a + b) * x / (a + 1.0), tiny);
  double fraction = d;
  for (double m = 1.0; m < 1e6; m += 1.0) {
    double next = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
    d = 1.0 + next * d;
    c = 1.0 + next / c;
    if (std::abs(d) < tiny) d = tiny;
    if (std::abs(c) < tiny) c = tiny;
    d = 1.0 / d;
    fraction *= d * c;
    next = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
    d = 1.0 + next * d;
    c = 1.0 + next / c;
    if (std::abs(d) < tiny) d = tiny;
    if (std::abs(c) < tiny) c = tiny;
    d = 1.0 / d;
    fraction *= d * c;
    if (std::abs(d * c - 1.0) < 1e-15) break;
  }
  return front * fraction;
}

double beta_mixture_dissimilarity(std::span<const BetaComponent> components) {
  double share = 0.0;
  for (const BetaComponent& component : components) share += component.weight * component.mean();
  if (!(share > 0.0 && share < 1.0)) return undefined;
  double deviation = 0.0;
  for (const BetaComponent& component : components) {
    const double mean = component.mean();
    const double a = component.alpha;
    const double b = component.beta;
    const double own = a + b >= point_precision
                           ? std::abs(mean - share)
                           : 2.0 * (share * incomplete_beta(share, a, b) -
                                    mean * incomplete_beta(share, a + 1.0, b)) +
                                 mean - share;
    deviation += component.weight * own;
  }
  return within_unit(deviation / (2.0 * share * (1.0 - share)));
}

}  // namespace quartier::metrics
