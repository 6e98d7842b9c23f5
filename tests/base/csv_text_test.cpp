#include "base/csv_text.h"

#include <string>

#include "base/number.h"
#include "base/text.h"
#include "support/catch.h"

using namespace quartier;

namespace {

std::string cell(std::string_view text) {
  std::string out;
  append_csv_text(out, text);
  return out;
}

}  // namespace

TEST_CASE("text cells of a table", "[base][csv]") {
  SECTION("plain text stays as it is, in any script") {
    CHECK(cell("") == "");
    CHECK(cell("0101") == "0101");
    CHECK(cell("Łódź") == "Łódź");
    CHECK(cell("a b;c'd") == "a b;c'd");
  }
  SECTION("commas, quotes and line breaks are quoted, quotes doubled") {
    CHECK(cell("el Poble Sec, nord") == "\"el Poble Sec, nord\"");
    CHECK(cell("the \"old\" town") == "\"the \"\"old\"\" town\"");
    CHECK(cell("two\nlines") == "\"two\nlines\"");
  }
  SECTION("what a spreadsheet would run as a formula is neutralised") {
    CHECK(cell("=1+1") == "'=1+1");
    CHECK(cell("+49") == "'+49");
    CHECK(cell("-") == "'-");
    CHECK(cell("@SUM(A1)") == "'@SUM(A1)");
    CHECK(cell("\t=1") == "'\t=1");
    CHECK(cell("\r=1") == "\"'\r=1\"");
    CHECK(cell("=cmd|' /C calc',\"x\"") == "\"'=cmd|' /C calc',\"\"x\"\"\"");
  }
  SECTION("such a sign inside a text is left alone") { CHECK(cell("1-2=3") == "1-2=3"); }
}

TEST_CASE("number cells of a table", "[base][csv]") {
  for (const double value : {0.1, 1.0 / 3.0, -2.5, 1e300, 5e-324, 123456789.123456789}) {
    std::string out;
    append_csv_number(out, value);
    REQUIRE(parse_number(out).has_value());
    CHECK(*parse_number(out) == value);
  }
  std::string out;
  append_csv_number(out, undefined);
  CHECK(out.empty());
  append_csv_number(out, unreachable);
  CHECK(out == "inf");
}

TEST_CASE("a table", "[base][csv]") {
  CsvText table({"district", "value", "count", "status"});
  table.text("01").number(-0.5).integer(12).text("").end_row();
  table.text("02, east").empty().integer(0).text("suppressed").end_row();
  CHECK(table.written() ==
        "district,value,count,status\n01,-0.5,12,\n\"02, east\",,0,suppressed\n");

  SECTION("can be taken in pieces") {
    const std::string first = table.take();
    table.text("03").number(1).integer(1).text("").end_row();
    CHECK(table.take() == "03,1,1,\n");
    CHECK(first.ends_with("suppressed\n"));
  }
  SECTION("has as many cells in each row as columns") {
    table.text("03");
    CHECK_THROWS_AS(table.end_row(), std::logic_error);
    CHECK_THROWS_AS(table.take(), std::logic_error);
  }
}
