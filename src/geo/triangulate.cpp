#include "geo/triangulate.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "base/number.h"
#include "base/units.h"
#include "geo/measure.h"

namespace quartier::geo {
namespace {

constexpr std::uint32_t none = no_index;
/// Up to so many reflex vertices one cell is quicker than many.
constexpr std::size_t most_in_one_cell = 64;
constexpr std::size_t reflex_a_cell = 4;

/// Twice the signed area of a, b, c; exactly 0 where two of them are equal.
double cross(Point a, Point b, Point c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/// How many of the points lie in the triangle a, b, c (counter-clockwise), its boundary included.
QUARTIER_HOT
std::size_t count_inside(const double* x, const double* y, std::size_t count, Point a, Point b,
                         Point c) {
  const double abx = b.x - a.x;
  const double aby = b.y - a.y;
  const double bcx = c.x - b.x;
  const double bcy = c.y - b.y;
  const double cax = a.x - c.x;
  const double cay = a.y - c.y;
  std::size_t inside = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double ab = abx * (y[i] - a.y) - aby * (x[i] - a.x);
    const double bc = bcx * (y[i] - b.y) - bcy * (x[i] - b.x);
    const double ca = cax * (y[i] - c.y) - cay * (x[i] - c.x);
    const bool in = (ab >= 0.0) & (bc >= 0.0) & (ca >= 0.0);
    inside += in ? 1U : 0U;
  }
  return inside;
}

}  // namespace

double Triangulator::turn(const Node& node) const {
  return cross(nodes_[node.previous].at, node.at, nodes_[node.next].at);
}

/// True where the direction from the node to `place` leads into the polygon, or along its edge.
bool Triangulator::sees(const Node& node, Point place) const {
  const bool left_in = cross(nodes_[node.previous].at, node.at, place) >= 0.0;
  const bool left_out = cross(node.at, nodes_[node.next].at, place) >= 0.0;
  return turn(node) > 0.0 ? left_in && left_out : left_in || left_out;
}

/// Adds a ring as a closed list of nodes without repeats; `none` where fewer than three are left.
std::uint32_t Triangulator::add_ring(std::span<const Point> ring, std::uint32_t first, Point origin,
                                     bool counter_clockwise) {
  const bool as_is = (signed_area(ring) > 0.0) == counter_clockwise;
  const auto begin = static_cast<std::uint32_t>(nodes_.size());
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const std::size_t k = as_is ? i : ring.size() - 1 - i;
    const Point at{ring[k].x - origin.x, ring[k].y - origin.y};
    if (nodes_.size() > begin && nodes_.back().at == at) continue;
    nodes_.push_back({at, first + static_cast<std::uint32_t>(k), none, none, none, Corner::convex});
  }
  while (nodes_.size() > begin + 1 && nodes_.back().at == nodes_[begin].at) nodes_.pop_back();
  const auto end = static_cast<std::uint32_t>(nodes_.size());
  if (end - begin < 3) {
    nodes_.resize(begin);
    return none;
  }
  for (std::uint32_t i = begin; i < end; ++i) {
    nodes_[i].previous = i == begin ? end - 1 : i - 1;
    nodes_[i].next = i + 1 == end ? begin : i + 1;
  }
  return begin;
}

