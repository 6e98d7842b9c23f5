#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "metrics/clustering.h"
#include "metrics/composition.h"
#include "metrics/geary.h"
#include "metrics/getis_ord.h"
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

TEST_CASE("Moran's I and Geary's C agree with esda and spdep on Delaware precincts",
          "[metrics][oracle]") {
  const auto folder = test::shared("oracle/segregation/de_precincts");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const test::Table table = test::read_table(folder / "de_precincts.csv");
  const test::Table adjacency = test::read_table(folder / "adjacency.csv");
  const std::size_t n = table.rows.size();

  // What each program calls a number, and which of ours it is.
  enum class Ours { i, i_mean, i_normal, i_random, i_z_normal, i_z, c, c_mean, c_normal, c_random };
  const std::map<std::string, Ours> names{
      {"esda.Moran.I", Ours::i},
      {"esda.Moran.EI", Ours::i_mean},
      {"esda.Moran.VI_norm", Ours::i_normal},
      {"esda.Moran.VI_rand", Ours::i_random},
      {"esda.Moran.z_norm", Ours::i_z_normal},
      {"esda.Moran.z_rand", Ours::i_z},
      {"esda.Geary.C", Ours::c},
      {"esda.Geary.EC", Ours::c_mean},
      {"esda.Geary.VC_norm", Ours::c_normal},
      {"esda.Geary.VC_rand", Ours::c_random},
      {"moran.test I rand=TRUE", Ours::i},
      {"moran.test I rand=FALSE", Ours::i},
      {"moran.test E rand=TRUE", Ours::i_mean},
      {"moran.test E rand=FALSE", Ours::i_mean},
      {"moran.test Var rand=TRUE", Ours::i_random},
      {"moran.test Var rand=FALSE", Ours::i_normal},
      {"geary.test C rand=TRUE", Ours::c},
      {"geary.test Var rand=TRUE", Ours::c_random},
      {"geary.test C rand=FALSE", Ours::c},
      {"geary.test Var rand=FALSE", Ours::c_normal},
  };
  const auto value_of = [&](Ours which, const std::vector<double>& y, const SpatialWeights& w) {
    const AssociationTest i = moran_test(y, w, {});
    const AssociationTest c = geary_test(y, w, {});
    const double i_normal = moran_variance_normal(y, w);
    switch (which) {
      case Ours::i:
        return i.value;
      case Ours::i_mean:
        return i.expected;
      case Ours::i_normal:
        return i_normal;
      case Ours::i_random:
        return i.variance;
      case Ours::i_z_normal:
        return (i.value - i.expected) / std::sqrt(i_normal);
      case Ours::i_z:
        return i.z_score;
      case Ours::c:
        return c.value;
      case Ours::c_mean:
        return c.expected;
      case Ours::c_normal:
        return geary_variance_normal(y, w);
      case Ours::c_random:
        return c.variance;
    }
    return undefined;
  };
  int compared = 0;
  double largest = 0.0;
  for (const char* file : {"values_esda.csv", "values_spdep.csv"}) {
    for (const auto& row : test::read_table(folder / file).rows) {
      const auto name = names.find(row[0]);
      if (name == names.end()) continue;  // p-values of the normal approximation
      INFO(row[0] << " " << row[1] << " " << row[2]);
      const std::string rule = row[2].rfind("queen", 0) == 0 ? "queen" : "rook";
      const double ours =
          value_of(name->second, shares_with_zero(table, row[1]), weights_by(adjacency, rule, n));
      CHECK_THAT(ours, WithinAbs(test::number(row[3]), 1e-10));
      largest = std::max(largest, std::abs(ours - test::number(row[3])));
      ++compared;
    }
  }
  CHECK(compared == 80);
  CHECK(largest < 1e-11);
}

TEST_CASE("local statistics agree with esda and spdep on Delaware precincts", "[metrics][oracle]") {
  const auto folder = test::shared("oracle/segregation/de_precincts");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const test::Table table = test::read_table(folder / "de_precincts.csv");
  const test::Table adjacency = test::read_table(folder / "adjacency.csv");
  const test::Table esda = test::read_table(folder / "local_esda.csv");
  const std::size_t n = table.rows.size();
  const SpatialWeights queen = weights_by(adjacency, "queen", n);
  // esda numbers the quadrants 1 high-high, 2 low-high, 3 low-low, 4 high-low
  constexpr std::array<Pattern, 5> quadrants{Pattern::none, Pattern::high_high, Pattern::low_high,
                                             Pattern::low_low, Pattern::high_low};
  int compared = 0;
  for (const std::string group : {"NH_BLACK", "HISP"}) {
    const std::vector<double> shares = shares_with_zero(table, group);
    const LocalAssociation ours = local_moran(shares, queen, {.permutations = 9999, .seed = 11});
    const std::vector<double> values = test::numbers(esda, group + "_localI");
    const std::vector<double> kinds = test::numbers(esda, group + "_quadrant_1HH_2LH_3LL_4HL");
    const std::vector<double> p = test::numbers(esda, group + "_localI_p_sim9999");
    const std::vector<double> stars = test::numbers(esda, group + "_Gstar_z_binary");
    const LocalAssociation star = local_getis_ord(shares, queen, OwnValue::included, {});
    REQUIRE(values.size() == n);
    double largest_z = 0.0;
    double square_z = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      INFO(group << " row " << i);
      CHECK_THAT(ours.values[i], WithinAbs(values[i], 1e-10));
      CHECK_THAT(star.values[i], WithinAbs(stars[i], 1e-10));
      CHECK(ours.patterns[i] == quadrants[static_cast<std::size_t>(kinds[i])]);
      // Two simulations of 9999 draws each.
      const double middle = (ours.p_values[i] + p[i]) / 2.0;
      const double z =
          (ours.p_values[i] - p[i]) / std::sqrt(2.0 * middle * (1.0 - middle) / 9999.0);
      largest_z = std::max(largest_z, std::abs(z));
      square_z += z * z;
      compared += 4;
    }
    CHECK(largest_z < 4.5);
    CHECK(square_z / static_cast<double>(n) < 1.3);

    const test::Table spdep =
        test::read_table(folder / ("local_spdep_localmoran_" + group + ".csv"));
    const LocalAssociation n_factor = local_moran(shares, queen, {.factor = LocalFactor::n});
    REQUIRE(spdep.rows.size() == n);
    for (std::size_t i = 0; i < n; ++i) {
      INFO(group << " spdep row " << i);
      const std::vector<std::string>& row = spdep.rows[i];
      CHECK_THAT(n_factor.values[i], WithinAbs(test::number(row[0]), 1e-10));
      CHECK_THAT(n_factor.expected[i], WithinAbs(test::number(row[1]), 1e-10));
      const double deviation = (n_factor.values[i] - n_factor.expected[i]) / n_factor.z_scores[i];
      CHECK_THAT(deviation * deviation, WithinAbs(test::number(row[2]), 1e-10));
      CHECK_THAT(n_factor.z_scores[i], WithinAbs(test::number(row[3]), 1e-10));
      const double p_normal = std::erfc(std::abs(n_factor.z_scores[i]) / std::sqrt(2.0));
      CHECK_THAT(p_normal, WithinAbs(test::number(row[4]), 1e-10));
      compared += 5;
    }
  }
  CHECK(compared == 2 * 430 * 9);
}
