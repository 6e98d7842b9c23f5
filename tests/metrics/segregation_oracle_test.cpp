#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "metrics/composition.h"
#include "metrics/evenness.h"
#include "metrics/exposure.h"
#include "metrics/local.h"
#include "metrics/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;
constexpr double null_tolerance = 1e-9;

/// Indices of the reference files that this room computes.
const std::set<std::string> computed{"D",
                                     "G",
                                     "H",
                                     "xPx",
                                     "xPy",
                                     "D_pair",
                                     "G_pair",
                                     "H_pair",
                                     "xPy_matrix",
                                     "E",
                                     "E_norm",
                                     "Simpson_lambda",
                                     "M_nats",
                                     "M_bits",
                                     "H_multi",
                                     "D_multi",
                                     "G_multi",
                                     "Simpson_I",
                                     "Divergence",
                                     "D_null_mean_binomial",
                                     "ls_by_group",
                                     "M_between_districts",
                                     "M_within_districts",
                                     "H_between_districts",
                                     "H_within_districts",
                                     "M_in_district"};

/// Indices that belong to no metric of the table.
const std::set<std::string> elsewhere{"Atkinson_b0.1",
                                      "Atkinson_b0.5",
                                      "Atkinson_b0.9",
                                      "xPx_exact",
                                      "V_eta2",
                                      "Gorard_GS",
                                      "MinMax_MM",
                                      "ConProf_R",
                                      "C_sqcv",
                                      "P_normexp",
                                      "R_reldiv",
                                      "M_nats_null_mean",
                                      "H_multi_null_mean",
                                      "D_multi_null_mean",
                                      "D_null_mean_hypergeometric",
                                      "D_CarringtonTroske_hypergeom",
                                      "D_Morrill",
                                      "D_w",
                                      "D_s",
                                      "Delta",
                                      "ACO",
                                      "RCO",
                                      "RCO_T2_from_Y",
                                      "ACE",
                                      "RCE",
                                      "DPxx",
                                      "DPxy",
                                      "Pxx",
                                      "Pyy",
                                      "Pxy",
                                      "Poo",
                                      "SP",
                                      "RCL",
                                      "ACL",
                                      "SP_multigroup",
                                      "spatial_H",
                                      "spatial_R",
                                      "spatial_D",
                                      "spatial_divergence",
                                      "spatial_P",
                                      "egohood_D_multi",
                                      "egohood_M_nats",
                                      "egohood_H_multi"};

/// Districts of a parent unit, in order.
using Parents = std::map<std::string, std::vector<std::size_t>>;

test::NamedColumns picked(const test::NamedColumns& counts, const std::vector<std::size_t>& rows) {
  test::NamedColumns part{counts.names, {}};
  for (const auto& column : counts.columns) {
    part.columns.emplace_back();
    for (const std::size_t i : rows) part.columns.back().push_back(column[i]);
  }
  return part;
}

double between_parents(const test::NamedColumns& counts, const Parents& parents) {
  test::NamedColumns sums{counts.names, {}};
  for (const auto& column : counts.columns) {
    sums.columns.emplace_back();
    for (const auto& [parent, rows] : parents) {
      double sum = 0.0;
      for (const std::size_t i : rows) sum += column[i];
      sums.columns.back().push_back(sum);
    }
  }
  return mutual_information(sums.spans());
}

double multigroup_value(const std::string& index, GroupColumns groups) {
  if (index == "E") return city_entropy(groups);
  if (index == "E_norm") return normalised_city_entropy(groups);
  if (index == "Simpson_lambda") return 1.0 - city_simpson_diversity(groups);
  if (index == "Simpson_I") return city_simpson_diversity(groups);
  if (index == "D_multi") return multigroup_dissimilarity(groups);
  if (index == "G_multi") return multigroup_gini(groups);
  if (index == "H_multi") return multigroup_theil_entropy(groups);
  if (index == "M_bits") return mutual_information(groups) / std::log(2.0);
  return mutual_information(groups);  // M_nats, Divergence
}

double pair_value(const std::string& index, std::span<const double> group,
                  std::span<const double> reference, std::span<const double> total) {
  if (index[0] == 'D') {
    return index == "D_null_mean_binomial" ? expected_dissimilarity(group, reference)
                                           : dissimilarity_index(group, reference);
  }
  if (index[0] == 'G') return gini_index(group, reference);
  if (index[0] == 'H') return theil_entropy_index(group, reference);
  if (index == "xPx") return isolation_index(group, total);
  return interaction_index(group, reference, total);
}

