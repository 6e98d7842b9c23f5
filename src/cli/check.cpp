#include "study/check.h"

#include <fmt/core.h>

#include "base/error.h"
#include "cli/command.h"
#include "report/findings_text.h"
#include "study/output.h"

namespace quartier::cli {
namespace {

struct CheckCommand {
  std::vector<std::string> files;
  std::string data_folder;
  std::vector<std::string> layer_folders;
  study::CheckOptions options;
  std::string json;

  [[nodiscard]] bool run() {
    if (options.thousands == "." && options.decimal.empty()) options.decimal = ",";
    if (!options.thousands.empty() && options.thousands == options.decimal) {
      throw UsageError("--thousands and --decimal name the same mark");
    }
    if (!data_folder.empty()) options.load.data_folder = data_folder;
    for (const std::string& folder : layer_folders) options.load.layer_folders.emplace_back(folder);
    for (const auto& folder : standard_layer_folders()) {
      options.load.layer_folders.push_back(folder);
    }
    TerminalProgress terminal(false);
    const study::CheckResult result = study::check(files, options, terminal.progress());
    terminal.finish();
    const std::string text = report::check_json(result.findings, result.ledgers);
    if (json == "-") {
      fmt::print("{}", text);
    } else {
      fmt::print("{}", report::findings_table(result.findings));
      if (!result.ledgers.empty()) fmt::print("\n{}", report::ledger_table(result.ledgers));
      if (!json.empty()) study::write_file(json, text);
    }
    return !any_rejected(result.findings);
  }
};

}  // namespace

void add_check(CLI::App& program, int& exit_code) {
  auto command = std::make_shared<CheckCommand>();
  CLI::App* app = program.add_subcommand(
      "check",
      "Loads only: every finding, in a table and as JSON; exit 1 when anything was rejected");
  app->add_option("FILE", command->files, "A study file, or files named by themselves")->required();
  app->add_option("--data", command->data_folder, "The folder that holds the city's files");
  app->add_option("--layers", command->layer_folders, "More folders with layer definitions");
  app->add_option("--crs", command->options.crs,
                  "Reference system of layers that name none, such as EPSG:25833");
  app->add_option("--missing", command->options.missing_marks,
                  "Marks in tables that stand for a number that is not told, such as '..'");
  app->add_option("--thousands", command->options.thousands,
                  "Mark between groups of three digits in tables");
  app->add_option("--decimal", command->options.decimal, "Decimal mark in tables: '.' or ','");
  app->add_flag("--estimated", command->options.estimated, "Accept fractional counts");
  app->add_option("--json", command->json,
                  "Write the findings as JSON; - for standard output, in place of the table");
  app->callback([command, &exit_code] {
    if (!command->run()) exit_code = 1;
  });
}

}  // namespace quartier::cli
