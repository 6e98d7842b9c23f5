#include "io/vector_reader.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "base/error.h"
#include "io/layer_writer.h"
#include "io/vector_crs.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::io;

namespace {

const Finding* find(const std::vector<Finding>& findings, std::string_view kind) {
  const auto at = std::find_if(findings.begin(), findings.end(),
                               [&](const Finding& finding) { return finding.kind == kind; });
  return at == findings.end() ? nullptr : &*at;
}

std::filesystem::path geojson(const test::ScratchFolder& scratch, const std::string& features,
                              const std::string& more = {}) {
  const auto file = scratch.path() / "x.geojson";
  std::ofstream(file, std::ios::binary)
      << R"({"type":"FeatureCollection",)" << more << R"("features":[)" << features << "]}";
  return file;
}

std::string square(const std::string& properties, const std::string& before = {}) {
  return R"({"type":"Feature",)" + before + R"("properties":{)" + properties +
         R"(},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}})";
}

VectorRequest fields(std::vector<std::string> texts, std::vector<std::string> numbers) {
  VectorRequest request;
  request.text_fields = std::move(texts);
  request.number_fields = std::move(numbers);
  return request;
}

constexpr std::string_view square_id_a = R"("id":"a")";

}  // namespace

TEST_CASE("polygons keep parts, holes and the order of the file", "[io][vector]") {
  const test::ScratchFolder scratch;
  const auto file = geojson(scratch, R"({"type":"Feature","geometry":{"coordinates":
      [[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[1,2],[2,2],[2,1],[1,1]]],[[[20,0,5],[21,0,5],[20,1,5],[20,0,5]]]],
      "type":"MultiPolygon"},"properties":{"id":"007","pop":12,"share":0.5,"name":"Ł"}})");
  const auto loaded = read_polygons(file, fields({"name"}, {"pop", "share"}));
  const PolygonLayer& layer = loaded.value;
  CHECK(layer.table.ids == std::vector<std::string>{"007"});
  CHECK(layer.table.crs.name == "EPSG:4326");
  CHECK(layer.table.texts[0][0] == "Ł");
  CHECK(layer.table.numbers[0][0] == 12.0);
  CHECK(layer.table.numbers[1][0] == 0.5);
  CHECK(layer.shapes.district_count() == 1);
  CHECK(layer.shapes.part_count() == 2);
  CHECK(layer.shapes.ring_count() == 3);
  CHECK(layer.shapes.vertices.size() == 4 + 4 + 3);
  CHECK(layer.shapes.part_start == std::vector<std::uint32_t>{0, 2, 3});
  CHECK(layer.shapes.vertices[8] == Point{20, 0});
  CHECK(layer.table.ledger.closes());
  CHECK(loaded.findings.empty());
}

TEST_CASE("values of a feature are text or numbers, never a guess", "[io][vector]") {
  const test::ScratchFolder scratch;
  SECTION("numbers as ids keep their digits") {
    const auto file = geojson(scratch, square(R"("id":1100101)") + "," + square(R"("id":1.50)"));
    const auto loaded = read_polygons(file);
    CHECK(loaded.value.table.ids == std::vector<std::string>{"1100101", "1.50"});
    CHECK(find(loaded.findings, "id_from_number") != nullptr);
  }
  SECTION("text, lists and huge numbers are not numbers; null is undefined") {
    const auto file = geojson(
        scratch, square(R"("id":"a","n":"many")") + "," + square(R"("id":"b","n":[1])") + "," +
                     square(R"("id":"c","n":9007199254740993)") + "," +
                     square(R"("id":"d","n":null)") + "," + square(R"("id":"e","n":" 7 ")"));
    const auto loaded = read_polygons(file, fields({}, {"n"}));
    const auto& n = loaded.value.table.numbers[0];
    for (const int i : {0, 1, 2, 3}) CHECK(std::isnan(n[i]));
    CHECK(n[4] == 7.0);
    CHECK(find(loaded.findings, "not_a_number")->count == 2);
    CHECK(find(loaded.findings, "number_out_of_range")->count == 1);
  }
  SECTION("a property that stands twice refuses its feature") {
    const auto file =
        geojson(scratch, square(R"("id":"a","id":"b")") + "," + square(R"("id":"c")"));
    const auto loaded = read_polygons(file);
    CHECK(loaded.value.table.ids == std::vector<std::string>{"c"});
    CHECK(loaded.value.shapes.district_count() == 1);
    CHECK(find(loaded.findings, "repeated_property")->severity == Severity::rejected);
  }
  SECTION("unknown fields are told with the nearest one") {
    const auto file = geojson(scratch, square(R"("id":"a","population":1)"));
    for (const char* id_field : {"", "id"}) {
      VectorRequest request = fields({"populaton"}, {});
      request.id_field = id_field;
      try {
        read_polygons(file, request);
        FAIL("no error");
      } catch (const InputError& error) {
        CHECK(std::string(error.what()).find("populaton") != std::string::npos);
        CHECK(error.way_out().find("\"population\"") != std::string::npos);
      }
    }
  }
}

