/// Every value of the Scottish birthplaces 1991, 2001, 2011 that concerns levels and change, and
/// what the most used package gives for it.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "metrics/change.h"
#include "metrics/evenness.h"
#include "metrics/levels.h"
#include "metrics/local.h"
#include "metrics/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

struct Year {
  test::NamedColumns table;
  std::vector<std::string> districts;  ///< names of the parents
  std::vector<std::uint32_t> parent_of;
};

std::map<std::string, Year> years_of(const test::Table& counts) {
  std::map<std::string, Year> years;
  for (const auto& row : counts.rows) {
    Year& year = years[row[0]];
    if (year.table.names.empty()) {
      year.table.names.assign(counts.header.begin() + 3, counts.header.end());
      year.table.columns.resize(year.table.names.size());
    }
    for (std::size_t k = 0; k < year.table.names.size(); ++k) {
      year.table.columns[k].push_back(test::number(row[k + 3]));
    }
    const auto place = std::find(year.districts.begin(), year.districts.end(), row[2]);
    year.parent_of.push_back(static_cast<std::uint32_t>(place - year.districts.begin()));
    if (place == year.districts.end()) year.districts.push_back(row[2]);
  }
  return years;
}

/// The number after `name=` in a text of parameters.
double parameter(const std::string& text, const std::string& name) {
  const auto place = text.find(name + "=");
  return place == std::string::npos ? undefined : std::stod(text.substr(place + name.size() + 1));
}

}  // namespace

TEST_CASE("levels and groups agree with the reference values for Scotland", "[metrics][oracle]") {
  const auto folder = test::shared("oracle/segregation/scot_cob");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const auto years = years_of(test::read_table(folder / "scot_cob_9groups.csv"));
  std::map<std::string, LevelSplit> splits;
  for (const auto& [date, year] : years) {
    const auto groups = year.table.spans();
    splits[date] = level_split(groups, year.parent_of, year.districts.size());
  }
  std::map<std::string, int> compared;
  double largest = 0.0;
  const auto compare = [&](double ours, double reference) {
    largest = std::max(largest, std::abs(ours - reference));
    CHECK_THAT(ours, WithinAbs(reference, 1e-12));
  };
  const test::Table reference = test::read_table(folder / "values_reference.csv");
  for (const auto& row : reference.rows) {
    const std::string& index = row[1];
    const std::string& family = row[2];
    const std::string& focal = row[3];
    if (family != "theil_decomposition" && family != "local_segregation_of_group") continue;
    INFO(row[0] << " " << index << " " << focal);
    const Year& year = years.at(row[0]);
    const LevelSplit& split = splits.at(row[0]);
    const double value = test::number(row[6]);
    ++compared[index];
    if (index == "M_between_districts") {
      compare(split.between, value);
    } else if (index == "M_within_districts") {
      compare(split.within, value);
    } else if (index == "H_between_districts") {
      compare(split.theil_between, value);
    } else if (index == "H_within_districts") {
      compare(split.theil_within, value);
    } else if (index == "M_in_district") {
      const auto place = std::find(year.districts.begin(), year.districts.end(), focal);
      REQUIRE(place != year.districts.end());
      const ParentPart& part =
          split.parents[static_cast<std::size_t>(place - year.districts.begin())];
      compare(part.mutual_information, value);
      compare(part.population_share, parameter(row[5], "p"));
      compare(part.entropy_ratio, parameter(row[5], "ent_ratio"));
    } else if (index == "ls_by_group") {
      const auto groups = year.table.spans();
      const std::vector<double> everyone = district_totals(groups);
      compare(group_divergence(year.table.of(focal), everyone), value);
      const std::size_t k = static_cast<std::size_t>(
          std::find(year.table.names.begin(), year.table.names.end(), focal) -
          year.table.names.begin());
      compare(city_composition(groups)[k], parameter(row[5], "p"));
    } else {
      FAIL("no such index");
    }
  }
  CHECK(compared == std::map<std::string, int>{{"M_between_districts", 3},
                                               {"M_within_districts", 3},
                                               {"H_between_districts", 3},
                                               {"H_within_districts", 3},
                                               {"M_in_district", 168},
                                               {"ls_by_group", 27}});
  CHECK(largest < 1e-13);
}

TEST_CASE("levels agree with the package for Scotland", "[metrics][oracle]") {
  const auto folder = test::shared("oracle/segregation/scot_cob");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const auto years = years_of(test::read_table(folder / "scot_cob_9groups.csv"));
  std::map<std::string, LevelSplit> splits;
  std::map<std::string, std::vector<NestedStep>> chains;
  for (const auto& [date, year] : years) {
    const auto groups = year.table.spans();
    const std::array<ParentOf, 1> levels{year.parent_of};
    splits[date] = level_split(groups, year.parent_of, year.districts.size());
    chains[date] = nested_split(groups, levels);
  }
  int compared = 0;
  double largest = 0.0;
  const test::Table package = test::read_table(folder / "values_r.csv");
  for (const auto& row : package.rows) {
    INFO(row[0] << " " << row[1] << " " << row[2] << " " << row[3]);
    const bool of_m = row[3] == "M";
    double ours = undefined;
    if (row[1] == "mutual_within") {
      const Year& year = years.at(row[0]);
      const auto place = std::find(year.districts.begin(), year.districts.end(), row[2]);
      const ParentPart& part =
          splits.at(row[0]).parents.at(static_cast<std::size_t>(place - year.districts.begin()));
      ours = std::map<std::string, double>{{"M", part.mutual_information},
                                           {"H", part.theil_entropy},
                                           {"p", part.population_share},
                                           {"ent_ratio", part.entropy_ratio}}
                 .at(row[3]);
    } else if (row[1] == "mutual_total_nested") {
      const NestedStep& step = chains.at(row[0]).at(row[2] == "district|" ? 1 : 0);
      ours = of_m ? step.mutual_information : step.theil_entropy;
    } else if (row[1] == "mutual_total between districts") {
      const LevelSplit& split = splits.at(row[0]);
      ours = of_m ? split.between : split.theil_between;
    } else if (row[1] == "mutual_total within district") {
      const LevelSplit& split = splits.at(row[0]);
      ours = of_m ? split.within : split.theil_within;
    } else {
      continue;
    }
    CHECK_THAT(ours, WithinAbs(test::number(row[4]), 1e-12));
    largest = std::max(largest, std::abs(ours - test::number(row[4])));
    ++compared;
  }
  CHECK(compared == 672 + 12 + 6 + 6);
  CHECK(largest < 1e-14);
}

