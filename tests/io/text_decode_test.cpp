#include "io/text_decode.h"

#include "base/error.h"
#include "support/catch.h"

using namespace quartier;
using io::TextEncoding;

namespace {

std::string text_of(const std::string& bytes, TextEncoding stated = TextEncoding::detect) {
  return io::decoded(bytes, "file.csv", stated).value;
}

}  // namespace

TEST_CASE("bytes become UTF-8", "[io][text]") {
  using namespace std::string_literals;

  SECTION("UTF-16 by its byte order mark, either end first, beyond the basic plane too") {
    CHECK(text_of("\xFF\xFE"
                  "a\0\xE9\0"s) == "a\xC3\xA9");
    CHECK(text_of("\xFE\xFF"
                  "\0a\0\xE9"s) == "a\xC3\xA9");
    CHECK(text_of("\xFF\xFE\x3D\xD8\x00\xDE"s) == "\xF0\x9F\x98\x80");
  }
  SECTION("a byte order mark of UTF-8 is taken off") {
    CHECK(text_of("\xEF\xBB\xBF"
                  "a") == "a");
  }
  SECTION("Latin-1 is found where the text is not UTF-8, and told") {
    const auto text = io::decoded("a\nCarrer d'Am\xE8rica \x80", "file.csv", TextEncoding::detect);
    CHECK(text.value == "a\nCarrer d'Am\xC3\xA8rica \xE2\x82\xAC");
    REQUIRE(text.findings.size() == 1);
    CHECK(text.findings.front().kind == "encoding_found");
    CHECK(text.findings.front().message.find("line 2") != std::string::npos);
  }
  SECTION("what contradicts the stated encoding is refused with its line") {
    CHECK_THROWS_WITH(text_of("a\n\xE8", TextEncoding::utf8), Catch::Contains("line 2"));
    CHECK_THROWS_WITH(text_of("\xFF\xFE"
                              "abc"),
                      Catch::Contains("odd number"));
    CHECK_THROWS_WITH(text_of("\xFF\xFE\x00\xDC"
                              "a\0"s),
                      Catch::Contains("surrogate"));
    CHECK_THROWS_WITH(text_of("a\0b\0c\0d\0"s), Catch::Contains("UTF-16"));
    CHECK_THROWS_WITH(text_of("a,b\n1,\0\n11111111111"s), Catch::Contains("NUL"));
  }
}

TEST_CASE("invalid UTF-8 is located", "[io][text]") {
  CHECK(io::invalid_utf8("ol\xC3\xA9") == std::string::npos);
  CHECK(io::invalid_utf8("ol\xC3") == 2);
  CHECK(io::invalid_utf8("\xC0\xAF") == 0);          // overlong
  CHECK(io::invalid_utf8("a\xED\xA0\x80") == 1);     // a surrogate
  CHECK(io::invalid_utf8("\xF4\x90\x80\x80") == 0);  // beyond U+10FFFF
}
