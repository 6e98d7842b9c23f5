// Tables of access: groups by measures, and what plans would change.

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "metrics/registry.h"
#include "report/access_parts.h"
#include "report/html_parts.h"
#include "report/markup.h"
#include "report/segregation_parts.h"

namespace quartier::report {
namespace {

using metrics::ResultRow;

constexpr std::string_view per_head = "places per 1000 people";

/// Whether nobody belongs to the group, so that it has no access at all.
bool of_nobody(const AccessRows& rows, const std::vector<std::string>& metrics,
               const std::string& group) {
  bool told = false;
  for (const std::string& metric : metrics) {
    const ResultRow* row = rows.row(metric, group);
    if (row == nullptr || metric == "access_unreachable") continue;
    if (is_defined(row->value)) return false;
    told = told || row->status.find("nobody is counted") != std::string::npos;
  }
  return told;
}

/// One metric of a table, and how its numbers are shown.
struct Measure {
  std::string id;
  const metrics::MetricEntry* entry = nullptr;
  NumberStyle style;
  int digits = 0;
};

/// Nothing where no group has a row of it.
std::vector<Measure> measures_of(const AccessRows& rows, const AccessTable& table) {
  std::vector<Measure> measures;
  for (const std::string& id : table.metrics) {
    Measure one{id, metrics::find_metric(id), {}, 0};
    if (one.entry == nullptr) continue;
    bool any = false;
    double largest = 0.0;
    for (const std::string& group : rows.groups()) {
      any = any || rows.row(id, group) != nullptr;
      const double value = rows.value(id, group);
      if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
    }
    if (!any) continue;
    const std::string_view unit = metrics::unit_of(*one.entry, table.way_unit);
    one.style = unit == per_head ? table.places : number_style(unit, largest);
    one.digits = digits_for(one.style.unit, largest * one.style.factor);
    measures.push_back(std::move(one));
  }
  return measures;
}

bool all_zero(const AccessRows& rows, const Measure& measure) {
  return std::all_of(rows.groups().begin(), rows.groups().end(), [&](const std::string& group) {
    const double value = rows.value(measure.id, group);
    if (!is_defined(value)) return true;
    return styled(value, measure.style, measure.digits) ==
           styled(0.0, measure.style, measure.digits);
  });
}

HtmlCell cell_of(const ResultRow* row, const Measure& measure, Footnotes& notes) {
  if (row == nullptr) return {.html = "<span class=\"na\">\u2013</span>", .number = true};
  if (row->status == "suppressed") return number_cell("suppressed");
  const auto shown = [&](double value) {
    return styled(value, measure.style, measure.digits, is_signed(measure.id));
  };
  HtmlCell cell = number_cell(shown(row->value));
  cell.html += notes.mark(status_in(row->status, measure.style));
  const std::string lower = shown(row->lower);
  const std::string upper = shown(row->upper);
  if (std::isfinite(row->lower) && std::isfinite(row->upper) && lower != upper) {
    cell.html += "<span class=\"range\">" + escaped(lower) + " to " + escaped(upper) + "</span>";
  }
  return cell;
}

HtmlColumn column_of(const AccessRows& rows, const Measure& measure) {
  std::string hint = measure.style.unit == "%" ? "" : measure.style.unit;
  if (measure.entry->needs.reference) {
    hint += (hint.empty() ? "against " : ", against ") + in_words(rows.reference());
  }
  return {std::string(measure.entry->label), true, hint};
}

}  // namespace

AccessRows::AccessRows(const ReportContent& content, const std::string& service,
                       const std::string& scenario)
    : date_(latest_date(content.access)) {
  for (const ResultRow& row : content.access) {
    if (row.service != service || row.date != date_ ||
        parameter_of(row.parameters, "scenario") != scenario) {
      continue;
    }
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

NumberStyle places_style(const AccessRows& today) {
  double largest = 0.0;
  for (const std::string& group : today.groups()) {
    const double value = today.value("places_mean", group);
    if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
  }
  return number_style(per_head, largest);
}

bool is_signed(std::string_view metric) {
  return metric.ends_with("_gap") || metric.ends_with("_change");
}

std::string access_table(const AccessRows& rows, const AccessTable& table) {
  std::vector<Measure> measures = measures_of(rows, table);
  std::string after;
  std::vector<std::string> unchanged;
  std::erase_if(measures, [&](const Measure& measure) {
    const bool told = measure.id == "access_unreachable";
    if (!(told || table.changes_only) || !all_zero(rows, measure)) return false;
    if (!told) unchanged.emplace_back(measure.entry->label);
    return true;
  });
  if (measures.empty()) return {};
  if (!unchanged.empty()) after += " Zero for every group: " + joined(unchanged, "; ") + ".";

  std::vector<HtmlColumn> columns{{"Group"}};
  for (const Measure& measure : measures) columns.push_back(column_of(rows, measure));
  Footnotes notes;
  std::vector<std::vector<HtmlCell>> lines;
  std::vector<std::string> nobody;
  for (const std::string& group : rows.groups()) {
    if (of_nobody(rows, table.metrics, group)) {
      nobody.push_back(group);
      continue;
    }
    std::vector<HtmlCell> line{head_cell(group)};
    for (const Measure& measure : measures) {
      line.push_back(cell_of(rows.row(measure.id, group), measure, notes));
    }
    lines.push_back(std::move(line));
  }
  if (!nobody.empty()) after += " Nobody is counted in: " + joined(nobody, ", ") + ".";
  std::string html = html_table(table.caption + ", " + rows.date(), columns, lines) + notes.list();
  if (!after.empty()) html += paragraph(after.substr(1), "small");
  return html;
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
    std::string tables;
    for (const ReportService& service : content.services) {
      const AccessRows rows(content, service.id, scenario.id);
      tables += access_table(rows, {.metrics = metrics,
                                    .caption = service.label,
                                    .way_unit = content.way_unit,
                                    .places = places_style(AccessRows(content, service.id, "")),
                                    .changes_only = true});
    }
    html += tables.empty() ? paragraph("It would change nothing that is measured here.", "none")
                           : tables;
  }
  return html;
}

}  // namespace quartier::report
