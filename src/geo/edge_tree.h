#pragma once
/// A tree of boxes over the edges of one shape, in ring order: finds edges near each other without
/// comparing all with all. Neighbouring edges lie near each other, so no sorting is needed.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "domain/polygons.h"

namespace quartier::geo {

/// An edge, and the positions of its first vertex and of its ring in the layer.
struct Edge {
  Point a, b;
  std::uint32_t vertex = 0;
  std::uint32_t ring = 0;
};

class EdgeTree {
 public:
  /// How many edges or boxes one box holds.
  static constexpr std::size_t fan = 8;

  struct Bounds {
    double min_x = std::numeric_limits<double>::infinity(), min_y = min_x;
    double max_x = -min_x, max_y = -min_x;
    void add(Point p) {
      min_x = std::min(min_x, p.x);
      min_y = std::min(min_y, p.y);
      max_x = std::max(max_x, p.x);
      max_y = std::max(max_y, p.y);
    }
    void add(const Bounds& b) {
      min_x = std::min(min_x, b.min_x);
      min_y = std::min(min_y, b.min_y);
      max_x = std::max(max_x, b.max_x);
      max_y = std::max(max_y, b.max_y);
    }
    [[nodiscard]] bool meets(const Bounds& b, double reach) const {
      return max_x + reach >= b.min_x && b.max_x + reach >= min_x && max_y + reach >= b.min_y &&
             b.max_y + reach >= min_y;
    }
  };

  void clear() {
    edges_.clear();
    boxes_.clear();
    level_start_.clear();
  }

  /// Adds the edges of ring `r` that begin at a vertex for which `wanted(position)` holds.
  template <typename Wanted>
  void add_ring_if(const Polygons& shapes, std::uint32_t r, const Wanted& wanted) {
    const std::uint32_t first = shapes.ring_start[r];
    const std::uint32_t last = shapes.ring_start[r + 1];
    for (std::uint32_t v = first; v < last; ++v) {
      const std::uint32_t next = v + 1 == last ? first : v + 1;
      if (wanted(v)) edges_.push_back({shapes.vertices[v], shapes.vertices[next], v, r});
    }
  }
  void add_ring(const Polygons& shapes, std::uint32_t r) {
    add_ring_if(shapes, r, [](std::uint32_t) { return true; });
  }

  /// Builds the boxes, after all edges were added.
  void build() {
    boxes_.clear();
    level_start_.assign(1, 0);
    for (std::size_t begin = 0; begin < edges_.size(); begin += fan) {
      Bounds box;
      for (std::size_t e = begin; e < std::min(begin + fan, edges_.size()); ++e) {
        box.add(edges_[e].a);
        box.add(edges_[e].b);
      }
      boxes_.push_back(box);
    }
    level_start_.push_back(boxes_.size());
    while (level_size(level_start_.size() - 2) > 1) {
      const std::size_t level = level_start_.size() - 2;
      const std::size_t size = level_size(level);
      for (std::size_t begin = 0; begin < size; begin += fan) {
        Bounds box;
        for (std::size_t k = begin; k < std::min(begin + fan, size); ++k) {
          box.add(boxes_[level_start_[level] + k]);
        }
        boxes_.push_back(box);
      }
      level_start_.push_back(boxes_.size());
    }
  }

  [[nodiscard]] std::span<const Edge> edges() const { return edges_; }

  /// Calls visit(edge position, edge position) once for each pair of edges whose boxes meet, the
  /// lower position first; stops as soon as it returns true, and returns whether it did.
  template <typename Visit>
  bool any_own_pair(const Visit& visit) const {
    if (edges_.empty()) return false;
    return own_pairs(level_start_.size() - 2, 0, visit);
  }

