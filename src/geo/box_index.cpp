#include "geo/box_index.h"

#include <algorithm>
#include <utility>

#include "base/parallel.h"
#include "geo/polygon_edit.h"

namespace quartier::geo {
namespace {

/// Position of cell (x, y) along the Hilbert curve through 65,536 x 65,536 cells.
std::uint64_t hilbert(std::uint32_t x, std::uint32_t y) {
  std::uint64_t position = 0;
  for (std::uint32_t side = 1U << 15U; side > 0; side >>= 1U) {
    const std::uint32_t right = (x & side) != 0 ? 1 : 0;
    const std::uint32_t up = (y & side) != 0 ? 1 : 0;
    position += std::uint64_t{side} * side * ((3 * right) ^ up);
    if (up == 0) {
      if (right == 1) {
        x = 65535 - x;
        y = 65535 - y;
      }
      std::swap(x, y);
    }
  }
  return position;
}

}  // namespace

std::vector<Box> district_boxes(const Polygons& shapes) {
  std::vector<Box> boxes(shapes.district_count());
  for_chunks(boxes.size(), 1024, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) boxes[i] = bounds_of(vertices_of(shapes, i));
  });
  return boxes;
}

BoxIndex::BoxIndex(std::span<const Box> boxes) {
  Box all;
  for (const Box& box : boxes) {
    if (box.empty()) continue;
    all.extend({box.min_x, box.min_y});
    all.extend({box.max_x, box.max_y});
  }
  const double side = std::max(all.max_x - all.min_x, all.max_y - all.min_y);
  const double scale = side > 0.0 ? 65535.0 / side : 0.0;
  std::vector<std::pair<std::uint64_t, DistrictIndex>> order;
  order.reserve(boxes.size());
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const Box& box = boxes[i];
    if (box.empty()) continue;
    const auto cell = [&](double low, double high, double origin) {
      return static_cast<std::uint32_t>(((low + high) / 2.0 - origin) * scale);
    };
    order.emplace_back(
        hilbert(cell(box.min_x, box.max_x, all.min_x), cell(box.min_y, box.max_y, all.min_y)),
        static_cast<DistrictIndex>(i));
  }
  if (order.empty()) return;
  std::sort(order.begin(), order.end());
  levels_.emplace_back();
  for (const auto& [position, district] : order) {
    district_.push_back(district);
    levels_.back().push_back(boxes[district]);
  }
  while (levels_.back().size() > fan) {
    const std::vector<Box>& below = levels_.back();
    std::vector<Box> above;
    for (std::size_t begin = 0; begin < below.size(); begin += fan) {
      Box box;
      for (std::size_t k = begin; k < std::min(begin + fan, below.size()); ++k) {
        box.extend({below[k].min_x, below[k].min_y});
        box.extend({below[k].max_x, below[k].max_y});
      }
      above.push_back(box);
    }
    levels_.push_back(std::move(above));
  }
}

}  // namespace quartier::geo
