#include "metrics/registry.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <set>
#include <sstream>

#include "metrics/environment.h"
#include "metrics/result.h"
#include "metrics/space_tables.h"
#include "metrics/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

const test::NamedColumns small_city{
    {"turkey", "poland", "germany"},
    {{10.0, 20.0, 5.0, 0.0}, {5.0, 0.0, 15.0, 0.0}, {85.0, 30.0, 20.0, 0.0}}};

/// Four districts in a row, each larger than the one before.
Districts districts_in_a_row() {
  Districts districts;
  for (int i = 0; i < 4; ++i) {
    const double side = 100.0 * (i + 1);
    districts.ids.push_back("d" + std::to_string(i));
    districts.area_m2.push_back(side * side);
    districts.perimeter_m.push_back(4.0 * side);
    districts.centroids.push_back({100.0 * i, 0.0});
  }
  districts.names = districts.ids;
  return districts;
}

/// Everything any metric needs, over four districts of which the last is empty.
struct Everything {
  test::Population population = test::population_of(small_city);
  Districts districts = districts_in_a_row();
  Contiguity contiguity = test::contiguity_of(4, {{0, 1, 100.0}, {1, 2, 200.0}, {2, 3, 300.0}});
  SpatialWeights weights = test::weights_of(4, {{0, 1}, {1, 2}, {2, 3}}, true);
  Impedance impedance = test::impedance_of(
      {{100.0, 900.0}, {500.0, 700.0}, {unreachable, unreachable}, {200.0, 200.0}});
  std::vector<double> supply{4.0, 6.0};
  Impedance to_districts = test::impedance_of({{0.0, 500.0, 900.0, 700.0},
                                               {500.0, 0.0, 800.0, 900.0},
                                               {900.0, 800.0, 0.0, 100.0},
                                               {700.0, 900.0, 100.0, 0.0}});
  std::vector<double> fees{5.0, 0.0};
  std::vector<double> income{30.0, 10.0, 20.0, 40.0};
  CountTable earlier = population.counts;
  EnvironmentSpec environment = kernel_environment({KernelShape::triangular, 150.0});

  Everything() {
    impedance.window = {2, 800, {2, 1, 0, 2, 0, 2, 0, 2}};
    for (const GroupIndex g : {0U, 1U}) earlier.groups[g].readable[0] -= 2.0;
  }
  ParentLevel boroughs{"borough", "Borough", {"w", "e"}, {"West", "East"}, {0, 0, 1, 1}};

  [[nodiscard]] MetricInput input() const {
    MetricInput in;
    in.counts = &population.counts;
    in.groups = &population.groups;
    in.group = 1;
    in.reference = 3;
    in.districts = &districts;
    in.contiguity = &contiguity;
    in.weights = &weights;
    in.weights_label = "queen";
    in.impedance = &impedance;
    in.impedance_label = "streets";
    in.supply = supply;
    in.to_districts = &to_districts;
    in.access.scale_places = true;
    in.fees = fees;
    in.services = {{"libraries", &impedance, supply, in.access, 2.0},
                   {"schools", &impedance, supply, in.access, 1.0}};
    in.ranking = income;
    in.ranking_label = "income";
    in.earlier_impedance = &impedance;
    in.earlier_supply = supply;
    in.earlier = &earlier;
    in.environment = &environment;
    in.parents = &boroughs;
    in.permutations = 99;
    return in;
  }
};

CityValue city_value(std::string_view id, const MetricInput& in) {
  const MetricEntry* entry = find_metric(id);
  REQUIRE(entry != nullptr);
  REQUIRE(entry->city != nullptr);
  return entry->city(in);
}

DistrictValues district_values(std::string_view id, const MetricInput& in) {
  const MetricEntry* entry = find_metric(id);
  REQUIRE(entry != nullptr);
  REQUIRE(entry->districts != nullptr);
  return entry->districts(in);
}

/// One cell of `turkey` in the second district becomes 18 readable persons and a hidden cell.
Everything with_unknown_cell(double greatest) {
  Everything all;
  for (const GroupIndex g : {0U, 1U}) {
    CountColumn& column = all.population.counts.groups[g];
    column.readable[1] -= 2.0;
    column.hidden = {0, 1, 0, 0};
    column.least = column.readable;
    column.greatest = column.readable;
    column.least[1] += 1.0;
    column.greatest[1] += greatest;
  }
  return all;
}

