#include <cmath>
#include <fstream>
#include <functional>
#include <iterator>

#include "metrics/access.h"
#include "metrics/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;

/// 898 hexagons of Belo Horizonte, each an origin and a site.
struct City {
  TravelCosts costs;
  std::vector<double> population;
  std::vector<double> jobs;
  std::vector<double> schools;
  /// Costs to the hexagons with schools alone, as the second file has them.
  TravelCosts school_costs;
  std::vector<double> at_schools;
};

City read_city(const std::filesystem::path& folder) {
  City city;
  const test::Table hexes = test::read_table(folder / "bho_hex.csv");
  city.population = test::numbers(hexes, "population");
  city.jobs = test::numbers(hexes, "jobs");
  city.schools = test::numbers(hexes, "schools");
  const std::size_t n = city.population.size();
  std::ifstream file(folder / "bho_ttm_u16.bin", std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
  REQUIRE(bytes.size() == 2 * n * n);
  std::vector<std::uint32_t> table(n * n);
  std::vector<std::uint32_t> to_schools;
  std::vector<std::size_t> with_schools;
  for (std::size_t j = 0; j < n; ++j) {
    if (city.schools[j] > 0.0) with_schools.push_back(j);
  }
  for (const std::size_t j : with_schools) city.at_schools.push_back(city.schools[j]);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const std::size_t at = i * n + j;
      const auto low = static_cast<unsigned char>(bytes[2 * at]);
      const auto high = static_cast<unsigned char>(bytes[2 * at + 1]);
      const std::uint32_t cost = low + 256U * high;
      table[at] = cost == 65535U ? no_cost : cost;
    }
    for (const std::size_t j : with_schools) to_schools.push_back(table[i * n + j]);
  }
  city.costs = TravelCosts::of_table(CostUnit::tenth_of_minute, n, n, table);
  city.school_costs =
      TravelCosts::of_table(CostUnit::tenth_of_minute, n, with_schools.size(), to_schools);
  return city;
}

double reference_of(const std::string& cell) {
  if (cell == "inf" || cell == "Inf") return unreachable;
  return test::number(cell);
}

/// Largest relative difference; cells must be infinite alike, and empty cells what our rule says.
struct Comparison {
  std::size_t count = 0;
  std::size_t by_rule = 0;
  double largest = 0.0;
};

void compare(const test::Table& table, const std::string& column, const std::vector<double>& ours,
             double where_empty, Comparison& all) {
  INFO(column);
  const std::vector<std::string> cells = table.texts(column);
  REQUIRE(ours.size() == cells.size());
  double largest = 0.0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    INFO("hexagon " << i << " is " << ours[i] << ", not " << cells[i]);
    const double expected = reference_of(cells[i]);
    ++all.count;
    if (std::isnan(expected)) {
      ++all.by_rule;
      const bool same = std::isnan(where_empty) ? std::isnan(ours[i]) : ours[i] == where_empty;
      if (!same) CHECK(ours[i] == where_empty);
    } else if (std::isinf(expected)) {
      if (ours[i] != expected) CHECK(ours[i] == expected);
    } else {
      const double difference = std::abs(ours[i] - expected);
      const double relative = difference == 0.0 ? 0.0 : difference / std::abs(expected);
      if (!(relative <= tolerance)) CHECK(relative <= tolerance);
      largest = std::max(largest, relative);
    }
  }
  all.largest = std::max(all.largest, largest);
}

Decay decay(const std::string& words, double cutoff = unreachable) {
  return decay_of(words, cutoff);
}

}  // namespace

