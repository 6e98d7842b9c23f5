// What is within reach of whom: access by service and group.

#include <algorithm>
#include <map>

#include "metrics/registry.h"
#include "report/charts.h"
#include "report/html_parts.h"

namespace quartier::report {
namespace {

using metrics::ResultRow;

std::string label_of(const ReportContent& content, const std::string& service) {
  for (const ReportService& one : content.services) {
    if (one.id == service) return one.label;
  }
  return service;
}

std::string gap_chart(const std::vector<const ResultRow*>& rows, const std::string& service) {
  std::vector<ChartDot> dots;
  std::string reference;
  for (const ResultRow* row : rows) {
    if (row->metric != "access_gap") continue;
    reference = row->reference;
    dots.push_back(
        {row->group, row->value, row->lower, row->upper,
         shown_value(row->value, "m", false) + (is_defined(row->value) ? "\xC2\xA0m" : "")});
  }
  if (dots.empty()) return {};
  return dot_plot({"Access gap by group: " + service,
                   "Metres farther (right) or nearer (left) than the reference."},
                  dots, 0.0, reference.empty() ? "no gap" : "same as " + in_words(reference));
}

std::string service_part(const std::string& service, const std::vector<const ResultRow*>& rows) {
  struct Key {
    std::string metric;
    std::string reference;
  };
  std::vector<Key> keys;
  std::vector<std::string> groups;
  std::map<std::pair<std::string, std::size_t>, const ResultRow*> cells;
  for (const ResultRow* row : rows) {
    std::size_t k = 0;
    while (k < keys.size() &&
           (keys[k].metric != row->metric || keys[k].reference != row->reference)) {
      ++k;
    }
    if (k == keys.size()) keys.push_back({row->metric, row->reference});
    if (std::find(groups.begin(), groups.end(), row->group) == groups.end()) {
      groups.push_back(row->group);
    }
    cells.emplace(std::pair{row->group, k}, row);
  }
  std::vector<HtmlColumn> columns{{"Group"}};
  std::vector<std::string> units;
  for (const Key& key : keys) {
    const metrics::MetricEntry* entry = metrics::find_metric(key.metric);
    units.emplace_back(entry == nullptr ? "" : entry->unit);
    std::string hint = units.back() == "share" ? "" : units.back();
    if (!key.reference.empty()) {
      hint += (hint.empty() ? "against " : ", against ") + in_words(key.reference);
    }
    columns.push_back({entry == nullptr ? key.metric : std::string(entry->label), true, hint});
  }
  Footnotes notes;
  std::vector<std::vector<HtmlCell>> table;
  for (const std::string& group : groups) {
    std::vector<HtmlCell> line{head_cell(group.empty() ? "Everyone" : group)};
    for (std::size_t k = 0; k < keys.size(); ++k) {
      const auto found = cells.find({group, k});
      line.push_back(
          result_cell(found == cells.end() ? nullptr : found->second, units[k], true, notes));
    }
    table.push_back(std::move(line));
  }
  std::string html = heading(3, service.empty() ? "All services" : service);
  html += gap_chart(rows, service);
  html += html_table("Access by group, " + rows.front()->date, columns, table) + notes.list();
  std::vector<std::string> settings;
  for (const ResultRow* row : rows) {
    if (!row->parameters.empty() &&
        std::find(settings.begin(), settings.end(), row->parameters) == settings.end()) {
      settings.push_back(row->parameters);
    }
  }
  for (const std::string& setting : settings) html += paragraph(setting, "small");
  return html;
}

}  // namespace

std::string access_section(const ReportContent& content) {
  std::string html = "<section>\n" + heading(2, "What is within reach of whom", "access");
  if (content.access.empty()) {
    return html +
           paragraph(content.services.empty() ? "No services were read, so access is not known."
                                              : "No measures of access were computed.",
                     "none") +
           "</section>\n";
  }
  html += paragraph(
      "Ways to services, averaged over the members of each group by where they live. The two sides "
      "belong together: who lives where is one, what institutions offer and where is the other.");
  const std::string latest = latest_date(content.access);
  for (const std::string& service : values_of(content.access, &ResultRow::service)) {
    std::vector<const ResultRow*> rows;
    for (const ResultRow& row : content.access) {
      if (row.service == service && row.date == latest) rows.push_back(&row);
    }
    if (!rows.empty()) html += service_part(label_of(content, service), rows);
  }
  return html + "</section>\n";
}

}  // namespace quartier::report