TEST_CASE("ids", "[io][vector]") {
  const test::ScratchFolder scratch;
  SECTION("features that share an id are all refused, with their shapes") {
    const auto file = geojson(scratch, square(R"("id":"a")") + "," + square(R"("id":"b")") + "," +
                                           square(R"("id":"a")") + "," + square(R"("id":"a")") +
                                           "," + square(R"("id":"")"));
    const auto loaded = read_polygons(file);
    CHECK(loaded.value.table.ids == std::vector<std::string>{"b"});
    CHECK(loaded.value.shapes.district_count() == 1);
    CHECK(loaded.value.shapes.vertices.size() == 4);
    CHECK(loaded.value.table.ledger.rejected == 4);
    CHECK(loaded.value.table.ledger.closes());
    CHECK(find(loaded.findings, "duplicate_id")->count == 3);
    CHECK(find(loaded.findings, "empty_id")->count == 1);
  }
  SECTION("without a field called id, the first one whose values differ serves") {
    const auto file = geojson(scratch, square(R"("kind":"x","code":"01","name":"A")") + "," +
                                           square(R"("kind":"x","code":"02","name":"B")"));
    const auto loaded = read_polygons(file);
    CHECK(loaded.value.table.id_field == "code");
    CHECK(find(loaded.findings, "id_field_chosen") != nullptr);
  }
}

TEST_CASE("reference systems of GeoJSON", "[io][vector][crs]") {
  const test::ScratchFolder scratch;
  const auto named = [&](const std::string& name) {
    return geojson(scratch, square(std::string(square_id_a)),
                   R"("crs":{"type":"name","properties":{"name":")" + name + R"("}},)");
  };
  CHECK(read_polygons(named("urn:ogc:def:crs:EPSG::4326")).value.table.crs.name == "EPSG:4326");
  CHECK(read_polygons(named("urn:ogc:def:crs:OGC:1.3:CRS84")).value.table.crs.name == "EPSG:4326");
  CHECK(read_polygons(named("EPSG:25833")).value.table.crs.name == "EPSG:25833");
  for (const char* name :
       {"EPSG:99999999", "http://127.0.0.1:9/crs", "/etc/hostname", "+proj=longlat", ""}) {
    CAPTURE(name);
    CHECK_THROWS_AS(read_polygons(named(name)), CrsError);
  }
  const auto null = geojson(scratch, square(std::string(square_id_a)), R"("crs":null,)");
  CHECK_THROWS_AS(read_polygons(null), CrsError);
  VectorRequest request;
  request.crs = "EPSG:25833";
  CHECK(read_polygons(null, request).value.table.crs.name == "EPSG:25833");
  const auto conflict = read_polygons(named("EPSG:25832"), request);
  CHECK(conflict.value.table.crs.name == "EPSG:25832");
  CHECK(find(conflict.findings, "crs_conflict") != nullptr);
}

