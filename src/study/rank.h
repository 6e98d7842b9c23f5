#pragma once
/// Private to study: a priority profile of the study file, resolved to columns and ranked.

#include "study/columns.h"
#include "study/compute.h"

namespace quartier::study {

/// @throws InputError where an item names a column, group or service that does not exist, or lets
///         composition in without a written reason
StudyRanking ranked(const Study& study, const std::vector<EditionWeights>& weights,
                    const io::StudyProfile& profile);

}  // namespace quartier::study
