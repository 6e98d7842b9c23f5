#include "geo/triangulate.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "base/number.h"
#include "base/units.h"
#include "geo/measure.h"
#include "geo/predicates.h"

namespace quartier::geo {
namespace {

constexpr std::uint32_t none = no_index;
/// Up to so many reflex vertices one cell is quicker than many.
constexpr std::size_t most_in_one_cell = 64;
constexpr double reflex_a_cell = 4.0;

/// How many of the points may lie in the triangle a, b, c (counter-clockwise) or on its boundary:
/// all that do, and perhaps some within the rounding error `margin` of twice an area.
QUARTIER_HOT
std::size_t count_near(const double* x, const double* y, std::size_t count, Point a, Point b,
                       Point c, double margin) {
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
    const bool in = (ab >= -margin) & (bc >= -margin) & (ca >= -margin);
    inside += in ? 1U : 0U;
  }
  return inside;
}

/// Twice the signed area of a, b, c, rounded.
double doubled(Point a, Point b, Point c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/// Whether the edge a0-a1 lies left of b0-b1; both lead upwards, meet a common height, do not
/// cross.
bool lies_left(Point a0, Point a1, Point b0, Point b1) {
  int side = a0.y >= b0.y ? side_of(b0, b1, a0) : -side_of(a0, a1, b0);
  if (side == 0) side = a1.y <= b1.y ? side_of(b0, b1, a1) : -side_of(a0, a1, b1);
  return side > 0;
}

}  // namespace

int Triangulator::turn(const Node& node) const {
  return side_of(nodes_[node.previous].at, node.at, nodes_[node.next].at);
}

/// True where the direction from the node to `place` leads into the polygon, or along its edge.
bool Triangulator::sees(const Node& node, Point place) const {
  const bool left_in = side_of(nodes_[node.previous].at, node.at, place) >= 0;
  const bool left_out = side_of(node.at, nodes_[node.next].at, place) >= 0;
  return turn(node) > 0 ? left_in && left_out : left_in || left_out;
}

/// Adds a ring as a closed list of nodes without repeats; `none` where fewer than three are left.
std::uint32_t Triangulator::add_ring(std::span<const Point> ring, std::uint32_t first,
                                     bool counter_clockwise) {
  const bool as_is = (signed_area(ring) > 0.0) == counter_clockwise;
  const auto begin = static_cast<std::uint32_t>(nodes_.size());
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const std::size_t k = as_is ? i : ring.size() - 1 - i;
    const Point at{ring[k].x + 0.0, ring[k].y + 0.0};
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

/// The node of the outer chain that a hole's rightmost vertex can be joined to: where the ray to
/// the right first leaves the polygon, the far end of that edge, or the vertex before it that hides
/// it.
std::uint32_t Triangulator::bridge_end(std::uint32_t outer, std::uint32_t rightmost) const {
  const Point from = nodes_[rightmost].at;
  std::uint32_t edge = none;
  std::uint32_t i = outer;
  do {
    // The interior lies left of an edge, so the ray leaves through edges that lead upwards. Both
    // ends count: a hole may touch the outer ring at the height of a corner.
    const Point a = nodes_[i].at;
    const Point b = nodes_[nodes_[i].next].at;
    if (a.y <= from.y && b.y >= from.y && a.y < b.y && side_of(a, b, from) >= 0 &&
        (edge == none || lies_left(a, b, nodes_[edge].at, nodes_[nodes_[edge].next].at))) {
      edge = i;
    }
    i = nodes_[i].next;
  } while (i != outer);
  if (edge == none) return none;

  const std::uint32_t edge_end = nodes_[edge].next;
  const Point a = nodes_[edge].at;
  const Point b = nodes_[edge_end].at;
  if (a.y == from.y) return seeing_copy(outer, edge, from);
  if (b.y == from.y) return seeing_copy(outer, edge_end, from);
  std::uint32_t best = a.x > b.x ? edge : edge_end;
  const Point far = nodes_[best].at;
  // Reflex vertices between the ray and the way to the far end hide it; of those the one nearest to
  // the ray is seen.
  const int up = far.y > from.y ? 1 : -1;
  i = outer;
  do {
    const Node& node = nodes_[i];
    const Point p = node.at;
    if (p.x >= from.x && !(p == far) && !(p == from) && (p.y - from.y) * up >= 0.0 &&
        side_of(a, b, p) >= 0 && turn(node) <= 0) {
      const Point so_far = nodes_[best].at;
      const int side = side_of(from, so_far, p) * up;
      const bool nearer = side < 0 || (side == 0 && p.x < so_far.x);
      if (nearer && sees(node, from)) best = i;
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

/// Joins the holes to the outer chain by bridges, from the right to the left.
void Triangulator::join_holes(std::uint32_t outer) {
  holes_.clear();
  for (std::uint32_t c = 1; c < chains_.size(); ++c) {
    if (chains_[c].joined_to != c) continue;
    std::uint32_t rightmost = chains_[c].first;
    std::uint32_t i = rightmost;
    do {
      const Point p = nodes_[i].at;
      const Point best = nodes_[rightmost].at;
      // Of holes that touch there, the copy that looks to the right.
      const bool better = p == best && !sees(nodes_[rightmost], {p.x + 1.0, p.y}) &&
                          sees(nodes_[i], {p.x + 1.0, p.y});
      if (p.x > best.x || (p.x == best.x && p.y < best.y) || better) rightmost = i;
      i = nodes_[i].next;
    } while (i != chains_[c].first);
    holes_.push_back(rightmost);
  }
  std::sort(holes_.begin(), holes_.end(), [&](std::uint32_t i, std::uint32_t j) {
    const Point a = nodes_[i].at;
    const Point b = nodes_[j].at;
    return a.x != b.x ? a.x > b.x : a.y != b.y ? a.y < b.y : i < j;
  });
  for (const std::uint32_t m : holes_) {
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
    const double cells = static_cast<double>(count) / reflex_a_cell;
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
  const int side = turn(n);
  const Corner corner = side > 0 ? Corner::convex : side < 0 ? Corner::reflex : Corner::flat;
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

/// Whether a reflex vertex forbids the ear a, b, c (tip b).
bool Triangulator::blocks(const Node& reflex, Point a, Point b, Point c, Care care) const {
  const Point p = reflex.at;
  if (!(p == a) && !(p == b) && !(p == c)) {
    if (care == Care::wary) {
      return doubled(a, b, p) >= -margin_ && doubled(b, c, p) >= -margin_ &&
             doubled(c, a, p) >= -margin_;
    }
    if (care == Care::exact) {
      return side_of(a, b, p) >= 0 && side_of(b, c, p) >= 0 && side_of(c, a, p) >= 0;
    }
    return side_of(a, b, p) > 0 && side_of(b, c, p) > 0 && side_of(c, a, p) > 0;
  }
  // The boundary passes through a corner of the ear once more: it forbids the ear where it goes on
  // through its inside, or where the outside that it bounds there is just as wide as the ear.
  // (Along one side alone it is the other copy of a bridge, which forbids nothing.)
  const Point ear_from = p == a ? b : p == b ? c : a;
  const Point ear_to = p == a ? c : p == b ? a : b;
  const Point out_from = nodes_[reflex.previous].at;
  const Point out_to = nodes_[reflex.next].at;
  const auto enters = [&](Point to) {
    return side_of(p, ear_from, to) > 0 && side_of(ear_to, p, to) > 0;
  };
  const auto along = [&](Point one, Point other) {
    return side_of(p, one, other) == 0 &&
           (one.x - p.x) * (other.x - p.x) + (one.y - p.y) * (other.y - p.y) > 0.0;
  };
  return enters(out_from) || enters(out_to) || (along(out_from, ear_from) && along(out_to, ear_to));
}

/// Whether the convex corner `node` can be cut off.
bool Triangulator::is_ear(std::uint32_t node, Care care) const {
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
      inside += count_near(reflex_x_.data() + start, reflex_y_.data() + start, cell_live_[cell], a,
                           b, c, margin_);
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
        if (blocks(nodes_[other], a, b, c, care)) return false;
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

  Care care = Care::wary;
  std::size_t passed = 0;
  while (remaining >= 3) {
    const Node& tip = nodes_[i];
    const std::uint32_t before = tip.previous;
    const std::uint32_t after = tip.next;
    const bool flat = tip.corner == Corner::flat;
    const bool cut = flat || (tip.corner == Corner::convex &&
                              (remaining == 3 || care == Care::none || is_ear(i, care)));
    if (!cut) {
      i = after;
      if (++passed < remaining) continue;
      passed = 0;
      if (care == Care::none) return;
      care = static_cast<Care>(static_cast<int>(care) + 1);
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
    care = Care::wary;
    if (built_ > most_in_one_cell && live_ * 4 < built_) build_grid(i);
  }
}

/// Joins rings that have a vertex in common there, so that no corner hides another behind it.
void Triangulator::join_touching() {
  by_place_.resize(nodes_.size());
  for (std::uint32_t i = 0; i < by_place_.size(); ++i) by_place_[i] = i;
  std::sort(by_place_.begin(), by_place_.end(), [&](std::uint32_t i, std::uint32_t j) {
    const Point a = nodes_[i].at;
    const Point b = nodes_[j].at;
    return a.x != b.x ? a.x < b.x : a.y != b.y ? a.y < b.y : i < j;
  });
  for (std::size_t begin = 0; begin < by_place_.size();) {
    std::size_t end = begin + 1;
    while (end < by_place_.size() && nodes_[by_place_[end]].at == nodes_[by_place_[begin]].at) {
      ++end;
    }
    for (std::size_t k = begin + 1; k < end; ++k) {
      const std::uint32_t v = by_place_[k];
      for (std::size_t l = begin; l < k; ++l) {
        const std::uint32_t u = by_place_[l];
        const std::uint32_t of_u = chain_of(u);
        const std::uint32_t of_v = chain_of(v);
        if (of_u == of_v || !sees(nodes_[u], nodes_[nodes_[v].next].at)) continue;
        std::swap(nodes_[u].next, nodes_[v].next);
        nodes_[nodes_[u].next].previous = u;
        nodes_[nodes_[v].next].previous = v;
        chains_[std::max(of_u, of_v)].joined_to = std::min(of_u, of_v);
      }
    }
    begin = end;
  }
}

/// The chain that a node belongs to by now: the first of the rings joined to its own.
std::uint32_t Triangulator::chain_of(std::uint32_t node) const {
  const auto after =
      std::upper_bound(chains_.begin(), chains_.end(), node,
                       [](std::uint32_t i, const Chain& chain) { return i < chain.first; });
  auto chain = static_cast<std::uint32_t>(after - chains_.begin() - 1);
  while (chains_[chain].joined_to != chain) chain = chains_[chain].joined_to;
  return chain;
}

void Triangulator::add(std::span<const Point> vertices, std::span<const std::uint32_t> rings,
                       std::vector<std::uint32_t>& triangles) {
  nodes_.clear();
  chains_.clear();
  if (rings.size() < 2 || rings[1] - rings[0] < 3) return;
  for (std::size_t r = 0; r + 1 < rings.size(); ++r) {
    const std::span<const Point> ring = vertices.subspan(rings[r], rings[r + 1] - rings[r]);
    const std::uint32_t first = add_ring(ring, rings[r], r == 0);
    if (first != none) {
      chains_.push_back({first, static_cast<std::uint32_t>(chains_.size())});
    } else if (r == 0) {
      return;
    }
  }
  const std::uint32_t outer = chains_[0].first;
  if (chains_.size() > 1) {
    join_touching();
    join_holes(outer);
  }
  Box box;
  std::size_t remaining = 0;
  std::uint32_t i = outer;
  do {
    ++remaining;
    box.extend(nodes_[i].at);
    i = nodes_[i].next;
  } while (i != outer);
  // Twice an area errs by at most 8 roundings (2^-53) of its largest product; and a vertex meant to
  // lie on an edge may be a rounding of its coordinates away from it.
  const double size = std::max(box.max_x - box.min_x, box.max_y - box.min_y);
  const double reach = std::max(
      {std::abs(box.min_x), std::abs(box.max_x), std::abs(box.min_y), std::abs(box.max_y)});
  margin_ = 1e-15 * size * std::max(size, reach);
  clip(outer, remaining, triangles);
}

}  // namespace quartier::geo
