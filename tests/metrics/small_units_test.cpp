#include "metrics/small_units.h"

#include <rapidcheck.h>

#include <array>
#include <cmath>

#include "base/number.h"
#include "metrics/evenness.h"
#include "metrics/expected.h"
#include "metrics/registry.h"
#include "metrics/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

TEST_CASE("Carrington and Troske's rescaling", "[metrics][small_units]") {
  CHECK(carrington_troske(0.6, 0.2) == Approx(0.5));
  CHECK(carrington_troske(0.1, 0.2) == Approx(-0.5));
  CHECK(carrington_troske(0.2, 0.2) == 0.0);
  CHECK(carrington_troske(1.0, 0.3) == 1.0);
  CHECK(carrington_troske(0.0, 0.3) == -1.0);
  CHECK(carrington_troske(0.0, 0.0) == 0.0);
  CHECK(std::isnan(carrington_troske(1.0, 1.0)));
  CHECK(std::isnan(carrington_troske(undefined, 0.2)));
  CHECK(std::isnan(carrington_troske(0.2, undefined)));
}

TEST_CASE("the likeliest difference solves its equation", "[metrics][small_units]") {
  CHECK(likeliest_difference(0.0) == 0.0);
  CHECK(likeliest_difference(1.0) == 0.0);
  CHECK(std::isinf(likeliest_difference(unreachable)) == true);
  for (const double z : {1.0 + 1e-9, 1.0001, 1.01, 1.2, 1.7, 3.0, 5.9, 20.0, 500.0, 1e8}) {
    const double theta = likeliest_difference(z);
    INFO(z);
    CHECK(theta > 0.0);
    CHECK(theta <= z);
    CHECK_THAT(z * std::tanh(z * theta), WithinAbs(theta, 4e-15 * z));
    // the density is greatest there
    const auto density = [&](double t) {
      return std::exp(-(z - t) * (z - t) / 2.0) + std::exp(-(z + t) * (z + t) / 2.0);
    };
    if (z < 20.0) {
      CHECK(density(theta) >= density(theta * 1.01) - 1e-15);
      CHECK(density(theta) >= density(theta * 0.99) - 1e-15);
    }
  }
}

TEST_CASE("density-corrected dissimilarity", "[metrics][small_units]") {
  SECTION("worked example: one district far off, one equal share") {
    // X = Y = 100, q1 = .9 and .1, q0 = .1 and .9: s² = .09/100 + .09/100, z = .8 / .0424 = 18.9,
    // θ = z to the last digit, so D_dc = 1/2 (.8 + .8)
    CHECK_THAT(density_corrected_dissimilarity(std::array{90.0, 10.0}, std::array{10.0, 90.0}),
               WithinAbs(0.8, 1e-12));
  }
  SECTION("differences within one standard error count as none") {
    CHECK(density_corrected_dissimilarity(std::array{5.0, 6.0}, std::array{6.0, 5.0}) == 0.0);
  }
  SECTION("edges") {
    CHECK(std::isnan(density_corrected_dissimilarity(std::array{0.0}, std::array{1.0})));
    CHECK(density_corrected_dissimilarity(std::array{4.0}, std::array{1.0}) == 0.0);
    CHECK_THROWS_AS(density_corrected_dissimilarity(std::array{4.0}, {}), std::logic_error);
  }
}

TEST_CASE("corrected indices keep their ranges", "[metrics][small_units]") {
  CHECK(rc::check([] {
    std::vector<double> group;
    std::vector<double> rest;
    const int n = *rc::gen::inRange(1, 30);
    for (int i = 0; i < n; ++i) {
      group.push_back(*rc::gen::inRange(0, 40));
      rest.push_back(*rc::gen::inRange(0, 40));
    }
    group[0] += 1.0;
    rest[0] += 1.0;
    const double d = dissimilarity_index(group, rest);
    for (const NullModel model : {NullModel::evenness, NullModel::permutation}) {
      const double ct = carrington_troske(d, expected_dissimilarity(group, rest, model));
      RC_ASSERT(std::isnan(ct) || (ct >= -1.0 && ct <= 1.0));
      RC_ASSERT(std::isnan(ct) || ct <= d + 1e-15);
      const double g = expected_gini(group, rest, model);
      RC_ASSERT(g >= 0.0 && g <= 1.0);
      RC_ASSERT(g >= expected_dissimilarity(group, rest, model) - 1e-12 ||
                model == NullModel::evenness);
    }
    const double corrected = density_corrected_dissimilarity(group, rest);
    RC_ASSERT(corrected >= 0.0 && corrected <= d + 1e-15);
  }));
}

TEST_CASE("small units and tests in the table of metrics", "[metrics][small_units]") {
  const test::NamedColumns city{{"turkey", "poland", "germany"},
                                {{10.0, 20.0, 5.0}, {5.0, 0.0, 15.0}, {85.0, 30.0, 20.0}}};
  const test::Population population = test::population_of(city);
  MetricInput in;
  in.counts = &population.counts;
  in.groups = &population.groups;
  in.group = 1;
  in.permutations = 199;
  in.seed = 7;
  const std::vector<double> rest{90.0, 30.0, 35.0};
  const auto value = [&](std::string_view id) { return find_metric(id)->city(in); };
  const double d = dissimilarity_index(city.columns[0], rest);
  const double mean = expected_dissimilarity(city.columns[0], rest, NullModel::permutation);

  CHECK(value("dissimilarity_expected").value == mean);
  CHECK(value("dissimilarity_expected").parameters == "null=permutation");
  CHECK(value("dissimilarity_carrington_troske").value == carrington_troske(d, mean));
  CHECK(value("isolation_expected").value ==
        expected_pair(city.columns[0], rest, NullModel::permutation).isolation);
  CHECK(value("gini_expected").parameters == "null=permutation");
  CHECK(value("multigroup_theil_h_expected").value ==
        expected_indices(city.spans(), NullModel::permutation).theil_h);
  CHECK(value("atkinson_expected").parameters == "null=permutation; b=0.5");

  const CityValue corrected = value("dissimilarity_bias_corrected");
  CHECK_THAT(corrected.value, WithinAbs(d, 0.02));
  CHECK(corrected.parameters == "resampling=within_groups; resamples=199; seed=7");
  CHECK(corrected.status.find("standard error 0.0") == 0);
  CHECK(value("dissimilarity_beta_mixture").parameters.find("components=") == 0);

  const CityValue tested = value("dissimilarity_test");
  CHECK(tested.value == d);
  CHECK(tested.expected == mean);
  CHECK(tested.p_value == 1.0 / 200.0);
  CHECK(tested.parameters == "null=permutation; draws=199; seed=7");
  CHECK(tested.status.find("by chance 0.0") == 0);

  CountTable earlier = population.counts;
  earlier.date = "2015-01-01";
  in.earlier = &earlier;
  const CityValue change = value("dissimilarity_change_test");
  CHECK(change.value == 0.0);
  CHECK(change.p_value == 1.0);
  CHECK(change.parameters == "since=2015-01-01; null=swap_dates; draws=199; seed=7");
}
