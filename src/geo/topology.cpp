#include "geo/topology.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "geo/box_index.h"
#include "geo/edge_match.h"
#include "geo/edge_tree.h"
#include "geo/geos.h"
#include "geo/measure.h"
#include "geo/near_edges.h"
#include "geo/open_loops.h"
#include "geo/polygon_edit.h"
#include "geo/predicates.h"

namespace quartier::geo {
namespace {

bool strictly_inside(const Polygons& shapes, std::size_t district, Point place) {
  for (std::uint32_t p = shapes.district_start[district]; p < shapes.district_start[district + 1];
       ++p) {
    const std::uint32_t outer = shapes.part_start[p];
    if (place_in_ring(shapes.ring(outer), place) <= 0) continue;
    bool in_hole = false;
    for (std::uint32_t r = outer + 1; r < shapes.part_start[p + 1] && !in_hole; ++r) {
      in_hole = place_in_ring(shapes.ring(r), place) >= 0;
    }
    if (!in_hole) return true;
  }
  return false;
}

bool box_holds(const Box& box, Point p) {
  return p.x >= box.min_x && p.x <= box.max_x && p.y >= box.min_y && p.y <= box.max_y;
}

/// True where an open edge of one district reaches into the other, or runs along its boundary with
/// both on the same side.
bool may_overlap(const Polygons& shapes, const EdgeTree& open, std::size_t other,
                 const Box& other_box, EdgeTree& tree) {
  for (const Edge& edge : open.edges()) {
    if (box_holds(other_box, edge.a) && strictly_inside(shapes, other, edge.a)) return true;
    const Point middle{(edge.a.x + edge.b.x) / 2.0, (edge.a.y + edge.b.y) / 2.0};
    if (box_holds(other_box, middle) && strictly_inside(shapes, other, middle)) return true;
  }
  tree.clear();
  for (std::uint32_t r = first_ring(shapes, other); r < last_ring(shapes, other); ++r) {
    tree.add_ring(shapes, r);
  }
  tree.build();
  bool found = false;
  open.for_pairs(tree, 0.0, [&](std::size_t i, std::size_t j) {
    if (found) return;
    const Edge& a = open.edges()[i];
    const Edge& b = tree.edges()[j];
    if (segments_cross(a.a, a.b, b.a, b.b)) {
      found = true;
      return;
    }
    const bool one_line = side_of(a.a, a.b, b.a) == 0 && side_of(a.a, a.b, b.b) == 0;
    const double along = (a.b.x - a.a.x) * (b.b.x - b.a.x) + (a.b.y - a.a.y) * (b.b.y - b.a.y);
    found = one_line && along > 0.0;
  });
  return found;
}

double overlap_area(const GeosContext& geos, const Polygons& shapes, DistrictIndex low,
                    DistrictIndex high) {
  const GeosGeometry a = to_geos(geos, shapes, low);
  const GeosGeometry b = to_geos(geos, shapes, high);
  if (!a || !b) return 0.0;
  const GeosGeometry both = owned(geos, GEOSIntersection_r(geos.get(), a.get(), b.get()));
  double area = 0.0;
  if (!both || GEOSArea_r(geos.get(), both.get(), &area) == 0) {
    throw GeometryError("the overlap of two districts cannot be measured: " + geos.message(),
                        "check their shapes in the source");
  }
  return area;
}

std::vector<Overlap> overlaps_of(const Polygons& shapes, const EdgeMatches& matches,
                                 double least_area) {
  const std::vector<std::uint8_t> has_open = with_open_edges(shapes, matches);
  std::vector<DistrictIndex> open;
  for (std::size_t i = 0; i < has_open.size(); ++i) {
    if (has_open[i] != 0) open.push_back(static_cast<DistrictIndex>(i));
  }
  if (open.empty()) return {};
  const std::vector<Box> boxes = district_boxes(shapes);
  const BoxIndex index(boxes);

  constexpr std::size_t grain = 16;
  std::vector<std::vector<Overlap>> found((open.size() + grain - 1) / grain);
  for_chunks(open.size(), grain, [&](std::size_t chunk, std::size_t begin, std::size_t end) {
    EdgeTree own;
    EdgeTree other_tree;
    for (std::size_t k = begin; k < end; ++k) {
      const DistrictIndex i = open[k];
      own.clear();
      for (std::uint32_t r = first_ring(shapes, i); r < last_ring(shapes, i); ++r) {
        own.add_ring_if(shapes, r, [&](std::uint32_t v) { return matches.partner[v] == no_index; });
      }
      own.build();
      index.for_near(boxes[i], 0.0, [&](DistrictIndex j) {
        if (j != i && may_overlap(shapes, own, j, boxes[j], other_tree)) {
          found[chunk].push_back({std::min(i, j), std::max(i, j), 0.0});
        }
      });
    }
  });
  std::vector<Overlap> overlaps;
  for (const std::vector<Overlap>& part : found) {
    overlaps.insert(overlaps.end(), part.begin(), part.end());
  }
  const auto pair_of = [](const Overlap& o) { return std::pair(o.low, o.high); };
  std::sort(overlaps.begin(), overlaps.end(),
            [&](const Overlap& a, const Overlap& b) { return pair_of(a) < pair_of(b); });
  overlaps.erase(
      std::unique(overlaps.begin(), overlaps.end(),
                  [&](const Overlap& a, const Overlap& b) { return pair_of(a) == pair_of(b); }),
      overlaps.end());
  for_chunks(overlaps.size(), 16, [&](std::size_t, std::size_t begin, std::size_t end) {
    const GeosContext geos;
    for (std::size_t k = begin; k < end; ++k) {
      overlaps[k].area_m2 = overlap_area(geos, shapes, overlaps[k].low, overlaps[k].high);
    }
  });
  overlaps.erase(std::remove_if(overlaps.begin(), overlaps.end(),
                                [&](const Overlap& o) { return !(o.area_m2 > least_area); }),
                 overlaps.end());
  return overlaps;
}

/// Square metres for people: whole ones, or three significant digits of less than one.
std::string area_text(double area_m2) {
  if (area_m2 >= 10.0) return display_text(area_m2, 0) + " m2";
  const int decimals =
      area_m2 > 0.0 ? std::min(12, 2 - static_cast<int>(std::floor(std::log10(area_m2)))) : 0;
  return display_text(area_m2, decimals) + " m2";
}

std::vector<Finding> told(const Topology& topology, const Origin& origin) {
  std::vector<Finding> findings;
  const auto begin = [&](const char* kind, Severity severity, std::size_t count) -> Finding& {
    findings.push_back({kind, severity, origin.file, origin.layer, {}, count, "", ""});
    return findings.back();
  };
  if (!topology.overlaps.empty()) {
    std::vector<Overlap> largest = topology.overlaps;
    std::stable_sort(largest.begin(), largest.end(),
                     [](const Overlap& a, const Overlap& b) { return a.area_m2 > b.area_m2; });
    Finding& finding = begin("district_overlap", Severity::warning, largest.size());
    double total = 0.0;
    for (const Overlap& overlap : largest) {
      total += overlap.area_m2;
      if (finding.rows.size() < named_rows_limit) {
        finding.rows.push_back(origin.place(overlap.low) + " and " + origin.place(overlap.high) +
                               ": " + area_text(overlap.area_m2));
      }
    }
    finding.message = "districts overlap, by " + area_text(total) + " in all";
    finding.way_out =
        "correct the boundaries in the source; a service there counts for the first of them";
  }
  if (!topology.gaps.empty()) {
    Finding& finding = begin("coverage_gap", Severity::note, topology.gaps.size());
    double total = 0.0;
    for (const Gap& gap : topology.gaps) {
      total += gap.area_m2;
      if (finding.rows.size() < named_rows_limit) {
        finding.rows.push_back("at (" + exact_text(gap.where.x) + ", " + exact_text(gap.where.y) +
                               "): " + area_text(gap.area_m2));
      }
    }
    finding.message =
        "districts enclose ground that is part of none of them, " + area_text(total) + " in all";
  }
  if (!topology.islands.empty()) {
    Finding& finding = begin("island", Severity::warning, topology.islands.size());
    for (const DistrictIndex i : topology.islands) {
      if (finding.rows.size() < named_rows_limit) finding.rows.push_back(origin.place(i));
    }
    finding.message = "districts touch no other: they have no neighbours in spatial measures";
  }
  return findings;
}

}  // namespace

Loaded<Topology> topology_report(const Polygons& shapes, const Origin& origin, Metres tolerance) {
  expects(tolerance.value >= 0.0, "topology_report: a tolerance of at least 0");
  const EdgeMatches matches = matched_edges(shapes);
  Topology topology;
  topology.contiguity = contiguity_from(shapes, matches, tolerance.value);

  double area = 0.0;
  std::size_t with_shape = 0;
  const Measures measures = measured(shapes);
  for (std::size_t i = 0; i < shapes.district_count(); ++i) {
    if (!shapes.has_shape(i)) continue;
    area += measures.area_m2[i];
    ++with_shape;
  }
  if (with_shape == 0) return {std::move(topology), {}};
  const double least_area = 1e-9 * area / static_cast<double>(with_shape);

  topology.overlaps = overlaps_of(shapes, matches, least_area);
  for (const OpenLoop& loop : open_loops(shapes, matches)) {
    if (-loop.area > least_area) topology.gaps.push_back({-loop.area, loop.where});
  }
  std::stable_sort(topology.gaps.begin(), topology.gaps.end(),
                   [](const Gap& a, const Gap& b) { return a.area_m2 > b.area_m2; });
  for (std::size_t i = 0; with_shape > 1 && i < shapes.district_count(); ++i) {
    const bool alone = topology.contiguity.start[i] == topology.contiguity.start[i + 1];
    if (alone && shapes.has_shape(i)) topology.islands.push_back(static_cast<DistrictIndex>(i));
  }
  std::vector<Finding> findings = told(topology, origin);
  return {std::move(topology), std::move(findings)};
}

}  // namespace quartier::geo
