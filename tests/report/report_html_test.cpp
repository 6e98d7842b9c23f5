#include "report/report_html.h"

#include "report/fixtures.h"
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

}  // namespace

TEST_CASE("the report", "[report][html]") {
  const std::string html = report_html(test::small_report());

  SECTION("is one accessible file, the same every time") {
    CHECK(html == report_html(test::small_report()));
    CHECK(has(html, "<html lang=\"en-GB\">"));
    CHECK(has(html, "alt=\"What it shows\" src=\"data:image/png;base64,UE5H\""));
    CHECK_FALSE(has(html, "<script"));
    CHECK_FALSE(has(html, "http://"));
    CHECK_FALSE(has(html, "https://"));
    for (const char* tag : {"table", "tr", "th", "td", "section", "figure", "div", "svg"}) {
      const std::string name = tag;
      CHECK(count_of(html, "<" + name + ">") + count_of(html, "<" + name + " ") ==
            count_of(html, "</" + name + ">"));
    }
  }
  SECTION("says what it is and is not") {
    CHECK(has(html, "A diagnosis, not a verdict"));
    CHECK(has(html, "Signals are not causes"));
    CHECK(has(html, "Figures of areas say nothing about a single person"));
  }
  SECTION("escapes names and shows any script") {
    CHECK(has(html, "&lt;b&gt;שכונה&lt;/b&gt;"));
    CHECK_FALSE(has(html, "<b>שכונה"));
    CHECK(has(html, "حي السلام"));
  }
  SECTION("tells suppressed, undefined and unknown apart") {
    CHECK(has(html, "<span class=\"hidden\">suppressed</span>"));
    CHECK(has(html, ">suppressed</text>"));
    CHECK(has(html, "<span class=\"na\">n/a</span><sup>1</sup>"));
    CHECK(has(html, "nobody belongs to the group"));
    CHECK(has(html, "<span class=\"na\">no data</span>"));
  }
  SECTION("shows every domain, also those without an indicator") {
    for (const char* domain : {"Labour", "Education", "Housing", "Health"}) {
      CHECK(has(html, std::string("<td>") + domain + "</td>"));
    }
    CHECK(has(html, "To ask of the <strong>nation</strong>"));
  }
  SECTION("closes its accounts, or says that it does not") {
    CHECK(has(html, "closes</td>"));
    CHECK(has(html, "does not close"));
    CHECK(has(html, "abc123"));
  }
}

TEST_CASE("composition in a ranking is told first", "[report][html]") {
  ReportContent content = test::small_report();
  content.rankings[0].items[0].composition = true;
  content.rankings[0].items[0].reason = "Because <of> it.";
  const std::string html = report_html(content);
  const std::size_t reason = html.find("Because &lt;of&gt; it.");
  REQUIRE(reason != std::string::npos);
  CHECK(reason < html.find("What this is"));
  CHECK(count_of(html, "Because &lt;of&gt; it.") == 2);
  CHECK_FALSE(has(report_html(test::small_report()), "Who lives in a district enters"));
}

TEST_CASE("invented data are marked", "[report][html]") {
  ReportContent content = test::small_report();
  CHECK_FALSE(has(report_html(content), "Synthetic data"));
  content.synthetic = true;
  CHECK(has(report_html(content), "Synthetic data – not a real place"));
}

TEST_CASE("a report of nothing says so, part by part", "[report][html]") {
  const std::string html = report_html({});
  CHECK(has(html, "No population counts were read."));
  CHECK(has(html, "No indices were computed."));
  CHECK(has(html, "No services were read"));
  CHECK(has(html, "no priority profile"));
  CHECK(has(html, "No sources are declared."));
  CHECK(has(html, "Nothing was found."));
}

TEST_CASE("a report without dates, groups or services holds", "[report][html]") {
  for (int left_out = 0; left_out < 5; ++left_out) {
    ReportContent content = test::small_report();
    if (left_out == 0) content.dates.clear();
    if (left_out == 1) content.groups.clear();
    if (left_out == 2) content.services.clear();
    if (left_out == 3) content.rankings[0].items.clear();
    if (left_out == 4) {
      content.dates.pop_back();
      for (ReportGroup& group : content.groups) group.persons.pop_back();
    }
    CHECK_NOTHROW(report_html(content));
  }
}
