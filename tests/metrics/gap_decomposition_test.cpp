#include "metrics/gap_decomposition.h"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "metrics/gaps.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

// two districts: of 40 of the group 30 live in the first, of 60 of the reference 15
const std::array group{30.0, 10.0};
const std::array reference{15.0, 45.0};
// v = (3/4 - 1/4) (A_1 - A_2)
const std::array even_uncrowded{12.0, 8.0};    // v = 2
const std::array even_crowded{10.0, 10.0};     // v = 0
const std::array actual_uncrowded{16.0, 4.0};  // v = 6
const std::array actual{13.0, 5.0};            // v = 4
const AccessWorlds worlds{even_uncrowded, even_crowded, actual_uncrowded, actual};

struct City {
  std::vector<double> group;
  std::vector<double> reference;
  std::array<std::vector<double>, 4> access;
  [[nodiscard]] AccessWorlds worlds() const { return {access[0], access[1], access[2], access[3]}; }
};

City any_city() {
  City city;
  const int n = *rc::gen::inRange(1, 25);
  for (int i = 0; i < n; ++i) {
    city.group.push_back(*rc::gen::inRange(0, 300));
    city.reference.push_back(*rc::gen::inRange(0, 300));
    for (auto& world : city.access) world.push_back(*rc::gen::inRange(0, 1000) / 8.0);
  }
  city.group.front() += 1.0;
  city.reference.back() += 1.0;
  return city;
}

bool near(double a, double b, double scale) { return std::abs(a - b) <= tolerance * scale; }

double scale_of(const GapParts& parts) {
  double scale = 1e-3;
  for (const double part : {parts.gap, parts.gap_if_even_uncrowded, parts.gap_if_even_crowded,
                            parts.gap_if_actual_uncrowded}) {
    scale = std::max(scale, std::abs(part));
  }
  return scale;
}

double sum_of(const GapParts& parts) {
  return parts.where_people_live + parts.where_services_are + parts.how_full;
}

constexpr std::array<LocationRole, 2> roles{LocationRole::given, LocationRole::factor};

}  // namespace

TEST_CASE("Shapley values", "[metrics][gap_decomposition]") {
  SECTION("two factors: the mean over the two orders") {
    const std::vector<double> parts = shapley_values(std::array{1.0, 4.0, 3.0, 10.0});
    REQUIRE(parts.size() == 2);
    CHECK_THAT(parts[0], WithinAbs(((4.0 - 1.0) + (10.0 - 3.0)) / 2.0, tolerance));
    CHECK_THAT(parts[1], WithinAbs(((3.0 - 1.0) + (10.0 - 4.0)) / 2.0, tolerance));
  }
  SECTION("three factors of which two are needed together, with any third: 1/2, 1/2, 0") {
    std::array<double, 8> value{};
    value[3] = value[7] = 6.0;
    const std::vector<double> parts = shapley_values(value);
    CHECK_THAT(parts[0], WithinAbs(3.0, tolerance));
    CHECK_THAT(parts[1], WithinAbs(3.0, tolerance));
    CHECK_THAT(parts[2], WithinAbs(0.0, tolerance));
  }
  SECTION("the glove game: one left, two right: 4/6, 1/6, 1/6") {
    std::array<double, 8> value{};
    value[3] = value[5] = value[7] = 1.0;
    const std::vector<double> parts = shapley_values(value);
    CHECK_THAT(parts[0], WithinAbs(4.0 / 6.0, tolerance));
    CHECK_THAT(parts[1], WithinAbs(1.0 / 6.0, tolerance));
    CHECK_THAT(parts[2], WithinAbs(1.0 / 6.0, tolerance));
  }
  SECTION("no factor, and values that are not for every set") {
    CHECK(shapley_values(std::array{5.0}).empty());
    CHECK_THROWS_AS(shapley_values(std::array{1.0, 2.0, 3.0}), std::logic_error);
    CHECK_THROWS_AS(shapley_values({}), std::logic_error);
  }
}

