#pragma once
/// The ground of the sample city: a smooth map from its plan, where every street block is about the
/// same size, to metres, where the core is dense, the outskirts are wide and the river winds.

#include <array>
#include <cstdint>
#include <vector>

#include "domain/polygons.h"

namespace quartier::study::sample {

/// A place on the plan: the centre is (0, 0), the city limits lie about 1 from it, and the river's
/// centre line is the straight line v = Ground::river_v.
struct PlanPoint {
  double u = 0.0;
  double v = 0.0;
};

inline PlanPoint operator+(PlanPoint a, PlanPoint b) { return {a.u + b.u, a.v + b.v}; }
inline PlanPoint operator-(PlanPoint a, PlanPoint b) { return {a.u - b.u, a.v - b.v}; }
inline PlanPoint operator*(double scale, PlanPoint p) { return {scale * p.u, scale * p.v}; }

/// Length of the vector p.
double length(PlanPoint p);
/// Distance from p to the segment a-b.
double distance_to_segment(PlanPoint p, PlanPoint a, PlanPoint b);
/// exp(-d^2 / (2 width^2)) for two places d apart: 1 at the middle, fading outwards.
double bell(PlanPoint p, PlanPoint middle, double width);

class Ground {
 public:
  /// Plan line of the river, a little south of the centre.
  static constexpr double river_v = -0.1;

  /// @param radius_m  typical distance from the centre to the city limits, metres
  Ground(double radius_m, std::uint64_t seed);

  /// Metres of the projected CRS, rounded to millimetres. One to one: neighbouring places keep
  /// their order round each other.
  [[nodiscard]] Point place(PlanPoint p) const;

  /// Distance from the centre as a share of the distance of the city limits in that direction:
  /// below 1 inside. Grows along every ray, so every {reach <= c} is in one piece.
  [[nodiscard]] double reach(PlanPoint p) const;

  /// Distance of the city limits in the direction of p, on the plan.
  [[nodiscard]] double limit_towards(PlanPoint p) const;

  /// Area on the plan within the city limits.
  [[nodiscard]] double plan_area() const;

  /// Outline of the river, from upstream (west) beyond the city limits to downstream (east), wider
  /// there; counter-clockwise, first vertex not repeated. Metres.
  [[nodiscard]] std::vector<Point> river() const;

  [[nodiscard]] double radius_m() const { return radius_m_; }

 private:
  [[nodiscard]] Point place_exactly(PlanPoint p) const;

  static constexpr std::size_t wave_count = 6;
  double radius_m_;
  std::uint64_t seed_;
  std::array<double, wave_count> cosine_{};  ///< waves of the city limits round the centre
  std::array<double, wave_count> sine_{};
  double meander_phase_ = 0.0;
  double turn_cos_ = 1.0;
  double turn_sin_ = 0.0;
};

}  // namespace quartier::study::sample
