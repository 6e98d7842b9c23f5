#pragma once
/// Which settings of access have a use as people travel here: none may do nothing in silence.

#include <vector>

#include "base/finding.h"
#include "io/study_file.h"

namespace quartier::io {

/// Whether ways are counted in minutes with these settings; else in metres.
bool counts_minutes(const StudyFile& study);

/// Compares settings with how people travel.
///
/// Findings: `setting_without_effect` for a key that changes nothing, whether options are put in
/// place or not (a note for tables that wait for another mode); `cutoff_by_default` for a service
/// whose cutoff is in the other unit because an option switched it.
///
/// @param own    as the file says it
/// @param study  the same with the options of the command line in place
/// @throws InputError where a value would be read in another unit than it was written in, or where
///         an option, wheelchair or cost could only be ignored
std::vector<Finding> check_use_of_settings(const StudyFile& own, const StudyFile& study);

}  // namespace quartier::io
