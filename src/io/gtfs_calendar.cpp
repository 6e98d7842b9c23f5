#include "io/gtfs_calendar.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "io/gtfs_values.h"

namespace quartier::io {

GtfsCalendar::GtfsCalendar(GtfsTable& weeks, GtfsTable& dates) {
  read_weeks(weeks);
  read_dates(dates);
  if (first_ > last_) {
    throw InputError(std::filesystem::path(weeks.is_there() ? weeks.name() : dates.name()),
                     "no service runs on any day",
                     "calendar.txt or calendar_dates.txt must say when trips run");
  }
}

GtfsCalendar::Service& GtfsCalendar::service(std::string_view id) {
  const auto [place, is_new] =
      ids_.try_emplace(std::string(id), static_cast<std::uint32_t>(services_.size()));
  if (is_new) services_.emplace_back();
  return services_[place->second];
}

void GtfsCalendar::cover(std::chrono::sys_days from, std::chrono::sys_days until) {
  first_ = std::min(first_, from);
  last_ = std::max(last_, until);
}

void GtfsCalendar::read_weeks(GtfsTable& table) {
  constexpr std::array<std::string_view, 7> names{"monday", "tuesday",  "wednesday", "thursday",
                                                  "friday", "saturday", "sunday"};
  const std::size_t id = table.required("service_id");
  std::array<std::size_t, 7> weekdays{};
  for (std::size_t d = 0; d < names.size(); ++d) weekdays[d] = table.required(names[d]);
  const std::size_t start = table.required("start_date");
  const std::size_t end = table.required("end_date");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string_view name = table.cell(row, id);
    const auto from = gtfs_day(table.cell(row, start));
    const auto until = gtfs_day(table.cell(row, end));
    std::uint32_t bits = 0;
    bool readable = !name.empty() && from.has_value() && until.has_value();
    for (std::size_t d = 0; d < weekdays.size(); ++d) {
      const std::string_view flag = table.cell(row, weekdays[d]);
      if (flag != "0" && flag != "1") readable = false;
      if (flag == "1") bits |= 1U << d;
    }
    if (!readable || *from > *until) {
      table.reject("timetable_calendar",
                   readable ? "services that end before they begin never run"
                            : "services without id, readable dates (YYYYMMDD) or weekdays (0, 1)",
                   table.place(row, "service", name));
      continue;
    }
    Service& week = service(name);
    if (week.has_week) {
      table.reject("timetable_duplicate", "services that are there a second time",
                   table.place(row, "service", name));
      continue;
    }
    week = {.has_week = true, .weekdays = bits, .from = *from, .until = *until, .exceptions = {}};
    if (bits != 0) cover(*from, *until);
    table.use();
  }
}

void GtfsCalendar::read_dates(GtfsTable& table) {
  const std::size_t id = table.required("service_id");
  const std::size_t date = table.required("date");
  const std::size_t type = table.required("exception_type");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string_view name = table.cell(row, id);
    const auto day = gtfs_day(table.cell(row, date));
    const std::string_view kind = table.cell(row, type);
    if (name.empty() || !day || (kind != "1" && kind != "2")) {
      table.reject("timetable_calendar",
                   "exceptions without service, readable date (YYYYMMDD) or type (1, 2)",
                   table.place(row, "service", name));
      continue;
    }
    std::vector<Exception>& exceptions = service(name).exceptions;
    const Exception exception{*day, kind == "1"};
    const auto place = std::lower_bound(exceptions.begin(), exceptions.end(), exception);
    if (place != exceptions.end() && place->day == *day) {
      table.reject("timetable_duplicate", "exceptions that are there a second time",
                   table.place(row, "service", name));
      continue;
    }
    exceptions.insert(place, exception);
    if (exception.runs) cover(*day, *day);
    table.use();
  }
}

bool GtfsCalendar::runs(std::uint32_t service, std::chrono::sys_days day) const {
  const Service& known = services_[service];
  const auto exception =
      std::lower_bound(known.exceptions.begin(), known.exceptions.end(), Exception{day, false});
  if (exception != known.exceptions.end() && exception->day == day) return exception->runs;
  if (!known.has_week || day < known.from || day > known.until) return false;
  const unsigned weekday = std::chrono::weekday(day).iso_encoding();  // Monday is 1
  return (known.weekdays >> (weekday - 1) & 1U) != 0;
}

}  // namespace quartier::io
