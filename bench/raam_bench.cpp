/// How long the exact equilibrium of congestion takes: a synthetic city, points in a square of 20
/// km, planar distances at 30 km/h as whole seconds, people uniform on 0 to 999 and places on 1 to
/// 20 from a fixed seed, tau 30 minutes unless said; and the schools of Belo Horizonte where the
/// reference data is at hand. Every row reports `ratio`, how many times the calibration loop of
/// this machine it takes; `floor`, one search over all pairs.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "base/number.h"
#include "base/random.h"
#include "calibration.h"
#include "metrics/cheapest_sites.h"
#include "metrics/raam.h"

namespace {

using namespace quartier;
using bench::calibration_seconds;
using bench::seconds_since;

struct City {
  TravelCosts costs;
  std::vector<double> supply;
  std::vector<double> people;
};

City square_city(std::size_t n, std::size_t m) {
  constexpr double side_m = 20'000.0;
  constexpr double metres_per_second = 30.0 / 3.6;
  City city;
  RandomStream random(7, n, m);
  std::vector<double> x;
  std::vector<double> y;
  for (std::size_t k = 0; k < n + m; ++k) {
    x.push_back(side_m * random.uniform());
    y.push_back(side_m * random.uniform());
  }
  for (std::size_t i = 0; i < n; ++i) city.people.push_back(random.below(1000));
  for (std::size_t j = 0; j < m; ++j) city.supply.push_back(1 + random.below(20));
  city.costs.unit = CostUnit::second;
  city.costs.origin_count = n;
  city.costs.site_count = m;
  city.costs.rows.resize(n * m);
  for (std::size_t j = 0; j < m; ++j) {
    for (std::size_t i = 0; i < n; ++i) {
      const double away_m = std::hypot(x[i] - x[n + j], y[i] - y[n + j]);
      city.costs.rows[j * n + i] =
          static_cast<std::uint16_t>(std::lround(away_m / metres_per_second));
    }
  }
  return city;
}

/// Hexagons with people, population and schools, and the table of times between all.
City belo_horizonte(const std::string& folder) {
  City city;
  std::ifstream hexagons(folder + "/bho_hex.csv");
  std::vector<double> schools;
  std::string line;
  std::getline(hexagons, line);
  while (std::getline(hexagons, line)) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == ',') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    city.people.push_back(std::stod(cells[2]));
    schools.push_back(std::stod(cells[4]));
  }
  const std::size_t n = schools.size();
  std::vector<std::uint16_t> tenths(n * n);
  std::ifstream(folder + "/bho_ttm_u16.bin", std::ios::binary)
      .read(reinterpret_cast<char*>(tenths.data()), static_cast<std::streamsize>(2 * n * n));
  city.costs.unit = CostUnit::tenth_of_minute;
  city.costs.origin_count = n;
  for (std::size_t j = 0; j < n; ++j) {
    if (!(schools[j] > 0.0)) continue;
    city.supply.push_back(schools[j]);
    for (std::size_t i = 0; i < n; ++i) city.costs.rows.push_back(tenths[i * n + j]);
  }
  city.costs.site_count = city.supply.size();
  return city;
}

void run(benchmark::State& state, const City& city, const metrics::CongestionSettings& settings) {
  metrics::CongestionEquilibrium found;
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    found = metrics::congestion_equilibrium(city.costs, city.supply, city.people, settings);
    benchmark::DoNotOptimize(found.cost.data());
  }
  const double seconds = seconds_since(start) / static_cast<double>(state.iterations());
  state.counters["ratio"] = seconds / calibration_seconds();
  state.counters["gap"] = found.gap;
  state.counters["steps"] = found.steps;
  state.counters["sweeps"] = found.sweeps;
}

void synthetic(benchmark::State& state) {
  static const City city = square_city(10'000, 2'000);
  run(state, city, {.scale = static_cast<double>(state.range(0)), .gap = 1e-9});
}

void search_floor(benchmark::State& state) {
  static const City city = square_city(10'000, 2'000);
  std::vector<std::uint32_t> open;
  for (std::uint32_t j = 0; j < 2'000; ++j) open.push_back(j);
  metrics::CheapestSites sites(city.costs, open, 1.0 / 1800.0);
  const std::vector<double> price(2'000, 1.0);
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    sites.find(price);
  }
  state.counters["ratio"] =
      seconds_since(start) / static_cast<double>(state.iterations()) / calibration_seconds();
}

void schools(benchmark::State& state) {
  static const std::string folder = std::string(QUARTIER_SHARED_DIR) + "/oracle/access/bho";
  if (!std::ifstream(folder + "/bho_hex.csv")) {
    state.SkipWithError("no reference data");
    return;
  }
  static const City city = belo_horizonte(folder);
  run(state, city,
      {.scale = static_cast<double>(state.range(0)),
       .gap = std::pow(10.0, -static_cast<double>(state.range(1)))});
}

BENCHMARK(search_floor)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();
BENCHMARK(synthetic)
    ->Arg(10)
    ->Arg(30)
    ->Arg(120)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
BENCHMARK(schools)
    ->Args({30, 9})
    ->Args({60, 9})
    ->Args({30, 13})
    ->Args({60, 13})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

}  // namespace

BENCHMARK_MAIN();
