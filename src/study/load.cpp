#include "study/load.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "geo/crs.h"
#include "io/paths.h"
#include "io/study_access_use.h"
#include "study/analysis.h"
#include "study/compute.h"
#include "study/inputs.h"
#include "study/kept_ways.h"
#include "study/load_area.h"
#include "study/load_counts.h"
#include "study/load_means.h"
#include "study/load_services.h"
#include "study/means_words.h"
#include "study/scenario.h"
#include "study/sources.h"
#include "study/street_findings.h"
#include "study/ways.h"

namespace quartier::study {
namespace {

/// The edition that a population or indicator entry belongs to.
StudyEdition& edition_named(Study& study, const std::string& id, const std::string& wanted_by) {
  if (id.empty() && study.editions.size() == 1) return study.editions.front();
  for (StudyEdition& edition : study.editions) {
    if (edition.area.id == id) return edition;
  }
  throw InputError(study.settings.file,
                   id.empty() ? wanted_by + " does not say which districts its ids belong to"
                              : wanted_by + ": there are no [[districts]] '" + id + "'",
                   "write districts = \"ID\" with the id of a [[districts]] table");
}

/// The reference system that the study names, in which everything is measured.
Crs measuring_crs(const io::StudyFile& settings) {
  Crs crs = geo::crs_of_text(settings.crs);
  const geo::CrsProperties properties = geo::crs_properties(crs);
  if (properties.geographic || properties.web_mercator || properties.metres_per_unit != 1.0) {
    throw CrsError(
        settings.file.string() + ": crs = \"" + settings.crs + "\" does not measure in true metres",
        "name a projected system in metres, such as EPSG:25832, or leave the key out");
  }
  return crs;
}

void sort_by_date(StudyEdition& edition) {
  std::sort(edition.counts.begin(), edition.counts.end(),
            [](const CountTable& a, const CountTable& b) { return a.date < b.date; });
  edition.area.dates.clear();
  for (const CountTable& counts : edition.counts) edition.area.dates.push_back(counts.date);
  std::stable_sort(edition.indicators.begin(), edition.indicators.end(),
                   [](const Indicator& a, const Indicator& b) { return a.date < b.date; });
}

void refuse_repeated_dates(const Study& study, const StudyEdition& edition) {
  for (std::size_t d = 1; d < edition.area.dates.size(); ++d) {
    if (edition.area.dates[d] != edition.area.dates[d - 1]) continue;
    throw InputError(study.settings.file, "two population layers give counts of " +
                                              edition.area.dates[d] + " for districts '" +
                                              edition.area.id + "'");
  }
}

/// Names and words that are otherwise read only where a metric asks for them.
void check_words(const Study& study) {
  for (std::uint32_t s = 0; s < study.settings.services.size(); ++s) {
    static_cast<void>(access_settings_of(study, s));
  }
  const std::string& ranking = study.settings.access.ranking;
  if (!ranking.empty()) {
    std::vector<std::string> known;
    for (const StudyEdition& edition : study.editions) {
      for (const Indicator& indicator : edition.indicators) known.push_back(indicator.id);
    }
    if (std::find(known.begin(), known.end(), ranking) == known.end()) {
      const std::string near = nearest_word(ranking, known);
      throw InputError(study.settings.file,
                       "[access] ranking: there is no indicator '" + ranking + "'",
                       near.empty() ? "name the id of an indicator of [[indicators]]"
                                    : "did you mean '" + near + "'?");
    }
  }
  if (study.groups.nodes.empty()) return;
  static_cast<void>(first_group(study));
  static_cast<void>(reference_group(study));
  static_cast<void>(analysed_groups(study));
  for (const io::StudyService& service : study.settings.services) {
    if (service.demand.empty()) continue;
    group_named(study, service.demand, "[[services]] '" + service.id + "' demand");
  }
}

/// Access is that of people: without counts of them there is none, but for maps of what is in
/// reach.
void tell_of_nobody(Study& study) {
  if (study.settings.services.empty() || !study.settings.population.empty()) return;
  Finding finding{.kind = "nobody_counted"};
  finding.file = study.settings.file.filename().string();
  finding.message = "The study has services, but no population: no measure of access is computed";
  finding.way_out = "add [[population]]";
  study.findings.push_back(std::move(finding));
}

}  // namespace

void override_analysis(const AnalysisOverrides& given, io::StudyAnalysis& analysis) {
  const auto take = [](const auto& from, auto& to) {
    if (from) to = *from;
  };
  take(given.permutations, analysis.permutations);
  take(given.seed, analysis.seed);
  take(given.stop_after, analysis.stop_after);
  take(given.correction, analysis.correction);
  take(given.empty_districts, analysis.empty_districts);
  take(given.self_distance, analysis.self_distance);
  take(given.level, analysis.level);
  take(given.environment, analysis.environment);
  take(given.kernel, analysis.kernel);
  if (!given.bandwidths_m.empty()) analysis.bandwidths_m = given.bandwidths_m;
  if (!given.neighbours.empty()) analysis.neighbours = given.neighbours;
}

void override_access(const AccessOverrides& given, io::StudyFile& settings) {
  const auto take = [&](const char* option, const auto& from, auto& to) {
    if (!from) return;
    to = *from;
    settings.options.emplace_back(option);
  };
  take("--mode", given.mode, settings.travel.mode);
  take("--cost", given.cost, settings.travel.cost);
  take("--speed", given.speed_kmh, settings.travel.speed_kmh);
  if (given.wheelchair) settings.travel.wheelchair = true;
  take("--decay", given.decay, settings.access.decay);
  take("--travel-date", given.travel_date, settings.timetable.date);
  take("--window", given.from, settings.timetable.from);
  take("--window", given.until, settings.timetable.until);
  take("--percentile", given.percentile, settings.timetable.percentile);
  take("--origins", given.origins, settings.origins.from);
  for (io::StudyService& service : settings.services) {
    take("--cutoff", given.cutoff, service.cutoff_m);
    take("--cutoff", given.cutoff, service.cutoff_min);
  }
}

Study load(const std::filesystem::path& study_file, const LoadOptions& options,
           Progress& progress) {
  progress.step("Reading the study", 0.0);
  const std::filesystem::path file = io::checked_input_file(study_file.string());
  Study study;
  study.settings = io::read_study_file(file, options.data_folder, options.layer_folders);
  study.settings.data_folder = io::checked_input_folder(study.settings.data_folder.string());
  if (options.contiguity_tolerance_m) {
    for (io::StudyDistricts& districts : study.settings.districts) {
      districts.contiguity_tolerance_m = *options.contiguity_tolerance_m;
    }
  }
  if (options.reference) study.settings.groups.reference = *options.reference;
  override_analysis(options.analysis, study.settings.analysis);
  const io::StudyFile own = study.settings;
  override_access(options.access, study.settings);
  io::check_access(study.settings);
  append(study.findings, io::check_use_of_settings(own, study.settings));
  if (!study.settings.crs.empty()) study.crs = measuring_crs(study.settings);
  SourceFiles sources(study.settings);

  for (const io::StudyDistricts& districts : study.settings.districts) {
    progress.step("Districts: " + districts.label, 0.05);
    const io::LayerDefinition& layer =
        sources.layer(districts.layer, io::LayerKind::districts, "[[districts]]");
    study.editions.push_back(edition_of(read_area_layer(sources, layer, study), districts, study));
    if (!districts.background.empty()) {
      const io::LayerDefinition& background =
          sources.layer(districts.background, io::LayerKind::districts, "background");
      study.editions.back().area.background = load_background(sources, background, study);
    }
  }
  for (const io::StudyPopulation& population : study.settings.population) {
    progress.step("Population: " + population.layer, 0.3);
    load_population(population, sources,
                    edition_named(study, population.districts, "[[population]]"), study);
  }
  tell_of_nobody(study);
  for (StudyEdition& edition : study.editions) sort_by_date(edition);
  for (const StudyEdition& edition : study.editions) refuse_repeated_dates(study, edition);
  for (const io::StudyIndicator& indicator : study.settings.indicators) {
    progress.step("Indicators: " + indicator.layer, 0.4);
    load_indicators(indicator, sources, edition_named(study, indicator.districts, "[[indicators]]"),
                    study);
  }
  for (StudyEdition& edition : study.editions) sort_by_date(edition);
  const double reach_m = street_reach_m(study);
  if (!study.settings.services.empty() || reach_m > 0.0) {
    progress.step("Services", 0.5);
    load_services(sources, study);
    progress.step("Streets", 0.6);
    load_means(sources, study);
    load_origins(sources, study);
    name_travel_parameters(study);
    check_words(study);
    tell_of_streets(study);
    progress.step("Ways to services", 0.7);
    if (!study.services.empty()) {
      find_kept_ways(options.keep_costs, sources, study, progress);
      find_scenario_ways(study, progress);
    }
    if (reach_m > 0.0) find_street_reach(reach_m, study);
  }
  study.sources = sources.sources();
  study.inputs = sources.inputs();
  guard(study);
  return study;
}

Publication published(const std::filesystem::path& study_file, const LoadOptions& options,
                      Progress& progress, const MetricChoice& choice) {
  return published(load(study_file, options, progress), progress, choice);
}

Publication published(Study study, Progress& progress, const MetricChoice& choice) {
  Results results = compute(study, progress, choice);
  progress.step("Disclosure control", 0.95);
  Publication publication(std::move(study), std::move(results));
  progress.step("Ready", 1.0);
  return publication;
}

}  // namespace quartier::study
