#include "io/gtfs_values.h"

#include "io/gtfs_reader.h"

namespace quartier::io {
namespace {

std::string two_digits(int value) {
  return std::string(value < 10 ? "0" : "") + std::to_string(value);
}

std::optional<std::chrono::sys_days> day_of(std::string_view year, std::string_view month,
                                            std::string_view day) {
  const auto y = gtfs_whole(year);
  const auto m = gtfs_whole(month);
  const auto d = gtfs_whole(day);
  if (!y || !m || !d || *y < 1900 || *y > 2200) return {};
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*y)),
                                         std::chrono::month(*m), std::chrono::day(*d)};
  if (!date.ok()) return {};
  return std::chrono::sys_days(date);
}

}  // namespace

std::optional<std::uint32_t> gtfs_whole(std::string_view text) {
  if (text.empty() || text.size() > 9) return {};
  std::uint32_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return value;
}

std::optional<std::int32_t> gtfs_time(std::string_view text) {
  if (text.size() < 7 || text.size() > 9) return {};
  const std::size_t tail = text.size() - 6;
  if (text[tail] != ':' || text[tail + 3] != ':') return {};
  const auto hours = gtfs_whole(text.substr(0, tail));
  const auto minutes = gtfs_whole(text.substr(tail + 1, 2));
  const auto seconds = gtfs_whole(text.substr(tail + 4, 2));
  if (!hours || !minutes || !seconds || *minutes > 59 || *seconds > 59) return {};
  const auto total = static_cast<std::int32_t>(*hours * 3600 + *minutes * 60 + *seconds);
  if (total > timetable_hours_limit * 3600) return {};
  return total;
}

std::optional<std::chrono::sys_days> gtfs_day(std::string_view text) {
  if (text.size() != 8) return {};
  return day_of(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
}

std::optional<std::chrono::sys_days> iso_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  return day_of(text.substr(0, 4), text.substr(5, 2), text.substr(8, 2));
}

std::string iso_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  return std::to_string(static_cast<int>(date.year())) + "-" +
         two_digits(static_cast<int>(static_cast<unsigned>(date.month()))) + "-" +
         two_digits(static_cast<int>(static_cast<unsigned>(date.day())));
}

std::string clock_text(std::int32_t seconds) {
  return two_digits(seconds / 3600) + ":" + two_digits(seconds / 60 % 60) + ":" +
         two_digits(seconds % 60);
}

}  // namespace quartier::io
