#pragma once
/// From the tags of an OpenStreetMap way to who may use it, in which direction and how fast;
/// docs/streets.md says the rules. Private to io.

#include <cstdint>
#include <span>

#include "io/osm_source.h"

namespace quartier::io {

/// A way as a street.
struct OsmStreet {
  std::uint8_t use = 0;  ///< bits of street_use along the way's own direction; 0: not a street
  std::uint8_t drive_kmh = 0;
  bool steps = false;
  bool wheelchair = true;
  bool cycle_track = false;
  bool off_ground = false;
  bool unread_speed = false;  ///< `maxspeed` tells no speed; the default of its class was taken
};

/// The rules of walking are those of the reference networks: the classes from trunk to steps, less
/// area=yes, foot=no, and access=no or private where foot is not yes, designated or permissive;
/// always both ways.
OsmStreet street_of(std::span<const OsmTag> tags);

}  // namespace quartier::io
