// Rows that read several services, departures of a window, fees or ways to districts.

#include <array>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "metrics/access.h"
#include "metrics/registry.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

/// Districts of 100, 300 and 50 people, the last cut off; two services.
struct City {
  test::Population population =
      test::population_of({{"here", "there"}, {{40.0, 100.0, 10.0}, {60.0, 200.0, 40.0}}});
  Impedance libraries =
      test::impedance_of({{100.0, 500.0}, {300.0, 300.0}, {unreachable, unreachable}});
  Impedance schools = test::impedance_of({{0.0}, {500.0}, {unreachable}});
  Impedance to_districts = test::impedance_of(
      {{0.0, 400.0, 900.0}, {600.0, 0.0, unreachable}, {900.0, unreachable, 0.0}});
  std::vector<double> books{4.0, 6.0};
  std::vector<double> desks{10.0};

  [[nodiscard]] MetricInput input() const {
    MetricInput in;
    in.counts = &population.counts;
    in.groups = &population.groups;
    in.group = 1;
    in.reference = 2;
    in.impedance_label = "streets";
    in.impedance = &libraries;
    in.supply = books;
    in.to_districts = &to_districts;
    in.access.cutoff = 400.0;
    in.access.decay = decay_of("linear", 1000.0);
    return in;
  }
  [[nodiscard]] MetricInput all_services() const {
    MetricInput in = input();
    in.impedance = nullptr;
    in.services.push_back({"libraries", &libraries, books, in.access, 3.0});
    in.services.push_back({"schools", &schools, desks, in.access, 1.0});
    return in;
  }
};

DistrictValues values_of(const char* id, const MetricInput& in) {
  const MetricEntry* entry = find_metric(id);
  REQUIRE(entry != nullptr);
  REQUIRE(entry->districts != nullptr);
  return entry->districts(in);
}

CityValue city_value(const char* id, const MetricInput& in) {
  const MetricEntry* entry = find_metric(id);
  REQUIRE(entry != nullptr);
  REQUIRE(entry->city != nullptr);
  return entry->city(in);
}

}  // namespace

TEST_CASE("several services in one number", "[metrics][access]") {
  const City city;
  MetricInput in = city.all_services();

  SECTION("worked example: 6.6 and 7 libraries, 10 and 5 schools, over everyone's means") {
    const double libraries = (100.0 * 6.6 + 300.0 * 7.0) / 450.0;
    const double schools = (100.0 * 10.0 + 300.0 * 5.0) / 450.0;
    const double first = (3.0 * 6.6 / libraries + 10.0 / schools) / 4.0;
    const double second = (3.0 * 7.0 / libraries + 5.0 / schools) / 4.0;
    const DistrictValues composite = values_of("composite_access", in);
    CHECK_THAT(composite.values[0], WithinAbs(first, tolerance));
    CHECK_THAT(composite.values[1], WithinAbs(second, tolerance));
    CHECK(composite.values[2] == 0.0);
    CHECK(composite.parameters ==
          "impedance=streets; libraries=weight 3, linear, cutoff=1000 m; "
          "schools=weight 1, linear, cutoff=1000 m");
    const double here = (40.0 * first + 100.0 * second) / 150.0;
    const double there = (60.0 * first + 200.0 * second) / 300.0;
    CHECK_THAT(city_value("composite_mean", in).value, WithinAbs(here, tolerance));
    CHECK_THAT(city_value("composite_gap", in).value, WithinAbs(here - there, tolerance));
    CHECK(city_value("composite_gap", in).parameters == composite.parameters);
    in.group = 0;
    CHECK_THAT(city_value("composite_mean", in).value, WithinAbs(1.0, tolerance));
  }
  SECTION("a service that nobody reaches is named") {
    const Impedance none = test::impedance_of({{unreachable}, {unreachable}, {10.0}});
    const Impedance nowhere = test::impedance_of({{unreachable}, {unreachable}, {unreachable}});
    in.services[1].impedance = &nowhere;
    const DistrictValues composite = values_of("composite_access", in);
    CHECK(std::isnan(composite.values[0]));
    CHECK(composite.parameters.ends_with("; undefined=nobody reaches any of schools"));
    CHECK(std::isnan(city_value("composite_mean", in).value));
    in.services[1].impedance = &none;
    CHECK(is_defined(values_of("composite_access", in).values[0]));
    in.services[1].impedance = &nowhere;
    in.services[1].weight = 0.0;
    CHECK(is_defined(values_of("composite_access", in).values[0]));
  }
  SECTION("choices: (3 (0.9 + 0.5 / 2) + 1) / (4 · 1.5), and 0 where there are none") {
    for (ServiceInput& service : in.services) service.access.choices = {1.0, 0.5};
    const DistrictValues score = values_of("composite_choices", in);
    CHECK_THAT(score.values[0], WithinAbs((3.0 * 1.15 + 1.0) / 6.0, tolerance));
    CHECK_THAT(score.values[1], WithinAbs((3.0 * 1.05 + 0.5) / 6.0, tolerance));
    CHECK(score.values[2] == 0.0);
    CHECK(score.parameters.ends_with("; choices=1, 0.5"));
  }
  SECTION("one service with its weight is gravity access over its mean") {
    in.services.pop_back();
    const MetricInput one = city.input();
    const double mean = city_value("gravity_mean",
                                   [&] {
                                     MetricInput everyone = one;
                                     everyone.group = 0;
                                     return everyone;
                                   }())
                            .value;
    const DistrictValues gravity = values_of("gravity_access", one);
    const DistrictValues composite = values_of("composite_access", in);
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK_THAT(composite.values[i], WithinAbs(gravity.values[i] / mean, tolerance));
    }
  }
}

