#pragma once
/// Coordinate reference systems: from a code or a WKT text to a definition, and what it can be
/// used for. Nothing here reads a file that a text names, or the network.

#include <string>
#include <string_view>

#include "base/finding.h"
#include "domain/districts.h"
#include "domain/polygons.h"
#include "geo/shapes.h"

namespace quartier::geo {

/// The reference system with this EPSG code. Its name is "EPSG:<code>".
/// @throws CrsError where there is none, or where it is neither geographic nor projected
Crs crs_of_epsg(int code);

/// The reference system that `text` defines: "EPSG:25831" (also "epsg:25831",
/// "urn:ogc:def:crs:EPSG::25831", "urn:ogc:def:crs:OGC:1.3:CRS84") or WKT of any dialect, as a
/// .prj file or a layer holds it. A WKT that names no code is looked up (`proj_identify`) and
/// replaced by the EPSG definition it equals; where it equals none it is used as it is.
/// @throws CrsError for all else: addresses, file names, PROJ strings, WKT that names grid files,
/// unknown codes, systems without a horizontal position on Earth
Crs crs_of_text(std::string_view text);

/// What a reference system is, with its axes in the order east, north.
struct CrsProperties {
  bool geographic = false;       ///< coordinates are degrees of longitude and latitude
  bool web_mercator = false;     ///< projected for the screen: lengths and areas are far off
  double metres_per_unit = 1.0;  ///< of a projected system; 0 for a geographic one
  std::string label;             ///< "ETRS89 / UTM zone 31N"
  Box area_degrees;              ///< where it is meant to be used; empty where unknown
  Box bounds;                    ///< the same in its own coordinates; empty where unknown
};
/// @throws CrsError where `crs` is not known
CrsProperties crs_properties(const Crs& crs);

/// True where both place the same coordinates on the same spot (axis order aside).
bool same_crs(const Crs& a, const Crs& b);

/// A projected system in metres for an area: UTM, of ETRS89 in Europe (EPSG:25828 to 25838), of
/// WGS 84 elsewhere (EPSG:326zz, 327zz), with the wide zones of Norway and Svalbard; polar
/// stereographic beyond 84 N and 80 S. The zone is that of the middle of the box.
/// @param area degrees of longitude and latitude
/// @throws CrsError where the box is empty or leaves the globe
Crs projected_crs_for(Box area);

/// The system to measure a layer in: its own where that is projected, in metres and true to scale,
/// otherwise the one of `projected_crs_for`, with a note that says so.
/// @throws CrsError where the layer has no coordinates to choose by
Loaded<Crs> study_crs_for(const RawShapes& layer, const Origin& origin);

}  // namespace quartier::geo
