#include "metrics/gap_rows.h"

#include <cmath>

#include "metrics/inequality.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

/// Four districts of 20, 40, 30, 10 people; 20 are newcomers. One site of 6 places between the
/// first two, one of 4 between the last two.
struct Town {
  test::Population population = test::population_of(
      {{"newcomers", "others"}, {{10.0, 6.0, 3.0, 1.0}, {10.0, 34.0, 27.0, 9.0}}});
  Impedance impedance =
      test::impedance_of({{100.0, 900.0}, {200.0, 800.0}, {600.0, 300.0}, {unreachable, 400.0}});
  Impedance to_districts = test::impedance_of({{0.0, 300.0, 800.0, unreachable},
                                               {300.0, 0.0, 450.0, 900.0},
                                               {800.0, 450.0, 0.0, 200.0},
                                               {unreachable, 900.0, 200.0, 0.0}});
  std::vector<double> supply{6.0, 4.0};
  std::vector<double> income{10.0, 20.0, 30.0, 40.0};
  ParentLevel sides{"side", "Side", {"w", "e"}, {"West", "East"}, {0, 0, 1, no_index}};

  [[nodiscard]] MetricInput input() const {
    MetricInput in;
    in.counts = &population.counts;
    in.groups = &population.groups;
    in.group = 1;
    in.reference = 2;
    in.impedance = &impedance;
    in.impedance_label = "streets";
    in.supply = supply;
    in.to_districts = &to_districts;
    in.parents = &sides;
    in.ranking = income;
    in.ranking_label = "income";
    in.access.cutoff = 500.0;
    in.permutations = 199;
    return in;
  }
};

CityValue value_of(std::string_view id, const MetricInput& in) {
  const MetricEntry* entry = find_metric(id);
  REQUIRE(entry != nullptr);
  return entry->city(in);
}

double number_of(std::string_view id, const MetricInput& in) { return value_of(id, in).value; }

}  // namespace

TEST_CASE("rows of parts of a gap", "[metrics][gaps][rows]") {
  const Town town;
  const MetricInput in = town.input();

  SECTION("worked example: 100 places per 1000 in the west for 1/2 and 3/10 of 20 and 80 people") {
    // 6 places for 60 people, 4 for 40: everybody has 100
    CHECK_THAT(number_of("places_mean", in), WithinAbs(100.0, tolerance));
    CHECK_THAT(number_of("places_gap", in), WithinAbs(0.0, tolerance));
    // 6 places for 60 and 4 for 40, scaled to 10: 6 and 4 within reach, times 10 000 / 520
    const double alike = 10000.0 / (60.0 * 6.0 + 40.0 * 4.0);
    CHECK_THAT(
        number_of("gap_if_shared_alike", in),
        WithinAbs(alike * ((16.0 * 6.0 + 4.0 * 4.0) / 20.0 - (44.0 * 6.0 + 36.0 * 4.0) / 80.0),
                  1e-10));
    // people within 500 m: 60, 90, 80, 40
    const double even = 10000.0 / (20.0 * 60.0 + 40.0 * 90.0 + 30.0 * 80.0 + 10.0 * 40.0);
    const double group = (10.0 * 60.0 + 6.0 * 90.0 + 3.0 * 80.0 + 1.0 * 40.0) / 20.0;
    const double others = (10.0 * 60.0 + 34.0 * 90.0 + 27.0 * 80.0 + 9.0 * 40.0) / 80.0;
    CHECK_THAT(number_of("gap_where_people_live", in), WithinAbs(even * (group - others), 1e-10));
  }
  SECTION("the three parts add up to the gap, also with people of need of their own") {
    const std::array need{5.0, 1.0, 9.0, 2.0};
    for (const bool own : {false, true}) {
      MetricInput with = in;
      if (own) with.demand = need;
      const double sum = number_of("gap_where_people_live", with) +
                         number_of("gap_where_services_are", with) +
                         number_of("gap_how_full", with);
      CHECK_THAT(sum, WithinAbs(number_of("places_gap", with), 1e-10));
    }
  }
  SECTION("without ways between districts they are undefined, and say so") {
    MetricInput without = in;
    without.to_districts = nullptr;
    const CityValue part = value_of("gap_how_full", without);
    CHECK(std::isnan(part.value));
    CHECK(part.status == "undefined: no ways between districts");
  }
  SECTION("between and within larger areas add up to the access gap") {
    CHECK_THAT(number_of("access_gap_between", in) + number_of("access_gap_within", in),
               WithinAbs(number_of("access_gap", in), 1e-10));
    const CityValue between = value_of("access_gap_between", in);
    CHECK(between.status == "1 district without a parent counted as parents of their own");
    CHECK(between.parameters == "impedance=streets; parents=side");
  }
  SECTION("a gap is the effect of segregation on the group less that on the reference") {
    MetricInput other = in;
    other.group = 2;
    other.reference = 1;
    for (const char* kind : {"access", "places"}) {
      const std::string effect = std::string(kind) + "_segregation_effect";
      CHECK_THAT(number_of(effect, in) - number_of(effect, other),
                 WithinAbs(number_of(std::string(kind) + "_gap", in), 1e-10));
    }
  }
}

