#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "metrics/city_pass.h"
#include "metrics/composition.h"
#include "metrics/concentration_profile.h"
#include "metrics/evenness.h"
#include "metrics/exposure.h"
#include "metrics/gini.h"
#include "metrics/pairs.h"
#include "metrics/surroundings.h"
#include "metrics/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

/// The same index computed in several ways.
using Values = std::vector<double>;

/// One table of counts and what is computed from it once.
struct City {
  explicit City(test::NamedColumns table) : counts(std::move(table)) {
    const auto all = counts.spans();
    total = district_totals(all);
    const WholeCounts whole = whole_counts(all).value();
    pass = city_indices(whole.spans());
    gini = gini_of_groups(whole.spans());
    sums = surroundings_sums(own_districts(all));
    exposures = exposure_matrix(all, total);
    around = spatial_exposures(all, own_districts(all));
    dissimilarity = pairwise_dissimilarity(all);
    pair_gini = pairwise_gini(all);
    theil = pairwise_theil_entropy(all);
  }

  [[nodiscard]] std::size_t position(const std::string& name) const {
    return static_cast<std::size_t>(std::find(counts.names.begin(), counts.names.end(), name) -
                                    counts.names.begin());
  }

  test::NamedColumns counts;
  std::vector<double> total;
  CityIndices pass;
  GiniOfGroups gini;
  SurroundingsSums sums;
  std::vector<double> exposures, around, dissimilarity, pair_gini, theil;
};

Values against_rest(const City& city, const std::string& index, const std::string& focal) {
  const std::span<const double> x = city.counts.of(focal);
  const std::vector<double> y = test::less(city.total, x);
  const std::size_t k = city.position(focal);
  const GroupIndices& pass = city.pass.groups[k];
  const SurroundingsSums& sums = city.sums;
  const std::size_t own = k * city.counts.names.size() + k;
  if (index == "Atkinson_b0.1") return {atkinson_index(x, y, 0.1)};
  if (index == "Atkinson_b0.5") return {atkinson_index(x, y), pass.atkinson};
  if (index == "Atkinson_b0.9") return {atkinson_index(x, y, 0.9)};
  if (index == "V_eta2") {
    return {correlation_ratio(x, y), pass.correlation_ratio, spatial_relative_diversity(sums, k),
            spatial_correlation_ratio(city.around, sums.composition, k)};
  }
  if (index == "Gorard_GS") return {gorard_index(x, y), pass.gorard};
  if (index == "MinMax_MM") return {min_max_index(x, y), pass.min_max};
  if (index == "ConProf_R") return {concentration_profile_index(x, city.total)};
  if (index == "xPx_exact") return {isolation_without_self(x, city.total)};
  if (index == "xPx") return {pass.isolation, city.exposures[own], city.around[own]};
  if (index == "xPy") return {pass.interaction};
  if (index == "D") return {pass.dissimilarity, spatial_dissimilarity(sums, k)};
  if (index == "G") return {city.gini.against_rest[k], gini_index(x, y)};
  if (index == "H") return {pass.theil_entropy, spatial_theil_entropy(sums, k)};
  return {};
}

Values of_pair(const City& city, const std::string& index, const std::string& focal,
               const std::string& other) {
  const std::size_t at = city.position(focal) * city.counts.names.size() + city.position(other);
  if (index == "D_pair") return {city.dissimilarity[at]};
  if (index == "G_pair") return {city.pair_gini[at]};
  if (index == "H_pair") return {city.theil[at]};
  if (index == "xPy_matrix") return {city.exposures[at], city.around[at]};
  return {};
}

Values of_all(const City& city, const std::string& index) {
  const auto all = city.counts.spans();
  const CityIndices& pass = city.pass;
  const SurroundingsSums& sums = city.sums;
  if (index == "E") return {pass.entropy};
  if (index == "Simpson_lambda") {
    return {city_simpson_concentration(all), pass.simpson_concentration};
  }
  if (index == "D_multi") return {pass.dissimilarity, spatial_dissimilarity(sums)};
  if (index == "G_multi") return {city.gini.multigroup};
  if (index == "H_multi") return {pass.theil_entropy, spatial_theil_entropy(sums)};
  if (index == "M_nats") return {pass.mutual_information, spatial_divergence(sums)};
  if (index == "M_bits") return {in_unit(mutual_information(all), InformationUnit::bits)};
  if (index == "R_reldiv") {
    return {multigroup_relative_diversity(all), pass.relative_diversity,
            spatial_relative_diversity(sums)};
  }
  if (index == "C_sqcv") {
    return {multigroup_squared_variation(all), pass.squared_variation,
            spatial_squared_variation(sums)};
  }
  if (index == "P_normexp") {
    return {normalised_exposure(all), pass.normalised_exposure,
            spatial_normalised_exposure(city.around, sums.composition)};
  }
  return {};
}

