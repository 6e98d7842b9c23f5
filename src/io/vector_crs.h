#pragma once
/// Coordinate reference systems from what files and studies say.

#include <string_view>

#include "domain/districts.h"

namespace quartier::io {

/// The CRS of "EPSG:25833", "urn:ogc:def:crs:EPSG::25833", "CRS84" in its usual spellings
/// (longitude, latitude; given the name EPSG:4326), or of a definition in WKT. Nothing else is
/// understood: file names, URLs and PROJ strings are refused, so that no text can reach a file or
/// the network.
///
/// Whatever axis order a CRS declares, coordinates in this program are x (east or longitude) before
/// y (north or latitude).
///
/// @throws CrsError where the text is none of these, or the code is unknown
Crs crs_from_text(std::string_view text);

/// The CRS of an EPSG code. @throws CrsError where there is none
Crs crs_from_epsg(int code);

/// True where coordinates are longitude and latitude rather than metres.
/// @throws CrsError where the definition cannot be read
bool is_geographic(const Crs& crs);

}  // namespace quartier::io
