#pragma once
/// OpenStreetMap extracts (.osm, .osm.pbf): what is in them, and what is wrong with them.

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/finding.h"

namespace quartier::io {

struct OsmSummary {
  std::uint64_t nodes = 0;
  std::uint64_t ways = 0;
  std::uint64_t relations = 0;
  std::uint64_t street_ways = 0;          ///< ways with a `highway` tag
  std::uint64_t dangling_references = 0;  ///< nodes named by ways but not in the file
  Ledger node_ledger;
  Ledger way_ledger;  ///< ways with fewer than two nodes in the file are excluded
};

/// Reads the whole extract and counts. Nodes outside longitude ±180 and latitude ±90 are rejected,
/// references to nodes that are not there are counted (every clipped extract has some).
///
/// @param file      from checked_input_file
/// @param shown_as  file name for findings; empty: the name of the file
/// @throws InputError where the file is damaged, is neither format, holds a document type or
///         entities, or breaks the size limits of its format (a PBF blob header of 64 KiB, a blob
///         of 32 MiB)
Loaded<OsmSummary> check_osm(const std::filesystem::path& file, const std::string& shown_as = {});

}  // namespace quartier::io