std::string between(std::string_view mark, std::string_view text) {
  std::string marked(mark);
  return marked.append(text).append(mark);
}

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("the table of metrics is well formed", "[metrics][registry]") {
  std::set<std::string_view> ids;
  std::vector<std::string_view> families;
  for (const MetricEntry& entry : metric_table()) {
    INFO(entry.id);
    CHECK(ids.insert(entry.id).second);
    if (families.empty() || families.back() != entry.family) families.push_back(entry.family);
    CHECK((entry.city != nullptr) == (entry.scope == Scope::city));
    CHECK((entry.districts != nullptr) == (entry.scope == Scope::district));
    CHECK(!entry.label.empty());
    CHECK(!entry.symbol.empty());
    CHECK(!entry.unit.empty());
    CHECK(entry.lowest < entry.highest);
    CHECK((!is_defined(entry.neutral) ||
           (entry.neutral >= entry.lowest && entry.neutral <= entry.highest)));
    REQUIRE(!entry.meaning.empty());
    CHECK(entry.meaning.back() == '.');
    CHECK((!entry.needs.reference || entry.needs.group));
    CHECK(find_metric(entry.id) == &entry);
  }
  REQUIRE(families.size() == metric_families().size());
  for (std::size_t f = 0; f < families.size(); ++f) CHECK(families[f] == metric_families()[f].id);
  CHECK(find_metric("segregation") == nullptr);
  for (const std::string_view id :
       {"share", "location_quotient", "entropy", "dissimilarity", "gini", "isolation",
        "interaction", "theil_h", "local_divergence", "moran_i", "local_moran", "nearest_service",
        "services_within", "two_step_floating_catchment", "access_mean", "access_gap",
        "access_share_within", "access_unreachable"}) {
    INFO(id);
    CHECK(ids.count(id) == 1);
  }
}

TEST_CASE("every metric computes on a small city, within its limits", "[metrics][registry]") {
  const Everything all;
  const MetricInput in = all.input();
  for (const MetricEntry& entry : metric_table()) {
    INFO(entry.id);
    if (entry.id.ends_with("_palma")) continue;  // no tenth of three districts ranks highest
    if (entry.scope == Scope::city) {
      const CityValue result = entry.city(in);
      CHECK(result.value >= entry.lowest);
      CHECK(result.value <= entry.highest);
      CHECK(std::isnan(result.lower));
      continue;
    }
    const DistrictValues result = entry.districts(in);
    REQUIRE(result.values.size() == 4);
    CHECK((result.categories.empty() ? 0U : 4U) == (entry.categories.empty() ? 0U : 4U));
    CHECK(result.lower.empty());
    for (std::size_t i = 0; i < 3; ++i) {
      // The sum over all others has no deviation: the second district neighbours both.
      if (entry.unit == "standard deviations" && i == 1) continue;
      // The third district reaches nothing that could have a mean, or a least.
      const bool of_reached = entry.id.starts_with("buffer_") || entry.id == "cheapest_within";
      if (of_reached && i == 2) continue;
      // The first district has more people than the one site in its reach has places.
      if (entry.id == "doubly_constrained_cost") continue;
      CHECK(result.values[i] >= entry.lowest);
      CHECK(result.values[i] <= entry.highest);
    }
  }
}

