#include "geo/geos.h"

#include <algorithm>
#include <vector>

#include "geo/measure.h"

namespace quartier::geo {
namespace {

GEOSGeometry* ring_to_geos(const GeosContext& context, std::span<const Point> ring) {
  std::vector<double> xy;
  xy.reserve(2 * ring.size() + 2);
  for (const Point p : ring) {
    xy.push_back(p.x);
    xy.push_back(p.y);
  }
  xy.push_back(ring.front().x);
  xy.push_back(ring.front().y);
  GEOSCoordSequence* sequence = GEOSCoordSeq_copyFromBuffer_r(
      context.get(), xy.data(), static_cast<unsigned>(xy.size() / 2), 0, 0);
  return sequence == nullptr ? nullptr : GEOSGeom_createLinearRing_r(context.get(), sequence);
}

bool append_ring(const GeosContext& context, const GEOSGeometry* ring, bool counter_clockwise,
                 Polygons& shapes) {
  const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(context.get(), ring);
  unsigned size = 0;
  if (sequence == nullptr || GEOSCoordSeq_getSize_r(context.get(), sequence, &size) == 0 ||
      size < 4) {
    return false;
  }
  std::vector<double> xy(2 * std::size_t{size});
  if (GEOSCoordSeq_copyToBuffer_r(context.get(), sequence, xy.data(), 0, 0) == 0) return false;
  std::vector<Point> points;
  points.reserve(size - 1);
  for (std::size_t i = 0; i + 1 < size; ++i) points.push_back({xy[2 * i], xy[2 * i + 1]});
  if ((signed_area(points) > 0.0) != counter_clockwise) std::reverse(points.begin(), points.end());
  shapes.vertices.insert(shapes.vertices.end(), points.begin(), points.end());
  shapes.close_ring();
  return true;
}

bool append_polygon(const GeosContext& context, const GEOSGeometry* polygon, Polygons& shapes) {
  if (GEOSisEmpty_r(context.get(), polygon) != 0) return true;
  if (!append_ring(context, GEOSGetExteriorRing_r(context.get(), polygon), true, shapes)) {
    return false;
  }
  const int holes = GEOSGetNumInteriorRings_r(context.get(), polygon);
  for (int h = 0; h < holes; ++h) {
    if (!append_ring(context, GEOSGetInteriorRingN_r(context.get(), polygon, h), false, shapes)) {
      return false;
    }
  }
  shapes.close_part();
  return true;
}

bool append_polygons(const GeosContext& context, const GEOSGeometry* geometry, Polygons& shapes) {
  const int type = GEOSGeomTypeId_r(context.get(), geometry);
  if (type == GEOS_POLYGON) return append_polygon(context, geometry, shapes);
  if (type != GEOS_MULTIPOLYGON && type != GEOS_GEOMETRYCOLLECTION) return true;
  const int members = GEOSGetNumGeometries_r(context.get(), geometry);
  for (int m = 0; m < members; ++m) {
    if (!append_polygons(context, GEOSGetGeometryN_r(context.get(), geometry, m), shapes)) {
      return false;
    }
  }
  return members >= 0;
}

}  // namespace

GeosGeometry to_geos(const GeosContext& context, const Polygons& shapes, std::size_t district) {
  std::vector<GEOSGeometry*> parts;
  bool whole = true;
  for (std::uint32_t p = shapes.district_start[district];
       whole && p < shapes.district_start[district + 1]; ++p) {
    std::vector<GEOSGeometry*> rings;
    for (std::uint32_t r = shapes.part_start[p]; whole && r < shapes.part_start[p + 1]; ++r) {
      GEOSGeometry* ring = ring_to_geos(context, shapes.ring(r));
      whole = ring != nullptr;
      if (whole) rings.push_back(ring);
    }
    if (!whole || rings.empty()) {
      for (GEOSGeometry* ring : rings) GEOSGeom_destroy_r(context.get(), ring);
      break;
    }
    GEOSGeometry* part = GEOSGeom_createPolygon_r(context.get(), rings[0], rings.data() + 1,
                                                  static_cast<unsigned>(rings.size() - 1));
    whole = part != nullptr;
    if (whole) parts.push_back(part);
  }
  if (!whole) {
    for (GEOSGeometry* part : parts) GEOSGeom_destroy_r(context.get(), part);
    return owned(context, nullptr);
  }
  return owned(context, GEOSGeom_createCollection_r(context.get(), GEOS_MULTIPOLYGON, parts.data(),
                                                    static_cast<unsigned>(parts.size())));
}

bool append_from_geos(const GeosContext& context, const GEOSGeometry* geometry, Polygons& shapes) {
  const bool whole = append_polygons(context, geometry, shapes);
  shapes.close_district();
  return whole;
}

}  // namespace quartier::geo
