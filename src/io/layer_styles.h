#pragma once
/// The table of a GeoPackage from which QGIS takes its styles. Private to io.

#include <filesystem>
#include <string>
#include <vector>

#include "io/layer_writer.h"

namespace quartier::io {

/// The date that written files carry in place of the clock, so that the same input gives the same
/// bytes.
inline constexpr const char* layer_date = "2000-01-01T00:00:00.000Z";

struct StyledLayer {
  std::string layer;
  std::vector<LayerStyle> styles;
};

/// Adds the table `layer_styles` (as QGIS 3 makes it) to a closed GeoPackage of ours. The first
/// style of a layer is its default. Nothing is written where there is no style.
/// @throws InputError with SQLite's words
void write_layer_styles(const std::filesystem::path& file, const std::vector<StyledLayer>& layers);

}  // namespace quartier::io