  /// Calls visit(edge position here, edge position there) for each pair within `reach` (by boxes).
  template <typename Visit>
  void for_pairs(const EdgeTree& other, double reach, const Visit& visit) const {
    if (edges_.empty() || other.edges_.empty()) return;
    pairs(level_start_.size() - 2, 0, other, other.level_start_.size() - 2, 0, reach, visit);
  }

 private:
  std::vector<Edge> edges_;
  std::vector<Bounds> boxes_;             ///< level by level, the leaves first
  std::vector<std::size_t> level_start_;  ///< [level count + 1]

  [[nodiscard]] std::size_t level_size(std::size_t level) const {
    return level_start_[level + 1] - level_start_[level];
  }
  [[nodiscard]] const Bounds& box(std::size_t level, std::size_t k) const {
    return boxes_[level_start_[level] + k];
  }
  [[nodiscard]] std::size_t end_below(std::size_t level, std::size_t k) const {
    const std::size_t below = level == 0 ? edges_.size() : level_size(level - 1);
    return std::min((k + 1) * fan, below);
  }
  static Bounds bounds_of_edge(const Edge& e) {
    return {std::min(e.a.x, e.b.x), std::min(e.a.y, e.b.y), std::max(e.a.x, e.b.x),
            std::max(e.a.y, e.b.y)};
  }

  template <typename Visit>
  bool own_pairs(std::size_t level, std::size_t k, const Visit& visit) const {
    const std::size_t begin = k * fan;
    const std::size_t end = end_below(level, k);
    for (std::size_t i = begin; i < end; ++i) {
      if (level > 0 && own_pairs(level - 1, i, visit)) return true;
      const Bounds mine = level == 0 ? bounds_of_edge(edges_[i]) : box(level - 1, i);
      for (std::size_t j = i + 1; j < end; ++j) {
        if (level > 0) {
          if (mine.meets(box(level - 1, j), 0.0) && cross_pairs(level - 1, i, j, visit))
            return true;
        } else if (mine.meets(bounds_of_edge(edges_[j]), 0.0) && visit(i, j)) {
          return true;
        }
      }
    }
    return false;
  }

  template <typename Visit>
  bool cross_pairs(std::size_t level, std::size_t k, std::size_t l, const Visit& visit) const {
    const Bounds& far = box(level, l);
    for (std::size_t i = k * fan; i < end_below(level, k); ++i) {
      const Bounds mine = level == 0 ? bounds_of_edge(edges_[i]) : box(level - 1, i);
      if (!mine.meets(far, 0.0)) continue;
      for (std::size_t j = l * fan; j < end_below(level, l); ++j) {
        if (level > 0) {
          if (mine.meets(box(level - 1, j), 0.0) && cross_pairs(level - 1, i, j, visit))
            return true;
        } else if (mine.meets(bounds_of_edge(edges_[j]), 0.0) && visit(i, j)) {
          return true;
        }
      }
    }
    return false;
  }

  template <typename Visit>
  void pairs(std::size_t level, std::size_t k, const EdgeTree& other, std::size_t other_level,
             std::size_t l, double reach, const Visit& visit) const {
    if (!box(level, k).meets(other.box(other_level, l), reach)) return;
    if (level > 0 && level >= other_level) {
      for (std::size_t i = k * fan; i < end_below(level, k); ++i) {
        pairs(level - 1, i, other, other_level, l, reach, visit);
      }
    } else if (other_level > 0) {
      for (std::size_t j = l * fan; j < other.end_below(other_level, l); ++j) {
        pairs(level, k, other, other_level - 1, j, reach, visit);
      }
    } else {
      for (std::size_t i = k * fan; i < end_below(0, k); ++i) {
        const Bounds mine = bounds_of_edge(edges_[i]);
        if (!mine.meets(other.box(0, l), reach)) continue;
        for (std::size_t j = l * fan; j < other.end_below(0, l); ++j) {
          if (mine.meets(bounds_of_edge(other.edges_[j]), reach)) visit(i, j);
        }
      }
    }
  }
};

}  // namespace quartier::geo
