#include <map>

#include "metrics/registry.h"
#include "metrics/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr std::size_t region_count = 23;
constexpr GroupIndex northern_africa = 3;
constexpr GroupIndex south_america = 8;
constexpr GroupIndex southern_asia = 12;
constexpr GroupIndex south_eastern_asia = 13;
constexpr GroupIndex southern_europe = 17;

/// Residents by region of nationality; ".." hides 1 to 4 persons of one sex.
test::Population residents(const test::Table& table, const std::string& date) {
  std::map<int, std::size_t> districts;
  for (const auto& row : table.rows) districts.emplace(std::stoi(row[3]), 0);
  std::size_t next = 0;
  for (auto& [code, position] : districts) position = next++;

  test::Population population;
  population.counts.date = date;
  population.counts.groups.resize(region_count + 1);
  for (CountColumn& column : population.counts.groups) {
    column.readable.assign(districts.size(), 0.0);
    column.hidden.assign(districts.size(), 0);
    column.least = column.greatest = column.readable;
  }
  population.groups.nodes.push_back({"everyone", "Everyone", no_index, false});
  for (std::size_t r = 1; r <= region_count; ++r) {
    population.groups.nodes.push_back({std::to_string(r), "region " + std::to_string(r), 0, false});
  }
  for (const auto& row : table.rows) {
    if (row[0] != date) continue;
    const std::size_t i = districts.at(std::stoi(row[3]));
    const bool hidden = row[5] == "..";
    const double persons = hidden ? 0.0 : test::number(row[5]);
    for (const std::size_t g : {std::size_t{0}, std::size_t{std::stoul(row[6])}}) {
      CountColumn& column = population.counts.groups[g];
      column.readable[i] += persons;
      column.least[i] += hidden ? 1.0 : persons;
      column.greatest[i] += hidden ? 4.0 : persons;
      if (hidden) ++column.hidden[i];
    }
  }
  return population;
}

}  // namespace

TEST_CASE("Barcelona 2025: dissimilarity against Southern Europe", "[metrics][oracle]") {
  const auto file =
      test::shared("data/barcelona/population/2020-2025_pad_mdb_nacionalitat-regio_sexe.csv");
  if (file.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const test::Population city = residents(test::read_table(file), "2025-01-01");
  REQUIRE(city.counts.district_count() == 73);
  double people = 0.0;
  for (const double t : city.counts.everyone()) people += t;
  CHECK(people == 1'731'124.0);

  MetricInput in;
  in.counts = &city.counts;
  in.groups = &city.groups;
  in.reference = southern_europe;
  const auto dissimilarity = [&](GroupIndex group) {
    in.group = group;
    return find_metric("dissimilarity")->city(in);
  };
  CHECK_THAT(dissimilarity(southern_asia).value, WithinAbs(0.466, 0.0005));
  CHECK_THAT(dissimilarity(south_eastern_asia).value, WithinAbs(0.537, 0.0005));
  CHECK_THAT(dissimilarity(northern_africa).value, WithinAbs(0.330, 0.0005));
  CHECK_THAT(dissimilarity(south_america).value, WithinAbs(0.152, 0.0005));

  const CityValue uncertain = dissimilarity(south_eastern_asia);
  CHECK(uncertain.status.find(" of 146 cells partly unknown") != std::string::npos);
  CHECK(uncertain.lower <= uncertain.value);
  CHECK(uncertain.value <= uncertain.upper);
  CHECK(uncertain.upper - uncertain.lower < 0.02);
  CHECK(uncertain.expected < 0.1);
}
