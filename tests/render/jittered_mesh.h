#pragma once
/// A made-up city for pictures and timings: districts on a jittered grid, whose borders are
/// roughened once each, so that neighbours share their vertices.

#include <cmath>
#include <cstdint>
#include <vector>

#include "base/random.h"
#include "domain/mesh.h"

namespace quartier::test {

struct JitteredCity {
  std::uint32_t side = 10;      ///< districts along each side
  std::uint32_t segments = 12;  ///< of each border; 4 times as many vertices to a district
  double cell_m = 1000.0;
  Point origin{280000.0, 5230000.0};  ///< UTM-sized
  double roughness = 0.06;            ///< of a border, in cells
};

/// A point of the border from grid corner (x, y) to the next one right or up.
inline Point border_point(const JitteredCity& city, std::uint32_t x, std::uint32_t y, bool up,
                          std::uint32_t step) {
  const auto corner = [&](std::uint32_t cx, std::uint32_t cy) {
    RandomStream random(1, cx, cy);
    return Point{cx + 0.5 * (random.uniform() - 0.5), cy + 0.5 * (random.uniform() - 0.5)};
  };
  const Point a = corner(x, y);
  const Point b = up ? corner(x, y + 1) : corner(x + 1, y);
  const double t = static_cast<double>(step) / city.segments;
  Point p{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
  if (step > 0 && step < city.segments) {
    RandomStream random(2, (std::uint64_t{x} << 32U) + y, 2 * step + (up ? 1 : 0));
    const double off =
        city.roughness * (random.uniform() - 0.5) + 1.5 * city.roughness * std::sin(6.2831853 * t);
    p.x += -off * (b.y - a.y);
    p.y += off * (b.x - a.x);
  }
  return p;
}

/// The mesh: every district a fan round its middle.
inline Mesh jittered_mesh(const JitteredCity& city) {
  Mesh mesh;
  const double half = city.side / 2.0;
  mesh.centre = {city.origin.x + half * city.cell_m, city.origin.y + half * city.cell_m};
  const auto add = [&](Point p) {
    mesh.xy.push_back(static_cast<float>((p.x - half) * city.cell_m));
    mesh.xy.push_back(static_cast<float>((p.y - half) * city.cell_m));
  };
  for (std::uint32_t y = 0; y < city.side; ++y) {
    for (std::uint32_t x = 0; x < city.side; ++x) {
      const auto first = static_cast<std::uint32_t>(mesh.vertex_count());
      add({x + 0.5, y + 0.5});
      const std::uint32_t n = city.segments;
      for (std::uint32_t i = 0; i < n; ++i) add(border_point(city, x, y, false, i));
      for (std::uint32_t i = 0; i < n; ++i) add(border_point(city, x + 1, y, true, i));
      for (std::uint32_t i = 0; i < n; ++i) add(border_point(city, x, y + 1, false, n - i));
      for (std::uint32_t i = 0; i < n; ++i) add(border_point(city, x, y, true, n - i));
      for (std::uint32_t i = 0; i < 4 * n; ++i) {
        mesh.triangles.insert(mesh.triangles.end(),
                              {first, first + 1 + i, first + 1 + (i + 1) % (4 * n)});
      }
      mesh.district_start.push_back(static_cast<std::uint32_t>(mesh.triangle_count()));
    }
  }
  return mesh;
}

/// One smooth value per district, 0 to 1, with some noise.
inline std::vector<double> smooth_values(const JitteredCity& city) {
  std::vector<double> values;
  for (std::uint32_t y = 0; y < city.side; ++y) {
    for (std::uint32_t x = 0; x < city.side; ++x) {
      const double u = static_cast<double>(x) / city.side;
      const double v = static_cast<double>(y) / city.side;
      RandomStream random(3, x, y);
      values.push_back(0.5 + 0.25 * std::sin(7.0 * u + 2.0) * std::cos(5.0 * v) +
                       0.15 * std::sin(17.0 * u * v) + 0.2 * (random.uniform() - 0.5));
    }
  }
  return values;
}

}  // namespace quartier::test
