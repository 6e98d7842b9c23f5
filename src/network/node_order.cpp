#include "network/node_order.h"

#include <array>
#include <cmath>
#include <cstddef>

#include "base/parallel.h"

namespace quartier::network {
namespace {

constexpr unsigned levels = 16;
constexpr std::size_t grain = 16384;

/// The position of a cell along the curve.
std::uint32_t curve_position(std::uint32_t x, std::uint32_t y) {
  std::uint32_t position = 0;
  for (std::uint32_t side = 1U << (levels - 1); side > 0; side >>= 1U) {
    const std::uint32_t right = (x & side) != 0 ? 1 : 0;
    const std::uint32_t upper = (y & side) != 0 ? 1 : 0;
    position = position << 2U | ((3 * right) ^ upper);
    if (upper == 0) {
      if (right == 1) {
        x = ~x;
        y = ~y;
      }
      std::swap(x, y);
    }
  }
  return position;
}

bool is_finite(Point p) { return std::isfinite(p.x) && std::isfinite(p.y); }

}  // namespace

void sort_by_key(std::vector<std::uint64_t>& words) {
  constexpr std::size_t radix = 2048;
  std::vector<std::uint64_t> sorted(words.size());
  for (const unsigned shift : {32U, 43U, 54U}) {
    std::array<std::size_t, radix + 1> start{};
    for (const std::uint64_t word : words) ++start[((word >> shift) & (radix - 1)) + 1];
    for (std::size_t k = 0; k < radix; ++k) start[k + 1] += start[k];
    for (const std::uint64_t word : words) sorted[start[(word >> shift) & (radix - 1)]++] = word;
    words.swap(sorted);
  }
}

std::vector<std::uint32_t> order_along_curve(std::span<const Point> points) {
  Box box;
  for (const Point p : points) {
    if (is_finite(p)) box.extend(p);
  }
  const double extent = std::max(box.max_x - box.min_x, box.max_y - box.min_y);
  constexpr double last_cell = 65535.0;
  const double scale = extent > 0.0 ? last_cell / extent : 0.0;
  std::vector<std::uint64_t> words(points.size());
  for_chunks(points.size(), grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const Point p = points[i];
      const std::uint64_t key =
          is_finite(p) ? curve_position(static_cast<std::uint32_t>((p.x - box.min_x) * scale),
                                        static_cast<std::uint32_t>((p.y - box.min_y) * scale))
                       : 0xFFFFFFFFU;
      words[i] = key << 32U | i;
    }
  });
  sort_by_key(words);
  std::vector<std::uint32_t> order(points.size());
  for (std::size_t k = 0; k < words.size(); ++k) order[k] = static_cast<std::uint32_t>(words[k]);
  return order;
}

}  // namespace quartier::network
