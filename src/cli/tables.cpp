// The commands that write one table of a whole study: access, priorities.

#include "report/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/error.h"
#include "base/text.h"
#include "cli/choose.h"
#include "cli/command.h"
#include "metrics/registry.h"
#include "report/publication_tables.h"
#include "study/output.h"

namespace quartier::cli {
namespace {

/// Which rows of a table of results are wanted.
struct RowChoice {
  std::vector<std::string> metrics;
  std::vector<std::string> families;
  std::vector<std::string> groups;
  std::vector<std::string> services;
  std::string date;

  void add_to(CLI::App& app) {
    app.add_option("--metric", metrics, "Only these metrics, by id (see `quartier list metrics`)");
    app.add_option("--family", families, "Only these families");
    app.add_option("--group", groups, "Only these groups, by id or label");
    app.add_option("--date", date, "Only this date");
    app.add_option("--service", services, "Only these services");
  }

  [[nodiscard]] std::vector<metrics::ResultRow> of(
      const study::Publication& publication, const std::vector<metrics::ResultRow>& rows) const {
    for (const std::string& id : metrics) refuse_unknown_metric(id);
    std::vector<std::string> labels;
    for (const std::string& name : groups) labels.push_back(group_label(publication, name));
    refuse_unknown_values(rows);
    const auto wanted = [](const std::vector<std::string>& list, const std::string& value) {
      return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
    };
    std::vector<metrics::ResultRow> chosen;
    for (const metrics::ResultRow& row : rows) {
      if (wanted(metrics, row.metric) && wanted(families, row.family) &&
          wanted(labels, row.group) && wanted(services, row.service) &&
          (date.empty() || row.date == date)) {
        chosen.push_back(row);
      }
    }
    if (chosen.empty() && !rows.empty()) {
      throw InputError("no result has all that was asked for together",
                       "leave options out to see what there is");
    }
    return chosen;
  }

  /// The label of a group named by id or label.
  static std::string group_label(const study::Publication& publication, const std::string& name) {
    const GroupIndex group = publication.groups().find(group_id(publication, name));
    if (group == no_index) {
      throw InputError("'" + name + "' is no group with results of its own",
                       "name a group; the rest is a reference, not a group");
    }
    return publication.groups().nodes[group].label;
  }

  /// Families, services and dates that no row has are named with what there is.
  void refuse_unknown_values(const std::vector<metrics::ResultRow>& rows) const {
    const auto refuse = [&](const std::vector<std::string>& wanted, const std::string& what,
                            const auto& part) {
      std::vector<std::string> known;
      for (const metrics::ResultRow& row : rows) {
        const std::string value = part(row);
        if (!value.empty() && std::find(known.begin(), known.end(), value) == known.end()) {
          known.push_back(value);
        }
      }
      for (const std::string& value : wanted) {
        if (std::find(known.begin(), known.end(), value) == known.end()) {
          throw InputError(fmt::format("no result of this command has the {} '{}'", what, value),
                           "there is: " + joined(known, ", "));
        }
      }
    };
    refuse(metrics, "metric", [](const metrics::ResultRow& row) { return row.metric; });
    refuse(families, "family", [](const metrics::ResultRow& row) { return row.family; });
    refuse(services, "service", [](const metrics::ResultRow& row) { return row.service; });
    if (!date.empty()) {
      refuse({date}, "date", [](const metrics::ResultRow& row) { return row.date; });
    }
  }

  static void refuse_unknown_metric(const std::string& id) {
    if (metrics::find_metric(id) != nullptr) return;
    std::vector<std::string> known;
    for (const metrics::MetricEntry& entry : metrics::metric_table()) known.emplace_back(entry.id);
    const std::string near = nearest_word(id, known);
    throw InputError("there is no metric '" + id + "'",
                     near.empty() ? "`quartier list metrics` shows what there is"
                                  : "did you mean '" + near + "'?");
  }
};

struct TableCommand {
  StudyOptions study;
  RowChoice rows;
  std::string out;
  std::function<std::string(const study::Publication&, const RowChoice&)> table;

  void run() const {
    TerminalProgress terminal(study.timings);
    const study::Publication publication = published(study, terminal);
    study::write_file(out, table(publication, rows));
    terminal.finish();
  }
};

std::shared_ptr<TableCommand> add_table(CLI::App& program, const std::string& name,
                                        const std::string& help) {
  auto command = std::make_shared<TableCommand>();
  CLI::App* app = program.add_subcommand(name, help);
  command->study.add_to(*app);
  if (name != "priorities") {
    command->rows.add_to(*app);
    command->study.add_reference_to(*app);
  }
  app->add_option("--out", command->out, "The CSV file to write")->required();
  app->callback([command] { command->run(); });
  return command;
}

}  // namespace

void add_access(CLI::App& program) {
  add_table(program, "access", "Access of every group to every service, as CSV")->table =
      [](const study::Publication& publication, const RowChoice& rows) {
        return report::results_csv(rows.of(publication, publication.access()));
      };
}

void add_priorities(CLI::App& program) {
  add_table(program, "priorities", "The ranking of districts and its reasons, as CSV")->table =
      [](const study::Publication& publication, const RowChoice&) {
        return report::priorities_csv(publication);
      };
}

}  // namespace quartier::cli
