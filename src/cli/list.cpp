#include <fmt/core.h>

#include "base/finding.h"
#include "carto/palettes.h"
#include "cli/command.h"
#include "metrics/registry.h"
#include "report/text_table.h"
#include "study/catalogue.h"

namespace quartier::cli {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string needs_of(const metrics::MetricEntry& entry) {
  std::string needs;
  const auto add = [&](bool needed, const char* name) {
    if (needed) needs += (needs.empty() ? "" : ", ") + std::string(name);
  };
  add(entry.needs.group, "group");
  add(entry.needs.reference, "reference");
  add(entry.needs.partition, "all groups");
  add(entry.needs.weights, "neighbours");
  add(entry.needs.districts || entry.needs.contiguity, "shapes");
  add(entry.needs.environment, "environment");
  add(entry.needs.parents, "larger areas");
  add(entry.needs.earlier, "earlier date");
  add(entry.needs.service && !entry.needs.services, "service");
  add(entry.needs.services, "all services");
  add(entry.needs.window, "timetable");
  add(entry.needs.fees, "fees");
  add(entry.needs.cutoff, "cutoff");
  add(entry.on_request, "asked for by name");
  return needs;
}

void list_metrics() {
  Rows rows;
  for (const metrics::MetricEntry& entry : metrics::metric_table()) {
    rows.push_back({std::string(entry.id), std::string(entry.label), std::string(entry.family),
                    entry.scope == metrics::Scope::city ? "city" : "district",
                    std::string(entry.unit), needs_of(entry), std::string(entry.source)});
  }
  fmt::print("{}", report::text_table({{"metric", report::Align::left, 32},
                                       {"name", report::Align::left, 44},
                                       {"family"},
                                       {"per"},
                                       {"unit"},
                                       {"needs", report::Align::left, 32},
                                       {"source"}},
                                      rows));
}

void list_layers(const std::vector<std::filesystem::path>& folders) {
  Rows rows;
  for (const study::LayerSummary& layer : study::layer_summaries(folders)) {
    rows.push_back({layer.id, layer.kind, layer.title, layer.publisher, layer.licence});
  }
  fmt::print("{}", report::text_table({{"layer"},
                                       {"kind"},
                                       {"title", report::Align::left, 52},
                                       {"publisher", report::Align::left, 40},
                                       {"licence", report::Align::left, 24}},
                                      rows));
}

void list_palettes() {
  Rows rows;
  for (const carto::Palette& palette : carto::palettes()) {
    rows.push_back({std::string(palette.id), std::string(palette.label),
                    std::string(carto::id_of(palette.kind)), std::string(palette.source)});
  }
  fmt::print("{}", report::text_table({{"palette"}, {"name"}, {"kind"}, {"source"}}, rows));
}

void list_findings() {
  Rows rows;
  for (const FindingKind& kind : finding_kinds()) {
    rows.push_back({std::string(kind.id), std::string(kind.label), std::string(kind.meaning)});
  }
  fmt::print("{}",
             report::text_table({{"kind"}, {"name"}, {"meaning", report::Align::left, 110}}, rows));
}

}  // namespace

void add_list(CLI::App& program) {
  CLI::App* app = program.add_subcommand("list", "What there is");
  app->require_subcommand(1);
  app->add_subcommand("metrics", "Every metric, with what it needs and its source")
      ->callback(list_metrics);
  auto folders = std::make_shared<std::vector<std::string>>();
  CLI::App* layers = app->add_subcommand("layers", "Every layer definition");
  layers->add_option("--layers", *folders, "More folders with layer definitions");
  layers->callback([folders] {
    std::vector<std::filesystem::path> paths(folders->begin(), folders->end());
    for (const auto& folder : standard_layer_folders()) paths.push_back(folder);
    list_layers(paths);
  });
  app->add_subcommand("palettes", "Every palette, all safe for colour-vision deficiency")
      ->callback(list_palettes);
  app->add_subcommand("findings", "Every kind of finding, with its meaning")
      ->callback(list_findings);
}

}  // namespace quartier::cli
