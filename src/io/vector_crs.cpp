#include "io/vector_crs.h"

#include <charconv>
#include <map>
#include <mutex>
#include <string>

#include "base/error.h"
#include "base/text.h"
#include "io/gdal.h"
#include "io/vector_text.h"

namespace quartier::io {
namespace {

constexpr std::size_t wkt_limit = 100'000;
constexpr const char* way_out = "name it by its EPSG code, for example \"EPSG:25833\"";

std::string wkt_of(OGRSpatialReferenceH reference) {
  const char* const options[] = {"FORMAT=WKT2_2019", "MULTILINE=NO", nullptr};
  char* text = nullptr;
  std::string wkt;
  if (OSRExportToWktEx(reference, &text, options) == OGRERR_NONE && text != nullptr) wkt = text;
  CPLFree(text);
  return wkt;
}

std::string name_of(OGRSpatialReferenceH reference) {
  const char* authority = OSRGetAuthorityName(reference, nullptr);
  const char* code = OSRGetAuthorityCode(reference, nullptr);
  if (authority != nullptr && code != nullptr) return std::string(authority) + ":" + code;
  const char* name = OSRGetName(reference);
  return name == nullptr ? "unnamed" : name;
}

/// The entry of the EPSG register that is the same, where PROJ is sure of it.
SpatialReference registered(SpatialReference reference) {
  if (OSRGetAuthorityCode(reference.get(), nullptr) != nullptr) return reference;
  int count = 0;
  int* confidence = nullptr;
  OGRSpatialReferenceH* matches = OSRFindMatches(reference.get(), nullptr, &count, &confidence);
  if (count > 0 && confidence[0] >= 90 && (count == 1 || confidence[1] < confidence[0])) {
    reference.reset(OSRClone(matches[0]));
  }
  OSRFreeSRSArray(matches);
  CPLFree(confidence);
  return reference;
}

SpatialReference from_wkt(std::string_view text, GdalMessages& messages) {
  SpatialReference reference(OSRNewSpatialReference(nullptr));
  std::string definition(text);
  char* at = definition.data();
  if (text.size() > wkt_limit || OSRImportFromWkt(reference.get(), &at) != OGRERR_NONE) {
    throw CrsError("a coordinate reference system cannot be read from its definition " +
                       in_quotes(text.substr(0, 80)) + ": " + messages.take(),
                   way_out);
  }
  return reference;
}

bool looks_like_wkt(const std::string& lower) {
  for (const char* start :
       {"geogcs[", "projcs[", "geogcrs[", "projcrs[", "compd_cs[", "compoundcrs[", "boundcrs[",
        "geodcrs[", "basegeogcrs[", "local_cs[", "engcrs["}) {
    if (lower.starts_with(start)) return true;
  }
  return false;
}

/// The code in "epsg:25833" or "urn:ogc:def:crs:epsg:[version]:25833"; 0 where it is neither.
int epsg_code(const std::string& lower) {
  std::string_view rest = lower;
  if (rest.starts_with("urn:ogc:def:crs:epsg:") || rest.starts_with("urn:x-ogc:def:crs:epsg:")) {
    rest.remove_prefix(rest.rfind(':') + 1);
  } else if (rest.starts_with("epsg:")) {
    rest.remove_prefix(rest.rfind(':') + 1);
  } else {
    return 0;
  }
  int code = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), code);
  return error == std::errc{} && end == rest.data() + rest.size() && code > 0 ? code : 0;
}

bool is_crs84(const std::string& lower) {
  return lower == "crs84" || lower == "ogc:crs84" || lower == "urn:ogc:def:crs:ogc:1.3:crs84" ||
         lower == "urn:ogc:def:crs:ogc::crs84";
}

}  // namespace

Crs crs_of(OGRSpatialReferenceH reference) {
  const SpatialReference known = registered(SpatialReference(OSRClone(reference)));
  return {name_of(known.get()), wkt_of(known.get())};
}

SpatialReference spatial_reference(const Crs& crs) {
  GdalMessages messages;
  SpatialReference reference = from_wkt(crs.wkt, messages);
  OSRSetAxisMappingStrategy(reference.get(), OAMS_TRADITIONAL_GIS_ORDER);
  return reference;
}

Crs crs_from_epsg(int code) {
  static std::mutex mutex;
  static std::map<int, Crs> known;
  const std::lock_guard lock(mutex);
  const auto found = known.find(code);
  if (found != known.end()) return found->second;
  GdalMessages messages;
  const SpatialReference reference(OSRNewSpatialReference(nullptr));
  if (OSRImportFromEPSG(reference.get(), code) != OGRERR_NONE) {
    throw CrsError("the coordinate reference system EPSG:" + std::to_string(code) +
                       " is unknown: " + messages.take(),
                   way_out);
  }
  Crs crs{"EPSG:" + std::to_string(code), wkt_of(reference.get())};
  known.emplace(code, crs);
  return crs;
}

Crs crs_from_text(std::string_view text) {
  const std::string lower = lower_ascii(trimmed(text));
  if (is_crs84(lower)) return crs_from_epsg(4326);
  if (const int code = epsg_code(lower); code > 0) return crs_from_epsg(code);
  if (!looks_like_wkt(lower)) {
    throw CrsError("unknown coordinate reference system " + in_quotes(text.substr(0, 80)), way_out);
  }
  GdalMessages messages;
  return crs_of(from_wkt(trimmed(text), messages).get());
}

bool is_geographic(const Crs& crs) {
  GdalMessages messages;
  return OSRIsGeographic(from_wkt(crs.wkt, messages).get()) != 0;
}

}  // namespace quartier::io
