#include "io/counts_reader.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "io/counts_collector.h"

namespace quartier::io {
namespace {

std::vector<std::string> dates_of(const RawCounts& counts) {
  std::vector<std::string> dates;
  for (const RawCountsOfDate& of_date : counts.dates) dates.push_back(of_date.counts.date);
  return dates;
}

}  // namespace

Loaded<RawCounts> read_counts(const LayerDefinition& layer, std::span<const LayerFile> files,
                              const CodeList* codes) {
  NumberRules rules;
  rules.decimal = layer.text.decimal;
  rules.thousands = layer.text.thousands;
  rules.estimated = layer.counts.estimated;
  rules.marks = layer.marks;
  CountsCollector collector(layer, rules);
  Loaded<RawCounts> counts;
  for (const LayerFile& file : files) {
    Loaded<RawTable> table = read_table(file.path, file.name, layer.text);
    append(counts.findings, std::move(table.findings));
    collector.read(file, table.value);
    append(counts.findings, collector.take_findings());
  }
  counts.value = collector.finish(codes);
  append(counts.findings, collector.take_findings());
  append(counts.findings, notices_for(layer, dates_of(counts.value)));
  return counts;
}

namespace {

/// A column of the table by its name.
void refuse_unknown_column(const RawTable& table, const std::string& column) {
  const std::vector<std::string>& header = table.header();
  if (std::find(header.begin(), header.end(), column) != header.end()) return;
  const std::string near = nearest_word(column, header);
  throw InputError(
      std::filesystem::path(table.file()), "there is no column '" + column + "'",
      near.empty() ? "columns there are: " + joined(header, ", ") : "did you mean '" + near + "'?");
}

void refuse_wrong_columns(const RawTable& table, const BareCountsOptions& options) {
  if (!options.id_column.empty()) refuse_unknown_column(table, options.id_column);
  const std::string& ids = options.id_column.empty() ? table.header().front() : options.id_column;
  const std::vector<std::string>& named = options.group_columns;
  for (const std::string& column : table.header()) {
    const bool group =
        named.empty() || std::find(named.begin(), named.end(), column) != named.end();
    const std::string lower = lower_ascii(column);
    if (column == ids || !group || (lower != "everyone" && lower != "others" && lower != "rest")) {
      continue;
    }
    throw InputError(std::filesystem::path(table.file()),
                     "a group cannot be called '" + column + "': the word has a meaning of its own",
                     "rename the column; the number of all residents is called 'total'");
  }
  std::vector<std::string> seen{options.id_column};
  for (const std::string& group : options.group_columns) {
    refuse_unknown_column(table, group);
    if (std::find(seen.begin(), seen.end(), group) != seen.end()) {
      throw InputError(std::filesystem::path(table.file()), "column '" + group + "' is named twice",
                       "name the column of ids and every group once");
    }
    seen.push_back(group);
  }
}

/// The layer that a bare table stands for: id column, `total`, `name`, and groups.
LayerDefinition bare_layer(const RawTable& table, const BareCountsOptions& options) {
  LayerDefinition layer;
  layer.id = table.file();
  layer.kind = LayerKind::counts;
  layer.text = options.text;
  layer.marks = options.marks;
  layer.counts.estimated = options.estimated;
  const std::vector<std::string>& named = options.group_columns;
  layer.key.column = options.id_column.empty() ? table.header().front() : options.id_column;
  LayerGroup everyone;
  everyone.id = "everyone";
  everyone.label = "Everyone";
  layer.counts.groups.push_back(everyone);
  bool has_total = false;
  for (const std::string& column : table.header()) {
    if (column == layer.key.column) continue;
    const std::string lower = lower_ascii(column);
    const bool wanted =
        named.empty() || std::find(named.begin(), named.end(), column) != named.end();
    if (!wanted && lower != "total" && lower != "name") continue;
    GroupSource source;
    source.columns = {column};
    if (lower == "total" && (named.empty() || !wanted)) {
      layer.counts.groups.front().sources.push_back(source);
      has_total = true;
    } else if (lower == "name" && (named.empty() || !wanted)) {
      layer.key.name = column;
    } else {
      LayerGroup group;
      group.id = column;
      group.label = column;
      group.parent = everyone.id;
      group.sources.push_back(source);
      layer.counts.groups.push_back(std::move(group));
    }
  }
  if (has_total && layer.counts.groups.size() > 1) {
    LayerGroup others;
    others.id = "others";
    others.label = "Others";
    others.parent = everyone.id;
    others.remainder = true;
    layer.counts.groups.push_back(std::move(others));
  }
  return layer;
}

/// Where groups exhaust the total everywhere, there are no others.
void drop_empty_remainder(RawCounts& counts) {
  if (counts.groups.nodes.empty() || !counts.groups.nodes.back().remainder) return;
  for (const RawCountsOfDate& of_date : counts.dates) {
    const CountColumn& others = of_date.counts.groups.back();
    if (!others.all_known()) return;
    for (const double persons : others.readable) {
      if (persons != 0.0) return;
    }
  }
  counts.groups.nodes.pop_back();
  for (RawCountsOfDate& of_date : counts.dates) of_date.counts.groups.pop_back();
}

}  // namespace

Loaded<RawCounts> read_bare_counts(const std::filesystem::path& file, const std::string& name,
                                   const BareCountsOptions& options) {
  Loaded<RawTable> table = read_table(file, name, options.text);
  if (table.value.column_count() < 2) {
    throw InputError(std::filesystem::path(name),
                     "a table of counts needs a column of ids and at least one of counts",
                     "check the delimiter");
  }
  refuse_wrong_columns(table.value, options);
  const LayerDefinition layer = bare_layer(table.value, options);
  NumberRules rules;
  rules.decimal = options.text.decimal;
  rules.thousands = options.text.thousands;
  rules.estimated = options.estimated;
  rules.decimal_stated = options.decimal_stated || !options.text.thousands.empty();
  rules.marks = options.marks;
  CountsCollector collector(layer, rules);
  collector.read({file, name, {}, options.date}, table.value);
  Loaded<RawCounts> counts;
  counts.findings = std::move(table.findings);
  counts.value = collector.finish(nullptr);
  append(counts.findings, collector.take_findings());
  drop_empty_remainder(counts.value);
  return counts;
}

}  // namespace quartier::io
