/// The aspatial indices of 250,000 districts and 8 groups: all of them in one pass with the local
/// values, and the exact Gini index of every group and of all. Beside them stands what the memory
/// of this machine needs to read the same counts and to write the same results. Every row reports
/// `ratio`: how many times the calibration loop of this machine it takes.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "calibration.h"
#include "metrics/city_pass.h"
#include "metrics/gini.h"
#include "metrics/surroundings.h"
#include "synthetic_city.h"

namespace {

using namespace quartier;
using bench::calibration_seconds;
using bench::seconds_since;

constexpr std::size_t district_count = 250'000;
constexpr std::size_t group_count = 8;
constexpr std::size_t local_count = 3 + group_count;
constexpr std::size_t grain = 16384;

const bench::SyntheticCity& city() {
  static const bench::SyntheticCity made = bench::synthetic_city(district_count, group_count);
  return made;
}

void report(benchmark::State& state, double seconds, std::size_t bytes) {
  const double each = seconds / static_cast<double>(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
  state.counters["ratio"] = each / calibration_seconds();
  state.counters["threads"] = static_cast<double>(thread_count());
}

constexpr std::size_t read_bytes = district_count * group_count * sizeof(std::uint32_t);
constexpr std::size_t written_bytes = district_count * local_count * sizeof(double);

/// Every index of the table's first row, with the local values.
void one_pass(benchmark::State& state) {
  const auto groups = city().spans();
  std::vector<std::vector<double>> columns(local_count, std::vector<double>(district_count));
  metrics::LocalValues local{columns[0], columns[1], columns[2], {}};
  for (std::size_t k = 0; k < group_count; ++k)
    local.location_quotients.emplace_back(columns[3 + k]);
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    benchmark::DoNotOptimize(metrics::city_indices(groups, local));
  }
  report(state, seconds_since(start), 2 * read_bytes + written_bytes);
}

/// The indices of the city alone.
void one_pass_without_local_values(benchmark::State& state) {
  const auto groups = city().spans();
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    benchmark::DoNotOptimize(metrics::city_indices(groups));
  }
  report(state, seconds_since(start), 2 * read_bytes);
}

/// The floor of `one_pass`: the counts read twice and added up, the results written once.
void memory_floor(benchmark::State& state) {
  const auto groups = city().spans();
  std::vector<std::vector<double>> columns(local_count, std::vector<double>(district_count));
  std::vector<std::uint64_t> sums(1 + district_count / grain);
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    for (int pass = 0; pass < 2; ++pass) {
      for_chunks(district_count, grain, [&](std::size_t c, std::size_t begin, std::size_t end) {
        std::uint32_t sum = 0;
        for (const auto& group : groups) {
          for (std::size_t i = begin; i < end; ++i) sum += group[i];
        }
        sums[c] = sum;
        if (pass == 0) return;
        for (auto& column : columns) {
          for (std::size_t i = begin; i < end; ++i) column[i] = static_cast<double>(sum);
        }
      });
    }
    benchmark::DoNotOptimize(sums.data());
    benchmark::ClobberMemory();
  }
  report(state, seconds_since(start), 2 * read_bytes + written_bytes);
}

/// Exact Gini indices of every group against the rest, and of all groups.
void exact_gini(benchmark::State& state) {
  const auto groups = city().spans();
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    benchmark::DoNotOptimize(metrics::gini_of_groups(groups));
  }
  report(state, seconds_since(start), read_bytes);
}

/// H~, R~, D~ and the divergence of one set of surroundings.
void indices_over_surroundings(benchmark::State& state) {
  std::vector<std::vector<double>> columns;
  for (const auto& column : city().columns) columns.emplace_back(column.begin(), column.end());
  const std::vector<std::span<const double>> groups(columns.begin(), columns.end());
  const metrics::Surroundings surroundings = metrics::own_districts(groups);
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    benchmark::DoNotOptimize(metrics::surroundings_sums(surroundings));
  }
  report(state, seconds_since(start), district_count * (2 * group_count) * sizeof(double));
}

BENCHMARK(one_pass)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(one_pass_without_local_values)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(memory_floor)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(exact_gini)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(indices_over_surroundings)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
