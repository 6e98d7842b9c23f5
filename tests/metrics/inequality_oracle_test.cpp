#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "metrics/inequality.h"
#include "metrics/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::metrics;
using Json = nlohmann::json;

namespace {

constexpr double tolerance = 1e-12;

/// Places of a city with what people there earn.
struct Oracle {
  std::vector<double> people;
  std::vector<double> income;
  std::vector<std::uint32_t> decile;
};

double poverty_of(const Oracle& city, const std::vector<double>& access, const std::string& name) {
  const double line = std::stod(name.substr(name.find("line") + 4));
  const AccessPoverty poverty = access_poverty(city.people, access, line, PoorSide::below);
  if (name.starts_with("FGT0")) return poverty.share;
  return name.starts_with("FGT1") ? poverty.gap : poverty.severity;
}

double ours(const Oracle& city, const std::vector<double>& access, const std::string& name) {
  const Concentration concentration =
      access_concentration(city.people, access, city.income, RankTies::row_order);
  const TheilParts theil = access_theil(city.people, access, city.decile);
  const std::map<std::string, double> values{
      {"gini", access_gini(city.people, access)},
      {"palma_income_pc", access_palma(city.people, access, city.income)},
      {"conc_index_standard_incomepc", concentration.standard},
      {"conc_index_corrected_incomepc", concentration.corrected},
      {"theil_t", theil.total},
      {"theil_income_decile_between_group", theil.between},
      {"theil_income_decile_within_group", theil.within},
      {"theil_income_decile_total", theil.between + theil.within}};
  if (name.starts_with("FGT")) return poverty_of(city, access, name);
  const auto found = values.find(name);
  return found == values.end() ? undefined : found->second;
}

}  // namespace

TEST_CASE("inequality oracle: Belo Horizonte", "[metrics][inequality][oracle]") {
  const auto folder = test::shared("oracle/access/bho");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const test::Table places = test::read_table(folder / "bho_hex.csv");
  const test::Table values = test::read_table(folder / "bho_values_accessibility.csv");
  const test::Table expected = test::read_table(folder / "bho_inequality.csv");
  Oracle city{test::numbers(places, "population"), test::numbers(places, "income_per_capita"), {}};
  for (const double decile : test::numbers(places, "income_decile")) {
    city.decile.push_back(is_defined(decile) ? static_cast<std::uint32_t>(decile) : 0U);
  }
  REQUIRE(values.rows.size() == city.people.size());

  const std::vector<std::string> measures = expected.texts("measure");
  const std::vector<std::string> columns = expected.texts("access");
  const std::vector<double> references = test::numbers(expected, "ref_numpy");
  double farthest = 0.0;
  for (std::size_t r = 0; r < measures.size(); ++r) {
    INFO(measures[r] << " of " << columns[r]);
    const double value = ours(city, test::numbers(values, columns[r]), measures[r]);
    CHECK_THAT(value, WithinRel(references[r], tolerance));
    farthest = std::max(farthest, std::abs(value / references[r] - 1.0));
  }
  CHECK(measures.size() == 33);
  UNSCOPED_INFO("largest relative difference " << farthest);
  CHECK(farthest <= tolerance);
}

TEST_CASE("inequality oracle: four origins", "[metrics][inequality][oracle]") {
  const auto file = test::shared("oracle/access/tiny/tiny.json");
  if (file.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const Json tiny = Json::parse(std::ifstream(file));
  const Json& expected = tiny.at("inequality_on_cum_20");
  const auto people = tiny.at("population").get<std::vector<double>>();
  const auto income = tiny.at("income").get<std::vector<double>>();
  std::vector<double> access;
  for (const Json& cell : tiny.at("cum_20")) access.push_back(cell.at("value").get<double>());

  const auto value = [&](const char* name) { return expected.at(name).at("value").get<double>(); };
  CHECK_THAT(access_gini(people, access), WithinRel(value("gini"), tolerance));
  const Concentration index = access_concentration(people, access, income, RankTies::row_order);
  CHECK_THAT(index.standard, WithinRel(value("concentration_standard"), tolerance));
  CHECK_THAT(index.corrected, WithinRel(value("concentration_corrected"), tolerance));
  CHECK_THAT(access_theil(people, access, {}).total,
             WithinRel(expected.at("theil_t").get<double>(), tolerance));
  const AccessPoverty poverty = access_poverty(people, access, 6.0, PoorSide::below);
  const Json& fgt = expected.at("FGT0_1_2_line6");
  REQUIRE(fgt.size() == 3);
  CHECK_THAT(poverty.share, WithinRel(fgt.at(0).at("value").get<double>(), tolerance));
  CHECK_THAT(poverty.gap, WithinRel(fgt.at(1).at("value").get<double>(), tolerance));
  CHECK_THAT(poverty.severity, WithinRel(fgt.at(2).at("value").get<double>(), tolerance));
}
