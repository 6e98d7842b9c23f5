#include "io/elevation.h"

#include <gdal.h>
#include <ogr_srs_api.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/number.h"
#include "io/check_file.h"
#include "layer_support.h"
#include "support/catch.h"
#include "support/paths.h"

extern "C" {
void CPL_DLL GDALRegister_GTiff(void);
}

using namespace quartier;
using namespace quartier::io;

namespace {

constexpr double no_data = -9999.0;

struct RasterText {
  int columns = 4;
  int rows = 3;
  bool with_crs = true;
  bool with_place = true;
  double scale = 1.0;
  const char* unit = "";
};

/// Pixels of 10 m from (1000, 2030) downwards; pixel (c, r) holds 100 + 10 c + r, the last none.
std::filesystem::path write_raster(const test::ScratchFolder& scratch, const RasterText& text) {
  GDALRegister_GTiff();
  const auto file = scratch.path() / "dem.tif";
  GDALDatasetH dataset = GDALCreate(GDALGetDriverByName("GTiff"), file.c_str(), text.columns,
                                    text.rows, 1, GDT_Float32, nullptr);
  REQUIRE(dataset != nullptr);
  if (text.with_place) {
    double place[6] = {1000.0, 10.0, 0.0, 2000.0 + 10.0 * text.rows, 0.0, -10.0};
    CHECK(GDALSetGeoTransform(dataset, place) == CE_None);
  }
  if (text.with_crs) {
    OGRSpatialReferenceH reference = OSRNewSpatialReference(nullptr);
    OSRImportFromEPSG(reference, 25831);
    CHECK(GDALSetSpatialRef(dataset, reference) == CE_None);
    OSRRelease(reference);
  }
  GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
  GDALSetRasterNoDataValue(band, no_data);
  if (text.scale != 1.0) GDALSetRasterScale(band, text.scale);
  GDALSetRasterUnitType(band, text.unit);
  std::vector<float> pixels;
  for (int r = 0; r < text.rows; ++r) {
    for (int c = 0; c < text.columns; ++c) {
      pixels.push_back(static_cast<float>(100 + 10 * c + r));
    }
  }
  pixels.back() = static_cast<float>(no_data);
  CHECK(GDALRasterIO(band, GF_Write, 0, 0, text.columns, text.rows, pixels.data(), text.columns,
                     text.rows, GDT_Float32, 0, 0) == CE_None);
  GDALClose(dataset);
  return file;
}

}  // namespace

TEST_CASE("heights between the centres of pixels", "[io][elevation]") {
  const test::ScratchFolder scratch;
  const ElevationRaster raster(write_raster(scratch, {}));
  CHECK(raster.crs().name == "EPSG:25831");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<Point> places{
      {1005, 2025},    // centre of the first pixel
      {1015, 2015},    // centre of (1, 1)
      {1010, 2020},    // between four
      {1012.5, 2025},  // three quarters of the way to the second
      {1000, 2030},    // the outermost corner: as at the centre
      {1022, 2005},    // 0.7 of the way to the third
      {1015, 2005},    // the last row, away from it
      {999.9, 2025},  {1005, 1999}, {nan, 2025},
  };
  const auto heights = raster.heights(places);
  const std::vector<double> expected{100.0, 111.0, 105.5, 107.5, 100.0, 119.0, 112.0};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CAPTURE(i);
    CHECK_THAT(heights.value[i], WithinAbs(expected[i], 1e-9));
  }
  for (std::size_t i = expected.size(); i < places.size(); ++i) {
    CHECK_FALSE(is_defined(heights.value[i]));
  }
  REQUIRE(heights.findings.size() == 1);
  CHECK(heights.findings[0].kind == "height_unknown");
  CHECK(heights.findings[0].count == 3);
  test::check_kinds(heights.findings);
}

TEST_CASE("a pixel without value where it is needed", "[io][elevation]") {
  const test::ScratchFolder scratch;
  const ElevationRaster raster(write_raster(scratch, {}));
  const std::vector<Point> places{{1035, 2005}, {1030, 2010}, {1025, 2005}};
  const auto heights = raster.heights(places, "hills.tif");
  CHECK_FALSE(is_defined(heights.value[0]));
  CHECK_FALSE(is_defined(heights.value[1]));
  CHECK(heights.value[2] == 122.0);  // the pixel without value has no weight here
  REQUIRE(heights.findings.size() == 1);
  CHECK(heights.findings[0].count == 2);
  CHECK(heights.findings[0].file == "hills.tif");
}

