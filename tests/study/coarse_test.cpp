#include "study/coarse.h"

#include <cmath>
#include <string_view>
#include <vector>

#include "support/catch.h"

using namespace quartier;
using study::coarse_value;

namespace {

/// The measure of a district of which every count is known, term by term.
double exact(std::string_view measure, const std::vector<double>& persons,
             const std::vector<double>& city) {
  double everyone = 0.0;
  for (const double count : persons) everyone += count;
  double entropy = 0.0;
  double squares = 0.0;
  double divergence = 0.0;
  for (std::size_t k = 0; k < persons.size(); ++k) {
    const double p = persons[k] / everyone;
    squares += p * p;
    if (p > 0.0) entropy -= p * std::log(p);
    if (p > 0.0) divergence += p * std::log(p / city[k]);
  }
  if (measure == "entropy") return entropy;
  if (measure == "entropy_normalised") {
    return entropy / std::log(static_cast<double>(persons.size()));
  }
  return measure == "simpson_diversity" ? 1.0 - squares : divergence;
}

}  // namespace

TEST_CASE("coarse_value: by hand") {
  // Half of the residents are in one group; 2 of 200 are somewhere in two hidden ones.
  const std::vector<double> shown{100.0, 98.0};
  const std::vector<double> shown_city{0.5, 0.48};
  const std::vector<double> hidden_city{0.01, 0.01};
  // 1 − 0.25 − 0.2401 = 0.5099, less 0.0001 or 0.00005.
  CHECK(coarse_value("simpson_diversity", {shown, shown_city, 2.0, hidden_city}) == 0.51);
  // 0.34657 + 0.34952 + 0.04605 = 0.74214, or 0.00693 more.
  CHECK(coarse_value("entropy", {shown, shown_city, 2.0, hidden_city}) == 0.75);
}

TEST_CASE("coarse_value: the true value is within a step, whatever the hidden counts are") {
  const std::vector<double> shown{900.0, 60.0, 0.0};
  const std::vector<double> shown_city{0.8, 0.1, 0.04};
  const std::vector<double> hidden_city{0.03, 0.02, 0.01};
  for (const std::string_view measure :
       {"entropy", "entropy_normalised", "simpson_diversity", "local_divergence"}) {
    for (const double sum : {3.0, 9.0, 30.0}) {
      const auto coarse = coarse_value(measure, {shown, shown_city, sum, hidden_city});
      REQUIRE(coarse.has_value());
      for (double a = 0.0; a <= sum; ++a) {
        for (double b = 0.0; a + b <= sum; ++b) {
          const double truth = exact(measure, {900.0, 60.0, 0.0, a, b, sum - a - b},
                                     {0.8, 0.1, 0.04, 0.03, 0.02, 0.01});
          CHECK(std::abs(*coarse - truth) <= 0.1);
        }
      }
    }
  }
}

TEST_CASE("coarse_value: none where the hidden counts decide") {
  const std::vector<double> shown{20.0};
  const std::vector<double> shown_city{0.9};
  const std::vector<double> hidden_city{0.06, 0.04};
  CHECK_FALSE(coarse_value("entropy", {shown, shown_city, 20.0, hidden_city}));
  CHECK_FALSE(coarse_value("local_divergence", {shown, shown_city, 20.0, {}}));
  CHECK_FALSE(coarse_value("unheard_of", {shown, shown_city, 1.0, hidden_city}));
  CHECK_FALSE(coarse_value("entropy", {{}, {}, 0.0, hidden_city}));
}
