/// Indices of contiguity, concentration and centralization on a square lattice of cells of 100 m,
/// one group against the rest, on all cores. Every row reports, beside its time, `ratio`: how many
/// times the calibration loop of this machine it takes.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <vector>

#include "base/random.h"
#include "calibration.h"
#include "metrics/boundaries.h"
#include "metrics/centralization.h"
#include "metrics/concentration.h"
#include "metrics/proximity_profile.h"
#include "metrics/space_tables.h"

namespace {

using namespace quartier;
using bench::calibration_seconds;
using bench::seconds_since;

constexpr auto queen = ContiguityRule::queen;
constexpr auto dropped = metrics::EmptyDistricts::dropped;

/// Counts of 0 to 400 persons, of whom a part belongs to the group; areas that differ a little.
struct City {
  std::vector<double> group, rest, total, area, perimeter;
  std::vector<Point> centroids;
  Contiguity contiguity;

  explicit City(std::size_t side)
      : centroids(test::lattice_centroids(side, side)),
        contiguity(test::lattice_contiguity(side, side)) {
    RandomStream random(2009, side);
    for (std::size_t i = 0; i < side * side; ++i) {
      total.push_back(random.below(401));
      group.push_back(random.below(static_cast<std::uint32_t>(total.back()) + 1));
      rest.push_back(total.back() - group.back());
      area.push_back(9'000.0 + random.below(2'000));
      perimeter.push_back(400.0);
    }
  }
};

const City& city_of(std::int64_t side) {
  static std::map<std::int64_t, City> cities;
  return cities.try_emplace(side, static_cast<std::size_t>(side)).first->second;
}

template <typename Index>
void measure(benchmark::State& state, const Index& index) {
  const City& city = city_of(state.range(0));
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    benchmark::DoNotOptimize(index(city));
  }
  const double each = seconds_since(start) / static_cast<double>(state.iterations());
  state.SetItemsProcessed(state.iterations() * state.range(0) * state.range(0));
  state.counters["calibration_ms"] = 1e3 * calibration_seconds();
  state.counters["ratio"] = each / calibration_seconds();
}

void morrill(benchmark::State& state) {
  measure(state, [](const City& city) {
    return metrics::contiguity_adjusted_dissimilarity(city.group, city.rest, city.contiguity, queen,
                                                      dropped);
  });
}

void morrill_of_three_orders(benchmark::State& state) {
  measure(state, [](const City& city) {
    return metrics::order_adjusted_dissimilarity(city.group, city.rest, city.contiguity, queen, {3},
                                                 dropped);
  });
}

void wong(benchmark::State& state) {
  measure(state, [](const City& city) {
    return metrics::shape_adjusted_dissimilarity(city.group, city.rest, city.contiguity, city.area,
                                                 city.perimeter, dropped);
  });
}

void concentration(benchmark::State& state) {
  measure(state, [](const City& city) {
    return metrics::delta_index(city.group, city.total, city.area, dropped) +
           metrics::absolute_concentration(city.group, city.total, city.area) +
           metrics::relative_concentration(city.group, city.rest, city.total, city.area,
                                           metrics::LargeEnd::group);
  });
}

void centralization(benchmark::State& state) {
  measure(state, [](const City& city) {
    const Point centre = metrics::mean_centre(city.centroids, city.total, dropped);
    const std::vector<double> distance =
        metrics::distances_to_nearest(city.centroids, {&centre, 1});
    return metrics::absolute_centralization(city.group, city.total, city.area, distance, dropped) +
           metrics::relative_centralization(city.group, city.rest, distance);
  });
}

void local_of_eight_nearest(benchmark::State& state) {
  measure(state, [](const City& city) {
    return metrics::local_relative_centralization(city.group, city.rest, city.centroids, 8);
  });
}

void local_of_contiguity(benchmark::State& state) {
  measure(state, [](const City& city) {
    return metrics::local_relative_centralization(city.group, city.rest, city.centroids,
                                                  city.contiguity, queen);
  });
}

void proximity_profile(benchmark::State& state) {
  measure(state, [](const City& city) {
    return metrics::spatial_proximity_profile(city.group, city.total, city.contiguity, queen).index;
  });
}

constexpr auto unit = benchmark::kMillisecond;
BENCHMARK(morrill)->Arg(500)->Unit(unit)->UseRealTime();
BENCHMARK(morrill_of_three_orders)->Arg(500)->Unit(unit)->UseRealTime();
BENCHMARK(wong)->Arg(500)->Unit(unit)->UseRealTime();
BENCHMARK(concentration)->Arg(500)->Unit(unit)->UseRealTime();
BENCHMARK(centralization)->Arg(500)->Unit(unit)->UseRealTime();
BENCHMARK(local_of_eight_nearest)->Arg(500)->Unit(unit)->UseRealTime();
BENCHMARK(local_of_contiguity)->Arg(500)->Unit(unit)->UseRealTime();
BENCHMARK(proximity_profile)->Arg(55)->Arg(100)->Arg(158)->Unit(unit)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
