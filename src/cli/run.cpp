// The main job: load, compute, rank, map, report.

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "cli/choose.h"
#include "cli/command.h"
#include "cli/draw_map.h"
#include "report/layer_style.h"
#include "report/publication_tables.h"
#include "report/report_html.h"
#include "study/output.h"

namespace quartier::cli {
namespace {

/// A map of the run: what it shows and what it is called.
struct RunMap {
  ColumnChoice choice;
  std::string name;     ///< of the file, without extension
  std::string caption;  ///< empty: what the column means
};

/// True where the catalogue holds a column of the service: without counts there is none.
bool has_column(const study::Publication& publication, std::string_view column,
                const std::string& service) {
  const auto& catalogue = publication.catalogue();
  return std::any_of(catalogue.begin(), catalogue.end(), [&](const study::ColumnSpec& spec) {
    return spec.column == column && spec.service == service;
  });
}

/// The maps every run makes: who lives where, how that compares, what is within reach, where to act
/// first; of the latest edition that has each.
std::vector<RunMap> maps_of(const study::Publication& publication) {
  std::vector<RunMap> maps;
  if (publication.groups().size() > 1) {
    maps.push_back(
        {{.column = "share"}, "share", "Where the group lives: its share of all residents."});
    maps.push_back({{.column = "location_quotient"},
                    "location_quotient",
                    "The group's local share over its share in the whole area; 1 is the same."});
    maps.push_back({{.column = "local_moran"},
                    "local_moran",
                    "Where districts with high or low shares lie next to each other, tested by "
                    "permutation."});
  }
  for (const study::ServicePoints& service : publication.services()) {
    if (!has_column(publication, "nearest_service", service.id)) continue;
    maps.push_back(
        {{.column = "nearest_service", .service = service.id}, "nearest_" + service.id, ""});
  }
  for (const study::PublishedRanking& ranking : publication.rankings()) {
    maps.push_back({{.column = "priority_rank:" + ranking.id},
                    "priority_" + ranking.id,
                    "Where to act first by the study's profile; a signal to look closer, not a "
                    "verdict on the people who live there."});
  }
  return maps;
}

/// True where the catalogue holds the same column at a later date.
bool has_later(const study::Publication& publication, const study::ColumnSpec& spec) {
  const auto& catalogue = publication.catalogue();
  return std::any_of(catalogue.begin(), catalogue.end(), [&](const study::ColumnSpec& other) {
    return other.column == spec.column && other.edition == spec.edition &&
           other.group == spec.group && other.date > spec.date;
  });
}

/// The columns of the latest date of each edition that the exported layer carries.
std::vector<study::ExportColumn> export_columns(const study::Publication& publication,
                                                std::uint32_t edition) {
  const Groups& groups = publication.groups();
  const std::string first =
      groups.nodes.empty() ? "" : groups.nodes[publication.default_group()].id;
  const auto& dates = publication.edition(edition).dates;
  std::vector<study::ExportColumn> columns;
  for (const study::ColumnSpec& spec : publication.catalogue()) {
    if (spec.edition != edition || spec.on_request) continue;
    const bool of_population =
        spec.kind == study::ColumnKind::metric || spec.kind == study::ColumnKind::count;
    if (of_population && (dates.empty() || spec.date != dates.back())) continue;
    if (!of_population && has_later(publication, spec)) continue;
    const bool every_group = spec.column == "share" || spec.kind == study::ColumnKind::indicator;
    const bool everyone = !groups.nodes.empty() && spec.group == groups.nodes.front().id;
    if (!every_group && !spec.group.empty() && spec.group != first && !everyone) continue;
    std::string field = spec.column;
    std::replace(field.begin(), field.end(), ':', '_');
    if (!spec.service.empty()) field += "_" + spec.service;
    if (!spec.group.empty()) field += "_" + spec.group;
    if (spec.kind == study::ColumnKind::indicator) field += "_" + spec.date.substr(0, 4);
    const bool taken = std::any_of(columns.begin(), columns.end(), [&](const auto& column) {
      return lower_ascii(column.field) == lower_ascii(field);
    });
    if (!taken) columns.push_back({field, publication.column(spec)});
  }
  return columns;
}

study::ExportLayer export_layer(const study::Publication& publication, std::uint32_t edition) {
  study::ExportLayer layer;
  layer.edition = edition;
  layer.name = publication.edition_count() == 1 ? "districts"
                                                : "districts_" + publication.edition(edition).id;
  layer.columns = export_columns(publication, edition);
  for (const study::ExportColumn& column : layer.columns) {
    if (column.column.spec.categorical) continue;
    const report::ColumnMap map = report::column_map(column.column);
    if (map.breaks.class_count() == 0) continue;
    const report::LayerStyle style{column.field, column.field, study::state_field_of(column.field),
                                   map.breaks, map.choropleth.legend};
    study::LayerStyleText text{column.field, report::column_title(publication, column.column.spec),
                               report::layer_qml(style), report::layer_sld(style)};
    const bool opening =
        column.column.spec.column == "share" &&
        column.column.spec.group == publication.groups().nodes[publication.default_group()].id;
    layer.styles.insert(opening ? layer.styles.begin() : layer.styles.end(), std::move(text));
  }
  return layer;
}

bool of_latest_date(const study::Publication& publication, const study::ColumnSpec& spec) {
  if (spec.on_request) return false;
  if (spec.kind == study::ColumnKind::indicator) return true;
  const auto& dates = publication.edition(spec.edition).dates;
  return dates.empty() || spec.date >= dates.back();
}

struct RunCommand {
  StudyOptions study;
  std::string out;

