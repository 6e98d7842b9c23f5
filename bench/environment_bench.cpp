/// Segregation over environments of 250,000 districts and 8 groups: ten kernels in one sweep, one
/// kernel alone, the nearest people, and the same on districts that follow no lattice. Every row
/// reports `calibration_s`, the calibration loop of this machine, and `ratio`, how many of them
/// the row takes; kernels report `ns_per_pair`, the time of a pair of districts within the largest
/// bandwidth, on all threads together.
#include <benchmark/benchmark.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <vector>

#include "base/random.h"
#include "calibration.h"
#include "metrics/distortion.h"
#include "metrics/profile.h"

namespace {

using namespace quartier;
using namespace quartier::metrics;
using bench::calibration_seconds;
using bench::seconds_since;

constexpr std::size_t group_count = 8;
constexpr double cell_m = 100.0;
constexpr std::array ten_bandwidths{100.0, 200.0, 300.0, 400.0, 500.0,
                                    600.0, 700.0, 800.0, 900.0, 1000.0};

struct City {
  std::vector<Point> places;
  std::vector<std::vector<double>> counts;
  std::vector<std::span<const double>> groups;
};

/// Residents uniform on 0 to 400, divided among the groups by shares that drift over the city.
City city_of(std::size_t side, bool lattice) {
  City city;
  const std::size_t n = side * side;
  city.counts.assign(group_count, std::vector<double>(n, 0.0));
  const double extent = cell_m * static_cast<double>(side);
  for (std::size_t i = 0; i < n; ++i) {
    RandomStream random(2009, i);
    const double x = lattice ? cell_m * static_cast<double>(i % side) : extent * random.uniform();
    const double y = lattice ? cell_m * static_cast<double>(i / side) : extent * random.uniform();
    city.places.push_back({x, y});
    std::uint32_t left = random.below(401);
    for (std::size_t k = 0; k + 1 < group_count && left > 0; ++k) {
      const double most = 2.0 * x / extent * static_cast<double>(left) / 4.0;
      const auto persons = static_cast<std::uint32_t>(most * random.uniform());
      city.counts[k][i] = static_cast<double>(persons);
      left -= persons;
    }
    city.counts[group_count - 1][i] = static_cast<double>(left);
  }
  city.groups.assign(city.counts.begin(), city.counts.end());
  return city;
}

const City& lattice() {
  static const City city = city_of(500, true);
  return city;
}

const City& irregular() {
  static const City city = city_of(317, false);
  return city;
}

/// Pairs of districts within a distance, each both ways and with itself.
double pairs_within(const City& city, double metres) {
  const std::vector<double> ones(city.places.size(), 1.0);
  const std::vector<std::span<const double>> column{ones};
  const auto around =
      environment_counts(column, city.places, kernel_environment({KernelShape::uniform, metres}));
  double pairs = 0.0;
  for (const double districts : around[0]) pairs += districts;
  return pairs;
}

void report(benchmark::State& state, double seconds) {
  const double each = seconds / static_cast<double>(state.iterations());
  state.counters["calibration_s"] = calibration_seconds();
  state.counters["ratio"] = each / calibration_seconds();
}

void profile_of(benchmark::State& state, const City& city, const EnvironmentSpec& spec,
                std::span<const double> scales) {
  const auto start = std::chrono::steady_clock::now();
  for ([[maybe_unused]] auto _ : state) {
    const auto profile = environment_profile(city.groups, city.places, spec, scales);
    benchmark::DoNotOptimize(spatial_theil_entropy(profile.front().sums));
  }
  const double seconds = seconds_since(start);
  report(state, seconds);
  if (spec.kind == EnvironmentKind::kernel) {
    state.counters["ns_per_pair"] =
        1e9 * seconds / static_cast<double>(state.iterations()) / pairs_within(city, scales.back());
  }
}

void ten_kernels(benchmark::State& state) {
  profile_of(state, lattice(),
             kernel_environment({static_cast<KernelShape>(state.range(0)), 1000.0}),
             ten_bandwidths);
}
BENCHMARK(ten_kernels)
    ->Arg(static_cast<int>(KernelShape::uniform))
    ->Arg(static_cast<int>(KernelShape::triangular))
    ->Arg(static_cast<int>(KernelShape::biweight))
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void one_kernel(benchmark::State& state) {
  profile_of(state, lattice(), kernel_environment({KernelShape::biweight, 1000.0}),
             std::array{1000.0});
}
BENCHMARK(one_kernel)->Unit(benchmark::kMillisecond)->UseRealTime();

void ten_kernels_irregular(benchmark::State& state) {
  profile_of(state, irregular(), kernel_environment({KernelShape::biweight, 1000.0}),
             ten_bandwidths);
}
BENCHMARK(ten_kernels_irregular)->Unit(benchmark::kMillisecond)->UseRealTime();

void nearest_people_profile(benchmark::State& state) {
  profile_of(state, lattice(), nearest_people(1.0),
             std::array{400.0, 800.0, 1600.0, 3200.0, 6400.0, 12800.0});
}
BENCHMARK(nearest_people_profile)->Unit(benchmark::kMillisecond)->UseRealTime();

void nearest_people_profile_irregular(benchmark::State& state) {
  profile_of(state, irregular(), nearest_people(1.0),
             std::array{400.0, 800.0, 1600.0, 3200.0, 6400.0, 12800.0});
}
BENCHMARK(nearest_people_profile_irregular)->Unit(benchmark::kMillisecond)->UseRealTime();

void distortion(benchmark::State& state) {
  static const City city = city_of(55, true);
  const auto start = std::chrono::steady_clock::now();
  for ([[maybe_unused]] auto _ : state) {
    const auto values = distortions(city.groups, city.places);
    benchmark::DoNotOptimize(values.front());
  }
  report(state, seconds_since(start));
}
BENCHMARK(distortion)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