/// The node of the outer chain that a hole's rightmost vertex can be joined to: one at the same
/// place where they touch; else, where the ray to the right first leaves the polygon, the far end
/// of that edge, or the vertex before it that hides it.
std::uint32_t Triangulator::bridge_end(std::uint32_t outer, std::uint32_t rightmost) const {
  const Point from = nodes_[rightmost].at;
  const Point along_hole = nodes_[nodes_[rightmost].next].at;
  double nearest = std::numeric_limits<double>::infinity();
  std::uint32_t end = none;
  std::uint32_t i = outer;
  do {
    const Node& a = nodes_[i];
    const Node& b = nodes_[a.next];
    if (a.at == from && sees(a, along_hole)) return i;
    // The interior lies left of an edge, so the ray leaves through edges that lead upwards. Both
    // ends count: a hole may touch the outer ring at the height of a corner.
    if (a.at.y <= from.y && b.at.y >= from.y && a.at.y < b.at.y &&
        std::max(a.at.x, b.at.x) >= from.x) {
      const double x = a.at.x + (from.y - a.at.y) * ((b.at.x - a.at.x) / (b.at.y - a.at.y));
      // The vertex itself may lie on the edge; rounding must not put it beyond.
      const bool reached = x >= from.x || cross(a.at, b.at, from) >= 0.0;
      if (reached && x < nearest) {
        nearest = x;
        end = a.at.x > b.at.x ? i : a.next;
      }
    }
    i = a.next;
  } while (i != outer);
  if (end == none) return none;

  const Point hit{std::max(nearest, from.x), from.y};
  const Point far = nodes_[end].at;
  if (far == from || far == hit) return seeing_copy(outer, end, from);
  const bool above = far.y > from.y;
  const Point b = above ? hit : far;
  const Point c = above ? far : hit;
  double least_slope = std::numeric_limits<double>::infinity();
  std::uint32_t best = end;
  i = outer;
  do {
    const Node& node = nodes_[i];
    const Point p = node.at;
    if (i != end && p.x >= from.x && !(p == far) && turn(node) <= 0.0 && cross(from, b, p) >= 0.0 &&
        cross(b, c, p) >= 0.0 && cross(c, from, p) >= 0.0) {
      const double slope = p.x > from.x
                               ? std::abs(p.y - from.y) / (p.x - from.x)
                               : (p.y == from.y ? 0.0 : std::numeric_limits<double>::infinity());
      const bool nearer = slope < least_slope || (slope == least_slope && p.x < nodes_[best].at.x);
      if ((nearer || (p == nodes_[best].at && !sees(nodes_[best], from))) && sees(node, from)) {
        least_slope = slope;
        best = i;
      }
    }
    i = node.next;
  } while (i != outer);
  return seeing_copy(outer, best, from);
}

/// Of the nodes at the place of `node` (bridges double them) the one from which `place` is seen.
std::uint32_t Triangulator::seeing_copy(std::uint32_t outer, std::uint32_t node,
                                        Point place) const {
  if (sees(nodes_[node], place)) return node;
  std::uint32_t i = outer;
  do {
    if (nodes_[i].at == nodes_[node].at && sees(nodes_[i], place)) return i;
    i = nodes_[i].next;
  } while (i != outer);
  return node;
}

/// Joins the holes to the outer chain, from the right to the left.
void Triangulator::join_holes(std::uint32_t outer) {
  std::sort(holes_.begin(), holes_.end(), [](const Hole& a, const Hole& b) {
    return a.x != b.x ? a.x > b.x : a.rightmost < b.rightmost;
  });
  for (const Hole& hole : holes_) {
    const std::uint32_t m = hole.rightmost;
    const std::uint32_t p = bridge_end(outer, m);
    if (p == none) continue;
    // p -> m -> ... around the hole ... -> copy of m -> copy of p -> what followed p
    const auto m_copy = static_cast<std::uint32_t>(nodes_.size());
    const std::uint32_t p_copy = m_copy + 1;
    nodes_.push_back(nodes_[m]);
    nodes_.push_back(nodes_[p]);
    const std::uint32_t after = nodes_[p].next;
    const std::uint32_t last = nodes_[m].previous;
    nodes_[p].next = m;
    nodes_[m].previous = p;
    nodes_[last].next = m_copy;
    nodes_[m_copy].previous = last;
    nodes_[m_copy].next = p_copy;
    nodes_[p_copy].previous = m_copy;
    nodes_[p_copy].next = after;
    nodes_[after].previous = p_copy;
  }
}

std::uint32_t Triangulator::column_of(double x) const {
  const double column = (x - grid_origin_.x) * cells_per_metre_;
  return column <= 0.0 ? 0 : std::min(columns_ - 1, static_cast<std::uint32_t>(column));
}

std::uint32_t Triangulator::row_of(double y) const {
  const double row = (y - grid_origin_.y) * cells_per_metre_;
  return row <= 0.0 ? 0 : std::min(rows_ - 1, static_cast<std::uint32_t>(row));
}

