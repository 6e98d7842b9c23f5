#include "report/number_style.h"

#include "base/number.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::report;

TEST_CASE("numbers are shown in units in which they say something", "[report][access]") {
  SECTION("places per head that would all begin with a zero") {
    const NumberStyle few = number_style("places per 1000 people", 0.12);
    CHECK(few.unit == "places per 100\u202f000 people");
    CHECK(styled(0.021, few, digits_for(few.unit, 0.12 * few.factor)) == "2.1");
    const NumberStyle many = number_style("places per 1000 people", 5.4);
    CHECK(many.unit == "places per 1000 people");
    CHECK(styled(5.4, many, digits_for(many.unit, 5.4)) == "5.40");
  }
  SECTION("ways of many people together") {
    CHECK(number_style("persons times way", 1e6, "impedance=streets; cutoff_m=800").unit ==
          "person-km");
    CHECK(number_style("persons times way", 1e6, "cutoff_min=15").unit == "person-hours");
    CHECK(number_style("persons times way", 1e6, "cutoff_min=15").factor == 1.0 / 60.0);
  }
  SECTION("small gaps have digits") {
    CHECK(digits_for("min", 0.04) == 2);
    CHECK(digits_for("min", 12.0) == 1);
    CHECK(digits_for("m", 3.2) == 1);
    CHECK(digits_for("m", 157.0) == 0);
  }
  SECTION("signs") {
    const NumberStyle metres{1.0, "m"};
    CHECK(styled(157.0, metres, 0, true) == "+157");
    CHECK(styled(-3.0, metres, 0, true) == "\u22123");
    CHECK(styled(0.2, metres, 0, true) == "0");
    CHECK(styled(0.5, number_style("share", 0.5), 1, true) == "+50.0\u00a0%");
  }
  SECTION("steps of roundings are told in the unit of the column") {
    const std::string status = "3 of 73 cells partly unknown; to the nearest 0.002";
    CHECK(status_in(status, number_style("share", 0.5)) ==
          "3 of 73 cells partly unknown; to the nearest 0.2 %");
    CHECK(status_in("to the nearest 5", {1.0, "m"}) == "to the nearest 5 m");
    CHECK(status_in("to the nearest 0.1", {1.0, "places per 1000 people"}) == "to the nearest 0.1");
    CHECK(status_in("", {}).empty());
  }
  CHECK(styled(undefined, {}, 2) == "n/a");
  CHECK(styled(unreachable, {}, 2) == "none reachable");
}
