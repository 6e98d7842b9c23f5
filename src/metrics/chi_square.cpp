#include <cmath>

#include "base/error.h"
#include "metrics/losh.h"

namespace quartier::metrics {
namespace {

constexpr double precision = 1e-16;
constexpr int most_terms = 100'000;

/// ln Γ(a) for a > 0: Stirling's series above 16, the recurrence below. (std::lgamma writes a
/// global.)
double log_gamma(double a) {
  double below = 0.0;
  while (a < 16.0) {
    below += std::log(a);
    a += 1.0;
  }
  const double inverse = 1.0 / a;
  const double square = inverse * inverse;
  const double series =
      inverse *
      (1.0 / 12.0 - square * (1.0 / 360.0 -
                              square * (1.0 / 1260.0 - square * (1.0 / 1680.0 - square / 1188.0))));
  constexpr double half_log_two_pi = 0.91893853320467274178;
  return (a - 0.5) * std::log(a) - a + half_log_two_pi + series - below;
}

/// P(a, x) by its series, for x < a + 1.
double lower_gamma(double a, double x) {
  double term = 1.0 / a;
  double sum = term;
  for (int k = 1; k < most_terms && term > precision * sum; ++k) {
    term *= x / (a + k);
    sum += term;
  }
  return sum * std::exp(a * std::log(x) - x - log_gamma(a));
}

/// Q(a, x) by its continued fraction (Lentz), for x >= a + 1.
double upper_gamma(double a, double x) {
  constexpr double tiny = 1e-300;
  double b = x + 1.0 - a;
  double c = 1.0 / tiny;
  double d = 1.0 / b;
  double fraction = d;
  for (int k = 1; k < most_terms; ++k) {
    const double numerator = -k * (k - a);
    b += 2.0;
    d = numerator * d + b;
    if (std::abs(d) < tiny) d = tiny;
    c = b + numerator / c;
    if (std::abs(c) < tiny) c = tiny;
    d = 1.0 / d;
    const double step = d * c;
    fraction *= step;
    if (std::abs(step - 1.0) < precision * 4.0) break;
  }
  return fraction * std::exp(a * std::log(x) - x - log_gamma(a));
}

}  // namespace

double chi_square_upper(double x, double degrees) {
  expects(degrees > 0.0, "chi_square_upper: positive degrees of freedom");
  const double a = degrees / 2.0;
  const double half = x / 2.0;
  if (!(half > 0.0)) return 1.0;
  return half < a + 1.0 ? 1.0 - lower_gamma(a, half) : upper_gamma(a, half);
}

}  // namespace quartier::metrics
