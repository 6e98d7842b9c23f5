#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "study/sample/neighbourhoods.h"
#include "study/sample/noise.h"

namespace quartier::study::sample {
namespace {

constexpr int most_halvings = 3;
constexpr double roughness = 0.1;  // largest displacement of a midpoint, as a share of the line
constexpr std::size_t grain = 4096;

/// The line between two corners: `count` + 1 vertices from the lower corner to the higher.
struct Line {
  std::array<Point, (1U << most_halvings) + 1> vertices;
  std::size_t count = 0;
};

/// Angle at `corner` between the lines to `a` and `b`; undefined where one of them is.
double angle_between(Point corner, Point a, Point b) {
  const double ax = a.x - corner.x;
  const double ay = a.y - corner.y;
  const double bx = b.x - corner.x;
  const double by = b.y - corner.y;
  return std::atan2(std::abs(ax * by - ay * bx), ax * bx + ay * by);
}

class Tracer {
 public:
  Tracer(const Ground& ground, const Blocks& blocks, int halvings, std::uint64_t seed)
      : ground_(ground),
        blocks_(blocks),
        halvings_(halvings),
        seed_(seed),
        places_(2 * blocks.lattice_size(), Point{undefined, undefined}) {
    // Corners the city's blocks share are computed more than once in one thread, never in two:
    // of the blocks round a corner, the lowest one of the city computes it.
    const std::vector<Block>& chosen = blocks.chosen();
    for_chunks(chosen.size(), grain, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t k = begin; k < end; ++k) {
        for (int side = 0; side < side_count; ++side) place_corner(chosen[k], side);
      }
    });
  }

  /// Appends side `side` of `block`, without its last vertex.
  void append(Block block, int side, std::vector<Point>& ring) const {
    const Corner from = blocks_.corner(block, turned(side, -1));
    const Corner to = blocks_.corner(block, side);
    const Line line = line_between(
        std::min(from, to), std::max(from, to),
        std::min(roughness, narrowest_angle(block, side) / (4.0 * std::max(1, halvings_))));
    for (std::size_t k = 0; k < line.count; ++k) {
      ring.push_back(line.vertices[from < to ? k : line.count - k]);
    }
  }

  static int turned(int side, int by) { return (side + by + side_count) % side_count; }

 private:
  void place_corner(Block block, int side) {
    const auto in_city = [&](Block other) {
      return std::binary_search(blocks_.chosen().begin(), blocks_.chosen().end(), other);
    };
    for (const int next : {side, turned(side, 1)}) {
      const Block other = blocks_.neighbour(block, next);
      if (other < block && in_city(other)) return;
    }
    const Corner corner = blocks_.corner(block, side);
    places_[corner] = ground_.place(blocks_.place(corner));
  }

  /// Smallest angle between this side and the lines that meet it at either end. Displacements that
  /// stay within half of it cannot cross those lines. The same from both sides.
  [[nodiscard]] double narrowest_angle(Block block, int side) const {
    const Point from = places_[blocks_.corner(block, turned(side, -1))];
    const Point to = places_[blocks_.corner(block, side)];
    const Block before = blocks_.neighbour(block, turned(side, -1));
    const Block after = blocks_.neighbour(block, turned(side, 1));
    const std::array angles{
        angle_between(from, to, places_[blocks_.corner(block, turned(side, -2))]),
        angle_between(from, to, places_[blocks_.corner(before, side)]),
        angle_between(to, from, places_[blocks_.corner(block, turned(side, 1))]),
        angle_between(to, from, places_[blocks_.corner(after, turned(side, -1))])};
    double narrowest = 4.0;
    for (const double angle : angles) {
      if (angle < narrowest) narrowest = angle;  // false for the undefined lines outside the city
    }
    return narrowest;
  }

  [[nodiscard]] Line line_between(Corner low, Corner high, double rough) const {
    Line line;
    line.count = std::size_t{1} << static_cast<unsigned>(halvings_);
    line.vertices[0] = places_[low];
    line.vertices[line.count] = places_[high];
    if (blocks_.on_river(low) && blocks_.on_river(high)) {
      const PlanPoint start = blocks_.place(low);
      const PlanPoint end = blocks_.place(high);
      for (std::size_t k = 1; k < line.count; ++k) {
        const double share = static_cast<double>(k) / static_cast<double>(line.count);
        line.vertices[k] = ground_.place(start + share * (end - start));
      }
      return line;
    }
    RandomStream stream =
        stream_of(seed_, Purpose::edge, (std::uint64_t{low} << 32U) | std::uint64_t{high});
    for (std::size_t step = line.count; step > 1; step /= 2) {
      for (std::size_t k = 0; k < line.count; k += step) {
        line.vertices[k + step / 2] = displaced_middle(line.vertices[k], line.vertices[k + step],
                                                       between(stream, -rough, rough));
      }
    }
    return line;
  }

  static Point displaced_middle(Point a, Point b, double shift) {
    const double x = 0.5 * (a.x + b.x) - shift * (b.y - a.y);
    const double y = 0.5 * (a.y + b.y) + shift * (b.x - a.x);
    return {std::round(x * 1000.0) / 1000.0, std::round(y * 1000.0) / 1000.0};
  }

  const Ground& ground_;
  const Blocks& blocks_;
  int halvings_;
  std::uint64_t seed_;
  std::vector<Point> places_;  ///< [corners of the lattice] undefined outside the city
};

}  // namespace

Polygons traced(const Ground& ground, const Blocks& blocks, const Neighbourhoods& neighbourhoods,
                std::span<const std::uint32_t> order, int halvings, std::uint64_t seed) {
  expects(halvings >= 0 && halvings <= most_halvings, "traced: zero to three halvings");
  const Tracer tracer(ground, blocks, halvings, seed);
  Polygons shapes;
  for (const std::uint32_t n : order) {
    const auto inside = [&](Block block, int side) {
      return neighbourhoods.of_block[blocks.neighbour(block, side)] == n;
    };
    // The lowest block has no block of the same unit below it, so its south-western side is a
    // boundary. At a corner three blocks meet: the boundary goes on along the next side of this
    // block, or hops to the neighbour where that side lies within the unit.
    const Block first_block = neighbourhoods.blocks_of(n).front();
    constexpr int first_side = 4;
    Block block = first_block;
    int side = first_side;
    do {
      tracer.append(block, side, shapes.vertices);
      side = Tracer::turned(side, 1);
      if (inside(block, side)) {
        block = blocks.neighbour(block, side);
        side = Tracer::turned(side, side_count / 2 + 1);
      }
    } while (block != first_block || side != first_side);
    shapes.close_ring();
    shapes.close_part();
    shapes.close_district();
  }
  return shapes;
}

}  // namespace quartier::study::sample
