#include "report/report_html.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "report/html_parts.h"
#include "report/markup.h"

namespace quartier::report {
namespace {

struct Part {
  const char* id;
  const char* title;
};

constexpr std::array<Part, 10> contents_list{{{"figures", "Key figures"},
                                              {"maps", "Maps"},
                                              {"people", "Who lives where"},
                                              {"indices", "How differently groups are spread"},
                                              {"access", "What is within reach of whom"},
                                              {"priorities", "Where need and local leverage meet"},
                                              {"methods", "Methods"},
                                              {"sources", "Data sources"},
                                              {"findings", "What was odd in the data"},
                                              {"inputs", "Accounts and inputs"}}};

std::string dates_in_words(const ReportContent& content) {
  if (content.dates.empty()) return "No dated population counts";
  if (content.dates.size() == 1) return "Population of " + content.dates.front().date;
  return "Population from " + content.dates.front().date + " to " + content.dates.back().date +
         ", " + std::to_string(content.dates.size()) + " dates";
}

std::string front(const ReportContent& content) {
  std::string html = "<header>\n" + heading(1, content.title);
  std::string districts;
  for (const ReportEdition& edition : content.editions) {
    if (!districts.empty()) districts += "; ";
    districts += display_text(static_cast<double>(edition.ids.size()), 0) + " districts" +
                 (edition.label.empty() ? "" : " (" + edition.label + ")");
  }
  html += paragraph(dates_in_words(content) + (districts.empty() ? "" : ". " + districts) + ".",
                    "lead");
  if (!content.note.empty()) html += paragraph(content.note);
  for (const study::PublishedRanking& ranking : content.rankings) html += composition_box(ranking);
  html +=
      "<div class=\"read\">\n<div>\n<h2>What this is</h2>\n<ul>\n"
      "<li>A diagnosis, not a verdict: it describes who lives where, what is within reach of whom, "
      "and where need and local leverage meet.</li>\n"
      "<li>Two sides: beside every outcome of people stands what institutions offer.</li>\n"
      "<li>Every number can be followed to its file, its formula and its settings.</li>\n"
      "</ul>\n</div>\n<div>\n<h2>What this is not</h2>\n<ul>\n"
      "<li>Signals are not causes: a difference says where to look, not why it is there.</li>\n"
      "<li>Figures of areas say nothing about a single person or family.</li>\n"
      "<li>Composition is neither good nor bad, and no ground for a rule about a "
      "neighbourhood.</li>\n</ul>\n</div>\n</div>\n";
  html += "<nav aria-label=\"Contents\"><ol>\n";
  for (const Part& part : contents_list) {
    if (part.id == std::string_view("maps") && content.images.empty()) continue;
    html += "<li><a href=\"#" + std::string(part.id) + "\">" + part.title + "</a></li>\n";
  }
  return html + "</ol></nav>\n</header>\n";
}

std::string figure(const std::string& label, const std::string& value, const std::string& about) {
  return "<div><dt>" + escaped(label) + "</dt><dd>" + escaped(value) +
         (about.empty() ? "" : "<span>" + escaped(about) + "</span>") + "</dd></div>\n";
}

std::string key_figures(const ReportContent& content) {
  std::string html =
      "<section>\n" + heading(2, "Key figures", "figures") + "<dl class=\"figures\">\n";
  if (!content.dates.empty() && !content.groups.empty()) {
    html +=
        figure("Residents", shown_value(content.groups.front().persons.back(), "persons", false),
               content.dates.back().date);
  }
  const auto whole = [](std::size_t count) { return display_text(static_cast<double>(count), 0); };
  if (!content.editions.empty()) {
    html += figure("Districts", whole(content.editions.back().ids.size()),
                   content.editions.back().label);
  }
  std::size_t leaves = 0;
  for (std::size_t g = 1; g < content.groups.size(); ++g) {
    const bool last = g + 1 == content.groups.size();
    leaves += last || content.groups[g + 1].depth <= content.groups[g].depth ? 1U : 0U;
  }
  html += figure("Groups", whole(leaves), "a partition of all residents");
  html += figure("Dates", whole(content.dates.size()),
                 content.dates.empty()
                     ? std::string()
                     : content.dates.front().date + " to " + content.dates.back().date);
  std::string services;
  for (const ReportService& service : content.services) {
    if (!services.empty()) services += ", ";
    services += service.label;
  }
  html += figure("Kinds of services", whole(content.services.size()), services);
  std::size_t open = 0;
  for (const Ledger& ledger : content.ledgers) open += ledger.closes() ? 0U : 1U;
  html += figure("Accounts of files", whole(content.ledgers.size()),
                 open == 0 ? "all close" : "not closed: " + std::to_string(open));
  std::size_t rejected = 0;
  for (const Finding& finding : content.findings) {
    rejected += finding.severity == Severity::rejected ? 1U : 0U;
  }
  html += figure("Findings", whole(content.findings.size()),
                 rejected == 0 ? "no rejections among them"
                               : "rejections among them: " + std::to_string(rejected));
  return html + "</dl>\n</section>\n";
}

std::string maps(const ReportContent& content) {
  if (content.images.empty()) return {};
  std::string html = "<section>\n" + heading(2, "Maps", "maps");
  for (const ReportImage& image : content.images) {
    html += heading(3, image.title) + "<figure><img alt=\"" + escaped(image.alternative) +
            "\" src=\"data:image/png;base64," + base64(image.png) + "\">";
    if (!image.caption.empty()) html += "<figcaption>" + escaped(image.caption) + "</figcaption>";
    html += "</figure>\n";
  }
  return html + "</section>\n";
}

std::string foot(const ReportContent& content) {
  std::string html = "<footer>\n";
  std::string made = "Made with Quartier";
  for (const study::Parameter& version : content.versions) {
    if (version.name == "quartier") made += " " + version.value;
  }
  html += paragraph(made + ". The same inputs give the same report, bit for bit.");
  return html + "</footer>\n";
}

}  // namespace

std::string report_html(const ReportContent& content) {
  const std::string ribbon = content.synthetic ? "<div class=\"ribbon\" role=\"note\">Synthetic "
                                                 "data \xE2\x80\x93 not a real place</div>\n"
                                               : "";
  std::string html =
      "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
      "style-src 'unsafe-inline'\">\n<title>";
  html +=
      escaped(content.title) + "</title>\n<style>" + std::string(report_style()) +
      "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#figures\">Skip to the figures</a>\n" +
      ribbon + front(content) + "<main>\n";
  html += key_figures(content) + maps(content) + people_section(content) +
          indices_section(content) + access_section(content) + priorities_section(content) +
          methods_section(content) + sources_section(content) + findings_section(content) +
          inputs_section(content);
  return html + "</main>\n" + foot(content) + "</body>\n</html>\n";
}

}  // namespace quartier::report
