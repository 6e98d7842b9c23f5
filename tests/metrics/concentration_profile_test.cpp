#include "metrics/concentration_profile.h"

#include <rapidcheck.h>

#include <array>
#include <cmath>

#include "support/catch.h"

using namespace quartier::metrics;

namespace {

/// v by its definition, shares compared as fractions.
std::vector<double> by_definition(const std::vector<double>& x, const std::vector<double>& t,
                                  std::uint32_t m) {
  double persons = 0.0;
  for (const double count : x) persons += count;
  std::vector<double> profile(m, 0.0);
  for (std::uint32_t l = 0; l < m; ++l) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (x[i] * (m - 1.0) >= l * t[i]) profile[l] += x[i];
    }
    profile[l] /= persons;
  }
  return profile;
}

}  // namespace

TEST_CASE("concentration profile", "[metrics][concentration_profile]") {
  const std::array group{10.0, 30.0, 0.0};
  const std::array everyone{40.0, 40.0, 20.0};

  SECTION("worked example: shares 1/4 and 3/4, thresholds 0, 1/4, 1/2, 3/4, 1") {
    const std::vector<double> profile = concentration_profile(group, everyone, 5);
    CHECK(profile == std::vector<double>{1.0, 1.0, 0.75, 0.75, 0.0});
    // P = 0.4: (0.4 - (1 + 1 - 0.75 - 0.75 - 0) / 5) / 0.6
    CHECK_THAT(concentration_profile_index(group, everyone, 5), WithinAbs(0.5, 1e-12));
  }
  SECTION("a share on a threshold reaches it, also where decimals would miss it") {
    const std::vector<double> profile =
        concentration_profile(std::array{29.0}, std::array{100.0}, 101);
    CHECK(profile[29] == 1.0);
    CHECK(profile[30] == 0.0);
  }
  SECTION("is near 1 for complete separation and near 0 for an even spread") {
    const std::array apart{50.0, 0.0};
    const std::array both{50.0, 50.0};
    CHECK_THAT(concentration_profile_index(apart, both), WithinAbs(1.0, 2e-3));
    CHECK_THAT(concentration_profile_index(std::array{20.0, 20.0}, both), WithinAbs(0.0, 2e-3));
  }
  SECTION("does not exist for a group of nobody; the index not for a group of everyone") {
    CHECK(std::isnan(concentration_profile(std::array{0.0}, std::array{5.0}, 3)[0]));
    CHECK(std::isnan(concentration_profile_index(std::array{0.0}, std::array{5.0})));
    CHECK(std::isnan(concentration_profile_index(std::array{5.0}, std::array{5.0})));
  }
  SECTION("refuses a single threshold and columns of other cities") {
    CHECK_THROWS_AS(concentration_profile(group, everyone, 1), std::logic_error);
    CHECK_THROWS_AS(concentration_profile(group, std::array{1.0}), std::logic_error);
  }
}

TEST_CASE("the concentration profile follows its definition, falls and starts at 1",
          "[metrics][concentration_profile][property]") {
  CHECK(rc::check([] {
    const int n = *rc::gen::inRange(1, 20);
    const std::uint32_t m = *rc::gen::element(2U, 11U, 101U, 1000U);
    std::vector<double> x;
    std::vector<double> t;
    for (int i = 0; i < n; ++i) {
      x.push_back(*rc::gen::inRange(0, 100));
      t.push_back(x.back() + *rc::gen::inRange(0, 100));
    }
    x.front() += 1.0;
    t.front() += 1.0;
    const std::vector<double> profile = concentration_profile(x, t, m);
    RC_ASSERT(profile == by_definition(x, t, m));
    RC_ASSERT(profile.front() == 1.0);
    for (std::size_t l = 1; l < profile.size(); ++l) RC_ASSERT(profile[l] <= profile[l - 1]);
  }));
}
