/// How long it takes to read timetables for 13 May 2019: the feeds that the command line names
/// (bench_gtfs poa_eptc.zip poa_trensurb.zip), and a made city of 100,000 trips with 50 calls
/// each (5 million rows, 200 MB of text in a folder), two thirds of which run. `ratio` is how many
/// times the calibration loop of this machine it takes; `rows_per_s` are those of stop_times.txt.
/// The floor is reading the bytes once and looking at each: some 1 GB/s a core.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/random.h"
#include "calibration.h"
#include "io/gtfs_reader.h"

namespace {

using namespace quartier;
using bench::calibration_seconds;
using bench::seconds_since;

constexpr std::uint32_t stop_count = 5000;
constexpr std::uint32_t trip_count = 100'000;
constexpr std::uint32_t calls_per_trip = 50;

double peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void run(benchmark::State& state, const std::vector<io::GtfsFeed>& feeds) {
  double rows = 0.0;
  double calls = 0.0;
  const auto start = std::chrono::steady_clock::now();
  for (auto iteration : state) {
    static_cast<void>(iteration);
    const Loaded<io::RawTimetable> read = io::read_timetable(feeds, "2019-05-13");
    calls = static_cast<double>(read.value.timetable.calls.size());
    rows = 0.0;
    for (const Ledger& ledger : read.value.ledgers) {
      if (ledger.file.ends_with("stop_times.txt")) rows += static_cast<double>(ledger.read);
    }
  }
  const double seconds = seconds_since(start) / static_cast<double>(state.iterations());
  state.counters["ratio"] = seconds / calibration_seconds();
  state.counters["rows_per_s"] = rows / seconds;
  state.counters["calls"] = calls;
  state.counters["peak_MB"] = peak_mb();
}

std::vector<io::GtfsFeed> named_feeds;

void feeds_named(benchmark::State& state) { run(state, named_feeds); }

std::string clock_text(std::uint32_t seconds) {
  const auto two = [](std::uint32_t value) {
    return std::string(value < 10 ? "0" : "") + std::to_string(value);
  };
  return two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
}

void write_city(const std::filesystem::path& folder) {
  std::ofstream stops(folder / "stops.txt");
  stops << "stop_id,stop_name,stop_lat,stop_lon\n";
  for (std::uint32_t s = 0; s < stop_count; ++s) {
    stops << 's' << s << ",Stop " << s << ',' << 52.0 + 0.001 * (s % 71) << ','
          << 13.0 + 0.001 * (s / 71) << '\n';
  }
  std::ofstream(folder / "routes.txt") << "route_id,route_type\nr,3\n";
  std::ofstream(folder / "calendar.txt")
      << "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
         "work,1,1,1,1,1,0,0,20190101,20191231\nrest,0,0,0,0,0,1,1,20190101,20191231\n";
  std::ofstream trips(folder / "trips.txt");
  std::ofstream times(folder / "stop_times.txt");
  trips << "route_id,service_id,trip_id\n";
  times << "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\n";
  RandomStream random(11);
  for (std::uint32_t t = 0; t < trip_count; ++t) {
    trips << "r," << (t % 3 == 0 ? "rest" : "work") << ",trip" << t << '\n';
    const std::uint32_t start = 4 * 3600 + random.below(22 * 3600);
    const std::uint32_t first = random.below(stop_count - calls_per_trip);
    for (std::uint32_t k = 0; k < calls_per_trip; ++k) {
      const std::string clock = clock_text(start + 90 * k);
      times << "trip" << t << ',' << clock << ',' << clock << ",s" << first + k << ',' << k + 1
            << ",0,0\n";
    }
  }
}

void made_city(benchmark::State& state) {
  std::string folder = (std::filesystem::temp_directory_path() / "quartier-gtfs-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) {
    state.SkipWithError("no temporary folder");
    return;
  }
  write_city(folder);
  run(state, {{folder}});
  std::filesystem::remove_all(folder);
}

BENCHMARK(made_city)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  for (int i = 1; i < argc; ++i) named_feeds.push_back({argv[i]});
  if (!named_feeds.empty()) {
    benchmark::RegisterBenchmark("feeds_named", feeds_named)
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
