#include "study/load_services.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "geo/crs.h"
#include "geo/locate.h"
#include "geo/reproject.h"
#include "io/service_table.h"
#include "io/street_table.h"
#include "io/vector_reader.h"
#include "network/components.h"
#include "network/search.h"
#include "network/snap.h"
#include "network/straight_line.h"

namespace quartier::study {
namespace {

/// Columns that carry the coordinates of a vector layer's features through the table readers.
constexpr const char* x_column = "\x1Fx";
constexpr const char* y_column = "\x1Fy";

void add_field(std::vector<std::string>& fields, const std::string& name) {
  if (!name.empty() && std::find(fields.begin(), fields.end(), name) == fields.end()) {
    fields.push_back(name);
  }
}

/// The features of a point layer as a table that the service reader takes.
io::RawTable table_of_points(const io::PointLayer& points, const std::vector<std::string>& fields,
                             const std::string& file) {
  std::vector<std::string> header = fields;
  header.emplace_back(x_column);
  header.emplace_back(y_column);
  io::RawTable table(file, header);
  std::vector<std::string> cells(header.size());
  for (std::size_t i = 0; i < points.table.size(); ++i) {
    for (std::size_t f = 0; f < fields.size(); ++f) cells[f] = points.table.texts[f][i];
    cells[fields.size()] = exact_text(points.places[i].x);
    cells[fields.size() + 1] = exact_text(points.places[i].y);
    table.add_row(i + 1, cells);
  }
  return table;
}

Loaded<io::RawServices> read_vector_services(SourceFiles& sources, io::LayerDefinition layer,
                                             const std::vector<io::LayerFile>& files) {
  if (files.size() != 1) {
    throw InputError(layer.file, "layer '" + layer.id + "' must match one file");
  }
  io::VectorRequest request;
  request.layer = layer.vector.layer;
  request.id_field = layer.vector.id;
  request.crs = layer.vector.crs;
  request.shown_as = files.front().name;
  const io::ServicesLayout& services = layer.services;
  for (const std::string& field : {services.id, services.name, services.supply, services.languages,
                                   services.hours, services.district}) {
    add_field(request.text_fields, field);
  }
  for (const io::ServiceKind& kind : services.kinds) add_field(request.text_fields, kind.column);
  auto points =
      io::read_points(sources.vector_file(layer, files.front(), layer.vector.member), request);
  layer.services.x = x_column;
  layer.services.y = y_column;
  auto loaded = io::services_of_table(
      layer, table_of_points(points.value, request.text_fields, files.front().name));
  loaded.value.crs = points.value.table.crs.wkt;
  points.findings.insert(points.findings.end(), loaded.findings.begin(), loaded.findings.end());
  loaded.findings = std::move(points.findings);
  return loaded;
}

/// The layer with only the kinds that the study names, called as the study calls them.
io::LayerDefinition with_kinds_of(const io::StudyFile& settings, const io::LayerDefinition& layer) {
  io::LayerDefinition narrowed = layer;
  narrowed.services.kinds.clear();
  for (const io::StudyService& service : settings.services) {
    if (service.layer != layer.id) continue;
    std::vector<std::string> known;
    bool found = false;
    for (const io::ServiceKind& kind : layer.services.kinds) {
      known.push_back(kind.id);
      const bool only_one = service.kind.empty() && layer.services.kinds.size() == 1;
      if (kind.id != service.kind && !only_one) continue;
      found = true;
      io::ServiceKind named = kind;
      named.id = service.id;
      if (!service.label.empty() && service.label != service.id) named.label = service.label;
      narrowed.services.kinds.push_back(std::move(named));
    }
    if (!found) {
      throw InputError(settings.file,
                       "[[services]] '" + service.id + "': layer '" + layer.id + "' has no kind '" +
                           service.kind + "'",
                       "kinds there are: " + joined(known, ", "));
    }
  }
  return narrowed;
}

/// Leaves out the sites that lie in no district of any edition.
std::size_t keep_inside(Services& services, const Study& study) {
  std::vector<std::uint8_t> inside(services.size(), 0);
  for (const StudyEdition& edition : study.editions) {
    const auto district = geo::located(services.places, edition.area.districts.shapes);
    for (std::size_t i = 0; i < district.size(); ++i) {
      if (district[i] != no_index) inside[i] = 1;
    }
  }
  const auto keep = [&](auto& column) {
    if (column.empty()) return;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < inside.size(); ++i) {
      if (inside[i] != 0) column[kept++] = std::move(column[i]);
    }
    column.resize(kept);
  };
  const std::size_t before = services.size();
  keep(services.ids);
  keep(services.names);
  keep(services.places);
  keep(services.supply);
  keep(services.languages);
  keep(services.opening_hours);
  return before - services.size();
}

Finding outside_finding(const Services& services, const std::string& file, std::size_t count) {
  Finding finding{.kind = "services_outside"};
  finding.file = file;
  finding.layer = services.label;
  finding.count = count;
  finding.message = "Sites lie outside every district and are left out";
  return finding;
}

Finding straight_lines_finding(double detour) {
  Finding finding{.kind = "no_streets"};
  finding.message = "The study names no streets: distances are straight lines times " +
                    exact_text(detour) + ", the study's detour factor";
  finding.way_out = "name a layer of kind \"streets\" in [streets]";
  return finding;
}

}  // namespace

