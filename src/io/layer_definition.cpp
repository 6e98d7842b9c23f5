#include "io/layer_definition.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "io/layer_definition_parts.h"

namespace quartier::io {
namespace {

char one_character(TomlSection& section, std::string_view key, std::string fallback) {
  const std::string value = section.text(key, std::move(fallback));
  if (value.size() != 1) section.fail(key, "must be one ASCII character");
  return value.front();
}

void read_files(TomlSection& top, LayerDefinition& layer) {
  for (TomlSection& section : top.sections("file")) {
    FilePattern file;
    file.part = section.text("part");
    file.pattern = section.required_text("pattern");
    file.date = section.text("date");
    file.from = date_or_open(section, "from");
    file.until = date_or_open(section, "until");
    section.finish();
    if (file.pattern.front() == '/' || file.pattern.find("..") != std::string::npos) {
      section.fail("pattern", "must stay inside the data folder");
    }
    layer.files.push_back(std::move(file));
  }
  if (layer.files.empty()) top.fail("file", "at least one [[file]] with a pattern is needed");
}

void read_text_layout(TomlSection& top, TextLayout& text) {
  std::optional<TomlSection> section = top.section("text");
  if (!section) return;
  const std::string encoding =
      section->choice("encoding", {"detect", "utf-8", "utf-16", "windows-1252"});
  text.encoding = encoding == "utf-8"          ? TextEncoding::utf8
                  : encoding == "utf-16"       ? TextEncoding::utf16
                  : encoding == "windows-1252" ? TextEncoding::windows_1252
                                               : TextEncoding::detect;
  text.delimiter = one_character(*section, "delimiter", ",");
  text.decimal = one_character(*section, "decimal", ".");
  text.thousands = section->text("thousands");
  text.skip = section->whole("skip", 0, 0, 1000);
  text.unpack_twice = section->flag("unpack_twice", false);
  section->finish();
  if (text.thousands.size() == 1 && text.thousands.front() == text.decimal) {
    section->fail("thousands", "must differ from the decimal mark");
  }
}

void read_key(TomlSection& top, KeyColumn& key) {
  std::optional<TomlSection> section = top.section("key");
  if (!section) return;
  key.column = section->required_text("column");
  key.width = section->whole("width", 0, 0, 64);
  key.fill = one_character(*section, "fill", "0");
  key.name = section->text("name");
  key.by_name = section->flag("by_name", false);
  section->finish();
}

void read_date(TomlSection& top, DateColumns& date) {
  std::optional<TomlSection> section = top.section("date");
  if (!section) return;
  date.column = section->text("column");
  date.fixed = section->text("template");
  section->finish();
  if (date.column.empty() == date.fixed.empty()) {
    section->fail("column", "[date] has either a column or a template");
  }
}

void read_rows_and_marks(TomlSection& top, LayerDefinition& layer) {
  for (TomlSection& section : top.sections("row")) {
    RowRule rule;
    rule.column = section.required_text("column");
    rule.keep = section.texts("keep");
    rule.exclude = section.texts("exclude");
    rule.reason = section.required_text("reason");
    section.finish();
    if (rule.keep.empty() == rule.exclude.empty()) {
      section.fail("keep", "a [[row]] rule has either `keep` or `exclude`");
    }
    layer.rows.push_back(std::move(rule));
  }
  for (TomlSection& section : top.sections("mark")) {
    CellMark mark;
    if (!section.has("text")) section.fail("text", "is missing");
    mark.text = section.text("text");
    mark.reason = section.required_text("reason");
    mark.suppressed = section.flag("suppressed", false);
    mark.least = section.number("least", 0.0, 0.0, any_size);
    mark.greatest = section.has("greatest") ? section.number("greatest", 0.0, mark.least, any_size)
                                            : std::numeric_limits<double>::infinity();
    mark.columns = section.texts("columns");
    section.finish();
    layer.marks.push_back(std::move(mark));
  }
  for (TomlSection& section : top.sections("notice")) {
    LayerNotice notice;
    notice.kind = section.choice(
        "kind", {"series_break", "columns_mislabelled", "overlapping_groups", "rounded_counts",
                 "reference_contained", "not_a_stock", "partial_layer"});
    notice.from = date_or_open(section, "from");
    notice.until = date_or_open(section, "until");
    notice.message = section.required_text("message");
    section.finish();
    layer.notices.push_back(std::move(notice));
  }
  for (TomlSection& section : top.sections("expect")) {
    ExpectedRows expected;
    expected.date = date_or_open(section, "date");
    expected.rows = section.whole("rows", 0, 1, 100000000);
    section.finish();
    layer.expected.push_back(std::move(expected));
  }
}

constexpr std::pair<LayerKind, std::string_view> kind_names[] = {
    {LayerKind::districts, "districts"},   {LayerKind::counts, "counts"},
    {LayerKind::indicators, "indicators"}, {LayerKind::services, "services"},
    {LayerKind::streets, "streets"},       {LayerKind::links, "links"},
    {LayerKind::codes, "codes"},           {LayerKind::timetable, "timetable"},
};

LayerKind read_kind(TomlSection& top) {
  const std::string name = top.required_text("kind");
  std::string known;
  for (const auto& [kind, kind_name] : kind_names) {
    if (kind_name == name) return kind;
    known += (known.empty() ? "" : ", ") + std::string(kind_name);
  }
  top.fail("kind", "'" + name + "' is not one of " + known);
}

/// As `format` says; without it, extracts of OpenStreetMap are known by their extension.
LayerFormat read_format(TomlSection& top, const LayerDefinition& layer) {
  const bool streets = layer.kind == LayerKind::streets;
  bool extracts = streets;
  for (const FilePattern& file : layer.files) {
    const std::string name = lower_ascii(file.pattern);
    extracts = extracts && (name.ends_with(".osm") || name.ends_with(".pbf"));
  }
  const bool said = top.has("format");
  const std::string format = top.choice("format", {"csv", "vector", "osm", "gtfs"});
  if (said ? format == "osm" : extracts) {
    if (!streets) top.fail("format", "\"osm\" is for streets only");
    if (layer.files.size() != 1) top.fail("file", "a layer of format \"osm\" has one [[file]]");
    return LayerFormat::osm;
  }
  return format == "vector" ? LayerFormat::vector
         : format == "gtfs" ? LayerFormat::gtfs
                            : LayerFormat::csv;
}

void read_kind_layout(TomlSection& top, LayerDefinition& layer) {
  switch (layer.kind) {
    case LayerKind::districts:
      if (layer.format != LayerFormat::vector) top.fail("format", "districts are \"vector\"");
      break;
    case LayerKind::counts:
      read_counts_layout(top, layer);
      break;
    case LayerKind::indicators:
      read_indicators_layout(top, layer);
      break;
    case LayerKind::services:
      read_services_layout(top, layer);
      break;
    case LayerKind::streets:
      if (layer.format != LayerFormat::osm) read_streets_layout(top, layer.streets);
      break;
    case LayerKind::links:
      read_links_layout(top, layer.links);
      break;
    case LayerKind::codes:
      read_codes_layout(top, layer.codes);
      break;
    case LayerKind::timetable:
      read_timetable_layout(top, layer.timetable);
      break;
  }
  if ((layer.kind == LayerKind::timetable) != (layer.format == LayerFormat::gtfs)) {
    top.fail("format", "a timetable, and nothing else, is \"gtfs\"");
  }
  const bool keyed = layer.format == LayerFormat::csv &&
                     (layer.kind == LayerKind::counts || layer.kind == LayerKind::indicators);
  if (keyed && layer.key.column.empty()) top.fail("key", "[key] with the id column is needed");
}

}  // namespace

std::string_view name_of(LayerKind kind) {
  for (const auto& [known, name] : kind_names) {
    if (known == kind) return name;
  }
  return {};
}

LayerDefinition load_layer_definition(const std::filesystem::path& file) {
  const toml::table document = parse_toml(file);
  TomlSection top(file, document, "");
  LayerDefinition layer;
  layer.file = file;
  layer.id = top.required_text("id");
  layer.title = top.required_text("title");
  layer.kind = read_kind(top);
  layer.publisher = top.required_text("publisher");
  layer.licence = top.required_text("licence");
  layer.attribution = top.required_text("attribution");
  layer.note = top.text("note");
  read_files(top, layer);
  layer.format = read_format(top, layer);
  if (layer.format == LayerFormat::csv) read_text_layout(top, layer.text);
  read_key(top, layer.key);
  read_date(top, layer.date);
  read_rows_and_marks(top, layer);
  if (layer.format == LayerFormat::vector) read_vector_layout(top, layer);
  read_kind_layout(top, layer);
  top.finish();
  return layer;
}

std::vector<LayerDefinition> list_layer_definitions(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  if (error) throw InputError(folder, "no folder of layer definitions: " + error.message());
  std::sort(files.begin(), files.end());
  std::vector<LayerDefinition> layers;
  layers.reserve(files.size());
  for (const auto& file : files) layers.push_back(load_layer_definition(file));
  std::sort(layers.begin(), layers.end(),
            [](const LayerDefinition& a, const LayerDefinition& b) { return a.id < b.id; });
  for (std::size_t i = 1; i < layers.size(); ++i) {
    if (layers[i].id == layers[i - 1].id) {
      throw InputError(layers[i].file, "the layer id '" + layers[i].id + "' is also used in " +
                                           layers[i - 1].file.filename().string());
    }
  }
  return layers;
}

}  // namespace quartier::io
