#include "report/publication_tables.h"

#include <algorithm>

#include "base/csv_text.h"
#include "report/findings_text.h"
#include "report/tables.h"

namespace quartier::report {

std::string segregation_csv(const study::Publication& publication) {
  return results_csv(publication.indices());
}

std::string access_csv(const study::Publication& publication) {
  return results_csv(publication.access());
}

std::string priorities_csv(const study::Publication& publication) {
  std::vector<const Districts*> editions;
  for (std::size_t e = 0; e < publication.edition_count(); ++e) {
    editions.push_back(&publication.edition(e).districts);
  }
  return priorities_csv(publication.rankings(), editions);
}

std::string unreached_csv(const study::Publication& publication,
                          const std::vector<std::string>& services) {
  CsvText csv(
      {"districts", "district", "name", "service", "reason", "origins", "of", "nearest", "unit"});
  for (std::uint32_t e = 0; e < publication.edition_count(); ++e) {
    const study::Edition& edition = publication.edition(e);
    for (const study::Unreached& pair : publication.unreached(e)) {
      const std::string& service = publication.services()[pair.service].id;
      if (!services.empty() &&
          std::find(services.begin(), services.end(), service) == services.end()) {
        continue;
      }
      csv.text(edition.id).text(edition.districts.ids[pair.district]);
      csv.text(edition.districts.names[pair.district]).text(service);
      csv.text(study::text_of(pair.reason)).number(pair.origins).number(pair.of);
      csv.number(pair.nearest).text(publication.way_unit()).end_row();
    }
  }
  return csv.written();
}

std::string findings_csv(const study::Publication& publication) {
  return findings_csv(publication.findings());
}

std::string ledger_csv(const study::Publication& publication) {
  return ledger_csv(publication.ledgers());
}

void districts_csv(const study::Publication& publication,
                   const std::function<void(std::string_view)>& write,
                   const std::function<bool(const study::ColumnSpec&)>& wanted) {
  write(district_values_header());
  std::string piece;
  for (const study::ColumnSpec& spec : publication.catalogue()) {
    if (wanted ? !wanted(spec) : spec.on_request) continue;
    piece.clear();
    append_district_values(piece, publication.column(spec),
                           publication.edition(spec.edition).districts, publication.groups());
    write(piece);
  }
}

std::string run_json(const study::Publication& publication,
                     const std::vector<study::Parameter>& versions) {
  return run_json({.title = publication.title(),
                   .synthetic = publication.synthetic(),
                   .versions = versions,
                   .parameters = publication.parameters(),
                   .inputs = publication.inputs()});
}

std::string levels_csv(const study::Publication& publication) {
  CsvText csv({"date", "level", "area", "name", "group", "persons", "status"});
  for (std::uint32_t e = 0; e < publication.edition_count(); ++e) {
    const std::vector<std::string>& dates = publication.edition(e).dates;
    if (dates.empty()) continue;
    for (const study::LevelCount& count : publication.level_counts(e, dates.back())) {
      csv.text(dates.back()).text(count.level).text(count.parent).text(count.name);
      csv.text(publication.groups().nodes[count.group].label);
      csv.number(count.persons).text(status_of(count.state)).end_row();
    }
  }
  return csv.written();
}

}  // namespace quartier::report
