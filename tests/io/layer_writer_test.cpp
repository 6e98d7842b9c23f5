#include "io/layer_writer.h"

#include <sqlite3.h>

#include <limits>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/number.h"
#include "io/checksum.h"
#include "io/vector_crs.h"
#include "io/vector_reader.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::io;

namespace {

Polygons two_squares() {
  Polygons shapes;
  for (const double x : {0.0, 100.0}) {
    shapes.vertices.insert(shapes.vertices.end(), {{x, 0}, {x + 100, 0}, {x + 100, 100}, {x, 100}});
    shapes.close_ring();
    shapes.close_part();
    shapes.close_district();
  }
  return shapes;
}

OutputLayer layer_named(const std::string& name) {
  OutputLayer layer;
  layer.name = name;
  layer.description = "Source: \"quoted\" = text";
  layer.columns = {{"id", std::vector<std::string>{"01", "02"}, {}},
                   {"share", std::vector<double>{0.25, undefined}, {"", "suppressed"}}};
  layer.styles = {{"shares", "classes", "<qgis version=\"3.22\"/>", "<sld/>"},
                  {"plain", "", "<qgis/>", ""}};
  return layer;
}

void write(const std::filesystem::path& file, const std::string& name = "districts") {
  const Crs crs = crs_from_epsg(25833);
  LayerWriter writer(file);
  writer.add_polygons(layer_named(name), two_squares(), crs);
  const std::vector<Point> places{{1, 2}, {undefined, undefined}};
  OutputLayer points;
  points.name = "sites";
  writer.add_points(points, places, crs);
  const std::vector<Point> vertices{{0, 0}, {1, 1}, {2, 2}};
  const std::vector<std::uint32_t> line_start{0, 3};
  OutputLayer lines;
  lines.name = "streets";
  writer.add_lines(lines, vertices, line_start, crs);
  writer.close();
}

std::string asked(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
  std::string answer;
  const auto add = [](void* text, int count, char** values, char**) {
    for (int i = 0; i < count; ++i) {
      *static_cast<std::string*>(text) +=
          values[i] == nullptr ? "NULL|" : std::string(values[i]) + "|";
    }
    return 0;
  };
  CHECK(sqlite3_exec(database, sql.c_str(), add, &answer, nullptr) == SQLITE_OK);
  sqlite3_close(database);
  return answer;
}

}  // namespace

TEST_CASE("a GeoPackage with layers, states and styles", "[io][writer]") {
  const test::ScratchFolder scratch;
  const auto file = scratch.path() / "out.gpkg";
  write(file);
  CHECK(vector_layers(file).size() == 3);
  CHECK(asked(file, "SELECT id, share, share_state FROM districts ORDER BY fid") ==
        "01|0.25|NULL|02|NULL|suppressed|");
  CHECK(asked(file,
              "SELECT f_table_name, styleName, useAsDefault, styleQML FROM layer_styles"
              " ORDER BY id") ==
        "districts|shares|1|<qgis version=\"3.22\"/>|districts|plain|0|<qgis/>|");
  CHECK(asked(file, "SELECT DISTINCT last_change FROM gpkg_contents") ==
        "2000-01-01T00:00:00.000Z|");
  CHECK(asked(file, "SELECT DISTINCT srs_id FROM gpkg_geometry_columns") == "25833|");
  CHECK(asked(file, "SELECT description FROM gpkg_contents WHERE table_name = 'districts'") ==
        "Source: \"quoted\" = text|");
  CHECK(asked(file, "PRAGMA integrity_check") == "ok|");
  VectorRequest request;
  request.layer = "sites";
  const auto points = read_points(file, request);
  CHECK(points.value.places[0] == Point{1, 2});
  CHECK(std::isnan(points.value.places[1].x));
}

TEST_CASE("the same layers give the same bytes", "[io][writer]") {
  const test::ScratchFolder scratch;
  write(scratch.path() / "a.gpkg");
  std::filesystem::create_directories(scratch.path() / "elsewhere");
  write(scratch.path() / "elsewhere" / "b.gpkg");
  CHECK(sha256_of_file(scratch.path() / "a.gpkg") ==
        sha256_of_file(scratch.path() / "elsewhere" / "b.gpkg"));
}

TEST_CASE("any text is a layer name, and stays one", "[io][writer]") {
  const test::ScratchFolder scratch;
  const std::string name = "d\"; DROP TABLE gpkg_contents; --";
  write(scratch.path() / "out.gpkg", name);
  const auto layers = vector_layers(scratch.path() / "out.gpkg");
  REQUIRE(layers.size() == 3);
  CHECK(layers.front().name == name);
  VectorRequest request;
  request.layer = name;
  CHECK(read_polygons(scratch.path() / "out.gpkg", request).value.table.size() == 2);
}

TEST_CASE("what cannot be written is refused and leaves nothing", "[io][writer]") {
  const test::ScratchFolder scratch;
  const auto file = scratch.path() / "out.gpkg";
  const Crs crs = crs_from_epsg(25833);
  {
    LayerWriter writer(file);
    writer.add_polygons(layer_named("a"), two_squares(), crs);
    CHECK_THROWS_AS(writer.add_polygons(layer_named("A"), two_squares(), crs), InputError);
    OutputLayer twice = layer_named("b");
    twice.columns.push_back({"ID", std::vector<std::string>{"x", "y"}, {}});
    CHECK_THROWS_AS(writer.add_polygons(twice, two_squares(), crs), InputError);
    CHECK_THROWS_AS(writer.add_polygons(layer_named("c"), two_squares(), Crs{"none", "no WKT"}),
                    CrsError);
    OutputLayer uneven = layer_named("d");
    uneven.columns.front().values = std::vector<double>{1.0};
    CHECK_THROWS_AS(writer.add_polygons(uneven, two_squares(), crs), std::logic_error);
  }
  CHECK(std::filesystem::is_empty(scratch.path()));
  CHECK_THROWS_AS(LayerWriter(scratch.path() / "none" / "out.gpkg"), InputError);
}
