#pragma once
/// Edits of a street network, as a study describes them: what is closed and what is built.

#include <cstdint>
#include <string>
#include <vector>

#include "domain/polygons.h"
#include "domain/street_network.h"

namespace quartier {

/// Closes every segment that any of its members names. Segments are straight from node to node.
struct StreetClosure {
  std::vector<Point> line{};  ///< a barrier: segments with a point in common with it are closed
  std::vector<Point> area{};  ///< a ring without its last corner said again: segments that meet it
  std::string street{};       ///< a name of `StreetNetwork::names`, whole
  std::string source{};       ///< an id of `StreetNetwork::sources`: a segment, or a whole way
  std::uint8_t use = street_use::everything;  ///< bits taken away: closed to whom
};

/// A new street. Between its ends it meets no other street, like a bridge; each end is joined to
/// the nearest node, within `join_m`, of those who may use it.
struct AddedStreet {
  std::string name{};
  std::vector<Point> line{};                  ///< metres of the study's CRS, at least two places
  std::uint8_t use = street_use::everything;  ///< forward: from the first place to the last
  std::uint8_t drive_kmh = 0;                 ///< 0: the profile's own
  bool steps = false;
  bool wheelchair = true;
  double join_m = 30.0;
  std::uint32_t length_mm = 0;  ///< of the line, without the joints; 0: as measured
};

struct StreetEdits {
  std::vector<StreetClosure> closures{};
  std::vector<AddedStreet> added{};
  [[nodiscard]] bool empty() const { return closures.empty() && added.empty(); }
};

}  // namespace quartier
