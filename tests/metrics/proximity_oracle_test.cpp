/// Every distance-decay row of the reference values.
#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "metrics/proximity.h"
#include "metrics/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-10;

struct Set {
  std::vector<std::string> groups;
  std::vector<std::vector<double>> columns;
  std::vector<Point> centroids;
  std::vector<double> area_m2;
  std::vector<double> total;
};

Set read_set(const std::string& name) {
  const auto folder = test::shared("oracle/segregation/" + name);
  const test::Table counts = test::read_table(folder / (name + ".csv"));
  const test::Table units = test::read_table(folder / "units.csv");
  Set set;
  for (std::size_t c = 1; c < counts.column("total"); ++c) {
    set.groups.push_back(counts.header[c]);
    set.columns.push_back(test::numbers(counts, counts.header[c]));
  }
  const std::vector<double> x = test::numbers(units, "cx_m");
  const std::vector<double> y = test::numbers(units, "cy_m");
  for (std::size_t i = 0; i < x.size(); ++i) set.centroids.push_back({x[i], y[i]});
  set.area_m2 = test::numbers(units, "area_m2");
  set.total.assign(x.size(), 0.0);
  for (const auto& column : set.columns) {
    for (std::size_t i = 0; i < x.size(); ++i) set.total[i] += column[i];
  }
  return set;
}

ProximityOptions options_of(const std::string& params) {
  ProximityOptions options;
  if (params.find("sqrt(0.6*area)") != std::string::npos) {
    options.self_distance = SelfDistance::root_of_part;
  } else if (params.find("0.6*sqrt(area)") != std::string::npos) {
    options.self_distance = SelfDistance::root_of_area;
  } else {
    options.self_distance = SelfDistance::zero;
  }
  options.empty_districts = params.find("empty units dropped") != std::string::npos
                                ? EmptyDistricts::dropped
                                : EmptyDistricts::kept;
  return options;
}

double value_of(const Proximity& found, const std::string& index, std::size_t group) {
  if (index == "SP_multigroup") return found.multigroup_spatial_proximity.value;
  if (index == "Poo") return found.everyone.value;
  const GroupProximity& g = found.groups[group];
  const std::map<std::string, Bounded> values{
      {"Pxx", g.within_group},     {"Pyy", g.within_rest},         {"Pxy", g.between},
      {"SP", g.spatial_proximity}, {"ACL", g.absolute_clustering}, {"RCL", g.relative_clustering},
      {"DPxx", g.isolation},       {"DPxy", g.interaction}};
  return values.at(index).value;
}

}  // namespace

TEST_CASE("the distance-decay family agrees with the reference values", "[metrics][oracle]") {
  if (test::shared("oracle/segregation").empty()) {
    WARN("skipped: no shared reference values");
    return;
  }
  for (const std::string name : {"de_precincts", "pvd_blocks"}) {
    const Set set = read_set(name);
    const std::vector<std::span<const double>> groups(set.columns.begin(), set.columns.end());
    const test::Table expected =
        test::read_table(test::shared("oracle/segregation/" + name) / "values_reference.csv");
    std::map<std::string, Proximity> found;
    std::size_t compared = 0;
    double largest = 0.0;
    for (const auto& row : expected.rows) {
      if (row[1] != "two_group_distance_decay" && row[1] != "multigroup_distance_decay") continue;
      const std::string& params = row[4];
      if (found.count(params) == 0) {
        found[params] =
            proximity(set.centroids, set.area_m2, groups, set.total, options_of(params));
      }
      const auto group = static_cast<std::size_t>(
          std::find(set.groups.begin(), set.groups.end(), row[2]) - set.groups.begin());
      const double difference =
          std::abs(value_of(found[params], row[0], group) - test::number(row[5]));
      INFO(name << ' ' << row[0] << ' ' << row[2] << ' ' << params);
      CHECK(difference <= tolerance);
      largest = std::max(largest, difference);
      ++compared;
    }
    INFO("largest difference " << largest);
    CHECK(compared == 243);
    CHECK(largest <= tolerance);
  }
}