struct Case {
  std::string index, focal, other, params;
};

double computed_value(const Case& row, const test::NamedColumns& counts, const Parents& parents) {
  const std::vector<std::span<const double>> all = counts.spans();
  const std::vector<double> total = district_totals(all);
  if (row.index == "ls_by_group") return group_divergence(counts.of(row.focal), total);
  if (row.index == "M_in_district") {
    return mutual_information(picked(counts, parents.at(row.focal)).spans());
  }
  if (row.index == "M_between_districts") return between_parents(counts, parents);
  if (row.index == "M_within_districts") {
    return mutual_information(all) - between_parents(counts, parents);
  }
  if (row.index == "H_between_districts") {
    return between_parents(counts, parents) / city_entropy(all);
  }
  if (row.index == "H_within_districts") {
    return multigroup_theil_entropy(all) - between_parents(counts, parents) / city_entropy(all);
  }
  if (row.other.empty()) {
    if (row.focal.rfind("ALL", 0) == 0) return multigroup_value(row.index, all);
    std::vector<std::span<const double>> some;
    for (const std::string_view name : split(row.focal, '+')) {
      some.push_back(counts.of(std::string(name)));
    }
    return multigroup_value(row.index, some);
  }
  const std::span<const double> group = counts.of(row.focal);
  if (row.other == "REST") {
    return pair_value(row.index, group, test::less(total, group), total);
  }
  return pair_value(row.index, group, counts.of(row.other), total);
}

/// Share of the city's people and entropy ratio that stand in the params of M_in_district.
void check_district_params(const Case& row, const test::NamedColumns& counts,
                           const Parents& parents) {
  const test::NamedColumns part = picked(counts, parents.at(row.focal));
  const auto persons = [](const test::NamedColumns& table) {
    double sum = 0.0;
    for (const double t : district_totals(table.spans())) sum += t;
    return sum;
  };
  const double share = persons(part) / persons(counts);
  const double ratio = city_entropy(part.spans()) / city_entropy(counts.spans());
  const auto text_after = [&](const std::string& key) {
    return std::strtod(row.params.c_str() + row.params.find(key) + key.size(), nullptr);
  };
  CHECK_THAT(share, WithinAbs(text_after("p="), tolerance));
  CHECK_THAT(ratio, WithinAbs(text_after("ent_ratio="), tolerance));
}

/// Compares the rows of `year` (all where empty) about `only_focal`, or about all but ALL39.
/// @returns how many rows were compared
int compare_rows(const test::Table& expected, const std::string& year,
                 const test::NamedColumns& counts, const Parents& parents,
                 const std::string& only_focal = {}) {
  const std::size_t index = expected.column("index");
  const std::size_t focal = expected.column("focal");
  const std::size_t other = expected.column("other");
  const std::size_t params = expected.column("params");
  const std::size_t value = expected.column("value");
  int compared = 0;
  for (const auto& cells : expected.rows) {
    if (!year.empty() && cells[expected.column("year")] != year) continue;
    const Case row{cells[index], cells[focal], cells[other], cells[params]};
    INFO(year << " " << row.index << " " << row.focal << " " << row.other);
    const bool other_table = row.focal == "ALL39";
    if (only_focal.empty() ? other_table : row.focal != only_focal) continue;
    if (elsewhere.count(row.index) > 0) continue;
    REQUIRE(computed.count(row.index) == 1);
    const double allowed = row.index == "D_null_mean_binomial" ? null_tolerance : tolerance;
    CHECK_THAT(computed_value(row, counts, parents),
               WithinAbs(test::number(cells[value]), allowed));
    if (row.index == "M_in_district") check_district_params(row, counts, parents);
    ++compared;
  }
  return compared;
}

bool agrees(double ours, double theirs, double relative) {
  if (!is_defined(theirs)) return !is_defined(ours);
  return std::abs(ours - theirs) <= std::max(tolerance, relative * std::abs(theirs));
}

