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
enum class FileKind : std::uint8_t { study, table, vector, archive, streets };

/// The kind of a file. Content that contradicts the extension is refused, and so are kinds that
/// this program does not read (KML, GML, VRT, rasters, JSON studies), each with what to do instead.
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

/// Checks an archive: unpacked under the limits of zip_reader.h, then every vector file inside.
Loaded<FileSummary> check_archive(const std::filesystem::path& file,
                                  const VectorRequest& request = {});

/// Checks an OpenStreetMap extract as streets.
Loaded<FileSummary> check_streets_file(const std::filesystem::path& file);

}  // namespace quartier::io
