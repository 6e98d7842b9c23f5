#pragma once
/// Private to the viewer: the words of tooltips and cards, and the rows of the ranking table.

#include "viewer/view_model.h"

namespace quartier::viewer {

/// Everything that may be seen of a district. With `short_form` no more than the five largest
/// shares and the group on the map, and no contributions.
DistrictCard card_of(const ViewModel& model, DistrictIndex district, bool short_form);

/// The rows of `model.ranking`, filtered by `model.ranking_filter` (letters of any case in the name
/// or id) and in `model.ranking_order`. The value on the map is ranked from the highest on, ties
/// share a rank.
std::vector<RankRow> ranking_rows(const ViewModel& model);

}  // namespace quartier::viewer
