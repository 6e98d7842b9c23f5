/// How many vertices a second are cut into triangles: 100,000 districts of 48 vertices, rough all
/// round, at the coordinates of a city in UTM. Every row reports, beside its time, `ratio`: how
/// many times the calibration loop of this machine it takes.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

#include "base/random.h"
#include "calibration.h"
#include "geo/simplify.h"
#include "geo/triangulate.h"

namespace {

using namespace quartier;
using bench::calibration_seconds;
using bench::seconds_since;

constexpr std::size_t district_count = 100'000;
constexpr std::size_t corner_count = 6;
constexpr std::size_t pieces = 8;

/// A cell of six corners, each side broken into eight by moving middles aside, as coasts are drawn.
void add_cell(Polygons& shapes, RandomStream& random, Point centre) {
  std::vector<Point> corners;
  for (std::size_t k = 0; k < corner_count; ++k) {
    const double angle = 2.0 * std::numbers::pi *
                         (static_cast<double>(k) + 0.5 * random.uniform()) /
                         static_cast<double>(corner_count);
    const double radius = 400.0 + 200.0 * random.uniform();
    corners.push_back({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
  }
  for (std::size_t k = 0; k < corner_count; ++k) {
    std::vector<Point> side(pieces + 1);
    side.front() = corners[k];
    side.back() = corners[(k + 1) % corner_count];
    for (std::size_t step = pieces; step > 1; step /= 2) {
      for (std::size_t i = 0; i < pieces; i += step) {
        const Point a = side[i];
        const Point b = side[i + step];
        const double off = 0.32 * (random.uniform() - 0.5);
        side[i + step / 2] = {(a.x + b.x) / 2.0 - off * (b.y - a.y),
                              (a.y + b.y) / 2.0 + off * (b.x - a.x)};
      }
    }
    shapes.vertices.insert(shapes.vertices.end(), side.begin(), side.end() - 1);
  }
  shapes.close_ring();
  shapes.close_part();
  shapes.close_district();
}

const Polygons& rough_districts() {
  static const Polygons shapes = [] {
    Polygons made;
    const std::size_t columns = 316;
    for (std::size_t i = 0; i < district_count; ++i) {
      RandomStream random(7, i);
      add_cell(made, random,
               {280'000.0 + 1000.0 * static_cast<double>(i % columns),
                5'230'000.0 + 1000.0 * static_cast<double>(i / columns)});
    }
    return made;
  }();
  return shapes;
}

void report(benchmark::State& state, double seconds) {
  const double each = seconds / static_cast<double>(state.iterations());
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(rough_districts().vertices.size()));
  state.counters["ratio"] = each / calibration_seconds();
}

/// The triangulator itself, one thread, memory kept.
void one_core(benchmark::State& state) {
  const Polygons& shapes = rough_districts();
  std::vector<std::uint32_t> triangles;
  triangles.reserve(3 * shapes.vertices.size());
  geo::Triangulator triangulator;
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    triangles.clear();
    for (std::size_t p = 0; p < shapes.part_count(); ++p) {
      triangulator.add(shapes.vertices, std::span(shapes.ring_start).subspan(p, 2), triangles);
    }
    benchmark::DoNotOptimize(triangles.data());
  }
  report(state, seconds_since(start));
}

/// The whole mesh, on all cores.
void whole_mesh(benchmark::State& state) {
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    benchmark::DoNotOptimize(geo::triangulated(rough_districts()));
  }
  report(state, seconds_since(start));
}

/// A mesh snapped to the grid of the argument in metres, on all cores.
void coarse_mesh(benchmark::State& state) {
  const Metres grid{static_cast<double>(state.range(0))};
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    benchmark::DoNotOptimize(geo::snapped_mesh(rough_districts(), grid));
  }
  report(state, seconds_since(start));
}

BENCHMARK(one_core)->Unit(benchmark::kMillisecond);
BENCHMARK(whole_mesh)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(coarse_mesh)->Arg(100)->Arg(400)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
