#include "io/osm_speeds.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/text.h"

namespace quartier::io {
namespace {

constexpr double km_per_mile = 1.609344;

/// General limits outside towns and on motorways, km/h.
struct NationalLimits {
  std::string_view country;
  std::uint8_t rural;
  std::uint8_t motorway;
};

constexpr std::uint8_t urban_kmh = 50;
constexpr NationalLimits elsewhere = {"", 90, 120};
constexpr NationalLimits national_limits[] = {
    {"at", 100, 130}, {"be", 90, 120}, {"bg", 90, 140}, {"ch", 80, 120}, {"cz", 90, 130},
    {"de", 100, 130}, {"dk", 80, 130}, {"ee", 90, 90},  {"es", 90, 120}, {"fi", 80, 120},
    {"fr", 80, 130},  {"gb", 97, 113}, {"gr", 90, 130}, {"hr", 90, 130}, {"hu", 90, 130},
    {"ie", 80, 120},  {"it", 90, 130}, {"lt", 90, 130}, {"lu", 90, 130}, {"lv", 90, 90},
    {"nl", 80, 100},  {"no", 80, 110}, {"pl", 90, 140}, {"pt", 90, 120}, {"ro", 90, 130},
    {"rs", 80, 130},  {"se", 70, 110}, {"si", 90, 130}, {"sk", 90, 130}, {"tr", 90, 120},
    {"ua", 90, 130},  {"uk", 97, 113},
};

std::optional<std::uint8_t> whole_kmh(double kmh) {
  if (!(kmh >= 1.0)) return std::nullopt;
  return static_cast<std::uint8_t>(std::min(255.0, std::floor(kmh + 0.5)));
}

/// "de:urban" in lower case.
std::optional<std::uint8_t> kmh_of_zone(std::string_view country, std::string_view zone) {
  if (zone.starts_with("zone")) {
    zone.remove_prefix(4);
    if (zone.starts_with(":")) zone.remove_prefix(1);
    const std::optional<double> kmh = parse_number(zone);
    return kmh ? whole_kmh(*kmh) : std::nullopt;
  }
  const NationalLimits* limits = &elsewhere;
  for (const NationalLimits& known : national_limits) {
    if (known.country == country.substr(0, 2)) limits = &known;
  }
  if (zone == "urban" || zone == "nsl_restricted")
    return country == "gb" || country == "uk" ? 48 : urban_kmh;
  if (zone == "rural" || zone == "nsl_single") return limits->rural;
  if (zone == "motorway" || zone == "nsl_dual") return limits->motorway;
  if (zone == "trunk") return std::min<std::uint8_t>(limits->motorway, 100);
  if (zone == "living_street" || zone == "walk" || zone == "pedestrian_zone") return 7;
  if (zone == "bicycle_road") return 30;
  return std::nullopt;
}

std::optional<std::uint8_t> kmh_of_part(std::string_view text) {
  if (text == "none") return 130;
  if (text == "walk") return 7;
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    return kmh_of_zone(text.substr(0, colon), text.substr(colon + 1));
  }
  double factor = 1.0;
  for (const auto& [unit, kmh] : {std::pair<std::string_view, double>{"mph", km_per_mile},
                                  {"km/h", 1.0},
                                  {"kmh", 1.0},
                                  {"kph", 1.0}}) {
    if (!text.ends_with(unit)) continue;
    text = trimmed(text.substr(0, text.size() - unit.size()));
    factor = kmh;
    break;
  }
  const std::optional<double> value = parse_number(text);
  return value ? whole_kmh(*value * factor) : std::nullopt;
}

}  // namespace

std::optional<std::uint8_t> kmh_of_maxspeed(std::string_view text) {
  const std::string lower = lower_ascii(text);
  std::optional<std::uint8_t> least;
  for (const std::string_view part : split(lower, ';')) {
    const std::optional<std::uint8_t> kmh = kmh_of_part(trimmed(part));
    if (kmh && (!least || *kmh < *least)) least = kmh;
  }
  return least;
}

std::uint8_t kmh_of_highway(std::string_view highway) {
  constexpr std::pair<std::string_view, std::uint8_t> classes[] = {
      {"motorway", 110}, {"motorway_link", 60}, {"trunk", 80},        {"trunk_link", 50},
      {"primary", 50},   {"primary_link", 50},  {"secondary", 50},    {"secondary_link", 50},
      {"tertiary", 50},  {"tertiary_link", 50}, {"unclassified", 40}, {"residential", 30},
      {"road", 40},      {"service", 20},       {"track", 15},        {"living_street", 7},
  };
  for (const auto& [name, kmh] : classes) {
    if (name == highway) return kmh;
  }
  return 0;
}

}  // namespace quartier::io
