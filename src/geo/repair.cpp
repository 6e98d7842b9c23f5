#include "geo/repair.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "geo/edge_tree.h"
#include "geo/geos.h"
#include "geo/measure.h"
#include "geo/polygon_edit.h"
#include "geo/predicates.h"
#include "geo/tally.h"
#include "geo/validity.h"

namespace quartier::geo {
namespace {

constexpr std::size_t districts_a_chunk = 256;

enum class Oddity : std::uint8_t {
  repeats,
  degenerate_part,
  degenerate_hole,
  degenerate_shape,
  repaired,
  irreparable,
};

struct Event {
  Oddity oddity;
  DistrictIndex district;
  std::string detail;
};

/// True where a ring encloses nothing: fewer than three corners, or all on one line.
bool is_degenerate(std::span<const Point> ring) {
  if (ring.size() < 3) return true;
  // A second point apart from the first exists: repeats in a row were dropped.
  for (std::size_t i = 2; i < ring.size(); ++i) {
    if (side_of(ring[0], ring[1], ring[i]) != 0) return false;
  }
  return true;
}

double area_of(const Polygons& shapes, std::size_t district) {
  double area = 0.0;
  for (std::uint32_t r = first_ring(shapes, district); r < last_ring(shapes, district); ++r) {
    area += signed_area(shapes.ring(r));
  }
  return area;
}

/// Repairs districts one by one into a piece of its own; one object per chunk.
class Repairer {
 public:
  explicit Repairer(const Polygons& rings) : rings_(rings) {}

  void add(std::size_t district) {
    const auto index = static_cast<DistrictIndex>(district);
    if (!rings_.has_shape(district)) {
      done_.close_district();
      return;
    }
    clean(district);
    scratch_.close_district();
    if (!scratch_.has_shape(0)) {
      events_.push_back({Oddity::degenerate_shape, index, {}});
      done_.close_district();
      return;
    }
    if (surely_valid(scratch_, 0, tree_)) {
      append_scratch();
    } else {
      ask_geos(index);
    }
  }
  std::vector<Event>& events() { return events_; }
  Polygons& done() { return done_; }

 private:
  const Polygons& rings_;
  Polygons scratch_;
  Polygons done_;
  EdgeTree tree_;
  std::vector<Event> events_;
  std::optional<GeosContext> geos_;

  /// The rings of `district` closed, without repeats and degenerate rings, in the right direction.
  void clean(std::size_t district) {
    scratch_.vertices.clear();
    scratch_.ring_start.assign(1, 0);
    scratch_.part_start.assign(1, 0);
    scratch_.district_start.assign(1, 0);
    const auto index = static_cast<DistrictIndex>(district);
    bool repeats = false;
    for (std::uint32_t p = rings_.district_start[district]; p < rings_.district_start[district + 1];
         ++p) {
      bool outer = true;
      for (std::uint32_t r = rings_.part_start[p]; r < rings_.part_start[p + 1]; ++r) {
        const bool kept = clean_ring(rings_.ring(r), outer, repeats);
        if (!kept && outer) {
          events_.push_back({Oddity::degenerate_part, index, {}});
          break;
        }
        if (!kept) events_.push_back({Oddity::degenerate_hole, index, {}});
        outer = false;
      }
      if (scratch_.ring_count() > scratch_.part_start.back()) scratch_.close_part();
    }
    if (repeats) events_.push_back({Oddity::repeats, index, {}});
  }

  bool clean_ring(std::span<const Point> ring, bool outer, bool& repeats) {
    std::vector<Point>& vertices = scratch_.vertices;
    const std::size_t first = vertices.size();
    if (ring.size() > 1 && ring.front() == ring.back()) ring = ring.first(ring.size() - 1);
    double area_twice = 0.0;
    for (const Point p : ring) {
      if (vertices.size() > first && vertices.back() == p) {
        repeats = true;
        continue;
      }
      if (vertices.size() > first) {
        const Point o = vertices[first];
        const Point last = vertices.back();
        area_twice += (last.x - o.x) * (p.y - o.y) - (p.x - o.x) * (last.y - o.y);
      }
      vertices.push_back(p);
    }
    while (vertices.size() > first + 1 && vertices.back() == vertices[first]) {
      vertices.pop_back();
      repeats = true;
    }
    const std::span<const Point> cleaned = std::span(vertices).subspan(first);
    if (is_degenerate(cleaned)) {
      vertices.resize(first);
      return false;
    }
    if ((area_twice > 0.0) != outer) {
      std::reverse(vertices.begin() + static_cast<std::ptrdiff_t>(first), vertices.end());
    }
    scratch_.close_ring();
    return true;
  }

  void append_scratch() {
    const auto base = static_cast<std::uint32_t>(done_.vertices.size());
    const auto rings = static_cast<std::uint32_t>(done_.ring_count());
    done_.vertices.insert(done_.vertices.end(), scratch_.vertices.begin(), scratch_.vertices.end());
    for (std::size_t r = 1; r < scratch_.ring_start.size(); ++r) {
      done_.ring_start.push_back(base + scratch_.ring_start[r]);
    }
    for (std::size_t p = 1; p < scratch_.part_start.size(); ++p) {
      done_.part_start.push_back(rings + scratch_.part_start[p]);
    }
    done_.close_district();
  }

