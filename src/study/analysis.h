#pragma once
/// Private to study: the words of [analysis] and of the command line as settings of metrics.

#include <vector>

#include "metrics/access_settings.h"
#include "metrics/conventions.h"
#include "metrics/environment.h"
#include "study/study.h"

namespace quartier::study {

/// @throws InputError for a word that is none of those a setting takes
metrics::Conventions conventions_of(const Study& study);

/// The environments that the study asks for, one per size, smallest first. Those along the streets
/// read `reach`. @throws InputError for unknown words and sizes that cannot be
std::vector<metrics::EnvironmentSpec> environments_of(const Study& study,
                                                      const metrics::StreetReach* reach);

/// The centres that the study names; empty: none. @throws InputError for an unknown id
std::vector<DistrictIndex> centres_of(const Study& study, const StudyEdition& edition);

/// How far environments along the streets reach; 0 where the study asks for none.
/// @throws InputError where it has no streets
double street_reach_m(const Study& study);

/// Position of the parent level that decompositions use: the one named, else the nearest; no_index
/// where the edition has none. @throws InputError where the level named does not exist
std::uint32_t level_of(const Study& study, const StudyEdition& edition);

/// What measures of access of a service are computed with, in the unit of the ways.
/// @throws InputError where [access] names a decay that does not exist
metrics::AccessSettings access_settings_of(const Study& study, std::uint32_t service);

}  // namespace quartier::study
