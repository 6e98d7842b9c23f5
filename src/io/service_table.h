#pragma once
/// Services from tables: rows of facilities to sites of each kind, in the file's own coordinates.

#include <span>
#include <string>
#include <vector>

#include "base/finding.h"
#include "domain/services.h"
#include "io/layer_definition.h"
#include "io/table.h"

namespace quartier::io {

/// The kinds of service of one layer. Places are in `crs`, not yet reprojected.
struct RawServices {
  std::string layer;
  std::string crs;              ///< "EPSG:25831"
  std::vector<Services> kinds;  ///< in the order of the definition
  std::vector<Ledger> ledgers;
};

/// Reads the files of a services layer of format csv.
/// @throws InputError for unreadable files and columns that are not there
Loaded<RawServices> read_service_tables(const LayerDefinition& layer,
                                        std::span<const LayerFile> files);

/// The same from a table in memory; for vector layers, whose features come with their coordinates
/// as text in the columns that `layer.services.x` and `y` name.
Loaded<RawServices> services_of_table(const LayerDefinition& layer, const RawTable& table);

}  // namespace quartier::io
