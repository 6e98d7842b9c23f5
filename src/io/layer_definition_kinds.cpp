#include <algorithm>
#include <optional>

#include "domain/street_network.h"
#include "io/layer_definition_parts.h"

namespace quartier::io {
namespace {

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

}  // namespace

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
        column.values.emplace_back(key, values->number(key, 0.0, -any_size, any_size));
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
    services.eligibility = section->text("eligibility");
    services.fee = section->text("fee");
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

namespace {

std::uint8_t uses_of(TomlSection& section, std::string_view key) {
  std::uint8_t use = 0;
  for (const std::string& mode : section.texts(key)) {
    if (mode == "walk") {
      use |= street_use::walk_forward | street_use::walk_backward;
    } else if (mode == "cycle") {
      use |= street_use::cycle_forward | street_use::cycle_backward;
    } else if (mode == "drive") {
      use |= street_use::drive_forward | street_use::drive_backward;
    } else {
      section.fail(key, "'" + mode + "' is not one of walk, cycle, drive");
    }
  }
  return use;
}

void read_one_way(TomlSection& section, StreetsLayout& streets) {
  streets.one_way = section.required_text("column");
  streets.forward = section.texts("forward");
  streets.backward = section.texts("backward");
  streets.cycle_both = section.flag("cycle_both", false);
  section.finish();
  if (streets.forward.empty() && streets.backward.empty()) {
    section.fail("forward", "one-way streets need values in `forward` or `backward`");
  }
}

StreetRule read_street_rule(TomlSection& section) {
  StreetRule rule;
  rule.column = section.required_text("column");
  rule.values = section.texts("values");
  if (section.has("open_to")) rule.use = uses_of(section, "open_to");
  rule.steps = section.flag("steps", false);
  rule.wheelchair = section.flag("wheelchair", true);
  rule.cycle_track = section.flag("cycle_track", false);
  rule.off_ground = section.flag("off_ground", false);
  section.finish();
  if (rule.values.empty()) section.fail("values", "is missing: the values that the rule is for");
  return rule;
}

}  // namespace

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
  streets.segment = section->text("segment");
  streets.name = section->text("name");
  streets.speed_kmh = section->text("speed_kmh");
  if (std::optional<TomlSection> one_way = section->section("one_way")) {
    read_one_way(*one_way, streets);
  }
  for (TomlSection& rule : section->sections("rule")) {
    streets.rules.push_back(read_street_rule(rule));
  }
  section->finish();
}

void read_timetable_layout(TomlSection& top, TimetableLayout& timetable) {
  std::optional<TomlSection> section = top.section("timetable");
  if (!section) return;
  timetable.blank_times = section->choice("blank_times", {"stops", "distance"}) == "stops"
                              ? BlankTimes::by_stop
                              : BlankTimes::by_distance;
  timetable.days_before =
      static_cast<std::uint32_t>(section->whole("days_before", timetable.days_before, 0, 7));
  timetable.hours_after =
      static_cast<std::uint32_t>(section->whole("hours_after", timetable.hours_after, 0, 24));
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

void read_codes_layout(TomlSection& top, CodesLayout& codes) {
  std::optional<TomlSection> section = top.section("codes");
  if (!section) top.fail("codes", "is missing: the columns of codes and labels");
  codes.dimension = section->text("dimension");
  codes.code = section->required_text("code");
  codes.label = section->required_text("label");
  section->finish();
}

}  // namespace quartier::io
