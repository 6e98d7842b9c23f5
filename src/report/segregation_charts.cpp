// The charts of the chapter on segregation over groups and districts.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/text.h"
#include "report/charts.h"
#include "report/charts_curves.h"
#include "report/html_parts.h"
#include "report/segregation_parts.h"

namespace quartier::report {
namespace {

using metrics::ResultRow;

constexpr std::size_t named_lines = 7;
constexpr std::size_t matrix_groups = 12;
constexpr std::size_t letters_beside = 40;
constexpr std::size_t letters_at_end = 28;

/// Positions of the first date after each change of boundaries.
std::vector<std::size_t> boundary_changes(const std::vector<ReportDate>& dates) {
  std::vector<std::size_t> changes;
  for (std::size_t i = 1; i < dates.size(); ++i) {
    if (dates[i].edition != dates[i - 1].edition) changes.push_back(i);
  }
  return changes;
}

std::vector<std::size_t> descending(const std::vector<double>& sizes) {
  std::vector<std::size_t> order(sizes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto size = [&](std::size_t k) { return is_defined(sizes[k]) ? sizes[k] : -1.0; };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return size(a) > size(b); });
  return order;
}

/// The widest gap of a curve under its diagonal.
double widest_gap(const std::vector<double>& of_group) {
  double gap = 0.0;
  const double steps = static_cast<double>(of_group.size()) - 1.0;
  for (std::size_t i = 0; i < of_group.size(); ++i) {
    if (is_defined(of_group[i])) gap = std::max(gap, static_cast<double>(i) / steps - of_group[i]);
  }
  return gap;
}

}  // namespace

std::string dissimilarity_part(const ReportContent& content) {
  std::vector<std::string> dates;
  for (const ReportDate& date : content.dates) dates.push_back(date.date);
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
    sizes.push_back(group.persons.back());
  }
  if (lines.empty()) return {};
  if (dates.size() < 2) {
    return paragraph("Counts of one date only: there is no development to draw.", "none");
  }
  const std::vector<std::size_t> order = descending(sizes);
  for (std::size_t k = 0; k < std::min(order.size(), named_lines); ++k) {
    lines[order[k]].strong = true;
  }
  std::vector<std::string> named;
  for (const ChartLine& line : lines) {
    if (line.strong) named.push_back(line.label);
  }
  const std::string more =
      lines.size() > named_lines ? " The seven largest groups are named; the others are grey." : "";
  return heading(4, "Dissimilarity over time") +
         paragraph("Dissimilarity index, 0 to 1, against " + in_words(content.reference) +
                       ". 0: spread alike; 1: no district in common. Across: years." + more,
                   "small") +
         line_chart({"Dissimilarity index by group and date", "Values stand in segregation.csv."},
                    dates, lines, boundary_changes(content.dates)) +
         full_names(named, letters_at_end);
}

std::string curves_part(const ReportContent& content) {
  const ReportSegregation& shown = content.segregation;
  if (shown.date.empty()) return {};
  std::vector<ChartCurve> curves;
  std::vector<std::string> labels;
  std::string gaps;
  for (const study::SegregationCurve& one : shown.curves) {
    ChartCurve curve{one.group, {}, one.of_group};
    const double steps = std::max(1.0, static_cast<double>(one.of_group.size()) - 1.0);
    bool any = false;
    for (std::size_t i = 0; i < one.of_group.size(); ++i) {
      curve.x.push_back(static_cast<double>(i) / steps);
      any = any || is_defined(one.of_group[i]);
    }
    if (!any) continue;
    gaps += " " + one.group + ": " + display_text(widest_gap(one.of_group), 2) + ".";
    labels.push_back(one.group);
    curves.push_back(std::move(curve));
  }
  if (curves.empty()) {
    return paragraph("No segregation curves: there is no group to compare with another.", "none");
  }
  const std::string reference = in_words(shown.curves.front().reference);
  std::string about =
      "Districts are put in order, those with the fewest of the group for each person of the "
      "reference first. A curve shows what share of the group lives where a given share of the "
      "reference lives: on the diagonal both are spread alike; the deeper it hangs, the more apart "
      "they live. Its widest distance from the diagonal is the dissimilarity index.";
  if (shown.groups_left_out > 0) {
    about += " Drawn are the largest groups and the one that the maps show; " +
             std::to_string(shown.groups_left_out) +
             (shown.groups_left_out == 1 ? " other is not." : " others are not.");
  }
  return heading(4, "Segregation curves, " + shown.date) + paragraph(about, "small") +
         curve_chart({"Segregation curves against " + reference,
                      "Widest distance from the diagonal." + gaps},
                     {.title = "share of the reference: " + reference,
                      .per_cent = true,
                      .least = 0.0,
                      .most = 1.0},
                     {.title = "share of the group", .per_cent = true, .least = 0.0, .most = 1.0},
                     curves, "spread alike", false) +
         full_names(labels, letters_beside);
}