  void refuse(DistrictIndex district, std::string words) {
    events_.push_back({Oddity::irreparable, district, " (" + std::move(words) + ")"});
    done_.close_district();
  }

  void ask_geos(DistrictIndex district) {
    if (!geos_) geos_.emplace();
    const GeosContext& geos = *geos_;
    const GeosGeometry shape = to_geos(geos, scratch_, 0);
    if (!shape) return refuse(district, geos.message());

    char* reason = nullptr;
    GEOSGeometry* place = nullptr;
    const char valid = GEOSisValidDetail_r(geos.get(), shape.get(), 0, &reason, &place);
    const GeosGeometry where = owned(geos, place);
    std::string why = reason == nullptr ? "invalid" : reason;
    if (reason != nullptr) GEOSFree_r(geos.get(), reason);
    if (valid == 1) return append_scratch();
    if (valid != 0) return refuse(district, geos.message());

    double x = 0.0;
    double y = 0.0;
    if (where && GEOSGeomGetX_r(geos.get(), where.get(), &x) == 1 &&
        GEOSGeomGetY_r(geos.get(), where.get(), &y) == 1) {
      why += " at (" + exact_text(x) + ", " + exact_text(y) + ")";
    }
    GEOSMakeValidParams* how = GEOSMakeValidParams_create_r(geos.get());
    GEOSMakeValidParams_setMethod_r(geos.get(), how, GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(geos.get(), how, 0);
    GeosGeometry mended = owned(geos, GEOSMakeValidWithParams_r(geos.get(), shape.get(), how));
    GEOSMakeValidParams_destroy_r(geos.get(), how);

    // Rounding at the new corners can leave crossings of the last bit; a fine grid has none.
    if (mended && GEOSisValid_r(geos.get(), mended.get()) != 1) {
      const Box box = bounds_of(scratch_.vertices);
      const double size = std::max(
          {std::abs(box.min_x), std::abs(box.max_x), std::abs(box.min_y), std::abs(box.max_y)});
      const double grid = std::exp2(std::floor(std::log2(size)) - 40.0);
      mended = owned(geos, GEOSGeom_setPrecision_r(geos.get(), mended.get(), grid, 0));
    }
    Polygons result;
    if (!mended || !append_from_geos(geos, mended.get(), result)) {
      return refuse(district, why + "; " + geos.message());
    }
    const double before = area_of(scratch_, 0);
    const double after = area_of(result, 0);
    if (!result.has_shape(0) || !(after > 0.0)) return refuse(district, why + "; no area is left");
    events_.push_back({Oddity::repaired, district,
                       " (" + why + "; area " + exact_text(before) + " before, " +
                           exact_text(after) + " after)"});
    std::swap(scratch_, result);
    append_scratch();
  }
};

void tell(Tally& tally, const Event& event) {
  const std::size_t i = event.district;
  const auto add = [&](std::string_view kind, Severity severity, std::string_view message,
                       std::string_view way_out) {
    tally.add(kind, severity, i, message, way_out, event.detail);
  };
  switch (event.oddity) {
    case Oddity::repeats:
      return add("repeated_vertex", Severity::note, "a vertex stands twice in a row; dropped", "");
    case Oddity::degenerate_part:
      return add("degenerate_ring", Severity::warning,
                 "an outer ring has fewer than three corners or no area; the part was dropped", "");
    case Oddity::degenerate_hole:
      return add("degenerate_ring", Severity::note,
                 "a hole has fewer than three corners or no area; dropped", "");
    case Oddity::degenerate_shape:
      return add("degenerate_ring", Severity::rejected,
                 "the shape has no area: every outer ring has fewer than three corners or lies on "
                 "a line",
                 "correct the shape in its source");
    case Oddity::repaired:
      return add("repaired_shape", Severity::warning, "an invalid shape was mended", "");
    case Oddity::irreparable:
      return add("irreparable_shape", Severity::rejected, "an invalid shape could not be mended",
                 "correct the shape in its source");
  }
}

}  // namespace

Loaded<KeptShapes> repaired(const Polygons& rings, const Origin& origin) {
  const std::size_t n = rings.district_count();
  const std::size_t chunk_count = (n + districts_a_chunk - 1) / districts_a_chunk;
  std::vector<Polygons> pieces(chunk_count);
  std::vector<std::vector<Event>> events(chunk_count);
  for_chunks(n, districts_a_chunk, [&](std::size_t chunk, std::size_t begin, std::size_t end) {
    Repairer repairer(rings);
    repairer.done().vertices.reserve(
        end == 0 ? 0 : rings.ring_start[last_ring(rings, end - 1)] - first_vertex(rings, begin));
    for (std::size_t i = begin; i < end; ++i) repairer.add(i);
    pieces[chunk] = std::move(repairer.done());
    events[chunk] = std::move(repairer.events());
  });

  KeptShapes kept;
  kept.shapes = joined(pieces);
  Tally tally(origin);
  for (const std::vector<Event>& of_chunk : events) {
    for (const Event& event : of_chunk) {
      tell(tally, event);
      if (event.oddity == Oddity::degenerate_shape || event.oddity == Oddity::irreparable) {
        kept.rejected.push_back(event.district);
      }
    }
  }
  return {std::move(kept), tally.take()};
}

}  // namespace quartier::geo