/// Puts the reflex vertices of the chain into a grid with a few of them to each cell.
void Triangulator::build_grid(std::uint32_t start) {
  reflex_node_.clear();
  Box box;
  std::uint32_t i = start;
  do {
    if (nodes_[i].corner == Corner::reflex) {
      reflex_node_.push_back(i);
      box.extend(nodes_[i].at);
    }
    i = nodes_[i].next;
  } while (i != start);
  const std::size_t count = reflex_node_.size();
  live_ = count;
  built_ = count;
  columns_ = 1;
  rows_ = 1;
  cells_per_metre_ = 0.0;
  if (count > most_in_one_cell) {
    const double width = box.max_x - box.min_x;
    const double height = box.max_y - box.min_y;
    const double cells = static_cast<double>(count / reflex_a_cell);
    const double side =
        std::max(std::sqrt(width * height / cells), std::max(width, height) / cells);
    if (side > 0.0 && std::isfinite(1.0 / side)) {
      grid_origin_ = {box.min_x, box.min_y};
      cells_per_metre_ = 1.0 / side;
      columns_ = static_cast<std::uint32_t>(std::min(cells, width / side)) + 1;
      rows_ = static_cast<std::uint32_t>(std::min(cells, height / side)) + 1;
    }
  }
  const std::size_t cell_count = std::size_t{columns_} * rows_;
  cell_start_.assign(cell_count + 1, 0);
  const auto cell_of = [&](Point p) {
    return std::size_t{row_of(p.y)} * columns_ + column_of(p.x);
  };
  for (const std::uint32_t node : reflex_node_) ++cell_start_[cell_of(nodes_[node].at) + 1];
  for (std::size_t c = 0; c < cell_count; ++c) cell_start_[c + 1] += cell_start_[c];
  cell_live_.assign(cell_count, 0);
  reflex_x_.resize(count);
  reflex_y_.resize(count);
  for (const std::uint32_t node : reflex_node_) {
    Node& n = nodes_[node];
    const std::size_t cell = cell_of(n.at);
    n.slot = cell_start_[cell] + cell_live_[cell]++;
    reflex_x_[n.slot] = n.at.x;
    reflex_y_[n.slot] = n.at.y;
  }
  i = start;
  do {
    if (nodes_[i].corner == Corner::reflex) reflex_node_[nodes_[i].slot] = i;
    i = nodes_[i].next;
  } while (i != start);
}

/// Judges a corner anew after its neighbours changed; leaves the grid where it is no longer reflex.
void Triangulator::update(std::uint32_t node) {
  Node& n = nodes_[node];
  const double area = turn(n);
  const Corner corner = area > 0.0 ? Corner::convex : area < 0.0 ? Corner::reflex : Corner::flat;
  if (n.corner == Corner::reflex && corner != Corner::reflex && n.slot != none) {
    const std::size_t cell = std::size_t{row_of(n.at.y)} * columns_ + column_of(n.at.x);
    const std::uint32_t last = cell_start_[cell] + --cell_live_[cell];
    reflex_x_[n.slot] = reflex_x_[last];
    reflex_y_[n.slot] = reflex_y_[last];
    reflex_node_[n.slot] = reflex_node_[last];
    nodes_[reflex_node_[n.slot]].slot = n.slot;
    n.slot = none;
    --live_;
  }
  n.corner = corner;
}

void Triangulator::unlink(std::uint32_t node) {
  const Node& n = nodes_[node];
  nodes_[n.previous].next = n.next;
  nodes_[n.next].previous = n.previous;
}

/// Whether a reflex vertex forbids the ear a, b, c (tip b), given that it lies in it or on its
/// edge.
bool Triangulator::blocks(const Node& reflex, Point a, Point b, Point c, bool strict) const {
  const Point p = reflex.at;
  if (!(p == a) && !(p == b) && !(p == c)) {
    if (!strict) return true;
    return cross(a, b, p) > 0.0 && cross(b, c, p) > 0.0 && cross(c, a, p) > 0.0;
  }
  // The boundary passes through a corner of the ear once more: it forbids the ear where it goes on
  // through its inside.
  const Point corner = p;
  const Point left = p == a ? b : p == b ? c : a;
  const Point right = p == a ? c : p == b ? a : b;
  const auto enters = [&](Point to) {
    return cross(corner, left, to) > 0.0 && cross(right, corner, to) > 0.0;
  };
  return enters(nodes_[reflex.previous].at) || enters(nodes_[reflex.next].at);
}