std::string exposure_part(const ReportContent& content) {
  const study::ExposureTable& all = content.segregation.exposures;
  const std::size_t count = all.groups.size();
  if (count < 2 || all.exposure.size() != count * count || all.city.size() != count) return {};
  std::vector<std::size_t> kept = descending(all.city);
  if (kept.size() > matrix_groups) kept.resize(matrix_groups);
  std::sort(kept.begin(), kept.end());
  std::vector<std::string> groups;
  std::vector<double> shares;
  std::vector<double> city;
  for (const std::size_t g : kept) {
    groups.push_back(all.groups[g]);
    city.push_back(all.city[g]);
    for (const std::size_t l : kept) shares.push_back(all.exposure[g * count + l]);
  }
  std::string about =
      "Each row is a group whom we ask, each column, numbered as the rows, a group whom they meet: "
      "the share that the "
      "column's group has in the district of an average member of the row's group. The last row is "
      "the city; a cell is tinted by how many times the city's share it is.";
  if (kept.size() < count) {
    about += " The " + std::to_string(kept.size()) + " largest of " + std::to_string(count) +
             " groups are shown, so rows do not add up to 100 %.";
  }
  return heading(4, "Who meets whom") + paragraph(about, "small") +
         heat_table("Whom an average member of each group meets in the own district, " +
                        content.segregation.date,
                    groups, shares, "The city", city);
}

std::string scatter_part(const ReportContent& content) {
  const ReportScatter& scatter = content.segregation.scatter;
  if (scatter.group.empty()) return {};
  if (scatter.share.empty()) {
    return paragraph("No district's diversity and share of " + scatter.group + " may be shown.",
                     "none");
  }
  double city = undefined;
  for (const ReportGroup& group : content.groups) {
    if (group.label == scatter.group && !group.persons.empty()) {
      city = group.persons.back() / content.groups.front().persons.back();
    }
  }
  const auto whole = [](std::size_t n) { return display_text(static_cast<double>(n), 0); };
  const std::size_t drawn = scatter.share.size();
  std::string about =
      "Each dot is a district: how mixed its residents are (0: one group only, 1: "
      "all groups of one size) against the share of " +
      scatter.group + ". " + whole(drawn) +
      (drawn == 1 ? " district is drawn." : " districts are drawn.");
  if (scatter.hidden > 0)
    about += " Left out because a count is protected: " + whole(scatter.hidden) + ".";
  if (scatter.unknown > 0)
    about += " Left out because nobody is known to live there: " + whole(scatter.unknown) + ".";
  return heading(4, "Diversity of districts, " + content.segregation.date) +
         paragraph(about, "small") +
         scatter_chart(
             {"Diversity of districts against the share of " + scatter.group,
              whole(drawn) + " districts; every value stands in districts.csv."},
             {.title = "share of residents: " + scatter.group, .per_cent = true},
             {.title = "diversity (normalised entropy, 0 to 1)", .least = 0.0, .most = 1.0},
             scatter.share, scatter.diversity, city,
             "the city: " + shown_value(city, "share", true));
}

}  // namespace quartier::report
