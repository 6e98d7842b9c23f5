#pragma once
/// Streets from OpenStreetMap extracts (.osm, .osm.pbf).

#include <filesystem>
#include <span>
#include <string>

#include "base/finding.h"
#include "io/street_table.h"

namespace quartier::io {

/// Reads every way that people may walk, ride or drive along; docs/streets.md says the rules of
/// access, direction and speed.
///
/// Nodes are those of such ways, ascending by id, in degrees (EPSG:4326, longitude first); every
/// two consecutive nodes of a way that are both in the file make a segment, in the order of the
/// file. Its length is the great circle distance (haversine, R = 6,371,008.8 m) in whole
/// millimetres, half up, at least 1. Of nodes with one id the first is used. Names are those of tag
/// `name`, sources the ids of ways.
///
/// Findings: references to nodes outside the file (every clipped extract has some), nodes off the
/// globe or repeated, speeds that tell none. The answer does not depend on the number of threads.
///
/// @param file      from checked_input_file
/// @param shown_as  file name for findings; empty: the name of the file
/// @throws InputError as check_osm
Loaded<RawStreets> read_osm_streets(const std::filesystem::path& file,
                                    const std::string& shown_as = {});

/// The same for the one file of a streets layer of format osm, with the notices of the layer.
/// @throws InputError as above, and where the layer matches several files
Loaded<RawStreets> read_street_extract(const LayerDefinition& layer,
                                       std::span<const LayerFile> files);

}  // namespace quartier::io
