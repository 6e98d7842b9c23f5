#pragma once
/// Map layers written to one GeoPackage, with the styles that QGIS opens them in.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "domain/districts.h"
#include "domain/polygons.h"

namespace quartier::io {

/// An attribute of a layer: numbers (undefined is written as NULL, never as zero) or texts.
struct OutputColumn {
  std::string name;
  std::variant<std::vector<double>, std::vector<std::string>> values;
  /// Text of each row that has no number, for a further column `name_state` ("suppressed", "no
  /// data"); empty: no such column. [n], empty text where the number stands.
  std::vector<std::string> states;
};

/// How a layer is drawn: written to the table `layer_styles`, which QGIS reads. The texts are made
/// by those who know the classes of the map.
struct LayerStyle {
  std::string name;
  std::string description;
  std::string qml;
  std::string sld;
};

/// What every layer has.
struct OutputLayer {
  std::string name;         ///< of the table; any text, always quoted
  std::string description;  ///< source line
  std::vector<OutputColumn> columns;
  std::vector<LayerStyle> styles;  ///< the first one is the default, the one QGIS opens with
};

/// Writes layers, one after another, into a new GeoPackage. The same calls give the same bytes: the
/// file carries a fixed date in place of the clock.
///
///   LayerWriter writer(out.draft("districts.gpkg"));
///   writer.add_polygons({"districts", "Source: ...", {{"id", ids}, {"score", scores}}, {style}},
///                       districts.shapes, districts.crs);
///   writer.close();
class LayerWriter {
 public:
  /// @param file  written aside and put in place by `close`, in the stead of one that is there
  explicit LayerWriter(const std::filesystem::path& file);
  /// Without close: nothing is left.
  ~LayerWriter();
  LayerWriter(const LayerWriter&) = delete;
  LayerWriter& operator=(const LayerWriter&) = delete;

  /// One feature per district, MultiPolygon; a district without shape gets no geometry.
  /// @throws InputError where a name occurs twice or the disk is full; CrsError for an unknown CRS
  void add_polygons(const OutputLayer& layer, const Polygons& shapes, const Crs& crs);

  /// One feature per place; NaN coordinates give no geometry.
  void add_points(const OutputLayer& layer, std::span<const Point> places, const Crs& crs);

  /// One feature per line; `line_start` [n + 1] into `vertices`.
  void add_lines(const OutputLayer& layer, std::span<const Point> vertices,
                 std::span<const std::uint32_t> line_start, const Crs& crs);

  /// Writes the styles, closes the file and puts it in place.
  void close();

 private:
  struct File;
  std::unique_ptr<File> open_;
};

}  // namespace quartier::io
