#include <algorithm>
#include <cmath>
#include <string>

#include "base/text.h"
#include "metrics/evenness.h"
#include "metrics/expected.h"
#include "metrics/small_units.h"
#include "metrics/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-9;

double value_of(const std::string& index, const test::NamedColumns& counts,
                const std::string& focal) {
  const auto columns = counts.spans();
  if (index == "M_nats_null_mean") {
    return expected_indices(columns, NullModel::permutation).mutual_information;
  }
  if (index == "H_multi_null_mean") {
    return expected_indices(columns, NullModel::permutation).theil_h;
  }
  if (index == "D_multi_null_mean") {
    return expected_indices(columns, NullModel::permutation).dissimilarity;
  }
  const std::vector<double> rest = test::less(district_totals(columns), counts.of(focal));
  if (index == "D_null_mean_binomial") {
    return expected_dissimilarity(counts.of(focal), rest, NullModel::evenness);
  }
  const double mean = expected_dissimilarity(counts.of(focal), rest, NullModel::permutation);
  if (index == "D_null_mean_hypergeometric") return mean;
  REQUIRE(index == "D_CarringtonTroske_hypergeom");
  return carrington_troske(dissimilarity_index(counts.of(focal), rest), mean);
}

test::NamedColumns columns_between(const test::Table& table, std::size_t from, std::size_t to,
                                   const std::string& year) {
  test::NamedColumns counts;
  for (std::size_t c = from; c < to; ++c) {
    counts.names.push_back(table.header[c]);
    counts.columns.emplace_back();
    for (const auto& row : table.rows) {
      if (year.empty() || row[0] == year) counts.columns.back().push_back(test::number(row[c]));
    }
  }
  return counts;
}

/// @returns the number of rows compared
int compare(const test::Table& expected, const test::NamedColumns& counts,
            const std::string& year) {
  int compared = 0;
  double largest = 0.0;
  const std::size_t family = expected.column("family");
  for (const auto& row : expected.rows) {
    if (row[family] != "exact_null" || (!year.empty() && row[0] != year)) continue;
    const std::string& index = row[expected.column("index")];
    const std::string& focal = row[expected.column("focal")];
    const double value = value_of(index, counts, focal);
    const double known = test::number(row[expected.column("value")]);
    INFO(year << " " << index << " " << focal);
    CHECK_THAT(value, WithinAbs(known, tolerance));
    largest = std::max(largest, std::abs(value - known));
    ++compared;
  }
  INFO("largest difference " << largest);
  CHECK(largest < 1e-10);
  return compared;
}

}  // namespace

TEST_CASE("expected values agree with the reference sets", "[metrics][oracle][small_units]") {
  for (const std::string name : {"de_precincts", "pvd_blocks"}) {
    const auto folder = test::shared("oracle/segregation/" + name);
    if (folder.empty()) {
      WARN("skipped: no shared reference data");
      return;
    }
    const test::Table table = test::read_table(folder / (name + ".csv"));
    const auto counts = columns_between(table, 1, table.column("total"), "");
    CHECK(compare(test::read_table(folder / "values_reference.csv"), counts, "") == 27);
  }
}

TEST_CASE("expected values agree with the dated reference set", "[metrics][oracle][small_units]") {
  const auto folder = test::shared("oracle/segregation/scot_cob");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const test::Table table = test::read_table(folder / "scot_cob_9groups.csv");
  const test::Table expected = test::read_table(folder / "values_reference.csv");
  int compared = 0;
  for (const std::string year : {"1991", "2001", "2011"}) {
    compared += compare(expected, columns_between(table, 3, table.header.size(), year), year);
  }
  CHECK(compared == 60);
}

TEST_CASE("density-corrected D of Delaware", "[metrics][oracle][small_units]") {
  const auto folder = test::shared("oracle/segregation/de_precincts");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const test::Table table = test::read_table(folder / "de_precincts.csv");
  const auto counts = columns_between(table, 1, table.column("total"), "");
  const auto corrected = [&](const std::string& group) {
    return density_corrected_dissimilarity(
        counts.of(group), test::less(district_totals(counts.spans()), counts.of(group)));
  };
  CHECK_THAT(corrected("NH_BLACK"), WithinAbs(0.443437507834, 1e-12));
  CHECK_THAT(corrected("NH_AMIN"), WithinAbs(0.321849538721, 1e-12));
  CHECK_THAT(corrected("NH_NHPI"), WithinAbs(0.575465915286, 1e-12));
}
