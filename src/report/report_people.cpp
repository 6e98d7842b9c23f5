// Who lives where: groups, their counts, and three indices of each.

#include <algorithm>

#include "base/text.h"
#include "metrics/registry.h"
#include "report/charts.h"
#include "report/html_parts.h"

namespace quartier::report {
namespace {

constexpr std::size_t dates_in_table = 4;
constexpr std::size_t named_parts = 6;

bool is_leaf(const std::vector<ReportGroup>& groups, std::size_t g) {
  return g + 1 == groups.size() || groups[g + 1].depth <= groups[g].depth;
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
  for (const std::size_t t : evenly_chosen(content.dates.size(), dates_in_table)) {
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
  const std::vector<std::size_t> shown = evenly_chosen(content.dates.size(), dates_in_table);
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
          metric_unit(metric), false, notes));
    }
    rows.push_back(std::move(row));
  }
  return html_table("Residents by group", columns, rows) + notes.list();
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

}  // namespace quartier::report
