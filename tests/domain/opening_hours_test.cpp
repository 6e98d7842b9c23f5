#include "domain/opening_hours.h"

#include "support/catch.h"

using namespace quartier;

namespace {
bool open(const char* hours, const char* time) {
  const auto read = opening_hours_of(hours);
  REQUIRE(read.has_value());
  const auto when = week_time_of(time);
  REQUIRE(when.has_value());
  return read->open_at(*when);
}
}  // namespace

TEST_CASE("opening hours of an ordinary week", "[domain][opening_hours]") {
  SECTION("the first minute counts, the last does not") {
    CHECK(open("Mo-Fr 09:00-18:00", "Mo 09:00"));
    CHECK(open("Mo-Fr 09:00-18:00", "Fr 17:59"));
    CHECK_FALSE(open("Mo-Fr 09:00-18:00", "Fr 18:00"));
    CHECK_FALSE(open("Mo-Fr 09:00-18:00", "Sa 10:00"));
  }
  SECTION("several spans and days") {
    const char* hours = "Mo,We 09:00-13:00,15:00-18:00; Sa 10:00-14:00";
    CHECK(open(hours, "We 15:30"));
    CHECK_FALSE(open(hours, "We 14:00"));
    CHECK_FALSE(open(hours, "Tu 10:00"));
    CHECK(open(hours, "Sa 13:59"));
  }
  SECTION("a later rule replaces the days it names") {
    CHECK_FALSE(open("Mo-Su 08:00-20:00; Su off", "Su 12:00"));
    CHECK(open("08:00-20:00; Tu 10:00-12:00", "We 19:00"));
    CHECK_FALSE(open("08:00-20:00; Tu 10:00-12:00", "Tu 19:00"));
  }
  SECTION("over midnight, also from Sunday into Monday") {
    CHECK(open("Fr 22:00-02:00", "Sa 01:59"));
    CHECK(open("Su 20:00-01:00", "Mo 00:30"));
    CHECK_FALSE(open("Su 20:00-01:00", "Mo 01:00"));
    CHECK(open("Fr-Mo 10:00-12:00", "Su 11:00"));
  }
  SECTION("always, and holidays") {
    CHECK(open("24/7", "Su 23:59"));
    CHECK_FALSE(open("Mo-Fr 09:00-17:00; PH off", "Sa 10:00"));
    CHECK(open("Mo-Fr 09:00-17:00; PH 10:00-12:00", "Mo 16:00"));
  }
  SECTION("what goes beyond an ordinary week is not guessed at") {
    for (const char* words : {"", "  ", ";", "sunrise-sunset", "Apr-Sep Mo 10:00-12:00",
                              "week 1-20 Mo 10:00-12:00", "Mo 10:00", "Mo 10:00-", "Mo 25:99-26:00",
                              "by appointment", "Mo- 10:00-12:00", "Mo 10:00-12:00 extra"}) {
      INFO(words);
      CHECK_FALSE(opening_hours_of(words).has_value());
    }
    CHECK_FALSE(week_time_of("19:00").has_value());
    CHECK_FALSE(week_time_of("Tu 24:00").has_value());
    CHECK_FALSE(week_time_of("Tuesday 19:00").has_value());
  }
}
