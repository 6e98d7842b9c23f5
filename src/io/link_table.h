#pragma once
/// Links from old district ids to new ones, for units that stayed the same.

#include <span>
#include <string>
#include <vector>

#include "base/finding.h"
#include "io/layer_definition.h"

namespace quartier::io {

struct DistrictLink {
  std::string level;  ///< "plr"; empty where the table has none
  std::string from;
  std::string to;
};

struct DistrictLinks {
  std::vector<DistrictLink> links;  ///< one to one within a level, in the order of the file
  std::vector<Ledger> ledgers;
};

/// Reads a layer of kind `links`. An id that is linked more than once, on either side, is
/// ambiguous: its rows are left out with a finding, unless the definition says which of them is
/// right.
/// @throws InputError for unreadable files and columns that are not there
Loaded<DistrictLinks> read_links(const LayerDefinition& layer, std::span<const LayerFile> files);

}  // namespace quartier::io
