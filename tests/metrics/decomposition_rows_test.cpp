/// The rows of the table on levels and change: what they hand to the formulas, and what they say.
#include <cmath>
#include <limits>
#include <numeric>

#include "metrics/evenness.h"
#include "metrics/registry.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

const test::NamedColumns then{{"turkey", "poland", "germany"},
                              {{10, 20, 5, 4}, {5, 2, 15, 6}, {85, 30, 20, 40}}};
const test::NamedColumns now{{"turkey", "poland", "germany"},
                             {{12, 15, 9, 4}, {9, 4, 10, 8}, {80, 35, 25, 40}}};

struct TwoYears {
  test::Population early = test::population_of(then);
  test::Population late = test::population_of(now);
  ParentLevel boroughs{"borough", "Borough", {"w", "e"}, {"West", "East"}, {0, 0, 1, no_index}};

  TwoYears() { early.counts.date = "2015-01-01"; }
  [[nodiscard]] MetricInput input() const {
    MetricInput in;
    in.counts = &late.counts;
    in.groups = &late.groups;
    in.group = 1;
    in.parents = &boroughs;
    in.earlier = &early.counts;
    return in;
  }
};

CityValue city_value(std::string_view id, const MetricInput& in) {
  const MetricEntry* entry = find_metric(id);
  REQUIRE(entry != nullptr);
  return entry->city(in);
}

DistrictValues district_values(std::string_view id, const MetricInput& in) {
  const MetricEntry* entry = find_metric(id);
  REQUIRE(entry != nullptr);
  return entry->districts(in);
}

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

TEST_CASE("rows of levels", "[metrics][levels][registry]") {
  const TwoYears years;
  const MetricInput in = years.input();
  const auto groups = now.spans();
  CHECK_THAT(city_value("mutual_information_between", in).value +
                 city_value("mutual_information_within", in).value,
             WithinAbs(mutual_information(groups), 1e-15));
  CHECK_THAT(city_value("theil_h_between", in).value + city_value("theil_h_within", in).value,
             WithinAbs(multigroup_theil_entropy(groups), 1e-15));
  const CityValue between = city_value("theil_h_between", in);
  CHECK(between.parameters == "parents=borough");
  CHECK(between.status == "1 district without a parent counted as parents of their own");
}

TEST_CASE("rows of what one person weighs", "[metrics][what_if][registry]") {
  const TwoYears years;
  MetricInput in = years.input();
  const std::vector<double> slope = district_values("theil_h_derivative", in).values;
  const std::vector<double> step = district_values("theil_h_one_more", in).values;
  for (std::size_t i = 0; i < slope.size(); ++i) CHECK_THAT(step[i], WithinAbs(slope[i], 1e-3));
  CHECK(slope[1] > slope[0]);  // 15 of 54 rather than 12 of 101
  CHECK(std::isfinite(district_values("multigroup_theil_h_derivative", in).values[0]));
  in.group = 0;
  const DistrictValues of_everyone = district_values("multigroup_theil_h_derivative", in);
  CHECK(std::isnan(of_everyone.values[0]));
  CHECK(of_everyone.status == "undefined: the group is a sum of groups that are told apart here");
}

TEST_CASE("rows of change", "[metrics][change][registry]") {
  TwoYears years;
  const MetricInput in = years.input();

  SECTION("the parts add up to the change, of M and of H, and the districts to both") {
    const double total = mutual_information(now.spans()) - mutual_information(then.spans());
    CHECK_THAT(city_value("change_total", in).value, WithinAbs(total, 1e-15));
    double parts = 0.0;
    double theil_parts = 0.0;
    for (const std::string part : {"structure", "units", "groups", "additions", "removals"}) {
      parts += city_value("change_" + part, in).value;
      theil_parts += city_value("theil_h_change_" + part, in).value;
    }
    CHECK_THAT(parts, WithinAbs(total, 1e-13));
    CHECK_THAT(theil_parts, WithinAbs(multigroup_theil_entropy(now.spans()) -
                                          multigroup_theil_entropy(then.spans()),
                                      1e-13));
    CHECK_THAT(sum(district_values("change_contribution", in).values), WithinAbs(total, 1e-13));
    CHECK_THAT(sum(district_values("structure_contribution", in).values),
               WithinAbs(city_value("change_structure", in).value, 1e-13));
    CHECK(city_value("change_units", in).parameters ==
          "index=M; since=2015-01-01; method=Elbers 2021");
  }
  SECTION("who is counted at one date only is told") {
    for (CountColumn& column : years.early.counts.groups) column.readable[3] = 0.0;
    const CityValue added = city_value("change_additions", in);
    CHECK(added.value != 0.0);
    CHECK(added.status == "1 district with residents at the later date only");
  }
  SECTION("a table that cannot be fitted is undefined, and says why") {
    const std::vector<std::vector<double>> cells{{8, 0, 0, 0}, {0, 3, 0, 0}, {0, 0, 9, 2}};
    for (std::size_t k = 0; k < 3; ++k) years.early.counts.groups[k + 1].readable = cells[k];
    const CityValue structure = city_value("change_structure", in);
    CHECK(std::isnan(structure.value));
    CHECK(structure.status.find("cannot be fitted") != std::string::npos);
  }
  SECTION("an unknown cell of the earlier date follows the policy") {
    CountColumn& cell = years.early.counts.groups[1];
    cell.hidden = {0, 1, 0, 0};
    cell.least = cell.readable;
    cell.greatest = cell.readable;
    cell.greatest[1] += 4.0;
    const CityValue ranged = city_value("change_total", in);
    CHECK(ranged.lower < ranged.upper);
    CHECK(ranged.status == "1 of 24 cells partly unknown");
    MetricInput strict = in;
    strict.unknown = UnknownPolicy::index_undefined;
    CHECK(std::isnan(city_value("change_total", strict).value));
    MetricInput without = in;
    without.unknown = UnknownPolicy::district_left_out;
    CHECK(std::isnan(district_values("change_contribution", without).values[1]));
  }
}
