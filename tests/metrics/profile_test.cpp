#include "metrics/profile.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/number.h"
#include "base/parallel.h"
#include "base/random.h"
#include "metrics/distortion.h"
#include "metrics/evenness.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

struct City {
  std::vector<std::vector<double>> counts;
  std::vector<Point> places;
  [[nodiscard]] std::vector<std::span<const double>> groups() const {
    return {counts.begin(), counts.end()};
  }
};

City random_city(std::uint64_t seed, std::size_t n, std::size_t groups) {
  City city;
  city.counts.assign(groups, std::vector<double>(n));
  for (std::size_t i = 0; i < n; ++i) {
    RandomStream random(seed, i);
    city.places.push_back({4000.0 * random.uniform(), 3000.0 * random.uniform()});
    const bool empty = random.below(8) == 0;
    for (auto& column : city.counts) {
      column[i] = empty ? 0.0 : static_cast<double>(random.below(100));
    }
  }
  return city;
}

const City halves{{{10.0, 10.0, 0.0, 0.0}, {0.0, 0.0, 10.0, 10.0}},
                  {{0.0, 0.0}, {100.0, 0.0}, {200.0, 0.0}, {300.0, 0.0}}};

}  // namespace

TEST_CASE("profile of a city of two halves", "[metrics][environment][profile]") {
  // Around the inner districts live 10 of the one and 10 + 10 of the other group: a third.
  const auto profile =
      environment_profile(halves.groups(), halves.places,
                          kernel_environment({KernelShape::uniform}), std::array{50.0, 100.0, 1e6});
  CHECK_THAT(spatial_dissimilarity(profile[0].sums), WithinAbs(1.0, 1e-15));
  CHECK_THAT(spatial_theil_entropy(profile[0].sums), WithinAbs(1.0, 1e-15));
  CHECK_THAT(spatial_dissimilarity(profile[1].sums), WithinAbs((1.0 + 1.0 / 3.0) / 2.0, 1e-15));
  CHECK_THAT(spatial_relative_diversity(profile[1].sums),
             WithinAbs(1.0 - 0.5 * (2.0 * 2.0 / 9.0) / 0.5, 1e-15));
  CHECK_THAT(profile[1].exposures[0], WithinAbs((1.0 + 2.0 / 3.0) / 2.0, 1e-15));
  CHECK_THAT(profile[1].exposures[1], WithinAbs(1.0 / 6.0, 1e-15));
  CHECK_THAT(spatial_theil_entropy(profile[2].sums), WithinAbs(0.0, 1e-15));
  CHECK_THAT(macro_micro_ratio(profile), WithinAbs(0.0, 1e-15));
  CHECK_THAT(macro_micro_ratio(std::span(profile).first(1)), WithinAbs(1.0, 1e-15));
  CHECK(!is_defined(macro_micro_ratio({})));
  CHECK(!is_defined(macro_micro_ratio(std::span(profile).last(1))));
}

TEST_CASE("limits of a profile", "[metrics][environment][profile]") {
  const City city = random_city(3, 400, 5);
  const auto groups = city.groups();
  for (const KernelShape shape :
       {KernelShape::uniform, KernelShape::triangular, KernelShape::epanechnikov,
        KernelShape::biweight, KernelShape::gaussian, KernelShape::exponential}) {
    const auto profile = environment_profile(groups, city.places, kernel_environment({shape}),
                                             std::array{1e-6, 1e12});
    INFO(id_of(shape));
    CHECK_THAT(spatial_theil_entropy(profile[0].sums),
               WithinAbs(multigroup_theil_entropy(groups), 1e-12));
    CHECK_THAT(spatial_dissimilarity(profile[0].sums),
               WithinAbs(multigroup_dissimilarity(groups), 1e-12));
    CHECK_THAT(spatial_divergence(profile[0].sums), WithinAbs(mutual_information(groups), 1e-12));
    CHECK_THAT(spatial_theil_entropy(profile[1].sums), WithinAbs(0.0, 1e-8));
    CHECK_THAT(spatial_dissimilarity(profile[1].sums), WithinAbs(0.0, 1e-8));
  }
  const auto own = environment_profile(groups, {}, own_environment(), std::array{0.0, 1.0});
  CHECK_THAT(spatial_theil_entropy(own[1].sums),
             WithinAbs(multigroup_theil_entropy(groups), 1e-13));
  const auto all = environment_profile(groups, city.places, nearest_people(1.0), std::array{1e9});
  CHECK_THAT(spatial_theil_entropy(all[0].sums), WithinAbs(0.0, 1e-12));
}