void load_services(SourceFiles& sources, Study& study) {
  std::vector<std::string> layers;
  for (const io::StudyService& service : study.settings.services) {
    add_field(layers, service.layer);
  }
  std::vector<Services> found;
  for (const std::string& id : layers) {
    const io::LayerDefinition layer =
        with_kinds_of(study.settings, sources.layer(id, io::LayerKind::services, "[[services]]"));
    const std::vector<io::LayerFile> files = sources.files(layer);
    auto loaded = layer.format == io::LayerFormat::vector
                      ? read_vector_services(sources, layer, files)
                      : io::read_service_tables(layer, files);
    append(study.findings, std::move(loaded.findings));
    const Crs crs = geo::crs_of_text(loaded.value.crs);
    std::size_t outside = 0;
    for (Services& services : loaded.value.kinds) {
      geo::reproject(services.places, crs, study.crs);
      const std::size_t left_out = keep_inside(services, study);
      if (left_out > 0) {
        study.findings.push_back(outside_finding(services, files.front().name, left_out));
      }
      outside += left_out;
      found.push_back(std::move(services));
    }
    for (Ledger& ledger : loaded.value.ledgers) {
      const std::uint64_t moved = std::min<std::uint64_t>(outside, ledger.used);
      ledger.used -= moved;
      ledger.excluded += moved;
      outside -= moved;
      study.ledgers.push_back(std::move(ledger));
    }
  }
  for (const io::StudyService& service : study.settings.services) {
    const auto match = std::find_if(found.begin(), found.end(), [&](const Services& services) {
      return services.id == service.id;
    });
    study.services.push_back(std::move(*match));
  }
}

namespace {

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
  request.text_fields = {layer.streets.from, layer.streets.to, layer.streets.length_m};
  const auto edges =
      io::read_lines(sources.vector_file(layer, edge_file, layer.vector.edges_member), request);

  io::LayerDefinition described = layer;
  described.streets.x = x_column;
  described.streets.y = y_column;
  io::RawTable edge_table(edge_file.name, request.text_fields);
  for (std::size_t i = 0; i < edges.value.table.size(); ++i) {
    edge_table.add_row(i + 1, {edges.value.table.texts[0][i], edges.value.table.texts[1][i],
                               edges.value.table.texts[2][i]});
  }
  auto loaded = io::streets_of_tables(
      described, table_of_points(nodes.value, {layer.streets.node_id}, node_file.name), edge_table);
  loaded.value.crs = nodes.value.table.crs.wkt;
  return loaded;
}

}  // namespace

StreetGraph load_streets(SourceFiles& sources, Study& study) {
  const std::string& id = study.settings.streets.layer;
  if (id.empty()) {
    if (!study.services.empty()) {
      study.findings.push_back(straight_lines_finding(study.settings.streets.detour_factor));
    }
    return {};
  }
  const io::LayerDefinition& layer = sources.layer(id, io::LayerKind::streets, "[streets]");
  const std::vector<io::LayerFile> files = sources.files(layer);
  auto loaded = layer.format == io::LayerFormat::vector ? read_vector_streets(sources, layer, files)
                                                        : io::read_street_tables(layer, files);
  append(study.findings, std::move(loaded.findings));
  for (Ledger& ledger : loaded.value.ledgers) study.ledgers.push_back(std::move(ledger));
  geo::reproject(loaded.value.nodes, geo::crs_of_text(loaded.value.crs), study.crs);
  study.has_streets = true;
  return StreetGraph::of(std::move(loaded.value.nodes), loaded.value.edges);
}

void find_ways(const StreetGraph& streets, Study& study) {
  if (study.services.empty()) return;
  if (!study.has_streets) {
    for (StudyEdition& edition : study.editions) {
      for (std::size_t s = 0; s < study.services.size(); ++s) {
        edition.impedance.push_back(network::straight_line_impedance(
            edition.area.districts.centroids, study.services[s].places, study.services[s].supply,
            Metres{study.settings.services[s].cutoff_m}, study.settings.streets.detour_factor));
      }
    }
    return;
  }
  const network::Components components = network::connected_components(streets);
  if (components.count() > 1) {
    Finding finding{.kind = "stranded_streets", .severity = Severity::note};
    finding.layer = study.settings.streets.layer;
    finding.count = components.stranded_count();
    finding.message =
        "Junctions are cut off from the rest of the street graph; no way begins there";
    study.findings.push_back(std::move(finding));
  }
  std::vector<std::span<const Point>> sets;
  for (const Services& services : study.services) sets.emplace_back(services.places);
  for (const StudyEdition& edition : study.editions) {
    sets.emplace_back(edition.area.districts.centroids);
  }
  const std::vector<network::SnappedPlaces> snapped = network::snap_all(streets, components, sets);
  const network::SearchableStreets searchable(streets);
  const std::size_t service_count = study.services.size();
  for (std::size_t e = 0; e < study.editions.size(); ++e) {
    for (std::size_t s = 0; s < service_count; ++s) {
      study.editions[e].impedance.push_back(network::street_impedance(
          searchable, snapped[service_count + e], {&snapped[s], study.services[s].supply},
          whole_cost(study.settings.services[s].cutoff_m, streets.unit)));
    }
  }
}

void find_street_reach(const StreetGraph& streets, double limit_m, Study& study) {
  const network::Components components = network::connected_components(streets);
  const network::SearchableStreets searchable(streets);
  for (StudyEdition& edition : study.editions) {
    const network::SnappedPlaces places =
        network::snap(streets, components, edition.area.districts.centroids);
    const TravelCosts costs =
        network::street_costs(searchable, places, places, whole_cost(limit_m, streets.unit));
    metrics::StreetReach& reach = edition.street_reach;
    reach.limit_m = limit_m;
    reach.start.assign(1, 0);
    for (std::size_t site = 0; site < costs.site_count; ++site) {
      costs.visit(site, [&](std::size_t district, std::uint32_t cost) {
        reach.district.push_back(static_cast<DistrictIndex>(district));
        reach.metres.push_back(costs.shown(cost));
      });
      reach.start.push_back(reach.district.size());
    }
  }
}

}  // namespace quartier::study
