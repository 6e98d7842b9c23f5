#include "geo/crs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "geo/proj.h"

namespace quartier::geo {
namespace {

constexpr std::size_t longest_definition = 65'536;
constexpr const char* name_a_code = "name the system by its code, for example \"EPSG:25831\"";

/// The horizontal part of a system: what is left without heights and without a bound datum shift.
ProjObject horizontal(PJ_CONTEXT* context, ProjObject crs) {
  while (crs) {
    const PJ_TYPE type = proj_get_type(crs.get());
    if (type == PJ_TYPE_COMPOUND_CRS) {
      crs.reset(proj_crs_get_sub_crs(context, crs.get(), 0));
    } else if (type == PJ_TYPE_BOUND_CRS) {
      crs.reset(proj_get_source_crs(context, crs.get()));
    } else {
      break;
    }
  }
  return crs;
}

bool is_geographic(const PJ* crs) {
  const PJ_TYPE type = proj_get_type(crs);
  return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
}

/// The code where the authority is EPSG, else 0.
int epsg_code(const PJ* crs) {
  const char* authority = proj_get_id_auth_name(crs, 0);
  const char* code = proj_get_id_code(crs, 0);
  if (authority == nullptr || code == nullptr || std::string_view(authority) != "EPSG") return 0;
  return std::atoi(code);
}

/// Checks that a system says where on Earth a coordinate is, and puts it into text.
Crs described(PJ_CONTEXT* context, ProjObject crs, const std::string& asked) {
  // Heights play no part; a datum shift that the file brings along is kept.
  if (proj_get_type(crs.get()) == PJ_TYPE_COMPOUND_CRS) {
    crs.reset(proj_crs_get_sub_crs(context, crs.get(), 0));
  }
  const ProjObject plane = horizontal(context, ProjObject(proj_clone(context, crs.get())));
  if (!plane ||
      !(is_geographic(plane.get()) || proj_get_type(plane.get()) == PJ_TYPE_PROJECTED_CRS)) {
    throw CrsError(asked + ": is neither a geographic nor a projected reference system",
                   name_a_code);
  }
  const std::array<const char*, 2> options{"MULTILINE=NO", nullptr};
  const char* wkt = proj_as_wkt(context, crs.get(), PJ_WKT2_2019, options.data());
  if (wkt == nullptr) {
    throw CrsError(asked + ": " + proj_message(context, "cannot be written as WKT"), name_a_code);
  }
  const char* name = proj_get_name(crs.get());
  const int code = epsg_code(crs.get());
  return {code > 0 ? "EPSG:" + std::to_string(code) : display_safe(name == nullptr ? "" : name),
          wkt};
}

/// True where the text has the shape of WKT: a known keyword, then a bracket.
bool looks_like_wkt(std::string_view text) {
  static constexpr std::array keywords{"geogcs",        "projcs",      "compd_cs",    "geogcrs",
                                       "geographiccrs", "geodcrs",     "geodeticcrs", "projcrs",
                                       "projectedcrs",  "compoundcrs", "boundcrs"};
  const std::string head = lower_ascii(text.substr(0, 20));
  for (const std::string_view keyword : keywords) {
    if (!head.starts_with(keyword)) continue;
    const std::size_t next = head.find_first_not_of(" \t\r\n", keyword.size());
    if (next != std::string::npos && (head[next] == '[' || head[next] == '(')) return true;
  }
  return false;
}

/// True where a definition asks for a file or an address. The one grid every definition of Web
/// Mercator names is the empty one.
bool names_a_file(std::string_view wkt) {
  std::string text = lower_ascii(wkt);
  for (std::size_t at = text.find("nadgrids=@null"); at != std::string::npos;
       at = text.find("nadgrids=@null")) {
    text.erase(at, std::string_view("nadgrids=@null").size());
  }
  static constexpr std::array words{"parameterfile", "nadgrids", "geoidgrids",    "+init",
                                    "+grids",        "+file",    "+proj=pipeline"};
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

/// The EPSG system that a definition without code equals, or nothing.
ProjObject identified(PJ_CONTEXT* context, const PJ* crs) {
  int* confidence = nullptr;
  const ProjList found(proj_identify(context, crs, "EPSG", nullptr, &confidence));
  ProjObject best;
  if (found && confidence != nullptr) {
    int best_confidence = 0;
    int ties = 0;
    for (int i = 0; i < proj_list_get_count(found.get()); ++i) {
      if (confidence[i] > best_confidence) {
        best_confidence = confidence[i];
        ties = 1;
        best.reset(proj_list_get(context, found.get(), i));
      } else if (confidence[i] == best_confidence) {
        ++ties;
      }
    }
    // 90: equal in all but the spelling of the name. Below that, or where several equal it, the
    // definition itself is the better witness.
    if (best_confidence < 90 || (ties > 1 && best_confidence < 100)) best.reset();
  }
  if (confidence != nullptr) proj_int_list_destroy(confidence);
  return best;
}

Crs crs_of_wkt(std::string_view text) {
  const std::string shown = display_safe(text.substr(0, 40)) + (text.size() > 40 ? "..." : "");
  if (text.size() > longest_definition) {
    throw CrsError(shown + ": a reference system of more than 64 KiB is refused", name_a_code);
  }
  if (names_a_file(text)) {
    throw CrsError(shown + ": a reference system that names grid files is refused", name_a_code);
  }
  const ProjContext context = proj_context();
  PROJ_STRING_LIST grammar_errors = nullptr;
  ProjObject crs(proj_create_from_wkt(context.get(), std::string(text).c_str(), nullptr, nullptr,
                                      &grammar_errors));
  std::string words;
  if (grammar_errors != nullptr && grammar_errors[0] != nullptr) words = grammar_errors[0];
  proj_string_list_destroy(grammar_errors);
  if (!crs) {
    throw CrsError(
        shown + ": " +
            (words.empty() ? proj_message(context.get(), "is no valid WKT") : display_safe(words)),
        name_a_code);
  }
  const ProjObject plane =
      horizontal(context.get(), ProjObject(proj_clone(context.get(), crs.get())));
  if (plane && epsg_code(plane.get()) > 0) {
    const int code = epsg_code(plane.get());
    // A code inside a file is believed only where it defines the same system.
    const ProjObject official(proj_create_from_database(
        context.get(), "EPSG", std::to_string(code).c_str(), PJ_CATEGORY_CRS, 0, nullptr));
    if (!official) {
      throw CrsError(shown + ": EPSG:" + std::to_string(code) + " is not known", name_a_code);
    }
    if (proj_is_equivalent_to_with_ctx(context.get(), plane.get(), official.get(),
                                       PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0) {
      return crs_of_epsg(code);
    }
  }
  if (proj_get_type(crs.get()) != PJ_TYPE_BOUND_CRS && plane) {
    if (const ProjObject match = identified(context.get(), plane.get())) {
      if (const int code = epsg_code(match.get()); code > 0) return crs_of_epsg(code);
    }
  }
  return described(context.get(), std::move(crs), shown);
}

}  // namespace

ProjObject proj_crs(PJ_CONTEXT* context, const Crs& crs) {
  if (!crs.known()) {
    throw CrsError("coordinates without a reference system", name_a_code);
  }
  ProjObject object(proj_create_from_wkt(context, crs.wkt.c_str(), nullptr, nullptr, nullptr));
  if (!object) {
    throw CrsError(crs.name + ": " + proj_message(context, "is no valid WKT"), name_a_code);
  }
  return object;
}

Crs crs_of_epsg(int code) {
  const std::string name = "EPSG:" + std::to_string(code);
  const ProjContext context = proj_context();
  ProjObject crs;
  if (code > 0) {
    crs.reset(proj_create_from_database(context.get(), "EPSG", std::to_string(code).c_str(),
                                        PJ_CATEGORY_CRS, 0, nullptr));
  }
  if (!crs) {
    throw CrsError(name + ": there is no reference system with this code",
                   "look the code up at epsg.org");
  }
  return described(context.get(), std::move(crs), name);
}

Crs crs_of_text(std::string_view text) {
  const std::string_view asked = trimmed(text);
  if (asked.empty()) throw CrsError("no reference system is given", name_a_code);
  if (looks_like_wkt(asked)) return crs_of_wkt(asked);

  const std::string lower = lower_ascii(asked.substr(0, 64));
  static constexpr std::array crs84{"urn:ogc:def:crs:ogc:1.3:crs84", "urn:ogc:def:crs:ogc::crs84",
                                    "ogc:crs84"};
  if (std::find(crs84.begin(), crs84.end(), lower) != crs84.end()) return crs_of_epsg(4326);
  std::string_view digits;
  if (lower.starts_with("epsg:")) digits = asked.substr(5);
  if (lower.starts_with("urn:ogc:def:crs:epsg:")) digits = asked.substr(asked.rfind(':') + 1);
  const bool is_code = !digits.empty() && digits.size() <= 7 &&
                       digits.find_first_not_of("0123456789") == std::string_view::npos;
  if (is_code) return crs_of_epsg(std::atoi(std::string(digits).c_str()));
  throw CrsError(display_safe(asked.substr(0, 60)) +
                     ": a reference system is an EPSG code or a WKT definition",
                 name_a_code);
}

CrsProperties crs_properties(const Crs& crs) {
  const ProjContext context = proj_context();
  const ProjObject plane = horizontal(context.get(), proj_crs(context.get(), crs));
  CrsProperties properties;
  const char* name = proj_get_name(plane.get());
  properties.label = name == nullptr ? crs.name : display_safe(name);
  properties.geographic = is_geographic(plane.get());
  properties.metres_per_unit = 0.0;
  if (!properties.geographic) {
    const ProjObject axes(proj_crs_get_coordinate_system(context.get(), plane.get()));
    double factor = 0.0;
    if (axes && proj_cs_get_axis_info(context.get(), axes.get(), 0, nullptr, nullptr, nullptr,
                                      &factor, nullptr, nullptr, nullptr) != 0) {
      properties.metres_per_unit = factor;
    }
    const ProjObject operation(proj_crs_get_coordoperation(context.get(), plane.get()));
    const char* method = nullptr;
    if (operation && proj_coordoperation_get_method_info(context.get(), operation.get(), &method,
                                                         nullptr, nullptr) != 0) {
      const std::string_view words = method == nullptr ? "" : method;
      properties.web_mercator =
          words == "Popular Visualisation Pseudo Mercator" || words == "Mercator Auxiliary Sphere";
    }
  }

  double west = 0.0;
  double south = 0.0;
  double east = 0.0;
  double north = 0.0;
  if (proj_get_area_of_use(context.get(), plane.get(), &west, &south, &east, &north, nullptr) ==
          0 ||
      west <= -1000.0 || west > east) {  // unknown, or across the antimeridian
    return properties;
  }
  properties.area_degrees = {west, south, east, north};
  if (properties.geographic) {
    properties.bounds = properties.area_degrees;
    return properties;
  }
  const ProjObject degrees(proj_crs_get_geodetic_crs(context.get(), plane.get()));
  if (!degrees) return properties;
  const ProjObject operation(
      proj_create_crs_to_crs_from_pj(context.get(), degrees.get(), plane.get(), nullptr, nullptr));
  if (!operation) return properties;
  const ProjObject normal(proj_normalize_for_visualization(context.get(), operation.get()));
  Box bounds;
  if (normal &&
      proj_trans_bounds(context.get(), normal.get(), PJ_FWD, west, south, east, north,
                        &bounds.min_x, &bounds.min_y, &bounds.max_x, &bounds.max_y, 21) != 0) {
    const bool finite = std::isfinite(bounds.min_x) && std::isfinite(bounds.min_y) &&
                        std::isfinite(bounds.max_x) && std::isfinite(bounds.max_y);
    if (finite) properties.bounds = bounds;
  }
  return properties;
}

bool same_crs(const Crs& a, const Crs& b) {
  if (!a.known() || !b.known()) return false;
  if (a.wkt == b.wkt) return true;
  const ProjContext context = proj_context();
  const ProjObject first = proj_crs(context.get(), a);
  const ProjObject second = proj_crs(context.get(), b);
  return proj_is_equivalent_to_with_ctx(context.get(), first.get(), second.get(),
                                        PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0;
}

Crs projected_crs_for(Box area) {
  if (area.empty() || area.min_x < -180.0 || area.max_x > 180.0 || area.min_y < -90.0 ||
      area.max_y > 90.0) {
    throw CrsError("no area in longitude and latitude to choose a projected reference system for",
                   name_a_code);
  }
  const double longitude = (area.min_x + area.max_x) / 2.0;
  const double latitude = (area.min_y + area.max_y) / 2.0;
  if (latitude >= 84.0) return crs_of_epsg(32661);
  if (latitude <= -80.0) return crs_of_epsg(32761);
  int zone = std::min(60, static_cast<int>(std::floor((longitude + 180.0) / 6.0)) + 1);
  if (latitude >= 56.0 && latitude < 64.0 && longitude >= 3.0 && longitude < 12.0) zone = 32;
  if (latitude >= 72.0 && longitude >= 0.0 && longitude < 42.0) {
    zone = longitude < 9.0 ? 31 : longitude < 21.0 ? 33 : longitude < 33.0 ? 35 : 37;
  }
  const bool in_europe =
      latitude >= 33.0 && longitude >= -16.1 && longitude <= 40.2 && zone >= 28 && zone <= 38;
  if (in_europe) return crs_of_epsg(25800 + zone);
  return crs_of_epsg((latitude >= 0.0 ? 32600 : 32700) + zone);
}

}  // namespace quartier::geo
