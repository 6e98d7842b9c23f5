#include "metrics/bootstrap.h"

#include <array>
#include <cmath>

#include "base/parallel.h"
#include "base/random.h"
#include "metrics/difference_test.h"
#include "metrics/evenness.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

using Columns = std::vector<std::vector<double>>;

std::vector<std::span<const double>> spans(const Columns& columns) {
  return {columns.begin(), columns.end()};
}

double dissimilarity(GroupColumns groups) { return dissimilarity_index(groups[0], groups[1]); }

/// Districts of 20 residents whose share of the first group is 0.3 plus or minus `tilt`.
Columns tilted_city(std::size_t n, double tilt, std::uint64_t seed) {
  Columns columns(2, std::vector<double>(n, 0.0));
  for (std::size_t i = 0; i < n; ++i) {
    RandomStream random(seed, i);
    const double share = i % 2 == 0 ? 0.3 + tilt : 0.3 - tilt;
    for (int person = 0; person < 20; ++person) {
      columns[random.uniform() < share ? 0 : 1][i] += 1.0;
    }
  }
  return columns;
}

}  // namespace

TEST_CASE("bootstrap", "[metrics][bootstrap]") {
  SECTION("worked example: unmixed districts resample to themselves") {
    const Columns apart{{10.0, 0.0}, {0.0, 20.0}};
    const BootstrapResult result =
        bootstrap(spans(apart), Resampling::within_districts, 50, 1, 0.95, dissimilarity);
    CHECK(result.observed == 1.0);
    CHECK(result.mean == 1.0);
    CHECK(result.corrected == 1.0);
    CHECK(result.standard_error == 0.0);
    CHECK(result.lower == 1.0);
    CHECK(result.basic_upper == 1.0);
    CHECK(result.draw_count == 50);
  }
  SECTION("keeps the totals it says it keeps") {
    const Columns city = tilted_city(40, 0.2, 4);
    Columns drawn;
    resample(spans(city), Resampling::within_districts, 2, 0, drawn);
    CHECK(district_totals(spans(drawn)) == district_totals(spans(city)));
    CHECK(group_totals(spans(drawn)) != group_totals(spans(city)));
    resample(spans(city), Resampling::within_groups, 2, 0, drawn);
    CHECK(group_totals(spans(drawn)) == group_totals(spans(city)));
    CHECK(district_totals(spans(drawn)) != district_totals(spans(city)));
  }
  SECTION("takes off most of the bias of small districts") {
    // True shares 0.35 and 0.25 in districts of one size: D = 0.05 / (2 · 0.3 · 0.7)
    const double truth = 0.05 / 0.42;
    const Columns city = tilted_city(1000, 0.05, 9);
    for (const Resampling resampling : {Resampling::within_districts, Resampling::within_groups}) {
      const BootstrapResult result =
          bootstrap(spans(city), resampling, 200, 3, 0.95, dissimilarity);
      CHECK(result.mean > result.observed);
      CHECK(std::abs(result.corrected - truth) < std::abs(result.observed - truth));
      CHECK(result.lower <= result.upper);
      CHECK(result.basic_lower <= result.corrected);
      CHECK(result.corrected <= result.basic_upper);
    }
  }
  SECTION("undefined and refused") {
    const Columns nobody{{0.0, 0.0}, {3.0, 1.0}};
    const BootstrapResult result =
        bootstrap(spans(nobody), Resampling::within_districts, 9, 1, 0.9, dissimilarity);
    CHECK(std::isnan(result.mean));
    CHECK(result.draw_count == 0);
    const Columns parts{{0.5, 0.0}, {3.0, 1.0}};
    CHECK_THROWS_AS(bootstrap(spans(parts), Resampling::within_districts, 9, 1, 0.9, dissimilarity),
                    std::logic_error);
    CHECK_THROWS_AS(
        bootstrap(spans(nobody), Resampling::within_districts, 9, 1, 1.0, dissimilarity),
        std::logic_error);
  }
  SECTION("same bits for any number of threads") {
    const Columns city = tilted_city(300, 0.1, 2);
    std::vector<std::vector<double>> draws;
    for (const std::size_t threads : {1U, 2U, 7U}) {
      set_thread_count(threads);
      draws.push_back(
          bootstrap(spans(city), Resampling::within_districts, 40, 3, 0.9, dissimilarity).draws);
    }
    set_thread_count(0);
    CHECK(draws[0] == draws[1]);
    CHECK(draws[0] == draws[2]);
  }
}

