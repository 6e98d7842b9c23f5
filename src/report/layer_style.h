#pragma once
/// Map styles for other programs, from the classes of a map: QGIS (QML) and OGC SLD, as text that
/// travels in a GeoPackage.

#include <string>
#include <vector>

#include "carto/choropleth.h"
#include "carto/classify.h"
#include "carto/legend.h"

namespace quartier::report {

/// What a layer is styled by.
struct LayerStyle {
  std::string name;          ///< of the style
  std::string value_field;   ///< numeric attribute; NULL where there is nothing to show
  std::string status_field;  ///< text attribute; "suppressed" where hidden; empty: none
  carto::Breaks breaks;
  carto::Legend legend;  ///< its entries are the classes of `breaks`, lowest first
};

/// A style file as QGIS 3.22 and later read it: rules in the order of the legend, then no data and
/// suppressed (hatched), so that the layer panel shows the legend of the map. The first class also
/// takes values below its edges and the last those above, as `carto::Breaks` does.
/// @throws std::logic_error where legend and breaks differ in their number of classes
std::string layer_qml(const LayerStyle& style);

/// The same as OGC SLD 1.0.0 with rules, for GeoServer, MapServer and others.
/// @throws as layer_qml
std::string layer_sld(const LayerStyle& style);

}  // namespace quartier::report
