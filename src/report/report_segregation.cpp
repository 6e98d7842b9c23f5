// How differently groups are spread: one part for each family of metrics, with its charts.

#include <algorithm>

#include "metrics/registry.h"
#include "report/html_parts.h"
#include "report/markup.h"
#include "report/segregation_parts.h"

namespace quartier::report {
namespace {

using metrics::ResultRow;

/// Shares stand in the chapter on who lives where, access in its own, change beside its chart.
bool told_elsewhere(const ResultRow& row) {
  return row.metric == "city_share" || row.family == "access" || row.family == "gaps" ||
         told_as_change(row.metric);
}

std::string charts_of(const ReportContent& content, std::string_view family) {
  if (family == "composition") return scatter_part(content);
  if (family == "evenness") return dissimilarity_part(content) + curves_part(content);
  if (family == "exposure") return exposure_part(content);
  if (family == "environment") return profile_part(content);
  if (family == "change") return change_part(content);
  return {};
}

std::vector<metrics::MetricFamily> families_of(const ReportContent& content) {
  std::vector<metrics::MetricFamily> families(metrics::metric_families().begin(),
                                              metrics::metric_families().end());
  // Rows of a family that the table does not know are shown all the same.
  for (const ResultRow& row : content.indices) {
    const auto known = [&](const metrics::MetricFamily& family) { return family.id == row.family; };
    if (std::none_of(families.begin(), families.end(), known)) {
      families.push_back({row.family, row.family, {}});
    }
  }
  return families;
}

}  // namespace

std::string indices_section(const ReportContent& content) {
  std::string html = "<section>\n" + heading(2, "How differently groups are spread", "indices");
  if (content.indices.empty()) {
    return html + paragraph("No indices were computed.", "none") + "</section>\n";
  }
  html += paragraph(
      "Each index measures one aspect of how groups are spread over districts, all residents of "
      "the study area taken together. A range under a value says how far it could move because "
      "some counts are not published; \"by chance\" is the value that would be expected if nobody "
      "lived anywhere for a reason; p is the probability of a value at least as far from it by "
      "chance alone. The findings are of districts, not of persons, and would differ with other "
      "boundaries.");
  if (!content.segregation.shapes) {
    html += paragraph(
        "The districts have no shapes here, so nothing is said about neighbours, surroundings, "
        "land or centres.",
        "none");
  }
  for (const metrics::MetricFamily& family : families_of(content)) {
    ResultRows rows;
    for (const ResultRow& row : content.indices) {
      if (row.family == family.id && !told_elsewhere(row)) rows.push_back(&row);
    }
    const std::string charts = charts_of(content, family.id);
    if (rows.empty() && charts.empty()) continue;
    const std::string label(family.id == "composition" ? "Diversity" : family.label);
    html += heading(3, label, "family-" + escaped(family.id));
    html += paragraph(family.id == "composition"
                          ? std::string_view("How mixed the districts and the city are.")
                          : family.meaning);
    html += charts + family_tables(content, label, rows);
  }
  return html + "</section>\n";
}

}  // namespace quartier::report
