#include "report/html_parts.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "metrics/registry.h"
#include "report/markup.h"

namespace quartier::report {

HtmlCell text_cell(std::string_view text) { return {.html = escaped(text)}; }

HtmlCell head_cell(std::string_view text, std::size_t indent) {
  return {.html = escaped(text), .header = true, .indent = indent};
}

HtmlCell number_cell(std::string_view text) {
  if (text == "n/a" || text == "no data" || text == "none reachable") {
    return {.html = "<span class=\"na\">" + escaped(text) + "</span>", .number = true};
  }
  if (text == "suppressed") {
    return {.html = "<span class=\"hidden\">suppressed</span>", .number = true};
  }
  return {.html = escaped(text), .number = true};
}

std::string html_table(std::string_view caption, const std::vector<HtmlColumn>& columns,
                       const std::vector<std::vector<HtmlCell>>& rows, std::string_view if_empty) {
  if (rows.empty()) return paragraph(if_empty, "none");
  std::string html = "<div class=\"scroll\"><table>";
  if (!caption.empty()) html += "<caption>" + escaped(caption) + "</caption>";
  html += "\n<thead><tr>";
  for (const HtmlColumn& column : columns) {
    html += column.number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">";
    // A date or a symbol stays in one piece.
    const bool whole = column.title.find(' ') == std::string::npos;
    html += whole ? "<b>" + escaped(column.title) + "</b>" : escaped(column.title);
    if (!column.hint.empty()) html += "<span>" + escaped(column.hint) + "</span>";
    html += "</th>";
  }
  html += "</tr></thead>\n<tbody>\n";
  for (const std::vector<HtmlCell>& row : rows) {
    expects(row.size() == columns.size(), "html_table: one cell for each column");
    html += "<tr>";
    for (const HtmlCell& cell : row) {
      const char* tag = cell.header ? "th" : "td";
      html.append("<").append(tag).append(cell.header ? " scope=\"row\"" : "");
      html += cell.number ? " class=\"n\"" : "";
      if (cell.indent > 0) {
        html += " style=\"padding-left:" + std::to_string(18 * cell.indent) + "px\"";
      }
      html.append(">").append(cell.html).append("</").append(tag).append(">");
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

std::string in_words(const std::string& reference) {
  return reference == "rest" ? "everyone else" : reference;
}

std::string paragraph(std::string_view text, std::string_view kind) {
  std::string open = "<p>";
  if (!kind.empty()) open = "<p class=\"" + std::string(kind) + "\">";
  return open + escaped(text) + "</p>\n";
}

std::string heading(int level, std::string_view text, std::string_view id) {
  std::string tag = "h";
  tag += std::to_string(level);
  std::string html = "<";
  html += tag;
  if (!id.empty()) html.append(" id=\"").append(id).append("\"");
  return html.append(">").append(escaped(text)).append("</").append(tag).append(">\n");
}

std::string shown_value(double value, std::string_view unit, bool per_cent) {
  if (std::isnan(value)) return "n/a";
  if (std::isinf(value)) return "none reachable";
  if (unit == "share" && per_cent) return display_text(100.0 * value, 1) + "\xC2\xA0%";
  if (unit == "%") return display_text(value, 1) + "\xC2\xA0%";
  if (unit == "m" || unit == "persons" || unit == "places") return display_text(value, 0);
  if (unit == "min") return display_text(value, 1);
  if (unit == "joins") return display_text(value, 1);
  if (unit.starts_with("places per")) return display_text(value, std::abs(value) < 1.0 ? 3 : 2);
  return display_text(value, 3);
}

std::string Footnotes::mark(const std::string& remark) {
  std::string marks;
  std::string_view rest = remark;
  while (!rest.empty()) {
    const std::size_t end = rest.find("; ");
    marks += (marks.empty() ? "" : ",") + std::to_string(number_of(rest.substr(0, end)));
    rest = end == std::string_view::npos ? "" : rest.substr(end + 2);
  }
  return marks.empty() ? marks : "<sup>" + marks + "</sup>";
}

std::size_t Footnotes::number_of(std::string_view remark) {
  Remark made;
  made.words.emplace_back();
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 0; i < remark.size();) {
    std::size_t end = i;
    while (end < remark.size() && digit(remark[end])) ++end;
    // A number of its own, not a part of a name, a date or a decimal.
    const bool alone = end > i && end - i < 10 && (i == 0 || remark[i - 1] == ' ') &&
                       (end == remark.size() || remark[end] == ' ');
    if (alone) {
      const double number = parse_number(remark.substr(i, end - i)).value_or(0.0);
      made.least.push_back(number);
      made.most.push_back(number);
      made.words.emplace_back();
    }
    const std::size_t next = std::max(end, i + 1);
    if (!alone) made.words.back() += remark.substr(i, next - i);
    i = next;
  }
  for (std::size_t r = 0; r < remarks_.size(); ++r) {
    if (remarks_[r].words != made.words) continue;
    for (std::size_t n = 0; n < made.least.size(); ++n) {
      remarks_[r].least[n] = std::min(remarks_[r].least[n], made.least[n]);
      remarks_[r].most[n] = std::max(remarks_[r].most[n], made.most[n]);
    }
    return r + 1;
  }
  remarks_.push_back(std::move(made));
  return remarks_.size();
}

std::string Footnotes::list() const {
  if (remarks_.empty()) return {};
  std::string html = "<ol class=\"notes\">\n";
  for (const Remark& remark : remarks_) {
    std::string text = remark.words.front();
    for (std::size_t n = 0; n < remark.least.size(); ++n) {
      text += display_text(remark.least[n], 0);
      if (remark.most[n] > remark.least[n]) text += " to " + display_text(remark.most[n], 0);
      text += remark.words[n + 1];
    }
    html += "<li>" + escaped(text) + "</li>\n";
  }
  return html + "</ol>\n";
}

std::vector<std::string> values_of(const std::vector<metrics::ResultRow>& rows,
                                   std::string metrics::ResultRow::*field) {
  std::vector<std::string> values;
  for (const metrics::ResultRow& row : rows) {
    if (std::find(values.begin(), values.end(), row.*field) == values.end()) {
      values.push_back(row.*field);
    }
  }
  return values;
}

std::string latest_date(const std::vector<metrics::ResultRow>& rows) {
  std::string latest;
  for (const metrics::ResultRow& row : rows) latest = std::max(latest, row.date);
  return latest;
}

HtmlCell result_cell(const metrics::ResultRow* row, std::string_view unit, bool per_cent,
                     Footnotes& notes) {
  if (row == nullptr) return {.html = "<span class=\"na\">\xE2\x80\x93</span>", .number = true};
  if (row->status == "suppressed") return number_cell("suppressed");
  HtmlCell cell = number_cell(shown_value(row->value, unit, per_cent));
  cell.html += notes.mark(row->status);
  const bool range = std::isfinite(row->lower) && std::isfinite(row->upper);
  const std::string lower = shown_value(row->lower, unit, per_cent);
  const std::string upper = shown_value(row->upper, unit, per_cent);
  if (range && lower != upper) {
    cell.html += "<span class=\"range\">" + escaped(lower) + " to " + escaped(upper) + "</span>";
  }
  return cell;
}

std::string metric_label(const std::string& id) {
  const metrics::MetricEntry* entry = metrics::find_metric(id);
  return entry == nullptr ? id : std::string(entry->label);
}

std::string metric_unit(const std::string& id) {
  const metrics::MetricEntry* entry = metrics::find_metric(id);
  return entry == nullptr ? "" : std::string(entry->unit);
}

const metrics::ResultRow* row_of(const std::vector<metrics::ResultRow>& rows,
                                 const std::string& metric, const std::string& group,
                                 const std::string& reference, const std::string& date) {
  for (const metrics::ResultRow& row : rows) {
    if (row.metric == metric && row.group == group && row.date == date &&
        (reference.empty() || row.reference == reference || row.reference.empty())) {
      return &row;
    }
  }
  return nullptr;
}

std::vector<std::size_t> evenly_chosen(std::size_t count, std::size_t most) {
  std::vector<std::size_t> chosen;
  const std::size_t taken = std::min(count, most);
  for (std::size_t k = 0; k < taken; ++k) {
    chosen.push_back(taken == 1 ? count - 1 : k * (count - 1) / (taken - 1));
  }
  return chosen;
}

}  // namespace quartier::report