TEST_CASE("gravity access of a group", "[metrics][access]") {
  const City city;
  const MetricInput in = city.input();
  const double here = (40.0 * 6.6 + 100.0 * 7.0) / 150.0;
  const double there = (60.0 * 6.6 + 200.0 * 7.0) / 300.0;
  CHECK_THAT(city_value("gravity_mean", in).value, WithinAbs(here, tolerance));
  CHECK_THAT(city_value("gravity_gap", in).value, WithinAbs(here - there, tolerance));
  CHECK(city_value("gravity_gap", in).parameters ==
        "impedance=streets; decay=linear, cutoff=1000 m");
}

TEST_CASE("places within the cutoff over a window", "[metrics][access]") {
  City city;
  MetricInput in = city.input();

  SECTION("worked example: of four departures 4, 1; 2, 3; 0, 0 are in time") {
    city.libraries.window = {4, 400, {4, 2, 0, 1, 3, 0}};
    const DistrictValues mean = values_of("window_places_within", in);
    CHECK_THAT(mean.values[0], WithinAbs(4.0 + 6.0 / 4.0, tolerance));
    CHECK_THAT(mean.values[1], WithinAbs(4.0 / 2.0 + 6.0 * 0.75, tolerance));
    CHECK(mean.values[2] == 0.0);
    CHECK(mean.parameters == "impedance=streets; cutoff_m=400; mean_over=4 departures");
    const double here = (40.0 * 5.5 + 100.0 * 6.5) / 150.0;
    const double there = (60.0 * 5.5 + 200.0 * 6.5) / 300.0;
    CHECK_THAT(city_value("window_places_mean", in).value, WithinAbs(here, tolerance));
    CHECK_THAT(city_value("window_places_gap", in).value, WithinAbs(here - there, tolerance));
    in.access.cutoff = 300.0;
    CHECK_THROWS_AS(values_of("window_places_within", in), std::logic_error);
  }
  SECTION("every departure in time is the plain count") {
    city.libraries.window = {2, 400, {2, 2, 0, 0, 2, 0}};
    CHECK(values_of("window_places_within", in).values == values_of("places_within", in).values);
  }
  SECTION("undefined where ways are not by timetable") {
    const DistrictValues mean = values_of("window_places_within", in);
    CHECK(std::isnan(mean.values[0]));
    CHECK(mean.parameters.ends_with("undefined=ways are not by timetable"));
    CHECK(std::isnan(city_value("window_places_mean", in).value));
  }
}

TEST_CASE("people who could come to a district", "[metrics][access]") {
  const City city;
  MetricInput in = city.input();

  SECTION("worked example: 100 + 0.4 · 300 + 0.1 · 50 in the first") {
    const DistrictValues people = values_of("passive_access", in);
    CHECK_THAT(people.values[0], WithinAbs(100.0 + 120.0 + 5.0, 1e-9));
    CHECK_THAT(people.values[1], WithinAbs(60.0 + 300.0, 1e-9));
    CHECK_THAT(people.values[2], WithinAbs(10.0 + 50.0, 1e-9));
    CHECK(people.parameters.ends_with("; place=centre of the district"));
  }
  SECTION("who need the service: of 40, 100 and 10") {
    in.demand = city.population.counts.group(1);
    CHECK_THAT(values_of("passive_access", in).values[0], WithinAbs(40.0 + 40.0 + 1.0, 1e-9));
  }
  SECTION("a table of costs to sites has no ways to districts") {
    in.to_districts = nullptr;
    const DistrictValues people = values_of("passive_access", in);
    REQUIRE(people.values.size() == 3);
    CHECK(std::isnan(people.values[0]));
    CHECK(people.status == "undefined: no ways between districts");
  }
}

TEST_CASE("the lowest fee within the cutoff", "[metrics][access]") {
  const City city;
  MetricInput in = city.input();
  const std::array fees{12.0, 5.0};
  in.fees = fees;
  CHECK(values_of("cheapest_within", in).values[0] == 12.0);
  CHECK(values_of("cheapest_within", in).values[1] == 5.0);
  CHECK(std::isnan(values_of("cheapest_within", in).values[2]));
  const std::array partly{12.0, undefined};
  in.fees = partly;
  CHECK(values_of("cheapest_within", in).values[1] == 12.0);
  in.fees = {};
  CHECK(std::isnan(values_of("cheapest_within", in).values[1]));
}

TEST_CASE("everybody is placed, by row", "[metrics][access]") {
  const City city;
  MetricInput in = city.input();
  CHECK(values_of("doubly_constrained_cost", in)
            .parameters.ends_with("; places=as given; undefined=fewer places than people"));
  const std::array demand{4.0, 6.0, 0.0};
  in.demand = demand;
  const Placement placed = place_everyone(city.libraries.costs, demand, city.books, in.access.decay,
                                          PlaceTotals::as_given);
  REQUIRE(placed.refusal.empty());
  const DistrictValues cost = values_of("doubly_constrained_cost", in);
  CHECK(cost.values[0] == placed.mean_cost[0]);
  CHECK(cost.values[1] == placed.mean_cost[1]);
  CHECK(std::isnan(cost.values[2]));
  in.demand = {};
  in.access.scale_places = true;
  CHECK(is_defined(values_of("doubly_constrained_cost", in).values[0]));
}
