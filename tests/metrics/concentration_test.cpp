#include "metrics/concentration.h"

#include <cmath>
#include <vector>

#include "base/number.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

/// Three districts of 10 residents on 1, 2 and 4 units of land.
const std::vector<double> group{8.0, 2.0, 0.0};
const std::vector<double> others{2.0, 8.0, 10.0};
const std::vector<double> total{10.0, 10.0, 10.0};
const std::vector<double> area{1.0, 2.0, 4.0};

}  // namespace

TEST_CASE("delta", "[metrics][concentration]") {
  SECTION("worked example: |.8 - 1/7| + |.2 - 2/7| + |0 - 4/7|, halved") {
    CHECK_THAT(delta_index(group, total, area, EmptyDistricts::dropped),
               WithinAbs(0.8 - 1.0 / 7.0, tolerance));
  }
  SECTION("land where nobody lives counts only where it is kept") {
    const std::vector<double> x{8.0, 2.0, 0.0, 0.0};
    const std::vector<double> t{10.0, 10.0, 10.0, 0.0};
    const std::vector<double> a{1.0, 2.0, 4.0, 3.0};
    CHECK_THAT(delta_index(x, t, a, EmptyDistricts::dropped),
               WithinAbs(0.8 - 1.0 / 7.0, tolerance));
    CHECK_THAT(delta_index(x, t, a, EmptyDistricts::kept), WithinAbs(0.8 - 0.1, tolerance));
  }
  SECTION("0 at one density everywhere; undefined without a group or without land") {
    CHECK_THAT(delta_index(area, total, area, EmptyDistricts::kept), WithinAbs(0.0, tolerance));
    const std::vector<double> nothing(3, 0.0);
    CHECK(std::isnan(delta_index(nothing, total, area, EmptyDistricts::kept)));
    CHECK(std::isnan(delta_index(group, total, nothing, EmptyDistricts::kept)));
    CHECK_THROWS_AS(delta_index(group, total, std::vector<double>{1.0}, EmptyDistricts::kept),
                    std::logic_error);
  }
  SECTION("a district without an area takes no part, with its people") {
    const std::vector<double> unknown{1.0, 2.0, undefined};
    CHECK_THAT(delta_index(group, total, unknown, EmptyDistricts::dropped),
               WithinAbs(0.8 - 1.0 / 3.0, tolerance));
  }
}

TEST_CASE("absolute and relative concentration", "[metrics][concentration]") {
  SECTION("worked example: 1.2 per head, between 1 and 4; the others 2.9") {
    CHECK_THAT(absolute_concentration(group, total, area), WithinAbs(1.0 - 0.2 / 3.0, tolerance));
    CHECK_THAT(relative_concentration(group, others, total, area, LargeEnd::group),
               WithinAbs((1.2 / 2.9 - 1.0) / (1.0 / 4.0 - 1.0), tolerance));
    CHECK_THAT(relative_concentration(group, others, total, area, LargeEnd::reference),
               WithinAbs((1.2 / 2.9 - 1.0) / (1.0 / 3.0 - 1.0), tolerance));
  }
  SECTION("a group in the smallest district that holds it is at 1, in the largest at 0") {
    const std::vector<double> small{10.0, 0.0, 0.0};
    const std::vector<double> large{0.0, 0.0, 10.0};
    CHECK_THAT(absolute_concentration(small, total, area), WithinAbs(1.0, tolerance));
    CHECK_THAT(absolute_concentration(large, total, area), WithinAbs(0.0, tolerance));
  }
  SECTION("the district that reaches X counts whole: 10 + 100 of t for an X of 11") {
    const std::vector<double> x{1.0, 10.0, 0.0};
    const std::vector<double> t{10.0, 100.0, 50.0};
    const double smallest = (10.0 * 1.0 + 100.0 * 2.0) / 110.0;
    CHECK_THAT(absolute_concentration(x, t, area),
               WithinAbs(1.0 - (21.0 / 11.0 - smallest) / (4.0 - smallest), tolerance));
  }
  SECTION("empty districts change nothing, wherever they stand in the order of areas") {
    const std::vector<double> x{0.0, 8.0, 2.0, 0.0, 0.0};
    const std::vector<double> y{0.0, 2.0, 8.0, 10.0, 0.0};
    const std::vector<double> t{0.0, 10.0, 10.0, 10.0, 0.0};
    const std::vector<double> a{0.5, 1.0, 2.0, 4.0, 99.0};
    CHECK(absolute_concentration(x, t, a) == absolute_concentration(group, total, area));
    CHECK(relative_concentration(x, y, t, a, LargeEnd::group) ==
          relative_concentration(group, others, total, area, LargeEnd::group));
  }
  SECTION("undefined: districts of one size, but for rounding; nobody; one district") {
    const std::vector<double> lattice{10'000.0, 10'000.000001, 9'999.999999};
    CHECK(std::isnan(absolute_concentration(group, total, lattice)));
    CHECK(std::isnan(relative_concentration(group, others, total, lattice, LargeEnd::group)));
    const std::vector<double> nobody(3, 0.0);
    CHECK(std::isnan(absolute_concentration(nobody, total, area)));
    CHECK(std::isnan(relative_concentration(group, nobody, total, area, LargeEnd::group)));
    const std::vector<double> one{5.0};
    CHECK(std::isnan(absolute_concentration(one, one, one)));
  }
}
