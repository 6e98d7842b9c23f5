#pragma once
/// Vector layers: districts, points and lines from GeoPackage, Shapefile, GeoJSON and FlatGeobuf.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "domain/districts.h"
#include "domain/polygons.h"

namespace quartier::io {

/// What the values of a field are in the file.
enum class FieldKind : std::uint8_t { text, integer, real, other };

struct FieldInfo {
  std::string name;
  FieldKind kind = FieldKind::text;
};

/// What geometries a layer declares (GeoJSON: what it holds).
enum class ShapeKind : std::uint8_t { polygons, points, lines, mixed, none };

/// A layer as the file describes it, before it is read.
struct LayerInfo {
  std::string name;
  ShapeKind shape = ShapeKind::mixed;
  std::vector<FieldInfo> fields;
  std::optional<std::uint64_t> announced;  ///< features the file says it holds, where it says so
  std::string damage;                      ///< why it cannot be read; empty: nothing is known
};

/// The layers with geometry in a vector file, in the order of the file.
/// @param file  from checked_input_file, or unpacked by us
/// @throws InputError where the file is none of the four formats or cannot be read
std::vector<LayerInfo> vector_layers(const std::filesystem::path& file);

/// What to read from a vector file, and what the file itself leaves open.
struct VectorRequest {
  std::string layer;  ///< empty: the only one; an error names the choice where there are several
  /// empty: `id`; else the first text field whose values are all there and all different (told as
  /// a finding), else the first text field, else the first field
  std::string id_field;
  std::vector<std::string> text_fields;    ///< read as text, exactly as they stand
  std::vector<std::string> number_fields;  ///< read as numbers; text in them is rejected
  std::string crs;                         ///< used where the file names none ("EPSG:25833")
  std::string
      encoding;  ///< of Shapefile and GeoJSON text where the file does not say ("ISO-8859-1")
  std::string shown_as;  ///< file name for findings and ledger; empty: the name of the file
};

/// The attributes of a layer's features, in the order of the file, column by column.
struct FeatureTable {
  std::string layer;     ///< name of the layer
  std::string id_field;  ///< the field that the ids come from
  Crs crs;
  std::vector<std::string> ids;                 ///< [n] as text, leading zeros kept
  std::vector<std::vector<std::string>> texts;  ///< [text_fields][n]; empty where null
  std::vector<std::vector<double>> numbers;     ///< [number_fields][n]; undefined where null
  std::optional<std::uint64_t> announced;       ///< features the file said it holds
  Ledger ledger;                                ///< in features; read = used + rejected + excluded

  [[nodiscard]] std::size_t size() const { return ids.size(); }
};

/// Districts as they stand in the file: source coordinates (x before y), rings in the file's
/// order and direction, without the closing vertex, neither repaired nor measured.
struct PolygonLayer {
  FeatureTable table;
  Polygons shapes;  ///< a feature without geometry is kept, without parts
};

struct PointLayer {
  FeatureTable table;
  std::vector<Point> places;  ///< [n] NaN coordinates where a feature has no geometry
};

/// Lines; the parts of a multi-part feature follow each other.
struct LineLayer {
  FeatureTable table;
  std::vector<Point> vertices;
  std::vector<std::uint32_t> line_start{0};     ///< [line count + 1], into vertices
  std::vector<std::uint32_t> feature_start{0};  ///< [n + 1], into lines
};

/// Reads districts. Refused, each with a finding that names the feature: other geometry than
/// polygons, geometry that cannot be decoded or is not finite, rings of fewer than three
/// different vertices, ids that are missing, hold a NUL or occur twice (every feature with that id:
/// nobody can say which one is meant). Kept with a finding: no geometry, rings left open, ids that
/// differ only in blanks and case.
///
/// @param file  from checked_input_file, or unpacked by us
/// @throws InputError where the layer or a field does not exist, the file is damaged or its parts
///         contradict each other; CrsError where no CRS is known
Loaded<PolygonLayer> read_polygons(const std::filesystem::path& file,
                                   const VectorRequest& request = {});

/// Reads places: Point, and the first point of each MultiPoint (a note where it holds more). Ids
/// may repeat or be empty; services are told apart by their rows. Otherwise as read_polygons.
Loaded<PointLayer> read_points(const std::filesystem::path& file,
                               const VectorRequest& request = {});

/// Reads lines (streets). Ids may repeat or be empty. Otherwise as read_polygons.
Loaded<LineLayer> read_lines(const std::filesystem::path& file, const VectorRequest& request = {});

}  // namespace quartier::io
