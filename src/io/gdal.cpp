#include "io/gdal.h"

#include <algorithm>
#include <mutex>

#include "base/error.h"
#include "base/text.h"

// Registering three drivers takes 1 ms, all of them 60 ms, and what is not registered cannot be
// reached by a file that pretends to be another. The functions are exported, their C++ header
// (ogrsf_frmts.h) is not needed for anything else.
extern "C" {
void CPL_DLL RegisterOGRShape();
void CPL_DLL RegisterOGRFlatGeobuf();
void CPL_DLL RegisterOGRGeoPackage();
void CPL_DLL RegisterOGRMEM();
}

namespace quartier::io {
namespace {

constexpr std::size_t message_limit = 5;

}  // namespace

void harden_gdal() {
  static std::once_flag once;
  std::call_once(once, [] {
    const std::pair<const char*, const char*> settings[] = {
        {"CPL_VSIL_CURL_ALLOWED_EXTENSIONS", ".none"},
        {"GDAL_VRT_ENABLE_PYTHON", "NO"},
        {"GDAL_VRT_ENABLE_RAWRASTERBAND", "NO"},
        {"GDAL_DRIVER_PATH", "disable"},
        {"SHAPE_RESTORE_SHX", "NO"},
        {"SHAPE_REWIND_ON_WRITE", "NO"},
        {"OGR_GEOMETRY_ACCEPT_UNCLOSED_RING", "YES"},
        {"OGR_ORGANIZE_POLYGONS", "DEFAULT"},
        {"SQLITE_USE_OGR_VFS", "NO"},
        {"OSR_DEFAULT_AXIS_MAPPING_STRATEGY", "TRADITIONAL_GIS_ORDER"},
        {"GDAL_PAM_ENABLED", "NO"},
        {"CPL_TIMESTAMP", "OFF"},
        {"CPL_DEBUG", "OFF"},
    };
    for (const auto& [key, value] : settings) CPLSetConfigOption(key, value);
    OSRSetPROJEnableNetwork(FALSE);
    RegisterOGRShape();
    RegisterOGRFlatGeobuf();
    RegisterOGRGeoPackage();
    RegisterOGRMEM();
  });
}

GdalMessages::GdalMessages() {
  harden_gdal();
  CPLErrorReset();
  CPLPushErrorHandlerEx(&GdalMessages::hear, this);
}

GdalMessages::~GdalMessages() {
  CPLPopErrorHandler();
  CPLErrorReset();
}

void CPL_STDCALL GdalMessages::hear(CPLErr level, CPLErrorNum /*number*/, const char* text) {
  auto* self = static_cast<GdalMessages*>(CPLGetErrorHandlerUserData());
  if (level >= CE_Failure) self->failed_ = true;
  if (level < CE_Warning || self->texts_.size() >= message_limit) return;
  std::string message(trimmed(display_safe(text)));
  if (std::find(self->texts_.begin(), self->texts_.end(), message) == self->texts_.end()) {
    self->texts_.push_back(std::move(message));
  }
}

std::string GdalMessages::take() {
  std::string text = joined(texts_, "; ");
  texts_.clear();
  failed_ = false;
  return text;
}

Dataset open_vector(const std::filesystem::path& file, const char* driver,
                    const std::vector<std::string>& settings) {
  GdalMessages messages;
  const char* const drivers[] = {driver, nullptr};
  std::vector<const char*> options;
  for (const std::string& setting : settings) options.push_back(setting.c_str());
  options.push_back(nullptr);
  constexpr unsigned flags = GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR;
  Dataset dataset(GDALOpenEx(file.c_str(), flags, drivers, options.data(), nullptr));
  if (!dataset) {
    const std::string reason = messages.take();
    throw InputError(file.filename().string() + ": " +
                     (reason.empty() ? "not a readable " + std::string(driver) : reason));
  }
  return dataset;
}

}  // namespace quartier::io
