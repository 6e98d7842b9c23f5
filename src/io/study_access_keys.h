#pragma once
/// Private to io: the tables of a study file about access.

#include "io/study_access.h"
#include "io/toml_section.h"

namespace quartier::io {

StudyService read_service(TomlSection section);
StudyTravel read_travel(TomlSection section);
StudyTimetable read_study_timetable(TomlSection section);
StudyOrigins read_origins(TomlSection section);
StudyAccess read_access(TomlSection section);
StudyScenario read_scenario(TomlSection section);

}  // namespace quartier::io
