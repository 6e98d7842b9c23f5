#pragma once
/// The readers of the vector formats, one pair of functions each. Private to io; vector_reader.h is
/// what others call.

#include <filesystem>
#include <string>
#include <vector>

#include "io/vector_builder.h"
#include "io/vector_reader.h"

namespace quartier::io {

/// GeoPackage (OGC 12-128r18), read with SQLite itself: its values carry their own types, so that
/// text in a column of numbers is seen, and no SQL of the file is trusted.
std::vector<LayerInfo> geopackage_layers(const std::filesystem::path& file);
void read_geopackage(const std::filesystem::path& file, LayerBuilder& builder);

/// GeoJSON (RFC 7946, and the `crs` member of its forerunner), read in one pass without a tree.
std::vector<LayerInfo> geojson_layers(const std::filesystem::path& file,
                                      const std::string& encoding);
void read_geojson(const std::filesystem::path& file, LayerBuilder& builder);

/// Shapefile, through GDAL once vector_shapefile.h has found its parts to agree.
std::vector<LayerInfo> shapefile_layers(const std::filesystem::path& file,
                                        const std::string& encoding);
void read_shapefile(const std::filesystem::path& file, LayerBuilder& builder);

/// FlatGeobuf, through GDAL.
std::vector<LayerInfo> flatgeobuf_layers(const std::filesystem::path& file);
void read_flatgeobuf(const std::filesystem::path& file, LayerBuilder& builder);

}  // namespace quartier::io
