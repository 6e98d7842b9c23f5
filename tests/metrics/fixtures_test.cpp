#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "metrics/clustering.h"
#include "metrics/composition.h"
#include "metrics/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::metrics;
using Json = nlohmann::json;

namespace {

double value_of(const Json& entry) { return std::stod(entry.at("value").get<std::string>()); }

/// Share of all choices of k of `others` whose sum is at least (`sign` 1) or at most (-1) `seen`.
double exact_share(const std::vector<double>& others, std::size_t k, double seen, double sign) {
  int met = 0;
  int all = 0;
  for (unsigned choice = 0; choice < (1U << others.size()); ++choice) {
    if (static_cast<std::size_t>(__builtin_popcount(choice)) != k) continue;
    double sum = 0.0;
    for (std::size_t i = 0; i < others.size(); ++i) {
      if ((choice >> i & 1U) != 0) sum += others[i];
    }
    met += sign * (sum - seen) >= -1e-9 ? 1 : 0;
    ++all;
  }
  return static_cast<double>(met) / all;
}

}  // namespace

TEST_CASE("p-values of clustering on a lattice of nine come near the exact ones",
          "[metrics][oracle]") {
  const auto file = test::shared("oracle/segregation/fixtures/fixtures.json");
  if (file.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const Json fixture = Json::parse(std::ifstream(file)).at("fixtures").back();
  REQUIRE(fixture.at("name") == "S1_lattice_3x3");
  const std::vector<double> share = shares(fixture.at("x").get<std::vector<double>>(),
                                           fixture.at("t").get<std::vector<double>>());
  const SpatialWeights queen = test::weights_of(9, test::lattice_links(3, true), true);

  constexpr std::uint32_t draws = 99'999;
  const double exact = value_of(fixture.at("Moran_I_queen_exact_permutation").at("p_upper"));
  CHECK_THAT(moran_test(share, queen, {.permutations = draws, .seed = 7}).p_value,
             WithinAbs(exact, 0.003));

  const LocalAssociation local = local_moran(share, queen, {.permutations = draws, .seed = 7});
  for (std::size_t i = 0; i < 9; ++i) {
    INFO("district " << i);
    std::vector<double> others = share;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    double seen = 0.0;
    for (std::uint32_t l = queen.start[i]; l < queen.start[i + 1]; ++l) {
      seen += share[queen.neighbour[l]];
    }
    const std::size_t degree = queen.start[i + 1] - queen.start[i];
    const double above = exact_share(others, degree, seen, 1.0);
    const double below = exact_share(others, degree, seen, -1.0);
    CHECK_THAT(local.p_values[i], WithinAbs(std::min(above, below), 0.006));
  }
}
