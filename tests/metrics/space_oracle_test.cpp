#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "metrics/boundaries.h"
#include "metrics/centralization.h"
#include "metrics/columns.h"
#include "metrics/concentration.h"
#include "metrics/proximity_profile.h"
#include "metrics/space_tables.h"
#include "metrics/tables.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-10;
constexpr double tolerance_of_slivers = 1e-8;  // D_s

/// A place of the reference data.
struct Place {
  test::NamedColumns counts;
  std::vector<double> total, area_m2, perimeter_m, interior_m;
  std::vector<Point> centroids;
  Contiguity contiguity;
};

Place place_of(const std::filesystem::path& folder, const std::string& name) {
  Place place;
  const test::Table table = test::read_table(folder / (name + ".csv"));
  for (std::size_t c = 1; c < table.column("total"); ++c) {
    place.counts.names.push_back(table.header[c]);
    place.counts.columns.push_back(test::numbers(table, table.header[c]));
  }
  place.total = district_totals(place.counts.spans());
  const test::Table units = test::read_table(folder / "units.csv");
  place.area_m2 = test::numbers(units, "area_m2");
  place.perimeter_m = test::numbers(units, "perimeter_m");
  place.interior_m = test::numbers(units, "interior_perimeter_m");
  const std::vector<double> x = test::numbers(units, "cx_m");
  const std::vector<double> y = test::numbers(units, "cy_m");
  for (std::size_t i = 0; i < x.size(); ++i) place.centroids.push_back({x[i], y[i]});
  std::vector<test::Contact> contacts;
  for (const auto& row : test::read_table(folder / "adjacency.csv").rows) {
    const double shared = row[5] == "1" ? test::number(row[4]) : 0.0;  // rook
    contacts.push_back({std::stoul(row[0]), std::stoul(row[1]), shared});
  }
  place.contiguity = test::contiguity_of(x.size(), contacts);
  return place;
}

bool says(const std::string& params, const std::string& words) {
  return params.find(words) != std::string::npos;
}

EmptyDistricts empty_of(const std::string& params) {
  return says(params, "empty units dropped") ? EmptyDistricts::dropped : EmptyDistricts::kept;
}

std::vector<double> distances_of(const Place& place, const std::string& params) {
  const std::string unit = "centroid of unit index ";
  const std::size_t at = params.find(unit);
  const Point centre = at == std::string::npos
                           ? mean_centre(place.centroids, place.total, empty_of(params))
                           : place.centroids[std::stoul(params.substr(at + unit.size()))];
  return distances_to_nearest(place.centroids, {&centre, 1});
}

double computed(const Place& place, const std::string& index, const std::string& params,
                std::span<const double> group, std::span<const double> reference) {
  const EmptyDistricts empty = empty_of(params);
  if (index == "D_Morrill") {
    return contiguity_adjusted_dissimilarity(
        group, reference, place.contiguity,
        says(params, "queen") ? ContiguityRule::queen : ContiguityRule::rook, empty);
  }
  if (index == "D_w") {
    return boundary_adjusted_dissimilarity(group, reference, place.contiguity, empty);
  }
  if (index == "D_s") {
    return shape_adjusted_dissimilarity(
        group, reference, place.contiguity, place.area_m2,
        says(params, "interior perimeter") ? place.interior_m : place.perimeter_m, empty);
  }
  if (index == "Delta") return delta_index(group, place.total, place.area_m2, empty);
  if (index == "ACO") return absolute_concentration(group, place.total, place.area_m2);
  if (index == "RCO" || index == "RCO_T2_from_Y") {
    return relative_concentration(group, reference, place.total, place.area_m2,
                                  index == "RCO" ? LargeEnd::group : LargeEnd::reference);
  }
  const std::vector<double> distance = distances_of(place, params);
  if (index == "ACE") {
    return absolute_centralization(group, place.total, place.area_m2, distance, empty);
  }
  REQUIRE(index == "RCE");
  return relative_centralization(group, reference, distance);
}

