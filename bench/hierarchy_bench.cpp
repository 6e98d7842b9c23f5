/// How long the table of driving costs takes: from the first 320 services of the formula network of
/// 1,000,000 nodes to its first 10,000, up to 30 minutes. `prepare` makes the hierarchy, `table`
/// answers from it with nothing else prepared, `table_selected` with the part above the 10,000
/// services kept, `searches` runs plain bounded searches for the first 32 of the 320.
/// `region/SIDE/MINUTES/SERVICES` is what a study asks for: a table from 10,000 origins to the
/// services, and whether it chooses the hierarchy (`chosen`), by searches (/0) or with the
/// hierarchy prepared for this table alone (/1). Every row reports `ratio`, how many times the
/// calibration loop of this machine it takes, and `processor_s`, the processor's time of all
/// threads, which says more where others use the cores.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <vector>

#include "calibration.h"
#include "network/hierarchy.h"
#include "network/hierarchy_sweep.h"
#include "network/long_ways.h"
#include "network/search.h"
#include "support/formula_network.h"

namespace {

using namespace quartier;
using namespace quartier::network;
using bench::calibration_seconds;
using bench::seconds_since;
using test::FormulaProfile;

constexpr std::uint32_t limit_s = 1800;

const StreetGraph& city() {
  static const StreetGraph graph = test::formula_network(1000, FormulaProfile::drive);
  return graph;
}

const Hierarchy& city_hierarchy() {
  static const Hierarchy hierarchy = Hierarchy::of(city(), limit_s);
  return hierarchy;
}

SnappedPlaces services(std::size_t count) {
  SnappedPlaces places;
  places.node = test::formula_services(city().size(), count);
  places.leg.assign(count, 0);
  return places;
}

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// Runs and reports the least of all runs.
template <typename Work>
void measure(benchmark::State& state, const Work& work) {
  double least = 1e9;
  double least_processor = 1e9;
  for (auto iteration : state) {
    static_cast<void>(iteration);
    const double processor = processor_seconds();
    const auto start = std::chrono::steady_clock::now();
    work();
    least = std::min(least, seconds_since(start));
    least_processor = std::min(least_processor, processor_seconds() - processor);
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["least_s"] = least;
  state.counters["processor_s"] = least_processor;
  state.counters["calibration_s"] = calibration_seconds();
  state.counters["ratio"] = least / calibration_seconds();
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void prepare(benchmark::State& state) {
  std::size_t arcs = 0;
  measure(state, [&] { arcs = Hierarchy::of(city(), limit_s).up.arcs.size(); });
  state.counters["arcs_per_node"] = static_cast<double>(arcs) / static_cast<double>(city().size());
}

void table(benchmark::State& state) {
  const SnappedPlaces origins = services(320);
  const SnappedPlaces sites = services(10'000);
  TravelCosts costs;
  measure(state, [&] { costs = hierarchy_costs(city_hierarchy(), origins, sites, limit_s); });
  double pairs = 0.0;
  double sum = 0.0;
  for (std::size_t j = 0; j < sites.size(); ++j) {
    costs.visit(j, [&](std::size_t, std::uint32_t cost) {
      pairs += 1.0;
      sum += cost;
    });
  }
  state.counters["pairs"] = pairs;
  state.counters["cost_sum"] = sum;
}

void table_selected(benchmark::State& state) {
  const Hierarchy& hierarchy = city_hierarchy();
  const SnappedPlaces origins = services(320);
  const Selection selection =
      Selection::of(hierarchy, hierarchy.descents(), services(10'000), limit_s);
  std::vector<std::uint16_t> rows(origins.size() * selection.target.size());
  measure(state, [&] {
    std::fill(rows.begin(), rows.end(), no_cost_16);
    sweep_table(hierarchy, hierarchy.climbs(), selection, origins, {1, origins.size()}, rows);
  });
  state.counters["slots"] = static_cast<double>(selection.size());
  state.counters["slot_arcs"] = static_cast<double>(selection.arcs.arcs.size());
}

void searches(benchmark::State& state) {
  const SearchableStreets streets(city());
  const SnappedPlaces origins = services(32);
  const SnappedPlaces sites = services(10'000);
  measure(state, [&] {
    benchmark::DoNotOptimize(street_costs(streets, origins, sites, limit_s).cost.data());
  });
}

void region(benchmark::State& state) {
  const StreetGraph graph =
      test::formula_network(static_cast<std::uint64_t>(state.range(0)), FormulaProfile::drive);
  const auto limit = static_cast<std::uint32_t>(60 * state.range(1));
  const auto count = static_cast<std::size_t>(state.range(2));
  const bool by_hierarchy = state.range(3) != 0;
  SnappedPlaces places;
  places.node = test::formula_services(graph.size(), 60'000);
  places.leg.assign(places.node.size(), 0);
  const auto part = [&](std::size_t first, std::size_t size) {
    SnappedPlaces some;
    some.node.assign(places.node.begin() + first, places.node.begin() + first + size);
    some.leg.assign(size, 0);
    return some;
  };
  const SnappedPlaces sites = part(0, count);
  const SnappedPlaces origins = part(50'000, 10'000);
  SearchableStreets streets(graph);
  const WayTable table{&origins, &sites, limit};
  const SearchWork work = search_work(streets, std::span(&table, 1));
  measure(state, [&] {
    if (by_hierarchy) streets.use(Hierarchy::of(graph, limit));
    benchmark::DoNotOptimize(street_costs(streets, origins, sites, limit).start.data());
  });
  state.counters["settled_million"] = work.settled / 1e6;
  state.counters["chosen"] = hierarchy_pays(work, graph.size()) ? 1.0 : 0.0;
}

BENCHMARK(prepare)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);
BENCHMARK(table)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(30);
BENCHMARK(table_selected)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(30);
BENCHMARK(searches)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(3);
BENCHMARK(region)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(1)
    ->ArgsProduct({{1000}, {30}, {320, 1'000, 5'000}, {0, 1}})
    ->ArgsProduct({{548}, {60}, {320, 1'000}, {0, 1}});

}  // namespace

BENCHMARK_MAIN();