TEST_CASE("differences of two dates and of two cities", "[metrics][difference]") {
  const Columns even = tilted_city(60, 0.05, 1);
  const Columns tilted = tilted_city(60, 0.25, 2);
  SECTION("worked example: two districts, one exchanged or both") {
    // D is 1 before and 0 after; both kept −1, both swapped +1, one swapped: 0 for either date
    const Columns before{{4.0, 0.0}, {0.0, 4.0}};
    const Columns after{{2.0, 2.0}, {2.0, 2.0}};
    const NullDistribution test =
        difference_test(spans(before), spans(after), Exchange::swap_dates, 400, 1, dissimilarity);
    CHECK(test.observed == -1.0);
    for (const double draw : test.draws) CHECK((std::abs(draw) == 1.0 || draw == 0.0));
    CHECK_THAT(test.p_two_sided, WithinAbs(0.5, 0.1));
    CHECK_THAT(test.p_greater, WithinAbs(1.0, 0.0));
  }
  SECTION("sees a difference, and none where there is none") {
    for (const Exchange exchange : {Exchange::swap_dates, Exchange::pool_districts}) {
      CHECK(difference_test(spans(even), spans(tilted), exchange, 199, 1, dissimilarity)
                .p_two_sided == 0.01);
      CHECK(difference_test(spans(even), spans(even), exchange, 199, 1, dissimilarity).p_two_sided >
            0.5);
    }
  }
  SECTION("the two ways round mirror each other") {
    const auto forth = difference_bootstrap(
        spans(even), spans(tilted), Resampling::within_districts, 300, 1, 0.9, dissimilarity);
    CHECK(forth.observed == dissimilarity(spans(tilted)) - dissimilarity(spans(even)));
    CHECK(forth.basic_lower > 0.0);
    const auto none =
        difference_bootstrap(spans(even), spans(tilted_city(60, 0.05, 3)),
                             Resampling::within_districts, 300, 1, 0.9, dissimilarity);
    CHECK(none.basic_lower < 0.0);
    CHECK(none.basic_upper > 0.0);
  }
  SECTION("cities of different size can be pooled but not swapped") {
    const Columns small = tilted_city(20, 0.1, 5);
    CHECK(difference_test(spans(small), spans(even), Exchange::pool_districts, 19, 1, dissimilarity)
              .draw_count == 19);
    CHECK_THROWS_AS(
        difference_test(spans(small), spans(even), Exchange::swap_dates, 19, 1, dissimilarity),
        std::logic_error);
  }
}

TEST_CASE("p-values of differences are uniform between dates alike", "[metrics][difference]") {
  std::vector<double> p;
  for (std::uint64_t c = 0; c < 200; ++c) {
    p.push_back(difference_test(spans(tilted_city(30, 0.1, 100 + c)),
                                spans(tilted_city(30, 0.1, 900 + c)), Exchange::swap_dates, 99, c,
                                dissimilarity)
                    .p_greater);
  }
  std::sort(p.begin(), p.end());
  double distance = 0.0;
  for (std::size_t c = 0; c < p.size(); ++c) {
    distance = std::max(distance, std::abs(p[c] - (static_cast<double>(c) + 1.0) / 200.0));
  }
  CHECK(distance < 1.63 / std::sqrt(200.0) + 0.01);
}
