#include "network/point_index.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"

namespace quartier::network {
namespace {

constexpr std::size_t leaf_size = 8;

bool finite(Point p) { return std::isfinite(p.x) && std::isfinite(p.y); }

std::size_t middle_of(std::size_t begin, std::size_t end) { return begin + (end - begin) / 2; }

}  // namespace

PointIndex::PointIndex(std::span<const Point> points, std::span<const std::uint8_t> include) {
  expects(include.empty() || include.size() == points.size(), "PointIndex: one flag per point");
  entries_.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if ((include.empty() || include[i] != 0) && finite(points[i])) {
      entries_.push_back({points[i].x, points[i].y, static_cast<std::uint32_t>(i)});
    }
  }
  if (!entries_.empty()) build(0, 0, entries_.size());
}

void PointIndex::build(std::size_t node, std::size_t begin, std::size_t end) {
  if (end - begin <= leaf_size) return;
  if (nodes_.size() <= node) nodes_.resize(node + 1);
  Box box;
  for (std::size_t e = begin; e < end; ++e) box.extend({entries_[e].x, entries_[e].y});
  const bool by_x = box.max_x - box.min_x >= box.max_y - box.min_y;
  const std::size_t middle = middle_of(begin, end);
  const auto at = [&](std::size_t e) { return entries_.begin() + static_cast<std::ptrdiff_t>(e); };
  std::nth_element(at(begin), at(middle), at(end), [by_x](const Entry& a, const Entry& b) {
    const double p = by_x ? a.x : a.y;
    const double q = by_x ? b.x : b.y;
    return p != q ? p < q : a.point < b.point;
  });
  nodes_[node] = {by_x ? entries_[middle].x : entries_[middle].y, by_x};
  build(2 * node + 1, begin, middle);
  build(2 * node + 2, middle, end);
}

void PointIndex::search_nearest(std::size_t node, std::size_t begin, std::size_t end, Point place,
                                IndexedPoint& best) const {
  if (end - begin <= leaf_size) {
    for (std::size_t e = begin; e < end; ++e) {
      const double dx = entries_[e].x - place.x;
      const double dy = entries_[e].y - place.y;
      const double squared = dx * dx + dy * dy;
      if (squared < best.squared_m2 ||
          (squared == best.squared_m2 && entries_[e].point < best.point)) {
        best = {entries_[e].point, squared};
      }
    }
    return;
  }
  const Node& cut = nodes_[node];
  const std::size_t middle = middle_of(begin, end);
  const double across = cut.split - (cut.by_x ? place.x : place.y);
  const bool low_first = across > 0.0;
  if (low_first) {
    search_nearest(2 * node + 1, begin, middle, place, best);
  } else {
    search_nearest(2 * node + 2, middle, end, place, best);
  }
  // Rounding is monotone, so no point beyond the cut is nearer than across · across.
  if (across * across > best.squared_m2) return;
  if (low_first) {
    search_nearest(2 * node + 2, middle, end, place, best);
  } else {
    search_nearest(2 * node + 1, begin, middle, place, best);
  }
}

IndexedPoint PointIndex::nearest(Point place) const {
  IndexedPoint best{no_index, std::numeric_limits<double>::infinity()};
  if (!entries_.empty() && finite(place)) search_nearest(0, 0, entries_.size(), place, best);
  return best;
}

template <typename Accept>
void PointIndex::search_within(std::size_t node, std::size_t begin, std::size_t end, Point place,
                               const Accept& accept, std::vector<IndexedPoint>& found) const {
  if (end - begin <= leaf_size) {
    for (std::size_t e = begin; e < end; ++e) {
      const double dx = entries_[e].x - place.x;
      const double dy = entries_[e].y - place.y;
      const double squared = dx * dx + dy * dy;
      if (accept(squared)) found.push_back({entries_[e].point, squared});
    }
    return;
  }
  const Node& cut = nodes_[node];
  const std::size_t middle = middle_of(begin, end);
  const double across = cut.split - (cut.by_x ? place.x : place.y);
  const bool both = accept(across * across);
  if (both || across >= 0.0) search_within(2 * node + 1, begin, middle, place, accept, found);
  if (both || across <= 0.0) search_within(2 * node + 2, middle, end, place, accept, found);
}

void PointIndex::within(Point place, double factor, double limit,
                        std::vector<IndexedPoint>& found) const {
  if (entries_.empty() || !finite(place)) return;
  const auto accept = [factor, limit](double squared) {
    return factor * std::sqrt(squared) <= limit;
  };
  search_within(0, 0, entries_.size(), place, accept, found);
}

}  // namespace quartier::network
