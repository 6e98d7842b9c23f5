#pragma once
/// Private to study: ways that an earlier run has kept, in place of a search.

#include <filesystem>
#include <optional>
#include <string>

#include "base/progress.h"
#include "study/sources.h"
#include "study/study.h"

namespace quartier::study {

/// What the ways of today depend on, as 64 hexadecimal digits: the SHA-256 over the files and layer
/// definitions of streets, timetable and elevation, every setting of the search, and where origins
/// and sites are and which sites serve.
std::string key_of_ways(SourceFiles& sources, const Study& study);

/// Finds the ways of today, from every origin to every service and to the districts: those kept in
/// `folder` under their key, else searched, and kept there. A file that is damaged, or answers
/// another search, is never used: it is told as `costs_refused` and written anew. Without a folder:
/// searched.
/// @throws InputError where the folder cannot be made or written; as `find_ways`
void find_kept_ways(const std::optional<std::filesystem::path>& folder, SourceFiles& sources,
                    Study& study, Progress& progress);

}  // namespace quartier::study
