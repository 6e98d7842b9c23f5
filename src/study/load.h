#pragma once
/// From a study file to a loaded study: the one road that every command and the window take.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "study/choice.h"
#include "study/publication.h"
#include "study/study.h"

namespace quartier::study {

/// Settings of [analysis] that the command line gives in place of the study's own.
struct AnalysisOverrides {
  std::optional<std::uint32_t> permutations;
  std::optional<std::uint64_t> seed;
  std::optional<std::uint32_t> stop_after;
  std::optional<std::string> correction;
  std::optional<std::string> empty_districts;
  std::optional<std::string> self_distance;
  std::optional<std::string> level;
  std::optional<std::string> environment;
  std::optional<std::string> kernel;
  std::vector<double> bandwidths_m;  ///< empty: the study's own
  std::vector<double> neighbours;    ///< empty: the study's own
};

/// Settings of [travel], [timetable], [access] and the services that the command line gives in
/// place of the study's own.
struct AccessOverrides {
  std::optional<std::string> mode;
  std::optional<std::string> cost;
  std::optional<double> speed_kmh;
  bool wheelchair = false;
  std::optional<double> cutoff;  ///< of every service, in metres or minutes as ways are counted
  std::optional<std::string> decay;
  std::optional<std::string> travel_date;
  std::optional<std::string> from;  ///< of the window of departures
  std::optional<std::string> until;
  std::optional<double> percentile;
  std::optional<std::string> origins;
};

/// Puts what is given in place of the study's own.
void override_analysis(const AnalysisOverrides& given, io::StudyAnalysis& analysis);
void override_access(const AccessOverrides& given, io::StudyFile& settings);

struct LoadOptions {
  std::optional<std::filesystem::path> data_folder;  ///< --data: replaces the study's own folder
  std::vector<std::filesystem::path> layer_folders;  ///< where layer definitions are, besides
                                                     ///< the study's own
  std::optional<double> contiguity_tolerance_m;
  std::optional<std::string> reference;  ///< in place of the study's reference group; "rest"
  AnalysisOverrides analysis;
  AccessOverrides access;
  std::optional<std::filesystem::path> keep_costs;  ///< folder of saved ways; absent: none are kept
};

/// Reads everything the study names, repairs, reprojects and measures it, joins the tables to the
/// districts, and searches the ways to the services.
/// @throws InputError, CrsError or GeometryError where the study cannot be loaded; Cancelled
Study load(const std::filesystem::path& study_file, const LoadOptions& options, Progress& progress);

/// Loads, computes and publishes what `choice` names. @throws as `load`
Publication published(const std::filesystem::path& study_file, const LoadOptions& options,
                      Progress& progress, const MetricChoice& choice = {});

/// Computes and publishes a study that is loaded.
Publication published(Study study, Progress& progress, const MetricChoice& choice = {});

}  // namespace quartier::study
