/// How long the street searches take on the networks by formula of the reference values: 20 % of
/// the edges of a square grid missing, 40 to 100 s an edge on foot. Every row reports `ratio`, how
/// many times the calibration loop of this machine it takes, and `check`, a sum that is known. The
/// first rows lay the graph out along a curve, once for all searches; the others begin there.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <numeric>
#include <vector>

#include "calibration.h"
#include "network/bounded_search.h"
#include "network/nearest_search.h"
#include "network/search.h"
#include "support/formula_network.h"

namespace {

using namespace quartier;
using bench::calibration_seconds;
using bench::seconds_since;
using network::Ball;
using network::SearchDirection;
using network::SearchGraph;
using test::FormulaProfile;

constexpr std::uint32_t quarter_of_an_hour_s = 900;

struct City {
  explicit City(std::size_t side)
      : graph(test::formula_network(side, FormulaProfile::walk)),
        search(graph, SearchDirection::to_sources) {}
  StreetGraph graph;
  SearchGraph search;
};

/// Networks of 500 and 1000 nodes a side, made once.
const City& city_of(std::int64_t side) {
  static const City smaller(500);
  if (side == 500) return smaller;
  static const City larger(1000);
  return larger;
}

/// Runs `work` as often as the benchmark asks; it returns the sum to check and the pairs it saw.
struct Outcome {
  double check = 0.0;
  double pairs = 0.0;
};
template <typename Work>
void run(benchmark::State& state, const Work& work) {
  Outcome outcome;
  double least = 1e9;
  for (auto iteration : state) {
    static_cast<void>(iteration);
    const auto start = std::chrono::steady_clock::now();
    outcome = work();
    least = std::min(least, seconds_since(start));
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["least_ms"] = 1000.0 * least;
  state.counters["ratio"] = least / calibration_seconds();
  state.counters["check"] = outcome.check;
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024.0;
  if (outcome.pairs > 0.0) state.counters["ns_a_pair"] = 1e9 * least / outcome.pairs;
}

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

void lay_out(benchmark::State& state) {
  const City& city = city_of(state.range(0));
  run(state, [&] {
    const SearchGraph search(city.graph, SearchDirection::to_sources);
    return Outcome{static_cast<double>(search.size())};
  });
}

/// Supply within 15 minutes of every node.
void supply(benchmark::State& state) {
  const City& city = city_of(state.range(0));
  const auto count = static_cast<std::size_t>(state.range(1));
  const auto sites = test::formula_services(city.graph.size(), count);
  const auto offered = test::formula_supply(count);
  run(state, [&] {
    return Outcome{
        sum_of(network::sums_at_nodes(city.search, sites, quarter_of_an_hour_s, offered)),
        state.range(0) == 500 ? 335505.0 : 1700022.0};
  });
}

void nearest(benchmark::State& state) {
  const City& city = city_of(state.range(0));
  const auto sites =
      test::formula_services(city.graph.size(), static_cast<std::size_t>(state.range(1)));
  std::vector<network::SearchSource> sources;
  for (std::uint32_t k = 0; k < sites.size(); ++k) sources.push_back({sites[k], 0, k});
  run(state, [&] {
    const NearestSites found = network::nearest_sources(city.search, sources);
    double sum = 0.0;
    for (const std::uint32_t cost : found.cost) sum += cost == no_cost ? 0.0 : cost;
    return Outcome{sum};
  });
}

std::vector<std::uint32_t> every_node(const City& city) {
  std::vector<std::uint32_t> nodes(city.graph.size());
  std::iota(nodes.begin(), nodes.end(), 0U);
  return nodes;
}

/// Every node to every node within 15 minutes, pair by pair.
void all_pairs(benchmark::State& state) {
  const City& city = city_of(500);
  const auto nodes = every_node(city);
  run(state, [&] {
    std::vector<std::uint64_t> sums(nodes.size());
    std::atomic<std::uint64_t> pairs = 0;
    network::visit_balls(city.search, nodes, quarter_of_an_hour_s, [&](const Ball& ball) {
      sums[ball.source] = std::accumulate(ball.cost.begin(), ball.cost.end(), std::uint64_t{0});
      pairs.fetch_add(ball.node.size(), std::memory_order_relaxed);
    });
    const auto sum = std::accumulate(sums.begin(), sums.end(), std::uint64_t{0});
    return Outcome{static_cast<double>(sum), static_cast<double>(pairs)};
  });
}

/// People within 15 minutes of every node.
void all_sums(benchmark::State& state) {
  const City& city = city_of(500);
  const auto nodes = every_node(city);
  const auto people = test::formula_population(nodes.size());
  run(state, [&] {
    return Outcome{
        sum_of(network::sums_at_sources(city.search, nodes, quarter_of_an_hour_s, people)),
        84211968.0};
  });
}

/// The table of costs from every node to the sites, and the nearest: what measures read.
void table(benchmark::State& state) {
  const City& city = city_of(state.range(0));
  const network::SearchableStreets streets(city.graph);
  network::SnappedPlaces origins{every_node(city),
                                 std::vector<std::uint32_t>(city.graph.size(), 0)};
  const auto count = static_cast<std::size_t>(state.range(1));
  network::SnappedPlaces sites{test::formula_services(city.graph.size(), count),
                               std::vector<std::uint32_t>(count, 0)};
  run(state, [&] {
    const Impedance ways =
        network::street_impedance(streets, origins, {&sites, {}}, quarter_of_an_hour_s);
    const auto pairs = static_cast<double>(ways.costs.cost.size());
    return Outcome{pairs, pairs};
  });
}

BENCHMARK(lay_out)
    ->Arg(500)
    ->Arg(1000)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
BENCHMARK(supply)
    ->Args({500, 1000})
    ->Args({1000, 5000})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
BENCHMARK(nearest)
    ->Args({500, 1000})
    ->Args({1000, 5000})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
BENCHMARK(table)
    ->Args({500, 1000})
    ->Args({1000, 5000})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
BENCHMARK(all_pairs)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Iterations(5);
BENCHMARK(all_sums)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Iterations(5);

}  // namespace

BENCHMARK_MAIN();
