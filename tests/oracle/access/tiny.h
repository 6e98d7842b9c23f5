#pragma once
/// Parts of tiny.json that are about networks. Private to the program.

#include "oracle/access/json.h"
#include "oracle/tally.h"

namespace quartier::oracle {

/// edges_undirected, n, sources; dist, nearest_from_sources_A_and_B, within_cutoff_C_from_A.
void check_tiny_network(const Json& network, Tally& tally);
/// sample_s; pP for any percentage P.
void check_tiny_percentiles(const Json& percentiles, Tally& tally);

}  // namespace quartier::oracle
