#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "metrics/clustering.h"
#include "metrics/composition.h"
#include "metrics/evenness.h"
#include "metrics/exposure.h"
#include "metrics/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::metrics;
using Json = nlohmann::json;

namespace {

constexpr double tolerance = 1e-12;

double value_of(const Json& entry) { return std::stod(entry.at("value").get<std::string>()); }

test::NamedColumns counts_of(const Json& fixture) {
  test::NamedColumns counts;
  counts.names = fixture.at("groups").get<std::vector<std::string>>();
  counts.columns.resize(counts.names.size());
  for (const Json& district : fixture.at("counts")) {
    for (std::size_t k = 0; k < counts.names.size(); ++k) {
      counts.columns[k].push_back(district.at(k).get<double>());
    }
  }
  return counts;
}

/// @returns values compared
int check_two_group(const Json& expected, std::span<const double> group,
                    std::span<const double> total) {
  const std::vector<double> rest = test::less(total, group);
  if (expected.is_null()) {
    CHECK(std::isnan(dissimilarity_index(group, rest)));
    CHECK(std::isnan(gini_index(group, rest)));
    CHECK(std::isnan(theil_entropy_index(group, rest)));
    CHECK(std::isnan(expected_dissimilarity(group, rest)));
    return 4;
  }
  const std::map<std::string, double> ours{
      {"D", dissimilarity_index(group, rest)},
      {"G", gini_index(group, rest)},
      {"H", theil_entropy_index(group, rest)},
      {"xPx", isolation_index(group, total)},
      {"xPy", interaction_index(group, rest, total)},
      {"D_null_mean_binomial", expected_dissimilarity(group, rest)}};
  for (const auto& [index, value] : ours) {
    INFO(index);
    CHECK_THAT(value, WithinAbs(value_of(expected.at(index)), tolerance));
  }
  return static_cast<int>(ours.size());
}

/// @returns values compared
int check_multigroup(const Json& fixture, GroupColumns groups) {
  if (fixture.at("multigroup").is_null()) {
    CHECK(std::isnan(multigroup_dissimilarity(groups)));
    CHECK(std::isnan(multigroup_gini(groups)));
    CHECK(std::isnan(multigroup_theil_entropy(groups)));
    return 3;
  }
  const Json& shares = fixture.at("multigroup");
  const Json& logarithms = fixture.at("multigroup_entropy");
  CHECK_THAT(city_simpson_diversity(groups),
             WithinAbs(value_of(shares.at("Simpson_I")), tolerance));
  CHECK_THAT(multigroup_dissimilarity(groups),
             WithinAbs(value_of(shares.at("D_multi")), tolerance));
  CHECK_THAT(multigroup_gini(groups), WithinAbs(value_of(shares.at("G_multi")), tolerance));
  CHECK_THAT(city_entropy(groups), WithinAbs(value_of(logarithms.at("E")), tolerance));
  CHECK_THAT(normalised_city_entropy(groups),
             WithinAbs(value_of(logarithms.at("E_norm")), tolerance));
  CHECK_THAT(mutual_information(groups), WithinAbs(value_of(logarithms.at("M_nats")), tolerance));
  CHECK_THAT(multigroup_theil_entropy(groups),
             WithinAbs(value_of(logarithms.at("H_multi")), tolerance));
  return 7;
}

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

TEST_CASE("fixtures with exact answers", "[metrics][oracle]") {
  const auto file = test::shared("oracle/segregation/fixtures/fixtures.json");
  if (file.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const Json fixtures = Json::parse(std::ifstream(file)).at("fixtures");
  int two_group = 0;
  int multigroup = 0;
  for (const Json& fixture : fixtures) {
    if (!fixture.contains("counts")) continue;
    const test::NamedColumns counts = counts_of(fixture);
    INFO(fixture.at("name").get<std::string>());
    const std::vector<double> total = district_totals(counts.spans());
    for (const std::string& name : counts.names) {
      two_group += check_two_group(fixture.at("two_group").at(name), counts.of(name), total);
    }
    multigroup += check_multigroup(fixture, counts.spans());
  }
  // 15 groups with values, 3 that are nobody or everybody; 7 fixtures with values, 1 without
  CHECK(two_group == 15 * 6 + 3 * 4);
  CHECK(multigroup == 7 * 7 + 3);
}

TEST_CASE("clustering on a lattice of nine with exact answers", "[metrics][oracle]") {
  const auto file = test::shared("oracle/segregation/fixtures/fixtures.json");
  if (file.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const Json fixture = Json::parse(std::ifstream(file)).at("fixtures").back();
  REQUIRE(fixture.at("name") == "S1_lattice_3x3");
  const std::vector<double> share = shares(fixture.at("x").get<std::vector<double>>(),
                                           fixture.at("t").get<std::vector<double>>());
  const SpatialWeights rook = test::weights_of(9, test::lattice_links(3, false), true);
  const SpatialWeights queen = test::weights_of(9, test::lattice_links(3, true), true);
  CHECK_THAT(moran_i(share, rook),
             WithinAbs(value_of(fixture.at("Moran_I_rook_rowstd")), tolerance));
  CHECK_THAT(moran_i(share, queen),
             WithinAbs(value_of(fixture.at("Moran_I_queen_rowstd")), tolerance));

  constexpr std::uint32_t draws = 99'999;
  const double exact = value_of(fixture.at("Moran_I_queen_exact_permutation").at("p_upper"));
  CHECK_THAT(moran_test(share, queen, {.permutations = draws, .seed = 7}).p_value,
             WithinAbs(exact, 0.003));

  const LocalAssociation local = local_moran(share, queen, {.permutations = draws, .seed = 7});
  const Json& ours = fixture.at("local_I_queen_rowstd_esda(n-1)");
  const Json& spdep = fixture.at("local_I_queen_rowstd_spdep(n)");
  const Json& test = fixture.at("local_I_queen_exact_conditional_permutation");
  REQUIRE(ours.size() == 9);
  for (std::size_t i = 0; i < 9; ++i) {
    INFO("district " << i);
    CHECK_THAT(local.values[i], WithinAbs(value_of(ours.at(i)), tolerance));
    CHECK_THAT(local.values[i] * 9.0 / 8.0, WithinAbs(value_of(spdep.at(i)), tolerance));
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
    // the file's count is of local values, whose order is reversed where the district is low
    const double mean = 38.0 / 90.0;
    CHECK_THAT(share[i] > mean ? above : below,
               WithinAbs(value_of(test.at(i).at("p_upper")), tolerance));
  }
}
