/// How long the whole distance-decay family takes: one group against the rest, on a square lattice
/// of 100 m cells with counts of 0 to 400. Every row reports `ratio`, how many times the
/// calibration loop of this machine it takes, and the peak memory of the program so far; the first
/// row is the arithmetic floor of the machine, products and sums in registers.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/number.h"
#include "base/parallel.h"
#include "base/random.h"
#include "calibration.h"
#include "metrics/proximity.h"

namespace {

using namespace quartier;
using bench::calibration_seconds;
using bench::seconds_since;

constexpr double cell_m = 100.0;

struct City {
  std::vector<Point> centroids;
  std::vector<double> area_m2;
  std::vector<double> group;
  std::vector<double> total;
};

/// @param wobble  how far centroids are moved at random, in cells: 0 is the lattice
City city_of(std::size_t side, double wobble) {
  City city;
  RandomStream random(3, side);
  for (std::size_t i = 0; i < side * side; ++i) {
    const double x = static_cast<double>(i % side) + wobble * (random.uniform() - 0.5);
    const double y = static_cast<double>(i / side) + wobble * (random.uniform() - 0.5);
    city.centroids.push_back({cell_m * x, cell_m * y});
    city.area_m2.push_back(cell_m * cell_m);
    const double total = random.below(401);
    city.total.push_back(total);
    city.group.push_back(std::floor(total * random.uniform()));
  }
  return city;
}

double peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void run(benchmark::State& state, const City& city, bool exact) {
  metrics::ProximityOptions options;
  options.exact_up_to = exact ? city.total.size() : 0;
  const std::vector<std::span<const double>> groups{city.group};
  double width = 0.0;
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    const metrics::Proximity found =
        metrics::proximity(city.centroids, city.area_m2, groups, city.total, options);
    const metrics::Bounded& sp = found.groups[0].spatial_proximity;
    width = sp.upper - sp.lower;
    benchmark::DoNotOptimize(width);
  }
  const double seconds = seconds_since(start) / static_cast<double>(state.iterations());
  const auto n = static_cast<double>(city.total.size());
  state.counters["ratio"] = seconds / calibration_seconds();
  state.counters["pairs_per_s"] = n * (n - 1.0) / 2.0 / seconds;
  state.counters["peak_MB"] = peak_mb();
  state.counters["SP_interval"] = width;
}

/// Sums and products per second on all cores, eight chains of eight lanes each.
QUARTIER_HOT void chains(double* lane, std::size_t rounds) {
  double local[64];
  for (std::size_t l = 0; l < 64; ++l) local[l] = lane[l];
  for (std::size_t r = 0; r < rounds; ++r) {
    for (std::size_t l = 0; l < 64; ++l) local[l] = local[l] * 0.999999 + 1e-6;
  }
  for (std::size_t l = 0; l < 64; ++l) lane[l] = local[l];
}

void arithmetic_floor(benchmark::State& state) {
  constexpr std::size_t rounds = 4'000'000;
  const std::size_t cores = thread_count();
  std::vector<double> lanes(64 * cores, 1.0);
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    for_chunks(cores, 1, [&](std::size_t core, std::size_t, std::size_t) {
      chains(lanes.data() + 64 * core, rounds);
    });
    benchmark::DoNotOptimize(lanes.data());
  }
  const double seconds = seconds_since(start) / static_cast<double>(state.iterations());
  state.counters["ratio"] = seconds / calibration_seconds();
  state.counters["flop_per_s"] = 2.0 * 64.0 * static_cast<double>(rounds * cores) / seconds;
}

void exact(benchmark::State& state) {
  run(state, city_of(static_cast<std::size_t>(state.range(0)), 0.0), true);
}
void bounded(benchmark::State& state) {
  run(state, city_of(static_cast<std::size_t>(state.range(0)), 0.0), false);
}
void bounded_irregular(benchmark::State& state) {
  run(state, city_of(static_cast<std::size_t>(state.range(0)), 0.9), false);
}
void exact_irregular(benchmark::State& state) {
  run(state, city_of(static_cast<std::size_t>(state.range(0)), 0.9), true);
}

BENCHMARK(arithmetic_floor)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();
BENCHMARK(exact)->Arg(100)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();
BENCHMARK(exact_irregular)
    ->Arg(100)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
BENCHMARK(bounded)
    ->Arg(100)
    ->Arg(500)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
BENCHMARK(bounded_irregular)
    ->Arg(500)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
BENCHMARK(exact)
    ->Arg(250)
    ->Arg(500)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