struct Compared {
  int rows = 0;
  double worst = 0.0;
  std::string worst_row;
};

/// Compares the rows of `year` (all where empty); sets of some of the groups get a city of their
/// own. @param thirty_nine  counts for the rows about all 39 birthplaces
Compared compare(const test::Table& expected, const std::string& year, const City& city,
                 const test::NamedColumns& thirty_nine = {}) {
  std::map<std::string, City> others;
  Compared compared;
  for (const auto& cells : expected.rows) {
    if (!year.empty() && cells[expected.column("year")] != year) continue;
    const std::string& index = cells[expected.column("index")];
    const std::string& focal = cells[expected.column("focal")];
    const std::string& other = cells[expected.column("other")];
    const std::string& family = cells[expected.column("family")];
    Values ours;
    if (family == "two_group_aspatial") {
      ours = against_rest(city, index, focal);
    } else if (family == "pairwise_aspatial") {
      ours = of_pair(city, index, focal, other);
    } else if (family == "multigroup_aspatial") {
      if (others.count(focal) == 0) {
        test::NamedColumns some;
        if (focal.rfind("ALL", 0) == 0) {
          some = focal == "ALL39" ? thirty_nine : city.counts;
        } else {
          for (const std::string_view name : split(focal, '+')) {
            const auto column = city.counts.of(std::string(name));
            some.names.emplace_back(name);
            some.columns.emplace_back(column.begin(), column.end());
          }
        }
        others.emplace(focal, City(std::move(some)));
      }
      ours = of_all(others.at(focal), index);
    }
    const double value = test::number(cells[expected.column("value")]);
    for (const double our : ours) {
      const double difference = std::isnan(our) && std::isnan(value) ? 0.0 : std::abs(our - value);
      if (difference <= compared.worst) continue;
      compared.worst = difference;
      compared.worst_row = year + " " + index + " " + focal + " " + other;
    }
    compared.rows += ours.empty() ? 0 : 1;
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

/// @returns values compared between the pass and the reference's districts
int compare_local(const test::Table& expected, const test::NamedColumns& counts, double relative) {
  const std::size_t n = counts.columns.front().size();
  std::vector<std::vector<double>> values(3 + counts.names.size(), std::vector<double>(n));
  LocalValues local{values[0], values[1], values[2], {}};
  std::vector<std::string> names{"entropy_nats", "divergence_ls_nats", "simpson_conc"};
  for (std::size_t k = 0; k < counts.names.size(); ++k) {
    local.location_quotients.emplace_back(values[3 + k]);
    names.push_back("LQ_" + counts.names[k]);
  }
  static_cast<void>(city_indices(whole_counts(counts.spans()).value().spans(), local));
  for (double& diversity : values[2]) diversity = 1.0 - diversity;
  int compared = 0;
  for (std::size_t c = 0; c < names.size(); ++c) {
    const std::vector<double> theirs = test::numbers(expected, names[c]);
    double worst = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      ++compared;
      if (std::isnan(theirs[i]) && std::isnan(values[c][i])) continue;
      const double allowed = std::max(tolerance, relative * std::abs(theirs[i]));
      worst = std::max(worst, std::abs(values[c][i] - theirs[i]) / allowed);
      if (std::isnan(values[c][i] - theirs[i])) FAIL_CHECK("one of the two is undefined");
    }
    INFO(names[c] << ", largest difference over what is allowed");
    CHECK(worst <= 1.0);
  }
  return compared;
}

void check_areal(const std::string& name, double local_relative, int local_values) {
  const auto folder = test::shared("oracle/segregation/" + name);
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const test::Table table = test::read_table(folder / (name + ".csv"));
  const City city(columns_between(table, 1, table.column("total")));
  const Compared compared = compare(test::read_table(folder / "values_reference.csv"), "", city);
  INFO(compared.worst_row << " differs by " << compared.worst);
  CHECK(compared.worst <= tolerance);
  // 8 groups x 13, 28 pairs x (D, G, H), 8 x 8 xPy, 2 sets x 10
  CHECK(compared.rows == 8 * 13 + 28 * 3 + 64 + 2 * 10);
  CHECK(compare_local(test::read_table(folder / "local_reference.csv"), city.counts,
                      local_relative) == local_values);
}

}  // namespace

