#pragma once
/// Private to study: which per-district columns there are, and their values before the gate.

#include <string_view>
#include <vector>

#include "metrics/registry.h"
#include "study/inputs.h"
#include "study/study.h"

namespace quartier::study {

/// Every column of the study but those of rankings: metrics of every edition, date and group,
/// access at each edition's latest date, counts, indicators.
std::vector<ColumnSpec> catalogue_of(const Study& study);

/// The values of a column of kind metric, count or indicator, before the gate; those of access with
/// hidden counts filled in.
metrics::DistrictValues full_values(const Study& study, const std::vector<EditionWeights>& weights,
                                    const ColumnSpec& spec,
                                    disclosure::Fill fill = disclosure::Fill::middle);

/// The indicator of a column of kind indicator.
const Indicator& indicator_of(const Study& study, const ColumnSpec& spec);

/// Position of a date among those of an edition, and of a service among those of the study.
std::size_t date_position(const StudyEdition& edition, std::string_view date);
std::uint32_t service_position(const Study& study, std::string_view id);

}  // namespace quartier::study
