#include "study/load_area.h"

#include <algorithm>
#include <map>

#include "base/error.h"
#include "geo/crs.h"
#include "geo/prepare.h"
#include "geo/topology.h"
#include "geo/triangulate.h"
#include "io/vector_reader.h"

namespace quartier::study {
namespace {

/// Positions of the names in `fields` that `name` gets; adds it where it is new.
std::size_t field_position(std::vector<std::string>& fields, const std::string& name) {
  const auto found = std::find(fields.begin(), fields.end(), name);
  if (found != fields.end()) return static_cast<std::size_t>(found - fields.begin());
  fields.push_back(name);
  return fields.size() - 1;
}

ParentLevel parent_level(const io::ParentField& parent, const io::FeatureTable& table,
                         const std::vector<std::string>& fields) {
  const auto column = [&](const std::string& name) -> const std::vector<std::string>& {
    const auto found = std::find(fields.begin(), fields.end(), name);
    return table.texts[static_cast<std::size_t>(found - fields.begin())];
  };
  const auto id_of = [&](std::size_t i) {
    return parent.field.empty() ? table.ids[i].substr(0, parent.prefix) : column(parent.field)[i];
  };
  std::map<std::string, std::string> names;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::string id = id_of(i);
    names.try_emplace(id, parent.name.empty() ? id : column(parent.name)[i]);
  }
  ParentLevel level{parent.id, parent.label, {}, {}, {}};
  std::map<std::string, std::uint32_t> position;
  for (const auto& [id, name] : names) {
    if (id.empty()) continue;
    position[id] = static_cast<std::uint32_t>(level.ids.size());
    level.ids.push_back(id);
    level.names.push_back(name);
  }
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto found = position.find(id_of(i));
    level.of_district.push_back(found == position.end() ? no_index : found->second);
  }
  return level;
}

template <typename T>
void drop_rows(std::vector<T>& rows, const std::vector<DistrictIndex>& dropped) {
  std::size_t next = 0;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (next < dropped.size() && dropped[next] == i) {
      ++next;
    } else {
      if (kept != i) rows[kept] = std::move(rows[i]);
      ++kept;
    }
  }
  rows.resize(kept);
}

/// Shapes without the dropped districts, which have no parts any more.
void drop_districts(Polygons& shapes, const std::vector<DistrictIndex>& dropped) {
  std::vector<std::uint32_t> start{0};
  std::size_t next = 0;
  for (std::size_t i = 0; i < shapes.district_count(); ++i) {
    if (next < dropped.size() && dropped[next] == i) {
      ++next;
    } else {
      start.push_back(shapes.district_start[i + 1]);
    }
  }
  shapes.district_start = std::move(start);
}

}  // namespace

AreaLayer read_area_layer(SourceFiles& sources, const io::LayerDefinition& layer, Study& study) {
  const std::vector<io::LayerFile> files = sources.files(layer);
  if (files.size() != 1) {
    throw InputError(layer.file, "layer '" + layer.id + "' must match one file, not " +
                                     std::to_string(files.size()));
  }
  io::VectorRequest request;
  request.layer = layer.vector.layer;
  request.id_field = layer.vector.id;
  request.crs = layer.vector.crs;
  request.shown_as = files.front().name;
  if (layer.text.encoding == io::TextEncoding::windows_1252) request.encoding = "CP1252";
  if (!layer.vector.name.empty()) field_position(request.text_fields, layer.vector.name);
  for (const io::ParentField& parent : layer.vector.parents) {
    if (!parent.field.empty()) field_position(request.text_fields, parent.field);
    if (!parent.name.empty()) field_position(request.text_fields, parent.name);
  }
  auto loaded =
      io::read_polygons(sources.vector_file(layer, files.front(), layer.vector.member), request);
  append(study.findings, std::move(loaded.findings));

  io::FeatureTable& table = loaded.value.table;
  AreaLayer area;
  area.file = files.front().name;
  for (const io::ParentField& parent : layer.vector.parents) {
    area.levels.push_back(parent_level(parent, table, request.text_fields));
  }
  area.names = layer.vector.name.empty() ? table.ids : table.texts.front();
  area.ids = std::move(table.ids);
  area.raw = {std::move(loaded.value.shapes), std::move(table.crs)};
  area.ledger = std::move(table.ledger);
  return area;
}

StudyEdition edition_of(AreaLayer layer, const io::StudyDistricts& settings, Study& study) {
  const geo::Origin origin{layer.file, layer.ledger.layer, layer.ids};
  if (!study.crs.known()) {
    auto chosen = geo::study_crs_for(layer.raw, origin);
    study.crs = std::move(chosen.value);
    append(study.findings, std::move(chosen.findings));
  }
  auto prepared = geo::prepared(std::move(layer.raw), study.crs, origin);
  append(study.findings, std::move(prepared.findings));
  geo::PreparedShapes& shapes = prepared.value;

  const std::vector<DistrictIndex>& rejected = shapes.rejected;
  layer.ledger.used -= rejected.size();
  layer.ledger.rejected += rejected.size();
  study.ledgers.push_back(std::move(layer.ledger));

  StudyEdition edition;
  edition.area.id = settings.id;
  edition.area.label = settings.label;
  edition.area.dates = settings.dates;
  Districts& districts = edition.area.districts;
  if (!rejected.empty()) {
    drop_rows(layer.ids, rejected);
    drop_rows(layer.names, rejected);
    for (ParentLevel& level : layer.levels) drop_rows(level.of_district, rejected);
    drop_rows(shapes.measures.area_m2, rejected);
    drop_rows(shapes.measures.perimeter_m, rejected);
    drop_rows(shapes.measures.centroids, rejected);
    drop_districts(shapes.shapes, rejected);
  }
  districts.ids = std::move(layer.ids);
  districts.names = std::move(layer.names);
  districts.levels = std::move(layer.levels);
  districts.crs = study.crs;
  districts.shapes = std::move(shapes.shapes);
  districts.area_m2 = std::move(shapes.measures.area_m2);
  districts.perimeter_m = std::move(shapes.measures.perimeter_m);
  districts.centroids = std::move(shapes.measures.centroids);
  auto topology = geo::topology_report(districts.shapes, {origin.file, origin.layer, districts.ids},
                                       Metres{settings.contiguity_tolerance_m});
  append(study.findings, std::move(topology.findings));
  edition.contiguity = std::move(topology.value.contiguity);
  edition.area.mesh = geo::triangulated(districts.shapes);
  return edition;
}

Mesh load_background(SourceFiles& sources, const io::LayerDefinition& layer, Study& study) {
  AreaLayer area = read_area_layer(sources, layer, study);
  const geo::Origin origin{area.file, area.ledger.layer, area.ids};
  auto prepared = geo::prepared(std::move(area.raw), study.crs, origin);
  append(study.findings, std::move(prepared.findings));
  area.ledger.used -= prepared.value.rejected.size();
  area.ledger.rejected += prepared.value.rejected.size();
  study.ledgers.push_back(std::move(area.ledger));
  return geo::triangulated(prepared.value.shapes);
}

}  // namespace quartier::study
