/// How long travel by timetable takes: Porto Alegre, 1,227 origins to 1,227 destinations, 60
/// departures, 5 percentiles; the folder oracle/access/poa is the argument after the options of the
/// benchmark. Every row reports `ratio`, how many times the calibration loop of this machine it
/// takes.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>

#include "base/parallel.h"
#include "calibration.h"
#include "network/transit.h"
#include "network/transit_journey.h"
#include "network/transit_porto_alegre.h"
#include "network/transit_sweep.h"

namespace {

using namespace quartier;
using namespace quartier::network;
using bench::calibration_seconds;
using bench::seconds_since;

struct City {
  test::PortoAlegre town;
  TransitSchedule schedule;
  TransitWalks walks;
  explicit City(const std::filesystem::path& folder)
      : town(folder),
        schedule(transit_schedule(town.timetable, town.footpaths, town.options)),
        walks(town.walks(town.hexes)) {}
};

std::unique_ptr<City> city;

void timed(benchmark::State& state, const std::function<void()>& work) {
  double least = 1e9;
  for (auto iteration : state) {
    static_cast<void>(iteration);
    const auto start = std::chrono::steady_clock::now();
    work();
    least = std::min(least, seconds_since(start));
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["least_s"] = least;
  state.counters["ratio"] = least / calibration_seconds();
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024.0;
}

/// The bytes that one block's pass over the hops must move: each hop's row written, and read once
/// for each change. All blocks on all cores, without the search's own arithmetic.
void row_floor(benchmark::State& state) {
  timed(state, [] {
    for_chunks(city->town.hexes.size(), transit_lanes, [](std::size_t, std::size_t, std::size_t) {
      std::vector<LaneRow> rows(city->schedule.hops.size() + 1);
      std::uint64_t sum = 0;
      for (const std::uint32_t hop : city->schedule.changes) sum += rows[hop].lane[0];
      benchmark::DoNotOptimize(sum);
    });
  });
}

void schedule(benchmark::State& state) {
  timed(state, [] {
    const TransitSchedule made =
        transit_schedule(city->town.timetable, city->town.footpaths, city->town.options);
    benchmark::DoNotOptimize(made.hops.data());
  });
}

void straight_line_walks(benchmark::State& state) {
  timed(state, [] {
    const TransitWalks made = city->town.walks(city->town.hexes);
    benchmark::DoNotOptimize(made.access.cost.data());
  });
}

void sweeps(benchmark::State& state) {
  timed(state, [] {
    for_chunks(city->town.hexes.size(), transit_lanes,
               [](std::size_t, std::size_t begin, std::size_t end) {
                 SweepSpace space;
                 space.access.fill(city->walks.access, begin, end);
                 sweep(city->schedule, space);
                 benchmark::DoNotOptimize(space.hop_rows.data());
               });
  });
}

void times_only(benchmark::State& state) {
  timed(state, [] {
    for_each_times(city->schedule, city->walks, [](const TransitTimes& times) {
      benchmark::DoNotOptimize(times.seconds.data());
    });
  });
}

constexpr std::array percent{5.0, 25.0, 50.0, 75.0, 95.0};

void percentiles(benchmark::State& state) {
  timed(state, [] {
    const TransitPercentiles found = transit_percentiles(city->schedule, city->walks, percent);
    benchmark::DoNotOptimize(found.time[2].rows.data());
  });
}

void percentiles_four_rides(benchmark::State& state) {
  TransitOptions options = city->town.options;
  options.most_rides = 4;
  const TransitSchedule limited =
      transit_schedule(city->town.timetable, city->town.footpaths, options);
  timed(state, [&] {
    const TransitPercentiles found = transit_percentiles(limited, city->walks, percent);
    benchmark::DoNotOptimize(found.time[2].rows.data());
  });
}

void access_by_departure(benchmark::State& state) {
  std::vector<double> weight(7201, 0.0);
  std::fill_n(weight.begin(), 2701, 1.0);
  timed(state, [&] {
    const WindowAccess found = window_access(city->schedule, city->walks, city->town.jobs, weight);
    benchmark::DoNotOptimize(found.mean.data());
  });
}

void one_journey(benchmark::State& state) {
  std::size_t k = 0;
  timed(state, [&] {
    const std::size_t i = (k * 37) % city->town.hexes.size();
    const std::size_t j = (k++ * 101 + 5) % city->town.hexes.size();
    const Journey way =
        journey(city->town.timetable, city->schedule, city->walks, i, j, city->town.options.from_s);
    benchmark::DoNotOptimize(way.legs.data());
  });
}

#define TRANSIT_BENCHMARK(NAME) \
  BENCHMARK(NAME)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime()
TRANSIT_BENCHMARK(straight_line_walks);
TRANSIT_BENCHMARK(schedule);
TRANSIT_BENCHMARK(row_floor);
TRANSIT_BENCHMARK(sweeps);
TRANSIT_BENCHMARK(times_only);
TRANSIT_BENCHMARK(percentiles);
TRANSIT_BENCHMARK(percentiles_four_rides);
TRANSIT_BENCHMARK(access_by_departure);
TRANSIT_BENCHMARK(one_journey);

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc != 2) {
    std::cerr << "usage: bench_transit [options] oracle/access/poa\n";
    return 2;
  }
  city = std::make_unique<City>(argv[1]);
  benchmark::RunSpecifiedBenchmarks();
  city.reset();
  return 0;
}
