#include "io/elevation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <mutex>
#include <string>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "io/gdal.h"

// GDAL's drivers are registered one by one, see gdal.cpp.
extern "C" {
void CPL_DLL GDALRegister_GTiff(void);
}

namespace quartier::io {
namespace {

constexpr std::int64_t largest_block_bytes = std::int64_t{256} << 20U;
constexpr std::int64_t strip_pixels = std::int64_t{1} << 22U;
constexpr int widest_window = 1 << 24;
constexpr double metres_per_foot = 0.3048;
constexpr double metres_per_us_foot = 1200.0 / 3937.0;

double metres_per_unit(const char* unit) {
  const std::string name = lower_ascii(unit == nullptr ? "" : unit);
  if (name == "ft" || name == "foot" || name == "feet") return metres_per_foot;
  if (name.find("us") != std::string::npos && name.find('f') != std::string::npos) {
    return metres_per_us_foot;
  }
  return 1.0;
}

Dataset open_raster(const std::filesystem::path& file) {
  GdalMessages messages;
  static std::once_flag once;
  std::call_once(once, [] { GDALRegister_GTiff(); });
  const char* const drivers[] = {"GTiff", nullptr};
  // An empty list of neighbours: no file beside the raster is looked at.
  const char* const siblings[] = {nullptr};
  constexpr unsigned flags = GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR;
  Dataset dataset(GDALOpenEx(file.c_str(), flags, drivers, nullptr, siblings));
  if (!dataset) {
    const std::string reason = messages.take();
    throw InputError(
        file.filename().string() + ": " + (reason.empty() ? "not a readable GeoTIFF" : reason),
        "name an elevation model as GeoTIFF");
  }
  return dataset;
}

Crs crs_of_raster(GDALDatasetH dataset, const Crs& given, const std::string& name) {
  OGRSpatialReferenceH reference = GDALGetSpatialRef(dataset);
  if (reference == nullptr) {
    if (given.known()) return given;
    throw CrsError(name + ": the raster names no reference system",
                   "name it, for example \"EPSG:25833\"");
  }
  const SpatialReference flat(OSRClone(reference));
  OSRStripVertical(flat.get());
  return crs_of(flat.get());
}

/// Where a place needs pixels: two columns and two rows, and how far it is between them.
struct Spot {
  int column = 0;
  int row = -1;  ///< -1: outside
  double right = 0.0;
  double down = 0.0;
};

}  // namespace

struct ElevationRaster::Parts {
  Dataset dataset;
  GDALRasterBandH band = nullptr;
  std::string name;
  Crs crs;
  int columns = 0;
  int rows = 0;
  std::array<double, 6> to_pixel{};
  bool has_no_data = false;
  double no_data = 0.0;
  double scale = 1.0;
  double offset = 0.0;

