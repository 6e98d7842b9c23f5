#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>
#include <utility>

#include "base/csv_text.h"
#include "base/error.h"
#include "base/number.h"
#include "io/atomic_file.h"
#include "io/layer_writer.h"
#include "study/sample/definitions.h"
#include "study/sample/sample_city.h"
#include "study/sample/street_extract.h"

namespace quartier::study {
namespace {

using namespace sample;

constexpr std::size_t rows_between_flushes = 20'000;
constexpr std::size_t many_districts = 20'000;  // from here on rows of nobody are left out

/// A table on its way to the disk, in pieces, so that a long one needs little memory.
class CsvFile {
 public:
  CsvFile(const std::filesystem::path& file, const std::vector<std::string_view>& columns,
          Progress& progress)
      : file_(file), stream_(file, std::ios::binary), rows_(columns), progress_(progress) {}

  CsvText& row() { return rows_; }
  void end_row() {
    rows_.end_row();
    if (++count_ % rows_between_flushes == 0) flush();
  }
  void close() {
    flush();
    stream_.close();
    if (!stream_) throw InputError(file_, "cannot be written", "is there room on the disk?");
  }

 private:
  void flush() {
    progress_.check();
    const std::string text = rows_.take();
    stream_.write(text.data(), static_cast<std::streamsize>(text.size()));
  }