TEST_CASE("scale, feet, and rasters of one pixel or many rows", "[io][elevation]") {
  const test::ScratchFolder scratch;
  const std::vector<Point> first{{1005, 2025}};
  CHECK_THAT(ElevationRaster(write_raster(scratch, {.scale = 0.1})).heights(first).value[0],
             WithinAbs(10.0, 1e-9));
  CHECK_THAT(ElevationRaster(write_raster(scratch, {.unit = "ft"})).heights(first).value[0],
             WithinAbs(30.48, 1e-9));
  const std::vector<Point> only{{1003, 2003}};
  const auto single = ElevationRaster(write_raster(scratch, {.columns = 1, .rows = 1}));
  CHECK_FALSE(is_defined(single.heights(only).value[0]));
  SECTION("any order of places, several strips") {
    const ElevationRaster tall(write_raster(scratch, {.columns = 2000, .rows = 5000}));
    std::vector<Point> places;
    for (int r = 4998; r >= 0; r -= 7)
      places.push_back({1005.0 + 10.0 * (r % 1999), 51995.0 - 10.0 * r});
    const auto heights = tall.heights(places);
    std::size_t same = 0;
    std::size_t k = 0;
    for (int r = 4998; r >= 0; r -= 7) {
      if (heights.value[k++] == 100.0 + 10.0 * (r % 1999) + r) ++same;
    }
    CHECK(same == places.size());
  }
}

TEST_CASE("a raster by itself: size, reference system, range of heights", "[io][elevation]") {
  const test::ScratchFolder scratch;
  const auto file = write_raster(scratch, {});
  const ElevationSummary summary = ElevationRaster(file).summary();
  CHECK(summary.columns == 4);
  CHECK(summary.rows == 3);
  CHECK(summary.cell_width == 10.0);
  CHECK(summary.cell_height == 10.0);
  CHECK(summary.known == 11);
  CHECK(summary.lowest_m == 100.0);
  CHECK(summary.highest_m == 131.0);

  CHECK(file_kind(file) == FileKind::elevation);
  const auto checked = check_elevation_file(file);
  REQUIRE(checked.findings.size() == 1);
  CHECK(checked.findings[0].kind == "elevation_read");
  CHECK(checked.findings[0].message ==
        "4 by 3 cells of 10 by 10 units in EPSG:25831; heights from 100 to 131 m");
  REQUIRE(checked.value.ledgers.size() == 1);
  CHECK(checked.value.ledgers[0].closes());
  CHECK(checked.value.ledgers[0].excluded == 1);

  const auto many = ElevationRaster(write_raster(scratch, {.columns = 3000, .rows = 2000}));
  CHECK(many.summary().known == 3000U * 2000U - 1U);
  CHECK(many.summary().highest_m == 100.0 + 10.0 * 2999 + 1998);
}

TEST_CASE("what is no elevation raster is refused", "[io][elevation]") {
  const test::ScratchFolder scratch;
  CHECK_THROWS_AS(ElevationRaster(write_raster(scratch, {.with_crs = false})), CrsError);
  const Crs given = ElevationRaster(write_raster(scratch, {})).crs();
  CHECK(ElevationRaster(write_raster(scratch, {.with_crs = false}), given).crs().name ==
        "EPSG:25831");
  CHECK_THROWS_AS(ElevationRaster(write_raster(scratch, {.with_place = false})), InputError);
  const auto file = scratch.path() / "text.tif";
  std::ofstream(file) << "this is no TIFF";
  CHECK_THROWS_AS(ElevationRaster(file), InputError);
  CHECK_THROWS_AS(ElevationRaster(scratch.path() / "missing.tif"), InputError);

  SECTION("a file cut off is refused when it is opened or read") {
    const auto whole_file = write_raster(scratch, {.columns = 300, .rows = 300});
    std::ifstream in(whole_file, std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(in), {}};
    const auto cut = scratch.path() / "cut.tif";
    for (std::size_t size = 0; size < whole.size(); size += 1 + whole.size() / 60) {
      std::ofstream(cut, std::ios::binary) << whole.substr(0, size);
      try {
        const std::vector<Point> places{{1005, 4995}, {3995, 2005}};
        const auto heights = ElevationRaster(cut).heights(places);
        CHECK(heights.value.size() == 2);
      } catch (const Error&) {
        SUCCEED();  // refused in words; what fails here is a crash or another exception
      }
    }
  }
}
