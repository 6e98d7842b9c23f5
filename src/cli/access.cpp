// `quartier access`: who reaches what, of a study or of bare tables.

#include <algorithm>
#include <cstdio>

#include "base/error.h"
#include "base/text.h"
#include "cli/access_tables.h"
#include "cli/choose.h"
#include "cli/command.h"
#include "metrics/registry.h"
#include "report/findings_text.h"
#include "report/isochrone_figure.h"
#include "report/publication_tables.h"
#include "report/tables.h"
#include "study/output.h"

namespace quartier::cli {
namespace {

struct AccessCommand {
  StudyOptions study;
  study::MetricChoice choice;
  study::AccessOverrides access;
  AccessTables tables;
  std::string window;
  bool local = false;
  std::string isochrones;
  std::string out;
  std::string why;

  void add_to(CLI::App& app) {
    study.add_to(app, StudyOptions::Needed::no);
    app.option_defaults()->group("What is computed");
    app.add_option("--measure,--metric", choice.metrics,
                   "Only these measures, by id (see `quartier list metrics`)");
    app.add_option("--family", choice.families, "Only these families");
    app.add_flag("--all", choice.all, "Every measure, those that take long too");
    app.add_option("--service", choice.services, "Only these services, by id");
    app.add_option("--group", choice.groups, "Only these groups, by id or label");
    study.add_reference_to(app);
    app.add_flag("--pairs", choice.every_pair, "Every group against every other");
    app.add_option("--date", choice.date, "Only this date; the latest unless named");
    app.add_option("--scenario", choice.scenarios,
                   "Measures as these scenarios of the study would have them, beside today's");
    app.add_flag("--local", local, "A value for each district, in place of one for the city");
    app.add_option("--cutoff", access.cutoff,
                   "Within reach: metres or minutes, as ways are counted; for every service")
        ->check(number_in(0.01, 200000.0));
    app.add_option("--decay", access.decay,
                   "How weight falls with cost: binary, linear, power:A, exponential:B, "
                   "gaussian:S, step:B=W,..., logistic:M,S, epanechnikov");
    add_travel_to(app);
    app.option_defaults()->group("Output");
    app.add_option("--out", out, "The CSV file to write; may be left out with --isochrones");
    app.add_option("--why", why, "A second CSV file: which districts lack access, and why");
    app.add_option("--isochrones", isochrones,
                   "A GeoPackage: the areas within each service's cutoff, and within half of it");
    app.option_defaults()->group("Tables in place of a study");
    tables.add_to(app);
    app.footer(
        "Examples:\n"
        "  quartier access study.toml --service libraries --family gaps --out access.csv\n"
        "  quartier access study.toml --mode cycle --cutoff 15 --local --out districts.csv\n"
        "What each option means: docs/commands/access.md");
  }

  void add_travel_to(CLI::App& app) {
    app.option_defaults()->group("How people travel, in place of the study's own");
    app.add_option("--mode", access.mode, "How people travel")
        ->check(one_of({"walk", "cycle", "drive", "transit"}));
    app.add_option("--cost", access.cost, "What ways are counted in")
        ->check(one_of({"distance", "time"}));
    app.add_option("--speed", access.speed_kmh, "Speed in km/h, where ways are counted in time")
        ->check(number_in(0.1, 200.0));
    app.add_flag("--wheelchair", access.wheelchair, "Only what can be passed in a wheelchair");
    app.add_option("--window", window, "Departures of a timetable, FROM-UNTIL: 08:00-09:00");
    app.add_option("--travel-date", access.travel_date, "Day of a timetable: 2025-03-11");
    app.add_option("--percentile", access.percentile, "Of the travel times over the window")
        ->check(number_in(1.0, 100.0));
    app.add_option("--origins", access.origins, "Where in the districts people set out")
        ->check(one_of({"centroids", "grid", "streets", "points"}));
  }

  void run() {
    check_words();
    TerminalProgress terminal(study.timings);
    study::MetricChoice city = choice;
    city.none = local || out.empty();
    city.only_access = true;
    const study::Publication publication =
        tables.published(study, access, city, terminal.progress());
    if (!out.empty()) {
      study::write_file(out, local ? local_table(publication) : city_table(publication));
    }
    if (!why.empty()) {
      study::write_file(why, report::unreached_csv(publication, choice.services));
    }
    if (!isochrones.empty()) write_isochrones(publication);
    terminal.finish();
    tables.tell(publication);
    if (!tables.given()) tell_findings(publication);
  }

