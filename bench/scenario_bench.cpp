// A plan tried out on a real city: one street closed, or one site added, and everything of access
// computed again. Workload of docs/performance.md: bench_scenario STUDY.toml DATA_FOLDER, with
// data/studies/barcelona.toml.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/progress.h"
#include "calibration.h"
#include "study/compute.h"
#include "study/load.h"
#include "study/scenario.h"
#include "study/study.h"
#include "study/ways.h"

namespace {

using namespace quartier;

std::string study_file;
std::string data_folder;

study::Study& city() {
  static study::Study loaded = [] {
    Progress progress;
    study::LoadOptions options;
    options.data_folder = data_folder;
    options.layer_folders = {QUARTIER_LAYERS};
    study::Study study = study::load(study_file, options, progress);
    study.settings.scenarios.clear();
    study.scenarios.clear();
    for (study::StudyEdition& edition : study.editions) edition.scenario_impedance.clear();
    return study;
  }();
  return loaded;
}

io::StudyScenario closing() {
  io::StudyScenario scenario;
  scenario.id = "closing";
  scenario.streets.push_back(
      {io::StudyStreetChange::Kind::close, {}, {{430400, 4581900}, {430450, 4581950}}});
  return scenario;
}

io::StudyScenario adding() {
  io::StudyScenario scenario;
  scenario.id = "adding";
  io::StudySiteChange site;
  site.service = city().services.front().id;
  site.x = 431206;
  site.y = 4590320;
  scenario.sites.push_back(site);
  return scenario;
}

/// Ways, then today's measures of access of every group and service as the plan would have them.
void refresh(benchmark::State& state, const io::StudyScenario& scenario) {
  study::Study& study = city();
  study.settings.scenarios = {scenario};
  Progress progress;
  double least_ways = 1e9;
  double least_all = 1e9;
  std::size_t rows = 0;
  const std::vector<std::vector<double>> today = study.offered;
  for (auto _ : state) {
    study.offered = today;
    const auto start = std::chrono::steady_clock::now();
    study.scenarios.clear();
    for (study::StudyEdition& edition : study.editions) edition.scenario_impedance.clear();
    study::find_scenario_ways(study, progress);
    least_ways = std::min(least_ways, bench::seconds_since(start));
    // The plan takes the place of today, so that every row is computed once.
    study::Study& planned = city();
    planned.offered = planned.scenarios.front().offered;
    for (study::StudyEdition& edition : planned.editions) {
      edition.impedance = edition.scenario_impedance.front();
    }
    study::MetricChoice choice;
    choice.only_access = true;
    choice.metrics = {"access_mean", "access_gap",         "access_share_within", "places_mean",
                      "places_gap",  "opportunities_mean", "places_gini"};
    const study::Results results = study::compute(study, progress, choice);
    rows = results.access.size();
    least_all = std::min(least_all, bench::seconds_since(start));
  }
  study.offered = today;
  state.SetLabel(
      fmt::format("ways {:.1f} ms, with {} rows {:.1f} ms, calibration {:.1f} ms, "
                  "ratio {:.2f}",
                  1e3 * least_ways, rows, 1e3 * least_all, 1e3 * bench::calibration_seconds(),
                  least_all / bench::calibration_seconds()));
}

void street_closed(benchmark::State& state) { refresh(state, closing()); }
void site_added(benchmark::State& state) { refresh(state, adding()); }
BENCHMARK(street_closed)->Unit(benchmark::kMillisecond)->Iterations(20);
BENCHMARK(site_added)->Unit(benchmark::kMillisecond)->Iterations(20);

}  // namespace

int main(int count, char** words) {
  benchmark::Initialize(&count, words);
  if (count != 3) {
    fmt::print(stderr, "bench_scenario STUDY.toml DATA_FOLDER\n");
    return 2;
  }
  study_file = words[1];
  data_folder = words[2];
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
