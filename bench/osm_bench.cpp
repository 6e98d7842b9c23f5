/// How long it takes to read OpenStreetMap extracts and to make graphs of them.
///
///   bench_osm [EXTRACT.osm.pbf ...]
///
/// reads the named extracts, or else a grid of 300,000 nodes that it writes first. Every row
/// reports `ratio`, how many times the calibration loop of this machine it takes. `decode` is the
/// floor: the file is unpacked and everything in it looked at once.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "calibration.h"
#include "io/osm_source.h"
#include "io/osm_streets.h"
#include "io/osm_writer.h"
#include "network/profile.h"

namespace {

using namespace quartier;
using bench::calibration_seconds;
using bench::seconds_since;

/// 600 x 500 junctions about 60 m apart; a way for each row and column, cut every 20 junctions.
void write_grid(const std::filesystem::path& file) {
  constexpr std::uint32_t columns = 600;
  constexpr std::uint32_t rows = 500;
  constexpr std::uint32_t way_length = 20;
  RandomStream random(7, 1);
  std::vector<Point> places;
  for (std::uint32_t v = 0; v < columns * rows; ++v) {
    places.push_back({2.0 + 7e-4 * (v % columns + 0.3 * random.uniform()),
                      41.0 + 5e-4 * (v / columns + 0.3 * random.uniform())});
  }
  std::vector<io::OsmWayText> ways;
  const auto lay = [&](std::uint32_t first, std::uint32_t step, std::uint32_t count) {
    for (std::uint32_t begin = 0; begin + 1 < count; begin += way_length) {
      io::OsmWayText way;
      for (std::uint32_t k = begin; k <= begin + way_length && k < count; ++k) {
        way.nodes.push_back(first + k * step);
      }
      way.tags = {{"highway", random.below(3) == 0 ? "footway" : "residential"},
                  {"name", "Street " + std::to_string(first)},
                  {"maxspeed", "30"},
                  {"surface", "asphalt"}};
      ways.push_back(std::move(way));
    }
  };
  for (std::uint32_t y = 0; y < rows; ++y) lay(y * columns, 1, columns);
  for (std::uint32_t x = 0; x < columns; ++x) lay(x, columns, rows);
  io::write_osm_pbf(file, places, ways);
}

class Counter final : public io::OsmSink {
 public:
  void add_node(const io::OsmNode& node) override { sum += node.id; }
  void add_way(std::int64_t id, std::span<const std::int64_t> nodes,
               std::span<const io::OsmTag> tags) override {
    sum += id + static_cast<std::int64_t>(nodes.size() + tags.size());
  }
  void add_relation() override { ++sum; }
  std::int64_t sum = 0;
};

template <typename Work>
void measure(benchmark::State& state, const Work& work) {
  double least = 1e9;
  for (auto iteration : state) {
    static_cast<void>(iteration);
    const auto start = std::chrono::steady_clock::now();
    work();
    least = std::min(least, seconds_since(start));
  }
  state.counters["least_s"] = least;
  state.counters["ratio"] = least / calibration_seconds();
}

void decode(benchmark::State& state, const std::filesystem::path& file) {
  measure(state, [&] {
    Counter counter;
    io::read_osm_pbf(file, counter);
    benchmark::DoNotOptimize(counter.sum);
  });
}

void read_and_walk(benchmark::State& state, const std::filesystem::path& file) {
  std::size_t nodes = 0;
  std::size_t arcs = 0;
  measure(state, [&] {
    const Loaded<io::RawStreets> streets = io::read_osm_streets(file);
    const StreetGraph graph = network::graph_of(streets.value.network, {});
    nodes = graph.size();
    arcs = graph.arcs.size();
  });
  state.counters["nodes"] = static_cast<double>(nodes);
  state.counters["arcs"] = static_cast<double>(arcs);
}

void graph_only(benchmark::State& state, const std::filesystem::path& file,
                const network::TravelProfile& profile) {
  const Loaded<io::RawStreets> streets = io::read_osm_streets(file);
  measure(state, [&] {
    benchmark::DoNotOptimize(network::graph_of(streets.value.network, profile).arcs.data());
  });
}

}  // namespace

int main(int count, char** arguments) {
  benchmark::Initialize(&count, arguments);
  std::vector<std::filesystem::path> files(arguments + 1, arguments + count);
  const auto grid = std::filesystem::temp_directory_path() / "quartier_bench_grid.osm.pbf";
  if (files.empty()) {
    write_grid(grid);
    files.push_back(grid);
  }
  for (const std::filesystem::path& file : files) {
    const std::string name = file.filename().string();
    const auto add = [&](const std::string& what, const auto& body) {
      benchmark::RegisterBenchmark((name + "/" + what).c_str(), body)
          ->Unit(benchmark::kMillisecond)
          ->UseRealTime();
    };
    add("decode", [file](benchmark::State& state) { decode(state, file); });
    add("read_and_walk", [file](benchmark::State& state) { read_and_walk(state, file); });
    add("walk_graph", [file](benchmark::State& state) { graph_only(state, file, {}); });
    add("drive_graph", [file](benchmark::State& state) {
      graph_only(state, file, {.mode = TravelMode::drive, .unit = CostUnit::second});
    });
  }
  benchmark::RunSpecifiedBenchmarks();
  std::filesystem::remove(grid);
  return 0;
}
