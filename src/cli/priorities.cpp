// `quartier priorities`: the ranking of districts and its reasons.

#include "cli/command.h"
#include "report/publication_tables.h"
#include "study/output.h"

namespace quartier::cli {
namespace {

struct PrioritiesCommand {
  StudyOptions study;
  std::string out;

  void run() const {
    TerminalProgress terminal(study.timings);
    study::MetricChoice choice;
    choice.none = true;
    const study::Publication publication = published(study, terminal, choice);
    study::write_file(out, report::priorities_csv(publication));
    terminal.finish();
  }
};

}  // namespace

void add_priorities(CLI::App& program) {
  auto command = std::make_shared<PrioritiesCommand>();
  CLI::App* app =
      program.add_subcommand("priorities", "The ranking of districts and its reasons, as CSV");
  command->study.add_to(*app);
  app->add_option("--out", command->out, "The CSV file to write")->required();
  app->callback([command] { command->run(); });
}

}  // namespace quartier::cli
