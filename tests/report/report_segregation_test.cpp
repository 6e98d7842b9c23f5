#include "report/fixtures.h"
#include "report/html_parts.h"
#include "report/report_html.h"
#include "report/segregation_parts.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::report;

namespace {

bool has(const std::string& html, const std::string& part) {
  return html.find(part) != std::string::npos;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

metrics::ResultRow row_of_family(std::string family, std::string metric, std::string group,
                                 double value, std::string parameters = {}) {
  metrics::ResultRow row =
      test::result("2025-01-01", std::move(metric), std::move(group), "", value);
  row.family = std::move(family);
  row.parameters = std::move(parameters);
  return row;
}

/// The small report with everything that the charts of segregation show.
ReportContent whole_report() {
  ReportContent content = test::small_report();
  content.segregation.date = "2025-01-01";
  content.segregation.curves = {{"Near <b>", "rest", {0.0, 0.25, 1.0}}};
  content.segregation.exposures = {{"Near <b>", "Far"}, {0.9, 0.1, 0.8, 0.2}, {0.89, 0.11}};
  content.segregation.scatter = {"Near", {0.1, 0.2}, {0.5, 0.6}, 3, 1};
  return content;
}

}  // namespace

TEST_CASE("the chapter on segregation goes family by family", "[report][segregation]") {
  ReportContent content = whole_report();
  content.indices.push_back(row_of_family("exposure", "isolation", "Near", 0.5));
  content.indices.back().p_value = 0.001;
  content.indices.back().expected = 0.25;
  content.indices.push_back(row_of_family("composition", "city_share", "Near", 0.9));
  content.indices.push_back(row_of_family("own", "own_metric", "Near", 0.7));
  const std::string html = report_html(content);
  CHECK(has(html, "<h3 id=\"family-evenness\">Evenness</h3>"));
  CHECK(has(html, "<h3 id=\"family-exposure\">Exposure</h3>"));
  CHECK(has(html, "How differently groups are spread over the districts."));
  CHECK_FALSE(has(html, "id=\"family-clustering\""));
  SECTION("with values, p and what chance would bring") {
    CHECK(has(html, "Exposure by group, 2025-01-01</caption>"));
    CHECK(has(html, "by chance</th>"));
    CHECK(has(html, "<td class=\"n\">0.500<span class=\"p\">p\xC2\xA0= 0.001</span></td>"));
    CHECK(has(html, "<td class=\"n\">0.250</td>"));
    CHECK(has(html, "Evenness by group, 2025-01-01, against everyone else</caption>"));
  }
  SECTION("with the city over dates, and families that the table of metrics does not know") {
    CHECK(has(html, "Evenness, the city as a whole</caption>"));
    CHECK(has(html, "<h3 id=\"family-own\">own</h3>"));
  }
  SECTION("with charts, escaped and accessible") {
    CHECK(has(html, "Segregation curves against everyone else"));
    CHECK(has(html, "Near &lt;b&gt;: 0.25."));
    CHECK(has(html, "<th scope=\"row\">1. Near &lt;b&gt;</th>"));
    CHECK(has(html, "Left out because a count is protected: 3."));
    CHECK(has(html, "Left out because nobody is known to live there: 1."));
    CHECK_FALSE(has(html, "Near <b>"));
    for (const char* tag : {"table", "tr", "th", "td", "section", "div", "svg", "span", "p"}) {
      const std::string name = tag;
      CHECK(count_of(html, "<" + name + ">") + count_of(html, "<" + name + " ") ==
            count_of(html, "</" + name + ">"));
    }
  }
}

TEST_CASE("wide families are cut into several tables", "[report][segregation]") {
  ReportContent content = test::small_report();
  for (const char* metric : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
    content.indices.push_back(row_of_family("exposure", metric, "Near", 0.5));
  }
  const std::string html = report_html(content);
  CHECK(has(html, "Exposure by group, 2025-01-01</caption>"));
  CHECK(has(html, "Exposure by group, 2025-01-01, continued</caption>"));
  CHECK(count_of(html, "Exposure by group") == 2);
}

TEST_CASE("sets of parameters are told apart by what differs", "[report][segregation]") {
  ReportContent content = test::small_report();
  for (const char* metres : {"500", "4000"}) {
    content.indices.push_back(row_of_family(
        "environment", "spatial_theil_h", "", metres[0] == '5' ? 0.2 : 0.05,
        std::string("environment=kernel; bandwidth_m=") + metres + "; weighing=own residents"));
  }
  const std::string html = report_html(content);
  CHECK(has(html, "<span class=\"p\">bandwidth 500\xC2\xA0m</span>"));
  CHECK(has(html, "How it was computed. environment kernel; weighing own residents.</p>"));
  SECTION("and drawn as a profile with its ratio in words") {
    CHECK(has(html, "Segregation by size of the surroundings, 2025-01-01"));
    CHECK(has(html, "25.0\xC2\xA0% is left at "));
    CHECK(has(html, "mostly a matter of next-door districts"));
    CHECK(has(html, "size of the surroundings (bandwidth, m)"));
  }
}

TEST_CASE("the change between dates in parts", "[report][segregation]") {
  ReportContent content = test::small_report();
  const std::string how = "index=M; since=2024-01-01; method=Elbers 2021";
  content.indices.push_back(row_of_family("change", "change_total", "", -0.02, how));
  content.indices.push_back(row_of_family("change", "change_structure", "", -0.03, how));
  content.indices.push_back(row_of_family("change", "change_units", "", 0.01, how));
  const std::string html = report_html(content);
  CHECK(has(html, "What the change of segregation is made of"));
  CHECK(has(html, "<th scope=\"row\"><b>2024-01-01</b> to <b>2025-01-01</b></th>"));
  CHECK(has(html, "<td class=\"n\">−0.020</td>"));
  CHECK(has(html, ">groups live elsewhere</text>"));
  CHECK(
      has(html, "Of it −0.030 because people of the groups live in other districts than before."));
  CHECK(has(html, "Method: Elbers 2021"));
  CHECK_FALSE(has(html, "Change, the city as a whole"));
}

TEST_CASE("what cannot be drawn is told in a sentence", "[report][segregation]") {
  ReportContent content = whole_report();
  SECTION("no reference") {
    content.segregation.curves.clear();
    CHECK(has(report_html(content), "there is no group to compare with another"));
  }
  SECTION("one date") {
    content.dates.erase(content.dates.begin());
    for (ReportGroup& group : content.groups) group.persons.erase(group.persons.begin());
    const std::string html = report_html(content);
    CHECK(has(html, "there is no change to tell"));
    CHECK(has(html, "there is no development to draw"));
  }
  SECTION("no shapes") {
    content.segregation.shapes = false;
    CHECK(has(report_html(content), "The districts have no shapes here"));
  }
  SECTION("nothing that may be shown") {
    content.segregation.scatter.share.clear();
    content.segregation.scatter.diversity.clear();
    CHECK(has(report_html(content), "may be shown."));
  }
}

TEST_CASE("parameters and p-values in words", "[report][segregation]") {
  CHECK(parameters_in_words("kernel=triangular; bandwidth_m=1000") ==
        "kernel triangular; bandwidth 1000\xC2\xA0m");
  CHECK(parameter_of("a=1; b=2", "b") == "2");
  CHECK(parameter_of("a=1; b=2", "c").empty());
  CHECK(p_text(undefined).empty());
  CHECK(p_text(0.05) == "p\xC2\xA0= 0.050");
  CHECK(p_text(0.0002) == "p\xC2\xA0= 0.0002");
  CHECK(p_text(0.00001) == "p\xC2\xA0< 0.0001");
  CHECK(full_names({"short"}, 10).empty());
  CHECK(has(full_names({"a longer name"}, 10), "a longer name"));
}

TEST_CASE("remarks that differ in numbers only are told as one", "[report][html]") {
  Footnotes notes;
  CHECK(notes.mark("").empty());
  CHECK(notes.mark("12 of 73 cells partly unknown") == "<sup>1</sup>");
  CHECK(notes.mark("3 of 73 cells partly unknown; nobody <there>") == "<sup>1,2</sup>");
  CHECK(notes.mark("nobody <there>") == "<sup>2</sup>");
  CHECK(notes.mark("since 2024-01-01") == "<sup>3</sup>");
  CHECK(notes.mark("since 2025-01-01") == "<sup>4</sup>");
  CHECK(has(notes.list(), "<li>3 to 12 of 73 cells partly unknown</li>"));
  CHECK(has(notes.list(), "<li>nobody &lt;there&gt;</li>"));
}
