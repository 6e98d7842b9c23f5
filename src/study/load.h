#pragma once
/// From a study file to a loaded study: the one road that every command and the window take.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "study/publication.h"
#include "study/study.h"

namespace quartier::study {

struct LoadOptions {
  std::optional<std::filesystem::path> data_folder;  ///< --data: replaces the study's own folder
  std::vector<std::filesystem::path> layer_folders;  ///< where layer definitions are, besides
                                                     ///< the study's own
  std::optional<double> contiguity_tolerance_m;
  std::optional<std::string> reference;  ///< in place of the study's reference group; "rest"
};

/// Reads everything the study names, repairs, reprojects and measures it, joins the tables to the
/// districts, and searches the ways to the services.
/// @throws InputError, CrsError or GeometryError where the study cannot be loaded; Cancelled
Study load(const std::filesystem::path& study_file, const LoadOptions& options, Progress& progress);

/// Loads, computes and publishes. @throws as `load`
Publication published(const std::filesystem::path& study_file, const LoadOptions& options,
                      Progress& progress);

}  // namespace quartier::study
