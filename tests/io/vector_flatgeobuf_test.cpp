#include <fstream>
#include <iterator>
#include <string>

#include "base/error.h"
#include "io/gdal.h"
#include "io/vector_crs.h"
#include "io/vector_reader.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::io;

namespace {

/// Two squares, the second without a number.
void write_flatgeobuf(const std::filesystem::path& file) {
  GdalMessages messages;
  const SpatialReference reference = spatial_reference(crs_from_epsg(25833));
  GDALDriverH driver = GDALGetDriverByName("FlatGeobuf");
  const Dataset dataset(GDALCreate(driver, file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  REQUIRE(dataset);
  OGRLayerH layer =
      GDALDatasetCreateLayer(dataset.get(), "d", reference.get(), wkbPolygon, nullptr);
  OGR_L_CreateField(layer, FieldDefn(OGR_Fld_Create("id", OFTString)).get(), FALSE);
  OGR_L_CreateField(layer, FieldDefn(OGR_Fld_Create("n", OFTReal)).get(), FALSE);
  for (const int i : {0, 1}) {
    const Feature feature(OGR_F_Create(OGR_L_GetLayerDefn(layer)));
    OGR_F_SetFieldString(feature.get(), 0, i == 0 ? "01" : "02");
    if (i == 0) OGR_F_SetFieldDouble(feature.get(), 1, 2.5);
    OGRGeometryH geometry = nullptr;
    std::string text = "POLYGON ((0 0, 100 0, 100 100, 0 0))";
    char* at = text.data();
    OGR_G_CreateFromWkt(&at, nullptr, &geometry);
    OGR_F_SetGeometryDirectly(feature.get(), geometry);
    REQUIRE(OGR_L_CreateFeature(layer, feature.get()) == OGRERR_NONE);
  }
}

}  // namespace

TEST_CASE("FlatGeobuf", "[io][vector]") {
  const test::ScratchFolder scratch;
  const auto file = scratch.path() / "x.fgb";
  write_flatgeobuf(file);
  VectorRequest request;
  request.number_fields = {"n"};
  const auto loaded = read_polygons(file, request);
  CHECK(loaded.findings.empty());
  CHECK(loaded.value.table.crs.name == "EPSG:25833");
  CHECK(loaded.value.table.announced == std::optional<std::uint64_t>{2});
  REQUIRE(loaded.value.table.size() == 2);
  // The file keeps its features in the order of its spatial index.
  const std::size_t first = loaded.value.table.ids[0] == "01" ? 0 : 1;
  CHECK(loaded.value.table.numbers[0][first] == 2.5);
  CHECK(loaded.value.table.numbers[0][1 - first] != loaded.value.table.numbers[0][1 - first]);
  CHECK(loaded.value.shapes.ring(0).size() == 3);

  SECTION("cut off anywhere it is refused, or its losses are told") {
    std::ifstream in(file, std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(in), {}};
    for (std::size_t size = 1; size < whole.size(); size += 7) {
      CAPTURE(size);
      std::ofstream(scratch.path() / "cut.fgb", std::ios::binary) << whole.substr(0, size);
      bool refused = false;
      try {
        refused = any_rejected(read_polygons(scratch.path() / "cut.fgb", request).findings);
      } catch (const Error&) {
        refused = true;
      }
      CHECK(refused);
    }
  }
}

// GTiff comes with the first elevation raster and reads no vectors.
TEST_CASE("only the drivers that are used are there", "[io][gdal]") {
  harden_gdal();
  CHECK(GDALGetDriverByName("GPKG") != nullptr);
  for (const char* name : {"OGR_VRT", "VRT", "GeoJSON", "CSV", "PostgreSQL", "HTTP", "WFS", "KML",
                           "GML", "SQLite", "OSM", "JPEG", "PDF", "MBTiles"}) {
    CAPTURE(name);
    CHECK(GDALGetDriverByName(name) == nullptr);
  }
  const test::ScratchFolder scratch;
  const auto file = scratch.path() / "disguised.shp";
  std::ofstream(file) << "<OGRVRTDataSource><OGRVRTLayer name=\"x\"/></OGRVRTDataSource>";
  CHECK_THROWS_AS(open_vector(file, "ESRI Shapefile"), InputError);
}
