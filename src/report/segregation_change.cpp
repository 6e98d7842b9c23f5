// The charts of the chapter on segregation over scales and between dates.

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

#include "base/text.h"
#include "report/charts_curves.h"
#include "report/html_parts.h"
#include "report/markup.h"
#include "report/segregation_parts.h"

namespace quartier::report {
namespace {

using metrics::ResultRow;

constexpr std::string_view bandwidth = "bandwidth_m";

struct Part {
  const char* metric;
  const char* words;
};

constexpr std::array<Part, 5> parts_of_change{{
    {"change_structure", "groups live elsewhere"},
    {"change_units", "districts grew or shrank"},
    {"change_groups", "groups grew or shrank"},
    {"change_additions", "districts or groups came"},
    {"change_removals", "districts or groups went"},
}};

double bandwidth_of(const ResultRow& row) {
  const std::optional<double> metres = parse_number(parameter_of(row.parameters, bandwidth));
  return metres ? *metres : undefined;
}

/// The parameters but for the size of the surroundings.
std::string other_parameters(const std::string& parameters) {
  std::string others;
  for (const auto& [name, value] : parameter_pairs(parameters)) {
    if (name == bandwidth) continue;
    others.append(others.empty() ? "" : "; ").append(name).append("=").append(value);
  }
  return others;
}

std::string metres_text(double metres) { return display_text(metres, 0) + "\xC2\xA0m"; }

/// How much of segregation is left from one scale to a larger one, in words.
std::string scale_words(double ratio) {
  if (!is_defined(ratio)) return {};
  if (ratio >= 0.75) return "mostly a matter of whole quarters";
  if (ratio >= 0.4) return "partly a matter of whole quarters, partly of next-door districts";
  return "mostly a matter of next-door districts";
}

std::string signed_text(double value, int decimals) {
  const std::string text = display_text(std::abs(value), decimals);
  const bool zero = text.find_first_of("123456789") == std::string::npos;
  return zero ? text : (value < 0.0 ? "\xE2\x88\x92" : "+") + text;
}

bool is_change(const std::string& metric) {
  return metric == "change_total" ||
         std::any_of(parts_of_change.begin(), parts_of_change.end(),
                     [&](const Part& part) { return metric == part.metric; });
}

/// Three digits where the gate has rounded to them, else four.
int decimals_of_change(const std::vector<ResultRow>& rows) {
  for (const ResultRow& row : rows) {
    if (!is_change(row.metric) || !is_defined(row.value)) continue;
    const double thousandths = 1000.0 * row.value;
    if (std::abs(thousandths - std::round(thousandths)) > 1e-6) return 4;
  }
  return 3;
}

HtmlCell change_cell(const ResultRow* row, int decimals, Footnotes& notes) {
  if (row == nullptr || !is_defined(row->value)) {
    HtmlCell cell = number_cell("n/a");
    if (row != nullptr) cell.html += notes.mark(row->status);
    return cell;
  }
  HtmlCell cell = number_cell(signed_text(row->value, decimals));
  cell.html += notes.mark(row->status);
  if (is_defined(row->lower) && is_defined(row->upper) && row->lower < row->upper) {
    cell.html += "<span class=\"range\">" + escaped(signed_text(row->lower, decimals)) + " to " +
                 escaped(signed_text(row->upper, decimals)) + "</span>";
  }
  return cell;
}

}  // namespace

bool told_as_change(const std::string& metric) { return is_change(metric); }

std::string profile_part(const ReportContent& content) {
  const std::string date = latest_date(content.indices);
  // One curve for each index and each way of drawing the surroundings.
  std::map<std::pair<std::string, std::string>, std::map<double, double>> found;
  for (const ResultRow& row : content.indices) {
    if (row.date != date || !row.group.empty()) continue;
    if (row.metric != "spatial_theil_h" && row.metric != "spatial_dissimilarity") continue;
    const double metres = bandwidth_of(row);
    if (!is_defined(metres) || !is_defined(row.value)) continue;
    found[{row.metric, other_parameters(row.parameters)}][metres] = row.value;
  }
  std::vector<ChartCurve> curves;
  std::string words;
  for (const auto& [key, points] : found) {
    if (points.size() < 2) continue;
    const std::string& metric = key.first;
    const auto several = std::count_if(found.begin(), found.end(), [&metric](const auto& other) {
      return other.first.first == metric && other.second.size() > 1;
    });
    ChartCurve curve{metric_label(key.first), {}, {}};
    if (several > 1) curve.label += ", " + parameters_in_words(key.second);
    for (const auto& [metres, value] : points) {
      curve.x.push_back(metres);
      curve.y.push_back(value);
    }
    if (key.first == "spatial_theil_h" && words.empty() && curve.y.front() > 0.0) {
      const double ratio = curve.y.back() / curve.y.front();
      words = " Of the segregation at " + metres_text(curve.x.front()) + ", " +
              shown_value(ratio, "share", true) + " is left at " + metres_text(curve.x.back()) +
              " (macro/micro ratio of H~): " + scale_words(ratio) + ".";
    }
    curves.push_back(std::move(curve));
  }
  if (curves.empty()) {
    for (const ResultRow& row : content.indices) {
      if (row.metric != "spatial_scale_ratio" || row.date != date) continue;
      if (!is_defined(row.value) || !is_defined(bandwidth_of(row))) continue;
      return paragraph(
          "Surroundings of one size were computed, so there is no profile over sizes "
          "to draw. Of the segregation between districts " +
          shown_value(row.value, "share", true) + " is left in surroundings of " +
          metres_text(bandwidth_of(row)) + ": " + scale_words(row.value) + ".");
    }
    return {};
  }
  return heading(4, "Segregation by size of the surroundings, " + date) +
         paragraph(
             "The larger the surroundings, the more they resemble the city. A curve that "
             "falls slowly tells of large quarters, one that falls fast of small pockets." +
                 words,
             "small") +
         curve_chart(
             {"Segregation by size of the surroundings", "Values stand in the table below."},
             {.title = "size of the surroundings (bandwidth, m)"},
             {.title = "index (0: as the city)"}, curves, {}, true);
}

std::string change_part(const ReportContent& content) {
  if (content.dates.size() == 1) {
    return paragraph("Counts of one date only: there is no change to tell.", "none");
  }
  std::vector<ChartSeries> series;
  const std::vector<std::string> colours = chart_colours(parts_of_change.size());
  for (std::size_t p = 0; p < parts_of_change.size(); ++p) {
    series.push_back({parts_of_change[p].words, colours[p]});
  }
  const int decimals = decimals_of_change(content.indices);
  std::vector<StackedBar> bars;
  std::vector<HtmlColumn> columns{{"Change of M"}, {"Whole change", true, "nats"}};
  for (const Part& part : parts_of_change) columns.push_back({part.words, true, {}});
  Footnotes notes;
  std::vector<std::vector<HtmlCell>> rows;
  std::string words;
  std::string method;
  for (const ReportDate& date : content.dates) {
    const ResultRow* total = row_of(content.indices, "change_total", {}, {}, date.date);
    if (total == nullptr) continue;
    method = parameter_of(total->parameters, "method");
    const std::string since = parameter_of(total->parameters, "since");
    const std::string span = (since.empty() ? "" : since + " to ") + date.date;
    StackedBar bar{span, signed_text(total->value, decimals), {}, total->value};
    std::vector<HtmlCell> row{head_cell(span), change_cell(total, decimals, notes)};
    // Dates stay in one piece.
    row.front().html = (since.empty() ? std::string() : "<b>" + escaped(since) + "</b> to ") +
                       "<b>" + escaped(date.date) + "</b>";
    for (const Part& part : parts_of_change) {
      const ResultRow* found = row_of(content.indices, part.metric, {}, {}, date.date);
      bar.parts.push_back(found == nullptr ? undefined : found->value);
      row.push_back(change_cell(found, decimals, notes));
    }
    rows.push_back(std::move(row));
    if (!is_defined(total->value)) continue;
    words = "Latest change, " + span + ": " + signed_text(total->value, decimals) + "\xC2\xA0nats.";
    if (is_defined(bar.parts.front())) {
      words += " Of it " + signed_text(bar.parts.front(), decimals) +
               " because people of the groups live in other districts than before.";
    }
    bars.push_back(std::move(bar));
  }
  if (rows.empty()) {
    return content.dates.empty()
               ? std::string()
               : paragraph("No two dates share their boundaries, or the change was not asked for.",
                           "none");
  }
  std::string html = heading(4, "What the change of segregation is made of");
  html += paragraph(
      "Mutual information M, in nats, from one date to the next. Parts to the right made the "
      "groups "
      "live more apart, parts to the left less; the diamond is their sum. " +
          words,
      "small");
  if (decimals == 3) {
    html += paragraph("Values are rounded to three decimals, so parts may not add up.", "small");
  }
  if (!bars.empty()) {
    html += diverging_bars(
        {"Parts of the change of segregation between dates", "Values stand in the table below."},
        {.title = "change of M (nats)"}, series, bars);
  }
  html += html_table("Parts of the change of M between dates", columns, rows) + notes.list();
  return method.empty() ? html
                        : html + paragraph("How it was computed. Method: " + method, "small");
}

}  // namespace quartier::report