TEST_CASE("the table hands the right columns to the right functions", "[metrics][registry]") {
  const Everything all;
  MetricInput in = all.input();

  SECTION("worked examples of composition and exposure: 35 of 190, districts of 100, 50, 40") {
    CHECK_THAT(city_value("city_share", in).value, WithinAbs(35.0 / 190.0, tolerance));
    CHECK_THAT(district_values("share", in).values[1], WithinAbs(0.4, tolerance));
    CHECK(std::isnan(district_values("share", in).values[3]));
    const CityValue isolation = city_value("isolation", in);
    CHECK_THAT(isolation.value,
               WithinAbs((10.0 * 0.1 + 20.0 * 0.4 + 5.0 * 0.125) / 35.0, tolerance));
    CHECK_THAT(isolation.expected, WithinAbs(35.0 / 190.0, tolerance));
    const CityValue interaction = city_value("interaction", in);
    CHECK_THAT(interaction.value,
               WithinAbs((10.0 * 0.85 + 20.0 * 0.6 + 5.0 * 0.5) / 35.0, tolerance));
    CHECK_THAT(interaction.expected, WithinAbs(135.0 / 190.0, tolerance));
  }
  SECTION("worked example of D: 10/35 20/35 5/35 against 85/135 30/135 20/135") {
    CHECK_THAT(city_value("dissimilarity", in).value,
               WithinAbs(20.0 / 35.0 - 30.0 / 135.0, tolerance));
  }
  SECTION("without a reference, against the rest: 90/155 30/155 35/155") {
    in.reference = no_index;
    CHECK_THAT(city_value("dissimilarity", in).value,
               WithinAbs(20.0 / 35.0 - 30.0 / 155.0, tolerance));
  }
  SECTION("a partition of one's own: only two of the groups") {
    const std::array<GroupIndex, 2> two{1, 3};
    in.partition = two;
    CHECK_THAT(city_value("multigroup_dissimilarity", in).value,
               WithinAbs(city_value("dissimilarity", in).value, tolerance));
  }
  SECTION("access gap: who reaches nothing stands in the status") {
    const CityValue gap = city_value("access_gap", in);
    const double group = (10.0 * 100.0 + 20.0 * 500.0) / 30.0;
    const double reference = (85.0 * 100.0 + 30.0 * 500.0) / 115.0;
    CHECK_THAT(gap.value, WithinAbs(group - reference, tolerance));
    CHECK(gap.status ==
          "5 persons of the group reach none; 20 persons of the reference reach none");
    CHECK(gap.parameters == "impedance=streets");
    CHECK(city_value("access_unreachable", in).value == 5.0);
    CHECK(city_value("access_share_within", in).parameters == "impedance=streets; cutoff_m=800");
  }
  SECTION("2SFCA in places per 1000 people: 4 for 150 people, 6 for 50, all within 800 m") {
    const DistrictValues access = district_values("two_step_floating_catchment", in);
    CHECK_THAT(access.values[0], WithinAbs(4000.0 / 150.0, tolerance));
    CHECK_THAT(access.values[1], WithinAbs(4000.0 / 150.0 + 6000.0 / 50.0, tolerance));
    CHECK(access.values[2] == 0.0);
    CHECK(city_value("unused_supply", in).value == 0.0);
    const std::array demand{0.0, 0.0, 9.0, 0.0};
    in.demand = demand;
    CHECK(city_value("unused_supply", in).value == 10.0);
  }
  SECTION("clustering names its weights, draws and seed") {
    CHECK(city_value("moran_i", in).parameters ==
          "weights=queen; islands=kept; permutations=99; seed=1");
    CHECK(city_value("moran_i", in).status == "1 district without a share");
    CHECK(district_values("local_moran", in).p_values.size() == 4);
  }
}

TEST_CASE("an index that does not exist says why", "[metrics][registry]") {
  Everything all;
  all.population.counts.groups[1].readable.assign(4, 0.0);
  const MetricInput in = all.input();
  const CityValue result = city_value("dissimilarity", in);
  CHECK(std::isnan(result.value));
  CHECK(std::isnan(result.expected));
  CHECK(result.status == "undefined: nobody is counted in turkey");
  MetricInput rest = in;
  rest.group = 2;
  rest.reference = 1;
  CHECK(std::isnan(city_value("gini", rest).value));
  for (const std::size_t g : {2U, 3U}) all.population.counts.groups[g].readable.assign(4, 0.0);
  CHECK(city_value("multigroup_theil_h", in).status ==
        "undefined: fewer than two groups have members");
}

TEST_CASE("a metric refuses an input that lacks what it needs", "[metrics][registry]") {
  const Everything all;
  for (const MetricEntry& entry : metric_table()) {
    INFO(entry.id);
    MetricInput in = all.input();
    if (entry.needs.group) in.group = no_index;
    if (entry.needs.partition) in.groups = nullptr;
    if (entry.needs.weights) in.weights = nullptr;
    if (entry.needs.districts) in.districts = nullptr;
    if (entry.needs.contiguity) in.contiguity = nullptr;
    if (entry.needs.service) in.impedance = nullptr;
    if (entry.needs.services) in.services.clear();
    if (entry.needs.parents) in.parents = nullptr;
    if (entry.needs.earlier) in.earlier = nullptr;
    if (entry.scope == Scope::city) {
      CHECK_THROWS_AS(entry.city(in), std::logic_error);
    } else {
      CHECK_THROWS_AS(entry.districts(in), std::logic_error);
    }
  }
}

