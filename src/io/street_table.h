#pragma once
/// Streets from a table of nodes and a table of edges.

#include <span>
#include <string>
#include <vector>

#include "base/finding.h"
#include "domain/street_network.h"
#include "io/layer_definition.h"
#include "io/table.h"

namespace quartier::io {

/// Streets as read, in the coordinates of the file.
struct RawStreets {
  std::string layer;
  std::string crs;
  StreetNetwork network;
  std::vector<Ledger> ledgers;  ///< nodes, then edges or ways
};

/// Reads the files (parts `nodes` and `edges`) of a streets layer of format csv. Edges that name a
/// node that is not there are rejected; an edge shorter than the straight line between its nodes
/// (by more than 1 m and 1 %) is used and told. Columns of direction, speed and access are read
/// where the layer names them; without them every segment serves everyone both ways.
/// @throws InputError for unreadable files and columns that are not there
Loaded<RawStreets> read_street_tables(const LayerDefinition& layer,
                                      std::span<const LayerFile> files);

/// The same from tables in memory; for vector layers, whose features come as rows.
Loaded<RawStreets> streets_of_tables(const LayerDefinition& layer, const RawTable& nodes,
                                     const RawTable& edges);

/// The columns of the edges that `layer` names, each once.
std::vector<std::string> edge_columns(const StreetsLayout& layout);

}  // namespace quartier::io
