/// The rows of the table that read environments.
#include <string>
#include <utility>

#include "metrics/environment.h"
#include "metrics/registry.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

/// Five districts 100 m apart; the fourth is empty.
const test::NamedColumns three_groups{
    {"newcomers", "others", "third"},
    {{10.0, 20.0, 5.0, 0.0, 1.0}, {5.0, 10.0, 15.0, 0.0, 40.0}, {85.0, 30.0, 20.0, 0.0, 9.0}}};

struct City {
  test::Population population = test::population_of(three_groups);
  Districts districts;
  EnvironmentSpec environment;

  City() {
    for (int i = 0; i < 5; ++i) districts.centroids.push_back({100.0 * i, 0.0});
  }
  [[nodiscard]] MetricInput input() const {
    MetricInput in;
    in.counts = &population.counts;
    in.groups = &population.groups;
    in.group = 1;
    in.districts = &districts;
    in.environment = &environment;
    return in;
  }
  [[nodiscard]] CityValue of(std::string_view id) const { return of(id, input()); }
  [[nodiscard]] static CityValue of(std::string_view id, const MetricInput& in) {
    return find_metric(id)->city(in);
  }
};

}  // namespace

TEST_CASE("over the districts themselves the rows are the aspatial ones",
          "[metrics][environment][registry]") {
  City city;
  city.environment = own_environment();
  for (const auto& [spatial, aspatial] : std::vector<std::pair<std::string, std::string>>{
           {"spatial_theil_h", "multigroup_theil_h"},
           {"spatial_dissimilarity", "multigroup_dissimilarity"},
           {"spatial_gini", "multigroup_gini"},
           {"spatial_divergence", "mutual_information"},
           {"spatial_isolation", "isolation"},
           {"spatial_pair_dissimilarity", "dissimilarity"},
           {"spatial_pair_theil_h", "theil_h"},
           {"spatial_pair_gini", "gini"}}) {
    INFO(spatial);
    CHECK_THAT(city.of(spatial).value, WithinAbs(city.of(aspatial).value, 1e-14));
    CHECK(city.of(spatial).parameters ==
          "environment=own; weighing=" + std::string(text_of(Weighing::own_residents)));
  }
  MetricInput pair = city.input();
  pair.reference = 2;
  for (const auto& [spatial, aspatial] : std::vector<std::pair<std::string, std::string>>{
           {"spatial_interaction", "interaction"},
           {"spatial_pair_dissimilarity", "dissimilarity"},
           {"spatial_pair_theil_h", "theil_h"},
           {"spatial_pair_gini", "gini"}}) {
    INFO(spatial);
    CHECK_THAT(City::of(spatial, pair).value, WithinAbs(City::of(aspatial, pair).value, 1e-14));
  }
  CHECK_THAT(city.of("spatial_scale_ratio").value, WithinAbs(1.0, 1e-14));
  const double isolation = city.of("spatial_isolation").value;
  const double share = 36.0 / 250.0;
  CHECK_THAT(city.of("spatial_correlation_ratio").value,
             WithinAbs((isolation - share) / (1.0 - share), 1e-14));
}

TEST_CASE("rows over the people around", "[metrics][environment][registry]") {
  City city;
  city.environment = kernel_environment({KernelShape::uniform, 100.0});
  const DistrictValues shares = find_metric("environment_share")->districts(city.input());
  CHECK_THAT(shares.values[0], WithinAbs(30.0 / 160.0, 1e-15));
  CHECK_THAT(shares.values[3], WithinAbs(6.0 / 90.0, 1e-15));
  const double met = (10.0 * 30.0 / 160.0 + 20.0 * 35.0 / 200.0 + 5.0 * 25.0 / 100.0 + 1.0 / 50.0);
  CHECK_THAT(city.of("spatial_isolation").value, WithinAbs(met / 36.0, 1e-15));
  SECTION("the map and the number agree") {
    const DistrictValues divergence =
        find_metric("environment_divergence")->districts(city.input());
    double mean = 0.0;
    const std::vector<double> residents{100.0, 60.0, 40.0, 0.0, 50.0};
    for (std::size_t i = 0; i < 5; ++i) mean += residents[i] * divergence.values[i] / 250.0;
    CHECK_THAT(city.of("spatial_divergence").value, WithinAbs(mean, 1e-14));
  }
  SECTION("k nearest people are people of any group, also where two are compared") {
    city.environment = nearest_people(100.0);
    MetricInput pair = city.input();
    pair.reference = 2;
    // The first district holds 100 persons, 15 of the two groups: it needs no other.
    const double exposure = City::of("spatial_interaction", pair).value;
    const double met_others =
        10.0 * 0.05 + 20.0 * 30.0 / 200.0 + 5.0 * 25.0 / 100.0 + 1.0 * 65.0 / 150.0;
    CHECK_THAT(exposure, WithinAbs(met_others / 36.0, 1e-15));
  }
  SECTION("a size that tells little is said") {
    city.environment = nearest_people(1e6);
    const CityValue whole = city.of("spatial_theil_h");
    CHECK_THAT(whole.value, WithinAbs(0.0, 1e-13));
    CHECK(whole.status.find("whole city") != std::string::npos);
    CHECK(whole.parameters.find("persons=1000000; ties=ring_atomic") != std::string::npos);
  }
  SECTION("egohoods") {
    MetricInput in = city.input();
    in.conventions.weighing = Weighing::smoothed_population;
    CHECK(City::of("spatial_theil_h", in).value != city.of("spatial_theil_h").value);
    CHECK(City::of("spatial_isolation", in).value != city.of("spatial_isolation").value);
  }
  SECTION("distortion needs positions") {
    MetricInput in = city.input();
    CHECK(find_metric("distortion")->districts(in).values[3] > 0.0);
    CHECK(find_metric("distortion_normalised")->districts(in).values[0] < 1.0);
    in.districts = nullptr;
    CHECK(find_metric("distortion")->districts(in).status ==
          "undefined: the districts have no positions");
  }
}
