#include "study/load_services.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "geo/crs.h"
#include "geo/locate.h"
#include "geo/reproject.h"
#include "io/service_table.h"
#include "io/vector_reader.h"
#include "study/origins.h"
#include "study/point_table.h"

namespace quartier::study {
namespace {

void add_field(std::vector<std::string>& fields, const std::string& name) {
  if (!name.empty() && std::find(fields.begin(), fields.end(), name) == fields.end()) {
    fields.push_back(name);
  }
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
  for (const std::string& field :
       {services.id, services.name, services.supply, services.languages, services.hours,
        services.eligibility, services.fee, services.district}) {
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
      if (inside[i] == 0) continue;
      // Moving a text onto itself would empty it.
      if (kept != i) column[kept] = std::move(column[i]);
      ++kept;
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
  keep(services.eligibility);
  keep(services.fee);
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

/// The sites of every kind of a layer, in the study's reference system.
std::vector<Services> read_layer(SourceFiles& sources, Study& study,
                                 const io::LayerDefinition& layer, bool inside_only) {
  const std::vector<io::LayerFile> files = sources.files(layer);
  auto loaded = layer.format == io::LayerFormat::vector
                    ? read_vector_services(sources, layer, files)
                    : io::read_service_tables(layer, files);
  append(study.findings, std::move(loaded.findings));
  const Crs crs = geo::crs_of_text(loaded.value.crs);
  std::size_t outside = 0;
  for (Services& services : loaded.value.kinds) {
    geo::reproject(services.places, crs, study.crs);
    const std::size_t left_out = inside_only ? keep_inside(services, study) : 0;
    if (left_out > 0) {
      study.findings.push_back(outside_finding(services, files.front().name, left_out));
    }
    outside += left_out;
  }
  for (Ledger& ledger : loaded.value.ledgers) {
    const std::uint64_t moved = std::min<std::uint64_t>(outside, ledger.used);
    ledger.used -= moved;
    ledger.excluded += moved;
    outside -= moved;
    study.ledgers.push_back(std::move(ledger));
  }
  return std::move(loaded.value.kinds);
}

ServiceTerms terms_of(const io::StudyService& settings) {
  return {settings.open_at, settings.language, settings.eligible, settings.fee_up_to};
}

/// Words of a column of lists ("ca;es"), each once.
std::vector<std::string> words_of(const std::vector<std::string>& lists) {
  std::set<std::string> words;
  for (std::string text : lists) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == ',' || c == '|' || c == ' '; }, ';');
    for (const std::string_view word : split(text, ';')) {
      if (!trimmed(word).empty()) words.emplace(trimmed(word));
    }
  }
  return {words.begin(), words.end()};
}

/// A service that nobody can use on the terms asked for.
void tell_none_serves(const Services& services, const std::vector<SiteState>& states,
                      std::vector<Finding>& findings) {
  if (std::count(states.begin(), states.end(), SiteState::serves) > 0) return;
  Finding finding{.kind = "no_site_serves"};
  finding.layer = services.label;
  finding.count = services.size();
  if (services.size() == 0) {
    finding.message = "The service has no site in any district; nothing is reached";
    finding.way_out = "look at the kind and the layer of the service";
    findings.push_back(std::move(finding));
    return;
  }
  std::map<std::string, std::size_t> reasons;
  for (const SiteState state : states) ++reasons[std::string(text_of(state))];
  std::vector<std::string> told;
  for (const auto& [reason, count] : reasons) told.push_back(std::to_string(count) + " " + reason);
  finding.message =
      "No site serves on the terms asked for (" + joined(told, ", ") + "); nothing is reached";
  finding.way_out = "change the terms of the service";
  if (reasons.contains(std::string(text_of(SiteState::other_languages)))) {
    std::vector<std::string> known = words_of(services.languages);
    known.resize(std::min<std::size_t>(known.size(), 20));
    finding.way_out += "; languages there are: " + joined(known, ", ");
  }
  findings.push_back(std::move(finding));
}

/// Which sites serve on the terms the study asks for.
void apply_terms(Study& study) {
  for (std::size_t s = 0; s < study.services.size(); ++s) {
    const Services& services = study.services[s];
    study.terms.push_back(terms_of(study.settings.services[s]));
    study.site_states.push_back(site_states(services, study.terms.back()));
    const std::vector<SiteState>& states = study.site_states.back();
    study.offered.push_back(offered_supply(services, states));
    tell_none_serves(services, states, study.findings);
    const auto unknown = std::count(states.begin(), states.end(), SiteState::terms_unknown);
    if (unknown == 0) continue;
    Finding finding{.kind = "terms_not_published"};
    finding.layer = services.label;
    finding.count = static_cast<std::uint64_t>(unknown);
    finding.message = "Sites do not publish the terms that are asked for; they do not count";
    finding.way_out = "leave the term out, or ask the publisher";
    study.findings.push_back(std::move(finding));
  }
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
    for (Services& services : read_layer(sources, study, layer, true)) {
      found.push_back(std::move(services));
    }
  }
  for (const io::StudyService& service : study.settings.services) {
    const auto match = std::find_if(found.begin(), found.end(), [&](const Services& services) {
      return services.id == service.id;
    });
    study.services.push_back(std::move(*match));
  }
  apply_terms(study);
}

void load_origins(SourceFiles& sources, Study& study) {
  const io::StudyOrigins& settings = study.settings.origins;
  if (settings.from == "streets" && !study.means.has_streets) {
    throw InputError(study.settings.file, "origins on the streets need streets",
                     "name a layer of kind \"streets\" in [streets]");
  }
  std::vector<Services> people;
  if (settings.from == "points") {
    io::LayerDefinition layer = sources.layer(settings.layer, io::LayerKind::services, "[origins]");
    if (layer.services.supply.empty()) {
      throw InputError(layer.file,
                       "layer '" + layer.id + "' does not say how many people there are",
                       "name the column with the people as `supply` in its [places]");
    }
    layer.services.kinds.resize(1);
    people = read_layer(sources, study, layer, false);
  }
  for (StudyEdition& edition : study.editions) {
    edition.origins = origins_of(settings, edition.area, study.means.streets.nodes,
                                 people.empty() ? nullptr : &people.front(), study.findings);
  }
}

}  // namespace quartier::study