TEST_CASE("unknown cells", "[metrics][registry]") {
  const Everything all = with_unknown_cell(4.0);
  MetricInput in = all.input();

  SECTION("left out of the sums, with the range of the scenarios: 18, 19 or 22 of the group") {
    const CityValue result = city_value("dissimilarity", in);
    const auto with = [](double persons) {
      const double third = 5.0 / (15.0 + persons) - 20.0 / 135.0;
      return persons / (15.0 + persons) - 30.0 / 135.0 + std::max(0.0, third);
    };
    CHECK_THAT(result.value, WithinAbs(with(18.0), tolerance));
    CHECK_THAT(result.lower, WithinAbs(with(18.0), tolerance));
    CHECK_THAT(result.upper, WithinAbs(with(22.0), tolerance));
    CHECK(result.status == "1 of 8 cells partly unknown");
  }
  SECTION("the rest is known where the same cell is hidden in everyone and in the group") {
    in.reference = no_index;
    CHECK(city_value("dissimilarity", in).status == "1 of 8 cells partly unknown");
    const auto with = [](double persons) { return persons / (15.0 + persons) - 30.0 / 155.0; };
    CHECK_THAT(city_value("dissimilarity", in).upper, WithinAbs(with(22.0), tolerance));
  }
  SECTION("per district, only the value that can move has a range") {
    const DistrictValues share = district_values("share", in);
    CHECK_THAT(share.values[1], WithinAbs(18.0 / 48.0, tolerance));
    CHECK_THAT(share.lower[1], WithinAbs(18.0 / 48.0, tolerance));
    CHECK_THAT(share.upper[1], WithinAbs(22.0 / 52.0, tolerance));
    CHECK(std::isnan(share.lower[0]));
    CHECK(share.status == "2 of 8 cells partly unknown");
  }
  SECTION("without a greatest count there is no range, and the status says so") {
    const Everything open = with_unknown_cell(std::numeric_limits<double>::infinity());
    const CityValue result = city_value("gini", open.input());
    CHECK(is_defined(result.value));
    CHECK(std::isnan(result.lower));
    CHECK(result.status ==
          "1 of 8 cells partly unknown; no range: 1 of them have no greatest count");
  }
  SECTION("the district left out: 10 and 5 of 15 against 85 and 20 of 105") {
    in.unknown = UnknownPolicy::district_left_out;
    const CityValue result = city_value("dissimilarity", in);
    CHECK_THAT(result.value, WithinAbs(85.0 / 105.0 - 10.0 / 15.0, tolerance));
    CHECK(result.status == "1 of 8 cells partly unknown; 1 of 4 districts left out");
    CHECK(std::isnan(result.lower));
    CHECK(std::isnan(district_values("dissimilarity_contribution", in).values[1]));
    CHECK(is_defined(district_values("dissimilarity_contribution", in).values[0]));
  }
  SECTION("undefined: the index, and of districts those that depend on it") {
    in.unknown = UnknownPolicy::index_undefined;
    const CityValue result = city_value("dissimilarity", in);
    CHECK(std::isnan(result.value));
    CHECK(result.status == "undefined: 1 of 8 cells partly unknown");
    const DistrictValues share = district_values("share", in);
    CHECK(is_defined(share.values[0]));
    CHECK(std::isnan(share.values[1]));
    const DistrictValues quotient = district_values("location_quotient", in);
    CHECK(std::isnan(quotient.values[0]));
    CHECK(std::isnan(district_values("local_moran", in).values[0]));
    CHECK(std::isnan(city_value("moran_i", in).p_value));
  }
  SECTION("the policies are called by name in a study") {
    for (const UnknownPolicy policy :
         {UnknownPolicy::left_out_of_sums, UnknownPolicy::district_left_out,
          UnknownPolicy::index_undefined}) {
      CHECK(unknown_policy_of(id_of(policy)) == policy);
    }
    CHECK(!unknown_policy_of("zero").has_value());
  }
}

TEST_CASE("the documentation tells of every metric and every source", "[metrics][docs]") {
  const auto docs = test::source_dir() / "docs";
  std::string pages;
  for (const auto& page : std::filesystem::directory_iterator(docs / "metrics")) {
    pages += text_of(page.path());
  }
  const std::string references = text_of(docs / "references.md");
  for (const MetricEntry& entry : metric_table()) {
    INFO(entry.id);
    CHECK(pages.find(between("`", entry.id)) != std::string::npos);
    if (!entry.source.empty()) {
      INFO(entry.source);
      CHECK(references.find(between("**", entry.source)) != std::string::npos);
    }
  }
}

TEST_CASE("the columns of a table of results", "[metrics][registry]") {
  CHECK(result_columns.front() == "date");
  CHECK(result_columns.back() == "status");
  CHECK(std::isnan(ResultRow{}.value));
}
