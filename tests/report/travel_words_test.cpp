#include "report/travel_words.h"

#include "support/catch.h"

using quartier::report::travel_in_words;

TEST_CASE("how people travel, in words", "[report][access]") {
  CHECK(travel_in_words("impedance=streets; cutoff_m=800") ==
        "Along the streets on foot, from the middle of each district; within 800\u00a0m");
  CHECK(travel_in_words("impedance=streets, from junctions") ==
        "Along the streets on foot, from the junctions of each district");
  CHECK(travel_in_words(
            "impedance=streets, cycling, 15 km/h; cutoff_min=20; poverty_line=half the mean") ==
        "Along the streets by bicycle, at 15 km/h, from the middle of each district; within "
        "20\u00a0min; "
        "access poverty: below half the mean");
  CHECK(
      travel_in_words(
          "impedance=timetable of 2025-03-04, 08:00 to 09:00, percentile 50, wheelchair") ==
      "By public transport on 2025-03-04, 08:00 to 09:00, percentile 50 of the travel times, where "
      "a wheelchair can pass, from the middle of each district");
  CHECK(travel_in_words("impedance=costs of minutes.csv, origin to site") ==
        "Ways of the table minutes.csv");

  SECTION("what several measures share is told once") {
    CHECK(travel_in_words(
              std::vector<std::string>{"impedance=streets, from junctions",
                                       "impedance=streets, from junctions; cutoff_m=800"}) ==
          "Along the streets on foot, from the junctions of each district; within 800\u00a0m");
  }
  SECTION("what is not known here is told as it stands") {
    CHECK(travel_in_words("districts=a; impedance=canals, from piers; demand_exponent=1; k=3") ==
          "Canals, from piers; demand exponent 1; k = 3");
  }
  SECTION("nothing where no travel is told") {
    CHECK(travel_in_words("").empty());
    CHECK(travel_in_words("seed=1").empty());
  }
}
