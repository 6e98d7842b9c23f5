#include "render/detail.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/error.h"
#include "base/parallel.h"

namespace quartier::render {
namespace {

constexpr std::size_t districts_per_chunk = 1024;

struct Cell {
  std::int64_t x = 0;
  std::int64_t y = 0;
};

/// What is left of a run of districts.
struct Remains {
  std::vector<float> xy;
  std::vector<std::uint32_t> triangles;       ///< positions in xy of this run
  std::vector<std::uint32_t> triangle_count;  ///< of each district
};

class Coarsening {
 public:
  Coarsening(const Mesh& full, double grid_m) : full_(full), grid_m_(grid_m) {}

  Remains of(std::size_t begin, std::size_t end) {
    Remains remains;
    for (std::size_t d = begin; d < end; ++d) add_district(d, remains);
    return remains;
  }

 private:
  [[nodiscard]] Cell cell_of(std::size_t vertex) const {
    return {std::llround(full_.xy[2 * vertex] / grid_m_),
            std::llround(full_.xy[2 * vertex + 1] / grid_m_)};
  }

  void add_district(std::size_t district, Remains& remains) {
    const std::span<const std::uint32_t> corners =
        std::span(full_.triangles)
            .subspan(3 * std::size_t{full_.district_start[district]},
                     3 * std::size_t{full_.district_start[district + 1] -
                                     full_.district_start[district]});
    used_.assign(corners.begin(), corners.end());
    std::sort(used_.begin(), used_.end());
    used_.erase(std::unique(used_.begin(), used_.end()), used_.end());
    cells_.clear();
    for (const std::uint32_t vertex : used_) cells_.push_back(cell_of(vertex));
    place_.assign(used_.size(), none);

    const std::size_t before = remains.triangles.size();
    for (std::size_t t = 0; t + 2 < corners.size(); t += 3) {
      const std::size_t a = position(corners[t]);
      const std::size_t b = position(corners[t + 1]);
      const std::size_t c = position(corners[t + 2]);
      const std::int64_t twice_area = (cells_[b].x - cells_[a].x) * (cells_[c].y - cells_[a].y) -
                                      (cells_[b].y - cells_[a].y) * (cells_[c].x - cells_[a].x);
      if (twice_area == 0) continue;
      for (const std::size_t corner : {a, b, c})
        remains.triangles.push_back(placed(corner, remains));
    }
    if (remains.triangles.size() == before && !corners.empty()) keep_largest(corners, remains);
    remains.triangle_count.push_back(
        static_cast<std::uint32_t>((remains.triangles.size() - before) / 3));
  }

  [[nodiscard]] std::size_t position(std::uint32_t vertex) const {
    const std::uint32_t first = used_.front();
    // Vertices of a district commonly follow one another; then there is nothing to search.
    if (used_.back() - first + 1 == used_.size()) return vertex - first;
    return static_cast<std::size_t>(std::lower_bound(used_.begin(), used_.end(), vertex) -
                                    used_.begin());
  }

  std::uint32_t placed(std::size_t corner, Remains& remains) {
    if (place_[corner] == none) {
      place_[corner] = static_cast<std::uint32_t>(remains.xy.size() / 2);
      remains.xy.push_back(static_cast<float>(static_cast<double>(cells_[corner].x) * grid_m_));
      remains.xy.push_back(static_cast<float>(static_cast<double>(cells_[corner].y) * grid_m_));
    }
    return place_[corner];
  }

  void keep_largest(std::span<const std::uint32_t> corners, Remains& remains) const {
    std::size_t largest = 0;
    double largest_area = -1.0;
    for (std::size_t t = 0; t + 2 < corners.size(); t += 3) {
      const float* a = &full_.xy[2 * std::size_t{corners[t]}];
      const float* b = &full_.xy[2 * std::size_t{corners[t + 1]}];
      const float* c = &full_.xy[2 * std::size_t{corners[t + 2]}];
      const double area = std::abs((double{b[0]} - a[0]) * (double{c[1]} - a[1]) -
                                   (double{b[1]} - a[1]) * (double{c[0]} - a[0]));
      if (area > largest_area) {
        largest = t;
        largest_area = area;
      }
    }
    for (std::size_t i = 0; i < 3; ++i) {
      remains.triangles.push_back(static_cast<std::uint32_t>(remains.xy.size() / 2));
      const std::size_t vertex = corners[largest + i];
      remains.xy.push_back(full_.xy[2 * vertex]);
      remains.xy.push_back(full_.xy[2 * vertex + 1]);
    }
  }

  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  const Mesh& full_;
  double grid_m_;
  std::vector<std::uint32_t> used_;   ///< vertices of the district, ascending
  std::vector<Cell> cells_;           ///< of each used vertex
  std::vector<std::uint32_t> place_;  ///< where a used vertex was put, or none
};

}  // namespace

Mesh coarsened(const Mesh& full, double grid_m) {
  expects(grid_m > 0.0, "coarsened: a grid wider than nothing");
  const std::size_t district_count = full.district_count();
  std::vector<Remains> runs((district_count + districts_per_chunk - 1) / districts_per_chunk);
  for_chunks(district_count, districts_per_chunk,
             [&](std::size_t chunk, std::size_t begin, std::size_t end) {
               runs[chunk] = Coarsening(full, grid_m).of(begin, end);
             });
  std::size_t float_count = 0;
  std::size_t corner_count = 0;
  for (const Remains& run : runs) {
    float_count += run.xy.size();
    corner_count += run.triangles.size();
  }
  Mesh mesh;
  mesh.centre = full.centre;
  mesh.grid_m = grid_m;
  mesh.xy.reserve(float_count);
  mesh.triangles.reserve(corner_count);
  mesh.district_start.reserve(district_count + 1);
  for (Remains& run : runs) {
    const auto first = static_cast<std::uint32_t>(mesh.vertex_count());
    mesh.xy.insert(mesh.xy.end(), run.xy.begin(), run.xy.end());
    for (const std::uint32_t vertex : run.triangles) mesh.triangles.push_back(first + vertex);
    for (const std::uint32_t count : run.triangle_count) {
      mesh.district_start.push_back(mesh.district_start.back() + count);
    }
    run = {};
  }
  return mesh;
}

std::vector<Mesh> detail_levels(Mesh full, double metres_per_pixel) {
  expects(metres_per_pixel > 0.0, "detail_levels: a scale of more than nothing");
  std::vector<Mesh> levels;
  levels.push_back(std::move(full));
  for (const double pixels : {0.25, 0.5, 1.0, 2.0, 4.0}) {
    if (pixels * metres_per_pixel <= levels.front().grid_m) continue;
    Mesh level = coarsened(levels.front(), pixels * metres_per_pixel);
    if (10 * level.triangle_count() < 7 * levels.back().triangle_count()) {
      levels.push_back(std::move(level));
    }
  }
  return levels;
}

}  // namespace quartier::render
