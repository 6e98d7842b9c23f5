#include "metrics/beta_mixture.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/random.h"
#include "metrics/evenness.h"
#include "metrics/expected.h"
#include "metrics/small_units.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

/// A share from Beta(a, b), whole a and b: the a-th smallest of a + b − 1 uniforms.
double beta_draw(RandomStream& random, std::size_t a, std::size_t b) {
  std::vector<double> uniforms(a + b - 1);
  for (double& u : uniforms) u = random.uniform();
  std::nth_element(uniforms.begin(), uniforms.begin() + static_cast<std::ptrdiff_t>(a - 1),
                   uniforms.end());
  return uniforms[a - 1];
}

struct City {
  std::vector<double> group;
  std::vector<double> reference;
};

/// Districts of 3 to 10 residents; shares are Beta(2, 18) in 7 of 10, Beta(12, 8) in the others.
City mixed_city(std::size_t n) {
  City city;
  for (std::size_t i = 0; i < n; ++i) {
    RandomStream random(21, i);
    const double share =
        random.uniform() < 0.7 ? beta_draw(random, 2, 18) : beta_draw(random, 12, 8);
    const std::uint32_t size = 3 + random.below(8);
    double members = 0.0;
    for (std::uint32_t person = 0; person < size; ++person) {
      if (random.uniform() < share) members += 1.0;
    }
    city.group.push_back(members);
    city.reference.push_back(size - members);
  }
  return city;
}

}  // namespace

TEST_CASE("incomplete beta function", "[metrics][beta_mixture]") {
  CHECK_THAT(incomplete_beta(0.3, 1.0, 1.0), WithinAbs(0.3, 1e-15));
  CHECK_THAT(incomplete_beta(0.3, 3.0, 1.0), WithinAbs(0.027, 1e-15));
  CHECK_THAT(incomplete_beta(0.5, 7.5, 7.5), WithinAbs(0.5, 1e-14));
  // I_x(2, 3) is the chance of two or more of four: 1 − .6⁴ − 4 · .4 · .6³
  CHECK_THAT(incomplete_beta(0.4, 2.0, 3.0), WithinAbs(1.0 - 0.1296 - 0.3456, 1e-14));
  CHECK_THAT(incomplete_beta(0.5, 5e5, 5e5), WithinAbs(0.5, 1e-8));
  CHECK(incomplete_beta(0.0, 2.0, 3.0) == 0.0);
  CHECK(incomplete_beta(1.0, 2.0, 3.0) == 1.0);
}

TEST_CASE("dissimilarity of known mixtures", "[metrics][beta_mixture]") {
  SECTION("all shares alike likely: E|p − 1/2| = 1/4, over 2 · 1/4") {
    const std::array uniform{BetaComponent{1.0, 1.0, 1.0}};
    CHECK_THAT(beta_mixture_dissimilarity(uniform), WithinAbs(0.5, 1e-14));
  }
  SECTION("two single shares, 0.1 and 0.5, half each: P = 0.3, 0.2 / (2 · 0.21)") {
    const std::array points{BetaComponent{0.5, 1e8, 9e8}, BetaComponent{0.5, 1e9, 1e9}};
    CHECK_THAT(beta_mixture_dissimilarity(points), WithinAbs(0.2 / 0.42, 1e-12));
  }
  SECTION("a mixture against a sum over a fine grid") {
    const std::array mixture{BetaComponent{0.7, 2.0, 18.0}, BetaComponent{0.3, 12.0, 8.0}};
    const double share = 0.7 * 0.1 + 0.3 * 0.6;
    double deviation = 0.0;
    constexpr int steps = 200'000;
    for (int s = 0; s < steps; ++s) {
      const double p = (s + 0.5) / steps;
      const double low = 342.0 * p * std::pow(1.0 - p, 17.0);
      const double high = 604'656.0 * std::pow(p, 11.0) * std::pow(1.0 - p, 7.0);
      deviation += (0.7 * low + 0.3 * high) * std::abs(p - share) / steps;
    }
    CHECK_THAT(beta_mixture_dissimilarity(mixture),
               WithinAbs(deviation / (2.0 * share * (1.0 - share)), 1e-8));
  }
}

TEST_CASE("a known mixture is recovered from small districts", "[metrics][beta_mixture]") {
  const std::array truth{BetaComponent{0.7, 2.0, 18.0}, BetaComponent{0.3, 12.0, 8.0}};
  const City city = mixed_city(20'000);
  const BetaMixture fit = fit_beta_mixture(city.group, city.reference);
  REQUIRE(fit.components.size() == 2);
  CHECK(fit.converged);
  CHECK_THAT(fit.components[0].weight, WithinAbs(0.7, 0.02));
  CHECK_THAT(fit.components[0].mean(), WithinAbs(0.1, 0.01));
  CHECK_THAT(fit.components[1].mean(), WithinAbs(0.6, 0.01));
  const double known = beta_mixture_dissimilarity(truth);
  CHECK_THAT(fit.dissimilarity, WithinAbs(known, 0.01));
  // the plain index is far too high
  CHECK(dissimilarity_index(city.group, city.reference) > known + 0.04);
  const BetaMixture one = fit_beta_mixture(city.group, city.reference, 1);
  CHECK(one.log_likelihood < fit.log_likelihood);
  CHECK(one.criterion > fit.criterion);
}

TEST_CASE("a beta mixture of chance alone is a single share", "[metrics][beta_mixture]") {
  City city;
  for (std::size_t i = 0; i < 3000; ++i) {
    RandomStream random(5, i);
    double members = 0.0;
    for (int person = 0; person < 10; ++person) members += random.uniform() < 0.2 ? 1.0 : 0.0;
    city.group.push_back(members);
    city.reference.push_back(10.0 - members);
  }
  const BetaMixture fit = fit_beta_mixture(city.group, city.reference);
  CHECK(dissimilarity_index(city.group, city.reference) > 0.3);
  CHECK(fit.components.size() == 1);
  CHECK(fit.dissimilarity < 0.06);
}

TEST_CASE("beta mixtures at their edges", "[metrics][beta_mixture]") {
  const std::array some{3.0, 5.0, 2.0};
  const std::array nobody{0.0, 0.0, 0.0};
  CHECK(fit_beta_mixture(some, nobody).components.empty());
  CHECK(std::isnan(fit_beta_mixture(nobody, some).dissimilarity));
  CHECK(std::isnan(fit_beta_mixture(std::array{0.5}, std::array{1.0}).dissimilarity));
  CHECK(std::isnan(fit_beta_mixture(std::array{2e6}, std::array{1.0}).dissimilarity));
  CHECK(std::isnan(fit_beta_mixture({}, {}).dissimilarity));
  CHECK_THROWS_AS(fit_beta_mixture(some, std::array{1.0}), std::logic_error);
  CHECK_THROWS_AS(fit_beta_mixture(some, some, 3), std::logic_error);
  SECTION("complete segregation stays complete") {
    const std::array left{12.0, 0.0, 9.0, 0.0, 15.0, 0.0};
    const std::array right{0.0, 14.0, 0.0, 8.0, 0.0, 11.0};
    CHECK(fit_beta_mixture(left, right).dissimilarity > 0.99);
  }
  SECTION("one district") {
    const BetaMixture one = fit_beta_mixture(std::array{4.0}, std::array{6.0});
    CHECK(one.dissimilarity >= 0.0);
    CHECK(one.dissimilarity <= 1.0);
  }
}
