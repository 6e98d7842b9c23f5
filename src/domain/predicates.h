#pragma once
/// Exact answers about points and segments: on which side, touching or not.

#include <algorithm>
#include <cmath>

#include "domain/polygons.h"

namespace quartier {

/// Side of `c` seen along a -> b: 1 left, -1 right, 0 on the line. Decided in double where the
/// rounding error cannot matter (Shewchuk 1997, the filter of orient2d), else in 113 bits, which
/// hold the products of differences of coordinates of like size without loss.
inline int side_of(Point a, Point b, Point c) {
  const double left = (a.x - c.x) * (b.y - c.y);
  const double right = (a.y - c.y) * (b.x - c.x);
  const double difference = left - right;
  const double doubt = 3.3306690738754716e-16 * (std::abs(left) + std::abs(right));
  if (difference > doubt) return 1;
  if (-difference > doubt) return -1;
  if (doubt == 0.0) return 0;
  __extension__ using Wide = __float128;
  const Wide wide = (static_cast<Wide>(a.x) - c.x) * (static_cast<Wide>(b.y) - c.y) -
                    (static_cast<Wide>(a.y) - c.y) * (static_cast<Wide>(b.x) - c.x);
  return wide > 0 ? 1 : wide < 0 ? -1 : 0;
}

/// True where the boxes of the segments a0-a1 and b0-b1 come within `reach` of each other.
inline bool boxes_meet(Point a0, Point a1, Point b0, Point b1, double reach = 0.0) {
  return std::max(a0.x, a1.x) + reach >= std::min(b0.x, b1.x) &&
         std::max(b0.x, b1.x) + reach >= std::min(a0.x, a1.x) &&
         std::max(a0.y, a1.y) + reach >= std::min(b0.y, b1.y) &&
         std::max(b0.y, b1.y) + reach >= std::min(a0.y, a1.y);
}

/// True where the segments have a point in common, end points included.
inline bool segments_meet(Point a0, Point a1, Point b0, Point b1) {
  if (!boxes_meet(a0, a1, b0, b1)) return false;
  const int b0_side = side_of(a0, a1, b0);
  const int b1_side = side_of(a0, a1, b1);
  if (b0_side * b1_side > 0) return false;
  const int a0_side = side_of(b0, b1, a0);
  const int a1_side = side_of(b0, b1, a1);
  // All four zero: on one line, and their boxes meet.
  return a0_side * a1_side <= 0;
}

/// True where the segments cross inside both: no end point lies on the other.
inline bool segments_cross(Point a0, Point a1, Point b0, Point b1) {
  if (!boxes_meet(a0, a1, b0, b1)) return false;
  return side_of(a0, a1, b0) * side_of(a0, a1, b1) < 0 &&
         side_of(b0, b1, a0) * side_of(b0, b1, a1) < 0;
}

/// Where a point lies with respect to a ring: 1 inside, 0 on it, -1 outside.
template <typename Ring>
int place_in_ring(const Ring& ring, Point p) {
  bool inside = false;
  Point a = ring[ring.size() - 1];
  for (const Point b : ring) {
    if ((a.y > p.y) != (b.y > p.y)) {
      const int side = a.y < b.y ? side_of(a, b, p) : side_of(b, a, p);
      if (side == 0) return 0;
      if (side > 0) inside = !inside;
    } else if (a.y == p.y && b.y == p.y) {
      if (p.x >= std::min(a.x, b.x) && p.x <= std::max(a.x, b.x)) return 0;
    } else if ((a.y == p.y && a.x == p.x) || (b.y == p.y && b.x == p.x)) {
      return 0;
    }
    a = b;
  }
  return inside ? 1 : -1;
}

}  // namespace quartier
