#include "base/text.h"

#include "base/number.h"
#include "support/catch.h"

using namespace quartier;

TEST_CASE("numbers go to text and back without loss", "[base]") {
  CHECK(exact_text(0.1) == "0.1");
  CHECK(exact_text(100000.0) == "100000");
  CHECK(exact_text(1731124.0) == "1731124");
  CHECK(exact_text(undefined).empty());
  CHECK(exact_text(unreachable) == "inf");
  for (const double value :
       {1.0 / 3.0, 6.02e23, 5e-324, -0.46631999999999996, 1e15, 123456789.125}) {
    CHECK(parse_number(exact_text(value)) == value);
  }
}

TEST_CASE("only plain numbers are numbers", "[base]") {
  CHECK(parse_number("12.5") == 12.5);
  CHECK(parse_number("-3") == -3.0);
  CHECK(parse_number("1e3") == 1000.0);
  for (const char* text : {"", "..", "-", "nan", "inf", "1,5", "1 000", "12x", " 5", "0x10"}) {
    CHECK_FALSE(parse_number(text).has_value());
  }
}

TEST_CASE("display text groups thousands and keeps the sign of what is not zero", "[base]") {
  CHECK(display_text(1731124.4, 0) == "1\u202F731\u202F124");
  CHECK(display_text(1234.0, 0) == "1234");
  CHECK(display_text(-0.001, 2) == "0.00");
  CHECK(display_text(-1.5, 1) == "\u22121.5");
  CHECK(display_text(undefined, 2) == "n/a");
}

TEST_CASE("a near word is offered, a far one is not", "[base]") {
  CHECK(nearest_word("dissimilarty", {"dissimilarity", "isolation"}) == "dissimilarity");
  CHECK(nearest_word("moran", {"dissimilarity"}).empty());
}

TEST_CASE("trimming and splitting", "[base]") {
  CHECK(trimmed("\u00A0 a b \r\n") == "a b");
  CHECK(split("a;;b", ';').size() == 3);
  CHECK(display_safe("a\u202Eb\x01") == "ab ");
}
