#pragma once
/// Private to study: plans that are tried out against today. A plan changes sites, streets or the
/// timetable; the ways are searched again, and every measure of access is computed on both.

#include <string>
#include <vector>

#include "base/progress.h"
#include "domain/street_edits.h"
#include "study/study.h"

namespace quartier::study {

/// The edits of the streets that a plan asks for. Coordinates are in the study's CRS.
StreetEdits street_edits_of(const io::StudyScenario& settings);

/// Services with the plan's changes: sites added, closed (offering nothing), moved and resized. A
/// new site serves on whatever terms are asked for.
/// @throws InputError naming the plan and a service or site that is not there, with the nearest one
ScenarioServices services_with(const Study& study, const io::StudyScenario& settings);

/// Searches the ways of every plan of the study. @throws InputError; Cancelled
void find_scenario_ways(Study& study, Progress& progress);

}  // namespace quartier::study
