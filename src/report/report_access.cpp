// What is within reach of whom: access by service and group, and what plans would change.

#include <algorithm>

#include "metrics/registry.h"
#include "report/access_parts.h"
#include "report/html_parts.h"
#include "report/markup.h"
#include "report/travel_words.h"

namespace quartier::report {
namespace {

const std::vector<std::string> main_metrics{
    "access_mean", "access_gap", "access_share_within", "access_unreachable",
    "places_mean", "places_gap", "access_poverty"};

/// What the columns of the tables mean, in the words of the table of metrics.
std::string columns_explained() {
  std::string html;
  for (const std::string& id : main_metrics) {
    const metrics::MetricEntry* entry = metrics::find_metric(id);
    if (entry == nullptr) continue;
    html += "<li><strong>" + escaped(entry->label) + "</strong>: " + escaped(entry->meaning) +
            "</li>\n";
  }
  return "<ul class=\"notes\">\n" + html + "</ul>\n";
}

/// How people travel to the service, and what is a place there.
std::string travel_line(const AccessRows& rows, const ReportService& service) {
  std::string text = travel_in_words(rows.settings(main_metrics));
  if (!text.empty()) text += ".";
  if (!service.places_published) {
    text += text.empty() ? "" : " ";
    text += "Its source does not say how many places a site has: each counts as one.";
  }
  return text.empty() ? text : paragraph(text, "small");
}

/// How unevenly places are spread over everybody, in one line.
std::string spread_line(const AccessRows& rows) {
  const double gini = rows.value("places_gini", "");
  if (!is_defined(gini)) return {};
  std::string text =
      "Spread of places per head over all residents: Gini " + shown_value(gini, "index", false);
  const double theil = rows.value("places_theil", "");
  if (is_defined(theil)) text += ", Theil " + shown_value(theil, "nats", false);
  const double unused = rows.value("unused_supply", "");
  if (is_defined(unused) && unused > 0.0) {
    text += "; " + shown_value(unused, "places", false) + " places lie beyond everybody's cut-off";
  }
  return paragraph(text + ".");
}

std::string reasons_table(const ReportContent& content, const std::string& service) {
  std::vector<std::vector<HtmlCell>> table;
  for (const ReportReason& reason : content.reasons) {
    if (reason.service != service) continue;
    std::vector<HtmlCell> line{head_cell(reason.reason)};
    line.push_back(number_cell(std::to_string(reason.districts)));
    line.push_back(text_cell(reason.names));
    table.push_back(std::move(line));
  }
  if (table.empty()) return paragraph("Every district has one within its cut-off.");
  return html_table("Districts without full access, and why",
                    {{"Reason"}, {"Districts", true}, {"Which"}}, table);
}

std::string figure_of(const ReportContent& content, const std::string& service) {
  for (const ReportFigure& figure : content.access_figures) {
    if (figure.service == service) return figure.html;
  }
  return {};
}

std::string service_part(const ReportContent& content, const ReportService& service) {
  const AccessRows rows(content, service.id, "");
  if (rows.empty()) return {};
  std::string html = heading(3, service.label);
  html += travel_line(rows, service);
  html += figure_of(content, service.id);
  html += gap_chart(rows, service.label, content.way_unit);
  html += access_table(rows, {.metrics = main_metrics,
                              .caption = "Access by group",
                              .way_unit = content.way_unit,
                              .places = places_style(rows)});
  html += gap_parts(rows, service.label);
  html += spread_line(rows);
  html += reasons_table(content, service.id);
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
      "belong together: who lives where is one, what institutions offer and where is the other. A "
      "gap describes; it does not say why. More measures stand in access.csv. The tables say of "
      "each "
      "group:");
  html += columns_explained();
  for (const ReportService& service : content.services) html += service_part(content, service);
  html += scenario_parts(content);
  return html + "</section>\n";
}

}  // namespace quartier::report
