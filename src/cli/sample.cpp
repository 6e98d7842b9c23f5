#include <fmt/core.h>

#include "cli/command.h"
#include "study/sample/sample_city.h"

namespace quartier::cli {
namespace {

struct SampleCommand {
  std::string folder;
  study::SampleOptions options;
  bool timings = false;

  void run() {
    TerminalProgress terminal(timings);
    const study::SampleCity city = study::make_sample_city(options, terminal.progress());
    study::write_sample_city(city, folder, terminal.progress());
    terminal.finish();
    fmt::print("Sample city (synthetic): {} districts in {}\n", city.districts.size(),
               (std::filesystem::path(folder) / "study.toml").string());
  }
};

}  // namespace

void add_sample(CLI::App& program) {
  auto command = std::make_shared<SampleCommand>();
  CLI::App* app =
      program.add_subcommand("sample", "Writes a synthetic city: study.toml and its layers");
  app->add_option("DIR", command->folder, "The folder to write")->required();
  app->add_option("--districts", command->options.district_count, "About how many districts")
      ->check(CLI::Range(study::least_sample_districts, study::most_sample_districts));
  app->add_option("--seed", command->options.seed, "Another seed, another city");
  app->add_flag("--osm", command->options.street_extract,
                "Write the streets also as an OpenStreetMap extract");
  app->add_flag("--timings", command->timings, "Print what each step took, and the peak memory");
  app->callback([command] { command->run(); });
}

}  // namespace quartier::cli
