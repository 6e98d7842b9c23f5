// `quartier segregation`: indices of a study, or of a bare table of counts.

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "cli/choose.h"
#include "cli/command.h"
#include "metrics/registry.h"
#include "report/findings_text.h"
#include "report/publication_tables.h"
#include "report/tables.h"
#include "study/check.h"
#include "study/output.h"

namespace quartier::cli {
namespace {

struct SegregationCommand {
  StudyOptions study;
  study::TableOptions table;
  study::CheckOptions reading;
  study::MetricChoice choice;
  study::AnalysisOverrides analysis;
  bool local = false;
  std::string out;

  void add_to(CLI::App& app) {
    study.add_to(app, StudyOptions::Needed::no);
    study.add_reference_to(app);
    app.add_option("--counts", table.file, "A table of counts (CSV), in place of a study");
    app.add_option("--id", table.id_column, "Its column of district ids; the first unless named");
    app.add_option("--groups", table.groups, "Its columns of groups, separated by commas")
        ->delimiter(',');
    app.add_option("--districts", table.districts, "A layer with the shapes of its districts");
    app.add_option("--threshold", table.threshold, "Hide its counts below this number");
    app.add_option("--decimal", reading.decimal, "Its decimal mark: '.' or ','");
    app.add_option("--thousands", reading.thousands, "Its mark between groups of three digits");
    app.add_flag("--estimated", reading.estimated, "Its counts may be fractions");
    app.add_option("--missing", reading.missing_marks, "Its marks for a number that is not told");
    app.add_option("--crs", reading.crs, "Reference system of a layer that names none");

    app.add_option("--metric", choice.metrics,
                   "Only these metrics, by id (see `quartier list metrics`)");
    app.add_option("--family", choice.families, "Only these families");
    app.add_flag("--all", choice.all, "Every metric, those that take long too");
    app.add_option("--group", choice.groups, "Only these groups, by id or label");
    app.add_flag("--pairs", choice.every_pair, "Every group against every other");
    app.add_option("--date", choice.date, "Only this date");
    app.add_flag("--local", local, "A value for each district, in place of one for the city");

    app.add_option("--environment", analysis.environment,
                   "What surrounds a district: kernel, nearest_people, nearest_districts, "
                   "street or own");
    app.add_option("--kernel", analysis.kernel, "Shape of the kernel (uniform, triangular, ...)");
    app.add_option("--bandwidth", analysis.bandwidths_m,
                   "Metres that the kernel or the streets reach; several make a profile");
    app.add_option("--neighbours", analysis.neighbours,
                   "How many of the nearest people or districts; several make a profile");
    app.add_option("--level", analysis.level, "Larger areas of decompositions");
    app.add_option("--empty-districts", analysis.empty_districts,
                   "Districts where nobody lives: dropped or kept");
    app.add_option("--self-distance", analysis.self_distance,
                   "Distance inside a district: 0.6*sqrt(area), sqrt(0.6*area) or 0");
    app.add_option("--permutations", analysis.permutations, "Draws of a test")
        ->check(CLI::Range(9, 999999));
    app.add_option("--stop-after", analysis.stop_after,
                   "End a district's test after so many draws beyond it; 0: never");
    app.add_option("--seed", analysis.seed, "Seed of every random draw")
        ->check(CLI::Range(0.0, 9e18));
    app.add_option("--correction", analysis.correction,
                   "Of many tests at once: none, false_discovery or bonferroni");
    app.add_option("--out", out, "The CSV file to write")->required();
  }

  void run() {
    check_words();
    TerminalProgress terminal(study.timings);
    const study::Publication publication = published(terminal);
    study::write_file(out, local ? local_table(publication) : city_table(publication));
    terminal.finish();
    if (!table.file.empty() && !publication.findings().empty()) {
      fmt::print(stderr, "{}", report::findings_table(publication.findings()));
    }
  }

 private:
  void check_words() {
    if (reading.thousands == "." && reading.decimal.empty()) reading.decimal = ",";
    if (!reading.thousands.empty() && reading.thousands == reading.decimal) {
      throw UsageError("--thousands and --decimal name the same mark");
    }
    for (const std::string& id : choice.metrics) {
      const metrics::MetricEntry* entry = metrics::find_metric(id);
      if (entry != nullptr && entry->needs.service) {
        throw UsageError("'" + id + "' is a metric of access: see `quartier access`");
      }
    }
    if (study.study.empty() == table.file.empty()) {
      throw UsageError(study.study.empty()
                           ? "name a study, or a table with --counts FILE.csv"
                           : "--counts reads a table in place of a study: name one of the two");
    }
    const bool of_table = !table.id_column.empty() || !table.groups.empty() ||
                          !table.districts.empty() || table.threshold != 0;
    if (table.file.empty() && of_table) {
      throw UsageError("--id, --groups, --districts and --threshold belong to --counts");
    }
    if (local && choice.every_pair) throw UsageError("--pairs is for values of the city");
    if (local && (analysis.bandwidths_m.size() > 1 || analysis.neighbours.size() > 1)) {
      throw UsageError("--local takes one --bandwidth and one number of --neighbours");
    }
    study::check(choice, local ? metrics::Scope::district : metrics::Scope::city);
  }

  study::Publication published(TerminalProgress& terminal) {
    // Values for districts are made when their columns are asked for.
    study::MetricChoice city = choice;
    city.none = local;
    if (table.file.empty()) {
      study::LoadOptions options = study.load_options();
      options.analysis = analysis;
      return study::published(study.study, options, terminal.progress(), city);
    }
    table.reference = study.reference;
    return study::published(study::load_table(table, reading, analysis, terminal.progress()),
                            terminal.progress(), city);
  }

  [[nodiscard]] std::string city_table(const study::Publication& publication) const {
    if (publication.indices().empty()) refuse_nothing();
    return report::results_csv(publication.indices());
  }

  [[nodiscard]] std::string local_table(const study::Publication& publication) const {
    std::vector<std::string> groups;
    for (const std::string& name : choice.groups) groups.push_back(group_id(publication, name));
    bool any = false;
    const auto wanted = [&](const study::ColumnSpec& spec) {
      const metrics::MetricEntry* entry = metrics::find_metric(spec.column);
      if (spec.kind != study::ColumnKind::metric || entry == nullptr || entry->needs.service) {
        return false;
      }
      const bool of_group = groups.empty() || spec.group.empty() ||
                            std::find(groups.begin(), groups.end(), spec.group) != groups.end();
      const bool wants =
          choice.wants(*entry) && of_group && (choice.date.empty() || spec.date == choice.date);
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

void add_segregation(CLI::App& program) {
  auto command = std::make_shared<SegregationCommand>();
  CLI::App* app = program.add_subcommand(
      "segregation", "Segregation indices by name, family or all, of a study or a table, as CSV");
  command->add_to(*app);
  app->callback([command] { command->run(); });
}

}  // namespace quartier::cli