/// Whether the convex corner `node` can be cut off. `strict`: vertices on the cut do not forbid it.
bool Triangulator::is_ear(std::uint32_t node, bool strict) const {
  const Node& tip = nodes_[node];
  const Node& before = nodes_[tip.previous];
  const Node& after = nodes_[tip.next];
  const Point a = before.at;
  const Point b = tip.at;
  const Point c = after.at;
  const std::uint32_t first_column = column_of(std::min({a.x, b.x, c.x}));
  const std::uint32_t last_column = column_of(std::max({a.x, b.x, c.x}));
  const std::uint32_t first_row = row_of(std::min({a.y, b.y, c.y}));
  const std::uint32_t last_row = row_of(std::max({a.y, b.y, c.y}));
  std::size_t inside = 0;
  for (std::uint32_t row = first_row; row <= last_row; ++row) {
    for (std::uint32_t column = first_column; column <= last_column; ++column) {
      const std::size_t cell = std::size_t{row} * columns_ + column;
      const std::size_t start = cell_start_[cell];
      inside += count_inside(&reflex_x_[start], &reflex_y_[start], cell_live_[cell], a, b, c);
    }
  }
  // The neighbours of the tip lie on the triangle too.
  const std::size_t own = (before.slot != none ? 1U : 0U) + (after.slot != none ? 1U : 0U);
  if (inside == own) return true;
  for (std::uint32_t row = first_row; row <= last_row; ++row) {
    for (std::uint32_t column = first_column; column <= last_column; ++column) {
      const std::size_t cell = std::size_t{row} * columns_ + column;
      for (std::uint32_t k = 0; k < cell_live_[cell]; ++k) {
        const std::uint32_t other = reflex_node_[cell_start_[cell] + k];
        if (other == tip.previous || other == tip.next) continue;
        const Point p = nodes_[other].at;
        if (cross(a, b, p) >= 0.0 && cross(b, c, p) >= 0.0 && cross(c, a, p) >= 0.0 &&
            blocks(nodes_[other], a, b, c, strict)) {
          return false;
        }
      }
    }
  }
  return true;
}

void Triangulator::clip(std::uint32_t start, std::size_t remaining,
                        std::vector<std::uint32_t>& triangles) {
  std::uint32_t i = start;
  do {
    Node& node = nodes_[i];
    node.slot = none;
    node.corner = Corner::convex;
    update(i);
    i = node.next;
  } while (i != start);
  build_grid(start);

  // How readily a corner is cut: first only true ears, then such that others touch, and at last,
  // where a ring crosses itself, any convex corner.
  enum class Care : std::uint8_t { full, touching, none } care = Care::full;
  std::size_t passed = 0;
  while (remaining >= 3) {
    const Node& tip = nodes_[i];
    const std::uint32_t before = tip.previous;
    const std::uint32_t after = tip.next;
    const bool flat = tip.corner == Corner::flat;
    const bool cut =
        flat || (tip.corner == Corner::convex &&
                 (remaining == 3 || care == Care::none || is_ear(i, care == Care::touching)));
    if (!cut) {
      i = after;
      if (++passed < remaining) continue;
      passed = 0;
      if (care == Care::none) return;
      care = care == Care::full ? Care::touching : Care::none;
      continue;
    }
    if (!flat) {
      triangles.push_back(nodes_[before].vertex);
      triangles.push_back(tip.vertex);
      triangles.push_back(nodes_[after].vertex);
      if (remaining == 3) return;
    }
    unlink(i);
    --remaining;
    update(before);
    update(after);
    // Skipping a corner spreads the cuts round the ring and makes for stouter triangles.
    i = flat ? after : nodes_[after].next;
    passed = 0;
    care = Care::full;
    if (built_ > most_in_one_cell && live_ * 4 < built_) build_grid(i);
  }
}

void Triangulator::add(std::span<const Point> vertices, std::span<const std::uint32_t> rings,
                       std::vector<std::uint32_t>& triangles) {
  nodes_.clear();
  holes_.clear();
  if (rings.size() < 2 || rings[1] - rings[0] < 3) return;
  const Point origin = vertices[rings[0]];
  std::uint32_t outer = none;
  for (std::size_t r = 0; r + 1 < rings.size(); ++r) {
    const std::span<const Point> ring = vertices.subspan(rings[r], rings[r + 1] - rings[r]);
    const auto begin = static_cast<std::uint32_t>(nodes_.size());
    const std::uint32_t added = add_ring(ring, rings[r], origin, r == 0);
    if (r == 0) {
      outer = added;
      if (outer == none) return;
      continue;
    }
    if (added == none) continue;
    std::uint32_t rightmost = begin;
    for (std::uint32_t i = begin; i < nodes_.size(); ++i) {
      if (nodes_[i].at.x > nodes_[rightmost].at.x) rightmost = i;
    }
    holes_.push_back({rightmost, nodes_[rightmost].at.x});
  }
  join_holes(outer);
  std::size_t remaining = 0;
  std::uint32_t i = outer;
  do {
    ++remaining;
    i = nodes_[i].next;
  } while (i != outer);
  clip(outer, remaining, triangles);
}

}  // namespace quartier::geo
