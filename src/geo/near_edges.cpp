#include "geo/near_edges.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

#include "base/parallel.h"
#include "geo/edge_tree.h"
#include "geo/polygon_edit.h"
#include "geo/predicates.h"

namespace quartier::geo {
namespace {

constexpr double least_cosine = 0.8660254037844386;  // of 30 degrees

double length_of(Point a, Point b) { return std::hypot(b.x - a.x, b.y - a.y); }

double distance_to_segment(Point p, Point a, Point b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double t = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy);
  const double s = std::clamp(t, 0.0, 1.0);
  return std::hypot(p.x - (a.x + s * dx), p.y - (a.y + s * dy));
}

bool within(const Edge& a, const Edge& b, double tolerance) {
  if (segments_meet(a.a, a.b, b.a, b.b)) return true;
  return tolerance > 0.0 && (distance_to_segment(a.a, b.a, b.b) <= tolerance ||
                             distance_to_segment(a.b, b.a, b.b) <= tolerance ||
                             distance_to_segment(b.a, a.a, a.b) <= tolerance ||
                             distance_to_segment(b.b, a.a, a.b) <= tolerance);
}

/// A stretch of edge `edge`, from `begin` to `end` metres after its first vertex.
struct Stretch {
  std::size_t edge = 0;
  double begin = 0.0;
  double end = 0.0;
  [[nodiscard]] double length() const { return std::max(0.0, end - begin); }
};

/// The stretch of `a` beside `b`, where b's offset from a's line is at most `tolerance`.
Stretch beside(const Edge& a, const Edge& b, double tolerance) {
  const double length = length_of(a.a, a.b);
  const double ux = (a.b.x - a.a.x) / length;
  const double uy = (a.b.y - a.a.y) / length;
  const auto along = [&](Point p) { return (p.x - a.a.x) * ux + (p.y - a.a.y) * uy; };
  const auto off = [&](Point p) { return (p.y - a.a.y) * ux - (p.x - a.a.x) * uy; };
  double s0 = along(b.a);
  double s1 = along(b.b);
  double h0 = off(b.a);
  double h1 = off(b.b);
  if (s0 > s1) {
    std::swap(s0, s1);
    std::swap(h0, h1);
  }
  Stretch stretch{0, std::max(0.0, s0), std::min(length, s1)};
  if (h0 == h1) {
    if (std::abs(h0) > tolerance) stretch.end = stretch.begin;
    return stretch;
  }
  // Where the offset, linear from (s0, h0) to (s1, h1), is -tolerance and +tolerance.
  const double slope = (s1 - s0) / (h1 - h0);
  const double first = s0 + (-tolerance - h0) * slope;
  const double second = s0 + (tolerance - h0) * slope;
  stretch.begin = std::max(stretch.begin, std::min(first, second));
  stretch.end = std::min(stretch.end, std::max(first, second));
  return stretch;
}

/// The stretch of `a` that lies on `b`, both on one line.
Stretch upon(const Edge& a, const Edge& b) {
  const bool by_x = std::abs(a.b.x - a.a.x) >= std::abs(a.b.y - a.a.y);
  const auto along = [&](Point p) { return by_x ? p.x : p.y; };
  // Of the four end points, the middle two bound what both have.
  std::array<Point, 4> ends{a.a, a.b, b.a, b.b};
  std::sort(ends.begin(), ends.end(),
            [&](const Point& p, const Point& q) { return along(p) < along(q); });
  const double far_a = std::max(along(a.a), along(a.b));
  const double near_a = std::min(along(a.a), along(a.b));
  const double far_b = std::max(along(b.a), along(b.b));
  const double near_b = std::min(along(b.a), along(b.b));
  if (std::max(near_a, near_b) >= std::min(far_a, far_b)) return {};
  const double s1 = length_of(a.a, ends[1]);
  const double s2 = length_of(a.a, ends[2]);
  return {0, std::min(s1, s2), std::max(s1, s2)};
}

bool opposite(const Edge& a, const Edge& b) {
  const double ax = a.b.x - a.a.x;
  const double ay = a.b.y - a.a.y;
  const double bx = b.b.x - b.a.x;
  const double by = b.b.y - b.a.y;
  return ax * bx + ay * by <= -least_cosine * std::sqrt((ax * ax + ay * ay) * (bx * bx + by * by));
}

/// The length of all stretches together, what several cover counted once.
double covered(std::vector<Stretch>& stretches) {
  std::sort(stretches.begin(), stretches.end(), [](const Stretch& a, const Stretch& b) {
    if (a.edge != b.edge) return a.edge < b.edge;
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  double length = 0.0;
  std::size_t edge = 0;
  double reached = 0.0;
  bool any = false;
  for (const Stretch& stretch : stretches) {
    if (!any || stretch.edge != edge) {
      any = true;
      edge = stretch.edge;
      reached = stretch.begin;
    }
    const double from = std::max(reached, stretch.begin);
    if (stretch.end > from) {
      length += stretch.end - from;
      reached = stretch.end;
    }
  }
  return length;
}

/// The open edges of one district against the whole boundary of another.
bool contact(const EdgeTree& open, const EdgeTree& other, const std::vector<DistrictIndex>& partner,
             double tolerance, std::vector<Stretch>& stretches, NearContact& result) {
  bool touching = false;
  stretches.clear();
  open.for_pairs(other, tolerance, [&](std::size_t i, std::size_t j) {
    const Edge& a = open.edges()[i];
    const Edge& b = other.edges()[j];
    if (!touching) touching = within(a, b, tolerance);
    const bool b_open = partner[b.vertex] == no_index;
    if (side_of(a.a, a.b, b.a) == 0 && side_of(a.a, a.b, b.b) == 0) {
      Stretch stretch = upon(a, b);
      if (stretch.length() > 0.0) {
        (b_open ? result.exact_open_m : result.exact_matched_m) += stretch.length();
        if (b_open) {
          stretch.edge = i;
          stretches.push_back(stretch);
        }
      }
    } else if (tolerance > 0.0 && b_open && opposite(a, b)) {
      Stretch stretch = beside(a, b, tolerance);
      if (stretch.length() > 0.0) {
        stretch.edge = i;
        stretches.push_back(stretch);
      }
    }
  });
  result.near_m = covered(stretches);
  return touching;
}

}  // namespace

std::vector<std::uint8_t> with_open_edges(const Polygons& shapes, const EdgeMatches& matches) {
  std::vector<std::uint8_t> has_open(shapes.district_count(), 0);
  for_chunks(has_open.size(), 1024, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const std::span<const DistrictIndex> own =
          std::span(matches.partner)
              .subspan(first_vertex(shapes, i), last_vertex(shapes, i) - first_vertex(shapes, i));
      has_open[i] = std::find(own.begin(), own.end(), no_index) == own.end() ? 0 : 1;
    }
  });
  return has_open;
}

