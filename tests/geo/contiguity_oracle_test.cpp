#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "geo/build_shapes.h"
#include "geo/contiguity.h"
#include "geo/measure.h"
#include "geo/repair.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::geo;
using namespace quartier::test;

namespace {

/// The shapes of a GeoJSON file, rings as they stand.
Polygons read_geojson(const std::filesystem::path& file) {
  std::ifstream stream(file);
  const nlohmann::json layer = nlohmann::json::parse(stream);
  std::vector<Shape> shapes;
  for (const auto& feature : layer.at("features")) {
    const auto& geometry = feature.at("geometry");
    Shape shape;
    const auto add_part = [&](const nlohmann::json& rings) {
      Part part;
      for (const auto& ring : rings) {
        Ring points;
        for (const auto& p : ring) points.push_back({p.at(0).get<double>(), p.at(1).get<double>()});
        part.push_back(points);
      }
      shape.push_back(part);
    };
    if (geometry.at("type") == "Polygon") {
      add_part(geometry.at("coordinates"));
    } else {
      for (const auto& part : geometry.at("coordinates")) add_part(part);
    }
    shapes.push_back(shape);
  }
  return polygons(shapes);
}

struct Expected {
  double shared_m = 0.0;
  bool rook = false;
};

std::map<std::pair<std::size_t, std::size_t>, Expected> read_adjacency(
    const std::filesystem::path& file) {
  std::map<std::pair<std::size_t, std::size_t>, Expected> pairs;
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  while (std::getline(stream, line)) {
    std::istringstream cells(line);
    std::vector<std::string> row;
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    pairs[{std::stoul(row[0]), std::stoul(row[1])}] = {std::stod(row[4]), row[5] == "1"};
  }
  return pairs;
}

}  // namespace

TEST_CASE("measures and contiguity of real maps agree with the reference", "[geo][contiguity]") {
  for (const std::string name : {"de_precincts", "pvd_blocks"}) {
    const auto folder = shared("oracle/segregation/" + name);
    if (folder.empty()) {
      WARN("skipped: no shared reference data");
      return;
    }
    CAPTURE(name);
    const auto loaded = repaired(read_geojson(folder / (name + ".geojson")), {name, ""});
    CHECK(loaded.findings.empty());
    const Polygons& shapes = loaded.value.shapes;

    const Measures measures = measured(shapes);
    std::ifstream units(folder / "units.csv");
    std::string line;
    std::getline(units, line);
    for (std::size_t i = 0; std::getline(units, line); ++i) {
      std::istringstream cells(line);
      std::vector<std::string> row;
      for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
      CHECK_THAT(measures.centroids[i].x, WithinAbs(std::stod(row[2]), 1e-6));
      CHECK_THAT(measures.centroids[i].y, WithinAbs(std::stod(row[3]), 1e-6));
      CHECK_THAT(measures.area_m2[i], WithinAbs(std::stod(row[4]), 1e-5));
      CHECK_THAT(measures.perimeter_m[i], WithinAbs(std::stod(row[5]), 1e-6));
    }

    const auto expected = read_adjacency(folder / "adjacency.csv");
    const Contiguity exact = contiguity_of(shapes, Metres{0.0});
    std::size_t links = 0;
    for (std::size_t i = 0; i < exact.size(); ++i) {
      for (std::uint32_t k = exact.start[i]; k < exact.start[i + 1]; ++k) {
        const std::size_t j = exact.neighbour[k];
        if (j < i) continue;
        CAPTURE(i, j);
        ++links;
        const auto found = expected.find({i, j});
        REQUIRE(found != expected.end());
        CHECK_THAT(exact.shared_m[k], WithinAbs(found->second.shared_m, 1e-6));
        CHECK((exact.shared_m[k] > 0.0) == found->second.rook);
      }
    }
    CHECK(links == expected.size());

    const Contiguity tolerant = contiguity_of(shapes);
    std::map<std::pair<std::size_t, std::size_t>, double> lengths;
    for (std::size_t i = 0; i < tolerant.size(); ++i) {
      for (std::uint32_t k = tolerant.start[i]; k < tolerant.start[i + 1]; ++k) {
        lengths[{i, tolerant.neighbour[k]}] = tolerant.shared_m[k];
      }
    }
    for (const auto& [pair, value] : expected) {
      CAPTURE(pair.first, pair.second, value.shared_m);
      REQUIRE(lengths.count(pair) == 1);
      CHECK(lengths[pair] >= value.shared_m - 1e-6);
    }
  }
}