  void run() {
    TerminalProgress terminal(study.timings);
    const study::Publication publication = published(study, terminal);
    study::Output output(out);
    terminal.progress().step("Maps", 0.96);
    std::vector<report::ReportImage> images = write_maps(publication, output);
    terminal.progress().step("Tables", 0.97);
    write_tables(publication, output);
    terminal.progress().step("Layers for QGIS", 0.98);
    std::vector<study::ExportLayer> layers;
    for (std::uint32_t e = 0; e < publication.edition_count(); ++e) {
      layers.push_back(export_layer(publication, e));
    }
    study::write_layers(publication, layers, output.draft("districts.gpkg"));
    terminal.progress().step("Report", 0.99);
    const std::vector<study::Parameter> versions{{"quartier", std::string(version())}};
    output.write("run.json", report::run_json(publication, versions));
    output.write("report.html", report::report_html(report::report_content(
                                    publication, std::move(images), versions)));
    output.commit();
    terminal.finish();
    fmt::print("{}: {} districts, {} findings; {}\n", publication.title(),
               publication.edition(publication.edition_count() - 1).districts.size(),
               publication.findings().size(),
               (std::filesystem::path(out) / "report.html").string());
  }

  static std::vector<report::ReportImage> write_maps(const study::Publication& publication,
                                                     study::Output& output) {
    MapDrawer drawer(publication);
    std::vector<report::ReportImage> images;
    for (const RunMap& map : maps_of(publication)) {
      const study::Column column = publication.column(chosen_column(publication, map.choice));
      DrawOptions options;
      options.size = {1280, 880, 1.0};
      options.service = column.spec.service;
      std::string png = drawer.page(column, options, PageFormat::png);
      output.write("maps/" + map.name + ".png", png);
      const std::string title = report::column_title(publication, column.spec);
      images.push_back({title, map.caption.empty() ? report::column_note(column) : map.caption,
                        "Map: " + title + ", " + report::column_subtitle(publication, column.spec) +
                            ". The values stand in districts.csv.",
                        std::move(png)});
    }
    return images;
  }

  static void write_tables(const study::Publication& publication, study::Output& output) {
    output.write("segregation.csv", report::segregation_csv(publication));
    output.write("access.csv", report::access_csv(publication));
    output.write("unreached.csv", report::unreached_csv(publication));
    output.write("priorities.csv", report::priorities_csv(publication));
    output.write("levels.csv", report::levels_csv(publication));
    output.write("findings.csv", report::findings_csv(publication));
    output.write("ledger.csv", report::ledger_csv(publication));
    std::string districts;
    report::districts_csv(
        publication, [&](std::string_view piece) { districts += piece; },
        [&](const study::ColumnSpec& spec) { return of_latest_date(publication, spec); });
    output.write("districts.csv", districts);
  }
};

}  // namespace

void add_run(CLI::App& program) {
  auto command = std::make_shared<RunCommand>();
  CLI::App* app = program.add_subcommand(
      "run", "The main job: load, compute, rank, map and report a study into a folder");
  command->study.add_to(*app);
  app->add_option("--out", command->out, "The folder to write")->required();
  app->callback([command] { command->run(); });
}

}  // namespace quartier::cli
