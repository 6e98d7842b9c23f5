#include "io/layer_definition.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/error.h"
#include "io/toml_section.h"

namespace quartier::io {
namespace {

constexpr double unlimited = std::numeric_limits<double>::max();

char one_character(TomlSection& section, std::string_view key, std::string fallback) {
  const std::string value = section.text(key, std::move(fallback));
  if (value.size() != 1) section.fail(key, "must be one ASCII character");
  return value.front();
}

bool is_iso_date(const std::string& date) {
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') return false;
  for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (date[i] < '0' || date[i] > '9') return false;
  }
  return true;
}

std::string date_or_open(TomlSection& section, std::string_view key) {
  std::string date = section.text(key);
  if (!date.empty() && !is_iso_date(date)) section.fail(key, "must be a date like 2025-12-31");
  return date;
}

std::vector<std::string> one_or_many(TomlSection& section, std::string_view one,
                                     std::string_view many) {
  std::vector<std::string> values = section.texts(many);
  const std::string single = section.text(one);
  if (!single.empty()) values.insert(values.begin(), single);
  return values;
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
    mark.least = section.number("least", 0.0, 0.0, unlimited);
    mark.greatest = section.has("greatest") ? section.number("greatest", 0.0, mark.least, unlimited)
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

GroupSource read_source(TomlSection& section, bool nested) {
  GroupSource source;
  source.part = section.text("part");
  source.columns = one_or_many(section, "column", "columns");
  source.less = section.texts("less");
  source.codes = one_or_many(section, "code", "codes");
  if (nested) {
    source.from = date_or_open(section, "from");
    source.until = date_or_open(section, "until");
    section.finish();
  }
  return source;
}

void read_groups(TomlSection& top, LayerDefinition& layer) {
  std::map<std::string, bool> seen;
  for (TomlSection& section : top.sections("group")) {
    LayerGroup group;
    group.id = section.required_text("id");
    group.label = section.text("label");
    group.parent = section.text("parent");
    group.remainder = section.flag("remainder", false);
    group.overlapping = section.flag("overlapping", false);
    GroupSource own = read_source(section, false);
    if (!own.columns.empty() || !own.codes.empty()) group.sources.push_back(std::move(own));
    for (TomlSection& source : section.sections("source")) {
      group.sources.push_back(read_source(source, true));
    }
    section.finish();
    const bool root = layer.counts.groups.empty();
    if (root != group.parent.empty()) {
      section.fail("parent", root ? "the first group is everyone and has no parent"
                                  : "every group but the first needs a parent");
    }
    if (!root && !seen.contains(group.parent)) {
      section.fail("parent", "'" + group.parent + "' is no group above this one");
    }
    if (!root && seen[group.parent]) {
      section.fail("parent", "'" + group.parent + "' is overlapping and can have no children");
    }
    if (!seen.emplace(group.id, group.overlapping).second) {
      section.fail("id", "'" + group.id + "' occurs twice");
    }
    if (group.remainder && !group.sources.empty()) {
      section.fail("remainder", "a remainder is computed and has no column");
    }
    layer.counts.groups.push_back(std::move(group));
  }
}

void read_counts_layout(TomlSection& top, LayerDefinition& layer) {
  CountsLayout& counts = layer.counts;
  if (std::optional<TomlSection> section = top.section("counts")) {
    counts.value = section->text("value");
    counts.code = section->text("code");
    counts.sum_over = section->texts("sum_over");
    counts.labels = section->text("labels");
    counts.dimension = section->text("dimension");
    counts.absent_is_zero = section->choice("absent", {"zero", "unknown"}) == "zero";
    counts.estimated = section->flag("estimated", false);
    counts.flow = section->flag("flow", false);
    counts.tolerance = section->number("tolerance", 0.0, 0.0, unlimited);
    section->finish();
    if (counts.value.empty() != counts.code.empty()) {
      section->fail("value", "a long table needs both `value` and `code`");
    }
  }
  read_groups(top, layer);
  if (counts.groups.empty()) top.fail("group", "at least one [[group]] is needed: everyone");
}

std::vector<CodeFilter> read_filters(TomlSection& section, std::string_view key) {
  std::vector<CodeFilter> filters;
  std::optional<TomlSection> table = section.section(key);
  if (!table) return filters;
  for (const std::string& column : table->keys()) {
    filters.push_back({column, table->texts(column)});
  }
  return filters;
}

template <typename Choice>
Choice read_choice(TomlSection& section, std::string_view key,
                   std::initializer_list<Choice> choices) {
  std::vector<std::string> ids;
  for (const Choice choice : choices) ids.emplace_back(id_of(choice));
  const std::string chosen = section.choice(key, ids);
  const auto place = std::find(ids.begin(), ids.end(), chosen) - ids.begin();
  return *(choices.begin() + place);
}

void read_indicators_layout(TomlSection& top, LayerDefinition& layer) {
  IndicatorsLayout& indicators = layer.indicators;
  if (std::optional<TomlSection> section = top.section("indicators")) {
    indicators.value = section->text("value");
    indicators.column_date = section->text("column_date");
    indicators.columns_by_date = !indicators.column_date.empty();
    indicators.row_of_zeros_is_suppressed = section->flag("row_of_zeros_is_suppressed", false);
    section->finish();
  }
  for (TomlSection& section : top.sections("indicator")) {
    IndicatorColumn column;
    column.id = section.required_text("id");
    column.label = section.required_text("label");
    column.unit = section.text("unit");
    column.group = section.text("group");
    column.domain = read_choice(section, "domain",
                                {Domain::labour, Domain::education, Domain::housing, Domain::health,
                                 Domain::legal_political, Domain::cultural_religious});
    column.direction =
        read_choice(section, "direction", {Direction::high_is_urgent, Direction::low_is_urgent});
    column.lever = read_choice(section, "lever", {Lever::city, Lever::region, Lever::nation});
    column.composition = section.flag("composition", false);
    column.column = section.text("column");
    column.base = section.text("base");
    column.where = read_filters(section, "where");
    column.out_of = read_filters(section, "out_of");
    if (std::optional<TomlSection> values = section.section("values")) {
      for (const std::string& key : values->keys()) {
        column.values.emplace_back(key, values->number(key, 0.0, -unlimited, unlimited));
      }
    }
    section.finish();
    const bool wide = indicators.value.empty() && !indicators.columns_by_date;
    if (wide == column.column.empty()) {
      section.fail("column", wide ? "is missing: the column with the values"
                                  : "is only for tables with a column per indicator");
    }
    layer.indicators.indicators.push_back(std::move(column));
  }
  if (indicators.indicators.empty()) top.fail("indicator", "at least one [[indicator]] is needed");
}

void read_services_layout(TomlSection& top, LayerDefinition& layer) {
  ServicesLayout& services = layer.services;
  if (std::optional<TomlSection> section = top.section("places")) {
    services.id = section->text("id");
    services.name = section->text("name");
    services.x = section->text("x");
    services.y = section->text("y");
    services.crs = section->text("crs");
    services.supply = section->text("supply");
    services.languages = section->text("languages");
    services.hours = section->text("hours");
    services.district = section->text("district");
    services.outside = section->texts("outside");
    services.one_row_each = section->flag("one_row_each", true);
    services.no_place_excluded = section->flag("no_place_excluded", false);
    section->finish();
    if (layer.format == LayerFormat::csv &&
        (services.x.empty() || services.y.empty() || services.crs.empty())) {
      section->fail("x", "a table of services needs `x`, `y` and `crs`");
    }
  } else if (layer.format == LayerFormat::csv) {
    top.fail("places", "a table of services needs [places]");
  }
  for (TomlSection& section : top.sections("service")) {
    ServiceKind kind;
    kind.id = section.required_text("id");
    kind.label = section.required_text("label");
    kind.column = section.text("column");
    kind.values = section.texts("values");
    kind.contains = section.texts("contains");
    section.finish();
    if (kind.column.empty() != (kind.values.empty() && kind.contains.empty())) {
      section.fail("column", "a category needs `column` with `values` or `contains`");
    }
    services.kinds.push_back(std::move(kind));
  }
  if (services.kinds.empty()) top.fail("service", "at least one [[service]] is needed");
}

void read_streets_layout(TomlSection& top, StreetsLayout& streets) {
  std::optional<TomlSection> section = top.section("streets");
  if (!section) top.fail("streets", "is missing: the columns of nodes and edges");
  streets.node_id = section->required_text("node_id");
  streets.x = section->text("x");
  streets.y = section->text("y");
  streets.crs = section->text("crs");
  streets.from = section->required_text("from");
  streets.to = section->required_text("to");
  streets.length_m = section->required_text("length_m");
  section->finish();
}

void read_links_layout(TomlSection& top, LinksLayout& links) {
  std::optional<TomlSection> section = top.section("links");
  if (!section) top.fail("links", "is missing: the columns of old and new ids");
  links.level = section->text("level");
  links.from = section->required_text("from");
  links.to = section->required_text("to");
  section->finish();
  for (TomlSection& right : top.sections("correction")) {
    LinkCorrection correction;
    correction.from = right.required_text("from");
    correction.to = right.required_text("to");
    correction.reason = right.required_text("reason");
    right.finish();
    links.corrections.push_back(std::move(correction));
  }
}

void read_vector_layout(TomlSection& top, LayerDefinition& layer) {
  if (std::optional<TomlSection> section = top.section("vector")) {
    layer.vector.layer = section->text("layer");
    layer.vector.member = section->text("member");
    layer.vector.edges_member = section->text("edges_member");
    layer.vector.id = section->text("id");
    layer.vector.name = section->text("name");
    layer.vector.crs = section->text("crs");
    section->finish();
  }
  for (TomlSection& section : top.sections("parent")) {
    ParentField parent;
    parent.id = section.required_text("id");
    parent.label = section.required_text("label");
    parent.field = section.text("field");
    parent.prefix = section.whole("prefix", 0, 0, 64);
    parent.name = section.text("name");
    section.finish();
    if (parent.field.empty() == (parent.prefix == 0)) {
      section.fail("field", "a [[parent]] has either a field or a prefix of the district's id");
    }
    layer.vector.parents.push_back(std::move(parent));
  }
}

constexpr std::pair<LayerKind, std::string_view> kind_names[] = {
    {LayerKind::districts, "districts"},   {LayerKind::counts, "counts"},
    {LayerKind::indicators, "indicators"}, {LayerKind::services, "services"},
    {LayerKind::streets, "streets"},       {LayerKind::links, "links"},
    {LayerKind::codes, "codes"},
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
      read_streets_layout(top, layer.streets);
      break;
    case LayerKind::links:
      read_links_layout(top, layer.links);
      break;
    case LayerKind::codes: {
      std::optional<TomlSection> section = top.section("codes");
      if (!section) top.fail("codes", "is missing: the columns of codes and labels");
      layer.codes.dimension = section->text("dimension");
      layer.codes.code = section->required_text("code");
      layer.codes.label = section->required_text("label");
      section->finish();
      break;
    }
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
  layer.format =
      top.choice("format", {"csv", "vector"}) == "csv" ? LayerFormat::csv : LayerFormat::vector;
  layer.publisher = top.required_text("publisher");
  layer.licence = top.required_text("licence");
  layer.attribution = top.required_text("attribution");
  layer.note = top.text("note");
  read_files(top, layer);
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
