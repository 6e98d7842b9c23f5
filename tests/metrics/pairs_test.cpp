#include "metrics/pairs.h"

#include <array>
#include <cmath>
#include <span>

#include "metrics/evenness.h"
#include "support/catch.h"

using namespace quartier::metrics;

TEST_CASE("groups two by two", "[metrics][pairs]") {
  const std::array a{10.0, 20.0, 30.0, 40.0, 0.0};
  const std::array b{40.0, 30.0, 20.0, 10.0, 0.0};
  const std::array c{0.0, 0.0, 0.0, 0.0, 7.0};
  const std::array nobody{0.0, 0.0, 0.0, 0.0, 0.0};
  const std::array<std::span<const double>, 4> groups{a, b, c, nobody};
  const std::vector<double> d = pairwise_dissimilarity(groups);
  const std::vector<double> g = pairwise_gini(groups);
  const std::vector<double> h = pairwise_theil_entropy(groups);

  SECTION("worked example: |.1-.4| + |.2-.3| + |.3-.2| + |.4-.1| = 0.8, halved") {
    CHECK_THAT(d[1], WithinAbs(0.4, 1e-12));
    CHECK_THAT(d[2], WithinAbs(1.0, 1e-12));
  }
  SECTION("are the two-group indices of each pair, symmetric, 0 on the diagonal") {
    for (std::size_t k = 0; k < 3; ++k) {
      for (std::size_t l = 0; l < 3; ++l) {
        CHECK(d[4 * k + l] == d[4 * l + k]);
        CHECK(g[4 * k + l] == g[4 * l + k]);
        CHECK(h[4 * k + l] == h[4 * l + k]);
        if (k >= l) continue;
        CHECK(g[4 * k + l] == gini_index(groups[k], groups[l]));
        CHECK(h[4 * k + l] == theil_entropy_index(groups[k], groups[l]));
      }
      CHECK(d[5 * k] == 0.0);
      CHECK(g[5 * k] == 0.0);
      CHECK(h[5 * k] == 0.0);
    }
  }
  SECTION("are undefined with a group that nobody belongs to") {
    for (std::size_t k = 0; k < 4; ++k) {
      CHECK(std::isnan(d[4 * k + 3]));
      CHECK(std::isnan(g[12 + k]));
      CHECK(std::isnan(h[12 + k]));
    }
    CHECK(pairwise_gini({}).empty());
  }
}
