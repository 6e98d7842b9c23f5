#pragma once
/// Private to study: the words of [analysis] and of the command line as settings of metrics.

#include <string>

#include "metrics/conventions.h"
#include "study/study.h"

namespace quartier::study {

/// @throws InputError for a word that is none of those a setting takes
metrics::Conventions conventions_of(const Study& study);

/// Position of the parent level that decompositions use: the one named, else the nearest; no_index
/// where the edition has none. @throws InputError where the level named does not exist
std::uint32_t level_of(const Study& study, const StudyEdition& edition);

}  // namespace quartier::study
