#include "study/load_means.h"

#include <string>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "geo/crs.h"
#include "geo/reproject.h"
#include "io/elevation.h"
#include "io/gtfs_reader.h"
#include "io/osm_streets.h"
#include "io/street_table.h"
#include "io/vector_reader.h"
#include "network/transit_walks.h"
#include "study/means_words.h"
#include "study/point_table.h"
#include "study/street_findings.h"

namespace quartier::study {
namespace {

Finding straight_lines_finding(double detour) {
  Finding finding{.kind = "no_streets"};
  finding.message = "The study names no streets: distances are straight lines times " +
                    exact_text(detour) + ", the study's detour factor";
  finding.way_out = "name a layer of kind \"streets\" in [streets]";
  return finding;
}

Loaded<io::RawStreets> read_vector_streets(SourceFiles& sources, const io::LayerDefinition& layer,
                                           const std::vector<io::LayerFile>& files) {
  const auto part = [&](const char* name) -> const io::LayerFile& {
    for (const io::LayerFile& file : files) {
      if (file.part == name) return file;
    }
    throw InputError(layer.file, "layer '" + layer.id + "' has no part '" + name + "'");
  };
  const io::LayerFile& node_file = part("nodes");
  const io::LayerFile& edge_file = part("edges");
  io::VectorRequest request;
  request.crs = layer.vector.crs;
  request.shown_as = node_file.name;
  request.text_fields = {layer.streets.node_id};
  const auto nodes =
      io::read_points(sources.vector_file(layer, node_file, layer.vector.member), request);
  request.shown_as = edge_file.name;
  request.text_fields = io::edge_columns(layer.streets);
  const auto edges =
      io::read_lines(sources.vector_file(layer, edge_file, layer.vector.edges_member), request);

  io::LayerDefinition described = layer;
  described.streets.x = x_column;
  described.streets.y = y_column;
  io::RawTable edge_table(edge_file.name, request.text_fields);
  for (std::size_t i = 0; i < edges.value.table.size(); ++i) {
    std::vector<std::string> cells;
    for (const std::vector<std::string>& column : edges.value.table.texts) {
      cells.push_back(column[i]);
    }
    edge_table.add_row(i + 1, cells);
  }
  auto loaded = io::streets_of_tables(
      described, table_of_points(nodes.value, {layer.streets.node_id}, node_file.name), edge_table);
  loaded.value.crs = nodes.value.table.crs.wkt;
  return loaded;
}

void load_heights(SourceFiles& sources, Study& study) {
  const std::string& name = study.settings.travel.elevation;
  if (name.empty()) return;
  const io::ElevationRaster raster(sources.plain_file(name));
  std::vector<Point> places = study.means.streets.nodes;
  geo::reproject(places, study.crs, raster.crs());
  auto heights = raster.heights(places, name);
  append(study.findings, std::move(heights.findings));
  study.means.streets.height_m = std::move(heights.value);
}

void load_streets(SourceFiles& sources, Study& study) {
  const std::string& id = study.settings.streets.layer;
  if (id.empty()) {
    if (!study.services.empty()) {
      study.findings.push_back(straight_lines_finding(study.settings.streets.detour_factor));
    }
    return;
  }
  const io::LayerDefinition& layer = sources.layer(id, io::LayerKind::streets, "[streets]");
  const std::vector<io::LayerFile> files = sources.files(layer);
  auto loaded = layer.format == io::LayerFormat::vector ? read_vector_streets(sources, layer, files)
                : layer.format == io::LayerFormat::osm  ? io::read_street_extract(layer, files)
                                                        : io::read_street_tables(layer, files);
  append(study.findings, std::move(loaded.findings));
  for (Ledger& ledger : loaded.value.ledgers) study.ledgers.push_back(std::move(ledger));
  StreetNetwork& network = loaded.value.network;
  geo::reproject(network.nodes, geo::crs_of_text(loaded.value.crs), study.crs);
  study.means.has_streets = true;
  study.means.streets = std::move(network);
  load_heights(sources, study);
}

void load_timetable(SourceFiles& sources, Study& study) {
  if (!study.means.by_timetable()) return;
  const io::StudyTimetable& settings = study.settings.timetable;
  const io::LayerDefinition& layer =
      sources.layer(settings.layer, io::LayerKind::timetable, "[timetable]");
  auto loaded = io::read_timetable(layer, sources.files(layer), settings.date);
  append(study.findings, std::move(loaded.findings));
  for (Ledger& ledger : loaded.value.ledgers) study.ledgers.push_back(std::move(ledger));
  Timetable& timetable = loaded.value.timetable;
  std::vector<Point> places = network::places_of(timetable);
  geo::reproject(places, geo::crs_of_text("EPSG:4326"), study.crs);
  for (std::size_t s = 0; s < places.size(); ++s) timetable.stops[s].place = places[s];
  study.means.timetable = std::move(timetable);
  tell_of_wheelchairs(study);
}

}  // namespace

void load_means(SourceFiles& sources, Study& study) {
  study.means.travel = study.settings.travel;
  study.means.transit = study.settings.timetable;
  study.means.detour_factor = study.settings.streets.detour_factor;
  load_streets(sources, study);
  load_timetable(sources, study);
  study.means_label = study.means.label() + label_of(study.settings.origins);
}

}  // namespace quartier::study
