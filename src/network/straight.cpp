#include "network/straight.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace quartier::network {
namespace {

constexpr double earth_radius_m = 6371008.8;
constexpr double radians = std::numbers::pi / 180.0;

/// Angles are radians before they are subtracted, as in the reference values: the other
/// way round differs by up to a nanometre.
double haversine_m(Point a, Point b) {
  const double up = std::sin((b.y * radians - a.y * radians) / 2.0);
  const double across = std::sin((b.x * radians - a.x * radians) / 2.0);
  const double h = up * up + std::cos(a.y * radians) * std::cos(b.y * radians) * across * across;
  return 2.0 * earth_radius_m * std::asin(std::min(1.0, std::sqrt(h)));
}

}  // namespace

double straight_m(Point a, Point b, Straight straight) {
  if (straight == Straight::sphere) return haversine_m(a, b);
  const double x = b.x - a.x;
  const double y = b.y - a.y;
  return std::sqrt(x * x + y * y);
}

double metres_per_y(Straight straight) {
  return straight == Straight::sphere ? earth_radius_m * radians : 1.0;
}

}  // namespace quartier::network