TEST_CASE("a profile is its environments one by one", "[metrics][environment][profile]") {
  // Eleven groups: two blocks of eight; sizes in one sweep: two bundles of kernels.
  const City city = random_city(7, 700, 11);
  const auto groups = city.groups();
  const std::array bandwidths{50.0, 100.0, 200.0, 300.0, 400.0, 500.0, 600.0, 700.0};
  const std::array persons{100.0, 1000.0, 5000.0, 20'000.0, 1e7};
  const auto compare = [&](const EnvironmentSpec& spec, std::span<const double> sizes,
                           Weighing weighing) {
    const auto profile = environment_profile(groups, city.places, spec, sizes, weighing);
    for (std::size_t s = 0; s < sizes.size(); ++s) {
      const EnvironmentSpec at = at_scale(spec, sizes[s]);
      const Surroundings around = surroundings_of(groups, city.places, at, weighing);
      const SurroundingsSums sums = surroundings_sums(around);
      INFO(text_of(at));
      CHECK_THAT(profile[s].sums.residents, WithinRel(sums.residents, 1e-12));
      CHECK_THAT(spatial_theil_entropy(profile[s].sums),
                 WithinAbs(spatial_theil_entropy(sums), 1e-12));
      CHECK_THAT(spatial_relative_diversity(profile[s].sums),
                 WithinAbs(spatial_relative_diversity(sums), 1e-12));
      CHECK_THAT(spatial_dissimilarity(profile[s].sums),
                 WithinAbs(spatial_dissimilarity(sums), 1e-12));
      CHECK_THAT(spatial_squared_variation(profile[s].sums),
                 WithinAbs(spatial_squared_variation(sums), 1e-12));
      CHECK_THAT(spatial_divergence(profile[s].sums), WithinAbs(spatial_divergence(sums), 1e-12));
      CHECK_THAT(spatial_theil_entropy(profile[s].sums, 9),
                 WithinAbs(spatial_theil_entropy(sums, 9), 1e-12));
      const auto weighed = weighing == Weighing::own_residents
                               ? city.counts
                               : environment_counts(groups, city.places, at);
      const std::vector<std::span<const double>> columns(weighed.begin(), weighed.end());
      const auto exposures = spatial_exposures(columns, around);
      for (std::size_t e = 0; e < exposures.size(); ++e) {
        CHECK_THAT(profile[s].exposures[e], WithinAbs(exposures[e], 1e-12));
      }
    }
  };
  for (const Weighing weighing : {Weighing::own_residents, Weighing::smoothed_population}) {
    compare(kernel_environment({KernelShape::biweight}), bandwidths, weighing);
    compare(nearest_people(1.0), persons, weighing);
  }
}

TEST_CASE("profiles have the same bits on any number of threads",
          "[metrics][environment][profile]") {
  const City city = random_city(5, 4000, 5);
  std::vector<double> first;
  std::vector<double> first_distortion;
  const City small = random_city(6, 200, 5);
  for (const std::size_t threads : {1, 2, 7}) {
    set_thread_count(threads);
    const auto profile = environment_profile(city.groups(), city.places,
                                             kernel_environment({KernelShape::triangular}),
                                             std::array{100.0, 250.0});
    std::vector<double> values = profile[1].exposures;
    values.push_back(spatial_theil_entropy(profile[0].sums));
    values.push_back(spatial_dissimilarity(profile[1].sums));
    const auto distortion = distortions(small.groups(), small.places);
    if (threads == 1) {
      first = values;
      first_distortion = distortion;
    }
    CHECK(values == first);
    CHECK(distortion == first_distortion);
  }
  set_thread_count(0);
}

TEST_CASE("egohoods: ordinary indices of smoothed counts", "[metrics][environment][profile]") {
  const City city = random_city(9, 200, 3);
  const EnvironmentSpec spec = kernel_environment({KernelShape::triangular, 500.0});
  const auto smoothed = environment_counts(city.groups(), city.places, spec);
  const std::vector<std::span<const double>> columns(smoothed.begin(), smoothed.end());
  const auto profile = environment_profile(city.groups(), city.places, spec, std::array{500.0},
                                           Weighing::smoothed_population);
  CHECK_THAT(spatial_theil_entropy(profile[0].sums),
             WithinAbs(multigroup_theil_entropy(columns), 1e-12));
  CHECK_THAT(spatial_dissimilarity(profile[0].sums),
             WithinAbs(multigroup_dissimilarity(columns), 1e-12));
}

TEST_CASE("distortion", "[metrics][environment][distortion]") {
  SECTION("two halves: the outer district sees 1, 1, 2/3, 1/2 of its own") {
    const auto values = distortions(halves.groups(), halves.places);
    const double third = 2.0 / 3.0 * std::log(4.0 / 3.0) + 1.0 / 3.0 * std::log(2.0 / 3.0);
    CHECK_THAT(values[0], WithinAbs(2.0 * std::log(2.0) + third, 1e-14));
    // Both neighbours of the second district enter together: 1, then 2/3 twice, then 1/2.
    CHECK_THAT(values[1], WithinAbs(std::log(2.0) + 2.0 * third, 1e-14));
    const auto in_rows = distortions(halves.groups(), halves.places, TieRule::row_order);
    CHECK_THAT(in_rows[1], WithinAbs(2.0 * std::log(2.0) + third, 1e-14));
    CHECK_THAT(in_rows[2], WithinAbs(std::log(2.0) + third, 1e-14));
  }
  SECTION("the fully sorted city has the value 1 at its centre") {
    CHECK_THAT(greatest_distortion(halves.groups(), 4),
               WithinAbs(distortions(halves.groups(), halves.places)[0], 1e-14));
    CHECK_THAT(normalised_distortions(halves.groups(), halves.places)[3], WithinAbs(1.0, 1e-14));
    const City sorted{{{5.0, 0.0, 0.0, 0.0}, {5.0, 10.0, 0.0, 0.0}, {0.0, 0.0, 10.0, 10.0}},
                      halves.places};
    CHECK_THAT(normalised_distortions(sorted.groups(), sorted.places)[0], WithinAbs(1.0, 1e-13));
  }
  SECTION("edges") {
    const std::vector<double> nobody(4, 0.0);
    const std::vector<std::span<const double>> empty{nobody, nobody};
    CHECK(!is_defined(distortions(empty, halves.places)[0]));
    CHECK(!is_defined(greatest_distortion(empty, 4)));
    const std::vector<std::span<const double>> one{halves.counts[0]};
    CHECK(distortions(one, halves.places)[2] == 0.0);
    CHECK(!is_defined(normalised_distortions(one, halves.places)[2]));
    City unplaced = halves;
    unplaced.places[0] = {undefined, 0.0};
    CHECK(!is_defined(distortions(unplaced.groups(), unplaced.places)[0]));
    CHECK(is_defined(distortions(unplaced.groups(), unplaced.places)[1]));
  }
  SECTION("the path ends at the city; its sum is the coefficient") {
    const City city = random_city(4, 150, 9);
    const auto path = distortion_profile(city.groups(), city.places, 17);
    REQUIRE(path.size() == 150);
    CHECK_THAT(path.back(), WithinAbs(0.0, 1e-13));
    double sum = 0.0;
    for (const double step : path) sum += step;
    CHECK_THAT(distortions(city.groups(), city.places)[17], WithinAbs(sum, 1e-12));
    CHECK(path.front() >= 0.0);
  }
  SECTION("does not depend on the order of rows") {
    const City city = random_city(8, 90, 3);
    City turned = city;
    for (auto& column : turned.counts) std::reverse(column.begin(), column.end());
    std::reverse(turned.places.begin(), turned.places.end());
    const auto values = distortions(city.groups(), city.places);
    const auto again = distortions(turned.groups(), turned.places);
    for (std::size_t i = 0; i < 90; ++i) CHECK_THAT(values[i], WithinAbs(again[89 - i], 1e-11));
  }
}
