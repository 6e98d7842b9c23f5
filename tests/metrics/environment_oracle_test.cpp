/// Environments against the reference values of two real cities.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "metrics/distortion.h"
#include "metrics/profile.h"
#include "metrics/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-10;

struct City {
  test::NamedColumns counts;
  std::vector<std::span<const double>> groups;
  std::vector<Point> places;
};

City city_at(const std::filesystem::path& folder) {
  City city;
  const test::Table table = test::read_table(folder / (folder.filename().string() + ".csv"));
  for (std::size_t c = 1; c < table.column("total"); ++c) {
    city.counts.names.push_back(table.header[c]);
    city.counts.columns.push_back(test::numbers(table, table.header[c]));
  }
  city.groups = city.counts.spans();
  const test::Table units = test::read_table(folder / "units.csv");
  const std::vector<double> x = test::numbers(units, "cx_m");
  const std::vector<double> y = test::numbers(units, "cy_m");
  for (std::size_t i = 0; i < x.size(); ++i) city.places.push_back({x[i], y[i]});
  return city;
}

/// What follows "name=" in a text, up to a space, semicolon or comma.
std::string part_of(const std::string& text, const std::string& name) {
  const std::size_t at = text.find(name + "=");
  if (at == std::string::npos) return {};
  const std::size_t from = at + name.size() + 1;
  return text.substr(from, text.find_first_of(" ;,", from) - from);
}

/// The environment that `params` of a reference row describe.
EnvironmentSpec spec_of(const std::string& family, const std::string& params) {
  const auto value = [&](const char* name) { return test::number(part_of(params, name)); };
  if (family == "bespoke_k_persons") return nearest_people(value("K"), TieRule::row_order);
  if (family == "bespoke_knn_units") return nearest_districts(value("k"), TieRule::row_order);
  if (family == "reardon_osullivan_exp_cut") {
    const bool cut = part_of(params, "maxdist_km") != "none";
    return kernel_environment(decay_per_km(value("power"), cut ? value("maxdist_km") : INFINITY));
  }
  Kernel kernel;
  kernel.shape = kernel_shape_of(part_of(params, "kernel")).value();
  kernel.bandwidth_m = value("bandwidth_m");
  return kernel_environment(kernel);
}

double index_of(const std::string& name, const ProfilePoint& point, std::size_t group,
                std::size_t other, std::size_t group_count) {
  if (name == "spatial_H" || name == "egohood_H_multi") return spatial_theil_entropy(point.sums);
  if (name == "spatial_R") return spatial_relative_diversity(point.sums);
  if (name == "spatial_D" || name == "egohood_D_multi") return spatial_dissimilarity(point.sums);
  if (name == "spatial_divergence" || name == "egohood_M_nats") {
    return spatial_divergence(point.sums);
  }
  if (name == "spatial_P") return point.exposures[group * group_count + other];
  throw std::runtime_error("no such index: " + name);
}

struct Compared {
  std::size_t rows = 0;
  double largest = 0.0;
};

Compared compare(const std::filesystem::path& folder) {
  constexpr std::array<std::string_view, 5> families{
      "reardon_osullivan", "reardon_osullivan_exp_cut", "egohood_smoothed_counts",
      "bespoke_knn_units", "bespoke_k_persons"};
  const City city = city_at(folder);
  const test::Table table = test::read_table(folder / "values_reference.csv");
  const std::size_t params_column = table.column("params");
  std::map<std::string, ProfilePoint> points;
  const auto group_of = [&](const std::string& name) -> std::size_t {
    const auto& names = city.counts.names;
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  Compared compared;
  for (const auto& row : table.rows) {
    const std::string& family = row[table.column("family")];
    if (std::find(families.begin(), families.end(), family) == families.end()) continue;
    const bool smoothed = family == "egohood_smoothed_counts";
    const EnvironmentSpec spec = spec_of(family, row[params_column]);
    const std::string key = text_of(spec) + (smoothed ? " smoothed" : "");
    if (points.find(key) == points.end()) {
      const double scale = spec.kind == EnvironmentKind::kernel           ? spec.kernel.bandwidth_m
                           : spec.kind == EnvironmentKind::nearest_people ? spec.persons
                                                                          : spec.districts;
      points[key] = environment_profile(
          city.groups, city.places, spec, std::array{scale},
          smoothed ? Weighing::smoothed_population : Weighing::own_residents)[0];
    }
    const double ours =
        index_of(row[table.column("index")], points[key], group_of(row[table.column("focal")]),
                 group_of(row[table.column("other")]), city.groups.size());
    const double theirs = test::number(row[table.column("value")]);
    INFO(row[table.column("index")] << " " << family << " " << row[params_column]);
    CHECK_THAT(ours, WithinAbs(theirs, tolerance));
    compared.largest = std::max(compared.largest, std::abs(ours - theirs));
    ++compared.rows;
  }
  return compared;
}

}  // namespace

TEST_CASE("environments agree with the reference values", "[metrics][environment][oracle]") {
  const auto folder = test::shared("oracle/segregation");
  if (!std::filesystem::exists(folder)) {
    WARN("skipped: no reference values");
    return;
  }
  SECTION("precincts") {
    const Compared compared = compare(folder / "de_precincts");
    INFO("largest difference " << compared.largest);
    CHECK(compared.rows == 215);
    CHECK(compared.largest <= tolerance);
  }
  SECTION("blocks") {
    const Compared compared = compare(folder / "pvd_blocks");
    INFO("largest difference " << compared.largest);
    CHECK(compared.rows == 159);
    CHECK(compared.largest <= tolerance);
  }
}

TEST_CASE("local columns of environments agree with the reference values",
          "[metrics][environment][oracle]") {
  const auto folder = test::shared("oracle/segregation/de_precincts");
  if (!std::filesystem::exists(folder)) {
    WARN("skipped: no reference values");
    return;
  }
  const City city = city_at(folder);
  const test::Table local = test::read_table(folder / "local_reference.csv");
  std::size_t compared = 0;
  double largest = 0.0;
  const auto check = [&](double ours, double theirs) {
    CHECK_THAT(ours, WithinAbs(theirs, std::max(1.0, std::abs(theirs)) * tolerance));
    largest = std::max(largest, std::abs(ours - theirs) / std::max(1.0, std::abs(theirs)));
    ++compared;
  };
  const auto shares = compositions_of(environment_counts(
      city.groups, city.places, kernel_environment({KernelShape::triangular, 1000.0})));
  for (std::size_t k = 0; k < city.groups.size(); ++k) {
    const auto theirs = test::numbers(local, "env_tri1000_" + city.counts.names[k]);
    for (std::size_t i = 0; i < theirs.size(); ++i) {
      if (!is_defined(theirs[i])) {
        CHECK(!is_defined(shares[k][i]));
        continue;
      }
      check(shares[k][i], theirs[i]);
    }
  }
  const auto theirs = test::numbers(local, "distortion_unnormalised");
  const auto ours = distortions(city.groups, city.places, TieRule::row_order);
  for (std::size_t i = 0; i < theirs.size(); ++i) check(ours[i], theirs[i]);
  INFO("largest difference " << largest);
  CHECK(compared == 9 * city.places.size());
  CHECK(largest <= tolerance);
}
