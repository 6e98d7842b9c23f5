#include "report/text_table.h"

#include <stdexcept>

#include "support/catch.h"

using namespace quartier::report;

TEST_CASE("width on a terminal", "[report][table]") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("Łódź") == 4);
  CHECK(display_width("e\xCC\x81") == 1);
  CHECK(display_width("中央区") == 6);
  CHECK(display_width("\xFF\xFE") == 2);
}

TEST_CASE("clipped text", "[report][table]") {
  CHECK(clipped("Poble Sec", 9) == "Poble Sec");
  CHECK(clipped("Poble Sec", 6) == "Poble…");
  CHECK(clipped("中央区", 4) == "中…");
  CHECK(clipped("abc", 0).empty());
}

TEST_CASE("a table for the terminal", "[report][table]") {
  const std::vector<TextColumn> columns{
      {"name"}, {"count", Align::right}, {"note", Align::left, 8}};
  CHECK(text_table(columns, {{"Łódź", "7", "ok"}, {"Barcelona", "1234", "a long remark"}}) ==
        "name       count  note\n"
        "─────────  ─────  ────────\n"
        "Łódź           7  ok\n"
        "Barcelona   1234  a long …\n");
  CHECK(text_table(columns, {}) == "name  count  note\n────  ─────  ────\n");
  CHECK(text_table({{"a"}}, {{"x\n\x1B[31m"}}) == "a\n───────\nx  [31m\n");
  CHECK_THROWS_AS(text_table(columns, {{"one"}}), std::logic_error);
}