  std::filesystem::path file_;
  std::ofstream stream_;
  CsvText rows_;
  Progress& progress_;
  std::size_t count_ = 0;
};

/// Metres with three decimals: coordinates and lengths are whole millimetres.
std::string metres_text(double metres) {
  char text[64];
  const int size = std::snprintf(text, sizeof text, "%.3f", metres);
  return {text, static_cast<std::size_t>(size)};
}

void write_population(const SampleCity& city, const std::filesystem::path& file,
                      Progress& progress) {
  CsvFile table(file, {"date", "district", "group", "persons"}, progress);
  const bool all_rows = city.districts.size() <= many_districts;
  for (const CountTable& counts : city.counts) {
    for (std::size_t i = 0; i < city.districts.size(); ++i) {
      for (GroupIndex g = 1; g < city.groups.size(); ++g) {
        const double persons = counts.group(g)[i];
        if (persons == 0.0 && g > 1 && !all_rows) continue;
        table.row()
            .text(counts.date)
            .text(city.districts.ids[i])
            .text(city.groups.nodes[g].id)
            .number(persons);
        table.end_row();
      }
    }
  }
  table.close();
}

void write_services(const SampleCity& city, const std::filesystem::path& file, Progress& progress) {
  CsvFile table(
      file, {"id", "kind", "name", "x", "y", "capacity", "opening_hours", "languages", "source"},
      progress);
  for (const Services& kind : city.services) {
    for (std::size_t s = 0; s < kind.size(); ++s) {
      table.row()
          .text(kind.ids[s])
          .text(kind.id)
          .text(kind.names[s])
          .text(metres_text(kind.places[s].x))
          .text(metres_text(kind.places[s].y))
          .number(kind.supply[s])
          .text(kind.opening_hours[s])
          .text(kind.languages[s])
          .text("synthetic");
      table.end_row();
    }
  }
  table.close();
}

void write_streets(const SampleCity& city, const std::filesystem::path& nodes_file,
                   const std::filesystem::path& edges_file, Progress& progress) {
  CsvFile nodes(nodes_file, {"node", "x", "y"}, progress);
  for (std::size_t k = 0; k < city.street_nodes.size(); ++k) {
    nodes.row()
        .integer(k + 1)
        .text(metres_text(city.street_nodes[k].x))
        .text(metres_text(city.street_nodes[k].y));
    nodes.end_row();
  }
  nodes.close();
  CsvFile edges(edges_file, {"from", "to", "length_m"}, progress);
  for (const StreetEdge& edge : city.street_edges) {
    edges.row()
        .integer(std::uint64_t{edge.from} + 1)
        .integer(std::uint64_t{edge.to} + 1)
        .text(metres_text(edge.length_mm / 1000.0));
    edges.end_row();
  }
  edges.close();
}

/// A row per date and district, two columns per indicator: the value and its base.
void write_indicators(const SampleCity& city, bool of_groups, const std::filesystem::path& file,
                      Progress& progress) {
  std::vector<const Indicator*> chosen;
  for (const Indicator& indicator : city.indicators) {
    if (indicator.group.empty() != of_groups) chosen.push_back(&indicator);
  }
  const auto first_of_next_date = std::find_if(
      chosen.begin(), chosen.end(),
      [&](const Indicator* indicator) { return indicator->date != chosen.front()->date; });
  const auto per_date = static_cast<std::size_t>(first_of_next_date - chosen.begin());
  expects(per_date > 0 && chosen.size() % per_date == 0,
          "write_sample_city: the same indicators at every date");

  std::vector<std::string> names{"date", "district"};
  for (std::size_t k = 0; k < per_date; ++k) {
    names.push_back(indicator_column(*chosen[k]));
    names.push_back(names.back() + "_base");
  }
  CsvFile table(file, {names.begin(), names.end()}, progress);
  for (std::size_t start = 0; start < chosen.size(); start += per_date) {
    for (std::size_t i = 0; i < city.districts.size(); ++i) {
      table.row().text(chosen[start]->date).text(city.districts.ids[i]);
      for (std::size_t k = start; k < start + per_date; ++k) {
        const double value = chosen[k]->values[i];
        if (is_defined(value)) {
          table.row().number(value);
        } else {
          table.row().text(missing_mark);
        }
        table.row().number(chosen[k]->base[i]);
      }
      table.end_row();
    }
  }
  table.close();
}

std::vector<std::string> of_parent(const ParentLevel& level,
                                   const std::vector<std::string>& texts) {
  std::vector<std::string> result;
  result.reserve(level.of_district.size());
  for (const std::uint32_t parent : level.of_district) result.push_back(texts[parent]);
  return result;
}

void write_map_layers(const SampleCity& city, const std::filesystem::path& file) {
  io::LayerWriter writer(file);
  io::OutputLayer districts{neighbourhood_layer, attribution(city), {}, {}};
  districts.columns.push_back({"id", city.districts.ids, {}});
  districts.columns.push_back({"name", city.districts.names, {}});
  for (const ParentLevel& level : city.districts.levels) {
    districts.columns.push_back({level.id, of_parent(level, level.ids), {}});
    districts.columns.push_back({level.id + "_name", of_parent(level, level.names), {}});
  }
  districts.columns.push_back({"land_use", city.land_use, {}});
  districts.columns.push_back(
      {"source", std::vector<std::string>(city.districts.size(), "synthetic"), {}});
  writer.add_polygons(districts, city.districts.shapes, city.districts.crs);

  Polygons water;
  water.vertices = city.river;
  water.close_ring();
  water.close_part();
  water.close_district();
  io::OutputLayer river{river_layer, attribution(city), {}, {}};
  river.columns.push_back({"id", std::vector<std::string>{"river"}, {}});
  river.columns.push_back({"name", std::vector<std::string>{"River (synthetic)"}, {}});
  writer.add_polygons(river, water, city.districts.crs);
  writer.close();
}

}  // namespace

void write_sample_city(const SampleCity& city, const std::filesystem::path& folder,
                       Progress& progress) {
  io::OutputFolder out(folder);
  progress.step("Writing the map layers", 0.0);
  write_map_layers(city, out.draft(files::districts));
  progress.step("Writing residents", 0.3);
  write_population(city, out.draft(files::population), progress);
  progress.step("Writing services and streets", 0.6);
  write_services(city, out.draft(files::services), progress);
  write_streets(city, out.draft(files::street_nodes), out.draft(files::street_edges), progress);
  if (city.options.street_extract) write_street_extract(city, out.draft(files::street_extract));
  progress.step("Writing indicators", 0.7);
  write_indicators(city, false, out.draft(files::indicators), progress);
  if (has_group_indicators(city)) {
    write_indicators(city, true, out.draft(files::indicators_by_group), progress);
  }
  progress.step("Writing the study", 0.95);
  for (const TextFile& definition : layer_definitions(city)) {
    io::write_text_atomically(out.draft(definition.name), definition.text);
  }
  for (const TextFile& text : {study_text(city), readme(city)}) {
    io::write_text_atomically(out.draft(text.name), text.text);
  }
  out.commit();
}

}  // namespace quartier::study