TEST_CASE("gap decomposition", "[metrics][gap_decomposition]") {
  SECTION("worked example: 4 = 2 by location, 4 by layout, -2 by sharing") {
    const GapParts parts = gap_decomposition(group, reference, worlds);
    CHECK_THAT(parts.gap, WithinAbs(4.0, tolerance));
    CHECK_THAT(parts.gap_if_even_uncrowded, WithinAbs(2.0, tolerance));
    CHECK_THAT(parts.gap_if_even_crowded, WithinAbs(0.0, tolerance));
    CHECK_THAT(parts.gap_if_actual_uncrowded, WithinAbs(6.0, tolerance));
    CHECK_THAT(parts.where_people_live, WithinAbs(2.0, tolerance));
    CHECK_THAT(parts.where_services_are, WithinAbs(((6.0 - 2.0) + (4.0 - 0.0)) / 2.0, tolerance));
    CHECK_THAT(parts.how_full, WithinAbs(((0.0 - 2.0) + (4.0 - 6.0)) / 2.0, tolerance));
  }
  SECTION("worked example with location as a factor: 2/3 + 0/6 + 6/6 + 4/3 = 3, then 2 and -1") {
    const GapParts parts = gap_decomposition(group, reference, worlds, LocationRole::factor);
    CHECK_THAT(parts.where_people_live, WithinAbs(3.0, tolerance));
    CHECK_THAT(parts.where_services_are, WithinAbs((6.0 - 2.0) / 6.0 + 4.0 / 3.0, tolerance));
    CHECK_THAT(parts.how_full, WithinAbs((0.0 - 2.0) / 6.0 - 2.0 / 3.0, tolerance));
  }
  SECTION("the gap is the access gap of the measure") {
    CHECK_THAT(gap_decomposition(group, reference, worlds).gap,
               WithinAbs(access_gap(group, reference, actual).difference, tolerance));
  }
  SECTION("a district that some world does not know takes no part in any") {
    const std::array more_group{30.0, 10.0, 7.0};
    const std::array more_reference{15.0, 45.0, 99.0};
    const auto with = [](const std::array<double, 2>& two, double third) {
      return std::array{two[0], two[1], third};
    };
    const auto a = with(even_uncrowded, 1.0);
    const auto b = with(even_crowded, undefined);
    const auto c = with(actual_uncrowded, 3.0);
    const auto d = with(actual, unreachable);
    const GapParts parts = gap_decomposition(more_group, more_reference, {a, b, c, d});
    CHECK_THAT(parts.gap, WithinAbs(4.0, tolerance));
    CHECK_THAT(sum_of(parts), WithinAbs(4.0, tolerance));
  }
  SECTION("is undefined for nobody") {
    const std::array nobody{0.0, 0.0};
    for (const LocationRole role : roles) {
      CHECK(std::isnan(gap_decomposition(nobody, reference, worlds, role).gap));
      CHECK(std::isnan(gap_decomposition(group, nobody, worlds, role).how_full));
    }
  }
  SECTION("refuses worlds of other districts") {
    const std::array<double, 1> one{1.0};
    CHECK_THROWS_AS(gap_decomposition(group, reference, {one, one, one, one}), std::logic_error);
    CHECK_THROWS_AS(gap_decomposition(group, one, worlds), std::logic_error);
  }
}

