#pragma once
/// Speeds of cars from the tags of OpenStreetMap; docs/streets.md lists both tables. Private to io.

#include <cstdint>
#include <optional>
#include <string_view>

namespace quartier::io {

/// km/h of a `maxspeed`: "50", "50 km/h", "30 mph" (rounded half up), the least of "50;70", "walk"
/// (7), "none" (130), "DE:urban", "ES:rural", "FR:motorway", "BE:zone30" by country; nothing where
/// the value tells no speed ("signals", "variable", nonsense).
std::optional<std::uint8_t> kmh_of_maxspeed(std::string_view text);

/// km/h where a way has no readable `maxspeed`, by its value of `highway`; 0 for classes without
/// cars.
std::uint8_t kmh_of_highway(std::string_view highway);

}  // namespace quartier::io
