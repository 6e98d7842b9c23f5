#include "study/bare.h"

#include <utility>

#include "base/error.h"
#include "geo/crs.h"
#include "io/check_file.h"
#include "io/paths.h"
#include "study/load_area.h"
#include "study/load_counts.h"

namespace quartier::study {
namespace {

/// The area of one layer; findings of reading it are told by io::check_vector_file already.
BareArea bare_area(const std::filesystem::path& file, const io::VectorRequest& request,
                   const CheckOptions& options) {
  auto loaded = io::read_polygons(file, request);
  AreaLayer layer;
  layer.file = file.filename().string();
  layer.names = loaded.value.table.ids;
  layer.ids = std::move(loaded.value.table.ids);
  layer.raw = {std::move(loaded.value.shapes), std::move(loaded.value.table.crs)};
  layer.ledger = std::move(loaded.value.table.ledger);

  BareArea area;
  area.file = layer.file;
  if (layer.raw.rings.vertices.empty()) {
    area.ledger = std::move(layer.ledger);
    area.edition.area.districts.ids = std::move(layer.ids);
    area.edition.area.districts.names = std::move(layer.names);
    return area;
  }
  io::StudyDistricts settings;
  settings.id = file.stem().string();
  settings.label = layer.ledger.layer.empty() ? settings.id : layer.ledger.layer;
  if (options.load.contiguity_tolerance_m) {
    settings.contiguity_tolerance_m = *options.load.contiguity_tolerance_m;
  }
  Study study;
  area.edition = edition_of(std::move(layer), settings, study);
  for (Finding& finding : study.findings) {
    // Degrees are nothing odd in a file that is only looked at.
    if (finding.kind != "projected_for_measures") area.findings.push_back(std::move(finding));
  }
  area.ledger = std::move(study.ledgers.back());
  return area;
}

}  // namespace

io::VectorRequest vector_request(const CheckOptions& options) {
  io::VectorRequest request;
  request.crs = options.crs;
  return request;
}

std::vector<BareArea> bare_areas(const std::filesystem::path& file, const CheckOptions& options) {
  std::vector<BareArea> areas;
  for (const io::LayerInfo& layer : io::vector_layers(file)) {
    if (layer.shape == io::ShapeKind::points || layer.shape == io::ShapeKind::lines) continue;
    io::VectorRequest request = vector_request(options);
    request.layer = layer.name;
    try {
      areas.push_back(bare_area(file, request, options));
    } catch (const InputError&) {
      continue;
    }
  }
  return areas;
}

BareTable bare_table(const std::filesystem::path& file, const CheckOptions& options) {
  io::BareCountsOptions bare;
  bare.estimated = options.estimated;
  bare.text.thousands = options.thousands;
  if (!options.decimal.empty()) {
    bare.text.decimal = options.decimal.front();
    bare.decimal_stated = true;
  }
  for (const std::string& mark : options.missing_marks) {
    io::CellMark cell;
    cell.text = mark;
    cell.reason = "declared on the command line";
    bare.marks.push_back(std::move(cell));
  }
  auto loaded = io::read_bare_counts(file, file.filename().string(), bare);
  return {file.filename().string(), std::move(loaded.value), std::move(loaded.findings)};
}

Study load_files(std::span<const std::string> files, const CheckOptions& options,
                 Progress& progress) {
  Study study;
  study.settings.id = "files";
  study.settings.title = "Files";
  std::vector<BareTable> tables;
  for (const std::string& name : files) {
    progress.step("Reading " + name, 0.3);
    const std::filesystem::path path = io::checked_input_file(name);
    const io::FileKind kind = io::file_kind(path);
    if (kind == io::FileKind::table) {
      tables.push_back(bare_table(path, options));
    } else if (kind == io::FileKind::vector && study.editions.empty()) {
      append(study.findings, io::check_vector_file(path, vector_request(options)).findings);
      for (BareArea& area : bare_areas(path, options)) {
        append(study.findings, std::move(area.findings));
        study.ledgers.push_back(std::move(area.ledger));
        if (!study.editions.empty() || area.edition.area.districts.shapes.vertices.empty()) {
          continue;
        }
        study.crs = area.edition.area.districts.crs;
        study.editions.push_back(std::move(area.edition));
      }
    }
  }
  if (study.editions.empty()) {
    throw InputError("none of the files holds districts",
                     "name a GeoPackage, Shapefile, GeoJSON or FlatGeobuf file with polygons");
  }
  study.settings.title = study.editions.front().area.label;
  for (BareTable& table : tables) {
    append(study.findings, std::move(table.findings));
    if (study.groups.nodes.empty()) {
      study.groups = table.counts.groups;
      add_counts_of(table.counts, table.file, study.editions.front(), study);
    }
  }
  return study;
}

}  // namespace quartier::study
