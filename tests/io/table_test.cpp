#include "io/table.h"

#include <fstream>

#include "base/error.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using io::TextLayout;

namespace {

Loaded<io::RawTable> parsed(const std::string& text, const TextLayout& layout = {}) {
  return io::parse_table(text, "file.csv", layout);
}

}  // namespace

TEST_CASE("text becomes cells", "[io][table]") {
  SECTION("quotes, doubled quotes, delimiters and line ends inside quotes") {
    const auto table = parsed("id,name\n1,\"a, \"\"b\"\"\nc\"\n2,plain\n").value;
    REQUIRE(table.row_count() == 2);
    CHECK(table.cell(0, 1) == "a, \"b\"\nc");
    CHECK(table.line(0) == 2);
    CHECK(table.cell(1, 1) == "plain");
    CHECK(table.line(1) == 4);
  }
  SECTION("CR, LF and CRLF end a line alike, and the last line needs none") {
    for (const char* text : {"a,b\r1,2\r3,4", "a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n"}) {
      const auto table = parsed(text).value;
      REQUIRE(table.row_count() == 2);
      CHECK(table.cell(1, 1) == "4");
      CHECK(table.line(1) == 3);
    }
  }
  SECTION("blank lines are no rows, title lines are skipped") {
    TextLayout layout;
    layout.skip = 1;
    const auto table = parsed("A title, with a comma\na,b\n\n1,2\n\n", layout).value;
    REQUIRE(table.row_count() == 1);
    CHECK(table.line(0) == 4);
  }
  SECTION("the delimiter is found in the header") {
    TextLayout layout;
    layout.delimiter = 0;
    CHECK(parsed("a;b\n1,5;2\n", layout).value.cell(0, 0) == "1,5");
    CHECK(parsed("a\tb\n1\t2\n", layout).value.cell(0, 1) == "2");
    CHECK(parsed("\"a;x;y\",b\n1,2\n", layout).value.cell(0, 1) == "2");
  }
  SECTION("blanks and byte order marks round cells are taken off") {
    const auto table = parsed(
        "id,n\n\"\xEF\xBB\xBF"
        "99\", 5 \n");
    CHECK(table.value.cell(0, 0) == "99");
    CHECK(table.value.cell(0, 1) == "5");
    REQUIRE(table.findings.size() == 1);
    CHECK(table.findings.front().kind == "bom_in_cell");
  }
  SECTION("rows that do not fit stand aside with their lines") {
    const auto table = parsed("a,b\n1\n1,2,3\n4,5\n\"6,7\n8,9\n");
    CHECK(table.value.row_count() == 2);
    CHECK(table.value.rows_read() == 5);
    REQUIRE(table.findings.size() == 2);
    CHECK(table.findings[0].rows == std::vector<std::string>{"row 2", "row 3"});
    CHECK(table.findings[1].rows == std::vector<std::string>{"row 5"});
    CHECK(table.value.cell(1, 1) == "9");
  }
  SECTION("a table that was exported twice is put together again") {
    TextLayout layout;
    layout.delimiter = ';';
    layout.unpack_twice = true;
    const auto table = parsed(
        "\"ZEIT;\"\"ID\"\";\"\"N\"\";\"\"M\"\"\",,\r\"201512;\"\"0301\"\";43\",00;18,0\r", layout);
    CHECK(table.value.header() == std::vector<std::string>{"ZEIT", "ID", "N", "M"});
    CHECK(table.value.cell(0, 1) == "0301");
    CHECK(table.value.cell(0, 2) == "43,00");
    CHECK(table.value.cell(0, 3) == "18,0");
    REQUIRE(table.findings.size() == 1);
    CHECK(table.findings.front().kind == "exported_twice");
  }
}

TEST_CASE("tables that cannot be read say why", "[io][table]") {
  CHECK_THROWS_WITH(parsed(""), Catch::Contains("empty"));
  CHECK_THROWS_WITH(parsed("a,b,a\n"), Catch::Contains("'a' occurs twice"));
  CHECK_THROWS_WITH(parsed("a,\"b\n1,2\n"), Catch::Contains("never closed"));
  CHECK_THROWS_AS(io::read_table("no_such.csv", "no_such.csv", {}), InputError);
  const auto table = parsed("district,total\n1,2\n").value;
  try {
    (void)table.at("totl");
    FAIL("an unknown column was found");
  } catch (const InputError& error) {
    CHECK(error.way_out() == "did you mean 'total'?");
  }
}

TEST_CASE("random bytes never break the table reader", "[io][table][fuzz]") {
  std::uint64_t state = 42;
  const std::string alphabet = "a,;\"\n\r1\t\xEF\xBB\xBF\xC3";
  for (int trial = 0; trial < 2000; ++trial) {
    std::string text = "a,b\n";
    for (int i = 0; i < 60; ++i) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      text += alphabet[(state >> 33U) % alphabet.size()];
    }
    const auto table = parsed(text).value;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      CHECK(table.cell(row, 1).size() <= text.size());
    }
  }
}
