#pragma once
/// GEOS with handles that close themselves. The only header of the project that includes GEOS.

#include <geos_c.h>

#include <memory>
#include <string>

#include "domain/polygons.h"

namespace quartier::geo {

/// A GEOS context of one thread, which keeps the last message instead of printing it.
class GeosContext {
 public:
  GeosContext() : handle_(GEOS_init_r()) {
    GEOSContext_setErrorMessageHandler_r(
        handle_,
        [](const char* words, void* keeper) { *static_cast<std::string*>(keeper) = words; },
        &message_);
  }
  ~GeosContext() { GEOS_finish_r(handle_); }
  GeosContext(const GeosContext&) = delete;
  GeosContext& operator=(const GeosContext&) = delete;

  [[nodiscard]] GEOSContextHandle_t get() const { return handle_; }
  [[nodiscard]] const std::string& message() const { return message_; }

 private:
  GEOSContextHandle_t handle_;
  std::string message_;
};

struct CloseGeosGeometry {
  GEOSContextHandle_t context = nullptr;
  void operator()(GEOSGeometry* geometry) const noexcept { GEOSGeom_destroy_r(context, geometry); }
};
using GeosGeometry = std::unique_ptr<GEOSGeometry, CloseGeosGeometry>;

inline GeosGeometry owned(const GeosContext& context, GEOSGeometry* geometry) {
  return {geometry, CloseGeosGeometry{context.get()}};
}

/// The shape of `district` as a GEOS multipolygon; empty handle where GEOS refuses it.
GeosGeometry to_geos(const GeosContext& context, const Polygons& shapes, std::size_t district);

/// Appends the polygons of `geometry` (points and lines are left out) as the next district of
/// `shapes`: outer rings counter-clockwise, holes clockwise. @returns false where GEOS fails
bool append_from_geos(const GeosContext& context, const GEOSGeometry* geometry, Polygons& shapes);

}  // namespace quartier::geo