/// @returns how many values were compared
int compare_local(const test::Table& expected, const test::NamedColumns& counts, double relative) {
  const std::vector<std::span<const double>> all = counts.spans();
  const std::vector<double> total = district_totals(all);
  std::map<std::string, std::vector<double>> ours;
  ours["entropy_nats"] = district_entropies(all);
  ours["entropy_norm"] = normalised_district_entropies(all);
  ours["divergence_ls_nats"] = local_divergences(all);
  ours["simpson_int"] = simpson_diversities(all);
  ours["simpson_conc"] = ours["simpson_int"];
  for (double& value : ours["simpson_conc"]) value = 1.0 - value;
  for (const std::string& name : counts.names) {
    ours["LQ_" + name] = location_quotients(counts.of(name), total);
  }
  int compared = 0;
  for (const auto& [name, values] : ours) {
    if (!expected.has(name)) continue;
    const std::vector<double> theirs = test::numbers(expected, name);
    REQUIRE(theirs.size() == values.size());
    for (std::size_t i = 0; i < theirs.size(); ++i) {
      INFO(name << " row " << i << ": " << values[i] << ", expected " << theirs[i]);
      if (!agrees(values[i], theirs[i], relative)) FAIL_CHECK("disagrees");
      ++compared;
    }
  }
  return compared;
}

test::NamedColumns columns_between(const test::Table& table, std::size_t first, std::size_t last) {
  test::NamedColumns counts;
  for (std::size_t c = first; c < last; ++c) {
    counts.names.push_back(table.header[c]);
    counts.columns.push_back(test::numbers(table, table.header[c]));
  }
  return counts;
}

test::Table rows_of_year(const test::Table& table, const std::string& year) {
  test::Table dated{table.header, {}};
  for (const auto& row : table.rows) {
    if (row[0] == year) dated.rows.push_back(row);
  }
  return dated;
}

void check_areal(const std::string& name, int rows, int local_values, double local_relative) {
  const auto folder = test::shared("oracle/segregation/" + name);
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const test::Table table = test::read_table(folder / (name + ".csv"));
  const test::NamedColumns counts = columns_between(table, 1, table.column("total"));
  const test::Table expected = test::read_table(folder / "values_reference.csv");
  CHECK(compare_rows(expected, "", counts, {}) == rows);
  CHECK(compare_local(test::read_table(folder / "local_reference.csv"), counts, local_relative) ==
        local_values);
}

}  // namespace

TEST_CASE("segregation oracle: Delaware precincts", "[metrics][oracle]") {
  // 8 groups x (D, G, H, xPx, xPy, D*), 28 pairs x (D, G, H), 8 x 8 xPy, 2 sets x 10 multigroup
  check_areal("de_precincts", 8 * 6 + 28 * 3 + 64 + 2 * 10, 430 * (5 + 8), 1e-12);
}

TEST_CASE("segregation oracle: Providence blocks", "[metrics][oracle]") {
  check_areal("pvd_blocks", 8 * 6 + 28 * 3 + 64 + 2 * 10, 3014 * (4 + 8), 1e-11);
}

TEST_CASE("segregation oracle: Scottish countries of birth", "[metrics][oracle]") {
  const auto folder = test::shared("oracle/segregation/scot_cob");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const test::Table nine = test::read_table(folder / "scot_cob_9groups.csv");
  const test::Table thirty_nine = test::read_table(folder / "scot_cob_39.csv");
  const test::Table expected = test::read_table(folder / "values_reference.csv");
  int compared = 0;
  for (const std::string year : {"1991", "2001", "2011"}) {
    Parents parents;
    const test::Table dated = rows_of_year(nine, year);
    REQUIRE(dated.rows.size() == 822);
    for (std::size_t i = 0; i < dated.rows.size(); ++i) parents[dated.rows[i][2]].push_back(i);
    const test::NamedColumns counts = columns_between(dated, 3, dated.header.size());
    compared += compare_rows(expected, year, counts, parents);
    const test::Table births = rows_of_year(thirty_nine, year);
    compared +=
        compare_rows(expected, year, columns_between(births, 3, births.header.size()), {}, "ALL39");
    if (year == "2011") {
      const test::Table local = test::read_table(folder / "local_reference_2011.csv");
      CHECK(compare_local(local, counts, 1e-12) == 822 * (5 + 9));
    }
  }
  // per year: 9 groups x (D, G, H, xPx, xPy, D*, ls), 36 pairs D, 9 x 9 xPy, 2 x 10 multigroup,
  // 4 parts of the decomposition, 56 districts
  CHECK(compared == 3 * (9 * 7 + 36 + 81 + 2 * 10 + 4 + 56));
}
