#include "io/vector_reader.h"

#include <algorithm>
#include <fstream>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "io/vector_sources.h"
#include "io/vector_text.h"

namespace quartier::io {
namespace {

enum class Format : std::uint8_t { geopackage, geojson, shapefile, flatgeobuf };

std::string first_bytes(const std::filesystem::path& file) {
  std::string bytes(512, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

/// By extension, and confirmed by content: a file that is something else than it says is refused.
Format format_of(const std::filesystem::path& file, const std::string& name) {
  const std::string extension = lower_ascii(file.extension().string());
  const std::string bytes = first_bytes(file);
  if (bytes.empty()) throw InputError(name + ": the file is empty");
  std::string_view text = bytes;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text = trimmed(text);
  Format format{};
  bool fits = false;
  if (extension == ".gpkg") {
    format = Format::geopackage;
    fits = text.starts_with("SQLite format 3");
  } else if (extension == ".geojson" || extension == ".json") {
    format = Format::geojson;
    fits = text.starts_with("{");
  } else if (extension == ".shp") {
    format = Format::shapefile;
    fits = bytes.starts_with(std::string_view("\x00\x00\x27\x0A", 4));
  } else if (extension == ".fgb") {
    format = Format::flatgeobuf;
    fits = bytes.starts_with("fgb");
  } else {
    throw InputError(
        name + ": not a vector file that can be read",
        "use GeoPackage (.gpkg), Shapefile (.shp), GeoJSON (.geojson) or FlatGeobuf (.fgb)");
  }
  if (!fits) {
    throw InputError(name + ": the content is not what the extension \"" + extension + "\" says",
                     "export the file again from its source, in the format that its name promises");
  }
  return format;
}

std::vector<LayerInfo> layers_of(const std::filesystem::path& file, Format format,
                                 const std::string& encoding) {
  switch (format) {
    case Format::geopackage:
      return geopackage_layers(file);
    case Format::geojson:
      return geojson_layers(file, encoding);
    case Format::shapefile:
      return shapefile_layers(file, encoding);
    case Format::flatgeobuf:
      return flatgeobuf_layers(file);
  }
  return {};
}

LayerInfo chosen_layer(std::vector<LayerInfo> layers, const std::string& wanted,
                       const std::string& file) {
  std::vector<std::string> names;
  for (LayerInfo& layer : layers) {
    if (layer.name == wanted || (wanted.empty() && layers.size() == 1)) return std::move(layer);
    names.push_back(display_safe(layer.name));
  }
  if (names.empty()) {
    throw InputError(file + ": there is no layer with geometry in it", "name another file");
  }
  const std::string choice = "its layers are " + joined(names, ", ");
  if (wanted.empty()) throw InputError(file + ": several layers, and none is named", choice);
  throw InputError(file + ": there is no layer " + in_quotes(wanted), choice);
}

void read(const std::filesystem::path& file, Format format, LayerBuilder& builder) {
  switch (format) {
    case Format::geopackage:
      return read_geopackage(file, builder);
    case Format::geojson:
      return read_geojson(file, builder);
    case Format::shapefile:
      return read_shapefile(file, builder);
    case Format::flatgeobuf:
      return read_flatgeobuf(file, builder);
  }
}

bool all_different(std::vector<std::string> values) {
  std::sort(values.begin(), values.end());
  return !values.empty() && !values.front().empty() &&
         std::adjacent_find(values.begin(), values.end()) == values.end();
}

/// The first text field that can serve as an id; empty where there is none.
std::string telling_field(const std::filesystem::path& file, Format format, const LayerInfo& info,
                          const VectorRequest& request) {
  VectorRequest texts = request;
  texts.text_fields.clear();
  texts.number_fields.clear();
  for (const FieldInfo& field : info.fields) {
    if (field.kind == FieldKind::text) texts.text_fields.push_back(field.name);
  }
  if (texts.text_fields.size() < 2) return {};
  LayerBuilder builder(texts, ShapeKind::polygons, info.name);
  read(file, format, builder);
  const FeatureTable table = builder.finish(false, false);
  for (std::size_t i = 0; i < table.texts.size(); ++i) {
    if (all_different(table.texts[i])) return texts.text_fields[i];
  }
  return {};
}

/// Reads a layer into a builder; what becomes of its shapes is up to the caller.
LayerBuilder read_layer(const std::filesystem::path& file, const VectorRequest& request,
                        ShapeKind wanted) {
  const std::string name = request.shown_as.empty() ? file.filename().string() : request.shown_as;
  const Format format = format_of(file, name);
  VectorRequest resolved = request;
  resolved.shown_as = name;
  std::string told_field;
  // Describing GeoJSON means parsing it, which a complete request saves.
  if (format != Format::geojson || request.id_field.empty()) {
    const LayerInfo info =
        chosen_layer(layers_of(file, format, request.encoding), request.layer, name);
    resolved = resolved_request(info, request, wanted == ShapeKind::polygons, name);
    const bool guess = request.id_field.empty() && lower_ascii(resolved.id_field) != "id";
    if (guess && wanted == ShapeKind::polygons) {
      told_field = telling_field(file, format, info, resolved);
    }
  }
  const bool id_chosen = !told_field.empty();
  if (id_chosen) resolved.id_field = told_field;
  LayerBuilder builder(resolved, wanted, resolved.layer);
  read(file, format, builder);
  if (id_chosen) {
    builder.findings.add("id_field_chosen", Severity::note, "",
                         "no field is called id; ids are taken from " + in_quotes(told_field) +
                             ", the first text field whose values all differ",
                         "name the id field where this is not the one meant");
  }
  return builder;
}

/// In a GeoPackage the number announced is a note that other programs may leave behind outdated; in
/// the other formats it is part of the data.
bool count_matters(const std::filesystem::path& file) {
  return lower_ascii(file.extension().string()) != ".gpkg";
}

}  // namespace

std::vector<LayerInfo> vector_layers(const std::filesystem::path& file) {
  return layers_of(file, format_of(file, file.filename().string()), {});
}

Loaded<PolygonLayer> read_polygons(const std::filesystem::path& file,
                                   const VectorRequest& request) {
  LayerBuilder builder = read_layer(file, request, ShapeKind::polygons);
  Loaded<PolygonLayer> loaded;
  loaded.value.table = builder.finish(true, count_matters(file));
  loaded.value.shapes = std::move(builder.shape.polygons);
  loaded.findings = builder.findings.take();
  return loaded;
}

Loaded<PointLayer> read_points(const std::filesystem::path& file, const VectorRequest& request) {
  LayerBuilder builder = read_layer(file, request, ShapeKind::points);
  Loaded<PointLayer> loaded;
  loaded.value.table = builder.finish(false, count_matters(file));
  loaded.value.places = std::move(builder.shape.places);
  loaded.findings = builder.findings.take();
  return loaded;
}

Loaded<LineLayer> read_lines(const std::filesystem::path& file, const VectorRequest& request) {
  LayerBuilder builder = read_layer(file, request, ShapeKind::lines);
  Loaded<LineLayer> loaded;
  loaded.value.table = builder.finish(false, count_matters(file));
  loaded.value.vertices = std::move(builder.shape.vertices);
  loaded.value.line_start = std::move(builder.shape.line_start);
  loaded.value.feature_start = std::move(builder.shape.feature_start);
  loaded.findings = builder.findings.take();
  return loaded;
}

}  // namespace quartier::io
