#include "metrics/decay_tree.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/parallel.h"

namespace quartier::metrics {
namespace {

PlaceBox box_of(std::span<const Point> places, std::span<const std::uint32_t> members) {
  PlaceBox box{places[members[0]].x, places[members[0]].y, places[members[0]].x,
               places[members[0]].y};
  for (const std::uint32_t i : members) {
    box.low_x = std::min(box.low_x, places[i].x);
    box.low_y = std::min(box.low_y, places[i].y);
    box.high_x = std::max(box.high_x, places[i].x);
    box.high_y = std::max(box.high_y, places[i].y);
  }
  return box;
}

/// The first half of `members` to the left of (or below) the second; ties by the other coordinate,
/// then by position, so that the order is the same everywhere.
void halve(std::span<const Point> places, std::span<std::uint32_t> members, bool by_x) {
  const auto before = [&](std::uint32_t i, std::uint32_t j) {
    const Point a = by_x ? places[i] : Point{places[i].y, places[i].x};
    const Point b = by_x ? places[j] : Point{places[j].y, places[j].x};
    if (a.x != b.x) return a.x < b.x;
    if (a.y != b.y) return a.y < b.y;
    return i < j;
  };
  const auto middle = members.begin() + static_cast<std::ptrdiff_t>(members.size() / 2);
  std::nth_element(members.begin(), middle, members.end(), before);
}

double span_between(double low_a, double high_a, double low_b, double high_b) {
  return std::max({0.0, low_b - high_a, low_a - high_b});
}

}  // namespace

double least_distance(const PlaceBox& a, const PlaceBox& b) {
  return std::hypot(span_between(a.low_x, a.high_x, b.low_x, b.high_x),
                    span_between(a.low_y, a.high_y, b.low_y, b.high_y));
}

double greatest_distance(const PlaceBox& a, const PlaceBox& b) {
  return std::hypot(std::max(b.high_x - a.low_x, a.high_x - b.low_x),
                    std::max(b.high_y - a.low_y, a.high_y - b.low_y));
}

PlaceTree place_tree(std::span<const Point> places, std::size_t largest_leaf,
                     std::size_t most_blocks) {
  expects(!places.empty() && largest_leaf > 0, "place_tree: at least one place");
  PlaceTree tree;
  tree.order.resize(places.size());
  std::iota(tree.order.begin(), tree.order.end(), 0U);
  const std::span<std::uint32_t> order(tree.order);

  std::size_t blocks = 1;
  while (2 * blocks <= most_blocks && places.size() / (2 * blocks) >= largest_leaf) blocks *= 2;

  // Depth by depth, so that the nodes of a depth are halved at the same time.
  tree.nodes.push_back({.begin = 0, .end = places.size(), .box = {}});
  std::size_t first = 0;
  std::size_t width = 1;
  while (first < tree.nodes.size()) {
    const std::size_t last = tree.nodes.size();
    for_chunks(last - first, 1, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t n = first + begin; n < first + end; ++n) {
        PlaceNode& node = tree.nodes[n];
        const std::span<std::uint32_t> members = order.subspan(node.begin, node.count());
        node.box = box_of(places, members);
        if (node.count() > largest_leaf || width < blocks) {
          halve(places, members, node.box.half_width() >= node.box.half_height());
        }
      }
    });
    if (width == blocks) {
      for (std::size_t n = first; n < last; ++n) {
        tree.blocks.push_back(static_cast<std::uint32_t>(n));
      }
    }
    for (std::size_t n = first; n < last; ++n) {
      const PlaceNode node = tree.nodes[n];
      if (node.count() <= largest_leaf && width >= blocks) continue;
      const std::size_t middle = node.begin + node.count() / 2;
      tree.nodes[n].child = static_cast<std::uint32_t>(tree.nodes.size());
      tree.nodes.push_back({.begin = node.begin, .end = middle, .box = {}});
      tree.nodes.push_back({.begin = middle, .end = node.end, .box = {}});
    }
    first = last;
    width *= 2;
  }

  const Point middle{tree.nodes[0].box.middle_x(), tree.nodes[0].box.middle_y()};
  tree.x_m.resize(places.size());
  tree.y_m.resize(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    tree.x_m[i] = places[order[i]].x - middle.x;
    tree.y_m[i] = places[order[i]].y - middle.y;
  }
  for (PlaceNode& node : tree.nodes) {
    node.box = {node.box.low_x - middle.x, node.box.low_y - middle.y, node.box.high_x - middle.x,
                node.box.high_y - middle.y};
  }
  return tree;
}

}  // namespace quartier::metrics
