#pragma once
/// Reached streets: the parts of the streets from which a site is within a limit, as straight
/// pieces. What isochrones are drawn from.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "domain/street_graph.h"
#include "network/search.h"
#include "network/snap.h"

namespace quartier::network {

/// Cost of the cheapest way from every node to any of the sites, the site's leg included, travelled
/// towards the sites; `no_cost` where none leads there. One search serves every limit. For the
/// reach of each site by itself, give one site at a time.
/// @param sites    snapped to the same graph; those that entered nowhere are passed over
/// @param offered  places offered [site count]: sites with 0 do not serve; empty: every site does
/// @returns [node count] whole units of the graph
std::vector<std::uint32_t> costs_to_sites(const SearchableStreets& streets,
                                          const SnappedPlaces& sites,
                                          std::span<const double> offered = {});

/// Pieces of street segments, from end to end.
struct ReachedStreets {
  std::vector<Point> ends;       ///< [2 · piece count] the two ends of each piece
  std::vector<double> length_m;  ///< [piece count]
  std::size_t whole_count = 0;   ///< pieces that are whole segments
  double total_m = 0.0;          ///< sum of the lengths, in order of the pieces

  [[nodiscard]] std::size_t size() const { return length_m.size(); }
};

/// The parts of the segments within `limit`. With c_v the cost from node v to the nearest site, a
/// place on the segment between a and b, at the share s of its cost from a, is within the limit
/// where
///
///   c_a + s · cost(b → a) <= limit   or   c_b + (1 − s) · cost(a → b) <= limit
///
/// Its two parts, from a and from b, are joined to a whole segment where they meet. A segment that
/// is one-way is reached from its end only: who stands on it cannot turn back. A part grows evenly
/// along the straight line between the nodes, whatever the slope.
///
/// Its length is that share of the segment's length where the graph counts lengths, else of the
/// straight line. Legs of those who set out are not in it. A larger limit never gives less. The
/// order of the pieces is that of the graph's arcs; the same bits for any number of threads.
///
/// @param cost_to_site  [node count] of costs_to_sites
/// @param limit         whole units, inclusive
ReachedStreets reached_streets(const StreetGraph& graph,
                               std::span<const std::uint32_t> cost_to_site, std::uint32_t limit);

/// The straight legs between the sites and the streets, as far as they are within the limit, from
/// the site on: a site off the streets is reached on its own ground first. Sites without a leg, and
/// those that do not serve, have none.
/// @param places  of the sites, metres [site count]
/// @returns [2 · leg count] the two ends of each
std::vector<Point> reached_legs(const StreetGraph& graph, std::span<const Point> places,
                                const SnappedPlaces& sites, std::span<const double> offered,
                                std::uint32_t limit);

}  // namespace quartier::network