void check_place(const std::string& name) {
  const auto folder = test::shared("oracle/segregation/" + name);
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const Place place = place_of(folder, name);
  std::map<std::string, int> compared;
  std::map<std::string, double> largest;
  for (const auto& row : test::read_table(folder / "values_reference.csv").rows) {
    const std::string& family = row[1];
    if (family != "two_group_contiguity" && family != "two_group_area" &&
        family != "two_group_centralization") {
      continue;
    }
    INFO(row[0] << " " << row[2] << " " << row[4]);
    REQUIRE(row[3] == "REST");
    const std::span<const double> group = place.counts.of(row[2]);
    const double ours = computed(place, row[0], row[4], group, test::less(place.total, group));
    const double theirs = test::number(row[5]);
    CHECK_THAT(ours, WithinAbs(theirs, row[0] == "D_s" ? tolerance_of_slivers : tolerance));
    largest[family] = std::max(largest[family], std::abs(ours - theirs));
    ++compared[family];
  }
  CHECK(compared["two_group_contiguity"] == 8 * 7);
  CHECK(compared["two_group_area"] == 8 * 8);
  CHECK(compared["two_group_centralization"] == 8 * 6);
  for (const auto& [family, difference] : largest) {
    INFO(family << " " << difference);
    CHECK(difference < 1e-11);
  }
  // What we would take for the interior outline, where neighbours do not overlap.
  if (name == "pvd_blocks") {
    const std::vector<double> interior = interior_perimeters(place.contiguity);
    for (std::size_t i = 0; i < interior.size(); ++i) {
      CHECK_THAT(interior[i], WithinAbs(place.interior_m[i], 1e-4));
    }
  }
}

}  // namespace

TEST_CASE("contiguity, area and centralization oracle: Delaware precincts", "[metrics][oracle]") {
  check_place("de_precincts");
}

TEST_CASE("contiguity, area and centralization oracle: Providence blocks", "[metrics][oracle]") {
  check_place("pvd_blocks");
}

TEST_CASE("the proximity profile agrees with PySAL on Delaware", "[metrics][oracle]") {
  const auto folder = test::shared("oracle/segregation/de_precincts");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const Place place = place_of(folder, "de_precincts");
  int compared = 0;
  for (const auto& row : test::read_table(folder / "values_pysal.csv").rows) {
    if (row[0] != "SpatialProxProf") continue;
    INFO(row[1]);
    const ProximityProfile profile = spatial_proximity_profile(
        place.counts.of(row[1]), place.total, place.contiguity, ContiguityRule::queen);
    CHECK_THAT(profile.index, WithinAbs(test::number(row[3]), 1e-9));
    ++compared;
  }
  CHECK(compared == 3);
}

TEST_CASE("pairs of groups agree with OasisR where its conventions are chosen",
          "[metrics][oracle]") {
  for (const std::string name : {"de_precincts", "pvd_blocks"}) {
    const auto folder = test::shared("oracle/segregation/" + name);
    if (folder.empty()) {
      WARN("skipped: no shared reference data");
      return;
    }
    const Place place = place_of(folder, name);
    std::map<std::string, int> compared;
    for (const auto& row : test::read_table(folder / "values_r.csv").rows) {
      const std::string& index = row[1];
      if (row[0] != "OasisR" || (index != "RCE" && index != "RCO" && index != "ISMorrill"))
        continue;
      INFO(name << " " << index << " " << row[2] << " " << row[3] << " " << row[4]);
      const std::span<const double> group = place.counts.of(row[2]);
      double ours = undefined;
      if (index == "ISMorrill") {
        ours = contiguity_adjusted_dissimilarity(
            group, test::less(place.total, group), place.contiguity,
            says(row[4], "queen") ? ContiguityRule::queen : ContiguityRule::rook,
            EmptyDistricts::dropped);
      } else if (index == "RCO") {
        ours = relative_concentration(group, place.counts.of(row[3]), place.total, place.area_m2,
                                      LargeEnd::reference);
      } else {
        const std::size_t unit = std::stoul(row[4].substr(row[4].rfind(' ')));
        ours = relative_centralization(
            group, place.counts.of(row[3]),
            distances_to_nearest(place.centroids, std::span(place.centroids).subspan(unit, 1)));
      }
      CHECK_THAT(ours, WithinAbs(test::number(row[5]), 1e-9));
      ++compared[index];
    }
    CHECK(compared["RCE"] == 56);
    CHECK(compared["RCO"] == 56);
    if (name == "de_precincts") CHECK(compared["ISMorrill"] == 16);
  }
}