 private:
  /// Findings are told in full by `quartier check` and `run`. Here those that depend on options,
  /// which `check` does not take, and how many others there are.
  static void tell_findings(const study::Publication& publication) {
    std::vector<Finding> told;
    std::size_t others = 0;
    for (const Finding& finding : publication.findings()) {
      if (finding.severity == Severity::note) continue;
      const bool of_travel =
          finding.kind == "cutoff_by_default" || finding.kind == "wheelchair_unknown" ||
          finding.kind == "no_street_open" || finding.kind == "setting_without_effect";
      if (of_travel) {
        told.push_back(finding);
      } else {
        ++others;
      }
    }
    if (!told.empty()) std::fprintf(stderr, "%s", report::findings_table(told).c_str());
    if (others == 0) return;
    const std::string count = others == 1 ? "1 finding" : std::to_string(others) + " findings";
    std::fprintf(stderr, "%s%s; `quartier check` lists them\n", told.empty() ? "" : "and ",
                 count.c_str());
  }

  void check_words() {
    if (!isochrones.empty() && !lower_ascii(isochrones).ends_with(".gpkg")) {
      throw UsageError("--isochrones writes a GeoPackage", "give it a name that ends in .gpkg");
    }
    if (out.empty() && isochrones.empty()) {
      throw UsageError("--out is required", "name the CSV file, or a GeoPackage by --isochrones");
    }
    for (const std::string& id : choice.metrics) {
      const metrics::MetricEntry* entry = metrics::find_metric(id);
      if (entry != nullptr && !entry->needs.service) {
        throw UsageError("'" + id + "' is a metric of segregation: see `quartier segregation`");
      }
    }
    if (!window.empty()) {
      const std::size_t dash = window.find('-');
      if (dash == std::string::npos) {
        throw UsageError("--window takes two times, such as 08:00-09:00");
      }
      access.from = window.substr(0, dash);
      access.until = window.substr(dash + 1);
    }
    tables.check(study, access, choice.scenarios);
    if (local && choice.every_pair) throw UsageError("--pairs is for values of the city");
    study::check(choice, local ? metrics::Scope::district : metrics::Scope::city);
  }

  void write_isochrones(const study::Publication& publication) const {
    const auto latest = static_cast<std::uint32_t>(publication.edition_count() - 1);
    study::write_isochrones(publication, latest, publication.isochrones(latest, choice.services),
                            report::isochrone_style(), isochrones);
  }

  [[nodiscard]] std::string city_table(const study::Publication& publication) const {
    if (publication.access().empty()) refuse_nothing();
    return report::results_csv(publication.access());
  }

  [[nodiscard]] std::string local_table(const study::Publication& publication) const {
    std::vector<std::string> groups;
    for (const std::string& name : choice.groups) groups.push_back(group_id(publication, name));
    const auto among = [](const std::vector<std::string>& list, const std::string& value) {
      return list.empty() || value.empty() ||
             std::find(list.begin(), list.end(), value) != list.end();
    };
    bool any = false;
    const auto wanted = [&](const study::ColumnSpec& spec) {
      const metrics::MetricEntry* entry = metrics::find_metric(spec.column);
      if (spec.kind != study::ColumnKind::metric || entry == nullptr || !entry->needs.service) {
        return false;
      }
      const bool wants = choice.wants(*entry) && among(groups, spec.group) &&
                         among(choice.services, spec.service) &&
                         (choice.date.empty() || spec.date == choice.date);
      any = any || wants;
      return wants;
    };
    std::string text;
    report::districts_csv(
        publication, [&](std::string_view piece) { text += piece; }, wanted);
    if (!any) refuse_nothing();
    return text;
  }

  [[noreturn]] static void refuse_nothing() {
    throw InputError("no result has all that was asked for together",
                     "leave options out to see what there is");
  }
};

}  // namespace

void add_access(CLI::App& program) {
  auto command = std::make_shared<AccessCommand>();
  CLI::App* app = program.add_subcommand(
      "access", "Who reaches what: measures of access by name, family or all, as CSV");
  command->add_to(*app);
  app->callback([command] { command->run(); });
}

}  // namespace quartier::cli
