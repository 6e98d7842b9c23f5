#include "report/charts_curves.h"

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

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const ChartAxis share_axis{.title = "share of <all>", .per_cent = true, .least = 0.0, .most = 1.0};

}  // namespace

TEST_CASE("curves in a square", "[report][chart]") {
  const std::string chart = curve_chart({"Curves & co", "Summary"}, share_axis, share_axis,
                                        {{"Near", {0.0, 0.5, 1.0}, {0.0, 0.25, 1.0}},
                                         {"Far", {0.0, 0.5, 1.0}, {0.0, undefined, 1.0}}},
                                        "spread alike", false);
  SECTION("have title, text alternative, axis titles and figures with units") {
    CHECK(has(chart, "aria-label=\"Curves &amp; co. Summary\""));
    CHECK(count_of(chart, ">share of &lt;all&gt;</text>") == 2);
    CHECK(count_of(chart, ">20\xC2\xA0%</text>") == 2);
    CHECK(has(chart, ">spread alike</text>"));
  }
  SECTION("are told apart by colour and by dash, and parted where a value is missing") {
    CHECK(count_of(chart, "stroke=\"#0072b2\" stroke-width=\"2\" d=\"M") == 2);
    CHECK(count_of(chart, "stroke=\"#d55e00\" stroke-width=\"2\" stroke-dasharray=\"7 4\"") == 2);
    // From (66, 412) to (466, 12): the middle lies a quarter up.
    CHECK(has(chart, "d=\"M66 412L266 312L466 12\""));
    CHECK(has(chart, "d=\"M66 412M466 12\""));
    CHECK_FALSE(has(chart, "<circle"));
  }
  CHECK_THROWS_AS(curve_chart({}, {}, {}, {{"A", {0.0}, {}}}, {}, true), std::logic_error);
  CHECK_NOTHROW(curve_chart({}, {}, {}, {}, {}, true));
}

TEST_CASE("a cloud of districts", "[report][chart]") {
  const std::string chart = scatter_chart({"Cloud", ""}, share_axis, share_axis,
                                          {0.1, 0.2, undefined}, {0.5, 0.6, 0.7}, 0.15, "the city");
  CHECK(count_of(chart, "class=\"cloud\"") == 2);
  CHECK(has(chart, ">the city</text>"));
  CHECK_FALSE(has(scatter_chart({}, share_axis, share_axis, {0.1}, {0.1}, undefined, "the city"),
                  "the city"));
  SECTION("of many districts draws each spot once") {
    const std::vector<double> same(5000, 0.5);
    CHECK(count_of(scatter_chart({}, share_axis, share_axis, same, same, undefined, {}),
                   "<circle") == 1);
  }
  CHECK_THROWS_AS(scatter_chart({}, {}, {}, {0.1}, {}, 0.0, {}), std::logic_error);
  CHECK_NOTHROW(scatter_chart({}, {}, {}, {}, {}, undefined, {}));
}

TEST_CASE("bars that part at zero", "[report][chart]") {
  const std::vector<ChartSeries> series{{"moved", "#0072b2"}, {"grew", "#d55e00"}};
  const std::string chart = diverging_bars(
      {"Change", ""}, {.title = "change (nats)"}, series,
      {{"2020 to 2021", "+0.10", {0.2, -0.1}}, {"2021 to 2022", "n/a", {undefined, 0.0}}});
  CHECK(count_of(chart, "<rect") == 2 + 2);
  CHECK(count_of(chart, "class=\"sum\"") == 2);
  CHECK(has(chart, ">change (nats)</text>"));
  CHECK(has(chart, ">+0.10</text>"));
  // From -0.1 to 0.2 over 550 units: the whole of 0.2 takes two thirds, less the gap of one.
  CHECK(has(chart, "width=\"365.67\""));
  CHECK_THROWS_AS(diverging_bars({}, {}, series, {{"A", "", {0.5}}}), std::logic_error);
  CHECK_NOTHROW(diverging_bars({}, {}, {}, {}));
}

TEST_CASE("a matrix of shares", "[report][chart]") {
  const std::string table = heat_table("Who <meets> whom", {"Near", "Far"},
                                       {0.9, 0.1, 0.4, undefined}, "The city", {0.85, undefined});
  CHECK(has(table, "<caption>Who &lt;meets&gt; whom</caption>"));
  CHECK(has(table, "aria-label=\"Far\">2</th>"));
  CHECK(has(table, "<th scope=\"row\">2. Far</th>"));
  // 0.9 is about the city's 0.85; 0.4 is less than half of it; against nothing nothing is tinted.
  CHECK(has(table, "style=\"background:#ffffff;color:#18222d\">90.0\xC2\xA0%</td>"));
  CHECK(has(table, "style=\"background:#f1a340;color:#18222d\">40.0\xC2\xA0%</td>"));
  CHECK(has(table, "<td class=\"n\">10.0\xC2\xA0%</td>"));
  CHECK(count_of(table, "n/a") == 2);
  CHECK_THROWS_AS(heat_table({}, {"A"}, {}, {}, {0.1}), std::logic_error);
}
