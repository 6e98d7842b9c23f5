#pragma once
/// Inequality of access over people: from the name of a measure to the engine's function.

#include <span>
#include <string>

#include "oracle/access/folder.h"

namespace quartier::oracle {

/// gini, palma_RANKING, conc_index_{standard,corrected}_RANKING, theil_t,
/// theil_CATEGORY_{between_group,within_group,total}, FGTk_lineZ. Rankings and categories are
/// columns of the places; strokes in their names and "per capita" for "pc" make no difference.
/// @throws Uncovered where the name or the column is not known
double inequality_of(const std::string& name, const Places& places, std::span<const double> access);

}  // namespace quartier::oracle
