#pragma once
/// The walk network of a folder, and its places on it.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/street_graph.h"
#include "network/components.h"
#include "network/search.h"
#include "oracle/access/folder.h"
#include "oracle/tally.h"

namespace quartier::oracle {

/// Streets on foot, read from the extract, else from the tables of nodes and edges.
struct WalkNetwork {
  StreetGraph graph;  ///< places in degrees, costs in millimetres
  network::Components components;
  bool from_extract = false;
  std::vector<double> osm_ids;              ///< [nodes], of an extract
  std::size_t ways = 0;                     ///< of the extract that may be walked
  std::vector<double> label;                ///< the number that the folder gives each node
  std::map<double, std::uint32_t> node_at;  ///< node by number
};

/// Nothing where the folder has neither an extract nor both tables.
/// @throws InputError
std::optional<WalkNetwork> read_walk_network(const AccessFolder& folder);

/// Places on the largest component, by the nearest node, without the way to it.
network::SnappedPlaces on_streets(const WalkNetwork& network, const std::vector<Point>& places);

/// Compares walk_nodes.csv and walk_edges.csv.
void check_nodes_and_edges(const AccessFolder& folder, const WalkNetwork& network, Tally& tally);

}  // namespace quartier::oracle
