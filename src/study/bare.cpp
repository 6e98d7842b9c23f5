#include "study/bare.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/text.h"
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

io::BareCountsOptions bare_options(const CheckOptions& options) {
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
  return bare;
}

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

namespace {

BareTable table_of(const std::filesystem::path& file, const io::BareCountsOptions& bare) {
  auto loaded = io::read_bare_counts(file, file.filename().string(), bare);
  return {file.filename().string(), std::move(loaded.value), std::move(loaded.findings)};
}

/// Districts without shapes: the rows of a table.
StudyEdition edition_of_rows(const BareTable& table) {
  StudyEdition edition;
  edition.area.id = "districts";
  edition.area.label = table.file;
  Districts& districts = edition.area.districts;
  districts.ids = table.counts.dates.front().district_ids;
  districts.names = table.counts.dates.front().district_names;
  for (std::size_t i = 0; i < districts.names.size(); ++i) {
    if (districts.names[i].empty()) districts.names[i] = districts.ids[i];
  }
  if (districts.names.empty()) districts.names = districts.ids;
  districts.area_m2.assign(districts.size(), undefined);
  districts.perimeter_m.assign(districts.size(), undefined);
  districts.centroids.assign(districts.size(), Point{undefined, undefined});
  districts.shapes.district_start.assign(districts.size() + 1, 0);
  edition.contiguity.start.assign(districts.size() + 1, 0);
  return edition;
}

/// The first layer of `file` that holds districts with shapes.
StudyEdition edition_of_layer(const std::string& file, const CheckOptions& options, Study& study) {
  const std::filesystem::path path = io::checked_input_file(file);
  if (io::file_kind(path) != io::FileKind::vector) {
    throw InputError(path.filename(), "is no layer of districts",
                     "name a GeoPackage, Shapefile, GeoJSON or FlatGeobuf file with polygons");
  }
  for (BareArea& area : bare_areas(path, options)) {
    if (area.edition.area.districts.shapes.vertices.empty()) continue;
    append(study.findings, std::move(area.findings));
    study.ledgers.push_back(std::move(area.ledger));
    return std::move(area.edition);
  }
  throw InputError(path.filename(), "holds no districts that can be used",
                   "`quartier check` says why");
}

}  // namespace

BareTable bare_table(const std::filesystem::path& file, const CheckOptions& options) {
  return table_of(file, bare_options(options));
}

Study load_table(const TableOptions& table, const CheckOptions& options,
                 const AnalysisOverrides& analysis, Progress& progress) {
  progress.step("Reading " + table.file, 0.1);
  io::BareCountsOptions bare = bare_options(options);
  bare.id_column = table.id_column;
  bare.group_columns = table.groups;
  BareTable counts = table_of(io::checked_input_file(table.file), bare);
  Study study;
  study.settings.id = "table";
  study.settings.title = counts.file;
  study.settings.file = counts.file;
  study.settings.disclosure.threshold = table.threshold;
  study.settings.groups.reference = table.reference;
  override_analysis(analysis, study.settings.analysis);
  append(study.findings, std::move(counts.findings));
  if (counts.counts.dates.empty() || counts.counts.dates.front().district_ids.empty()) {
    const auto refused =
        std::find_if(study.findings.begin(), study.findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::rejected; });
    throw InputError(std::filesystem::path(counts.file), "holds no row of counts",
                     refused == study.findings.end()
                         ? "a row for each district is needed below the names of the columns"
                         : refused->message + " (" + joined(refused->rows, "; ") +
                               "); name the columns of groups with --groups");
  }
  if (table.districts.empty()) {
    study.editions.push_back(edition_of_rows(counts));
  } else {
    progress.step("Reading " + table.districts, 0.2);
    study.editions.push_back(edition_of_layer(table.districts, options, study));
    study.crs = study.editions.front().area.districts.crs;
  }
  study.groups = counts.counts.groups;
  add_counts_of(counts.counts, counts.file, study.editions.front(), study);
  return study;
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
