// The back of the report: methods, sources, findings, accounts and inputs.

#include <algorithm>

#include "base/text.h"
#include "metrics/registry.h"
#include "report/html_parts.h"
#include "report/markup.h"

namespace quartier::report {
namespace {

std::string whole(std::uint64_t count) { return display_text(static_cast<double>(count), 0); }

std::string kind_label(const std::string& kind) {
  for (const FindingKind& row : finding_kinds()) {
    if (row.id == kind) return std::string(row.label);
  }
  return kind;
}

std::string parameter_table(const char* caption, const std::vector<study::Parameter>& parameters) {
  if (parameters.empty()) return {};
  std::vector<std::vector<HtmlCell>> rows;
  for (const study::Parameter& parameter : parameters) {
    rows.push_back({head_cell(parameter.name), text_cell(parameter.value)});
  }
  return html_table(caption, {{"Name"}, {"Value"}}, rows);
}

std::string metric_table_html(const ReportContent& content) {
  std::vector<std::string> ids = values_of(content.indices, &metrics::ResultRow::metric);
  for (const std::string& id : values_of(content.access, &metrics::ResultRow::metric)) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }
  std::vector<std::vector<HtmlCell>> rows;
  for (const std::string& id : ids) {
    const metrics::MetricEntry* entry = metrics::find_metric(id);
    if (entry == nullptr) {
      rows.push_back({head_cell(id), text_cell(""), text_cell(""), text_cell(""), text_cell("")});
      continue;
    }
    rows.push_back({head_cell(entry->label),
                    {.html = "<code>" + escaped(id) + "</code>"},
                    text_cell(metrics::unit_of(*entry, content.way_unit)),
                    text_cell(entry->meaning),
                    text_cell(entry->source)});
  }
  return html_table("Measures in this report",
                    {{"Measure"}, {"Name in tables"}, {"Unit"}, {"Meaning"}, {"Source"}}, rows,
                    "No measures were computed.");
}

}  // namespace

std::string methods_section(const ReportContent& content) {
  return "<section>\n" + heading(2, "Methods", "methods") + metric_table_html(content) +
         parameter_table("Settings that decided the results", content.parameters) +
         parameter_table("Versions", content.versions) + heading(3, "Disclosure") +
         paragraph(content.disclosure_note.empty()
                       ? "No disclosure policy is declared; every value is shown."
                       : content.disclosure_note) +
         paragraph(
             "\xE2\x80\x9C"
             "suppressed\xE2\x80\x9D: known, but protected; \xE2\x80\x9Cno "
             "data\xE2\x80\x9D: the sources say nothing; \xE2\x80\x9Cn/a\xE2\x80\x9D: the quantity "
             "does not exist, such as a share of nobody. None of them is zero.",
             "small") +
         "</section>\n";
}

std::string sources_section(const ReportContent& content) {
  std::vector<std::vector<HtmlCell>> rows;
  for (const study::Source& source : content.sources) {
    rows.push_back({head_cell(source.title), text_cell(source.publisher), text_cell(source.licence),
                    text_cell(source.attribution)});
  }
  return "<section>\n" + heading(2, "Data sources", "sources") +
         html_table("", {{"Data"}, {"Publisher"}, {"Licence"}, {"Attribution"}}, rows,
                    "No sources are declared.") +
         "</section>\n";
}

std::string findings_section(const ReportContent& content) {
  std::string html = "<section>\n" + heading(2, "What was odd in the data", "findings");
  if (content.findings.empty()) {
    return html + paragraph("Nothing was found.", "none") + "</section>\n";
  }
  html += paragraph(
      "Notes were handled as the layer definition says; warnings are usable, but the reader should "
      "know; rejected parts were not used.");
  std::vector<std::string> files;
  for (const Finding& finding : content.findings) {
    if (std::find(files.begin(), files.end(), finding.file) == files.end()) {
      files.push_back(finding.file);
    }
  }
  for (const std::string& file : files) {
    std::vector<std::vector<HtmlCell>> rows;
    for (const Finding& finding : content.findings) {
      if (finding.file != file) continue;
      HtmlCell told = text_cell(finding.message);
      if (!finding.layer.empty()) {
        told.html += " <span class=\"small\">(" + escaped(finding.layer) + ")</span>";
      }
      if (!finding.rows.empty()) {
        told.html += " <span class=\"small\">" + escaped(joined(finding.rows, ", ")) +
                     (finding.count > finding.rows.size() ? ", \xE2\x80\xA6" : "") + "</span>";
      }
      rows.push_back({text_cell(name_of(finding.severity)), head_cell(kind_label(finding.kind)),
                      number_cell(whole(finding.count)), told, text_cell(finding.way_out)});
    }
    html += heading(3, file.empty() ? "The study" : file);
    html += html_table(
        "", {{"Severity"}, {"Kind"}, {"Count", true}, {"What was found"}, {"What can be done"}},
        rows);
  }
  return html + "</section>\n";
}

std::string inputs_section(const ReportContent& content) {
  std::string html = "<section>\n" + heading(2, "Accounts and inputs", "inputs");
  html += paragraph("For every file: read = used + excluded + rejected.");
  std::vector<std::vector<HtmlCell>> rows;
  for (const Ledger& ledger : content.ledgers) {
    rows.push_back(
        {head_cell(ledger.layer.empty() ? ledger.file : ledger.file + " (" + ledger.layer + ")"),
         text_cell(ledger.unit),
         number_cell(whole(ledger.read)),
         number_cell(whole(ledger.used)),
         number_cell(whole(ledger.excluded)),
         number_cell(whole(ledger.rejected)),
         {.html = ledger.closes() ? "\xE2\x9C\x93\xC2\xA0"
                                    "closes"
                                  : "<strong>does not close</strong>"}});
  }
  html += html_table("Accounts",
                     {{"File"},
                      {"Unit"},
                      {"Read", true},
                      {"Used", true},
                      {"Excluded", true},
                      {"Rejected", true},
                      {"Account"}},
                     rows, "No file was read.");
  rows.clear();
  for (const study::InputFile& input : content.inputs) {
    rows.push_back({head_cell(input.name),
                    text_cell(input.layer),
                    number_cell(whole(input.bytes)),
                    {.html = "<code class=\"sum\">" + escaped(input.sha256) + "</code>"}});
  }
  html += html_table("Inputs", {{"File"}, {"Layer definition"}, {"Bytes", true}, {"SHA-256"}}, rows,
                     "No file was read.");
  return html + "</section>\n";
}

}  // namespace quartier::report
