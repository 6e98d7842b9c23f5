#pragma once
/// Areas, perimeters and centroids.

#include <span>
#include <vector>

#include "domain/polygons.h"

namespace quartier::geo {

/// Measures per district, in its plane. NaN where a district has no shape.
struct Measures {
  std::vector<double> area_m2;      ///< [n] parts less holes
  std::vector<double> perimeter_m;  ///< [n] of all rings, holes too
  std::vector<Point> centroids;     ///< [n] of area
};

/// Measures of valid shapes (counter-clockwise outer rings, clockwise holes), in metres.
///
///   area = 1/2 · Σ (x_i − x_0)(y_i+1 − y_0) − (x_i+1 − x_0)(y_i − y_0)
///
/// relative to the first vertex of the district, so that nothing cancels far from the origin.
/// In parallel, the same bits for any number of threads.
Measures measured(const Polygons& shapes);

/// Signed area of a ring: positive where it turns counter-clockwise.
double signed_area(std::span<const Point> ring);

}  // namespace quartier::geo
