/// How long expected values and null distributions take: a lattice of 250,000 districts of 0 to
/// 400 residents in 8 groups. Every row reports, beside its time, `calibration`, the seconds of
/// this machine's calibration loop, and `ratio`, how many of it the row takes.
#include <benchmark/benchmark.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

#include "base/random.h"
#include "calibration.h"
#include "metrics/expected.h"
#include "metrics/null_test.h"

namespace {

using namespace quartier;
using namespace quartier::metrics;

constexpr std::size_t district_count = 250'000;
constexpr std::size_t group_count = 8;

/// Each resident of a district belongs to group k with these shares, moved a little by district.
constexpr std::array<double, group_count> shares{0.55, 0.15, 0.10, 0.07, 0.05, 0.04, 0.03, 0.01};

const std::vector<std::vector<double>>& city() {
  static const std::vector<std::vector<double>> columns = [] {
    std::vector<std::vector<double>> made(group_count, std::vector<double>(district_count, 0.0));
    for (std::size_t i = 0; i < district_count; ++i) {
      RandomStream random(3, i);
      const std::uint32_t residents = random.below(401);
      const double tilt = 0.2 * random.uniform();
      for (std::uint32_t person = 0; person < residents; ++person) {
        double left = random.uniform() * (1.0 + tilt);
        std::size_t k = 0;
        while (k + 1 < group_count && left >= shares[k]) left -= shares[k++];
        made[k][i] += 1.0;
      }
    }
    return made;
  }();
  return columns;
}

std::vector<std::span<const double>> groups() { return {city().begin(), city().end()}; }

template <typename Work>
void measure(benchmark::State& state, const Work& work) {
  const auto columns = groups();
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    work(columns);
  }
  const double each = bench::seconds_since(start) / static_cast<double>(state.iterations());
  state.counters["calibration"] = bench::calibration_seconds();
  state.counters["ratio"] = each / bench::calibration_seconds();
}

/// Expected D and H of every group and of all, without simulation.
void expected_values(benchmark::State& state) {
  measure(state, [&](GroupColumns columns) {
    benchmark::DoNotOptimize(expected_indices(columns, static_cast<NullModel>(state.range(0))));
  });
}

/// D and H of every group and of all in as many random cities as the argument says.
void null_distribution(benchmark::State& state) {
  measure(state, [&](GroupColumns columns) {
    benchmark::DoNotOptimize(null_tests(columns, static_cast<NullModel>(state.range(0)),
                                        static_cast<std::uint32_t>(state.range(1)), 1));
  });
}

BENCHMARK(expected_values)
    ->Arg(static_cast<int>(NullModel::evenness))
    ->Arg(static_cast<int>(NullModel::permutation))
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(null_distribution)
    ->Args({static_cast<int>(NullModel::systematic), 999})
    ->Args({static_cast<int>(NullModel::evenness), 999})
    ->Args({static_cast<int>(NullModel::permutation), 999})
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
