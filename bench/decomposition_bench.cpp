/// Levels, change and compression on a square lattice of 100 m cells with 8 groups, residents
/// uniform on 0 to 400. Every row reports, beside its time, `ratio`: how many times the calibration
/// loop of this machine it takes.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "base/random.h"
#include "calibration.h"
#include "metrics/change.h"
#include "metrics/compression.h"
#include "metrics/levels.h"
#include "metrics/margins.h"
#include "metrics/what_if.h"

namespace {

using namespace quartier;
using namespace quartier::metrics;

constexpr std::size_t group_count = 8;

struct City {
  std::vector<std::vector<double>> columns;
  [[nodiscard]] std::vector<std::span<const double>> views() const {
    return {columns.begin(), columns.end()};
  }
};

/// Whole persons; shares differ smoothly over the city and by chance, a little more at each date.
City city_of(std::size_t side, std::uint64_t date) {
  City city;
  city.columns.assign(group_count, std::vector<double>(side * side));
  for (std::size_t i = 0; i < side * side; ++i) {
    RandomStream random(2009 + date, i);
    const double residents = std::floor(401.0 * random.uniform());
    const double x = static_cast<double>(i % side) / static_cast<double>(side);
    const double y = static_cast<double>(i / side) / static_cast<double>(side);
    std::vector<double> weight(group_count);
    double sum = 0.0;
    for (std::size_t k = 0; k < group_count; ++k) {
      const double phase = 6.0 * (x + static_cast<double>(k) * y) + 0.3 * static_cast<double>(date);
      weight[k] = (1.2 + std::sin(phase)) * (0.5 + random.uniform());
      sum += weight[k];
    }
    for (std::size_t k = 0; k < group_count; ++k) {
      city.columns[k][i] = std::floor(residents * weight[k] / sum);
    }
  }
  return city;
}

Contiguity rook_lattice(std::size_t side) {
  Contiguity made;
  for (std::size_t i = 0; i < side * side; ++i) {
    const std::size_t x = i % side;
    const std::size_t y = i / side;
    const auto add = [&](std::size_t j) {
      made.neighbour.push_back(static_cast<DistrictIndex>(j));
      made.shared_m.push_back(100.0);
    };
    if (y > 0) add(i - side);
    if (x > 0) add(i - 1);
    if (x + 1 < side) add(i + 1);
    if (y + 1 < side) add(i + side);
    made.start.push_back(static_cast<std::uint32_t>(made.neighbour.size()));
  }
  return made;
}

void report(benchmark::State& state, std::chrono::steady_clock::time_point start) {
  const double each = bench::seconds_since(start) / static_cast<double>(state.iterations());
  state.counters["ratio"] = each / bench::calibration_seconds();
}

/// 250,000 x 8 fitted to the totals of another date.
void fit_margins(benchmark::State& state) {
  const City before = city_of(500, 0);
  const City after = city_of(500, 1);
  const auto counts = before.views();
  const auto later = after.views();
  const std::vector<double> units = district_totals(later);
  const std::vector<double> groups = group_totals(later);
  // Districts that are empty at one date only have nothing to fit.
  std::vector<double> common = units;
  const std::vector<double> earlier = district_totals(counts);
  double lost = 0.0;
  for (std::size_t i = 0; i < common.size(); ++i) {
    if (earlier[i] > 0.0) continue;
    lost += common[i];
    common[i] = 0.0;
  }
  std::vector<double> totals = groups;
  double all = 0.0;
  for (const double persons : groups) all += persons;
  for (double& persons : totals) persons *= (all - lost) / all;
  std::size_t rounds = 0;
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    rounds = fitted_to_margins(counts, common, totals).rounds;
  }
  report(state, start);
  state.counters["rounds"] = static_cast<double>(rounds);
}
BENCHMARK(fit_margins)->Unit(benchmark::kMillisecond)->UseRealTime();

/// The whole change of M of 250,000 x 8 with all contributions: six fits, eight tables.
void change(benchmark::State& state) {
  const City before = city_of(500, 0);
  const City after = city_of(500, 1);
  const auto first = before.views();
  const auto second = after.views();
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    benchmark::DoNotOptimize(segregation_change(first, second));
  }
  report(state, start);
}
BENCHMARK(change)->Unit(benchmark::kMillisecond)->UseRealTime();

/// M and H of 250,000 x 8 between and within 2,500 parents.
void levels(benchmark::State& state) {
  const City city = city_of(500, 0);
  const auto groups = city.views();
  std::vector<std::uint32_t> parents;
  for (std::uint32_t i = 0; i < 250'000; ++i) parents.push_back(i / 100);
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    benchmark::DoNotOptimize(level_split(groups, parents, 2500));
  }
  report(state, start);
}
BENCHMARK(levels)->Unit(benchmark::kMillisecond)->UseRealTime();

/// dH/dx_ik of all 250,000 x 8 cells.
void derivatives(benchmark::State& state) {
  const City city = city_of(500, 0);
  const auto groups = city.views();
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    const WhatIf what_if(groups);
    for (std::size_t k = 0; k < group_count; ++k) {
      benchmark::DoNotOptimize(what_if.theil_entropy_derivatives(k));
    }
  }
  report(state, start);
}
BENCHMARK(derivatives)->Unit(benchmark::kMillisecond)->UseRealTime();

/// 99,856 districts x 8 merged down to one.
void compress_lattice(benchmark::State& state) {
  const City city = city_of(316, 0);
  const auto groups = city.views();
  const Contiguity lattice = rook_lattice(316);
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    benchmark::DoNotOptimize(compress_neighbours(groups, lattice));
  }
  report(state, start);
}
BENCHMARK(compress_lattice)->Unit(benchmark::kMillisecond)->UseRealTime();

/// 2,500 districts x 8, any two merged.
void compress_all_pairs(benchmark::State& state) {
  const City city = city_of(50, 0);
  const auto groups = city.views();
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    benchmark::DoNotOptimize(compress_any(groups));
  }
  report(state, start);
}
BENCHMARK(compress_all_pairs)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
