#pragma once
/// Private to study: curves and tables of the whole city for charts, behind the gate.

#include <span>

#include "study/gated.h"

namespace quartier::study {

/// As `Publication::segregation_curves`.
std::vector<SegregationCurve> gated_curves(const Study& study, const Gate& gate,
                                           std::uint32_t edition, std::size_t date,
                                           std::span<const GroupIndex> groups);

/// As `Publication::exposures`.
ExposureTable gated_exposures(const Study& study, const Gate& gate, std::uint32_t edition,
                              std::size_t date);

}  // namespace quartier::study
