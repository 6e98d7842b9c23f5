#include "report/markup.h"

#include "support/catch.h"

using namespace quartier::report;

TEST_CASE("text in markup", "[report][html]") {
  CHECK(escaped("<script>alert(\"x\" & 'y')</script>") ==
        "&lt;script&gt;alert(&quot;x&quot; &amp; &#39;y&#39;)&lt;/script&gt;");
  CHECK(escaped("Śródmieście, חיפה, العربية, 中央区") == "Śródmieście, חיפה, العربية, 中央区");
  SECTION("cannot turn the direction of writing, nor control anything") {
    CHECK(escaped("a\xE2\x80\xAE"
                  "b") == "ab");
    CHECK(escaped(std::string("a\0b\x1B[1m", 7)) == "a b [1m");
  }
  SECTION("is well-formed UTF-8 whatever came in") {
    CHECK(escaped("a\xFF"
                  "b") ==
          "a\xEF\xBF\xBD"
          "b");
    CHECK(escaped("\xC3") == "\xEF\xBF\xBD");
    CHECK(escaped("\xED\xA0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(escaped("\xC0\xAF") == "\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(escaped("\xF0\x9F\x8F\x99") == "\xF0\x9F\x8F\x99");
  }
}

TEST_CASE("base 64 (RFC 4648, section 10)", "[report][html]") {
  CHECK(base64("").empty());
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foo") == "Zm9v");
  CHECK(base64("foobar") == "Zm9vYmFy");
  CHECK(base64("\xFF\xFE") == "//4=");
}

TEST_CASE("coordinates are short", "[report][html]") {
  CHECK(coordinate(12.0) == "12");
  CHECK(coordinate(12.345678) == "12.35");
  CHECK(coordinate(-0.001) == "0");
  CHECK(coordinate(0.5, 1) == "0.5");
  CHECK(coordinate(100.0, 0) == "100");
}
