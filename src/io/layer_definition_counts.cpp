#include <algorithm>
#include <map>
#include <optional>

#include "io/layer_definition_parts.h"

namespace quartier::io {
namespace {

bool is_iso_date(const std::string& date) {
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') return false;
  for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (date[i] < '0' || date[i] > '9') return false;
  }
  return true;
}

std::vector<std::string> one_or_many(TomlSection& section, std::string_view one,
                                     std::string_view many) {
  std::vector<std::string> values = section.texts(many);
  const std::string single = section.text(one);
  if (!single.empty()) values.insert(values.begin(), single);
  return values;
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

bool has_source(const LayerDefinition& layer, const std::string& id) {
  return std::any_of(
      layer.counts.groups.begin(), layer.counts.groups.end(),
      [&](const LayerGroup& group) { return group.id == id && !group.sources.empty(); });
}

bool has_part(const LayerDefinition& layer, const std::string& part) {
  return std::any_of(layer.files.begin(), layer.files.end(),
                     [&](const FilePattern& file) { return file.part == part; });
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
    if (group.remainder && !has_source(layer, group.parent)) {
      section.fail("remainder", "the parent '" + group.parent +
                                    "' has no column of its own, so nothing remains of it");
    }
    for (const GroupSource& source : group.sources) {
      if (!has_part(layer, source.part)) {
        section.fail("part", "no [[file]] is called '" + source.part + "'");
      }
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

}  // namespace

std::string date_or_open(TomlSection& section, std::string_view key) {
  std::string date = section.text(key);
  if (!date.empty() && !is_iso_date(date)) section.fail(key, "must be a date like 2025-12-31");
  return date;
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
    counts.tolerance = section->number("tolerance", 0.0, 0.0, any_size);
    section->finish();
    if (counts.value.empty() != counts.code.empty()) {
      section->fail("value", "a long table needs both `value` and `code`");
    }
  }
  read_groups(top, layer);
  if (counts.groups.empty()) top.fail("group", "at least one [[group]] is needed: everyone");
}

}  // namespace quartier::io