TEST_CASE("GeoJSON that is none", "[io][vector]") {
  const test::ScratchFolder scratch;
  const auto refused = [&](const std::string& text) {
    const auto file = scratch.path() / "y.geojson";
    std::ofstream(file, std::ios::binary) << text;
    CHECK_THROWS_AS(read_polygons(file), InputError);
  };
  refused("{}");
  refused("[]");
  refused(R"({"type":"FeatureCollection"})");
  refused(R"({"type":"Topology","objects":{}})");
  refused(R"({"type":"FeatureCollection","features":[1]})");
  refused(R"({"type":"FeatureCollection","features":[]} trailing)");
  refused(R"({"type":"FeatureCollection","features":[{"type":"Polygon"}]})");
  refused(R"({"type":"FeatureCollection","features":[],"x":)" + std::string(100'000, '[') + "}");
  refused(R"({"type":"FeatureCollection","features":[],"x":1e999})");
}

TEST_CASE("damaged coordinates refuse their feature", "[io][vector]") {
  const test::ScratchFolder scratch;
  for (const char* geometry :
       {R"({"type":"Polygon","coordinates":[[[0],[1,0],[1,1],[0]]]})",
        R"({"type":"Polygon","coordinates":[[0,0],[1,0],[1,1],[0,0]]})",
        R"({"type":"Polygon","coordinates":[[[0,0],[1,null],[1,1],[0,0]]]})",
        R"({"type":"Polygon","coordinates":[[[0,0],[1,0],[[1,1]],[0,0]]]})",
        R"({"type":"Polygon","coordinates":[[[0,0],{"x":1},[1,1],[0,0]]]})",
        R"({"type":"Triangle","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]})"}) {
    CAPTURE(geometry);
    const auto file = geojson(scratch, R"({"type":"Feature","properties":{"id":"a"},"geometry":)" +
                                           std::string(geometry) + "}," + square(R"("id":"b")"));
    const auto loaded = read_polygons(file);
    CHECK(loaded.value.table.ids == std::vector<std::string>{"b"});
    CHECK(loaded.value.shapes.vertices.size() == 4);
    CHECK(find(loaded.findings, "unreadable_geometry") != nullptr);
  }
}

TEST_CASE("points and lines", "[io][vector]") {
  const test::ScratchFolder scratch;
  const auto feature = [](const std::string& geometry) {
    return R"({"type":"Feature","properties":{"k":"v"},"geometry":)" + geometry + "}";
  };
  SECTION("the first of several points is used, and told") {
    const auto file =
        geojson(scratch, feature(R"({"type":"Point","coordinates":[1,2]})") + "," +
                             feature(R"({"type":"MultiPoint","coordinates":[[3,4],[5,6]]})") + "," +
                             feature("null"));
    const auto loaded = read_points(file, fields({"k"}, {}));
    REQUIRE(loaded.value.places.size() == 3);
    CHECK(loaded.value.places[0] == Point{1, 2});
    CHECK(loaded.value.places[1] == Point{3, 4});
    CHECK(std::isnan(loaded.value.places[2].x));
    CHECK(find(loaded.findings, "several_points")->severity == Severity::note);
    CHECK(find(loaded.findings, "no_shape")->count == 1);
  }
  SECTION("lines keep their parts") {
    const auto file = geojson(
        scratch,
        feature(R"({"type":"LineString","coordinates":[[0,0],[1,1]]})") + "," +
            feature(
                R"({"type":"MultiLineString","coordinates":[[[0,0],[1,0],[2,0]],[[5,5],[6,6]]]})"));
    const auto loaded = read_lines(file);
    CHECK(loaded.value.feature_start == std::vector<std::uint32_t>{0, 1, 3});
    CHECK(loaded.value.line_start == std::vector<std::uint32_t>{0, 2, 5, 7});
  }
}

TEST_CASE("a GeoPackage comes back as it was written", "[io][vector][writer]") {
  const test::ScratchFolder scratch;
  const auto source =
      geojson(scratch, square(R"("id":"01","n":0.1)") + "," +
                           R"({"type":"Feature","properties":{"id":"02"},"geometry":null})");
  auto first = read_polygons(source, fields({}, {"n"})).value;
  const auto file = scratch.path() / "out.gpkg";
  LayerWriter writer(file);
  writer.add_polygons(
      {"d", "", {{"id", first.table.ids, {}}, {"n", first.table.numbers[0], {}}}, {}}, first.shapes,
      first.table.crs);
  writer.close();
  const auto again = read_polygons(file, fields({}, {"n"}));
  CHECK(again.value.table.ids == first.table.ids);
  CHECK(again.value.table.numbers[0][0] == 0.1);
  CHECK(std::isnan(again.value.table.numbers[0][1]));
  CHECK(again.value.shapes.vertices == first.shapes.vertices);
  CHECK(again.value.shapes.district_start == first.shapes.district_start);
  CHECK(again.value.table.crs.name == "EPSG:4326");
  CHECK(again.value.table.announced == std::optional<std::uint64_t>{2});
}

TEST_CASE("real layers", "[io][vector][data]") {
  const auto data = test::shared("data");
  if (data.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  SECTION("Shapefile that does not say its encoding: found, assumed or named") {
    VectorRequest request = fields({"NOM"}, {"AREA"});
    request.id_field = "BARRI";
    const std::string stem = "0301040100_Barris_UNITATS_ADM";
    const auto found = read_polygons(data / "barcelona/geo" / (stem + ".shp"), request);
    CHECK(found.value.table.size() == 73);
    CHECK(found.value.table.ids.front() == "01");
    CHECK(found.value.table.crs.name == "EPSG:25831");
    CHECK(find(found.findings, "encoding_found") != nullptr);
    const auto holds = [](const Loaded<PolygonLayer>& loaded, const std::string& name) {
      const auto& names = loaded.value.table.texts[0];
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    CHECK(holds(found, "el Barri G\xC3\xB2tic"));

    const test::ScratchFolder scratch;
    for (const char* extension : {".shp", ".shx", ".prj"}) {
      std::filesystem::copy_file(data / "barcelona/geo" / (stem + extension),
                                 scratch.path() / (stem + extension));
    }
    std::ifstream in(data / "barcelona/geo" / (stem + ".dbf"), std::ios::binary);
    std::string table{std::istreambuf_iterator<char>(in), {}};
    const std::size_t at = table.find("G\xC3\xB2tic");
    REQUIRE(at != std::string::npos);
    table.replace(at, 6, "G\xF2tic ");
    std::ofstream(scratch.path() / (stem + ".dbf"), std::ios::binary) << table;
    const auto assumed = read_polygons(scratch.path() / (stem + ".shp"), request);
    CHECK(holds(assumed, "el Barri G\xC3\xB2tic"));
    CHECK(find(assumed.findings, "encoding_assumed")->count == 1);
    request.encoding = "UTF-8";
    const auto named = read_polygons(scratch.path() / (stem + ".shp"), request);
    CHECK(holds(named, "el Barri G\xEF\xBF\xBDtic"));
    CHECK(find(named.findings, "text_replaced")->count == 1);
    request.encoding = "no-such-encoding";
    CHECK_THROWS_AS(read_polygons(scratch.path() / (stem + ".shp"), request), InputError);
  }
  SECTION("several layers ask for a name") {
    const auto file = data / "berlin/geo/berlin_lor_2006-2020.gpkg";
    CHECK(vector_layers(file).size() == 3);
    CHECK_THROWS_AS(read_polygons(file), InputError);
    VectorRequest request;
    request.layer = "lor_pgr";
    request.id_field = "RAUMID";
    const auto loaded = read_polygons(file, request);
    CHECK(loaded.value.table.size() == 60);
    CHECK(loaded.findings.empty());
  }
  SECTION("a district id that occurs twice") {
    const auto loaded = read_polygons(data / "berlin/geo/plr_until_2020_wgs84.geojson");
    CHECK(find(loaded.findings, "duplicate_id")->rows.front() == "id 06010102");
    CHECK(loaded.value.table.ledger.read == 448);
    CHECK(loaded.value.table.size() == 446);
  }
  SECTION("MultiPoint services in a projected system") {
    const auto loaded = read_points(data / "berlin/services/apothekenstandorte.geojson");
    CHECK(loaded.value.table.size() == 732);
    CHECK(loaded.value.table.crs.name == "EPSG:25833");
    CHECK(loaded.value.places.front().x > 300'000.0);
  }
}