  [[nodiscard]] Spot spot_of(Point place) const;
  [[nodiscard]] double value_of(double raw) const {
    if (!std::isfinite(raw)) return undefined;
    // Kept as float in many files: 3.4e38 is not quite what the header says.
    if (has_no_data && (raw == no_data || static_cast<float>(raw) == static_cast<float>(no_data))) {
      return undefined;
    }
    return raw * scale + offset;
  }
  void read_strip(int first_row, int row_count, int first_column, int column_count,
                  std::vector<double>& pixels) const;
};

Spot ElevationRaster::Parts::spot_of(Point place) const {
  Spot spot;
  const double x = to_pixel[0] + to_pixel[1] * place.x + to_pixel[2] * place.y;
  const double y = to_pixel[3] + to_pixel[4] * place.x + to_pixel[5] * place.y;
  if (!(x >= 0.0 && x <= columns && y >= 0.0 && y <= rows)) return spot;
  const auto between = [](double at, int count, int& first) {
    const double centre = std::clamp(at - 0.5, 0.0, static_cast<double>(count - 1));
    first = std::min(static_cast<int>(centre), std::max(0, count - 2));
    return centre - first;
  };
  spot.right = between(x, columns, spot.column);
  spot.down = between(y, rows, spot.row);
  return spot;
}

void ElevationRaster::Parts::read_strip(int first_row, int row_count, int first_column,
                                        int column_count, std::vector<double>& pixels) const {
  GdalMessages messages;
  pixels.resize(static_cast<std::size_t>(row_count) * static_cast<std::size_t>(column_count));
  const CPLErr error = GDALRasterIO(band, GF_Read, first_column, first_row, column_count, row_count,
                                    pixels.data(), column_count, row_count, GDT_Float64, 0, 0);
  if (error == CE_None && !messages.failed()) return;
  throw InputError(name + ": rows " + std::to_string(first_row) + " to " +
                       std::to_string(first_row + row_count - 1) +
                       " cannot be read: " + messages.take(),
                   "get the raster again from its source");
}

ElevationRaster::ElevationRaster(const std::filesystem::path& file, const Crs& crs)
    : parts_(std::make_unique<Parts>()) {
  Parts& parts = *parts_;
  parts.name = file.filename().string();
  parts.dataset = open_raster(file);
  GdalMessages messages;
  const auto refuse = [&](const std::string& why) {
    throw InputError(parts.name + ": " + why, "name an elevation model as GeoTIFF");
  };
  GDALDatasetH dataset = parts.dataset.get();
  if (GDALGetRasterCount(dataset) < 1) refuse("the raster has no band");
  parts.band = GDALGetRasterBand(dataset, 1);
  parts.columns = GDALGetRasterXSize(dataset);
  parts.rows = GDALGetRasterYSize(dataset);
  const GDALDataType type = GDALGetRasterDataType(parts.band);
  if (GDALDataTypeIsComplex(type) != 0) refuse("the raster holds complex numbers");
  int block_columns = 0;
  int block_rows = 0;
  GDALGetBlockSize(parts.band, &block_columns, &block_rows);
  const std::int64_t block_bytes =
      std::int64_t{block_columns} * block_rows * GDALGetDataTypeSizeBytes(type);
  if (block_bytes > largest_block_bytes) refuse("its blocks are larger than 256 MB");
  std::array<double, 6> to_ground{};
  if (GDALGetGeoTransform(dataset, to_ground.data()) != CE_None ||
      GDALInvGeoTransform(to_ground.data(), parts.to_pixel.data()) == 0) {
    refuse("the raster has no place on the ground");
  }
  parts.crs = crs_of_raster(dataset, crs, parts.name);
  int is_there = 0;
  parts.no_data = GDALGetRasterNoDataValue(parts.band, &is_there);
  parts.has_no_data = is_there != 0;
  const double metres = metres_per_unit(GDALGetRasterUnitType(parts.band));
  const double scale = GDALGetRasterScale(parts.band, &is_there);
  parts.scale = (is_there != 0 ? scale : 1.0) * metres;
  const double offset = GDALGetRasterOffset(parts.band, &is_there);
  parts.offset = (is_there != 0 ? offset : 0.0) * metres;
}

ElevationRaster::~ElevationRaster() = default;
ElevationRaster::ElevationRaster(ElevationRaster&&) noexcept = default;
ElevationRaster& ElevationRaster::operator=(ElevationRaster&&) noexcept = default;

const Crs& ElevationRaster::crs() const { return parts_->crs; }

Loaded<std::vector<double>> ElevationRaster::heights(std::span<const Point> places,
                                                     const std::string& shown_as) const {
  const Parts& parts = *parts_;
  Loaded<std::vector<double>> heights;
  heights.value.assign(places.size(), undefined);
  std::vector<Spot> spots(places.size());
  std::vector<std::uint32_t> order;
  int first_column = parts.columns;
  int last_column = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    spots[i] = parts.spot_of(places[i]);
    if (spots[i].row < 0) continue;
    order.push_back(static_cast<std::uint32_t>(i));
    first_column = std::min(first_column, spots[i].column);
    last_column = std::max(last_column, std::min(spots[i].column + 1, parts.columns - 1));
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return spots[a].row < spots[b].row; });

  const int width = last_column - first_column + 1;
  if (width > widest_window) {
    throw InputError(parts.name + ": the places lie more than 16 million columns apart",
                     "use a raster of coarser pixels");
  }
  const auto strip_rows =
      static_cast<int>(std::min<std::int64_t>(strip_pixels / std::max(1, width), parts.rows));
  std::vector<double> pixels;
  int strip = 0;
  int strip_end = 0;
  for (const std::uint32_t i : order) {
    const Spot& spot = spots[i];
    const int last_row = std::min(spot.row + 1, parts.rows - 1);
    if (last_row >= strip_end) {
      strip = spot.row;
      strip_end = std::min(parts.rows, strip + std::max(2, strip_rows));
      parts.read_strip(strip, strip_end - strip, first_column, width, pixels);
    }
    double height = 0.0;
    for (int corner = 0; corner < 4; ++corner) {
      const bool right = (corner & 1) != 0;
      const bool below = (corner & 2) != 0;
      const double weight =
          (right ? spot.right : 1.0 - spot.right) * (below ? spot.down : 1.0 - spot.down);
      if (weight == 0.0) continue;
      const auto row = static_cast<std::size_t>(spot.row - strip) + (below ? 1U : 0U);
      const auto column = static_cast<std::size_t>(spot.column - first_column) + (right ? 1U : 0U);
      height += weight * parts.value_of(pixels[row * static_cast<std::size_t>(width) + column]);
    }
    heights.value[i] = height;
  }

  const auto count_where = [&](bool inside) {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (!is_defined(heights.value[i]) && (spots[i].row >= 0) == inside) ++count;
    }
    return count;
  };
  for (const bool inside : {false, true}) {
    const std::uint64_t count = count_where(inside);
    if (count == 0) continue;
    Finding finding{.kind = "height_unknown"};
    finding.file = shown_as.empty() ? parts.name : shown_as;
    finding.count = count;
    finding.message = inside ? "Places where the elevation raster holds no value; taken as flat"
                             : "Places outside the elevation raster; taken as flat";
    finding.way_out = "use a raster that covers the whole study area";
    heights.findings.push_back(std::move(finding));
  }
  return heights;
}

ElevationSummary ElevationRaster::summary() const {
  const Parts& parts = *parts_;
  ElevationSummary summary;
  summary.columns = static_cast<std::uint32_t>(parts.columns);
  summary.rows = static_cast<std::uint32_t>(parts.rows);
  std::array<double, 6> to_ground{};
  GDALGetGeoTransform(parts.dataset.get(), to_ground.data());
  summary.cell_width = std::hypot(to_ground[1], to_ground[4]);
  summary.cell_height = std::hypot(to_ground[2], to_ground[5]);
  if (std::uint64_t{summary.columns} * summary.rows > whole_raster_limit) return summary;
  const int rows_at_once = std::max(1, static_cast<int>(strip_pixels / std::max(1, parts.columns)));
  std::vector<double> pixels;
  for (int row = 0; row < parts.rows; row += rows_at_once) {
    parts.read_strip(row, std::min(rows_at_once, parts.rows - row), 0, parts.columns, pixels);
    for (const double raw : pixels) {
      const double height = parts.value_of(raw);
      if (!is_defined(height)) continue;
      ++summary.known;
      if (!(summary.lowest_m <= height)) summary.lowest_m = height;
      if (!(summary.highest_m >= height)) summary.highest_m = height;
    }
  }
  return summary;
}

}  // namespace quartier::io