std::vector<NearContact> near_contacts(const Polygons& shapes, const EdgeMatches& matches,
                                       double tolerance_m) {
  const std::size_t n = shapes.district_count();
  const std::vector<std::uint8_t> has_open = with_open_edges(shapes, matches);
  std::vector<DistrictIndex> open;
  for (std::size_t i = 0; i < n; ++i) {
    if (has_open[i] != 0) open.push_back(static_cast<DistrictIndex>(i));
  }
  if (open.empty()) return {};

  const std::vector<Box> boxes = district_boxes(shapes);
  const BoxIndex index(boxes);
  // Whose boundary is looked at: every district near one with open edges.
  std::vector<std::vector<DistrictIndex>> near(open.size());
  for_chunks(open.size(), 64, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      index.for_near(boxes[open[k]], tolerance_m, [&](DistrictIndex other) {
        if (other != open[k]) near[k].push_back(other);
      });
      std::sort(near[k].begin(), near[k].end());
    }
  });
  std::vector<std::uint8_t> wanted(n, 0);
  for (const std::vector<DistrictIndex>& of_one : near) {
    for (const DistrictIndex other : of_one) wanted[other] = 1;
  }
  std::vector<EdgeTree> trees(n);
  for_chunks(n, 256, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (wanted[i] == 0) continue;
      for (std::uint32_t r = first_ring(shapes, i); r < last_ring(shapes, i); ++r) {
        trees[i].add_ring(shapes, r);
      }
      trees[i].build();
    }
  });

  constexpr std::size_t grain = 16;
  std::vector<std::vector<NearContact>> found((open.size() + grain - 1) / grain);
  for_chunks(open.size(), grain, [&](std::size_t chunk, std::size_t begin, std::size_t end) {
    EdgeTree own;
    std::vector<Stretch> stretches;
    for (std::size_t k = begin; k < end; ++k) {
      const DistrictIndex i = open[k];
      own.clear();
      for (std::uint32_t r = first_ring(shapes, i); r < last_ring(shapes, i); ++r) {
        own.add_ring_if(shapes, r, [&](std::uint32_t v) { return matches.partner[v] == no_index; });
      }
      own.build();
      for (const DistrictIndex other : near[k]) {
        NearContact result{i, other};
        if (contact(own, trees[other], matches.partner, tolerance_m, stretches, result)) {
          found[chunk].push_back(result);
        }
      }
    }
  });
  std::vector<NearContact> all;
  for (const std::vector<NearContact>& part : found) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace quartier::geo
