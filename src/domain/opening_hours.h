#pragma once
/// Opening hours as services publish them, and whether a service is open at a time of the week.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace quartier {

/// A time of the week: minutes after Monday 00:00, 0 to 10,079.
struct WeekTime {
  std::uint32_t minute = 0;
  bool operator==(const WeekTime&) const = default;
};

/// "Tu 19:00", in English two-letter days. Nothing where the words are no time of the week.
std::optional<WeekTime> week_time_of(std::string_view words);

/// A stretch of the week; `until` may lie beyond Sunday 24:00 where a service is open over
/// midnight.
struct OpenSpan {
  std::uint32_t from = 0;   ///< minute of the week, inclusive
  std::uint32_t until = 0;  ///< exclusive
};

/// Opening hours of an ordinary week.
struct OpeningHours {
  std::vector<OpenSpan> spans;
  [[nodiscard]] bool open_at(WeekTime time) const;
};

/// Reads the part of OpenStreetMap's `opening_hours` that describes an ordinary week:
/// "Mo-Fr 09:00-18:00; Sa 10:00-14:00,16:00-18:00; Su off", "24/7", "Mo,We 18:00-01:00",
/// "09:00-17:00" (every day). Rules follow each other after `;`, and a later one replaces the days
/// it names. Holidays (PH, SH) are no part of an ordinary week and are passed over.
/// @returns nothing for words beyond this part (months, weeks of the year, sunset ...), so that a
///          service is never called open on a guess
std::optional<OpeningHours> opening_hours_of(std::string_view words);

}  // namespace quartier
