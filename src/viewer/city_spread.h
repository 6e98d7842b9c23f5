#pragma once
/// Private to the viewer: the part of the left panel that says how the group on the map is spread
/// over the whole city.

#include "viewer/actions.h"
#include "viewer/view_model.h"

namespace quartier::viewer {

/// The segregation curve and the indices of the group, edition and date on the map; empty where
/// the column on the map has no group.
CitySpread city_spread(const study::Publication& publication, const study::ColumnSpec& spec);

/// Drawn under the legend; nothing where there is nothing to draw.
void spread_panel(const ViewModel& model);

}  // namespace quartier::viewer
