#pragma once
/// Travel along the streets: costs from the districts to the sites of many services at once.

#include <span>
#include <vector>

#include "base/units.h"
#include "domain/street_graph.h"
#include "network/snap.h"

namespace quartier::network {

/// The sites of one kind of service, as the search sees them.
struct SiteSet {
  const SnappedPlaces* places = nullptr;
  std::span<const double> supply;  ///< places offered [site count]; empty: every site offers
};

/// Shortest ways along the streets, one `Impedance` per service:
///
///   t_ij = leg_i + (shortest path between their nodes) + leg_j
///
/// in whole millimetres (sums are exact), walked in either direction (Dijkstra 1959, on a bucket
/// queue after Dial 1969). Reaches are the pairs with t_ij <= cutoff (inclusive, the cutoff rounded
/// down to a millimetre); `nearest` has no cutoff, runs over sites with supply other than 0, and
/// takes the lowest of equally near sites. Searches start from whichever side has fewer nodes:
/// ways are the same in both directions, so the costs are too. Ways over 4,294 km count as
/// unreachable.
///
/// Time: for the reaches, the smaller of (distinct nodes of districts, of sites) times the nodes
/// within the cutoff; for the nearest, once over the graph per service. Memory: the pairs within
/// the cutoff.
///
/// @param origins  the districts, snapped [n]
/// @param cutoff   0 m or more; +inf lists every pair that can be reached
/// @throws InputError for a cutoff that is not a distance
std::vector<Impedance> street_impedances(const StreetGraph& graph, const SnappedPlaces& origins,
                                         std::span<const SiteSet> services, Metres cutoff);

/// The same for one service.
Impedance street_impedance(const StreetGraph& graph, const SnappedPlaces& origins,
                           const SiteSet& service, Metres cutoff);

/// Cost of the shortest path from any of `sources` to every node, without legs.
/// @returns [node count] metres; +inf where none leads there
std::vector<double> street_distances_m(const StreetGraph& graph,
                                       std::span<const std::uint32_t> sources);

}  // namespace quartier::network
