#pragma once
/// Travel along the streets: costs from origins to the sites of many services at once.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/units.h"
#include "domain/street_graph.h"
#include "domain/travel_costs.h"
#include "network/hierarchy.h"
#include "network/search_graph.h"
#include "network/snap.h"

namespace quartier::network {

/// The sites of one kind of service, as the search sees them.
struct SiteSet {
  const SnappedPlaces* places = nullptr;
  std::span<const double> supply;  ///< places offered [site count]; empty: every site offers
};

/// Streets ready to be searched in both directions; made once, searched many times. Where every way
/// is the same both ways, one layout serves both.
class SearchableStreets {
 public:
  explicit SearchableStreets(const StreetGraph& graph);
  /// Along the arcs: from an origin to what it reaches.
  [[nodiscard]] const SearchGraph& from_origins() const { return *forward_; }
  /// Against the arcs: from a site to those who reach it.
  [[nodiscard]] const SearchGraph& to_sites() const { return backward_ ? *backward_ : *forward_; }
  [[nodiscard]] CostUnit unit() const { return forward_->unit(); }

  /// Takes a hierarchy of the same graph: tables up to its limit are read from it from now on, with
  /// the same costs in the same form. `long_ways.h` says when that pays.
  void use(Hierarchy hierarchy);
  /// The hierarchy where it answers up to `limit`, else null.
  [[nodiscard]] const Hierarchy* hierarchy_up_to(std::uint32_t limit) const {
    return hierarchy_ && limit <= hierarchy_->limit ? hierarchy_.get() : nullptr;
  }

 private:
  std::unique_ptr<SearchGraph> forward_;
  std::unique_ptr<SearchGraph> backward_;  ///< none where the streets are symmetric
  std::unique_ptr<Hierarchy> hierarchy_;   ///< none unless given
};

/// Cheapest ways along the streets, one `Impedance` per service:
///
///   t_ij = leg_i + (cheapest path from the node of i to the node of j) + leg_j
///
/// in whole units of the graph (sums are exact), travelled from the origin to the site (Dijkstra
/// 1959, on a bucket queue after Dial 1969). Listed are the pairs with t_ij <= limit (inclusive),
/// dense where about half of all pairs or more are listed and their costs have 16 bits, else
/// sparse; `nearest` has no limit, runs over sites with supply other than 0, and takes the lowest
/// of equally near sites. Searches start from whichever side has fewer nodes: from sites against
/// the arcs, or from origins along them, with the same costs. Costs over `greatest_cost` count as
/// no way. The same result for any number of threads, and with or without a hierarchy.
///
/// Time: for the pairs, the smaller of (distinct nodes of origins, of sites) times the nodes within
/// the limit; for the nearest, once over the graph per service. Memory: twice the pairs within the
/// limit, or 2 bytes for each pair.
///
/// @param origins  snapped to the same graph [n]
/// @param limit    whole units; `greatest_cost` lists every pair that has a way
std::vector<Impedance> street_impedances(const SearchableStreets& streets,
                                         const SnappedPlaces& origins,
                                         std::span<const SiteSet> services, std::uint32_t limit);

/// The same for one service.
Impedance street_impedance(const SearchableStreets& streets, const SnappedPlaces& origins,
                           const SiteSet& service, std::uint32_t limit);

/// The costs alone, without the nearest.
TravelCosts street_costs(const SearchableStreets& streets, const SnappedPlaces& origins,
                         const SnappedPlaces& sites, std::uint32_t limit);

/// The same on streets that are searched only once, with a cutoff in metres.
/// @param graph   in millimetres or metres
/// @param cutoff  0 m or more; +inf lists every pair that can be reached
/// @throws InputError for a cutoff that is not a distance
std::vector<Impedance> street_impedances(const StreetGraph& graph, const SnappedPlaces& origins,
                                         std::span<const SiteSet> services, Metres cutoff);
Impedance street_impedance(const StreetGraph& graph, const SnappedPlaces& origins,
                           const SiteSet& service, Metres cutoff);

/// Cost of the cheapest path from any of `sources` to every node, without legs.
/// @param graph  in millimetres or metres
/// @returns [node count] metres; +inf where none leads there
std::vector<double> street_distances_m(const StreetGraph& graph,
                                       std::span<const std::uint32_t> sources);

}  // namespace quartier::network
