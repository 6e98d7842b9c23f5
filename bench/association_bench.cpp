/// Local Moran of a square lattice of 500 x 500 districts with queen neighbours: 999 independent
/// draws for each, all of them and with sequential stopping. Counts of everyone are uniform on
/// 0-400, those of the group binomial in spirit: a random share of them. Beside its time every row
/// reports `calibration_s`, the calibration loop of this machine, and `ratio` to it.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/number.h"
#include "base/random.h"
#include "calibration.h"
#include "metrics/clustering.h"
#include "metrics/composition.h"

namespace {

using namespace quartier;
using bench::calibration_seconds;
using bench::seconds_since;

constexpr std::size_t side = 500;
constexpr std::uint32_t permutations = 999;

const SpatialWeights& queen() {
  static const SpatialWeights weights = [] {
    SpatialWeights made;
    for (std::size_t y = 0; y < side; ++y) {
      for (std::size_t x = 0; x < side; ++x) {
        const std::size_t begin = made.neighbour.size();
        for (std::size_t v = y == 0 ? 0 : y - 1; v <= y + 1 && v < side; ++v) {
          for (std::size_t u = x == 0 ? 0 : x - 1; u <= x + 1 && u < side; ++u) {
            if (u == x && v == y) continue;
            made.neighbour.push_back(static_cast<DistrictIndex>(v * side + u));
          }
        }
        const std::size_t degree = made.neighbour.size() - begin;
        made.weight.insert(made.weight.end(), degree, 1.0 / static_cast<double>(degree));
        made.start.push_back(static_cast<std::uint32_t>(made.neighbour.size()));
      }
    }
    return made;
  }();
  return weights;
}

const std::vector<double>& shares() {
  static const std::vector<double> values = [] {
    std::vector<double> group(side * side);
    std::vector<double> total(side * side);
    for (std::size_t i = 0; i < total.size(); ++i) {
      RandomStream random(2009, i);
      total[i] = random.below(401);
      group[i] = random.below(static_cast<std::uint32_t>(total[i]) + 1);
    }
    return metrics::shares(group, total);
  }();
  return values;
}

void report(benchmark::State& state, double seconds) {
  const double each = seconds / static_cast<double>(state.iterations());
  state.counters["calibration_s"] = calibration_seconds();
  state.counters["ratio"] = each / calibration_seconds();
}

/// Argument: draws as far out as what is seen that end a test; 0 makes all draws.
void local_moran(benchmark::State& state) {
  queen();
  shares();
  metrics::AssociationSettings settings;
  settings.permutations = permutations;
  settings.stop_after = static_cast<std::uint32_t>(state.range(0));
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    benchmark::DoNotOptimize(metrics::local_moran(shares(), queen(), settings));
  }
  report(state, seconds_since(start));
}

BENCHMARK(local_moran)->Arg(0)->Arg(20)->Arg(10)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
