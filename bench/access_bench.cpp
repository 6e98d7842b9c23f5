/// How long the measures of access take over costs that were searched before: rows of 16-bit
/// seconds in memory, uniform on 0 to 7,199, 2 threads. Every row reports `ratio`, how many times
/// the calibration loop of this machine it takes, pairs per second, and the peak memory of the
/// program so far; the first row is the floor, reading the same costs twice.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/parallel.h"
#include "base/random.h"
#include "calibration.h"
#include "metrics/access_catchment.h"
#include "metrics/access_opportunities.h"

namespace {

using namespace quartier;
using bench::calibration_seconds;
using bench::seconds_since;

struct City {
  TravelCosts costs;
  std::vector<double> people;
  std::vector<double> supply;
};

City city_of(std::size_t origins, std::size_t sites) {
  City city;
  city.costs.unit = CostUnit::second;
  city.costs.origin_count = origins;
  city.costs.site_count = sites;
  city.costs.rows.resize(origins * sites);
  for_chunks(sites, 16, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t at = begin * origins; at < end * origins; ++at) {
      city.costs.rows[at] = static_cast<std::uint16_t>(mix64(at) % 7200);
    }
  });
  for (std::size_t i = 0; i < origins; ++i) {
    city.people.push_back(static_cast<double>(mix64(i + 1) % 50));
  }
  for (std::size_t j = 0; j < sites; ++j) {
    city.supply.push_back(static_cast<double>(1 + mix64(j + 2) % 20));
  }
  return city;
}

double peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

/// Processor time of all threads so far.
double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

template <typename Measure>
void run(benchmark::State& state, const City& city, const Measure& measure) {
  double least = std::numeric_limits<double>::infinity();
  double least_processor = least;
  for (auto iteration : state) {
    static_cast<void>(iteration);
    const double processor = processor_seconds();
    const auto start = std::chrono::steady_clock::now();
    benchmark::DoNotOptimize(measure());
    least = std::min(least, seconds_since(start));
    least_processor = std::min(least_processor, processor_seconds() - processor);
  }
  state.counters["least_ms"] = 1000.0 * least;
  state.counters["processor_ms"] = 1000.0 * least_processor;
  state.counters["ratio"] = least / calibration_seconds();
  state.counters["pairs_per_s"] =
      static_cast<double>(city.costs.origin_count * city.costs.site_count) / least;
  state.counters["peak_MB"] = peak_mb();
}

/// One for each workload, made at its first use.
const City& large_city() {
  static const City city = city_of(70'000, 5'000);
  return city;
}
const City& medium_city() {
  static const City city = city_of(10'000, 2'000);
  return city;
}

void reading_floor(benchmark::State& state) {
  const City& city = large_city();
  run(state, city, [&] {
    return sum_chunks<std::uint64_t>(city.costs.rows.size(), std::size_t{1} << 20U, 0,
                                     [&](std::size_t begin, std::size_t end) {
                                       std::uint64_t sum = 0;
                                       for (int pass = 0; pass < 2; ++pass) {
                                         for (std::size_t k = begin; k < end; ++k)
                                           sum += city.costs.rows[k];
                                         benchmark::DoNotOptimize(sum);
                                       }
                                       return sum;
                                     });
  });
}

/// Distances in minutes: 1,200 s are 20, 3,600 s are 60.
void gaussian_2sfca(benchmark::State& state) {
  const City& city = large_city();
  const metrics::Decay decay = metrics::decay_of("gaussian:20", 60.0);
  run(state, city, [&] {
    return metrics::enhanced_floating_catchment(city.costs, city.supply, city.people, decay)
        .access.back();
  });
}

void e2sfca(benchmark::State& state) {
  const City& city = medium_city();
  const metrics::Decay decay = metrics::decay_of("step:10=1,20=0.68,30=0.22", 30.0);
  run(state, city, [&] {
    return metrics::enhanced_floating_catchment(city.costs, city.supply, city.people, decay)
        .access.back();
  });
}

void three_steps(benchmark::State& state) {
  const City& city = medium_city();
  const metrics::Decay decay = metrics::decay_of("step:10=1,20=0.68,30=0.22", 30.0);
  run(state, city, [&] {
    return metrics::three_step_floating_catchment(city.costs, city.supply, city.people, decay)
        .access.back();
  });
}

void cumulative(benchmark::State& state) {
  const City& city = large_city();
  run(state, city, [&] { return metrics::services_within(city.costs, city.supply, 15.0).back(); });
}

BENCHMARK(e2sfca)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(three_steps)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(reading_floor)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(5);
BENCHMARK(gaussian_2sfca)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(7);
BENCHMARK(cumulative)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(5);

}  // namespace

BENCHMARK_MAIN();