TEST_CASE("aspatial oracle: Delaware precincts", "[metrics][oracle][aspatial]") {
  check_areal("de_precincts", 1e-12, 430 * 11);
}

TEST_CASE("aspatial oracle: Providence blocks", "[metrics][oracle][aspatial]") {
  check_areal("pvd_blocks", 1e-11, 3014 * 11);
}

TEST_CASE("aspatial oracle: Scottish countries of birth", "[metrics][oracle][aspatial]") {
  const auto folder = test::shared("oracle/segregation/scot_cob");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const auto counts_of = [&](const std::string& file, const std::string& year) {
    test::Table table = test::read_table(folder / file);
    std::vector<std::vector<std::string>> dated;
    for (auto& row : table.rows) {
      if (row[0] == year) dated.push_back(std::move(row));
    }
    table.rows = std::move(dated);
    return columns_between(table, 3, table.header.size());
  };
  const test::Table expected = test::read_table(folder / "values_reference.csv");
  int rows = 0;
  for (const std::string year : {"1991", "2001", "2011"}) {
    const City city(counts_of("scot_cob_9groups.csv", year));
    const Compared compared = compare(expected, year, city, counts_of("scot_cob_39.csv", year));
    INFO(compared.worst_row << " differs by " << compared.worst);
    CHECK(compared.worst <= tolerance);
    rows += compared.rows;
    if (year == "2011") {
      const test::Table local = test::read_table(folder / "local_reference_2011.csv");
      CHECK(compare_local(local, city.counts, 1e-12) == 822 * 12);
    }
  }
  // per year: 9 groups x 12 (no profile), 36 pairs D, 9 x 9 xPy, 2 x 10
  CHECK(rows == 3 * (9 * 12 + 36 + 81 + 2 * 10));
}

TEST_CASE("aspatial oracle: fixtures", "[metrics][oracle][aspatial]") {
  const auto folder = test::shared("oracle/segregation/fixtures");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  std::ifstream file(folder / "fixtures.json");
  int values = 0;
  const auto compare_with = [&](const nlohmann::json& expected, const Values& ours) {
    for (const double our : ours) {
      if (expected.is_null()) {
        CHECK(std::isnan(our));
      } else {
        CHECK_THAT(our, WithinAbs(std::stod(expected.at("value").get<std::string>()), tolerance));
      }
    }
    values += ours.empty() ? 0 : 1;
  };
  const nlohmann::json fixtures = nlohmann::json::parse(file);
  for (const auto& fixture : fixtures.at("fixtures")) {
    if (!fixture.contains("counts")) continue;
    INFO(fixture.at("name"));
    test::NamedColumns table;
    table.names = fixture.at("groups").get<std::vector<std::string>>();
    for (std::size_t k = 0; k < table.names.size(); ++k) {
      table.columns.emplace_back();
      for (const auto& row : fixture.at("counts")) {
        table.columns.back().push_back(row.at(k).get<double>());
      }
    }
    const City city(std::move(table));
    for (const auto& [group, indices] : fixture.at("two_group").items()) {
      if (indices.is_null()) {
        for (const std::string index : {"D", "G", "H", "V_eta2", "Atkinson_b0.5", "Gorard_GS"}) {
          compare_with(nullptr, against_rest(city, index, group));
        }
        continue;
      }
      for (const auto& [index, value] : indices.items()) {
        INFO(group << " " << index);
        compare_with(value, against_rest(city, index, group));
      }
    }
    for (const std::string part : {"multigroup", "multigroup_entropy"}) {
      if (!fixture.contains(part) || fixture.at(part).is_null()) continue;
      for (const auto& [index, value] : fixture.at(part).items()) {
        INFO(index);
        compare_with(value, of_all(city, index));
      }
    }
  }
  CHECK(values == 268);
}
