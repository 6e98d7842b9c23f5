#include "io/check_file.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "io/elevation.h"
#include "io/gtfs_reader.h"
#include "io/osm_check.h"
#include "io/vector_text.h"
#include "io/zip_reader.h"

namespace quartier::io {
namespace {

std::string name_in(const std::filesystem::path& file, const VectorRequest& request) {
  return request.shown_as.empty() ? file.filename().string() : request.shown_as;
}

std::string first_bytes(const std::filesystem::path& file) {
  std::string bytes(4096, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

struct RefusedKind {
  const char* extension;
  const char* what;
  const char* way_out;
};

constexpr const char* convert_vector =
    "convert it to GeoPackage, Shapefile, GeoJSON or FlatGeobuf with a program that you trust";
constexpr RefusedKind refused_kinds[] = {
    {".kml", "KML", convert_vector},
    {".kmz", "KML", convert_vector},
    {".gml", "GML", convert_vector},
    {".xml", "XML", convert_vector},
    {".vrt", "a virtual data set, which may name other files and addresses",
     "name the data itself"},
    {".json", "JSON that is no GeoJSON", "a study is written in TOML, a layer in GeoJSON"},
    {".xlsx", "a spreadsheet", "save its table as CSV"},
    {".xls", "a spreadsheet", "save its table as CSV"},
    {".ods", "a spreadsheet", "save its table as CSV"},
    {".dbf", "a part of a Shapefile", "name the .shp file"},
    {".shx", "a part of a Shapefile", "name the .shp file"},
    {".prj", "a part of a Shapefile", "name the .shp file"},
    {".cpg", "a part of a Shapefile", "name the .shp file"},
};

Finding unusable(const std::string& file, const std::string& layer, const Error& error) {
  Finding finding;
  finding.kind = "unusable_layer";
  finding.severity = Severity::rejected;
  finding.file = file;
  finding.layer = layer;
  finding.message = error.what();
  finding.way_out = error.way_out();
  return finding;
}

VectorRequest whole_layer(const LayerInfo& info, const VectorRequest& request,
                          const std::string& shown_as) {
  VectorRequest whole = request;
  whole.layer = info.name;
  whole.shown_as = shown_as;
  for (const FieldInfo& field : info.fields) {
    if (field.kind == FieldKind::text) whole.text_fields.push_back(field.name);
    if (field.kind != FieldKind::integer && field.kind != FieldKind::real) continue;
    if (lower_ascii(field.name) != "id" && field.name != request.id_field) {
      whole.number_fields.push_back(field.name);
    }
  }
  return whole;
}

void check_layer(const std::filesystem::path& file, const LayerInfo& info,
                 const VectorRequest& request, Loaded<FileSummary>& checked) {
  auto loaded = read_polygons(file, request);
  FileSummary::Layer layer;
  layer.name = info.name;
  layer.crs = loaded.value.table.crs.name;
  layer.id_field = loaded.value.table.id_field;
  for (const FieldInfo& field : info.fields) layer.fields.push_back(field.name);
  for (std::size_t i = 0; i < loaded.value.shapes.district_count(); ++i) {
    if (!loaded.value.shapes.has_shape(i)) ++layer.without_geometry;
  }
  checked.value.layers.push_back(std::move(layer));
  checked.value.ledgers.push_back(std::move(loaded.value.table.ledger));
  append(checked.findings, std::move(loaded.findings));
}

}  // namespace

FileKind file_kind(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  const std::string extension = lower_ascii(file.extension().string());
  const std::string bytes = first_bytes(file);
  if (extension == ".gpkg" || extension == ".shp" || extension == ".geojson" ||
      extension == ".fgb") {
    return FileKind::vector;
  }
  if (extension == ".json" && bytes.find("\"FeatureCollection\"") != std::string::npos) {
    return FileKind::vector;
  }
  if (extension == ".zip") return FileKind::archive;
  if (extension == ".tif" || extension == ".tiff") return FileKind::elevation;
  if (extension == ".osm" || extension == ".pbf") return FileKind::streets;
  for (const RefusedKind& kind : refused_kinds) {
    if (extension == kind.extension) {
      throw InputError(name + ": not read: " + kind.what, kind.way_out);
    }
  }
  const bool table = extension == ".csv" || extension == ".tsv" || extension == ".txt";
  if (table || extension == ".toml") {
    for (const char* signature : {"SQLite format 3", "PK\x03\x04", "%PDF", "\x89PNG", "\x1F\x8B"}) {
      if (bytes.starts_with(signature)) {
        throw InputError(name + ": the content is not text, as the extension says",
                         "name the file after what it is");
      }
    }
    return table ? FileKind::table : FileKind::study;
  }
  throw InputError(name + ": not a kind of file that is read",
                   "studies are .toml, tables .csv, layers .gpkg, .shp, .geojson or .fgb, streets "
                   ".osm or .osm.pbf, timetables GTFS folders or .zip, elevation .tif, archives "
                   ".zip");
}

Loaded<FileSummary> check_vector_file(const std::filesystem::path& file,
                                      const VectorRequest& request) {
  Loaded<FileSummary> checked;
  const std::string shown_as = name_in(file, request);
  const auto layers = vector_layers(file);
  if (layers.empty()) {
    throw InputError(shown_as + ": there is no layer with geometry in it", "name another file");
  }
  for (const LayerInfo& info : layers) {
    if (!request.layer.empty() && info.name != request.layer) continue;
    try {
      check_layer(file, info, whole_layer(info, request, shown_as), checked);
    } catch (const Error& error) {
      checked.findings.push_back(unusable(shown_as, info.name, error));
    }
  }
  return checked;
}

Loaded<FileSummary> check_archive(const std::filesystem::path& file, const VectorRequest& request) {
  const UnpackedZip archive(file);
  for (const auto& inner : archive.files()) {
    if (holds_feed(inner.parent_path())) return check_feed(file);
  }
  Loaded<FileSummary> checked;
  const std::string shown_as = name_in(file, request);
  bool any = false;
  for (const auto& inner : archive.files()) {
    const std::string extension = lower_ascii(inner.extension().string());
    if (extension != ".gpkg" && extension != ".shp" && extension != ".geojson" &&
        extension != ".fgb") {
      continue;
    }
    any = true;
    VectorRequest inside = request;
    inside.shown_as = shown_as + "/" + inner.lexically_relative(archive.folder()).string();
    try {
      auto part = check_vector_file(inner, inside);
      for (auto& layer : part.value.layers) checked.value.layers.push_back(std::move(layer));
      for (auto& ledger : part.value.ledgers) checked.value.ledgers.push_back(std::move(ledger));
      append(checked.findings, std::move(part.findings));
    } catch (const Error& error) {
      checked.findings.push_back(unusable(inside.shown_as, "", error));
    }
  }
  if (!any) {
    throw InputError(shown_as + ": there is neither a vector file nor a GTFS feed in the archive",
                     "unpack it and name the files themselves");
  }
  checked.value.kind = FileKind::archive;
  return checked;
}

Loaded<FileSummary> check_streets_file(const std::filesystem::path& file) {
  auto loaded = check_osm(file);
  Loaded<FileSummary> checked;
  checked.value.kind = FileKind::streets;
  checked.value.ledgers = {loaded.value.node_ledger, loaded.value.way_ledger};
  checked.findings = std::move(loaded.findings);
  return checked;
}

Loaded<FileSummary> check_feed(const std::filesystem::path& feed) {
  auto loaded = read_whole_timetable({feed});
  const Timetable& timetable = loaded.value.timetable;
  Loaded<FileSummary> checked;
  checked.value.kind = FileKind::feed;
  Finding read{.kind = "timetable_read", .severity = Severity::note};
  read.file = feed.filename().string();
  read.message = std::to_string(timetable.stops.size()) + " stops, " +
                 std::to_string(timetable.routes.size()) + " routes and " +
                 std::to_string(timetable.trips.size()) + " trips were read";
  for (const GtfsFeedSummary& summary : loaded.value.feeds) {
    if (summary.first_day.empty()) continue;
    read.message += "; services run from " + summary.first_day + " to " + summary.last_day;
  }
  const auto unknown = [](const auto& items) {
    return std::count_if(items.begin(), items.end(), [](const auto& item) {
      return item.wheelchair == WheelchairUse::unknown;
    });
  };
  read.message += "; " + std::to_string(unknown(timetable.stops)) + " stops and " +
                  std::to_string(unknown(timetable.trips)) +
                  " trips do not say whether a wheelchair can use them";
  checked.findings.push_back(std::move(read));
  append(checked.findings, std::move(loaded.findings));
  checked.value.ledgers = std::move(loaded.value.ledgers);
  return checked;
}

Loaded<FileSummary> check_elevation_file(const std::filesystem::path& file) {
  const ElevationRaster raster(file);
  const ElevationSummary summary = raster.summary();
  const std::uint64_t cells = std::uint64_t{summary.columns} * summary.rows;
  Loaded<FileSummary> checked;
  checked.value.kind = FileKind::elevation;
  Finding read{.kind = "elevation_read", .severity = Severity::note};
  read.file = file.filename().string();
  const auto size = [](double value) { return exact_text(std::round(value * 1e6) / 1e6); };
  read.message = std::to_string(summary.columns) + " by " + std::to_string(summary.rows) +
                 " cells of " + size(summary.cell_width) + " by " + size(summary.cell_height) +
                 " units in " + raster.crs().name;
  if (cells > whole_raster_limit) {
    read.message += "; too many to look at each height";
    checked.findings.push_back(std::move(read));
    return checked;
  }
  if (summary.known == 0) {
    read.severity = Severity::warning;
    read.message += "; none holds a height";
    read.way_out = "name a raster with heights in its first band";
  } else {
    const auto metres = [](double value) { return exact_text(std::round(value * 10.0) / 10.0); };
    read.message +=
        "; heights from " + metres(summary.lowest_m) + " to " + metres(summary.highest_m) + " m";
  }
  checked.findings.push_back(std::move(read));
  Ledger ledger;
  ledger.file = file.filename().string();
  ledger.unit = "cells";
  ledger.read = cells;
  ledger.used = summary.known;
  ledger.excluded = cells - summary.known;
  checked.value.ledgers.push_back(std::move(ledger));
  return checked;
}

}  // namespace quartier::io
