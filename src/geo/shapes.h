#pragma once
/// Shapes as a file holds them, before the door: rings as read, in the coordinates of their source.

#include <span>
#include <string>
#include <vector>

#include "base/units.h"
#include "domain/districts.h"
#include "domain/polygons.h"

namespace quartier::geo {

/// Shapes of one layer as read, one feature per district position. Rings stand as the file has
/// them: with or without the closing repetition of the first vertex, in any direction, perhaps
/// crossing themselves. The first ring of a part is its outer ring. A feature without geometry has
/// no parts. x is longitude or easting, y latitude or northing, whatever the axis order of the
/// definition.
struct RawShapes {
  Polygons rings;
  Crs crs;
};

/// Where shapes come from, for the messages about them.
struct Origin {
  std::string file;                       ///< as the user knows it, without the data folder
  std::string layer;                      ///< empty where there is only one
  std::span<const std::string> ids = {};  ///< [feature count] of the features; may be empty

  /// "id 0101", or "feature 3" (counted from 1) where there are no ids.
  [[nodiscard]] std::string place(std::size_t feature) const {
    if (feature < ids.size()) return "id " + ids[feature];
    return "feature " + std::to_string(feature + 1);
  }
};

/// Shapes that passed a step of the door. A refused feature stays in its position, without parts.
struct KeptShapes {
  Polygons shapes;
  std::vector<DistrictIndex> rejected;  ///< features refused in this step, ascending
};

}  // namespace quartier::geo
