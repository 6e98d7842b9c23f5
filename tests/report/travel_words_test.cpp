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

  SECTION("what the ways were searched with") {
    CHECK(
        travel_in_words("impedance=streets, walking time; speed_kmh=4.32; snap=largest component; "
                        "cutoff_min=15") ==
        "Along the streets on foot, from the middle of each district; at 4.32 km/h; within "
        "15\u00a0min");
    CHECK(travel_in_words("impedance=streets, cycling, 12 km/h; speed_kmh=12; snap=nearest node") ==
          "Along the streets by bicycle, at 12 km/h, from the middle of each district; from the "
          "nearest junction of all");
    CHECK(travel_in_words("impedance=timetable of 2025-03-04, 08:00 to 09:00, percentile 50; "
                          "step_s=60; walk_m=800; change_walk_m=300; direct_walk_m=2000; "
                          "speed_kmh=4.32; rides=any; change_s=0; limit_min=120; "
                          "snap=largest component") ==
          "By public transport on 2025-03-04, 08:00 to 09:00, percentile 50 of the travel times, "
          "from the middle of each district; walks of up to 800\u00a0m to and from stops; at 4.32 "
          "km/h; travel of up to 120\u00a0min");
    CHECK(travel_in_words("impedance=straight line times detour factor; detour_factor=1.3") ==
          "Straight lines times a detour factor, from the middle of each district; detour factor "
          "1.3");
  }
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