TEST_CASE("change agrees with the package for Scotland", "[metrics][oracle]") {
  const auto folder = test::shared("oracle/segregation/scot_cob");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const auto years = years_of(test::read_table(folder / "scot_cob_9groups.csv"));
  int compared = 0;
  std::map<std::string, double> largest;
  const test::Table package = test::read_table(folder / "values_r.csv");
  std::map<std::string, SegregationChange> changes;
  std::map<std::string, SegregationChange> by_km;
  std::map<std::string, EntropyChange> by_mrc;
  for (const std::string span : {"1991-2001", "2001-2011", "1991-2011"}) {
    const auto before = years.at(span.substr(0, 4)).table.spans();
    const auto after = years.at(span.substr(5)).table.spans();
    changes[span] = segregation_change(before, after);
    by_km[span] = segregation_change(before, after, ChangeOf::mutual_information,
                                     ChangeMethod::karmel_maclachlan);
    by_mrc[span] = entropy_change(before, after);
  }
  for (const auto& row : package.rows) {
    const std::string& method = row[1];
    const std::string& part = row[3];
    if (method.rfind("mutual_difference", 0) != 0) continue;
    const double value = test::number(row[4]);
    INFO(row[0] << " " << method << " " << part);
    double ours = undefined;
    double tolerance = 1e-12;
    if (method == "mutual_difference shapley precision=1e-12") {
      const SegregationChange& change = changes.at(row[0]);
      tolerance = 2e-12;  // their fit stops where it moves by less than 1e-12
      ours = std::map<std::string, double>{{"M1", change.before},
                                           {"M2", change.after},
                                           {"diff", change.total()},
                                           {"additions", change.additions.value},
                                           {"removals", change.removals.value},
                                           {"unit_marginal", change.units.value},
                                           {"group_marginal", change.groups.value},
                                           {"structural", change.structure.value}}
                 .at(part);
    } else if (method == "mutual_difference km " &&
               (part == "unit_marginal" || part == "group_marginal")) {
      const SegregationChange& change = by_km.at(row[0]);
      ours = part == "unit_marginal" ? change.units.value : change.groups.value;
      tolerance = 5e-10;
    } else if (method == "mutual_difference mrc " && part != "M1" && part != "M2" &&
               part != "diff" && part != "additions" && part != "removals") {
      const EntropyChange& change = by_mrc.at(row[0]);
      ours = part == "unit_marginal"    ? change.units
             : part == "group_marginal" ? change.groups
                                        : change.structure;
    } else {
      continue;
    }
    CHECK_THAT(ours, WithinAbs(value, tolerance));
    largest[method] = std::max(largest[method], std::abs(ours - value));
    ++compared;
  }
  CHECK(compared == 3 * 8 + 3 * 2 + 3 * 3);
  CHECK(largest.at("mutual_difference mrc ") < 1e-13);
}

TEST_CASE("change agrees with fits in extended precision", "[metrics][oracle]") {
  const auto folder = test::shared("oracle/segregation/scot_cob");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  // From 200 rounds of proportional fitting in 80-bit numbers.
  struct Expected {
    std::string before, after;
    double structure, units, groups, structure_km;
  };
  const std::array expected{
      Expected{"1991", "2001", -0.000981613701793142783, 0.000189819182475167897,
               0.00350347632359592469, -0.000765193501358975353},
      Expected{"2001", "2011", 0.00518110544205489457, 0.00023071582635442903,
               0.0115715067411872757, 0.00640237111916185171},
      Expected{"1991", "2011", 0.00402641202760114918, 0.00055632871033281522,
               0.0151122690759405847, 0.00661280195290679231}};
  const auto years = years_of(test::read_table(folder / "scot_cob_9groups.csv"));
  for (const Expected& row : expected) {
    INFO(row.before << " to " << row.after);
    const auto before = years.at(row.before).table.spans();
    const auto after = years.at(row.after).table.spans();
    const SegregationChange change = segregation_change(before, after);
    CHECK_THAT(change.structure.value, WithinAbs(row.structure, 1e-14));
    CHECK_THAT(change.units.value, WithinAbs(row.units, 1e-14));
    CHECK_THAT(change.groups.value, WithinAbs(row.groups, 1e-14));
    const SegregationChange by_km = segregation_change(before, after, ChangeOf::mutual_information,
                                                       ChangeMethod::karmel_maclachlan);
    CHECK_THAT(by_km.structure.value, WithinAbs(row.structure_km, 1e-14));
    CHECK_THAT(by_km.all().value, WithinAbs(by_km.total(), 1e-15));
  }
}