TEST_CASE("gap decomposition: properties", "[metrics][gap_decomposition][property]") {
  CHECK(rc::check("the parts add up to the gap", [] {
    const City city = any_city();
    for (const LocationRole role : roles) {
      const GapParts parts = gap_decomposition(city.group, city.reference, city.worlds(), role);
      RC_ASSERT(near(sum_of(parts), parts.gap, scale_of(parts)));
    }
  }));
  CHECK(rc::check("a group that lives as the reference does has no gap and no parts", [] {
    const City city = any_city();
    std::vector<double> alike = city.reference;
    for (double& persons : alike) persons *= 3.0;
    for (const LocationRole role : roles) {
      const GapParts parts = gap_decomposition(alike, city.reference, city.worlds(), role);
      for (const double part :
           {parts.gap, parts.where_people_live, parts.where_services_are, parts.how_full}) {
        RC_ASSERT(std::abs(part) <= 1e-10);
      }
    }
  }));
  CHECK(rc::check("services spread like people have no part of layout, and alike in sharing", [] {
    City city = any_city();
    City shared = city;
    city.access[2] = city.access[0];
    city.access[3] = city.access[1];
    shared.access[1] = shared.access[0];
    shared.access[3] = shared.access[2];
    for (const LocationRole role : roles) {
      RC_ASSERT(
          gap_decomposition(city.group, city.reference, city.worlds(), role).where_services_are ==
          0.0);
      RC_ASSERT(gap_decomposition(shared.group, shared.reference, shared.worlds(), role).how_full ==
                0.0);
    }
  }));
  CHECK(rc::check("the signs change where group and reference change places", [] {
    const City city = any_city();
    for (const LocationRole role : roles) {
      const GapParts a = gap_decomposition(city.group, city.reference, city.worlds(), role);
      const GapParts b = gap_decomposition(city.reference, city.group, city.worlds(), role);
      const double scale = scale_of(a);
      RC_ASSERT(near(a.gap, -b.gap, scale));
      RC_ASSERT(near(a.where_people_live, -b.where_people_live, scale));
      RC_ASSERT(near(a.where_services_are, -b.where_services_are, scale));
      RC_ASSERT(near(a.how_full, -b.how_full, scale));
    }
  }));
  CHECK(rc::check("the order of districts does not matter", [] {
    const City city = any_city();
    City turned = city;
    std::reverse(turned.group.begin(), turned.group.end());
    std::reverse(turned.reference.begin(), turned.reference.end());
    for (auto& world : turned.access) std::reverse(world.begin(), world.end());
    for (const LocationRole role : roles) {
      const GapParts a = gap_decomposition(city.group, city.reference, city.worlds(), role);
      const GapParts b = gap_decomposition(turned.group, turned.reference, turned.worlds(), role);
      const double scale = std::max(1.0, scale_of(a));
      RC_ASSERT(near(a.where_people_live, b.where_people_live, scale));
      RC_ASSERT(near(a.where_services_are, b.where_services_are, scale));
      RC_ASSERT(near(a.how_full, b.how_full, scale));
    }
  }));
}

TEST_CASE("access scaled to a total", "[metrics][gap_decomposition]") {
  const std::array people{10.0, 30.0};
  SECTION("worked example: 10 * 4 + 30 * 2 = 100, to hand out 50") {
    CHECK(scaled_to_total(std::array{4.0, 2.0}, people, 50.0) == std::vector<double>{2.0, 1.0});
  }
  SECTION("is 0 where nobody has anything") {
    CHECK(scaled_to_total(std::array{0.0, 0.0}, people, 50.0) == std::vector<double>{0.0, 0.0});
  }
}

TEST_CASE("Kitagawa decomposition", "[metrics][gap_decomposition]") {
  SECTION("worked example: 3/4 of 6 and 1/4 of 2 against half of 4 and half of 4") {
    const KitagawaParts parts = kitagawa_decomposition(std::array{3.0, 1.0}, std::array{5.0, 5.0},
                                                       std::array{6.0, 2.0}, std::array{4.0, 4.0});
    CHECK_THAT(parts.gap, WithinAbs(5.0 - 4.0, tolerance));
    CHECK_THAT(parts.composition, WithinAbs(0.25 * 5.0 - 0.25 * 3.0, tolerance));
    CHECK_THAT(parts.rates, WithinAbs(0.625 * 2.0 - 0.375 * 2.0, tolerance));
  }
  SECTION("a stratum where one of them does not live is composition alone") {
    const KitagawaParts parts =
        kitagawa_decomposition(std::array{1.0, 0.0}, std::array{0.0, 1.0},
                               std::array{6.0, undefined}, std::array{undefined, 4.0});
    CHECK(parts.gap == 2.0);
    CHECK(parts.composition == 2.0);
    CHECK(parts.rates == 0.0);
  }
  SECTION("is undefined for nobody, and refuses rates that people need and that do not exist") {
    CHECK(std::isnan(
        kitagawa_decomposition(std::array{0.0}, std::array{1.0}, std::array{1.0}, std::array{1.0})
            .gap));
    CHECK_THROWS_AS(kitagawa_decomposition(std::array{1.0}, std::array{1.0}, std::array{undefined},
                                           std::array{1.0}),
                    std::logic_error);
  }
}

