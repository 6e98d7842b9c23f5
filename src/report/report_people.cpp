// Who lives where, and how differently: groups, their counts, and indices of segregation.

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "base/text.h"
#include "metrics/registry.h"
#include "report/charts.h"
#include "report/html_parts.h"

namespace quartier::report {
namespace {

constexpr std::size_t dates_in_table = 4;
constexpr std::size_t named_parts = 6;

using metrics::ResultRow;

std::string label_of_metric(const std::string& id) {
  const metrics::MetricEntry* entry = metrics::find_metric(id);
  return entry == nullptr ? id : std::string(entry->label);
}

std::string unit_of_metric(const std::string& id) {
  const metrics::MetricEntry* entry = metrics::find_metric(id);
  return entry == nullptr ? "" : std::string(entry->unit);
}

/// First and last date, and others evenly between.
std::vector<std::size_t> chosen_dates(std::size_t count) {
  std::vector<std::size_t> chosen;
  const std::size_t most = std::min(count, dates_in_table);
  for (std::size_t k = 0; k < most; ++k) {
    chosen.push_back(most == 1 ? count - 1 : k * (count - 1) / (most - 1));
  }
  return chosen;
}

bool is_leaf(const std::vector<ReportGroup>& groups, std::size_t g) {
  return g + 1 == groups.size() || groups[g + 1].depth <= groups[g].depth;
}

const ResultRow* row_of(const std::vector<ResultRow>& rows, const std::string& metric,
                        const std::string& group, const std::string& reference,
                        const std::string& date) {
  for (const ResultRow& row : rows) {
    if (row.metric == metric && row.group == group && row.date == date &&
        (reference.empty() || row.reference == reference || row.reference.empty())) {
      return &row;
    }
  }
  return nullptr;
}

/// Positions of the first date after each change of boundaries.
std::vector<std::size_t> boundary_changes(const std::vector<ReportDate>& dates) {
  std::vector<std::size_t> changes;
  for (std::size_t i = 1; i < dates.size(); ++i) {
    if (dates[i].edition != dates[i - 1].edition) changes.push_back(i);
  }
  return changes;
}

std::string share_text(double part, double whole) {
  return shown_value(whole > 0.0 ? part / whole : undefined, "share", true);
}

std::string composition_chart(const ReportContent& content) {
  const std::vector<ReportGroup>& groups = content.groups;
  const std::size_t last = content.dates.size() - 1;
  std::vector<std::size_t> leaves;
  for (std::size_t g = 1; g < groups.size(); ++g) {
    if (is_leaf(groups, g)) leaves.push_back(g);
  }
  std::vector<std::size_t> largest = leaves;
  const auto size = [&](std::size_t g) {
    const double persons = groups[g].persons[last];
    return is_defined(persons) ? persons : -1.0;
  };
  std::stable_sort(largest.begin(), largest.end(),
                   [&](std::size_t a, std::size_t b) { return size(a) > size(b); });
  const std::size_t named = largest.size() <= named_parts + 1 ? largest.size() : named_parts;
  std::vector<ChartSeries> series;
  const std::vector<std::string> colours = chart_colours(named);
  for (std::size_t k = 0; k < named; ++k) series.push_back({groups[largest[k]].label, colours[k]});
  const std::size_t pooled = largest.size() - named;
  if (pooled > 0) {
    series.push_back({"the other " + std::to_string(pooled) + " groups of the table", "#b5bdc6"});
  }
  std::vector<StackedBar> bars;
  for (const std::size_t t : chosen_dates(content.dates.size())) {
    const double everyone = groups.front().persons[t];
    StackedBar bar{content.dates[t].date, shown_value(everyone, "persons", false), {}};
    double others = 0.0;
    for (std::size_t k = 0; k < largest.size(); ++k) {
      const double share = groups[largest[k]].persons[t] / everyone;
      if (k < named) {
        bar.parts.push_back(share);
      } else if (is_defined(share)) {
        others += share;
      }
    }
    if (pooled > 0) bar.parts.push_back(others);
    bars.push_back(std::move(bar));
  }
  return stacked_bars({"Composition of the population by date",
                       "Shares of all residents; every value stands in the table below."},
                      series, bars);
}

std::string group_table(const ReportContent& content) {
  const std::size_t last = content.dates.size() - 1;
  const std::vector<std::size_t> shown = chosen_dates(content.dates.size());
  std::vector<HtmlColumn> columns{{"Group"}};
  for (const std::size_t t : shown) {
    columns.push_back({content.dates[t].date, true, t == last ? "persons, latest" : "persons"});
  }
  columns.push_back({"Share", true, "of all residents"});
  const std::vector<std::string> added{"dissimilarity", "isolation", "theil_h"};
  for (const std::string& metric : added) {
    const metrics::MetricEntry* entry = metrics::find_metric(metric);
    columns.push_back(
        {entry == nullptr ? metric : std::string(entry->symbol), true,
         metric == "isolation" ? "isolation" : "against " + in_words(content.reference)});
  }
  Footnotes notes;
  std::vector<std::vector<HtmlCell>> rows;
  for (const ReportGroup& group : content.groups) {
    std::vector<HtmlCell> row{head_cell(group.label, group.depth)};
    if (group.remainder)
      row.front().html += notes.mark("Remainder: its parent less the groups named.");
    for (const std::size_t t : shown) {
      row.push_back(number_cell(shown_value(group.persons[t], "persons", false)));
    }
    row.push_back(number_cell(share_text(group.persons[last], content.groups[0].persons[last])));
    for (const std::string& metric : added) {
      row.push_back(result_cell(
          row_of(content.indices, metric, group.label, content.reference, content.dates[last].date),
          unit_of_metric(metric), false, notes));
    }
    rows.push_back(std::move(row));
  }
  return html_table("Residents by group", columns, rows) + notes.list();
}

/// The columns of one table of indices: a metric, and its parameters where it has several sets.
struct IndexColumn {
  std::string metric;
  std::string parameters;
};

std::string index_tables(const ReportContent& content, const std::string& date) {
  std::string html;
  for (const std::string& reference : values_of(content.indices, &ResultRow::reference)) {
    std::vector<IndexColumn> keys;
    std::vector<std::string> groups;
    std::map<std::pair<std::string, std::size_t>, const ResultRow*> cells;
    for (const ResultRow& row : content.indices) {
      if (row.reference != reference || row.date != date || row.group.empty()) continue;
      std::size_t k = 0;
      while (k < keys.size() &&
             (keys[k].metric != row.metric || keys[k].parameters != row.parameters)) {
        ++k;
      }
      if (k == keys.size()) keys.push_back({row.metric, row.parameters});
      if (std::find(groups.begin(), groups.end(), row.group) == groups.end()) {
        groups.push_back(row.group);
      }
      cells.emplace(std::pair{row.group, k}, &row);
    }
    if (keys.empty()) continue;
    std::vector<HtmlColumn> columns{{"Group"}};
    for (const IndexColumn& key : keys) {
      const bool several = std::count_if(keys.begin(), keys.end(), [&](const IndexColumn& other) {
                             return other.metric == key.metric;
                           }) > 1;
      columns.push_back({label_of_metric(key.metric), true, several ? key.parameters : ""});
    }
    Footnotes notes;
    std::vector<std::vector<HtmlCell>> rows;
    for (const std::string& group : groups) {
      std::vector<HtmlCell> row{head_cell(group)};
      for (std::size_t k = 0; k < keys.size(); ++k) {
        const auto found = cells.find({group, k});
        row.push_back(result_cell(found == cells.end() ? nullptr : found->second,
                                  unit_of_metric(keys[k].metric), false, notes));
      }
      rows.push_back(std::move(row));
    }
    const std::string against =
        reference.empty() ? "Indices of single groups" : "Indices against " + in_words(reference);
    html += html_table(against + ", " + date, columns, rows) + notes.list();
  }
  return html;
}

std::string city_table(const ReportContent& content) {
  std::vector<HtmlColumn> columns{{"All groups together"}};
  const std::vector<std::size_t> shown = chosen_dates(content.dates.size());
  for (const std::size_t t : shown) columns.push_back({content.dates[t].date, true, {}});
  std::vector<HtmlCell> empty;
  Footnotes notes;
  std::vector<std::vector<HtmlCell>> rows;
  for (const std::string& metric : values_of(content.indices, &ResultRow::metric)) {
    std::vector<HtmlCell> row{head_cell(label_of_metric(metric))};
    bool any = false;
    for (const std::size_t t : shown) {
      const ResultRow* found = row_of(content.indices, metric, "", "", content.dates[t].date);
      any = any || found != nullptr;
      row.push_back(result_cell(found, unit_of_metric(metric), false, notes));
    }
    if (any) rows.push_back(std::move(row));
  }
  if (rows.empty()) return {};
  return html_table("The city as a whole", columns, rows) + notes.list();
}

std::string dissimilarity_chart(const ReportContent& content) {
  std::vector<std::string> dates;
  for (const ReportDate& date : content.dates) dates.push_back(date.date);
  if (dates.size() < 2) return {};
  std::vector<ChartLine> lines;
  std::vector<double> sizes;
  for (const ReportGroup& group : content.groups) {
    ChartLine one{group.label, {}, false};
    bool any = false;
    for (const std::string& date : dates) {
      const ResultRow* row =
          row_of(content.indices, "dissimilarity", group.label, content.reference, date);
      one.values.push_back(row == nullptr ? undefined : row->value);
      any = any || (row != nullptr && is_defined(row->value));
    }
    if (!any) continue;
    lines.push_back(std::move(one));
    sizes.push_back(is_defined(group.persons.back()) ? group.persons.back() : -1.0);
  }
  if (lines.empty()) return {};
  std::vector<std::size_t> order(lines.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return sizes[a] > sizes[b]; });
  for (std::size_t k = 0; k < std::min<std::size_t>(order.size(), 7); ++k) {
    lines[order[k]].strong = true;
  }
  const std::string more =
      lines.size() > 7 ? " The seven largest groups are named; the others are grey." : "";
  return heading(3, "Dissimilarity over time") +
         paragraph("Against " + in_words(content.reference) +
                       ". 0: spread alike; 1: no district in common." + more,
                   "small") +
         line_chart({"Dissimilarity index by group and date", "Values stand in segregation.csv."},
                    dates, lines, boundary_changes(content.dates));
}

}  // namespace

std::string people_section(const ReportContent& content) {
  std::string html = "<section>\n" + heading(2, "Who lives where", "people");
  if (content.dates.empty() || content.groups.empty()) {
    return html + paragraph("No population counts were read.", "none") + "</section>\n";
  }
  html += paragraph(
      "The groups below are a partition: with their remainders they add up to everyone counted. "
      "Composition is described here, it is neither good nor bad.");
  html += composition_chart(content) + group_table(content);
  return html + "</section>\n";
}

std::string indices_section(const ReportContent& content) {
  std::string html = "<section>\n" + heading(2, "How differently groups are spread", "indices");
  if (content.indices.empty()) {
    return html + paragraph("No indices were computed.", "none") + "</section>\n";
  }
  html += paragraph(
      "Each index measures one aspect of how groups are spread over districts, all residents of "
      "the study area taken together. A range under a value says how far it could move because "
      "some counts are not published.");
  html += dissimilarity_chart(content) + city_table(content);
  html += index_tables(content, latest_date(content.indices));
  return html + "</section>\n";
}

}  // namespace quartier::report
