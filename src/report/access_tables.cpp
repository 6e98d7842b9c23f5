#include <algorithm>

#include "base/number.h"
#include "metrics/registry.h"
#include "report/access_parts.h"
#include "report/charts.h"
#include "report/html_parts.h"

namespace quartier::report {
namespace {

using metrics::ResultRow;

/// The value of "scenario=..." among a row's parameters; empty: today.
std::string scenario_of(const ResultRow& row) {
  constexpr std::string_view mark = "scenario=";
  const std::size_t at = row.parameters.find(mark);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + mark.size();
  return row.parameters.substr(begin, row.parameters.find(';', begin) - begin);
}

}  // namespace

AccessRows::AccessRows(const ReportContent& content, const std::string& service,
                       const std::string& scenario)
    : date_(latest_date(content.access)) {
  for (const ResultRow& row : content.access) {
    if (row.service != service || row.date != date_ || scenario_of(row) != scenario) continue;
    rows_.push_back(&row);
    if (!row.group.empty() &&
        std::find(groups_.begin(), groups_.end(), row.group) == groups_.end()) {
      groups_.push_back(row.group);
    }
    if (reference_.empty()) reference_ = row.reference;
  }
}

const ResultRow* AccessRows::row(std::string_view metric, const std::string& group) const {
  for (const ResultRow* row : rows_) {
    if (row->metric == metric && row->group == group) return row;
  }
  return nullptr;
}

double AccessRows::value(std::string_view metric, const std::string& group) const {
  const ResultRow* found = row(metric, group);
  return found == nullptr ? undefined : found->value;
}

std::vector<std::string> AccessRows::settings(const std::vector<std::string>& metrics) const {
  std::vector<std::string> settings;
  for (const ResultRow* row : rows_) {
    const bool asked = std::find(metrics.begin(), metrics.end(), row->metric) != metrics.end();
    if (asked && !row->parameters.empty() &&
        std::find(settings.begin(), settings.end(), row->parameters) == settings.end()) {
      settings.push_back(row->parameters);
    }
  }
  return settings;
}

std::string access_table(const AccessRows& rows, const std::vector<std::string>& metrics,
                         const std::string& caption, const std::string& way_unit) {
  std::vector<HtmlColumn> columns{{"Group"}};
  std::vector<std::string> units;
  std::vector<std::string> shown;
  for (const std::string& id : metrics) {
    const metrics::MetricEntry* entry = metrics::find_metric(id);
    const bool any =
        std::any_of(rows.groups().begin(), rows.groups().end(),
                    [&](const std::string& group) { return rows.row(id, group) != nullptr; });
    if (entry == nullptr || !any) continue;
    shown.push_back(id);
    units.emplace_back(metrics::unit_of(*entry, way_unit));
    std::string hint = units.back() == "share" ? "" : units.back();
    if (entry->needs.reference) {
      hint += (hint.empty() ? "against " : ", against ") + in_words(rows.reference());
    }
    columns.push_back({std::string(entry->label), true, hint});
  }
  if (shown.empty()) return {};
  Footnotes notes;
  std::vector<std::vector<HtmlCell>> table;
  for (const std::string& group : rows.groups()) {
    std::vector<HtmlCell> line{head_cell(group)};
    for (std::size_t k = 0; k < shown.size(); ++k) {
      line.push_back(result_cell(rows.row(shown[k], group), units[k], true, notes));
    }
    table.push_back(std::move(line));
  }
  return html_table(caption + ", " + rows.date(), columns, table) + notes.list();
}

std::string gap_parts(const AccessRows& rows, const std::string& service) {
  const std::vector<std::string> parts{"gap_where_people_live", "gap_where_services_are",
                                       "gap_how_full"};
  const std::vector<std::string> colours = chart_colours(parts.size());
  const std::vector<ChartSeries> series{{"where people live", colours[0]},
                                        {"where services are", colours[1]},
                                        {"how full they are", colours[2]}};
  std::vector<StackedBar> bars;
  for (const std::string& group : rows.groups()) {
    StackedBar bar;
    bar.label = group;
    for (const std::string& part : parts) bar.parts.push_back(rows.value(part, group));
    bar.sum = rows.value("places_gap", group);
    if (!is_defined(bar.sum)) continue;
    bar.value = shown_value(bar.sum, "places per 1000 people", false);
    if (std::any_of(bar.parts.begin(), bar.parts.end(), is_defined)) bars.push_back(std::move(bar));
  }
  if (bars.empty()) return {};
  return paragraph(
             "The gap in places per 1000 people, taken apart exactly: what comes from where the "
             "group lives, from where services are, and from how full they are. Bars to the right "
             "are places the group has more than " +
             in_words(rows.reference()) + ".") +
         stacked_bars({"Parts of the gap in places: " + service,
                       "Places per 1000 people more (right) or fewer (left) than the reference, by "
                       "where people live, where services are and how full they are."},
                      series, bars);
}

std::string scenario_parts(const ReportContent& content) {
  if (content.scenarios.empty()) return {};
  const std::vector<std::string> metrics{"scenario_way_change",   "scenario_share_gaining",
                                         "scenario_share_losing", "scenario_within_change",
                                         "scenario_gap_change",   "scenario_places_change"};
  std::string html = heading(3, "Plans tried out against today");
  html += paragraph(
      "What each plan would change for each group, with the same people at the same places. Ways "
      "and streets are searched again; services that a plan leaves as they are are not shown.");
  for (const ReportScenario& scenario : content.scenarios) {
    html += heading(4, scenario.label);
    bool any = false;
    for (const ReportService& service : content.services) {
      const AccessRows rows(content, service.id, scenario.id);
      const bool changed =
          std::any_of(rows.groups().begin(), rows.groups().end(), [&](const std::string& group) {
            return std::any_of(metrics.begin(), metrics.end(), [&](const std::string& metric) {
              const double value = rows.value(metric, group);
              return is_defined(value) && value != 0.0;
            });
          });
      if (!changed) continue;
      any = true;
      html += access_table(rows, metrics, service.label, content.way_unit);
    }
    if (!any) html += paragraph("It would change nothing that is measured here.", "none");
  }
  return html;
}

}  // namespace quartier::report