TEST_CASE("access oracle: Belo Horizonte, every column of the R package", "[metrics][oracle]") {
  const auto file = test::shared("oracle/access/bho/bho_values_accessibility.csv");
  if (file.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const City city = read_city(file.parent_path());
  const test::Table table = test::read_table(file);
  const TravelCosts& t = city.costs;
  REQUIRE(t.is_dense());
  const Decay exp01 = decay("exponential:0.1");
  const auto two_step = [&](const std::vector<double>& supply, const Decay& f) {
    return enhanced_floating_catchment(t, supply, city.population, f).access;
  };
  const auto balanced = [&](const std::vector<double>& supply, const Decay& f) {
    return balanced_floating_catchment(t, supply, city.population, f, DemandShares::all_sites)
        .access;
  };
  Comparison all;
  std::size_t columns = 0;
  const auto check = [&](const std::string& column, const std::vector<double>& ours,
                         double where_empty = undefined) {
    compare(table, column, ours, where_empty, all);
    ++columns;
  };
  check("closest_schools_n1", cost_to_opportunities(t, city.schools, 1.0));
  check("closest_schools_n2", cost_to_opportunities(t, city.schools, 2.0));
  check("closest_schools_n5", cost_to_opportunities(t, city.schools, 5.0));
  check("closest_jobs_n10000", cost_to_opportunities(t, city.jobs, 10000.0));
  for (const char* minutes : {"15", "30", "60"}) {
    const double cutoff = std::stod(minutes);
    check(std::string("cum_jobs_") + minutes, services_within(t, city.jobs, cutoff));
    check(std::string("cum_schools_") + minutes, services_within(t, city.schools, cutoff));
  }
  check("passive_cum_pop_30", passive_access(t, city.population, decay("binary", 30.0)));
  check("cumint_jobs_30_60_median_inc1",
        services_within_interval(t, city.jobs, {30.0, 60.0, 1.0}, true));
  check("gravity_jobs_linear30", gravity_access(t, city.jobs, decay("linear", 30.0)));
  check("gravity_jobs_exp0.1", gravity_access(t, city.jobs, exp01));
  check("gravity_jobs_power1", gravity_access(t, city.jobs, decay("power:1")));
  check("gravity_jobs_step10_20_30",
        gravity_access(t, city.jobs, decay("step:10=1,20=0.67,30=0.33,outer")));
  check("gravity_jobs_logistic30_10", gravity_access(t, city.jobs, decay("logistic:30,10")));
  check("2sfca_jobs_bin45", two_step(city.jobs, decay("binary", 45.0)));
  check("2sfca_jobs_exp0.1", two_step(city.jobs, exp01));
  check("2sfca_schools_bin30", two_step(city.schools, decay("binary", 30.0)));
  check("bfca_jobs_bin45", balanced(city.jobs, decay("binary", 45.0)));
  check("bfca_jobs_exp0.1", balanced(city.jobs, exp01));
  check("bfca_schools_bin30", balanced(city.schools, decay("binary", 30.0)));
  check("spatav_jobs_exp0.1", spatial_availability(t, city.jobs, city.population, exp01), 0.0);
  check("spatav_jobs_exp0.1_alpha0.5",
        spatial_availability(t, city.jobs, city.population, exp01, 0.5), 0.0);
  check("balcost_jobs_inc1", balancing_cost(t, city.jobs, city.population, 1.0));
  check("totalconstr_jobs_exp0.1", total_constrained_access(t, city.jobs, exp01));
  check("singlyconstr_jobs_exp0.1", spatial_availability(t, city.jobs, city.population, exp01),
        0.0);
  CHECK(columns + 2 == table.header.size());  // but idx and id
  CHECK(all.count == 28 * 898);
  CHECK(all.by_rule == 74);  // 36 hexagons without people, twice, and 2 that never balance
  CHECK(all.largest < tolerance);
}

TEST_CASE("access oracle: Belo Horizonte, floating catchments", "[metrics][oracle]") {
  const auto file = test::shared("oracle/access/bho/bho_values_fca_raam.csv");
  if (file.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const City city = read_city(file.parent_path());
  const test::Table table = test::read_table(file);
  const TravelCosts& t = city.school_costs;
  const std::vector<double>& supply = city.at_schools;
  const Decay gaussian = decay("gaussian:20", 60.0);
  const auto enhanced = [&](const Decay& f) {
    return enhanced_floating_catchment(t, supply, city.population, f).access;
  };
  Comparison all;
  const auto check = [&](const std::string& column, const std::vector<double>& ours) {
    compare(table, column, ours, 0.0, all);
  };
  check("ref_2sfca_schools_30",
        two_step_floating_catchment(t, supply, city.population, 30.0).access);
  check("ref_e2sfca_schools_10_20_30", enhanced(decay("step:10=1,20=0.68,30=0.22")));
  check("ref_g2sfca_schools_sigma20_max60", enhanced(gaussian));
  check("ref_kd2sfca_schools_epan30", enhanced(decay("epanechnikov", 30.0)));
  check("ref_m2sfca_schools_sigma20_max60",
        modified_floating_catchment(t, supply, city.population, gaussian).access);
  check("ref_3sfca_schools_10_20_30_60",
        three_step_floating_catchment(t, supply, city.population,
                                      decay("step:10=0.962,20=0.704,30=0.377,60=0.042"))
            .access);
  check("ref_spatav_schools_bin30",
        spatial_availability(t, supply, city.population, decay("binary", 30.0)));
  check("ref_spatav_jobs_exp0.1",
        spatial_availability(city.costs, city.jobs, city.population, decay("exponential:0.1")));
  CHECK(all.count == 8 * 898);
  CHECK(all.by_rule == 0);
  CHECK(all.largest < tolerance);
}
