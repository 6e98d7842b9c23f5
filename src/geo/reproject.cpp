#include "geo/reproject.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <mutex>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/parallel.h"
#include "geo/crs.h"
#include "geo/polygon_edit.h"
#include "geo/proj.h"
#include "geo/tally.h"

namespace quartier::geo {
namespace {

constexpr std::size_t points_a_chunk = 16'384;

/// One way from one system to the other, with axes in the order east, north; for one thread.
struct Operation {
  ProjContext context = proj_context();
  ProjObject steps;

  Operation(const Crs& from, const Crs& to) {
    const ProjObject source = proj_crs(context.get(), from);
    const ProjObject target = proj_crs(context.get(), to);
    const ProjObject found(proj_create_crs_to_crs_from_pj(context.get(), source.get(), target.get(),
                                                          nullptr, nullptr));
    if (found) steps.reset(proj_normalize_for_visualization(context.get(), found.get()));
    if (!steps) {
      throw CrsError("no way from " + from.name + " to " + to.name + ": " +
                     proj_message(context.get(), "PROJ knows no operation"));
    }
  }

  void run(std::span<Point> points) const {
    if (points.empty()) return;
    static_assert(sizeof(Point) == 2 * sizeof(double));
    double* x = &points[0].x;
    double* y = &points[0].y;
    proj_trans_generic(steps.get(), PJ_FWD, x, sizeof(Point), points.size(), y, sizeof(Point),
                       points.size(), nullptr, 0, 0, nullptr, 0, 0);
    for (Point& p : points) {
      if (!std::isfinite(p.x) || !std::isfinite(p.y)) {
        p = {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
      }
    }
  }

  /// True where the operation used for `p` leaves out a datum shift that nobody knows.
  bool ballpark_at(Point p) const {
    run(std::span(&p, 1));
    const ProjObject used(proj_trans_get_last_used_operation(steps.get()));
    return used && proj_coordoperation_has_ballpark_transformation(context.get(), used.get()) != 0;
  }
};

/// Operations waiting for a thread; making one costs more than moving ten thousand points.
class OperationPool {
 public:
  OperationPool(const Crs& from, const Crs& to) : from_(from), to_(to) {
    idle_.push_back(std::make_unique<Operation>(from, to));
  }
  std::unique_ptr<Operation> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto operation = std::move(idle_.back());
        idle_.pop_back();
        return operation;
      }
    }
    return std::make_unique<Operation>(from_, to_);
  }
  void give(std::unique_ptr<Operation> operation) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(operation));
  }

 private:
  const Crs& from_;
  const Crs& to_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Operation>> idle_;
};

bool is_finite(Point p) { return std::isfinite(p.x) && std::isfinite(p.y); }

bool on_globe(Point p) { return std::abs(p.x) <= 180.0 && std::abs(p.y) <= 90.0; }

}  // namespace

std::string reproject(std::span<Point> points, const Crs& from, const Crs& to) {
  if (points.empty() || same_crs(from, to)) return {};
  OperationPool pool(from, to);
  std::string told;
  const auto first = std::find_if(points.begin(), points.end(), is_finite);
  if (first != points.end()) {
    auto operation = pool.take();
    if (operation->ballpark_at(*first)) {
      told = "the datum shift from " + from.name + " to " + to.name +
             " is not known here; places may be off by some hundred metres";
    }
    pool.give(std::move(operation));
  }
  for_chunks(points.size(), points_a_chunk, [&](std::size_t, std::size_t begin, std::size_t end) {
    auto operation = pool.take();
    operation->run(points.subspan(begin, end - begin));
    pool.give(std::move(operation));
  });
  return told;
}

Loaded<KeptShapes> reprojected(Polygons shapes, const Crs& from, const Crs& to,
                               const Origin& origin) {
  const std::string told = reproject(shapes.vertices, from, to);
  const std::size_t n = shapes.district_count();
  std::vector<std::uint8_t> lost(n, 0);
  for_chunks(n, 512, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const std::span<const Point> all = vertices_of(shapes, i);
      lost[i] = std::all_of(all.begin(), all.end(), is_finite) ? 0 : 1;
    }
  });

  Tally tally(origin);
  KeptShapes kept;
  std::vector<bool> dropped(n, false);
  std::size_t with_shape = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (shapes.has_shape(i)) ++with_shape;
    if (lost[i] == 0) continue;
    dropped[i] = true;
    kept.rejected.push_back(static_cast<DistrictIndex>(i));
    tally.add("outside_crs_bounds", Severity::rejected, i,
              "a coordinate has no place in " + to.name, "check the reference system of the layer");
  }
  if (with_shape > 0 && kept.rejected.size() == with_shape) {
    throw CrsError(
        origin.file + ": no shape has a place in " + to.name + " (from " + from.name + ")",
        "check the reference system of the layer");
  }
  kept.shapes = kept.rejected.empty() ? std::move(shapes) : without(shapes, dropped);
  std::vector<Finding> findings = tally.take();
  if (!told.empty()) {
    findings.push_back({"unknown_datum_shift",
                        Severity::warning,
                        origin.file,
                        origin.layer,
                        {},
                        1,
                        told,
                        "bring the layer in " + to.name});
  }
  return {std::move(kept), std::move(findings)};
}

Loaded<Crs> study_crs_for(const RawShapes& layer, const Origin& origin) {
  const CrsProperties crs = crs_properties(layer.crs);
  const bool in_metres = std::abs(crs.metres_per_unit - 1.0) < 1e-9;
  if (!crs.geographic && in_metres && !crs.web_mercator) return {layer.crs, {}};

  std::vector<Point> points;
  points.reserve(layer.rings.vertices.size());
  const bool globe = crs.geographic;
  for (const Point p : layer.rings.vertices) {
    if (is_finite(p) && (!globe || on_globe(p))) points.push_back(p);
  }
  if (!globe && !points.empty()) {
    const Box box = bounds_of(points);
    points = {{box.min_x, box.min_y},
              {box.max_x, box.min_y},
              {box.max_x, box.max_y},
              {box.min_x, box.max_y}};
    reproject(points, layer.crs, crs_of_epsg(4326));
    points.erase(std::remove_if(points.begin(), points.end(),
                                [](Point p) { return !is_finite(p) || !on_globe(p); }),
                 points.end());
  }
  if (points.empty()) {
    throw CrsError(origin.file + ": no coordinate is a place in " + layer.crs.name,
                   "name the reference system the coordinates are in");
  }
  Loaded<Crs> chosen{projected_crs_for(bounds_of(points)), {}};
  const std::string why = globe ? "degrees" : crs.web_mercator ? "Web Mercator" : "other units";
  chosen.findings.push_back({"projected_for_measures",
                             Severity::note,
                             origin.file,
                             origin.layer,
                             {},
                             1,
                             "the layer is in " + layer.crs.name + " (" + why +
                                 "); it is measured in " + chosen.value.name,
                             ""});
  return chosen;
}

}  // namespace quartier::geo
