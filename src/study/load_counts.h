#pragma once
/// Private to study: population counts and indicators, joined to the districts of an edition.

#include "domain/groups.h"
#include "io/counts_reader.h"
#include "io/study_file.h"
#include "study/join.h"
#include "study/sources.h"
#include "study/study.h"

namespace quartier::study {

/// Reads one population layer and adds its dates to the edition. The first layer gives the study
/// its tree of groups; every other one must bring the same.
/// @throws InputError where the trees differ, or no row matches a district
void load_population(const io::StudyPopulation& settings, SourceFiles& sources,
                     StudyEdition& edition, Study& study);

/// Joins the dates of a table of counts to the edition's districts and adds them with their
/// ledgers; no links, all dates. @throws InputError where no row matches a district
void add_counts_of(const io::RawCounts& counts, const std::string& file, StudyEdition& edition,
                   Study& study);

/// Reads indicators and adds them to the edition.
/// @throws InputError where the layer does not have an indicator that the study names
void load_indicators(const io::StudyIndicator& settings, SourceFiles& sources,
                     StudyEdition& edition, Study& study);

}  // namespace quartier::study
