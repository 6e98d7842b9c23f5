#pragma once
/// Heights of places from an elevation raster (GeoTIFF).

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/finding.h"
#include "base/number.h"
#include "domain/districts.h"

namespace quartier::io {

/// What a raster holds.
struct ElevationSummary {
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
  double cell_width = 0.0;   ///< in units of the reference system, along a row
  double cell_height = 0.0;  ///< likewise, along a column
  std::uint64_t known = 0;   ///< cells with a height
  double lowest_m = undefined;
  double highest_m = undefined;
};
/// Rasters with more cells than this are not read whole.
inline constexpr std::uint64_t whole_raster_limit = 1'000'000'000;

/// An open elevation raster. Two steps, because places are brought into the raster's reference
/// system by the room that knows how:
///
///   const ElevationRaster raster(checked_input_file(path));
///   geo::reproject(places, study.crs, raster.crs());
///   network.height_m = raster.heights(places).value;
class ElevationRaster {
 public:
  /// Opens the file as GeoTIFF and nothing else, without any file beside it.
  /// @param file  from checked_input_file
  /// @param crs   of the raster; only where the file names none
  /// @throws InputError where it is no readable GeoTIFF, has no place on the ground, holds complex
  ///         numbers or blocks of more than 256 MB
  /// @throws CrsError where neither the file nor `crs` names a reference system
  explicit ElevationRaster(const std::filesystem::path& file, const Crs& crs = {});
  ~ElevationRaster();
  ElevationRaster(ElevationRaster&&) noexcept;
  ElevationRaster& operator=(ElevationRaster&&) noexcept;

  /// Of its columns and rows; heights themselves are above whatever zero the raster counts from.
  [[nodiscard]] const Crs& crs() const;

  /// Heights in metres, bilinear between the centres of the four pixels round each place, as at the
  /// nearest centre within half a pixel of the raster's edge. Band 1; scale, offset and feet are
  /// taken into account. A place outside the raster, or with a pixel without a value among those it
  /// needs, gets `undefined` and a finding (`height_unknown`).
  /// @param places    in crs(), x before y; places without finite coordinates are outside
  /// @param shown_as  file name for findings; empty: the name of the file
  /// @returns [places]
  /// @throws InputError where the raster cannot be read there
  [[nodiscard]] Loaded<std::vector<double>> heights(std::span<const Point> places,
                                                    const std::string& shown_as = {}) const;

  /// Reads the whole raster, strip by strip. Beyond `whole_raster_limit` cells nothing is read:
  /// `known` is 0 and the heights are undefined.
  /// @throws InputError where the raster cannot be read
  [[nodiscard]] ElevationSummary summary() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace quartier::io
