#pragma once
/// Whether the files of a Shapefile agree with each other, told before GDAL reads them: GDAL stops
/// silently at the shorter of shapes and attributes and trusts lengths inside records. Private to
/// io.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace quartier::io {

/// What the files say, after ESRI's "Shapefile Technical Description" (1998) and the dBASE header.
struct ShapefileParts {
  std::uint32_t record_count = 0;
  std::vector<bool> damaged;  ///< [record_count] the index and the record contradict each other
  std::vector<bool> deleted;  ///< [record_count] marked so in the attribute table
  std::string encoding;       ///< of .cpg, else of the table's language byte; empty: not said
};

/// @throws InputError where .shx or .dbf are missing, a header is damaged, shapes and attribute
/// rows
///         differ in number, the table claims more rows than it has room for, or a part is a link
///         to another folder
ShapefileParts checked_shapefile(const std::filesystem::path& file);

}  // namespace quartier::io