TEST_CASE("a gap between and within larger areas", "[metrics][gap_decomposition]") {
  const std::array people{10.0, 30.0, 20.0, 0.0, 5.0};
  const std::array others{30.0, 10.0, 0.0, 40.0, 9.0};
  const std::array metres{200.0, 400.0, 900.0, 700.0, unreachable};
  const std::array<std::uint32_t, 5> borough{0, 0, 1, 1, 1};
  SECTION("worked example: boroughs of 350 and 900 m against 250 and 700 m") {
    const KitagawaParts parts = nested_gap(people, others, metres, borough);
    CHECK_THAT(parts.gap, WithinAbs(32000.0 / 60.0 - 38000.0 / 80.0, 1e-10));
    CHECK_THAT(parts.composition,
               WithinAbs((40.0 / 60.0 - 0.5) * 300.0 + (20.0 / 60.0 - 0.5) * 800.0, 1e-10));
    CHECK_THAT(parts.composition + parts.rates, WithinAbs(parts.gap, 1e-10));
  }
  SECTION("one area: all is within; an area for each district: all is between") {
    const std::array<std::uint32_t, 5> one{3, 3, 3, 3, 3};
    const std::array<std::uint32_t, 5> each{4, 3, 2, 1, 0};
    CHECK(nested_gap(people, others, metres, one).composition == 0.0);
    CHECK_THAT(nested_gap(people, others, metres, each).rates, WithinAbs(0.0, 1e-10));
  }
  SECTION("it is the access gap of who can reach a service") {
    CHECK_THAT(nested_gap(people, others, metres, borough).gap,
               WithinAbs(access_gap(people, others, metres).difference, 1e-10));
  }
}

TEST_CASE("what districts add to a gap", "[metrics][gap_decomposition]") {
  SECTION("worked example: means 11 and 7, middle 9: 1/2 (13 - 9) and -1/2 (5 - 9)") {
    const std::vector<double> parts = gap_contributions(group, reference, actual);
    REQUIRE(parts.size() == 2);
    CHECK_THAT(parts[0], WithinAbs(2.0, tolerance));
    CHECK_THAT(parts[1], WithinAbs(2.0, tolerance));
  }
  SECTION("unknown access adds nothing that is known") {
    const std::array people{30.0, 10.0, 4.0};
    const std::array others{15.0, 45.0, 4.0};
    const std::array access{13.0, 5.0, unreachable};
    const std::vector<double> parts = gap_contributions(people, others, access);
    CHECK_THAT(parts[0] + parts[1], WithinAbs(4.0, tolerance));
    CHECK(std::isnan(parts[2]));
    CHECK(std::isnan(gap_contributions(std::array{0.0, 0.0}, reference, actual)[0]));
  }
  SECTION("they add up to the gap") {
    CHECK(rc::check([] {
      const City city = any_city();
      const std::vector<double> parts =
          gap_contributions(city.group, city.reference, city.access[3]);
      const double gap = access_gap(city.group, city.reference, city.access[3]).difference;
      RC_ASSERT(std::abs(compensated_sum(parts) - gap) <= 1e-11);
    }));
  }
}
