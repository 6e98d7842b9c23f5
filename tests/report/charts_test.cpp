#include "report/charts.h"

#include <stdexcept>

#include "base/number.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::report;

namespace {

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("stacked bars", "[report][chart]") {
  const std::vector<ChartSeries> series{{"Labour", "#0072b2"}, {"Housing", "#d55e00"}};
  const std::string chart = stacked_bars(
      {"Title & co", "Summary"}, series,
      {{"A", "0.75", {0.5, 0.25}}, {"B", "0.50", {0.5, undefined}}, {"C", "-0.10", {0.1, -0.2}}});
  CHECK(count_of(chart, "<rect") == 2 + 2 + 1 + 2);
  CHECK(chart.find("aria-label=\"Title &amp; co. Summary\"") != std::string::npos);
  CHECK(chart.find(">0.75</text>") != std::string::npos);
  // From -0.2 to 0.75 over 526 units: 0.25 takes 138.42 of them, less the gap of one.
  CHECK(chart.find("width=\"137.42\"") != std::string::npos);
  CHECK_THROWS_AS(stacked_bars({}, series, {{"A", "", {0.5}}}), std::logic_error);
  CHECK_NOTHROW(stacked_bars({}, {}, {}));
}

TEST_CASE("lines over dates", "[report][chart]") {
  const std::vector<std::string> dates{"2020-01-01", "2021-01-01", "2022-01-01", "2024-01-01"};
  const std::string chart = line_chart(
      {"D", ""}, dates,
      {{"Near", {0.1, 0.2, undefined, 0.4}, true}, {"Far", {0.3, 0.3, 0.3, 0.3}, false}}, {3});
  SECTION("a missing value and a change of boundaries part the line") {
    CHECK(count_of(chart, "M62 ") == 2);
    CHECK(chart.find("new boundaries") != std::string::npos);
    CHECK(count_of(chart, "<circle") == 3);
  }
  SECTION("only strong lines are named") {
    CHECK(chart.find(">Near</text>") != std::string::npos);
    CHECK(chart.find(">Far</text>") == std::string::npos);
  }
  CHECK_THROWS_AS(line_chart({}, dates, {{"A", {0.5}, true}}, {}), std::logic_error);
  CHECK_NOTHROW(line_chart({}, {}, {}, {}));
  CHECK_NOTHROW(line_chart({}, {"2020"}, {{"A", {undefined}, true}}, {}));
}

TEST_CASE("dots against a line", "[report][chart]") {
  const std::string chart = dot_plot({"Gap", ""},
                                     {{"Near", -50.0, undefined, undefined, "−50 m"},
                                      {"Far", 100.0, 80.0, 120.0, "100 m"},
                                      {"Nobody", undefined, undefined, undefined, "n/a"}},
                                     0.0, "same as the rest");
  CHECK(count_of(chart, "class=\"dot\"") == 2);
  CHECK(count_of(chart, "class=\"range\"") == 1);
  CHECK(chart.find(">n/a</text>") != std::string::npos);
  CHECK(chart.find(">same as the rest</text>") != std::string::npos);
  CHECK_NOTHROW(dot_plot({}, {}, 0.0, ""));
}
