// The chapter on access: units, signs, and what is told in a sentence in place of a column.

#include "report/fixtures.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::report;

namespace {

metrics::ResultRow row(const char* metric, const char* group, double value,
                       const char* scenario = "") {
  metrics::ResultRow made = test::result("2025-01-01", metric, group, "Near", value);
  made.family = "gaps";
  made.service = "clinics";
  made.parameters = "impedance=streets; cutoff_m=800";
  if (*scenario != '\0') made.parameters += std::string("; scenario=") + scenario;
  return made;
}

ReportContent content() {
  ReportContent made = test::small_report();
  made.services = {{"clinics", "Clinics", false}};
  made.access = {row("access_mean", "Near", 500.0),         row("access_mean", "Far", 657.0),
                 row("access_gap", "Far", 157.0),           row("access_unreachable", "Near", 0.0),
                 row("access_unreachable", "Far", 0.0),     row("places_mean", "Near", 0.05),
                 row("places_mean", "Far", 0.071),          row("places_gap", "Far", 0.021),
                 row("gap_where_people_live", "Far", 0.02), row("gap_how_full", "Far", 0.001)};
  made.access.push_back(row("access_mean", "Nowhere", undefined));
  made.access.back().status = "undefined: nobody is counted in Nowhere";
  made.scenarios = {{"plan", "A new clinic"}, {"idle", "A plan without effect"}};
  made.access.push_back(row("scenario_way_change", "Near", -60.0, "plan"));
  made.access.push_back(row("scenario_way_change", "Far", 4.0, "plan"));
  made.access.push_back(row("scenario_share_losing", "Near", 0.0, "plan"));
  made.access.push_back(row("scenario_share_losing", "Far", 0.00001, "plan"));
  made.access.push_back(row("scenario_places_change", "Far", 0.004, "plan"));
  made.access.push_back(row("scenario_way_change", "Near", 0.0, "idle"));
  return made;
}

/// The chapter alone.
std::string chapter(const ReportContent& content) {
  const std::string html = report_html(content);
  const std::size_t begin = html.find("What is within reach of whom</h2>");
  REQUIRE(begin != std::string::npos);
  return html.substr(begin, html.find("</section>", begin) - begin);
}

bool has(const std::string& html, const std::string& part) {
  return html.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the chapter on access says how people travel", "[report][access]") {
  const std::string html = chapter(content());
  CHECK(has(html,
            "Along the streets on foot, from the middle of each district; within 800\u00a0m. Its "
            "source does not say how many places a site has: each counts as one."));
  CHECK_FALSE(has(html, "impedance="));
  ReportContent published = content();
  published.services.front().places_published = true;
  CHECK_FALSE(has(chapter(published), "counts as one"));
}

TEST_CASE("tables of access say something", "[report][access]") {
  const std::string html = chapter(content());
  SECTION("gaps have their sign, few places are told for more people") {
    CHECK(has(html, ">+157</td>"));
    CHECK(has(html, "places per 100\u202f000 people"));
    CHECK(has(html, ">7.10</td>"));
    CHECK(has(html, ">+2.10</td>"));
    CHECK(has(html, ">+2.10</text>"));
    CHECK_FALSE(has(html, "0.021"));
  }
  SECTION("nobody, and nobody without access, are told in words") {
    CHECK(has(html, "Nobody is counted in: Nowhere."));
    CHECK_FALSE(has(html, ">Persons who reach none</th>"));
  }
  SECTION("what is protected is told apart from what does not exist") {
    ReportContent hidden = content();
    hidden.access[4].value = undefined;  // how many of "Far" reach none
    hidden.access[4].status = "suppressed";
    hidden.access[3].value = 12.0;
    const std::string told = chapter(hidden);
    CHECK(has(told, "<span class=\"hidden\">suppressed</span>"));
    CHECK_FALSE(has(told, "<li>suppressed</li>"));
  }
  SECTION("charts have a heading") {
    CHECK(has(html, "<h4>How much farther than Near</h4>"));
    CHECK(has(html, ">+157\u00a0m</text>"));
  }
  SECTION("columns are explained once") { CHECK(has(html, "<strong>Access poverty</strong>: ")); }
}

TEST_CASE("plans: what changes, and what does not", "[report][access]") {
  const std::string html = chapter(content());
  CHECK(has(html, "<h4>A new clinic</h4>"));
  CHECK(has(html, ">\u221260</td>"));
  CHECK(has(html, ">+4</td>"));
  CHECK(has(html, "Zero for every group: Share with a longer way."));
  CHECK(has(html, ">+0.40</td>"));
  const std::size_t idle = html.find("A plan without effect");
  REQUIRE(idle != std::string::npos);
  CHECK(has(html.substr(idle), "It would change nothing that is measured here."));
}
