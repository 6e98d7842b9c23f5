#pragma once
/// Maps of what is within reach: small pictures inside the report's page, and the style of the
/// layer in other programs.

#include <span>
#include <string>

#include "domain/districts.h"
#include "study/output.h"
#include "study/publication.h"

namespace quartier::report {

/// A figure with a map of one service as inline SVG: the districts in light grey, what is within
/// the cutoff in one calm colour, what is within parts of it darker, the sites as dots; a key, a
/// scale bar, and a caption that says which share of the residents lives within and how large the
/// area is. A share that is hidden is not spoken of. The map shows the districts; ground beyond
/// them is cut off. Vertices are brought to half a pixel and those that lines can do without are
/// dropped (Douglas & Peucker 1973), so that the figure stays small.
/// @param isochrones  of one service, those of larger cutoffs anywhere in the order
/// @returns nothing where there are none, or no district has a shape
std::string isochrone_figure(const Districts& districts, const study::ServicePoints& sites,
                             std::span<const study::Isochrone> isochrones);

/// How other programs draw the layer `isochrones`, by its field `part`: the same two colours, so
/// that the ground below shows through.
study::LayerStyleText isochrone_style();

}  // namespace quartier::report
