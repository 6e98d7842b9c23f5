#pragma once
/// What `quartier check FILE` can tell of a single file: its kind, what is in it, what is wrong.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/finding.h"
#include "io/vector_reader.h"

namespace quartier::io {

/// What a file is, by its extension and its first bytes.
enum class FileKind : std::uint8_t { study, table, vector, archive, streets, feed, elevation };

/// The kind of a file. Content that contradicts the extension is refused, and so are kinds that
/// this program does not read (KML, GML, VRT, JSON studies), each with what to do instead.
/// @param file  from checked_input_file
/// @throws InputError
FileKind file_kind(const std::filesystem::path& file);

/// What was found in one file.
struct FileSummary {
  FileKind kind = FileKind::vector;
  struct Layer {
    std::string name;
    std::string crs;
    std::string id_field;
    std::uint64_t without_geometry = 0;
    std::vector<std::string> fields;
  };
  std::vector<Layer> layers;
  std::vector<Ledger> ledgers;
};

/// Checks a vector file as districts: every layer with geometry is read, all its number fields are
/// read as numbers. A layer that cannot be used is a finding (kind `unusable_layer`), so that
/// the others are still checked. What needs geometry (repairs, bounds, overlaps) is not seen here.
/// @throws InputError where the file as a whole cannot be read
Loaded<FileSummary> check_vector_file(const std::filesystem::path& file,
                                      const VectorRequest& request = {});

/// Checks an archive: unpacked under the limits of zip_reader.h, then as a GTFS feed where it holds
/// the tables of one, else every vector file inside.
Loaded<FileSummary> check_archive(const std::filesystem::path& file,
                                  const VectorRequest& request = {});

/// Checks an OpenStreetMap extract as streets.
Loaded<FileSummary> check_streets_file(const std::filesystem::path& file);

/// Checks a GTFS feed, zip archive or folder: every trip once, whatever its days. What it holds and
/// which days it covers is a finding of kind `timetable_read`.
/// @throws InputError as read_whole_timetable
Loaded<FileSummary> check_feed(const std::filesystem::path& feed);

/// Checks a GeoTIFF as elevation. Its size, reference system and range of heights are a finding of
/// kind `elevation_read`; the ledger counts cells, those without a height as excluded.
/// @throws InputError, CrsError as ElevationRaster
Loaded<FileSummary> check_elevation_file(const std::filesystem::path& file);

}  // namespace quartier::io
