#pragma once
/// The only header of the project that includes GDAL: handles that close themselves, the hardening
/// that precedes every call, and GDAL's messages turned into text.

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <filesystem>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "domain/districts.h"

namespace quartier::io {

struct CloseDataset {
  void operator()(GDALDatasetH dataset) const noexcept { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<void, CloseDataset>;

struct DestroyFeature {
  void operator()(OGRFeatureH feature) const noexcept { OGR_F_Destroy(feature); }
};
using Feature = std::unique_ptr<std::remove_pointer_t<OGRFeatureH>, DestroyFeature>;

struct DestroyFieldDefn {
  void operator()(OGRFieldDefnH field) const noexcept { OGR_Fld_Destroy(field); }
};
using FieldDefn = std::unique_ptr<std::remove_pointer_t<OGRFieldDefnH>, DestroyFieldDefn>;

struct ReleaseSpatialReference {
  void operator()(OGRSpatialReferenceH reference) const noexcept { OSRRelease(reference); }
};
using SpatialReference =
    std::unique_ptr<std::remove_pointer_t<OGRSpatialReferenceH>, ReleaseSpatialReference>;

/// Once per process, before anything else of GDAL: no network, no links between data sets, no code
/// from data files, no file written beside an input, and no driver but the three that are used
/// (ESRI Shapefile, FlatGeobuf, GPKG). Safe to call from several threads.
void harden_gdal();

/// Collects what GDAL says on this thread while it lives, in place of printing it. Make one round
/// every piece of work with GDAL.
class GdalMessages {
 public:
  GdalMessages();
  ~GdalMessages();
  GdalMessages(const GdalMessages&) = delete;
  GdalMessages& operator=(const GdalMessages&) = delete;

  /// Warnings and failures since the last call, each at most once, joined by "; ".
  std::string take();
  /// True where a failure, not only a warning, was said since the last take().
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  static void CPL_STDCALL hear(CPLErr level, CPLErrorNum number, const char* text);
  std::vector<std::string> texts_;
  bool failed_ = false;
};

/// A reference system as GDAL holds it, with its EPSG code where it is one of the register.
Crs crs_of(OGRSpatialReferenceH reference);

/// The same the other way round, coordinates x before y. @throws CrsError
SpatialReference spatial_reference(const Crs& crs);

/// Opens a vector file read-only with `driver` ("ESRI Shapefile" or "FlatGeobuf") and no other.
/// @param file      from checked_input_file
/// @param settings  open options "KEY=VALUE"
/// @throws InputError with the file's name and GDAL's own words
Dataset open_vector(const std::filesystem::path& file, const char* driver,
                    const std::vector<std::string>& settings = {});

}  // namespace quartier::io
