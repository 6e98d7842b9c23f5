#pragma once
/// Shapes for tests, from coordinates written down or drawn.

#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>
#include <vector>

#include "base/finding.h"
#include "base/parallel.h"
#include "base/random.h"
#include "domain/polygons.h"

namespace quartier::test {

using Ring = std::vector<Point>;
using Part = std::vector<Ring>;
using Shape = std::vector<Part>;

inline Polygons polygons(const std::vector<Shape>& shapes) {
  Polygons all;
  for (const Shape& shape : shapes) {
    for (const Part& part : shape) {
      for (const Ring& ring : part) {
        all.vertices.insert(all.vertices.end(), ring.begin(), ring.end());
        all.close_ring();
      }
      all.close_part();
    }
    all.close_district();
  }
  return all;
}

/// Rectangle, counter-clockwise, without the closing vertex.
inline Ring rectangle(double x0, double y0, double x1, double y1) {
  return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
}

/// The same ring as a file holds it: with its first vertex again at the end.
inline Ring closed(Ring ring) {
  ring.push_back(ring.front());
  return ring;
}

inline Ring reversed(const Ring& ring) { return {ring.rbegin(), ring.rend()}; }

/// A ring of `size` vertices round `centre`, its radius between `least` and `greatest` of `radius`.
inline Ring star(RandomStream& random, Point centre, double radius, std::size_t size,
                 double least = 0.4, double greatest = 1.0) {
  Ring ring;
  for (std::size_t i = 0; i < size; ++i) {
    const double angle =
        2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(size);
    const double r = radius * (least + (greatest - least) * random.uniform());
    ring.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
  }
  return ring;
}

/// A board of columns x rows square districts, row by row from the south-west. Edges are broken
/// into `pieces` by roughened vertices that both neighbours have to the bit.
inline Polygons board(std::size_t columns, std::size_t rows, double side = 1000.0,
                      std::size_t pieces = 1, double rough = 0.2, Point origin = {}) {
  const auto corner = [&](std::size_t x, std::size_t y) {
    return Point{origin.x + side * static_cast<double>(x),
                 origin.y + side * static_cast<double>(y)};
  };
  // Vertices along the edge from (x, y) to the east or to the north, without its end.
  const auto edge = [&](std::size_t x, std::size_t y, bool east) {
    RandomStream random(7, y * (columns + 1) + x, east ? 1 : 0);
    const Point a = corner(x, y);
    const Point b = east ? corner(x + 1, y) : corner(x, y + 1);
    Ring line{a};
    for (std::size_t k = 1; k < pieces; ++k) {
      const double t = static_cast<double>(k) / static_cast<double>(pieces);
      const double off = (random.uniform() - 0.5) * rough * side / static_cast<double>(pieces);
      line.push_back(
          {a.x + t * (b.x - a.x) + (east ? 0.0 : off), a.y + t * (b.y - a.y) + (east ? off : 0.0)});
    }
    line.push_back(b);
    return line;
  };
  std::vector<Shape> shapes;
  for (std::size_t y = 0; y < rows; ++y) {
    for (std::size_t x = 0; x < columns; ++x) {
      Ring ring;
      for (const Ring& line : {edge(x, y, true), edge(x + 1, y, false),
                               reversed(edge(x, y + 1, true)), reversed(edge(x, y, false))}) {
        ring.insert(ring.end(), line.begin(), line.end() - 1);
      }
      shapes.push_back({{ring}});
    }
  }
  return polygons(shapes);
}

inline const Finding* find_kind(const std::vector<Finding>& findings, const std::string& kind,
                                Severity severity) {
  for (const Finding& finding : findings) {
    if (finding.kind == kind && finding.severity == severity) return &finding;
  }
  return nullptr;
}

/// Calls `compute` with 1, 2 and 7 threads and says whether `same` holds of all results.
template <typename Compute, typename Same>
bool same_for_any_threads(const Compute& compute, const Same& same) {
  set_thread_count(1);
  const auto one = compute();
  bool alike = true;
  for (const std::size_t threads : {2U, 7U}) {
    set_thread_count(threads);
    alike = alike && same(one, compute());
  }
  set_thread_count(0);
  return alike;
}

}  // namespace quartier::test
