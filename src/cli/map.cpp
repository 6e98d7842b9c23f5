#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "cli/choose.h"
#include "cli/command.h"
#include "cli/draw_map.h"
#include "study/output.h"

namespace quartier::cli {
namespace {

/// A map needs no rows of the city.
study::MetricChoice without_rows() {
  study::MetricChoice choice;
  choice.none = true;
  return choice;
}

struct MapCommand {
  StudyOptions study;
  ColumnChoice choice;
  DrawOptions draw;
  std::string out;

  void refuse_unknown_sites(const study::Publication& publication) const {
    if (draw.service.empty()) return;
    std::vector<std::string> known;
    for (const study::ServicePoints& service : publication.services()) known.push_back(service.id);
    if (std::find(known.begin(), known.end(), draw.service) == known.end()) {
      throw InputError("there is no service '" + draw.service + "'",
                       "there is: " + joined(known, ", "));
    }
  }

  void run() {
    const PageFormat format = page_format_of(out);
    TerminalProgress terminal(study.timings);
    const study::Publication publication = published(study, terminal, without_rows());
    const study::ColumnSpec& spec = chosen_column(publication, choice);
    terminal.progress().step("Map", 0.98);
    refuse_unknown_sites(publication);
    if (draw.service.empty()) draw.service = spec.service;
    MapDrawer drawer(publication);
    study::write_file(out, drawer.page(publication.column(spec), draw, format));
    terminal.finish();
  }
};

}  // namespace

void add_map(CLI::App& program) {
  auto command = std::make_shared<MapCommand>();
  CLI::App* app = program.add_subcommand("map", "One map as PNG, SVG or PDF; needs no display");
  command->study.add_to(*app);
  app->add_option("--show", command->choice.column,
                  "What to show: a per-district metric, indicator, residents, priority_score or "
                  "priority_rank")
      ->default_val("share");
  app->add_option("--group", command->choice.group, "Group, by id or label");
  command->study.add_reference_to(*app);
  app->add_option("--date", command->choice.date, "Date, such as 2025-01-01; default: the latest");
  app->add_option("--service", command->choice.service, "Service, for access columns");
  app->add_option("--districts", command->choice.districts, "Set of districts, by id");
  app->add_option("--sites", command->draw.service, "Draw the sites of this service");
  app->add_option("--palette", command->draw.colours.palette, "See `quartier list palettes`");
  app->add_option("--breaks", command->draw.colours.method,
                  "quantile, equal_interval, natural, head_tail or diverging");
  app->add_option("--classes", command->draw.colours.class_count, "Number of classes")
      ->check(CLI::Range(1, 9));
  app->add_flag("--reversed", command->draw.colours.reversed, "Turn the palette round");
  app->add_option("--width", command->draw.size.width, "Page width, in 1/96 inch")
      ->check(CLI::Range(400, 12000));
  app->add_option("--height", command->draw.size.height, "Page height, in 1/96 inch")
      ->check(CLI::Range(300, 12000));
  app->add_option("--scale", command->draw.size.scale, "Pixels to the unit; 3.125 gives 300 dpi")
      ->check(CLI::Range(0.25, 8.0));
  app->add_flag("!--no-labels", command->draw.labels, "Leave out the districts' names");
  app->add_option("--out", command->out, "The file to write: .png, .svg or .pdf")->required();
  app->callback([command] { command->run(); });
}

}  // namespace quartier::cli
