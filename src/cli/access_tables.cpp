#include "cli/access_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/error.h"
#include "cli/command.h"
#include "report/findings_text.h"

namespace quartier::cli {

void AccessTables::add_to(CLI::App& app) {
  study::TableOptions& origins = tables.origins;
  io::CostTableLayout& layout = tables.layout;
  app.add_option("--origins-table", origins.file,
                 "A table of people by origin (CSV), in place of a study");
  app.add_option("--sites", tables.sites, "A table of sites (CSV), ids in the first column");
  app.add_option("--costs-table", tables.costs, "A table of costs from origins to sites (CSV)");
  app.add_option("--id", origins.id_column, "Column of origin ids; the first unless named");
  app.add_option("--groups", origins.groups, "Columns of groups, separated by commas")
      ->delimiter(',');
  app.add_option("--threshold", origins.threshold, "Hide counts of the origins below this number");
  app.add_option("--supply", tables.supply, "Column of the sites: places offered; 1 unless named");
  app.add_option("--cost-unit", layout.unit,
                 "Unit of the costs; min10: tenths of a minute, min: decimal minutes")
      ->check(one_of({"mm", "m", "s", "min10", "min"}));
  app.add_option("--from", layout.from, "Column of the costs: origin")->capture_default_str();
  app.add_option("--to", layout.to, "Column of the costs: site")->capture_default_str();
  app.add_option("--cost-column", layout.cost, "Column of the costs: cost")->capture_default_str();
  app.add_flag("--wide", layout.wide, "The costs are a matrix: a row an origin, a column a site");
  app.add_option("--decimal", reading.decimal, "Decimal mark of the tables: '.' or ','");
  app.add_option("--thousands", reading.thousands, "Their mark between groups of three digits");
  app.add_flag("--estimated", reading.estimated, "Counts may be fractions");
  app.add_option("--missing", reading.missing_marks, "Marks for a number that is not told");
  app.option_defaults()->group("Options");
  app.add_option("--keep-costs", keep_costs,
                 "A folder where the ways of a study are saved, and read where they are there");
}

bool AccessTables::given() const {
  return !tables.origins.file.empty() || !tables.sites.empty() || !tables.costs.empty();
}

void AccessTables::check(const StudyOptions& study, const study::AccessOverrides& access,
                         const std::vector<std::string>& scenarios) {
  if (!given()) {
    if (study.study.empty()) {
      throw UsageError("name a study, or tables with --origins-table, --sites and --costs-table");
    }
    const io::CostTableLayout usual;
    const io::CostTableLayout& layout = tables.layout;
    const bool of_tables = !tables.origins.id_column.empty() || !tables.origins.groups.empty() ||
                           tables.origins.threshold != 0 || !tables.supply.empty() ||
                           !layout.unit.empty() || layout.wide || layout.from != usual.from ||
                           layout.to != usual.to || layout.cost != usual.cost ||
                           !reading.decimal.empty() || !reading.thousands.empty() ||
                           reading.estimated || !reading.missing_marks.empty();
    if (of_tables) throw UsageError("an option of tables, but no --costs-table");
    return;
  }
  if (!study.study.empty()) {
    throw UsageError("tables are read in place of a study: name one of the two");
  }
  if (tables.origins.file.empty() || tables.sites.empty() || tables.costs.empty()) {
    throw UsageError("--origins-table, --sites and --costs-table go together");
  }
  if (tables.layout.unit.empty()) {
    throw UsageError("say what the costs are counted in with --cost-unit");
  }
  const bool searched = access.mode || access.cost || access.speed_kmh || access.wheelchair ||
                        access.travel_date || access.from || access.until || access.percentile ||
                        access.origins || !keep_costs.empty();
  if (searched || !scenarios.empty()) {
    throw UsageError(
        "--costs-table gives the ways: options of travel, --scenario and --keep-costs are of "
        "studies");
  }
  if (reading.thousands == "." && reading.decimal.empty()) reading.decimal = ",";
  if (!reading.thousands.empty() && reading.thousands == reading.decimal) {
    throw UsageError("--thousands and --decimal name the same mark");
  }
}

study::Publication AccessTables::published(const StudyOptions& study,
                                           const study::AccessOverrides& access,
                                           const study::MetricChoice& choice, Progress& progress) {
  if (!given()) {
    study::LoadOptions options = study.load_options();
    options.access = access;
    if (!keep_costs.empty()) options.keep_costs = keep_costs;
    return study::published(study.study, options, progress, choice);
  }
  tables.origins.reference = study.reference;
  return study::published(study::load_costs(tables, reading, access, progress), progress, choice);
}

void AccessTables::tell(const study::Publication& publication) const {
  std::vector<Finding> told;
  std::copy_if(publication.findings().begin(), publication.findings().end(),
               std::back_inserter(told),
               [&](const Finding& finding) { return given() || finding.kind == "costs_refused"; });
  if (!told.empty()) fmt::print(stderr, "{}", report::findings_table(told));
}

}  // namespace quartier::cli
