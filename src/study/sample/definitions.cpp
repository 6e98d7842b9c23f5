#include "study/sample/definitions.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "study/sample/indicators.h"

namespace quartier::study::sample {
namespace {

std::string toml_text(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

/// A line `key = "text"`.
std::string line(std::string_view key, std::string_view text) {
  return std::string(key) + " = " + toml_text(text) + "\n";
}

std::string table(std::string_view name) { return "\n[" + std::string(name) + "]\n"; }
std::string entry(std::string_view name) { return "\n[[" + std::string(name) + "]]\n"; }

/// The keys every definition begins with.
std::string opening(const SampleCity& city, std::string_view id, std::string_view title,
                    std::string_view kind, std::string_view format) {
  return line("id", id) + line("title", std::string(title) + ", Sample City (synthetic)") +
         line("kind", kind) + line("format", format) +
         line("publisher", "quartier sample (synthetic data)") + line("licence", "CC0-1.0") +
         line("attribution", attribution(city));
}

std::string file_entry(std::string_view pattern, std::string_view part = {}) {
  return entry("file") + (part.empty() ? "" : line("part", part)) + line("pattern", pattern);
}

std::string neighbourhoods(const SampleCity& city) {
  std::string text =
      opening(city, "sample-neighbourhoods", "Neighbourhoods", "districts", "vector");
  text += file_entry(files::districts) + table("vector") + line("layer", neighbourhood_layer) +
          line("id", "id") + line("name", "name");
  for (const ParentLevel& level : city.districts.levels) {
    text += entry("parent") + line("id", level.id) + line("label", level.label) +
            line("field", level.id) + line("name", level.id + "_name");
  }
  return text;
}

std::string river(const SampleCity& city) {
  return opening(city, "sample-river", "River", "districts", "vector") +
         file_entry(files::districts) + table("vector") + line("layer", river_layer) +
         line("id", "id") + line("name", "name");
}

std::string population(const SampleCity& city) {
  std::string text =
      opening(city, "sample-population", "Residents by region of origin", "counts", "csv") +
      file_entry(files::population) + table("text") + line("encoding", "utf-8") + table("key") +
      line("column", "district") + table("date") + line("column", "date") + table("counts") +
      line("value", "persons") + line("code", "group") + line("absent", "zero");
  for (std::size_t g = 0; g < city.groups.size(); ++g) {
    const Group& group = city.groups.nodes[g];
    text += entry("group") + line("id", group.id) + line("label", group.label);
    if (g > 0) text += line("parent", city.groups.nodes[group.parent].id) + line("code", group.id);
  }
  return text;
}

std::string services(const SampleCity& city) {
  std::string text = opening(city, "sample-services", "Services", "services", "csv") +
                     file_entry(files::services) + table("text") + line("encoding", "utf-8") +
                     table("places") + line("id", "id") + line("name", "name") + line("x", "x") +
                     line("y", "y") + line("crs", city.districts.crs.name) +
                     line("supply", "capacity") + line("languages", "languages") +
                     line("hours", "opening_hours") + "one_row_each = false\n";
  for (const Services& kind : city.services) {
    text += entry("service") + line("id", kind.id) + line("label", kind.label) +
            line("column", "kind") + "values = [" + toml_text(kind.id) + "]\n";
  }
  return text;
}

std::string streets(const SampleCity& city) {
  return opening(city, "sample-streets", "Streets", "streets", "csv") +
         file_entry(files::street_nodes, "nodes") + file_entry(files::street_edges, "edges") +
         table("text") + line("encoding", "utf-8") + table("streets") + line("node_id", "node") +
         line("x", "x") + line("y", "y") + line("crs", city.districts.crs.name) +
         line("from", "from") + line("to", "to") + line("length_m", "length_m");
}

std::string street_extract(const SampleCity& city) {
  return opening(city, "sample-streets-osm", "Streets (OpenStreetMap extract)", "streets", "osm") +
         file_entry(files::street_extract);
}

/// Indicators of everyone, or those of groups, by the columns `indicator_column` names them.
std::string indicators(const SampleCity& city, bool of_groups) {
  std::string text = of_groups
                         ? opening(city, "sample-indicators-by-group",
                                   "Indicators by region of origin", "indicators", "csv") +
                               file_entry(files::indicators_by_group)
                         : opening(city, "sample-indicators", "Indicators", "indicators", "csv") +
                               file_entry(files::indicators);
  text += table("text") + line("encoding", "utf-8") + table("key") + line("column", "district") +
          table("date") + line("column", "date") + entry("mark") + line("text", missing_mark) +
          line("reason", "not told: not collected, or nobody in the base");
  std::set<std::pair<std::string, std::string>> told;  // one entry for all dates
  for (const Indicator& indicator : city.indicators) {
    if (indicator.group.empty() == of_groups) continue;
    if (!told.emplace(indicator.id, indicator.group).second) continue;
    const auto sorts = indicator_sorts();
    const auto sort = std::find_if(sorts.begin(), sorts.end(),
                                   [&](const IndicatorSort& s) { return s.id == indicator.id; });
    const std::string column = indicator_column(indicator);
    text += entry("indicator") + line("id", indicator.id) + line("label", indicator.label) +
            line("unit", indicator.unit);
    if (of_groups) text += line("group", indicator.group);
    text += line("domain", id_of(indicator.domain)) + line("direction", id_of(sort->direction)) +
            line("lever", id_of(sort->lever)) + line("column", column) +
            line("base", column + "_base");
  }
  return text;
}

}  // namespace

std::string attribution(const SampleCity& city) {
  return "Synthetic data made by quartier sample, seed " + std::to_string(city.options.seed) +
         ": no real city, no real people";
}

bool has_group_indicators(const SampleCity& city) {
  return std::any_of(city.indicators.begin(), city.indicators.end(),
                     [](const Indicator& indicator) { return !indicator.group.empty(); });
}

std::string indicator_column(const Indicator& indicator) {
  return indicator.group.empty() ? indicator.id : indicator.id + "_" + indicator.group;
}

std::vector<TextFile> layer_definitions(const SampleCity& city) {
  std::vector<TextFile> definitions{
      {"layers/sample-neighbourhoods.toml", neighbourhoods(city)},
      {"layers/sample-river.toml", river(city)},
      {"layers/sample-population.toml", population(city)},
      {"layers/sample-services.toml", services(city)},
      {"layers/sample-streets.toml", streets(city)},
      {"layers/sample-indicators.toml", indicators(city, false)},
  };
  if (city.options.street_extract) {
    definitions.push_back({"layers/sample-streets-osm.toml", street_extract(city)});
  }
  if (has_group_indicators(city)) {
    definitions.push_back({"layers/sample-indicators-by-group.toml", indicators(city, true)});
  }
  return definitions;
}

}  // namespace quartier::study::sample
