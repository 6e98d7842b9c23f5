#pragma once
/// Writing streets as an OpenStreetMap extract, for samples, tests and other programs.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "domain/polygons.h"

namespace quartier::io {

/// A way to be written: nodes by position, and tags.
struct OsmWayText {
  std::vector<std::uint32_t> nodes;
  std::vector<std::pair<std::string, std::string>> tags;
};

/// Writes nodes 1, 2, ... and ways 1, 2, ... as .osm.pbf. The same input gives the same bytes.
///
/// @param degrees     longitude and latitude; rounded to 1e-7 degrees
/// @param compressed  false: blobs as they are, for tests of readers
/// @throws InputError where the file cannot be written or a place is off the globe
void write_osm_pbf(const std::filesystem::path& file, std::span<const Point> degrees,
                   std::span<const OsmWayText> ways, bool compressed = true);

}  // namespace quartier::io
