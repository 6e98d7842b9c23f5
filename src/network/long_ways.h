#pragma once
/// Whether a hierarchy of shortcuts pays for tables of ways that are about to be searched.

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/progress.h"
#include "domain/street_graph.h"
#include "network/search.h"
#include "network/snap.h"

namespace quartier::network {

/// A table of ways to be found, as `street_costs` is asked for it.
struct WayTable {
  const SnappedPlaces* origins = nullptr;
  const SnappedPlaces* sites = nullptr;
  std::uint32_t limit = 0;  ///< whole units
};

/// What bounded searches would do for some tables.
struct SearchWork {
  std::size_t searches = 0;  ///< one for each distinct node, on the side of a table with fewer
  double settled = 0.0;      ///< nodes that they settle together
};

/// Where a hierarchy pays, in searches of the whole graph. Preparing it takes as long as about 250
/// of them on the network of the formula by car, 170 on the streets of Porto Alegre; reading tables
/// from it afterwards takes next to nothing.
inline constexpr double searches_per_hierarchy = 300.0;

/// Counts the searches of the tables, and judges by up to eight of each, spread over its places,
/// how many nodes they settle; those eight are not run where even searches of the whole graph would
/// not pay for a hierarchy (`settled` is then 0). A function of the graph and the places alone.
SearchWork search_work(const SearchableStreets& streets, std::span<const WayTable> tables);

/// Whether reading the tables from a hierarchy, its preparation included, takes less time than the
/// searches: settled > 300 · node count.
bool hierarchy_pays(const SearchWork& work, std::size_t node_count);

/// Prepares a hierarchy for `streets` up to the farthest limit of the tables where that pays, and
/// hands it to them; tells `progress` so. Where the graph turns out to be no street network, with
/// far more shortcuts than streets, it is dropped. Tables are the same either way.
/// @param graph  that of `streets`
/// @returns whether tables are read from a hierarchy from now on
/// @throws Cancelled where the user asked to stop
bool prepare_long_ways(const StreetGraph& graph, std::span<const WayTable> tables,
                       SearchableStreets& streets, Progress& progress);

}  // namespace quartier::network
