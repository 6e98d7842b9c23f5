#pragma once
/// Streets as their sources describe them, before a way of travelling is chosen: who may use each
/// segment in which direction, how fast, how steep. `network/profile.h` makes a graph of them.

#include <cstdint>
#include <string>
#include <vector>

#include "base/units.h"
#include "domain/polygons.h"

namespace quartier {

/// Ways of travelling along streets.
enum class TravelMode : std::uint8_t { walk, cycle, drive };

/// What may be done on a segment; bits.
namespace street_use {
inline constexpr std::uint8_t walk_forward = 1;
inline constexpr std::uint8_t walk_backward = 2;
inline constexpr std::uint8_t cycle_forward = 4;
inline constexpr std::uint8_t cycle_backward = 8;
inline constexpr std::uint8_t drive_forward = 16;
inline constexpr std::uint8_t drive_backward = 32;
inline constexpr std::uint8_t everything = 63;
}  // namespace street_use

/// A stretch of street between two nodes.
struct StreetSegment {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint32_t length_mm = 0;
  std::uint8_t use = street_use::everything;
  std::uint8_t drive_kmh = 0;  ///< speed of cars; 0: not known, the profile's own is taken
  bool steps = false;
  bool wheelchair = true;           ///< passable in a wheelchair as far as the source says
  bool cycle_track = false;         ///< a way of its own for bicycles
  bool off_ground = false;          ///< bridge or tunnel: heights of the ground do not apply
  std::uint32_t street = no_index;  ///< position in `StreetNetwork::names`
  std::uint32_t source = no_index;  ///< position in `StreetNetwork::sources`
};

/// Nodes and segments, in the CRS of the study past the door.
struct StreetNetwork {
  std::vector<Point> nodes;
  std::vector<std::int64_t> node_ids;  ///< [nodes] of the source, ascending for OpenStreetMap
  std::vector<double> height_m;        ///< [nodes] above sea level, undefined: not known; or empty
  std::vector<StreetSegment> segments;
  std::vector<std::string> names;    ///< of streets, each once
  std::vector<std::string> sources;  ///< ids of ways (OpenStreetMap) or segments (city tables)
};

}  // namespace quartier
