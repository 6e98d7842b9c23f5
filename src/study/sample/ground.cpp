#include "study/sample/ground.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "study/sample/noise.h"

namespace quartier::study::sample {
namespace {

// The open North Sea in EPSG:25831: nobody can take the invented city for a real one.
constexpr Point city_centre{500000.0, 6200000.0};

constexpr double core_density = 0.5;  // linear scale at the centre; the limits have about 1
constexpr double meander_width = 0.085;
constexpr double meander_length = 0.62;

double to_millimetres(double metres) { return std::round(metres * 1000.0) / 1000.0; }

}  // namespace

double length(PlanPoint p) { return std::sqrt(p.u * p.u + p.v * p.v); }

double distance_to_segment(PlanPoint p, PlanPoint a, PlanPoint b) {
  const PlanPoint along = b - a;
  const PlanPoint off = p - a;
  const double square = along.u * along.u + along.v * along.v;
  const double share = std::clamp((off.u * along.u + off.v * along.v) / square, 0.0, 1.0);
  return length(off - share * along);
}

double bell(PlanPoint p, PlanPoint middle, double width) {
  const double distance = length(p - middle) / width;
  return std::exp(-0.5 * distance * distance);
}

Ground::Ground(double radius_m, std::uint64_t seed) : radius_m_(radius_m), seed_(seed) {
  RandomStream stream = stream_of(seed, Purpose::outline);
  constexpr std::array amplitude{0.05, 0.07, 0.07, 0.06, 0.045, 0.03};
  for (std::size_t k = 0; k < wave_count; ++k) {
    const double angle = 2.0 * std::numbers::pi * stream.uniform();
    cosine_[k] = amplitude[k] * std::cos(angle);
    sine_[k] = amplitude[k] * std::sin(angle);
  }
  cosine_[1] += 0.07;  // longer along the river than across it
  meander_phase_ = 2.0 * std::numbers::pi * stream.uniform();
  const double turn = between(stream, 0.15, 0.5);
  turn_cos_ = std::cos(turn);
  turn_sin_ = std::sin(turn);
}

double Ground::limit_towards(PlanPoint p) const {
  const double distance = length(p);
  if (distance == 0.0) return 1.0;
  const double c = p.u / distance;
  const double s = p.v / distance;
  double limit = 1.0;
  double wave_c = 1.0;
  double wave_s = 0.0;
  for (std::size_t k = 0; k < wave_count; ++k) {
    const double next_c = wave_c * c - wave_s * s;
    wave_s = wave_s * c + wave_c * s;
    wave_c = next_c;
    limit += cosine_[k] * wave_c + sine_[k] * wave_s;
  }
  return limit;
}

double Ground::reach(PlanPoint p) const { return length(p) / limit_towards(p); }

double Ground::plan_area() const {
  constexpr int steps = 720;
  double sum = 0.0;
  for (int k = 0; k < steps; ++k) {
    const double angle = 2.0 * std::numbers::pi * k / steps;
    const double limit = limit_towards({std::cos(angle), std::sin(angle)});
    sum += limit * limit;
  }
  return sum * std::numbers::pi / steps;
}

Point Ground::place_exactly(PlanPoint p) const {
  const double scale = core_density + (1.0 - core_density) * std::pow(length(p), 0.8);
  double x = p.u * scale;
  double y = p.v * scale;

  // A shear along the river: it bends every line that crosses it by, and can fold none.
  const double off_river = (y - river_v * core_density) / 0.45;
  y += meander_width * std::exp(-0.5 * off_river * off_river) *
       std::sin(2.0 * std::numbers::pi * x / meander_length + meander_phase_);

  const std::uint64_t key = mix64(seed_ ^ static_cast<std::uint64_t>(Purpose::warp));
  const double shift_x = 0.045 * smooth_noise(key, x / 0.5, y / 0.5) +
                         0.010 * smooth_noise(key + 1, x / 0.16, y / 0.16);
  const double shift_y = 0.045 * smooth_noise(key + 2, x / 0.5, y / 0.5) +
                         0.010 * smooth_noise(key + 3, x / 0.16, y / 0.16);
  x += shift_x;
  y += shift_y;
  return {city_centre.x + radius_m_ * (x * turn_cos_ - y * turn_sin_),
          city_centre.y + radius_m_ * (x * turn_sin_ + y * turn_cos_)};
}

Point Ground::place(PlanPoint p) const {
  const Point exact = place_exactly(p);
  return {to_millimetres(exact.x), to_millimetres(exact.y)};
}

std::vector<Point> Ground::river() const {
  constexpr int steps = 600;
  const double west = -limit_towards({-1.0, river_v}) - 0.12;
  const double east = limit_towards({1.0, river_v}) + 0.12;
  const double narrow_m = std::min(0.013 * radius_m_, 250.0);
  const double wide_m = std::min(0.034 * radius_m_, 650.0);

  std::vector<Point> right;
  std::vector<Point> left;
  for (int k = 0; k <= steps; ++k) {
    const double share = static_cast<double>(k) / steps;
    const double u = west + (east - west) * share;
    constexpr double ahead = 1e-4;
    const Point here = place_exactly({u, river_v});
    const Point next = place_exactly({u + ahead, river_v});
    const double dx = next.x - here.x;
    const double dy = next.y - here.y;
    const double norm = std::sqrt(dx * dx + dy * dy);
    const double half = 0.5 * (narrow_m + (wide_m - narrow_m) * share * share);
    right.push_back(
        {to_millimetres(here.x + half * dy / norm), to_millimetres(here.y - half * dx / norm)});
    left.push_back(
        {to_millimetres(here.x - half * dy / norm), to_millimetres(here.y + half * dx / norm)});
  }
  right.insert(right.end(), left.rbegin(), left.rend());
  return right;
}

}  // namespace quartier::study::sample
