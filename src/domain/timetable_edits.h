#pragma once
/// What-ifs of timetables: the same day with another service.

#include <cstdint>
#include <string_view>

#include "domain/timetable.h"

namespace quartier {

/// The position of the route with this id; else of the only route with this name.
/// @throws InputError where there is none (with the nearest one) or the name has several
std::uint32_t find_route(const Timetable& timetable, std::string_view id_or_name);

/// The timetable with the route running every `headway_s` seconds from `from_s` until before
/// `until_s` (seconds after midnight).
///
/// The trips of the route whose first departure lies in [from_s, until_s) are taken out. They fall
/// into patterns: trips with the same stops and the same places to board and to alight, so that the
/// two directions are two patterns. Each pattern is given copies of its typical trip, the one of
/// lower median running time (of several, the first to depart, then the first in the timetable),
/// with its waits and running times. Copies depart throughout the window at f + k · headway_s, for
/// every whole k, f being the first departure of the pattern in the window: a headway that divides
/// a regular one keeps every departure there was, and makes nobody's way longer where the trips run
/// alike. All other trips stay, in their order; copies
/// stand at the end, by pattern and time, with the typical trip's id, "+" and their number from 1.
///
/// @throws InputError where the headway is not 1 s to 24 h, the window is empty or longer than a
///         week, or no trip of the route departs in the window, since there is none to copy
Timetable with_headway(const Timetable& timetable, std::uint32_t route, std::int32_t headway_s,
                       std::int32_t from_s, std::int32_t until_s);

}  // namespace quartier
