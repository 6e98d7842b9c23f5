#pragma once
/// Edits of a street network: what barriers close and what new streets add.

#include <cstdint>
#include <vector>

#include "base/finding.h"
#include "domain/street_edits.h"

namespace quartier::network {

/// What edits come to on one network. The network itself stays as it is, and so do its numbers.
struct StreetChanges {
  std::vector<std::uint8_t> closed;     ///< [segments of the network] bits taken away; empty: none
  std::vector<Point> nodes;             ///< new nodes; they count on behind those of the network
  std::vector<double> height_m;         ///< [new nodes] along the new street; undefined: not known
  std::vector<StreetSegment> segments;  ///< new ones
};

/// Finds what the closures close, then lays the new streets.
///
/// - A closure takes its uses from the network's own segments, never from new streets.
/// - A new street gets a node at each place of its line. Each end is joined, for walkers, for
///   wheelchairs, for bicycles and for cars, as far as they may use the street, to the nearest node
///   (lowest among ties) within `join_m` where a segment of the network serves them, closed or not.
///   Where all of them find the same node at the very place, it is that node; else the joint is a
///   segment of its own, as long as it is straight, at least 1 mm.
/// - Heights along the line run evenly from those of the nodes its ends are joined to.
///
/// Findings: `edit_without_effect` for a closure that closes nothing, `street_not_joined` for an
/// end without a node near it.
/// @throws InputError for a new street without two different places or with a coordinate that is
/// not
///         finite, an area of fewer than three corners
Loaded<StreetChanges> changes_of(const StreetNetwork& network, const StreetEdits& edits);

}  // namespace quartier::network
