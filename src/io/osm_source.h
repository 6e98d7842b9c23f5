#pragma once
/// What is in an OpenStreetMap extract, handed on piece by piece, whatever its format. Private to
/// io.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

namespace quartier::io {

struct OsmTag {
  std::string_view key;
  std::string_view value;
};

/// The value of the first tag called `key`; empty where there is none.
std::string_view value_of(std::span<const OsmTag> tags, std::string_view key);

/// Longitude and latitude in whole 1e-7 degrees, the resolution of OpenStreetMap.
struct OsmNode {
  std::int64_t id = 0;
  std::int32_t lon_e7 = 0;
  std::int32_t lat_e7 = 0;
  bool valid = true;  ///< both coordinates are there and on the globe
};

/// Takes what a file holds, in the order of the file; spans and texts live during the call only.
class OsmSink {
 public:
  virtual ~OsmSink() = default;
  virtual void add_node(const OsmNode& node) = 0;
  virtual void add_way(std::int64_t id, std::span<const std::int64_t> nodes,
                       std::span<const OsmTag> tags) = 0;
  virtual void add_relation() = 0;
};

/// Hands everything in `file` (.osm, .pbf, .osm.pbf) to `sink`.
/// @throws InputError where the file is damaged or cut off, is neither format, holds a document
///         type or entities, or breaks the size limits of its format (a PBF blob header of 64 KiB,
///         a blob of 32 MiB)
void read_osm(const std::filesystem::path& file, OsmSink& sink);

/// The same for one format.
void read_osm_xml(const std::filesystem::path& file, OsmSink& sink);
void read_osm_pbf(const std::filesystem::path& file, OsmSink& sink);

}  // namespace quartier::io
