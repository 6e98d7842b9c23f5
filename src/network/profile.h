#pragma once
/// From streets to a graph for one way of travelling: who may pass, and what it costs.

#include <cstdint>
#include <vector>

#include "domain/street_graph.h"
#include "domain/street_network.h"
#include "network/edits.h"

namespace quartier::network {

/// A way of travelling.
struct TravelProfile {
  TravelMode mode = TravelMode::walk;
  CostUnit unit = CostUnit::millimetre;  ///< millimetre: plain lengths; second: times
  double speed_kmh = 0.0;  ///< walking, cycling, and driving where no speed is known; 0: the mode's
  double limit_share = 1.0;      ///< of the speed on record that cars really drive
  bool slope = false;            ///< times of walking and cycling by the slope
  bool wheelchair = false;       ///< walking without steps, barred ways and steep segments
  double steepest_share = 0.06;  ///< wheelchairs: greatest slope either way, height over length
};

/// 4.32 km/h walking (1.2 m/s), 15 cycling, 30 driving.
double default_speed_kmh(TravelMode mode);

/// Speed on a slope over speed on the flat; `slope` is height over length, positive uphill, taken
/// as ±1 where the heights say more; undefined: flat.
///
/// - walking (Tobler 1993): exp(−3.5·|s + 0.05|) / exp(−3.5·0.05); 1.19 at −5 %, 0.70 at +10 %;
/// - cycling, after the finding of Parkin & Rotheram 2010 that hills slow more than they speed up:
///   uphill 1 − s / 0.15, at least 0.25 (pushing); downhill 1 + 4·|s| up to 1.2 at −5 %,
///   from there one part in twenty less per further per cent, at least 0.5 (braking);
/// - driving: 1.
double slope_factor(TravelMode mode, double slope);

/// Positions in `network` of the nodes of its graph, ascending: graph_of(...).nodes[g] is node
/// graph_nodes(...)[g]. Nodes all of whose segments are closed to the profile are left out; edits
/// change nothing here, so numbers stay when streets are closed. Nodes on no segment at all stay.
std::vector<std::uint32_t> graph_nodes(const StreetNetwork& network, const TravelProfile& profile);

/// The graph of a profile: the nodes of graph_nodes, then those of new streets.
///
/// An arc's cost is the segment's length in millimetres, or length / (speed · slope_factor) in
/// whole seconds, half up; at least 1. The slope is the difference of the ends' heights over the
/// length; on bridges and in tunnels, and where a height is not known, it is 0. Of parallel arcs
/// the cheapest is kept. Adding streets never raises the cost of a way, closing them never lowers
/// it.
///
/// @throws InputError for speeds not in [0, 300] km/h, shares not in (0, 1]
StreetGraph graph_of(const StreetNetwork& network, const TravelProfile& profile,
                     const StreetChanges& changes = {});
/// The same from edits; their findings are told by changes_of.
StreetGraph graph_of(const StreetNetwork& network, const TravelProfile& profile,
                     const StreetEdits& edits);

}  // namespace quartier::network
