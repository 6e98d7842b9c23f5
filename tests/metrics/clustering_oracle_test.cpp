#include <algorithm>

#include "metrics/clustering.h"
#include "metrics/composition.h"
#include "metrics/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

std::vector<double> shares_with_zero(const test::Table& table, const std::string& group) {
  std::vector<double> values = shares(test::numbers(table, group), test::numbers(table, "total"));
  for (double& value : values) value = is_defined(value) ? value : 0.0;
  return values;
}

SpatialWeights weights_by(const test::Table& adjacency, const std::string& rule, std::size_t n) {
  std::vector<std::pair<std::size_t, std::size_t>> links;
  for (const auto& row : adjacency.rows) {
    if (row[adjacency.column(rule)] == "1")
      links.emplace_back(std::stoul(row[0]), std::stoul(row[1]));
  }
  return test::weights_of(n, links, true);
}

}  // namespace

TEST_CASE("Moran's I and local Moran agree with esda on Delaware precincts", "[metrics][oracle]") {
  const auto folder = test::shared("oracle/segregation/de_precincts");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const test::Table table = test::read_table(folder / "de_precincts.csv");
  const test::Table adjacency = test::read_table(folder / "adjacency.csv");
  const test::Table city = test::read_table(folder / "values_esda.csv");
  const test::Table local = test::read_table(folder / "local_esda.csv");
  const std::size_t n = table.rows.size();

  int compared = 0;
  for (const auto& row : city.rows) {
    if (row[0] != "esda.Moran.I" && row[0] != "esda.Moran.EI") continue;
    const std::string rule = row[2].rfind("queen", 0) == 0 ? "queen" : "rook";
    const AssociationTest ours =
        moran_test(shares_with_zero(table, row[1]), weights_by(adjacency, rule, n),
                   {.permutations = 0, .seed = 1});
    CHECK_THAT(row[0] == "esda.Moran.I" ? ours.value : ours.expected,
               WithinAbs(test::number(row[3]), 1e-12));
    ++compared;
  }
  CHECK(compared == 8);

  const SpatialWeights queen = weights_by(adjacency, "queen", n);
  // esda numbers the quadrants 1 high-high, 2 low-high, 3 low-low, 4 high-low
  constexpr std::array<Pattern, 5> quadrants{Pattern::none, Pattern::high_high, Pattern::low_high,
                                             Pattern::low_low, Pattern::high_low};
  for (const std::string group : {"NH_BLACK", "HISP"}) {
    const LocalAssociation ours =
        local_moran(shares_with_zero(table, group), queen, {.permutations = 9999, .seed = 11});
    const std::vector<double> values = test::numbers(local, group + "_localI");
    const std::vector<double> kinds = test::numbers(local, group + "_quadrant_1HH_2LH_3LL_4HL");
    const std::vector<double> p = test::numbers(local, group + "_localI_p_sim9999");
    REQUIRE(values.size() == n);
    double largest_difference = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      INFO(group << " row " << i);
      CHECK_THAT(ours.values[i], WithinAbs(values[i], 1e-12));
      CHECK(ours.patterns[i] == quadrants[static_cast<std::size_t>(kinds[i])]);
      largest_difference = std::max(largest_difference, std::abs(ours.p_values[i] - p[i]));
    }
    // two simulations of 9999 draws each: a standard error of 0.007 between them
    CHECK(largest_difference < 0.03);
  }
}