TEST_CASE("rows of gaps: intervals and poverty", "[metrics][gaps][rows]") {
  const Town town;
  const MetricInput in = town.input();
  SECTION("the interval holds the gap, and names how it was drawn") {
    for (const std::string id : {"access_gap", "access_ratio", "opportunities_gap"}) {
      INFO(id);
      const CityValue lower = value_of(id + "_interval_lower", in);
      const double upper = number_of(id + "_interval_upper", in);
      CHECK(lower.value <= number_of(id, in));
      CHECK(number_of(id, in) <= upper);
      CHECK(lower.value < upper);
      CHECK(lower.parameters.ends_with("interval=0.95; resampling=districts; draws=199; seed=1"));
    }
    CHECK_THAT(number_of("places_gap_interval_lower", in), WithinAbs(0.0, tolerance));
    CHECK_THAT(number_of("places_gap_interval_upper", in), WithinAbs(0.0, tolerance));
  }
  SECTION("worked example of poverty: all have 100; a line of 125 is a fifth above") {
    CHECK(number_of("access_poverty", in) == 0.0);
    CHECK(value_of("access_poverty", in).parameters ==
          "impedance=streets; cutoff_m=500; poverty_line=half the mean");
    MetricInput strict = in;
    strict.access.poverty_line = 125.0;
    CHECK(number_of("access_poverty", strict) == 1.0);
    CHECK_THAT(number_of("access_poverty_gap", strict), WithinAbs(0.2, tolerance));
    CHECK_THAT(number_of("access_poverty_severity", strict), WithinAbs(0.04, tolerance));
    CHECK(value_of("access_poverty", strict).parameters.ends_with("poverty_line=125"));
  }
  SECTION("worked example of places within 500 m: 16 of 20 newcomers reach 6, the others 4") {
    CHECK_THAT(number_of("opportunities_mean", in),
               WithinAbs((16.0 * 6.0 + 4.0 * 4.0) / 20.0, tolerance));
    CHECK_THAT(number_of("opportunities_gap", in), WithinAbs(5.6 - 5.1, tolerance));
  }
}

TEST_CASE("rows of inequality", "[metrics][inequality][rows]") {
  const Town town;
  const MetricInput in = town.input();
  const std::array people{20.0, 40.0, 30.0, 10.0};
  const std::array places{6.0, 6.0, 4.0, 4.0};
  SECTION("worked example: 60 people reach 6 places, 40 reach 4; Gini 0.6 * 0.4 * 2 / 5.2") {
    CHECK_THAT(number_of("opportunities_gini", in), WithinAbs(0.48 / 5.2, tolerance));
    CHECK_THAT(number_of("opportunities_theil", in),
               WithinAbs(access_theil(people, places, {}).total, tolerance));
    CHECK_THAT(number_of("places_gini", in), WithinAbs(0.0, tolerance));
  }
  SECTION("between groups: means of 5.6 and 5.1 round 5.2") {
    const double between =
        0.2 * 5.6 / 5.2 * std::log(5.6 / 5.2) + 0.8 * 5.1 / 5.2 * std::log(5.1 / 5.2);
    CHECK_THAT(number_of("opportunities_theil_between_groups", in), WithinAbs(between, tolerance));
  }
  SECTION("along a ranking, with its name") {
    CHECK_THAT(number_of("opportunities_concentration", in),
               WithinAbs(access_concentration(people, places, town.income).standard, tolerance));
    CHECK_THAT(number_of("opportunities_concentration_corrected", in),
               WithinAbs(access_concentration(people, places, town.income).corrected, tolerance));
    CHECK_THAT(number_of("opportunities_palma", in),
               WithinAbs(access_palma(people, places, town.income), tolerance));
    CHECK(value_of("opportunities_concentration", in).parameters ==
          "impedance=streets; cutoff_m=500; ranking=income; ties=mean rank");
  }
  SECTION("without a ranking they are undefined, and say so") {
    MetricInput without = in;
    without.ranking = {};
    const CityValue palma = value_of("places_palma", without);
    CHECK(std::isnan(palma.value));
    CHECK(palma.status == "undefined: no indicator to rank people by");
  }
}
