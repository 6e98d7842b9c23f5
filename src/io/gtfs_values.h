#pragma once
/// Private to io: the cells of GTFS tables as numbers, times and days. What is not exactly of the
/// form that GTFS asks for is nothing, never a guess.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quartier::io {

/// A whole number of at most nine digits.
std::optional<std::uint32_t> gtfs_whole(std::string_view text);

/// "H:MM:SS", "HH:MM:SS" or "HHH:MM:SS" in seconds; over 24:00:00 after midnight, at most
/// `timetable_hours_limit`.
std::optional<std::int32_t> gtfs_time(std::string_view text);

/// "YYYYMMDD", a real day of the years 1900 to 2200.
std::optional<std::chrono::sys_days> gtfs_day(std::string_view text);

/// "YYYY-MM-DD", likewise.
std::optional<std::chrono::sys_days> iso_day(std::string_view text);

/// A day as ISO 8601.
std::string iso_text(std::chrono::sys_days day);

/// Seconds as "HH:MM:SS".
std::string clock_text(std::int32_t seconds);

}  // namespace quartier::io
