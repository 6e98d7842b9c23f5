#include "study/load_costs.h"

#include <utility>

#include "base/number.h"
#include "domain/service_terms.h"
#include "io/checksum.h"
#include "io/paths.h"
#include "study/bare.h"
#include "study/means_words.h"

namespace quartier::study {
namespace {

std::string name_of_file(const std::filesystem::path& file) { return file.filename().string(); }

void remember(const std::filesystem::path& file, const std::string& layer, Study& study) {
  study.inputs.push_back(
      {name_of_file(file), layer, io::sha256_of_file(file), std::filesystem::file_size(file)});
}

/// Means over nobody are undefined; what counts places per head says 0, and needs this beside it.
void tell_nobody(Study& study) {
  if (compensated_sum(study.editions.front().counts.front().everyone()) > 0.0) return;
  Finding finding{.kind = "nobody_counted"};
  finding.file = study.settings.title;
  finding.message =
      "Nobody is counted at any origin: means over people are undefined, and sites have no demand";
  finding.way_out = "name the columns of groups with --groups";
  study.findings.push_back(std::move(finding));
}

void load_sites(const CostTables& tables, const io::BareCountsOptions& bare, Study& study) {
  const std::filesystem::path file = io::checked_input_file(tables.sites);
  io::SiteTableLayout layout;
  layout.text = bare.text;
  layout.decimal_stated = bare.decimal_stated;
  layout.supply = tables.supply;
  Loaded<io::SiteTable> sites = io::read_site_table(file, name_of_file(file), layout);
  append(study.findings, std::move(sites.findings));
  study.ledgers.push_back(std::move(sites.value.ledger));
  Services& services = sites.value.services;
  services.id = file.stem().string();
  services.label = services.id;
  io::StudyService settings;
  settings.id = services.id;
  settings.label = services.label;
  study.settings.services.push_back(std::move(settings));
  study.site_states.push_back(site_states(services, {}));
  study.offered.push_back(offered_supply(services, study.site_states.back()));
  study.services.push_back(std::move(services));
  remember(file, "sites", study);
}

void load_ways(const CostTables& tables, const io::BareCountsOptions& bare, Study& study) {
  const std::filesystem::path file = io::checked_input_file(tables.costs);
  io::CostTableLayout layout = tables.layout;
  layout.text = bare.text;
  layout.decimal_stated = bare.decimal_stated;
  layout.marks = bare.marks;
  StudyEdition& edition = study.editions.front();
  const std::vector<std::string>& origins = edition.area.districts.ids;
  const std::vector<std::string>& sites = study.services.front().ids;
  Loaded<io::CostTable> table =
      io::read_cost_table(file, name_of_file(file), layout, origins, sites);
  append(study.findings, std::move(table.findings));
  study.ledgers.push_back(std::move(table.value.ledger));
  const std::uint64_t pairs = std::uint64_t{origins.size()} * sites.size();
  if (table.value.ways < pairs) {
    Finding finding{.kind = "pairs_without_way", .severity = Severity::note};
    finding.file = name_of_file(file);
    finding.count = pairs - table.value.ways;
    finding.message = "Pairs of an origin and a site have no cost in the table: there is no way";
    study.findings.push_back(std::move(finding));
  }
  study.means.table = name_of_file(file);
  study.means.table_unit = table.value.costs.unit;
  study.means_label = study.means.label();
  name_travel_parameters(study);
  Impedance ways;
  ways.nearest = nearest_listed(table.value.costs, study.offered.front());
  ways.costs = std::move(table.value.costs);
  edition.impedance.push_back(std::move(ways));
  // A table says how far places are, not where: any place that is one will do.
  edition.origins.places.assign(origins.size(), Point{0.0, 0.0});
  remember(file, "costs", study);
}

}  // namespace

Study load_costs(const CostTables& tables, const CheckOptions& options,
                 const AccessOverrides& access, Progress& progress) {
  Study study = load_table(tables.origins, options, {}, progress);
  remember(io::checked_input_file(tables.origins.file), "origins", study);
  tell_nobody(study);
  const io::BareCountsOptions bare = bare_options(options);
  progress.step("Reading " + tables.sites, 0.3);
  load_sites(tables, bare, study);
  progress.step("Reading " + tables.costs, 0.4);
  load_ways(tables, bare, study);
  AccessOverrides taken;
  taken.cutoff = access.cutoff;
  taken.decay = access.decay;
  override_access(taken, study.settings);
  guard(study);
  return study;
}

}  // namespace quartier::study
